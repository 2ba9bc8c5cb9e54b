"""Write all steps as a Beamer deck of its own: a page per step, its caption below the figure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from graphgrad.views.scene.frame import frame_of
from graphgrad.views.scene.runs import Run
from graphgrad.views.scene.scene import Scene
from graphgrad.views.scene.tex.document import FONTS
from graphgrad.views.scene.tex.overlays import on_pages, overlays_of
from graphgrad.views.scene.tex.picture import CHARACTERS
from graphgrad.views.scene.tex.words import comment, plain
from graphgrad.views.scene.theme import theme_of
from graphgrad.views.scene.told import described, step_captions

__all__ = ["beamer_of"]

_SIZES = {"beamer169": ("169", "57mm", "13mm"), "beamer43": ("43", "63mm", "13mm")}
"""Per slide: its aspect ratio, the height of the figure and that of the caption."""

_LOOK = r"""\setbeamertemplate{navigation symbols}{}
\setbeamersize{text margin left=4mm, text margin right=4mm}
\setbeamercolor{background canvas}{bg=ggpage}
\setbeamercolor{normal text}{fg=ggink}
\setbeamercolor{frametitle}{fg=ggink, bg=ggpage}
\setbeamercolor{structure}{fg=ggink}
\setbeamercolor{item}{fg=ggink}
\usebeamercolor*{normal text}"""


def beamer_of(
    scene: Scene, *, step: int | None = None, theme: str = "light", slide: str = "beamer169"
) -> bytes:
    """Return a Beamer document of one frame with a page per step.

    Args:
        scene: the figure.
        step: the step of the first page; None starts at 0.
        theme: a name of `graphgrad.views.scene.theme.THEMES`.
        slide: ``beamer169`` or ``beamer43``.

    Raises:
        UsageError: if there is no such step or theme.
    """
    ratio, height, caption = _SIZES[slide]
    picture = overlays_of(scene, step=step, theme=theme, height=height)
    look = theme_of(theme)
    colours = {"page": look.page, "ink": look.text["name"]}
    lines = [
        f"% {comment(scene.title)}",
        f"% {comment(described(scene, frame_of(scene)))}",
        rf"\documentclass[aspectratio={ratio}, hyperref={{bookmarks=false}}]{{beamer}}",
        FONTS,
        *picture.packages,
        CHARACTERS,
        *(rf"\definecolor{{gg{n}}}{{HTML}}{{{c.removeprefix('#')}}}" for n, c in colours.items()),
        _LOOK,
        rf"\hypersetup{{pdflang={scene.language}}}",
        rf"\title{{\texorpdfstring{{{plain(scene.title)}}}{{{_latin(scene.title)}}}}}",
        r"\begin{document}",
        r"% fragile: the picture defines commands of its own",
        r"\begin{frame}[fragile,t]",
        rf"\frametitle{{{plain(scene.title)}}}",
        r"\vspace*{\fill}\centering",
        picture.text + r"\par",
        r"\vspace*{\fill}",
        *_captions(scene, step or 0, caption),
        r"\end{frame}",
        r"\end{document}",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _captions(scene: Scene, start: int, height: str) -> Iterator[str]:
    """Yield a place at the foot of the page, in which each page has its caption."""
    captions = step_captions(scene)[start:]
    yield rf"\begin{{minipage}}[t][{height}][c]{{\linewidth}}\centering\footnotesize%"
    for number, caption in enumerate(captions):
        if caption:
            yield on_pages(Run(plain(caption), ((number, number),)), len(captions)) + "%"
    yield r"\end{minipage}"


def _latin(text: str) -> str:
    """Return text for the PDF's title, where no command can stand."""
    kept = (
        c if c.isalnum() else " "
        for c in text
        if unicodedata.name(c, "").count("LATIN") or c.isspace() or c.isdigit() or c in "-,.:()"
    )
    return " ".join("".join(kept).split())
