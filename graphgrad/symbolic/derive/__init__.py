"""Derivatives of lines and of whole gradients, in symbols.

In: a graph and a line.
Out: `SymbolicPartial` (text, LaTeX, LaTeX without the seed), gradient lines, the chain rule, paths.
Start: `partials.py`, then `gradient.py`.
Signatures are cached: one template with gaps for names serves many lines.
"""
