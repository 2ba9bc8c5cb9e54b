"""What a notebook's cell shows: figures of graphs, a stepper that can be changed, a cell of `.gg`.

In: a handle, a graph, a pass, a text; the magic `%%gg`.
Out: MIME bundles, a widget (extra ``notebook``).
Start: `stepping.py`, `figure.py`.
"""
