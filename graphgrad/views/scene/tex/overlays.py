r"""Draw all steps in one TikZ picture for Beamer: what changes stands in ``\only``.

One page per step, in the same bounding box; a handout shows the last step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphgrad.views.scene.runs import Run, overlaid
from graphgrad.views.scene.scene import Scene
from graphgrad.views.scene.tex.commands import commands_of
from graphgrad.views.scene.tex.picture import TikzPicture, picture_of

__all__ = ["on_pages", "overlays_of"]


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
        theme: a name of `graphgrad.views.scene.theme.THEMES`.
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
