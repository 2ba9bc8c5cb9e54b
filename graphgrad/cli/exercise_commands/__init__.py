"""Hold the commands `graphgrad ex ...`, one module each.

In: exercise files, answers, classes.
Out: sheets, keys, marks, reports.
Start: `ex.py` lists them.
"""
