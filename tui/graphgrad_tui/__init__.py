"""Step through the forward and the backward pass of a graph in the terminal.

In: a `Work`: a trace and where it came from.
Out: a screen.
Start: `app.py`, then `stage.py`, `stepper_app.py`.
"""
