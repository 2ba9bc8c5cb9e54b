"""Look at one entry of an array after the other."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import text

if TYPE_CHECKING:
    from graphgrad.ops.shapes import Shape
    from graphgrad_tui.stage import Stage

__all__ = ["lower", "next_entry", "previous", "upper"]


def next_entry(app: Stage) -> None:
    """Look at the next entry, row by row."""
    _move(app, 1)


def previous(app: Stage) -> None:
    """Look at the entry before."""
    _move(app, -1)


def lower(app: Stage) -> None:
    """Look at the entry in the next row."""
    _move(app, _row(app))


def upper(app: Stage) -> None:
    """Look at the entry in the row above."""
    _move(app, -_row(app))


def _row(app: Stage) -> int:
    """Return how many entries a row has."""
    shape = app.trace.graph.columns.shape(app.node)
    return shape[-1] if len(shape) > 1 else 1


def _move(app: Stage, step: int) -> None:
    shape = app.trace.graph.columns.shape(app.node)
    if not shape or 0 in shape:
        app.notify(text("entry.number", name=app.trace.graph.name(app.node)))
        return
    at = 0 if app.entry is None else _number(app.entry, shape) + step
    if 0 <= at < prod(shape):
        app.entry_at = app.node, _place(at, shape)
    app.redraw()


def _number(place: Shape, shape: Shape) -> int:
    """Return the number of an entry, row by row."""
    number = 0
    for at, size in zip(place, shape, strict=True):
        number = number * size + at
    return number


def _place(number: int, shape: Shape) -> Shape:
    """Return the place of the entry of a number."""
    place: list[int] = []
    for size in reversed(shape):
        number, at = divmod(number, size)
        place.append(at)
    return tuple(reversed(place))
