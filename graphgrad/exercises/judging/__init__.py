"""Judge one formula or number against what was asked.

In: a `ReadLink` and an `Asked`, both made by `Reference`.
Out: a `Judgement`; a `Mark` holds it with its reasons; questions of a page.
Start: `judge.py`; the statuses stand in `mark.py`.
Knows no sheet, no order of steps, no points.
"""
