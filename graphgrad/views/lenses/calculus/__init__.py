"""Lenses on functions and passes: bounds, critical points, descent, orders, modes.

In: a `Subject`; its parameters, or its inputs where it has none.
Out: a `Report` per lens.
Start: `variables.py`: a graph as a function of a few numbers.
"""
