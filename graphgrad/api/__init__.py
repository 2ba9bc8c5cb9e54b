"""Offer graphgrad in Python: handles, verbs on graphs, registration of ops.

In: numbers, arrays, text.
Out: `Handle`s, graphs, traces, files.
Start: `public.py`: every public name and where it is made.
"""
