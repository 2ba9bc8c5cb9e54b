"""Do what a command says, one module per area.

In: the `Stage`: the app as far as a deed sees it.
Out: another position, selection, screen or work.
Start: `table.py`: the word of a command to its function.
"""
