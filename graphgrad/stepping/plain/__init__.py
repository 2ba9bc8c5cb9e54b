"""The line-oriented stepper.

In: lines of text.
Out: lines of text.
Start: `stepper.py`, `deeds.py`.
Deeds act on a `Stepping`; reports take a state.
"""
