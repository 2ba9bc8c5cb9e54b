"""Show derivatives in symbols, and witness them with sympy.

In: a graph, a line, a row.
Out: partials, gradients, formulas; a proof or a counterexample.
Start: `derive/partials.py` for what is shown, `witness/rows.py` for what is checked.
Sympy is loaded on first use.
"""
