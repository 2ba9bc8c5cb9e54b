"""Turn SVG into PNG with resvg, and a frame into a vector PDF with typst: their only doors.

Typst is an extra. It writes a tagged PDF
with a title and the figure's alternative text; texts are outlines, as in the SVG, so that no font
is read. Nothing of the figure is read as source: words go in as inputs.
"""

from __future__ import annotations

import re
import zlib

from graphgrad.errors import LimitError
from graphgrad.files.writing import PNG_MARK
from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.known_at import frame_of
from graphgrad.views.figure.decks.extras import extra_module
from graphgrad.views.figure.scene.in_words import described
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of

__all__ = ["marked", "pdf_of", "png_of"]


_HEAD = 33
"""The bytes of a PNG up to the end of its first chunk, which says how large it is."""
_DPI = 96.0
_SCALE = 2.0
_POINTS = 72.0
MOST_PIXELS = 100_000_000
_SIZE = re.compile(r'<svg[^>]* width="([\d.]+)pt" height="([\d.]+)pt"')


def png_of(svg: bytes, *, scale: float = _SCALE) -> bytes:
    """Return an SVG as PNG; no font of the system is read.

    Args:
        svg: an SVG file.
        scale: pixels per CSS pixel, of which 96 make an inch.

    Raises:
        LimitError: if the picture would have no pixel, or more than `MOST_PIXELS`.
    """
    text = svg.decode("utf-8")
    _check_size(text, scale)
    import resvg_py  # late: it is native code, which a browser's Python has not

    picture = resvg_py.svg_to_bytes(svg_string=text, dpi=_DPI, zoom=scale, skip_system_fonts=True)
    return bytes(picture)


def marked(png: bytes) -> bytes:
    """Return a PNG that says who made it, so that it may be replaced when it is drawn again."""
    chunk = (len(PNG_MARK) - 4).to_bytes(4, "big") + PNG_MARK
    return png[:_HEAD] + chunk + zlib.crc32(PNG_MARK).to_bytes(4, "big") + png[_HEAD:]


def _check_size(svg: str, scale: float) -> None:
    """Refuse what resvg would abort on."""
    size = _SIZE.search(svg)
    if size is None:
        return
    width, height = (float(points) * _DPI / _POINTS * scale for points in size.groups())
    if min(width, height) < 1 or width * height > MOST_PIXELS:
        raise LimitError(
            "scene.pixels", width=f"{width:.0f}", height=f"{height:.0f}", most=MOST_PIXELS
        )


_SOURCE = b"""#set document(title: sys.inputs.title, keywords: "graphgrad", date: none)
#set text(lang: sys.inputs.lang)
#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt)
#image("figure.svg", width: 100%, height: 100%, alt: sys.inputs.alt)
"""


def pdf_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> bytes:
    """Return a frame as a PDF of one page, as large as the figure.

    Args:
        scene: the figure.
        step: the step after which it is shown; None shows everything at once.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.

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
