"""DOT source for one's own Graphviz.

In: `Diagram`.
Out: DOT text.
Start: `dot_source.py`.
sizes and texts are final.
"""
