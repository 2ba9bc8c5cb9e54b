"""Check rows and whole gradients against sympy alone.

In: a row, or a graph.
Out: `Checked`, or an error with a counterexample.
Start: `rows.py`.
Shares no rule with what it checks.
"""
