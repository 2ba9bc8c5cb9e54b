"""Draw the values on a grid as areas of colour, cut exactly along the line that parts them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from xml.etree import ElementTree

from graphgrad.views.figure.scene.outlines import decimal
from graphgrad.views.figure.svg.theme import Theme
from graphgrad.views.plots.contours import contour, patches
from graphgrad.views.plots.plot import Grid, finite
from graphgrad.views.text.numbers import number

__all__ = ["GridDrawing"]

Spot = tuple[float, float]
_SHADES = {False: "#0B5CAD", True: "#7CC4FF"}
_SEAM = "0.6"
"""The width of the line round an area in its own colour, so that no seam is seen between two."""


class GridDrawing:
    """Draw grids into an SVG.

    Args:
        root: what is added to.
        theme: whose page and lines they have.
        colours: of series; a light shade of each is that of a region.
        point: tells where a point is drawn.
    """

    def __init__(
        self,
        root: ElementTree.Element,
        theme: Theme,
        colours: Sequence[str],
        point: Callable[[float, float], Spot | None],
    ) -> None:
        self.root, self.theme, self.colours, self.point = root, theme, colours, point
        self.dark = theme.name == "dark"

    def draw(self, grid: Grid) -> None:
        """Add the areas of a grid and the lines of its levels."""
        drawn = ElementTree.SubElement(self.root, "g", {"class": "grid"})
        for fill, corners in self._areas(grid):
            spots = [spot for corner in corners if (spot := self.point(*corner)) is not None]
            data = "L".join(f"{decimal(x)} {decimal(y)}" for x, y in spots)
            style = {"fill": fill, "stroke": fill, "stroke-width": _SEAM}
            ElementTree.SubElement(drawn, "path", {"d": f"M{data}Z", **style})
        for margins in grid.regions:
            self._level(grid._replace(values=margins), 0.0, alone=True)
        for level in grid.levels:
            self._level(grid, level, alone=len(grid.levels) == 1)

    def tint(self, index: int) -> str:
        """Return a light shade of the colour of a series."""
        return self._mixed(self.colours[index % len(self.colours)], 0.3)

    def _areas(self, grid: Grid) -> Iterator[tuple[str, tuple[Spot, ...]]]:
        """Yield the colour and the corners of each area."""
        for index, margins in enumerate(grid.regions):
            for patch in patches(grid._replace(values=margins), 0.0):
                if patch.above:
                    yield self.tint(index), patch.corners
        if grid.regions:
            return
        known = finite(value for row in grid.values for value in row) or [0.0]
        low, high = min(known), max(known)
        level = grid.levels[0] if len(grid.levels) == 1 else -math.inf
        for patch in patches(grid, level):
            share = 0.5 if high == low else (patch.value - low) / (high - low)
            yield self._mixed(_SHADES[self.dark], 0.75 * share), patch.corners

    def _mixed(self, colour: str, share: float) -> str:
        """Return a shade between the page and a full colour; grey tells the order as well."""
        ends = zip(_channels(self.theme.page), _channels(colour), strict=True)
        return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in ends)

    def _level(self, grid: Grid, level: float, *, alone: bool) -> None:
        pieces = []
        for piece in contour(grid, level):
            start, end = self.point(piece.x1, piece.y1), self.point(piece.x2, piece.y2)
            if start is not None and end is not None:
                pieces.append(f"M{decimal(start[0])} {decimal(start[1])}")
                pieces.append(f"L{decimal(end[0])} {decimal(end[1])}")
        style = {"fill": "none", "stroke": self.theme.text["name"], "class": "level"}
        style |= {"stroke-width": "1.8" if alone else "0.7", "data-level": number(level)}
        if pieces:
            ElementTree.SubElement(self.root, "path", {"d": "".join(pieces), **style})


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5))
