"""Show graphs and traces: text, tables, JSON, cells and figures.

In: a `Trace` or a `Graph`.
Out: text, files, rows of cells.
Start: `text/` for what is read, `tables/`, `figure/` for what is drawn, `cells/` for the terminal.
A view computes nothing that a trace does not hold.
"""
