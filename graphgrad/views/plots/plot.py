"""State what a plot shows: series over an axis, bars, or a grid of values; no writer is known here.

Numbers that are not finite leave a gap.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

__all__ = ["Bar", "Grid", "Plot", "Series", "bars", "curve", "finite", "heat"]

Kind = Literal["line", "points", "path"]


class Series(NamedTuple):
    """One curve: its name in the legend and its points.

    Attributes:
        name: for the legend; empty for none.
        xs: abscissas.
        ys: ordinates, one per abscissa.
        kind: a line, separate points, or a path: a line whose points are marked, first and last
            most.
    """

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    kind: Kind = "line"


class Bar(NamedTuple):
    """One named quantity."""

    name: str
    value: float


class Grid(NamedTuple):
    """Values over a rectangle.

    Attributes:
        xs: abscissas of the columns, rising.
        ys: ordinates of the rows, rising.
        values: a row per ordinate.
        levels: where lines of equal value are drawn; one alone is a boundary between two sides.
        regions: where the values are the numbers of classes, by how much each is larger than all
            others, a grid per class; its series are those of the classes, in their order.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]
    levels: tuple[float, ...] = ()
    regions: tuple[tuple[tuple[float, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """What a plot shows.

    Attributes:
        title: above it.
        x: what the horizontal axis is.
        y: what the vertical axis is.
        series: curves, drawn over the grid where there is one.
        grid: values shown as shades.
        bars: quantities side by side.
        log: whether ordinates and bars are laid out by their power of ten.
    """

    title: str = ""
    x: str = ""
    y: str = ""
    series: tuple[Series, ...] = ()
    grid: Grid | None = None
    bars: tuple[Bar, ...] = ()
    log: bool = False


def curve(
    series: Iterable[Series | tuple[str, Any, Any]],
    *,
    title: str = "",
    x: str = "",
    y: str = "",
    log: bool = False,
) -> Plot:
    """Return a plot of curves over one axis.

    Args:
        series: a `Series`, or a name, abscissas and ordinates, per curve.
        title: above it.
        x: what the horizontal axis is.
        y: what the vertical axis is.
        log: whether ordinates are laid out by their power of ten; those that are not positive
            leave a gap then.

    >>> curve([("loss", [0, 1, 2], [4, 2, 1])], x="epoch").series[0].ys
    (4.0, 2.0, 1.0)
    """
    return Plot(title=title, x=x, y=y, series=tuple(_series(one) for one in series), log=log)


def heat(
    grid: Grid,
    *,
    title: str = "",
    x: str = "",
    y: str = "",
    over: Iterable[Series | tuple[str, Any, Any]] = (),
) -> Plot:
    """Return a plot of a grid, with points or paths drawn over it.

    Args:
        grid: the values; with one level it has two sides, with more it is a contour map.
        title: above it.
        x: what the horizontal axis is.
        y: what the vertical axis is.
        over: what is drawn over it, as in `curve`.

    >>> heat(Grid((0, 1), (0, 1), ((0, 1), (1, 0)), (0.5,))).grid.levels
    (0.5,)
    """
    series = tuple(_series(one) for one in over)
    return Plot(title=title, x=x, y=y, grid=grid, series=series)


def bars(
    values: Iterable[tuple[str, Any]], *, title: str = "", x: str = "", log: bool = False
) -> Plot:
    """Return a plot of named quantities.

    Args:
        values: a name and a number per bar, in order.
        title: above it.
        x: what the quantities are.
        log: whether bars are laid out by their power of ten.

    >>> bars([("first", 1e-9), ("last", 0.1)], log=True).bars[1].name
    'last'
    """
    found = tuple(Bar(name, float(value)) for name, value in values)
    return Plot(title=title, x=x, bars=found, log=log)


def finite(values: Iterable[float], *, log: bool = False) -> list[float]:
    """Return the values that can be laid out: finite, and positive by powers of ten."""
    return [value for value in values if math.isfinite(value) and (value > 0 or not log)]


def _series(one: Series | tuple[str, Any, Any]) -> Series:
    if isinstance(one, Series):
        return one
    name, xs, ys = one
    return Series(name, tuple(map(float, xs)), tuple(map(float, ys)))
