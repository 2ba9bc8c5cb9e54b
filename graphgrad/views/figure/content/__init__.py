"""What a figure says, before anything is measured.

In: `Trace` or `Graph`, `SceneOptions`.
Out: `Diagram`: boxes, edges, groups; `Frame`: what of it is known at a step.
Start: `diagram.py`, `diagram_of.py`.
Spelled in LaTeX for scenes or in plain signs for DOT source; no sizes.
"""
