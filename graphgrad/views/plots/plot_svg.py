"""Draw a plot as SVG and PNG: texts are outlines, as in figures, so that no font is read.

Series differ by dashes and marks as well as by colour.
Source of the colours of series: Okabe and Ito, Color Universal Design, 2008.
"""

from __future__ import annotations

import math
from typing import Any
from xml.etree import ElementTree

from graphgrad.symbolic.write.words_latex import printable, text_tex
from graphgrad.views.figure.decks.png_pdf import marked, png_of
from graphgrad.views.figure.scene.outlines import decimal
from graphgrad.views.figure.svg.theme import Theme, theme_of
from graphgrad.views.figure.typeset.glyphs import outline_path
from graphgrad.views.figure.typeset.typeset import typeset
from graphgrad.views.plots.grid_svg import GridDrawing
from graphgrad.views.plots.plot import Plot, Series
from graphgrad.views.plots.scales import bar_scale, scales_of
from graphgrad.views.text.numbers import number

__all__ = ["PLOT_MARK", "plot_png", "plot_svg"]

PLOT_MARK = b'class="graphgrad-plot"'
"""What stands in every SVG of a plot, by which it is known as ours."""

_WIDTH, _HEIGHT = 460.0, 300.0
_LEFT, _RIGHT, _TOP, _BELOW = 62.0, 18.0, 34.0, 46.0
_SMALL, _LARGE = 9.5, 12.0
_COLOURS = {
    False: ("#0072B2", "#D55E00", "#007A5A", "#A2497F", "#3A7CA5", "#8A6100"),
    True: ("#56B4E9", "#F0A35E", "#4CC9A4", "#E39AC6", "#9BD3F5", "#E6C200"),
}
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 2")
_BAR = 17.0
_LEGEND_ROW = 15.0


