"""Points, rectangles, sizes, splines.

In: numbers.
Out: numbers.
Start: `places.py`.
rests on nothing.
"""
