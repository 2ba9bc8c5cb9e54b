"""Sheets and keys, gathered once and spelled per format.

In: a `Variant`.
Out: Markdown, HTML, LaTeX, PDF.
Start: `sheet.py` (the content), `sheet_writers.py` (the table).
A writer never computes.
"""
