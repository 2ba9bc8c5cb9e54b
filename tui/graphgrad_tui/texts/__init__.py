"""Word what the panes show.

In: a trace, a position, a node.
Out: lines of text.
Start: `node_text.py`.
"""
