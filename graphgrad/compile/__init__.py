"""Turn a graph into a straight program of array operations, written as NumPy and run.

In: a `Graph`, and which leaves to differentiate by.
Out: `Plan`: values and gradients at a point, a trace of what ran, the text of the program.
Start: `plan.py`. Rooms on the way: `recording`, `rules`, `writing`; `kernels` are what texts call.
"""
