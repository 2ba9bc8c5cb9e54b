"""Look at a graph through a lens: one question about a network, answered in numbers.

In: a graph, a point, and the lens's settings.
Out: a `Report`: tables, verdicts, numbers and a plot; as text, figure and JSON.
Start: `lens.py` for what a lens is, `registry.py` for the table of all.
"""
