"""Fit a scene to a page: turned, wrapped or folded until its letters can be read, else warned."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import floor
from typing import Literal

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import text
from graphgrad.views.figure.content.collapse import MOST_OPEN
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Size
from graphgrad.views.figure.layout.estimate import MOST_ROWS
from graphgrad.views.figure.scene.on_page import shifted
from graphgrad.views.figure.scene.scene import Scene

__all__ = ["PAGES", "fitted", "page_of", "warned"]

PAGES: dict[str, Size] = {
    "beamer169": Size(453.54, 255.12),
    "beamer43": Size(362.83, 272.13),
    "pptx": Size(960.0, 540.0),
    "a4-column": Size(241.0, 680.0),
    "beamer169-body": Size(430.0, 161.0),
    "beamer43-body": Size(340.0, 178.0),
    "pptx-body": Size(912.0, 364.0),
    "reveal-body": Size(920.0, 440.0),
}
"""Pages by name, in points; beamer slides are 16 cm x 9 cm and 12.8 cm x 9.6 cm.

A body is what a slide leaves for the figure between its title and its caption.
"""
_SLIDES = {
    "beamer169-body": PAGES["beamer169"].height,
    "beamer43-body": PAGES["beamer43"].height,
    "pptx-body": PAGES["pptx"].height,
    "reveal-body": 700.0,
}
"""The height of the slide to which a body belongs."""

_USUAL_SLIDE = "beamer169"
SCREEN = Size(1920.0, 1080.0)
LEAST_PIXELS = 24.0
_LEAST_POINTS, _LEAST_POINTS_ON_PAPER = 10.0, 7.0
"""On a slide, and on paper; a body has less room, and takes the scriptsize of Beamer, also 7 pt."""
_MARGIN, _LARGEST = 0.97, 2.0
_FREE_SIZE = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)")
_LOSSES = (
    (0, "none"),
    (1, "none"),
    (2, "none"),
    (2, "repeats"),
    (3, "none"),
    (3, "repeats"),
    (4, "none"),
    (4, "repeats"),
    *((4, fold) for fold in ("depth:1", "depth:0", "blocks:8", "blocks:4")),
)
"""What is given up in turn: sums, formulas on edges, repeated lines, all else there, groups."""
_NO_LABELS = 4
_DIRECTIONS: tuple[Literal["LR", "TB"], ...] = ("LR", "TB")
_WORTH = 1.1
"""How much larger letters must get for one more loss."""
_CROWDED = 1.5
"""How much larger letters must get for one more label without a free place."""
_HOPELESS = 0.5
"""Rows are not tried where letters are smaller than this part of what can be read."""


def page_of(fit: str) -> Size:
    """Return a page's size in points.

    Raises:
        UsageError: if it is neither a known page nor a size such as ``640x360``.

    >>> page_of("640x360")
    Size(width=640.0, height=360.0)
    """
    if fit in PAGES:
        return PAGES[fit]
    match = _FREE_SIZE.fullmatch(fit)
    if match is None or not float(match[1]) or not float(match[2]):
        raise UsageError("scene.unknown_page", got=fit, known=", ".join(PAGES))
    return Size(float(match[1]), float(match[2]))


def fitted(options: SceneOptions, compose: Callable[[SceneOptions], Scene]) -> Scene:
    """Return a scene on the page asked for, that loses no more than its letters need.

    Args:
        options: with ``fit`` set.
        compose: makes a scene at its natural size.
    """
    page, least = page_of(options.fit), _least(options.fit)
    best, most = None, 0.0
    for lost, ways in enumerate(_ways(options)):
        for way in ways:
            if best is not None and way.rows and _letters(best) < _HOPELESS * least:
                break
            tried = _on(compose(way), page)
            worth = _letters(tried) / _WORTH**lost / _CROWDED ** len(tried.crowded)
            reached = _letters(tried) >= least and not tried.crowded
            if best is None or worth > most or (reached and _letters(best) < least):
                best, most = tried, worth
            if _letters(best) >= least and not way.compact:
                break
        if best is not None and _letters(best) >= least:
            return best
    assert best is not None
    note = text("scene.note.small", best.language, size=f"{_letters(best):.1f}", page=options.fit)
    return replace(best, notes=(*best.notes, note), warnings=(*best.warnings, note))


def _ways(options: SceneOptions) -> Iterator[Iterator[SceneOptions]]:
    """Yield, losing more and more, the ways to lay out what is left."""
    yield _layouts(replace(options, collapse=_collapse(options)))
    for brief, collapse in _LOSSES:
        if collapse == "none":
            yield _dense(replace(options, collapse=_collapse(options), brief=brief))
        elif options.collapse == "auto":
            yield _dense(replace(options, collapse=collapse, brief=brief))


def _collapse(options: SceneOptions) -> str:
    return "none" if options.collapse == "auto" else options.collapse


def _layouts(options: SceneOptions) -> Iterator[SceneOptions]:
    """Yield the directions that are open."""
    for direction in _DIRECTIONS if options.direction == "auto" else (options.direction,):
        yield replace(options, direction=direction)


def _dense(options: SceneOptions) -> Iterator[SceneOptions]:
    """Yield the directions that are open, and rows, all with letters of nearly one size."""
    yield from _layouts(replace(options, compact=True))
    if options.direction == "auto" and options.style != "wire":
        for rows in range(1, MOST_ROWS + 1):
            yield replace(options, compact=True, rows=rows)


def _least(fit: str) -> float:
    """Return the smallest letters that can be read on a page, in points."""
    if fit == "a4-column":
        return _LEAST_POINTS_ON_PAPER
    height = _SLIDES.get(fit, page_of(fit).height)
    least = _LEAST_POINTS_ON_PAPER if fit in _SLIDES else _LEAST_POINTS
    return max(least, LEAST_PIXELS * height / SCREEN.height)


def warned(options: SceneOptions, compose: Callable[[SceneOptions], Scene]) -> Scene:
    """Return a scene with a note if its letters would be under 24 px on a 1920x1080 slide."""
    scene = compose(options)
    scale = min(SCREEN.width / scene.width, SCREEN.height / scene.height)
    pixels = scene.smallest * scale
    if not scene.boxes or pixels >= LEAST_PIXELS:
        return scene
    size, least = f"{floor(pixels * 10) / 10:g}", f"{LEAST_PIXELS:g}"  # 23.96 is not 24
    found = "pixels_fit" if _fits(scene, options, compose) else "pixels"
    note = text(f"scene.note.{found}", scene.language, size=size, least=least)
    return replace(scene, notes=(*scene.notes, note), warnings=(*scene.warnings, note))


def _fits(scene: Scene, options: SceneOptions, compose: Callable[[SceneOptions], Scene]) -> bool:
    """Tell whether all boxes fit a slide if no more than labels are left out."""
    if len(scene.boxes) > MOST_OPEN or any(box.role == "folded" for box in scene.boxes):
        return False
    bare = replace(options, compact=True, brief=_NO_LABELS)
    page, least = PAGES[_USUAL_SLIDE], _least(_USUAL_SLIDE)
    return any(_letters(_on(compose(way), page)) >= least for way in _layouts(bare))


def _on(scene: Scene, page: Size) -> Scene:
    """Return a scene in the middle of a page, as large as it gets."""
    scale = min(page.width / scene.width, page.height / scene.height) * _MARGIN
    scale = min(scale, _LARGEST)
    width, height = page.width / scale, page.height / scale
    moved = shifted(scene, (width - scene.width) / 2, (height - scene.height) / 2)
    return replace(moved, width=width, height=height, scale=scale)


def _letters(scene: Scene) -> float:
    """Return the size of the smallest letters on the page, in points."""
    return scene.smallest * scene.scale
