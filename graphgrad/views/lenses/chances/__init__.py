"""Lenses on means: mini-batches, masks, expectations, series, the spread of a neuron.

In: a `Subject`; what is finite is enumerated, the rest is drawn reproducibly.
Out: a `Report` per lens.
Start: `batches.py`.
"""
