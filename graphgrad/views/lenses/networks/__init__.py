"""Lenses on networks: gradients by depth, units, layers, factors, boundaries.

In: a `Subject` with its stages.
Out: a `Report` per lens.
Start: `gradients.py`.
"""
