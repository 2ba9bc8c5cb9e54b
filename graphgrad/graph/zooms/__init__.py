"""Look at one network in two zooms, arrays or single numbers, and compare graphs up to names.

In: a `Graph`.
Out: the same graph entry by entry, or its entries gathered into arrays; a renaming, a difference.
Start: `scalar.py`, `gathered.py`, `renaming.py`.
"""
