"""Find formulas in lecture notes and decide each claim.

In: Markdown.
Out: a judged claim per formula, with what would be right.
Start: `checking.py`.
Reads; never rewrites notes.
"""
