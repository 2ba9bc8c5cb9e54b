"""Say which box stands in which column, and what stands beside another box and not in a column.

A column is a layer of a network or a moment of a recurrence: what is computed from the column
before. A parameter that one box alone reads stands above it, an input that is read late below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import NamedTuple

from graphgrad.views.figure.content.diagram import LEAF_ROLES, Diagram, DiagramBox
from graphgrad.views.figure.layout.columns.steps import following, steps_in

__all__ = ["Columns", "columns_of", "lower", "stacked"]

_MOST_BESIDE = 4
"""A unit of sixteen weights would be wider than its layer is high: more stand in a column."""
_FEWEST_STACKED, _MOST_STACKED = 2, 6
_ORDER = {"parameter": 0, "constant": 0, "input": 2}
"""What is shared runs over the top, inputs below; what is computed stands between."""


class Columns(NamedTuple):
    """Who stands where.

    Attributes:
        columns: ids of boxes, from the inputs to the loss, each column from top to bottom.
        rank: per box in a column, the number of its column, from 0.
        above: per box, ids of what stands above it and is read by it alone.
        below: the same of what stands below it.
    """

    columns: tuple[tuple[str, ...], ...]
    rank: Mapping[str, int]
    above: Mapping[str, tuple[str, ...]]
    below: Mapping[str, tuple[str, ...]]

    def holder(self) -> dict[str, str]:
        """Map what stands beside a box to that box."""
        return {
            beside: box
            for held in (self.above, self.below)
            for box, found in held.items()
            for beside in found
        }


def columns_of(diagram: Diagram, most_beside: int = _MOST_BESIDE) -> Columns:
    r"""Return who stands in which column.

    >>> from graphgrad.source.gg import read_gg
    >>> from graphgrad.views.figure.content.diagram_of import diagram_of
    >>> from graphgrad.views.figure.content.scene_options import SceneOptions
    >>> text = "input x = 1\nparam w = 2\ninput y = 0\nh = tanh(w*x)\nloss L = (h - y)^2"
    >>> found = columns_of(diagram_of(read_gg(text), SceneOptions()))
    >>> len(found.columns), len(found.above), len(found.below)
    (3, 1, 1)

    Args:
        diagram: the boxes and edges.
        most_beside: how many boxes may stand above another, and as many below; 0 for none.
    """
    return _Standing(diagram, most_beside).columns()


class _Standing:
    """Hold who reads what, by id, without what a box reads of itself."""

    def __init__(self, diagram: Diagram, most_beside: int) -> None:
        self.diagram, self.most = diagram, most_beside
        self.boxes = {box.id: box for box in diagram.boxes}
        self.readers: dict[str, dict[str, None]] = {}
        self.sources: dict[str, dict[str, None]] = {}
        for edge in diagram.edges:
            self.readers.setdefault(edge.source, {})[edge.target] = None
            self.sources.setdefault(edge.target, {})[edge.source] = None
        steps = following(diagram) if steps_in(diagram) else ()
        self.steps = {box for pair in steps for box in pair}
        self.leaves = {
            box.id
            for box in diagram.boxes
            if box.id in self.readers and (box.role in LEAF_ROLES or self._is_fold_of_leaves(box))
        }

    def columns(self) -> Columns:
        """Return who stands where."""
        above, below = self._beside()
        gone = {box for held in (above, below) for found in held.values() for box in found}
        rank = self._ranks()
        for leaf in self.leaves - gone:
            rank[leaf] = min(rank[reader] for reader in self.readers[leaf]) - 1
        rank = _from_zero({box.id: rank[box.id] for box in self.diagram.boxes if box.id in rank})
        columns: list[list[str]] = [[] for _ in range(max(rank.values(), default=-1) + 1)]
        for box in sorted(self.diagram.boxes, key=_place):
            if box.id in rank:
                columns[rank[box.id]].append(box.id)
        return Columns(tuple(map(tuple, columns)), rank, above, below)

    def _beside(self) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        """Return what stands above and below each box: leaves that it alone reads."""
        above: dict[str, tuple[str, ...]] = {}
        below: dict[str, tuple[str, ...]] = {}
        for reader, found in self.sources.items():
            if self.boxes[reader].drawn:
                continue  # arrows from above and below would cross what a tensor says
            alone = [leaf for leaf in found if self._is_read_once(leaf)]
            given = [leaf for leaf in alone if self.boxes[leaf].role == "input"]
            kept = [leaf for leaf in alone if leaf not in given]
            if len(alone) == len(found) and not given and kept:
                continue  # a box of weights alone begins a column: they stand before it
            if 0 < len(kept) <= self.most:
                above[reader] = tuple(kept)
            if 0 < len(given) <= self.most and self._is_late(reader, given):
                below[reader] = tuple(given)
        return above, below

    def _is_fold_of_leaves(self, box: DiagramBox) -> bool:
        """Tell whether a fold reads nothing: it is drawn where a parameter would be."""
        return box.role == "folded" and not box.drawn and box.id not in self.sources

    def _is_read_once(self, box: str) -> bool:
        alone = box in self.leaves and len(self.readers[box]) == 1
        return alone and not self.boxes[box].drawn

    def _is_late(self, reader: str, given: Sequence[str]) -> bool:
        """Tell whether a box reads something computed as well, or is one of several steps."""
        return reader in self.steps or any(
            box not in self.leaves for box in self.sources[reader] if box not in given
        )

    def _ranks(self) -> dict[str, int]:
        """Return the column of what is computed: as early as it can, but near what reads it.

        A fold stands in the order of the steps where its first line does, before what some other
        line of it reads: the order is that of the edges.
        """
        read = {
            box.id: [source for source in self.sources.get(box.id, ()) if source != box.id]
            for box in self.diagram.boxes
        }
        order = [box for box in TopologicalSorter(read).static_order() if box not in self.leaves]
        rank: dict[str, int] = {}
        for box in order:
            before = (rank[source] + 1 for source in read[box] if source in rank)
            rank[box] = max(before, default=0)
        for box in reversed(order):
            readers = self.readers.get(box, {})
            computed = sum(source in rank for source in read[box])
            if readers and computed < len(readers):
                rank[box] = min(rank[reader] for reader in readers) - 1
        return rank


def stacked(diagram: Diagram, columns: Columns) -> Iterator[Columns]:
    """Yield columns, and the same with runs of single boxes in stacks, of more and more boxes.

    In a stack a box reads the one above it and no other: nothing passes by.

    Args:
        diagram: the boxes and edges.
        columns: who stands in which column, nothing beside another box.
    """
    yield columns
    drawn = {box.id for box in diagram.boxes if box.drawn}
    read: dict[str, set[str]] = {}
    for edge in diagram.edges:
        read.setdefault(edge.source, set()).add(edge.target)
    single = [len(found) == 1 and found[0] not in drawn for found in columns.columns]
    longest = run = 0
    for alone in single:
        run = run + 1 if alone else 0
        longest = max(longest, run)
    for most in range(2, min(longest, _MOST_STACKED) + 1) if longest >= _FEWEST_STACKED else ():
        found: list[tuple[str, ...]] = []
        for number, column in enumerate(columns.columns):
            stack = found[-1] if number and single[number - 1] and single[number] else ()
            passed = any(read.get(box, set()) & {*column} for box in stack[:-1])
            if stack and len(stack) < most and not passed:
                found[-1] = (*stack, *column)
            else:
                found.append(column)
        rank = {box: number for number, column in enumerate(found) for box in column}
        yield Columns(tuple(found), rank, {}, {})


def lower(columns: Columns, diagram: Diagram) -> Columns:
    """Return columns in which targets stand above their loss, in one line with parameters.

    Where there are such, the drawing is a box less high.

    Args:
        columns: who stands in which column.
        diagram: the boxes and edges.
    """
    losses = {box.id for box in diagram.boxes if box.role == "loss"}
    moved = {
        box: found
        for box, found in columns.below.items()
        if box in losses and columns.above.keys() - {box} and box not in columns.above
    }
    below = {box: found for box, found in columns.below.items() if box not in moved}
    return columns._replace(above={**columns.above, **moved}, below=below)


def _from_zero(rank: Mapping[str, int]) -> dict[str, int]:
    """Return ranks counted from 0, without one in which nothing stands."""
    number = {old: new for new, old in enumerate(sorted(set(rank.values())))}
    return {box: number[old] for box, old in rank.items()}


def _place(box: DiagramBox) -> int:
    return _ORDER.get(box.role, 1)
