"""Hold what networks are made of and trained with, one row each.

In: shapes, draws; a graph and its rows of data.
Out: initial values; the points on the way of a training, as `Iterate`s.
Start: `initialisers.py`, `row.py`; `optimizers/` has rows too, `training/` the loop.
"""
