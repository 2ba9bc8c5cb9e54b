"""Write any graph as the text of a file, unrolled: reading it gives the same graph.

In: a `Graph`, from a file or from Python.
Out: the text, and the names that had to be others.
Start: `graph_text.py`.
"""
