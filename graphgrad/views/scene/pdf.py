"""Turn a frame into a vector PDF with typst, an optional extra: its only door.

Typst writes a tagged PDF with a title and the figure's alternative text; texts are outlines, as in
the SVG, so that no font is read. Nothing of the figure is read as source: words go in as inputs.
"""

from __future__ import annotations

from graphgrad.views.scene.extras import extra_module
from graphgrad.views.scene.frame import frame_of
from graphgrad.views.scene.scene import Scene
from graphgrad.views.scene.svg import svg_of
from graphgrad.views.scene.told import described
from graphgrad.views.scene.wording import printable

__all__ = ["pdf_of"]

_SOURCE = b"""#set document(title: sys.inputs.title, date: none)
#set text(lang: sys.inputs.lang)
#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt)
#image("figure.svg", width: 100%, height: 100%, alt: sys.inputs.alt)
"""


def pdf_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> bytes:
    """Return a frame as a PDF of one page, as large as the figure.

    Args:
        scene: the figure.
        step: the step after which it is shown; None shows everything at once.
        theme: a name of `graphgrad.views.scene.theme.THEMES`.

    Raises:
        UsageError: if there is no such step or theme, or the extra ``pdf`` is not installed.
    """
    typst = extra_module("typst", "PDF")
    figure = svg_of(scene, step=step, theme=theme)
    words = {
        "title": printable(scene.title),
        "alt": printable(described(scene, frame_of(scene, step))),
        "lang": scene.language,
        "width": f"{scene.width * scene.scale:.2f}",
        "height": f"{scene.height * scene.scale:.2f}",
    }
    written = typst.compile({"main.typ": _SOURCE, "figure.svg": figure}, sys_inputs=words)
    return bytes(written)
