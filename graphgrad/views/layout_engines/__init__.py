"""Choose and run a layout engine.

In: DOT source.
Out: JSON or a picture, or a failure with the reason.
Start: `engine.py`.
The only place that starts a layout program: one interface, three kinds.
"""
