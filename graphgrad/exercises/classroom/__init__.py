"""A whole class: gather, mark in workers, sum up, write back.

In: folders, zips, rosters, papers typed in.
Out: CSV, Moodle worksheet, feedback zip, a summary.
Start: `class_marks.py`.
No input is trusted: `submissions.py`; files are marked by `graphgrad.jobs`.
"""
