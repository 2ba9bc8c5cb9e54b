"""Write a program as a function of NumPy.

In: a `Program`, what it is for, and a graph to take names from.
Out: `Written`: statements, buffers, data; a function or a text of them.
Start: `numpy_writer.py`.
"""
