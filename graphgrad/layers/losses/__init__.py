"""List the rows of losses and penalties.

In: `Layer` records.
Out: losses for numbers, for two and for several classes, and penalties over parameters.
Start: `regression_losses.py`; what they share is in `reductions.py`.
"""
