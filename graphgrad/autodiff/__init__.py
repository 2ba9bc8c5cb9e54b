"""Differentiate graphs on numbers and as graphs.

In: a `Graph`.
Out: `Trace`; gradients, Jacobians, Hessians, gradient graphs.
Start: `record.py`: the forward and the backward pass.
"""
