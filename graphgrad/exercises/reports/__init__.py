"""Say a mark in words, per line, and write it for people and machines.

In: `Marked`.
Out: text, HTML, Markdown, JUnit, Gradescope, a worked solution, `mark()` in Python.
Start: `report_lines.py`.
The lines are made once; HTML has a file of its own, the other formats share one.
"""
