"""Mark a sheet: the first wrong step, what follows from it, what rounding explains.

In: a graph and the text of a sheet.
Out: a `Report` of `Mark`s.
Start: `marker.py`, read from `check()` down.
Statuses only; points are grading.
"""
