"""What a figure says, before anything is measured.

In: `Trace` or `Graph`, `SceneOptions`.
Out: `Diagram`: boxes, edges, groups, when each is known.
Start: `diagram.py`, `diagram_of.py`.
LaTeX and plain words side by side; no sizes.
"""
