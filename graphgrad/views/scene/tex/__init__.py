"""Write a scene as TikZ: the SVG's geometry, texts set by TeX itself in the document's font.

`commands` says how a frame is drawn and `picture` makes it a picture for any document, `overlays`
all steps for a frame of Beamer. `document`, `beamer` and `fragment` make files of them; `strokes`
turns shapes into TikZ, `words` makes any text valid TeX.
"""

from graphgrad.views.scene.tex.beamer import beamer_of
from graphgrad.views.scene.tex.document import tex_of
from graphgrad.views.scene.tex.fragment import overlays_file_of, tikz_file_of
from graphgrad.views.scene.tex.overlays import overlays_of
from graphgrad.views.scene.tex.picture import TikzPicture, tikz_of

__all__ = [
    "TikzPicture",
    "beamer_of",
    "overlays_file_of",
    "overlays_of",
    "tex_of",
    "tikz_file_of",
    "tikz_of",
]
