"""Read graphs from files, texts and sympy expressions.

In: text of a `.gg` file, a formula, a sympy expression.
Out: `Graph`, or an error with its place.
Start: `gg.py`, then `tree.py` (the text), `reader.py` (its pieces one by one), `statements.py` (the
table of what starts one).
"""
