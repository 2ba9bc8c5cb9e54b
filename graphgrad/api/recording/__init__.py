"""Record what is computed with handles, run it, and make graphs of it.

In: operands of operators and functions.
Out: nodes on tapes, their values and adjoints; graphs with named lines.
Start: `tape.py`, then `operators.py`, `pullback.py`, `freeze.py`.
"""
