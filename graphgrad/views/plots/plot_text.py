"""Draw a plot in terminal cells: braille dots for curves, blocks for bars, shades for grids.

In ASCII the same plot is drawn with letters, one per series.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from graphgrad.views.cells.characters import Charset
from graphgrad.views.plots.plot import Plot, Series, finite
from graphgrad.views.plots.scales import Scale, bar_scale, scales_of
from graphgrad.views.text.cell_width import clipped
from graphgrad.views.text.cell_width import width as cells_of
from graphgrad.views.text.numbers import number

__all__ = ["plot_text"]

_HEIGHT = 14
_LABEL = 10
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BRAILLE = 0x2800
_LETTERS = "*+oxsd"
_SHADES = {"unicode": " ░▒▓█", "ascii": " .:*#"}
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LONGEST_NAME = 24
_DIGITS = "0123456789"
_APART = {2: (0, 2), 3: (0, 1, 3), 4: (0, 1, 2, 3)}
"""Which shades tell so many regions apart."""


def plot_text(
    plot: Plot, width: int = 80, height: int = _HEIGHT, *, charset: Charset = "unicode"
) -> list[str]:
    r"""Return a plot as lines of text.

    Args:
        plot: what is shown.
        width: the most cells of a line.
        height: lines of the plot itself, without title, marks and legend.
        charset: with which characters.

    >>> from graphgrad.views.plots.plot import bars
    >>> print("\n".join(plot_text(bars([("a", 1), ("b", 2)]), 20)))
    a   ███████        1
    b   ██████████████ 2
    """
    lines = [plot.title] if plot.title else []
    if plot.bars:
        return [*lines, *_bars(plot, width, charset)]
    if plot.grid is not None:
        return [*lines, *_heat(plot, width, height, charset)]
    return [*lines, *_curves(plot, width, height, charset)]


# ---- bars ----


def _bars(plot: Plot, width: int, charset: Charset) -> Iterator[str]:
    values = [bar.value for bar in plot.bars]
    names = ["".join(clipped(bar.name, _LONGEST_NAME)) for bar in plot.bars]
    shown = [number(value) for value in values]
    name_width, number_width = max(map(cells_of, names)), max(map(len, shown))
    room = max(4, width - name_width - number_width - 4)
    scale = bar_scale(plot)
    for name, value, told in zip(names, values, shown, strict=True):
        place = scale.place(abs(value))
        share = 0.0 if place is None else max(place, 1 / room if plot.log else 0.0)
        padding = " " * (name_width - cells_of(name))
        yield f"{name}{padding}   {_bar(share, room, charset)} {told}".rstrip()
    if plot.x:
        yield f"{' ' * name_width}   {plot.x}"


def _bar(share: float, room: int, charset: Charset) -> str:
    if charset == "ascii":
        return ("#" * round(share * room)).ljust(room)
    eighths = round(share * room * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(room)


# ---- curves ----


def _curves(plot: Plot, width: int, height: int, charset: Charset) -> Iterator[str]:
    across, up = scales_of(plot)
    columns = max(8, width - _LABEL - 2)
    canvas = _Canvas(columns, height, charset)
    for index, one in enumerate(plot.series):
        canvas.draw(one, across, up, _LETTERS[index % len(_LETTERS)])
    yield from _framed(plot, canvas.rows(), across, up, columns, height)
    yield from _legend(plot.series, charset)


class _Canvas:
    """Dots in cells: eight to a braille cell, one letter to a cell in ASCII."""

    def __init__(self, columns: int, rows: int, charset: Charset) -> None:
        self.fine = charset == "unicode"
        self.columns, self.lines = columns, rows
        self.wide, self.tall = (columns * 2, rows * 4) if self.fine else (columns, rows)
        self.bits = [[0] * columns for _ in range(rows)]
        self.letters = [[" "] * columns for _ in range(rows)]

    def draw(self, one: Series, across: Scale, up: Scale, letter: str) -> None:
        """Draw the points of a series, joined where it is a line."""
        before: tuple[float, float] | None = None
        for x, y in zip(one.xs, one.ys, strict=True):
            place, height = across.place(x), up.place(y)
            if place is None or height is None:
                before = None
                continue
            here = (place * (self.wide - 1), (1 - height) * (self.tall - 1))
            if one.kind == "points":
                self._mark(*here, letter)
            else:
                self._join(before or here, here, letter)
            before = here

    def _join(self, start: tuple[float, float], end: tuple[float, float], letter: str) -> None:
        steps = max(1, math.ceil(max(abs(end[0] - start[0]), abs(end[1] - start[1]))))
        for k in range(min(steps, 4096) + 1):
            share = k / min(steps, 4096)
            x = start[0] + share * (end[0] - start[0])
            self._dot(round(x), round(start[1] + share * (end[1] - start[1])), letter)

    def _mark(self, x: float, y: float, letter: str) -> None:
        for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1)) if self.fine else ((0, 0),):
            self._dot(round(x) + dx, round(y) + dy, letter)

    def _dot(self, x: int, y: int, letter: str) -> None:
        if not (0 <= x < self.wide and 0 <= y < self.tall):
            return
        if self.fine:
            self.bits[y // 4][x // 2] |= _DOTS[y % 4][x % 2]
        else:
            self.letters[y][x] = letter

    def rows(self) -> list[str]:
        """Return the lines of the canvas."""
        if not self.fine:
            return ["".join(row) for row in self.letters]
        return ["".join(chr(_BRAILLE + bits) if bits else " " for bits in row) for row in self.bits]


def _legend(series: tuple[Series, ...], charset: Charset) -> Iterator[str]:
    named = [one.name for one in series if one.name]
    if len(named) > 1 or (named and charset == "unicode"):
        words = [
            f"{_LETTERS[k % len(_LETTERS)]} {one.name}" if charset == "ascii" else one.name
            for k, one in enumerate(series)
            if one.name
        ]
        yield " " * (_LABEL + 2) + ", ".join(words)


def _framed(
    plot: Plot, rows: list[str], across: Scale, up: Scale, columns: int, height: int
) -> Iterator[str]:
    """Yield the rows with marks at the left and below."""
    labels = {round((1 - place) * (height - 1)): label for place, label in up.marks(4)}
    if plot.y:
        yield f"{plot.y:>{_LABEL}}".rstrip()
    for index, row in enumerate(rows):
        yield f"{labels.get(index, ''):>{_LABEL}} │{row}".rstrip()
    yield f"{'':>{_LABEL}} └{'─' * columns}"
    below = [" "] * (columns + 12)
    for place, label in across.marks(6):
        at = round(place * (columns - 1)) - len(label) // 2
        at = max(0, at)
        if "".join(below[max(0, at - 1) : at + len(label) + 1]).strip() == "":
            below[at : at + len(label)] = label
    yield f"{'':>{_LABEL}}  {''.join(below).rstrip()}"
    if plot.x:
        yield f"{'':>{_LABEL}}  {plot.x:^{columns}}".rstrip()


# ---- grids ----


def _heat(plot: Plot, width: int, height: int, charset: Charset) -> Iterator[str]:
    grid = plot.grid
    assert grid is not None
    across, up = scales_of(plot)
    columns = max(8, min(width - _LABEL - 2, 4 * height))
    known = finite(value for row in grid.values for value in row) or [0.0]
    low, high = min(known), max(known)
    shades = _shades_of(len(grid.regions), charset)
    rows = []
    for line in range(height):
        cells = []
        for column in range(columns):
            value = _nearest(grid.values, column / (columns - 1), 1 - line / (height - 1))
            share = 0.5 if high == low else (value - low) / (high - low)
            place = (
                int(value if grid.regions else min(4, share * 5)) if math.isfinite(value) else -1
            )
            cells.append(shades[place] if place >= 0 else "?")
        rows.append(cells)
    for index, one in enumerate(plot.series):
        _over(rows, one, across, up, index)
    yield from _framed(plot, ["".join(row) for row in rows], across, up, columns, height)
    if not grid.regions:
        yield f"{'':>{_LABEL}}  {shades[0]!r} {number(low, 3)} … {shades[-1]!r} {number(high, 3)}"
    for index, one in enumerate(plot.series):
        region = f"{shades[index]!r} " if index < len(grid.regions) else ""
        if one.name:
            yield f"{'':>{_LABEL}}  {region}{_signs(one, index)} {one.name}"


def _shades_of(regions: int, charset: Charset) -> str:
    """Return the signs of cells: shades that rise, or one for each class, far apart."""
    shades = _SHADES[charset]
    if regions > len(shades):
        return "".join(_DIGITS[k % len(_DIGITS)] for k in range(regions))
    return "".join(shades[k] for k in _APART.get(regions, range(5)))


def _nearest(values: tuple[tuple[float, ...], ...], x: float, y: float) -> float:
    return values[round(y * (len(values) - 1))][round(x * (len(values[0]) - 1))]


def _over(rows: list[list[str]], one: Series, across: Scale, up: Scale, index: int) -> None:
    sign = _signs(one, index)[0]
    for x, y in zip(one.xs, one.ys, strict=True):
        place, height = across.place(x), up.place(y)
        if place is None or height is None or not (0 <= place <= 1 and 0 <= height <= 1):
            continue
        rows[round((1 - height) * (len(rows) - 1))][round(place * (len(rows[0]) - 1))] = sign


def _signs(one: Series, index: int) -> str:
    """Return the sign of a series: its name where that ends in one character, as of a class."""
    last = one.name.rpartition(" ")[2]
    return last if len(last) == 1 else "ox+*sd"[index % 6]
