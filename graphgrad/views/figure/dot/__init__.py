"""DOT source for one's own Graphviz.

In: `Diagram` in plain signs, `FigureOptions`.
Out: DOT text.
Start: `dot_source.py`.
Sizes and texts are final: an engine only places them.
"""
