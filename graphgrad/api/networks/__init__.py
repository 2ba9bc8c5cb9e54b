"""Offer networks in PyTorch's words, made from the rows of `graphgrad.layers`.

In: handles, arrays; PyTorch's names and arguments.
Out: `Module` and one class per layer (`gg.nn`), functions (`gg.nn.functional`).
Start: `module.py`, `applied.py`.
"""
