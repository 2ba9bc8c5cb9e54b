"""The line-oriented stepper.

In: lines of text.
Out: lines of text.
Start: `stepper.py`, `deeds.py`.
deeds act on a `Stepping`; reports take a state.
"""
