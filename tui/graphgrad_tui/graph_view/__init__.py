"""Choose what of a graph is drawn, and how large.

In: a trace, a position, the size of a pane.
Out: `CellBox`es and a plan that fits.
Start: `boxes.py`, then `plan.py`.
"""
