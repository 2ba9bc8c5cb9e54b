"""Hold what an update is made by, one row each: optimizers, schedules, clips, stops, averages.

In: a parameter, its gradient, what was kept of earlier updates; k; losses.
Out: rows, whose formulas are functions over a namespace.
Start: `optimizer.py`, `descent_rows.py`; then `schedules.py`, `clips.py`, `stops.py`.
"""
