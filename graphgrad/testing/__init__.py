"""Check derivatives against independent witnesses; public, for students and graders too.

In: a graph or a trace.
Out: `GradientCheck`: four ways to the same gradients.
Start: `gradcheck.py`.
"""
