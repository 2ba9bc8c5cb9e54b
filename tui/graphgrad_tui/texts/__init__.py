"""Word what the panes show.

In: a trace, a moment, a node.
Out: lines of text.
Start: `moment_texts.py`, `node_text.py`.
"""
