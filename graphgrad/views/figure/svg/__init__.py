"""A frame as SVG.

In: `Scene`, a step, a theme.
Out: SVG bytes, its parts, themes.
Start: `svg.py`.
Texts are outlines: no font is needed.
"""
