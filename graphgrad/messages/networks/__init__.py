"""Word what is said of networks: layers, their training, and ways of looking at them.

In: nothing.
Out: one `MESSAGES` per area, both languages side by side.
Start: `layers.py`.
"""
