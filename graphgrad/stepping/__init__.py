"""What both steppers do: where a command leads, edits, history, what is taken along.

In: a `Work` (trace, source, point).
Out: positions, another `Work`, lines of text.
Start: `commands.py`, `work.py`, `journey.py`.
Pure functions: no screen, no stream.
"""
