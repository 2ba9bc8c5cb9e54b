"""A frame, or all steps, as TikZ.

In: `Scene`.
Out: TikZ, Beamer, overlays.
Start: `tikz_picture.py`.
the shapes of the SVG, texts set by TeX.
"""
