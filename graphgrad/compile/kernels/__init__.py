"""Functions on NumPy arrays that a written program calls where one expression is not enough.

In: arrays and settings.
Out: arrays, the same that the interpreter computes.
Start: `elementwise.py`. They import nothing of graphgrad: an exported program holds their text.
"""
