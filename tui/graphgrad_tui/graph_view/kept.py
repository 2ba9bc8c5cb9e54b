"""Keep boxes where they stood before an edit: their places, and texts that have room there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from graphgrad.stepping.work import Change
from graphgrad.views.cells.columns import column_of
from graphgrad_tui.graph_view.box_text import called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from graphgrad.views.cells.boxes import CellBox, Size
    from graphgrad.views.cells.columns import Place

__all__ = ["Kept", "as_wide", "fewer", "in_room"]


class Kept(NamedTuple):
    """The picture before an edit, in which boxes stay where they were.

    Attributes:
        places: of the boxes, by key.
        widths: of the boxes, by key.
        size: how large they were drawn.
        drawn_for: the pane and the closed groups; in another one only the order of rows is kept.
        indent: the free columns and rows before the picture.
        longest: the characters that a value was given.
    """

    places: Mapping[int, Place]
    widths: Mapping[int, int]
    size: Size
    drawn_for: object
    indent: tuple[int, int]
    longest: int


def fewer(
    changes: Mapping[int, Change], is_end: Callable[[int], bool]
) -> Iterator[Mapping[int, Change]]:
    """Yield all changes, those of values, those of values at the ends of the graph, none."""
    yield changes
    if changes:
        values = {node: Change(old.value, None) for node, old in changes.items()}
        yield values
        yield {node: old for node, old in values.items() if is_end(node)}
        yield {}


def in_room(
    changes: Mapping[int, Change], kept: Kept, boxed: Callable[[int, Change], CellBox]
) -> Mapping[int, Change]:
    """Return of the old numbers those that their boxes have room for where they stand."""
    found = {}
    for node, old in changes.items():
        for change in (old, Change(old.value, None)):
            if column_of([boxed(node, change)], kept.size, 2).width <= kept.widths.get(node, 0):
                found[node] = change
                break
    return found


def as_wide(box: CellBox, kept: Kept) -> CellBox:
    """Return a box without its formula, if that is wider than the box was before an edit."""
    room = kept.widths.get(box.key)
    if room is None or column_of([box], kept.size, 2).width <= room:
        return box
    return replace(box, title=called(box.title))
