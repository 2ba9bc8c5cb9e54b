"""Draw only the boxes that take part in a step: what acts, what it reads, what reads it.

A parameter with three hundred uses, or a sum of forty operands, has neighbours that no pane holds.
They are folded, by name, until the rest fits: what a step takes from and gives to stays in sight.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from graphgrad.views.cells.boxes import CellBox, folded_ports
from graphgrad.views.cells.placing import GAP, INSET
from graphgrad.views.text.cell_width import width
from graphgrad.views.text.name_ranges import ranged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphgrad.views.cells.boxes import Size
    from graphgrad.views.cells.groups import Surroundings
    from graphgrad.views.text.stops import Stop
    from graphgrad_tui.graph_view.boxes import Boxes, CellEdge

__all__ = ["ALL", "Cast", "Staged", "active_edges", "cast_at", "column_rows", "least_rows"]
__all__ += ["staged", "tallest"]

ALL = 1_000
"""A limit that folds nothing."""
_LOWEST: dict[Size, int] = {"large": 5, "full": 3, "compact": 1, "dense": 1}
"""The rows that a box of each size has at least."""

_LONGEST_FOLD = 26


class Cast(NamedTuple):
    """The boxes of a step.

    Attributes:
        acting: the box it acts on.
        partners: those it reads, takes from or gives to.
    """

    acting: int
    partners: tuple[int, ...] = ()

    @property
    def keys(self) -> tuple[int, ...]:
        """Return all of them."""
        return (self.acting, *self.partners)


def cast_at(acting: int, active: Iterable[CellEdge]) -> Cast:
    """Return the boxes of a step that acts on a box along some edges.

    >>> cast_at(3, [(1, 3, 0), (3, 5, 1)])
    Cast(acting=3, partners=(1, 5))
    """
    ends = {end for source, target, _ in active for end in (source, target)}
    return Cast(acting, tuple(sorted(ends - {acting})))


def active_edges(boxes: Boxes, stop: Stop) -> frozenset[CellEdge]:
    """Return (source, target, slot) of the edges that are read, pulled back or summed."""
    if stop.phase in ("start", "seed"):
        return frozenset()
    box = boxes.owner[stop.node]
    if stop.step is not None and stop.step.slot is not None:
        return _slot_edges(boxes, stop.step.node, stop.step.slot)
    into = boxes.edges_into[box]
    if stop.phase == "forward":
        return frozenset(into)
    reached = boxes.trace.adjoints or []
    out = [edge for edge in boxes.edges_out[box] if reached[edge[1]] is not None]
    if stop.phase == "accumulate":
        return frozenset(out)
    variable = boxes.graph.variable
    return frozenset([*out, *(edge for edge in into if variable[edge[0]])])


def _slot_edges(boxes: Boxes, node: int, slot: int) -> frozenset[CellEdge]:
    """Return the one edge of a pullback; none if it stays inside a box."""
    source = boxes.graph.columns.parents_of(node)[slot]
    box, giver = boxes.owner[node], boxes.owner[source]
    if box == giver:
        return frozenset()
    edges = [edge for edge in boxes.edges_into[box] if edge[0] == giver]
    exact = [edge for edge in edges if edge[2] == slot]
    return frozenset(exact or edges)


class Staged(NamedTuple):
    """The boxes of a step to be drawn, and for each that is folded the box that stands for it."""

    boxes: tuple[CellBox, ...]
    shown_by: dict[int, int]


def staged(
    around: Surroundings, cast: Cast, limit: int, more: str, *, named: bool = True
) -> Staged:
    """Return a box with its operands and its consumers; beyond a limit they are folded.

    Args:
        around: the boxes of the graph.
        cast: what takes part; what does not is folded first.
        limit: the most operands, and the most consumers, that are drawn one by one.
        more: what a fold says of names that make no range, with ``{count}``.
        named: whether a fold says its names at all.

    >>> from graphgrad.views.cells.groups import Surroundings
    >>> fan = [CellBox(i, f"a{i}", (), ()) for i in range(40)]
    >>> fan += [CellBox(40, "s", (), tuple(range(40))), CellBox(41, "L", (), (40,))]
    >>> found = staged(Surroundings(fan), Cast(40), 2, "… +{count} more")
    >>> [box.title for box in found.boxes], found.boxes[3].sources
    (['… a2…a39 (38)', 'a0', 'a1', 's', 'L'], (0, 1, -1))
    """
    acting = around.box(cast.acting)
    taking = set(cast.partners)
    before = _first(dict.fromkeys(acting.sources), taking, limit)
    after = _first(around.consumers(acting.key), taking, limit)
    shown_by = dict.fromkeys(before.folded, -1) | dict.fromkeys(after.folded, -2)
    drawn = {acting.key, *before.kept, *after.kept}
    found = []
    if before.folded:
        fold = _fold([around.box(key) for key in before.folded], more, named=named)
        found.append(CellBox(-1, fold, (), (), "", "fold"))
    for box in around.in_order(drawn):
        is_acting = box.key == acting.key
        merged = replace(box, sources=folded_ports(box.sources, shown_by)) if is_acting else box
        found.append(merged if is_acting else _apart(box, drawn))
    if after.folded:
        fold = _fold([around.box(key) for key in after.folded], more, named=named)
        found.append(CellBox(-2, fold, (), (acting.key,), "", "fold"))
    return Staged(tuple(found), shown_by)


class _Side(NamedTuple):
    """The boxes on one side of the acting one: drawn one by one, and folded."""

    kept: tuple[int, ...]
    folded: tuple[int, ...]


def _first(keys: Iterable[int], taking: set[int], limit: int) -> _Side:
    """Return the first keys, those that take part before others; a fold stands for two or more."""
    listed = list(keys)
    if len(listed) <= limit + 1:
        return _Side(tuple(listed), ())
    ordered = [*(k for k in listed if k in taking), *(k for k in listed if k not in taking)]
    return _Side(tuple(ordered[:limit]), tuple(ordered[limit:]))


def _apart(box: CellBox, drawn: set[int]) -> CellBox:
    """Return a box with the operands that are drawn; dots before its title tell of others."""
    kept = tuple(source for source in box.sources if source in drawn)
    if len(kept) == len(box.sources):
        return box
    return replace(box, title=f"… {box.title}", sources=kept)


def _fold(boxes: Sequence[CellBox], more: str, *, named: bool) -> str:
    """Return what a fold says: the range of its names, or how many they are."""
    if not named:
        return more.format(count=len(boxes))
    names = (box.title.split(" = ")[0].strip() for box in boxes)
    told = f"… {', '.join(ranged(dict.fromkeys(names, ())))}"
    return told if width(told) <= _LONGEST_FOLD else more.format(count=len(boxes))


def least_rows(around: Surroundings, cast: Cast, limit: int, size: Size) -> int:
    """Return the rows that `staged` boxes need at least, without making them: none is in vain.

    Half of the boxes stand in one of the columns before and after the acting one, whose operands
    have a row each where none is folded.
    """
    acting = around.box(cast.acting)
    sides = set(acting.sources), around.consumers(acting.key)
    drawn = sum(len(side) if len(side) <= limit + 1 else limit for side in sides)
    ports = len(acting.sources) if len(sides[0]) <= limit + 1 else 0
    return max(column_rows((drawn + 1) // 2, size), ports + 2 * INSET[size])


def column_rows(count: int, size: Size) -> int:
    """Return the rows that some boxes below one another need at least."""
    return count * _LOWEST[size] + max(0, count - 1) * GAP[size]


def tallest(part: Sequence[CellBox], acting: int) -> int:
    """Return how many boxes stand in one column at least: those that touch the acting one alone."""
    read = Counter(source for box in part for source in set(box.sources))
    sources = next(set(box.sources) for box in part if box.key == acting)
    before = sum(box.key in sources and not box.sources and read[box.key] == 1 for box in part)
    after = sum(set(box.sources) == {acting} and not read[box.key] for box in part)
    return max(before, after, len(part) // 2)
