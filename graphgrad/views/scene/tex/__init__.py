"""Write a scene as a standalone TikZ document: the SVG's geometry, texts set by TeX itself.

`document` puts it together, `strokes` turns shapes into TikZ, `words` makes any text valid TeX.
"""

from graphgrad.views.scene.tex.document import tex_of

__all__ = ["tex_of"]
