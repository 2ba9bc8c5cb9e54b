"""Run statements that repeat, define and apply: ``for``, ``def``, ``layer`` and their calls.

In: statements and bodies of `graphgrad.source.tree`, one after another.
Out: lines of a `GraphBuilder`, blocks, the places where lines are written and used.
Start: `runner.py`; `scopes.py` says what a name means where.
"""
