"""Turn LaTeX into glyph outlines and arrange them in labels.

In: `Diagram`.
Out: `Measured`: labels and the room they need.
Start: `measured.py`.
Ziamath is used in `ziamath_door.py` alone.
"""
