"""A frame, or all steps, as TikZ.

In: `Scene`.
Out: TikZ, a document, Beamer, overlays.
Start: `tikz_picture.py`, then `documents.py`.
The shapes are those of the SVG; texts are set by TeX.
"""
