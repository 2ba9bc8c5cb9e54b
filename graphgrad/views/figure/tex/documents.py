r"""Write frames as TeX: a document of one picture, a file for ``\input``, overlays, a Beamer deck.

In overlays all steps are one picture, and what changes stands in ``\only``. A deck has a page per
step in the same bounding box, its caption below the figure; a handout shows the last step.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from graphgrad.messages.catalogue import text
from graphgrad.views.figure.content.known_at import Run, frame_of, overlaid
from graphgrad.views.figure.scene.in_words import described, step_captions
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.theme import theme_of
from graphgrad.views.figure.tex.safe_tex import comment, plain
from graphgrad.views.figure.tex.tikz import commands_of
from graphgrad.views.figure.tex.tikz_picture import CHARACTERS, TikzPicture, picture_of, tikz_of

__all__ = [
    "FONTS",
    "beamer_of",
    "on_pages",
    "overlays_file_of",
    "overlays_of",
    "tex_of",
    "tikz_file_of",
]


FONTS = r"""\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}%
    \DeclareFontFamily{OMX}{lmex}{}\DeclareFontShape{OMX}{lmex}{m}{n}{<->lmex10}{}%
  }{\usepackage{fix-cm}}
\fi"""
"""Latin Modern has sums and large brackets in one size, which is too large for small letters."""
_SIZES = {"beamer169": ("169", "64mm", "11mm"), "beamer43": ("43", "70mm", "11mm")}
"""Per slide: its aspect ratio, the height of the figure and that of the caption."""
_LOOK = r"""\setbeamertemplate{navigation symbols}{}
\setbeamersize{text margin left=4mm, text margin right=4mm}
\setbeamercolor{background canvas}{bg=ggpage}
\setbeamercolor{normal text}{fg=ggink}
\setbeamercolor{frametitle}{fg=ggink, bg=ggpage}
\setbeamercolor{structure}{fg=ggink}
\setbeamercolor{item}{fg=ggink}
\usebeamercolor*{normal text}
\AtBeginDocument{\let\mathrm\mathsf}"""
"""Names of several letters are in the font of the slide, as names of functions are."""


def tex_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> bytes:
    """Return a frame as a standalone TikZ document, a page as large as the figure.

    Args:
        scene: the figure.
        step: the step after which it is shown; None shows everything at once.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.

    Raises:
        UsageError: if there is no such step or theme.
    """
    picture = tikz_of(scene, step=step, theme=theme, width=r"\maxdimen", height=r"\maxdimen")
    lines = [
        f"% {comment(scene.title)}",
        f"% {comment(described(scene, frame_of(scene, step)))}",
        r"\documentclass[border=0pt]{standalone}",
        FONTS,
        *picture.packages,
        r"\begin{document}",
        picture.text,
        r"\end{document}",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def tikz_file_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> bytes:
    """Return a frame as a file for any document; see `tikz_of`."""
    return _file(scene, step, tikz_of(scene, step=step, theme=theme), "tikz")


def overlays_file_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> bytes:
    """Return all steps as a file for a frame of Beamer; see `overlays_of`."""
    return _file(scene, None, overlays_of(scene, step=step, theme=theme), "overlays")


def _file(scene: Scene, step: int | None, picture: TikzPicture, kind: str) -> bytes:
    lines = [
        f"% {comment(scene.title)}",
        f"% {comment(described(scene, frame_of(scene, step)))}",
        f"% {text(f'format.header.{kind}', scene.language)}",
        *(f"%   {package}" for package in picture.packages),
        f"{picture.text}%",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def overlays_of(
    scene: Scene,
    *,
    step: int | None = None,
    theme: str = "light",
    width: str = r"\linewidth",
    height: str = r"0.8\textheight",
) -> TikzPicture:
    r"""Return all steps as one TikZ picture that a frame of Beamer takes in by ``\input``.

    Args:
        scene: the figure.
        step: the step shown first; None starts at 0.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.
        width: a TeX length; a wider picture is made smaller.
        height: a TeX length; a higher picture is made smaller.

    Raises:
        UsageError: if there is no such step or theme.
    """
    steps = range(step or 0, scene.last_step + 1)
    frames = [commands_of(scene, step=step or 0, theme=theme)]
    frames += [commands_of(scene, step=k, theme=theme) for k in steps[1:]]
    return picture_of(scene, list(_drawn(frames)), width, height)


def _drawn(frames: Sequence[Sequence[str]]) -> Iterator[str]:
    for runs in overlaid(frames):
        for run in runs:
            yield run.content if run.stays(len(frames)) else on_pages(run, len(frames))


def on_pages(run: Run, count: int) -> str:
    r"""Return a content that only some pages of a frame show, counted from 1.

    >>> on_pages(Run("a", ((0, 0), (2, 4))), 6)
    '\\only<1,3-5| handout:0>{a}'
    """
    pages = [f"{a + 1}" if a == b else f"{a + 1}-{b + 1}" for a, b in run.spans]
    handout = int(run.spans[-1][1] == count - 1)
    return rf"\only<{','.join(pages)}| handout:{handout}>{{{run.content}}}"


def beamer_of(
    scene: Scene, *, step: int | None = None, theme: str = "light", slide: str = "beamer169"
) -> bytes:
    """Return a Beamer document of one frame with a page per step.

    Args:
        scene: the figure.
        step: the step of the first page; None starts at 0.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.
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
        r"\vspace*{-5mm}\vspace*{\fill}\centering",
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
