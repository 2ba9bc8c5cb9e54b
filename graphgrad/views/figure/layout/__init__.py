"""Find places for boxes, curves and labels.

In: `Diagram` and `Measured`.
Out: `Arranged`.
Start: `arranged.py`.
the engine sees sizes and ids, no text.
"""
