"""Read graphs from files, texts and sympy expressions.

In: text of a `.gg` file, a formula, a sympy expression.
Out: `Graph`, or an error with its place.
Start: `gg.py`; a text becomes a `tree.py`, the `reader.py` takes its pieces; `statements.py` has the
table of what starts a statement.
"""
