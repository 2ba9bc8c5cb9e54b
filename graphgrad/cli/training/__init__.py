"""Hold what `graphgrad train` is made of beside its table.

In: options and a graph with its own recipe.
Out: a plan; a bar while it runs; files: a state, a curve, a boundary, an update.
Start: `plan_options.py`, `outputs.py`.
"""
