"""Write a scene as TikZ: the SVG's geometry, texts set by TeX itself in the document's font.

`commands` says how a frame is drawn, `picture` makes it a picture for any document, `document` a
file of its own; `strokes` turns shapes into TikZ, `words` makes any text valid TeX.
"""

from graphgrad.views.scene.tex.document import tex_of
from graphgrad.views.scene.tex.picture import TikzPicture, tikz_of

__all__ = ["TikzPicture", "tex_of", "tikz_of"]
