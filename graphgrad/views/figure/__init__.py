"""Draw a graph as a figure, from what it says to the file it is written to.

In: a `Trace` or a `Graph`, `SceneOptions`.
Out: `Scene`, and from it every format.
Start: `scene/compose.py`, then `writers.py`: one row per format.
"""
