"""Draw the samples of a legend as SVG elements."""

from __future__ import annotations

from collections.abc import Iterator

from graphgrad.views.scene.ink import Ink
from graphgrad.views.scene.places import Point, Rect
from graphgrad.views.scene.roles import SHAPES
from graphgrad.views.scene.scene import LegendEntry
from graphgrad.views.scene.shapes import (
    DASHES,
    Element,
    arrow_head,
    decimal,
    outline,
    path_data,
    shortened,
)
from graphgrad.views.scene.theme import Theme
from graphgrad.views.scene.typeset import typeset

__all__ = ["letters_of", "letters_tex", "sample_elements"]

_LINE = 1.4
_LETTERS = {
    "value": "1",
    "adjoint": r"\partial L",
    "partial": r"\partial z",
    "contribution": r"\Delta",
}
_SIZE = 13.0


def sample_elements(entry: LegendEntry, theme: Theme) -> Iterator[Element]:
    """Yield the outline or the arrow that an entry explains; nothing for letters."""
    for role, colours in theme.roles.items():
        if role == entry.sample:
            style = {"fill": colours.fill, "stroke": colours.border}
            style["stroke-width"] = decimal(colours.width)
            for tag, shape in outline(SHAPES[role], entry.rect, colours.width):
                yield tag, style | shape
    if entry.sample in ("forward", "backward"):
        yield from _arrow(entry.rect, theme, back=entry.sample == "backward")


def letters_of(entry: LegendEntry) -> Ink | None:
    """Return the letters that an entry explains; None for shapes and arrows."""
    tex = letters_tex(entry)
    return None if tex is None else typeset(tex, _SIZE)


def letters_tex(entry: LegendEntry) -> str | None:
    """Return the letters that an entry explains in LaTeX; None for shapes and arrows."""
    return _LETTERS.get(entry.sample)


def _arrow(rect: Rect, theme: Theme, *, back: bool) -> Iterator[Element]:
    y = rect.centre.y
    ends = (rect.right, rect.left) if back else (rect.left, rect.right)
    step = (ends[1] - ends[0]) / 3
    curve = tuple(Point(ends[0] + step * index, y) for index in range(4))
    colour = theme.backward if back else theme.forward
    line = {"d": path_data(shortened(curve)), "fill": "none", "stroke": colour}
    line["stroke-width"] = decimal(_LINE)
    if back:
        line["stroke-dasharray"] = DASHES
    yield "path", line
    yield "path", {"d": arrow_head(curve), "fill": colour}
