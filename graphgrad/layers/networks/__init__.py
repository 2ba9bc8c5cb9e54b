"""Hold the rows of layers, losses and penalties.

In: the namespace `m` of `graphgrad.layers.apply`.
Out: tuples of `Layer`, one per kind of layer; `graphgrad.layers.registry` joins them.
Start: `dense_rows.py`.
"""
