"""Generate the pages of the reference from what the program itself is made of.

In: rows of operations, the tree of commands, the catalogue, docstrings.
Out: one page of Markdown per module.
Start: `docs.site.reference.operations`, the longest.
"""
