"""Hold what is stepped through, and what is marked and found in it; nothing knows of the screen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from graphgrad.autodiff.record import record, settled
from graphgrad.files.reading import is_model_name
from graphgrad.graph.depth import closed_at
from graphgrad.source.gg import load
from graphgrad.source.text import read_text
from graphgrad.stepping.conditions import nodes_where, read_condition
from graphgrad.stepping.journey import matching_nodes
from graphgrad.stepping.work import History, Origin, Work
from graphgrad.views.text.stops import Stops
from graphgrad_tui.graph_view.boxes import Boxes
from graphgrad_tui.graph_view.closed_groups import ClosedGroups
from graphgrad_tui.texts.moment_texts import MomentTexts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphgrad.graph.blocks import Depth
    from graphgrad.graph.graph import Graph
    from graphgrad.stepping.work import Change
    from graphgrad.trace.trace import State, Trace
    from graphgrad.views.text.stops import Fold

__all__ = ["Search", "Session", "work_of_file"]


def work_of_file(path: str | Path) -> Work:
    """Return the run of a file, as the command line reads it, with its text, to be edited.

    Raises:
        GraphgradError: if it cannot be read or is not valid, with the place.
    """
    place = os.path.expanduser(path)
    origin = None if is_model_name(place) else Origin(read_text(place), place)
    return Work(settled(record(load(place)))[0], origin)


class Session:
    """One graph at one point, its stops, and the marks set by hand.

    Attributes:
        work: the trace and where it comes from.
        history: the works before and after it.
        fold: one stop per line, node or edge.
        breakpoints: nodes at which to stop, in the order in which they were set.
        watched: nodes to show all the time, in the order in which they were set.
        changes: what the last edit changed, by box; shown until the next move.
        boxes: what is drawn.
        texts: what is said.
        search: the boxes that were searched for.
        groups: the groups of the graph, open or closed.
    """

    def __init__(self, work: Work, fold: Fold) -> None:
        self.fold: Fold = fold
        self.breakpoints: dict[int, None] = {}
        self.watched: dict[int, None] = {}
        self.changes: dict[int, Change] = {}
        self.history = History()
        self._finest: Fold = "node" if fold == "line" else fold
        self._use(work)

    def _use(self, work: Work) -> None:
        self.work = work
        self.stops = Stops(work.trace, self.fold)
        self.boxes = Boxes(work.trace, self.fold)
        self.texts = MomentTexts(self.stops)
        self.search = Search(work.trace.graph, self.boxes)
        self.groups = ClosedGroups(self.boxes.parts)

    @property
    def trace(self) -> Trace:
        """Return the run that is stepped through."""
        return self.work.trace

    def named(self, name: str) -> int | None:
        """Return the box of a name."""
        node = self.trace.graph.find(name)
        return None if node is None else self.boxes.owner[node]

    def replace(self, work: Work) -> None:
        """Step through another run; marks stay with the names they were set at."""
        marks = self._names(self.breakpoints), self._names(self.watched)
        closed = self.groups.closed
        self._use(work)
        self.breakpoints, self.watched = (self._nodes(names) for names in marks)
        self.groups.closed = closed & set(self.groups.all)

    def refold(self, fold: Fold) -> None:
        """Take other steps through the same run."""
        self.fold = fold
        self.replace(self.work)

    @property
    def depth(self) -> Depth:
        """Return how deep the graph is looked into; lines, where groups were closed by hand."""
        if self.fold != "line":
            return "op"
        graph, closed = self.trace.graph, self.groups.closed
        layers, blocks = (_groups_at(graph, depth) for depth in ("layer", "block"))
        if closed and closed == layers:
            return "layer"
        return "block" if closed and closed == blocks else "line"

    def look(self, depth: Depth) -> None:
        """Close the groups of a depth; the deepest one takes an operation at a time."""
        fold: Fold = "line" if depth != "op" else self._finest
        if fold != self.fold:
            self.refold(fold)
        self.groups.closed = _groups_at(self.trace.graph, depth) & set(self.groups.all)

    def _names(self, nodes: Iterable[int]) -> list[str]:
        return [self.trace.graph.name(node) for node in nodes]

    def _nodes(self, names: Iterable[str]) -> dict[int, None]:
        found = (self.named(name) for name in names)
        return dict.fromkeys(node for node in found if node is not None)


def _groups_at(graph: Graph, depth: Depth) -> frozenset[str]:
    return frozenset(group.name for group in closed_at(graph, depth))


class Search:
    """The boxes that match the last search, in the order of the steps."""

    def __init__(self, graph: Graph, boxes: Boxes) -> None:
        self._graph = graph
        self._boxes = boxes
        self.matches: list[int] = []

    def find(self, words: str, state: State) -> int:
        """Remember and count the boxes that have some words, or numbers that meet a condition."""
        condition = read_condition(words)
        if condition is None:
            self.matches = matching_nodes(self._graph, self._boxes.keys, words)
        else:
            self.matches = nodes_where(state, self._boxes.keys, condition)
        return len(self.matches)

    def match(self, node: int, step: int) -> int | None:
        """Return the match after (1) or before (-1) a box, round the end; None without any."""
        if not self.matches:
            return None
        if step > 0:
            return next((found for found in self.matches if found > node), self.matches[0])
        earlier = [found for found in self.matches if found < node]
        return (earlier or self.matches)[-1]
