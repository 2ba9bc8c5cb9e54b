"""Draw what tells numbers by colour: cells, one path per colour, and lines.

Never by colour alone: negative cells have a bar and negative lines are dashed; larger numbers make
thicker lines. Where a theme has no colours, the size of a cell tells that of its number, and black
or white its sign.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from graphgrad.views.figure.geometry.places import Rect
from graphgrad.views.figure.scene.outlines import Element, decimal
from graphgrad.views.figure.scene.scene import SceneHeat
from graphgrad.views.figure.svg.theme import Ramp, Theme

__all__ = ["cell_elements", "line_style"]

_SHADES = 8
"""How many shades there are from 0 to either end."""
_LINE = 0.5
_BAR_LONG, _BAR_HIGH = 0.5, 0.13
_THINNEST, _THICKEST = 0.5, 4.6
_DASHES = "4 3"
"""Of lines that stand for negative numbers."""


def line_style(level: float, theme: Theme) -> dict[str, str]:
    """Return colour, width and dashes of a line that stands for a number of a level.

    The width grows with the number, the colour with its root: the largest ones stand out, and
    small ones are still seen.
    """
    if math.isnan(level):
        return {"stroke": theme.text["trouble"], "stroke-width": decimal(_THICKEST)}
    ramp = theme.ramp
    dark = ramp.negative if ramp.by_size else ""
    ends = ramp._replace(zero=theme.pending, positive=dark or ramp.positive)
    share = level * level
    style = {
        "stroke": ends.colour(level),
        "stroke-width": decimal(_THINNEST + share * (_THICKEST - _THINNEST)),
    }
    return style | ({"stroke-dasharray": _DASHES} if level < 0 else {})


def cell_elements(heat: SceneHeat, theme: Theme) -> Iterator[Element]:
    """Yield the elements of cells: as many in every frame and theme of one kind."""
    cells = list(_cells(heat))
    ramp = theme.ramp
    line = {"stroke": ramp.line, "stroke-width": decimal(_LINE)}
    if ramp.by_size:
        yield _path((rect for rect, _ in cells), {"fill": ramp.zero, **line})
        for negative in (False, True):
            of_sign = [(r, v) for r, v in cells if v and (v < 0) == negative]
            if of_sign:
                fill = ramp.negative if negative else ramp.positive
                yield _path((_sized(r, v) for r, v in of_sign), {"fill": fill, **line})
        return
    shades: dict[int, list[Rect]] = {}
    for rect, level in cells:
        shades.setdefault(round(level * _SHADES), []).append(rect)
    for shade, rects in sorted(shades.items()):
        yield _path(rects, {"fill": ramp.colour(shade / _SHADES), **line})
    yield from _bars([(r, v) for r, v in cells if round(v * _SHADES) < 0], ramp)


def _cells(heat: SceneHeat) -> Iterator[tuple[Rect, float]]:
    rect = heat.rect
    high, wide = rect.height / len(heat.rows), rect.width / len(heat.rows[0])
    for down, row in enumerate(heat.rows):
        for across, level in enumerate(row):
            if not math.isnan(level):
                yield Rect(rect.left + across * wide, rect.top + down * high, wide, high), level


def _bars(cells: list[tuple[Rect, float]], ramp: Ramp) -> Iterator[Element]:
    """Yield bars like minus signs, light on dark cells and dark on light ones."""
    for strong, fill in ((True, ramp.zero), (False, ramp.negative)):
        rects = [_bar(rect) for rect, level in cells if (level < -0.5) == strong]
        if rects:
            yield _path(rects, {"fill": fill})


def _bar(rect: Rect) -> Rect:
    wide, high = rect.width * _BAR_LONG, rect.height * _BAR_HIGH
    middle = rect.centre
    return Rect(middle.x - wide / 2, middle.y - high / 2, wide, high)


def _sized(rect: Rect, level: float) -> Rect:
    """Return a cell whose area stands for the size of a number."""
    return rect.grown(-(1 - abs(level)) * min(rect.width, rect.height) / 2 - _LINE)


def _path(rects: Iterable[Rect], style: dict[str, str]) -> Element:
    pieces = (
        f"M{decimal(r.left)} {decimal(r.top)}L{decimal(r.right)} {decimal(r.top)}"
        f"L{decimal(r.right)} {decimal(r.bottom)}L{decimal(r.left)} {decimal(r.bottom)}Z"
        for r in rects
    )
    return "path", {"class": "text cells", "d": "".join(pieces), **style}
