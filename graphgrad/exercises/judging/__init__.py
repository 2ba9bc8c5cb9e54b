"""Judge one formula or number against what was asked.

In: one `Link`, the candidates of its target.
Out: a `Judgement`; a `Mark` holds it with its reasons; questions of a page.
Start: `judge.py`.
knows no sheet, no order of steps, no points.
"""
