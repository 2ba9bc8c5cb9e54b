"""The line-oriented stepper.

In: lines of text.
Out: lines of text.
Start: `stepper.py`, `commands.py`.
deeds speak to the stepper through its methods; reports take a state.
"""
