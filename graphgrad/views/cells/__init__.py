"""Draw a graph in character cells.

In: `CellBox`es.
Out: `CellLayout`, then rows of cells.
Start: `boxes.py`, `nets.py`, `placing.py`.
Knows no widget and no colour.
"""
