"""Find places for boxes, curves and labels.

In: `Diagram`, `Measured`, an engine.
Out: `Arranged`.
Start: `arranged.py`.
The engine sees sizes and ids, no text.
"""
