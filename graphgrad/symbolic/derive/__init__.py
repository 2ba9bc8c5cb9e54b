"""Derivatives of lines and of whole gradients, in symbols.

In: a graph and a line.
Out: `SymbolicPartial`, gradient lines, the chain rule, paths.
Start: `partials.py`, then `gradient.py`.
signatures are cached: one template serves many lines.
"""