def plot_svg(plot: Plot, theme: str = "light") -> bytes:
    """Return a plot as an SVG file.

    Args:
        plot: what is shown.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.

    Raises:
        UsageError: if there is no such theme.

    >>> from graphgrad.views.plots.plot import curve
    >>> plot_svg(curve([("loss", [0, 1], [2, 1])]))[:38]
    b'<?xml version="1.0" encoding="UTF-8"?>'
    """
    written: bytes = ElementTree.tostring(_Drawing(plot, theme_of(theme)).root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def plot_png(plot: Plot, theme: str = "light", *, scale: float = 2.0) -> bytes:
    """Return a plot as a PNG file.

    Args:
        plot: what is shown.
        theme: as of `plot_svg`.
        scale: pixels per CSS pixel, of which 96 make an inch.
    """
    return marked(png_of(plot_svg(plot, theme), scale=scale))


class _Drawing:
    """Build one SVG tree."""

    def __init__(self, plot: Plot, theme: Theme) -> None:
        self.plot, self.theme = plot, theme
        self.dark = theme.name == "dark"
        named = [one for one in plot.series if one.name]
        self.legend = named if len(named) > 1 or plot.grid is not None else []
        self.width, self.height = _WIDTH, _HEIGHT + _LEGEND_ROW * len(self.legend)
        if plot.bars:
            self.height = _TOP + _BAR * len(plot.bars) + _BELOW
        self.root = ElementTree.Element("svg", self._attributes())
        _add(self.root, "title").text = printable(plot.title or "plot")
        page = {"width": decimal(self.width), "height": decimal(self.height), "fill": theme.page}
        _add(self.root, "rect", page)
        self._text(plot.title, self.width / 2, 20.0, _LARGE, "middle")
        if plot.bars:
            self._bars()
        else:
            self._axes_and_all()

    def _attributes(self) -> dict[str, str]:
        return {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "graphgrad-plot",
            "role": "img",
            "aria-label": printable(self.plot.title or "plot"),
            "width": f"{decimal(self.width)}pt",
            "height": f"{decimal(self.height)}pt",
            "viewBox": f"0 0 {decimal(self.width)} {decimal(self.height)}",
        }

    # ---- curves and grids ----

    def _axes_and_all(self) -> None:
        self.across, self.up = scales_of(self.plot)
        self.inner_width = self.width - _LEFT - _RIGHT
        self.inner_height = _HEIGHT - _TOP - _BELOW
        if self.plot.grid is not None:
            self._grid = GridDrawing(self.root, self.theme, _COLOURS[self.dark], self._point)
            self._grid.draw(self.plot.grid)
        self._axes()
        grid = self.plot.grid
        first = 0 if grid is None or grid.regions else 1  # the first colour is that of the grid
        for index, one in enumerate(self.plot.series):
            self._series(one, index + first)
        for index, one in enumerate(self.legend):
            y = _HEIGHT + _LEGEND_ROW * index
            if grid is not None and index < len(grid.regions):
                box = {"x": decimal(_LEFT), "y": decimal(y - 5.0), "width": "30", "height": "10"}
                _add(self.root, "rect", box | {"fill": self._grid.tint(index)})
            self._sample(one, self.plot.series.index(one) + first, y)
            self._text(one.name, _LEFT + 38.0, y + 3.0, _SMALL)

    def _point(self, x: float, y: float) -> tuple[float, float] | None:
        place, height = self.across.place(x), self.up.place(y)
        if place is None or height is None:
            return None
        top = _TOP + (1 - height) * self.inner_height
        return _LEFT + place * self.inner_width, top

    def _axes(self) -> None:
        left, bottom = _LEFT, _TOP + self.inner_height
        line = {"fill": "none", "stroke": self.theme.forward, "stroke-width": "1"}
        right = left + self.inner_width
        path = f"M{decimal(left)} {decimal(_TOP)}V{decimal(bottom)}H{decimal(right)}"
        _add(self.root, "path", {"class": "axes", "d": path, **line})
        for place, label in self.across.marks(7):
            x = left + place * self.inner_width
            tick = f"M{decimal(x)} {decimal(bottom)}v4"
            _add(self.root, "path", {"d": tick, **line})
            self._text(label, x, bottom + 15.0, _SMALL, "middle")
        for place, label in self.up.marks(6):
            y = bottom - place * self.inner_height
            _add(self.root, "path", {"d": f"M{decimal(left)} {decimal(y)}h-4", **line})
            self._text(label, left - 7.0, y + 3.2, _SMALL, "end")
        self._text(self.plot.x, left + self.inner_width / 2, bottom + 32.0, _SMALL, "middle")
        self._text(self.plot.y, left, _TOP - 6.0, _SMALL)

    def _series(self, one: Series, index: int) -> None:
        drawn = _add(self.root, "g", {"class": "series", "data-series": printable(one.name)})
        points = [self._point(x, y) for x, y in zip(one.xs, one.ys, strict=True)]
        if one.kind != "points":
            data = _polyline(points)
            if data:
                _add(drawn, "path", {"d": data, **self._line(index)})
        if one.kind == "line":
            return
        known = [point for point in points if point is not None]
        for k, (x, y) in enumerate(known):
            end = one.kind == "points" or k in (0, len(known) - 1)
            self._mark(drawn, x, y, index, 4.0 if end else 2.2)

    def _line(self, index: int) -> dict[str, str]:
        colours = _COLOURS[self.dark]
        style = {"fill": "none", "stroke": colours[index % len(colours)], "stroke-width": "1.8"}
        dashes = _DASHES[index % len(_DASHES)]
        return style | ({"stroke-dasharray": dashes} if dashes else {})

    def _mark(self, parent: Any, x: float, y: float, index: int, size: float) -> None:
        """Draw a disc, square, diamond or triangle: series are told apart without colour too."""
        colours = _COLOURS[self.dark]
        style = {"fill": colours[index % len(colours)], "stroke": self.theme.page}
        style["stroke-width"] = "0.8"
        corners = (0, 4, 4, 3)[index % 4]
        if not corners:
            place = {"cx": decimal(x), "cy": decimal(y), "r": decimal(size)}
            _add(parent, "circle", place | style)
            return
        turn = math.pi / 4 if index % 4 == 1 else -math.pi / 2
        angles = [turn + 2 * math.pi * k / corners for k in range(corners)]
        spots = [(x + 1.2 * size * math.cos(a), y + 1.2 * size * math.sin(a)) for a in angles]
        data = "M" + "L".join(f"{decimal(a)} {decimal(b)}" for a, b in spots) + "Z"
        _add(parent, "path", {"d": data, **style})

    def _sample(self, one: Series, index: int, y: float) -> None:
        drawn = _add(self.root, "g", {"class": "legend"})
        if one.kind != "points":
            line = f"M{decimal(_LEFT)} {decimal(y)}h30"
            _add(drawn, "path", {"d": line, **self._line(index)})
        if one.kind != "line":
            self._mark(drawn, _LEFT + 15.0, y, index, 4.0)

    # ---- bars ----

    def _bars(self) -> None:
        values = [bar.value for bar in self.plot.bars]
        scale = bar_scale(self.plot)
        name_ink = [typeset(text_tex(bar.name), _SMALL) for bar in self.plot.bars]
        left = 14.0 + max(ink.width for ink in name_ink) + 8.0
        room = self.width - left - 90.0
        for index, bar in enumerate(self.plot.bars):
            y = _TOP + _BAR * index
            place = scale.place(abs(bar.value))
            length = 0.0 if place is None else max(1.5, place * room)
            self._text(bar.name, left - 8.0, y + 10.0, _SMALL, "end")
            box = {"x": decimal(left), "y": decimal(y), "width": decimal(length)}
            box |= {"height": decimal(_BAR - 5.0), "fill": _COLOURS[self.dark][0]}
            _add(self.root, "rect", {"class": "bar", "data-value": repr(bar.value), **box})
            self._text(number(bar.value), left + length + 6.0, y + 10.0, _SMALL)
        below = _TOP + _BAR * len(values) + 16.0
        self._text(self.plot.x, left + room / 2, below, _SMALL, "middle")

    # ---- texts ----

    def _text(
        self, words: str, x: float, baseline: float, size: float, side: str = "start"
    ) -> None:
        if not words:
            return
        ink = typeset(text_tex(words), size)
        x -= {"start": 0.0, "middle": ink.width / 2, "end": ink.width}[side]
        attributes = {"class": "text", "fill": self.theme.text["name"]}
        drawn = _add(self.root, "g", attributes | {"data-text": printable(words)})
        for mark in ink.marks:
            place = f"translate({decimal(x + mark.x)} {decimal(baseline + mark.y)})"
            data = outline_path(mark.outline, mark.size)
            _add(drawn, "path", {"transform": place, "d": data})
        for rule in ink.rules:  # a hyphen is one
            values = (x + rule.x, baseline + rule.y, rule.width, rule.height)
            names = ("x", "y", "width", "height")
            _add(drawn, "rect", dict(zip(names, map(decimal, values), strict=True)))


def _polyline(points: list[tuple[float, float] | None]) -> str:
    """Return path data that leaves a gap where a point is missing."""
    pieces, pen_down = [], False
    for point in points:
        if point is None:
            pen_down = False
            continue
        pieces.append(f"{'L' if pen_down else 'M'}{decimal(point[0])} {decimal(point[1])}")
        pen_down = True
    return "".join(pieces)


def _add(
    parent: ElementTree.Element, tag: str, attributes: dict[str, str] | None = None
) -> ElementTree.Element:
    return ElementTree.SubElement(parent, tag, attributes or {})
