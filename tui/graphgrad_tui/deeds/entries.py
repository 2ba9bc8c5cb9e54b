"""Look at one entry of an array after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphgrad.messages.catalogue import text

if TYPE_CHECKING:
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
    place, size = app.entry, int(np.prod(shape))
    at = 0 if place is None else int(np.ravel_multi_index(place, shape)) + step
    if 0 <= at < size:
        app.entry_at = app.node, tuple(int(k) for k in np.unravel_index(at, shape))
    app.redraw()
