"""Draw a graph as a figure, from what it says to the file it is written to.

In: a `Trace` or a `Graph`, `SceneOptions`.
Out: `Diagram`; from it DOT source, or a `Scene` and from that every other format.
Start: `content/diagram_of.py`, then `scene/compose.py`, then `writers.py`: one row per format.
"""
