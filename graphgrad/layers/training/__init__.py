"""Go through the data and make updates, as a recipe asks for.

In: a graph with its table, a `Recipe` that `recipe.py` checks into a `Plan`.
Out: `Iterate`s, the points on the way; a run that can be saved and resumed; the update as a graph.
Start: `loop.py`, `recipe.py`; the rows are those of `graphgrad.layers.optimizers`.
"""
