"""Run rows on sympy, on its numbers, entry by entry.

In: a row and symbols.
Out: sympy expressions; numbers of 40 digits.
Start: `on_sympy.py`.
A calculator for one node or line, never for a graph.
"""
