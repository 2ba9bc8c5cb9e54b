"""Points, rectangles, sizes, splines.

In: numbers.
Out: numbers.
Start: `places.py`.
Rests on nothing.
"""
