"""Tell from which step on each value, adjoint and edge is known, and what each step acts on.

Frames can be laid over each other: what stays is said once, what changes says in which frames.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar, overload

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Edge
from graphgrad.graph.inputs import LineInput
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.diagram import DiagramEdge
from graphgrad.views.figure.content.parts import Part

__all__ = [
    "EVERYTHING",
    "EdgeState",
    "Frame",
    "Later",
    "Run",
    "acts_of",
    "frame_of",
    "overlaid",
    "pulled_back_at",
]

EdgeState = Literal["pending", "forward", "backward"]
T = TypeVar("T")


class Later(Sequence[T], Generic[T]):
    """What there is per step, worked out where one is read: a picture of one frame needs none.

    >>> squares = Later(3, lambda: [n * n for n in range(3)])
    >>> len(squares), squares[2], squares == (0, 1, 4)
    (3, 4, True)
    """

    def __init__(self, count: int, make: Callable[[], Sequence[T]]) -> None:
        self._count, self._make = count, make

    @cached_property
    def _items(self) -> tuple[T, ...]:
        return tuple(self._make())

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...

    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self._items[place]

    def __len__(self) -> int:
        return self._count

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._items == tuple(other)

    def __hash__(self) -> int:
        return hash(self._items)


class Acting(Protocol):
    """A diagram or a scene: per step from 0, the ids of the boxes and edges it acts on."""

    @property
    def acts(self) -> Sequence[Sequence[str]]: ...


class Frame(NamedTuple):
    """The state after a step; None stands for the figure that shows everything at once.

    It is asked with the first step after which something is known, as boxes, edges and texts of
    diagrams and scenes hold it.
    """

    step: int | None
    acts: frozenset[str]

    def knows(self, since: int) -> bool:
        """Tell whether a value or a text is known; 0 is from the start."""
        return self.step is None or since <= self.step

    def has_pulled(self, since: int) -> bool:
        """Tell whether an adjoint or what an edge brings back is known; 0 is never."""
        return self.step is None or 0 < since <= self.step

    def edge_state(self, forward_step: int, backward_step: int) -> EdgeState:
        """Return how far an edge is; without a step all are drawn forward."""
        if self.step is None:
            return "forward"
        if forward_step > self.step:
            return "pending"
        return "backward" if self.has_pulled(backward_step) else "forward"


EVERYTHING = Frame(None, frozenset())


def frame_of(shown: Acting, step: int | None = None) -> Frame:
    """Return the frame of a step of a diagram or a scene.

    Raises:
        UsageError: if it has no such step.
    """
    if step is None:
        return EVERYTHING
    if not 0 <= step < len(shown.acts):
        raise UsageError("figure.no_step", got=step, last=len(shown.acts) - 1)
    return Frame(step, frozenset(shown.acts[step]))


class Run(NamedTuple):
    """One content of a place, and the frames that show it, as first and last of each span."""

    content: str
    spans: tuple[tuple[int, int], ...]

    def stays(self, count: int) -> bool:
        """Tell whether it is shown in all of so many frames."""
        return self.spans == ((0, count - 1),)


def overlaid(frames: Sequence[Sequence[str]]) -> list[list[Run]]:
    """Return per place its different contents, in the order in which they appear.

    Args:
        frames: per frame the contents of the same places; an empty one draws nothing.

    >>> overlaid([["a", "", "c"], ["a", "b", "d"], ["a", "b", "c"]])[1:]
    [[Run(content='b', spans=((1, 2),))], [Run(content='c', spans=((0, 0), (2, 2))), \
Run(content='d', spans=((1, 1),))]]
    """
    return [_runs(contents) for contents in zip(*frames, strict=True)]


def _runs(contents: Sequence[str]) -> list[Run]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for number, content in enumerate(contents):
        found = spans.setdefault(content, [])
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return [Run(content, tuple(found)) for content, found in spans.items() if content]


def uses_of(trace: Trace, part: Part, use: LineInput) -> list[Edge]:
    """Return the edges of the graph that one edge of the diagram stands for."""
    columns = trace.graph.columns
    return [
        Edge(use.source, node, slot)
        for node in part.nodes
        for slot, parent in enumerate(columns.parents_of(node))
        if parent == use.source and (part.composite or slot == use.slot)
    ]


def pulled_back_at(trace: Trace, part: Part) -> dict[int, int]:
    """Return, by slot of a part, the step after which the adjoint was pulled back along its edge.

    An edge along which it never is has none.
    """
    if trace.adjoints is None:
        return {}
    steps, columns = trace.steps, trace.graph.columns
    last: dict[int, int] = {}
    for node in part.nodes:
        start = steps.backward_index[node]
        parents = columns.parents_of(node)
        for place, slot in enumerate(steps.slots(node) if start else (), start + 1):
            key = parents[slot] if part.composite else slot
            last[key] = max(last.get(key, 0), place)
    keys = {use.slot: use.source if part.composite else use.slot for use in part.uses}
    return {slot: last[key] for slot, key in keys.items() if key in last}


def acts_of(
    trace: Trace, owner: Mapping[int, str], edges: Sequence[DiagramEdge]
) -> Sequence[tuple[str, ...]]:
    """Return per step, from 0, the ids of the boxes and edges that it acts on."""
    return Later(len(trace.steps) + 1, partial(_acts, trace, owner, edges))


def _acts(
    trace: Trace, owner: Mapping[int, str], edges: Sequence[DiagramEdge]
) -> list[tuple[str, ...]]:
    between: dict[tuple[str, str], list[DiagramEdge]] = {}
    leaving: dict[str, list[DiagramEdge]] = {}
    order = {edge.id: number for number, edge in enumerate(edges)}
    for edge in edges:
        between.setdefault((edge.source, edge.target), []).append(edge)
        leaving.setdefault(edge.source, []).append(edge)
    summed = {box: [e.id for e in out if e.backward_step] for box, out in leaving.items()}
    columns, steps = trace.graph.columns, trace.steps
    acts: list[tuple[str, ...]] = [()]
    for node in steps.forward_nodes:
        box = owner.get(node, "")
        sources = {owner.get(parent, "") for parent in columns.parents_of(node)}
        read = [e.id for source in sources for e in between.get((source, box), ())]
        acts.append(_named(box, sorted(read, key=order.__getitem__)))
    for node in steps.backward_nodes:
        box, parents = owner.get(node, ""), columns.parents_of(node)
        acts.append(_named(box, summed.get(box, []) if node != trace.graph.output else []))
        for slot in steps.slots(node):
            source = owner.get(parents[slot], "")
            pulled = _pulled(between.get((source, box), ()), len(acts))
            acts.append(_named("" if pulled else box, pulled))
    return acts


def _pulled(edges: Sequence[DiagramEdge], step: int) -> list[str]:
    """Return, of the edges between two boxes, the one that a pullback runs along or completes."""
    exact = [edge.id for edge in edges if edge.backward_step == step]
    return exact or [edge.id for edge in edges if edge.backward_step >= step]


def _named(box: str, edges: list[str]) -> tuple[str, ...]:
    return (box, *edges) if box else tuple(edges)
