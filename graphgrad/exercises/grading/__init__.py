"""Points of one marked sheet.

In: a `Variant` and the text of a sheet.
Out: `Marked` with one `StepMark` per step.
Start: `graded_sheet.py`.
One student; classes are in classroom.
"""
