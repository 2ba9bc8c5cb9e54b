"""Say a mark in words, per line, and write it for people and machines.

In: `Marked`.
Out: text, HTML, Markdown, JUnit, Gradescope, a worked solution, `mark()` in Python.
Start: `report_lines.py`.
one writer per file; the lines are made once.
"""
