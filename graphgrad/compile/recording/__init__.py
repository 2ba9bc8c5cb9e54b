"""Write down what a graph computes as a straight program of operations.

In: a `Graph`, and the kinds of its leaves.
Out: `Program`: operations on numbers and arrays of known shapes and types.
Start: `lowering.py`: the rows run on the namespace of `recording.py`.
"""
