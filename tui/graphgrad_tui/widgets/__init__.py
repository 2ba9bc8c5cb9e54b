"""Show what they are given; none computes anything.

In: texts, plans of pictures.
Out: rows of the screen.
Start: `row_pane.py`, `graph_pane.py`.
"""
