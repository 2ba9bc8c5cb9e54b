"""Hold one forward and backward pass as data.

In: a `Graph` with its values and adjoints.
Out: `Trace`, its `Step`s, and the `State` after each.
Start: `trace.py`.
"""
