"""Put a TikZ document together that holds one picture and nothing else."""

from __future__ import annotations

from graphgrad.views.scene.frame import frame_of
from graphgrad.views.scene.scene import Scene
from graphgrad.views.scene.tex.picture import tikz_of
from graphgrad.views.scene.tex.words import comment
from graphgrad.views.scene.told import described

__all__ = ["FONTS", "tex_of"]

FONTS = r"""\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{\usepackage{fix-cm}}
\fi"""


def tex_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> bytes:
    """Return a frame as a standalone TikZ document, a page as large as the figure.

    Args:
        scene: the figure.
        step: the step after which it is shown; None shows everything at once.
        theme: a name of `graphgrad.views.scene.theme.THEMES`.

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
