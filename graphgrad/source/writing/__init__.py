"""Write texts: any graph as a file, unrolled, and a file in the layout of the house.

In: a `Graph`, from a file or from Python; or the pieces of a text.
Out: the text, and the names that had to be others.
Start: `graph_text.py`; for `graphgrad fmt`, `layout.py`.
"""
