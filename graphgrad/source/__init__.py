"""Read graphs from files, texts and sympy expressions.

In: text of a `.gg` file, a formula, a sympy expression.
Out: `Graph`, or an error with its place.
Start: `gg.py`. A text becomes a tree (`tree.py`), whose pieces `reader.py` reads and `writing/`
writes anew; what starts a statement is the table of `statements.py`.
"""
