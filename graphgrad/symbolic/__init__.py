"""Show derivatives in symbols, and witness them with sympy.

In: a graph, a line, a row.
Out: partials, gradients, formulas; a proof or a counterexample.
Start: `write/`, `derive/`, `witness/`, each with a door of its own.
sympy is loaded on first use.
"""
