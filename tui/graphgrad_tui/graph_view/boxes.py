"""Turn a trace into the boxes of the graph pane, at any moment."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from graphgrad.graph.depth import closed_groups
from graphgrad.graph.groups import groups_around
from graphgrad.views.cells.boxes import CellBox
from graphgrad.views.cells.groups import Collapsed, Surroundings
from graphgrad.views.figure.content.parts import formula_of, graph_parts
from graphgrad.views.run_boxes import Closed, group_rows
from graphgrad.views.run_boxes import closed as close
from graphgrad.views.text.cell_width import width
from graphgrad.views.text.course_words import formula_on_board
from graphgrad.views.text.numbers import as_in_file
from graphgrad_tui.graph_view.box_text import NARROW, NEVER, UNKNOWN, called, from_old, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from graphgrad.stepping.work import Change
    from graphgrad.trace.trace import State, Trace
    from graphgrad.views.text.box_content import BoxContent
    from graphgrad.views.text.stops import Fold
    from graphgrad_tui.graph_view.kept import Kept

__all__ = ["Boxes", "CellEdge", "Titles"]

Titles = Literal["formula", "name"]
CellEdge = tuple[int, int, int]
"""Source, target and slot of an edge between boxes."""

TROUBLE, STEP = "!", "▹"
GROUP = "group"
_LONGEST_TITLE = 26
_MOST_MEASURED = 200


class _Now(NamedTuple):
    """What boxes are shown at; the arguments of `Boxes.at`."""

    state: State
    marks: Mapping[int, str]
    selected: int | None
    changes: Mapping[int, Change]
    acting: int
    longest: int


class Boxes:
    """The boxes of one trace: one per line, or one per operation.

    Attributes:
        keys: the node of every box, in the order of the steps.
        owner: the box in which each node is drawn.
        kept: where boxes stood before an edit, and in what picture.
    """

    def __init__(self, trace: Trace, fold: Fold) -> None:
        self.trace = trace
        self.graph = trace.graph
        self.detail: Literal["line", "op"] = "line" if fold == "line" else "op"
        self.parts = list(graph_parts(self.graph, self.detail, formulas=False))
        self.keys = [part.node for part in self.parts]
        self.owner = {node: part.node for part in self.parts for node in part.nodes}
        self.kept: Kept | None = None
        self._contents: dict[int, BoxContent] = {}
        self._inside: dict[int, list[int]] = {}
        self._titled: dict[Titles, tuple[CellBox, ...]] = {}
        self._closed = lru_cache(4)(self._closing)
        self._surroundings = lru_cache(2)(
            lambda titles, closed: Surroundings(self.collapsed(titles, closed).boxes)
        )
        self._known: dict[tuple[Any, ...], CellBox] = {}

    @cached_property
    def edges_into(self) -> dict[int, list[CellEdge]]:
        """Return the edges (source, target, slot) into each box; a slot is a place in it."""
        return {
            part.node: [(self.owner[use.source], part.node, k) for k, use in enumerate(part.uses)]
            for part in self.parts
        }

    @cached_property
    def edges_out(self) -> dict[int, list[CellEdge]]:
        """Return the edges that leave each box."""
        found: dict[int, list[CellEdge]] = {node: [] for node in self.keys}
        for edges in self.edges_into.values():
            for edge in edges:
                found[edge[0]].append(edge)
        return found

    @cached_property
    def has_matrices(self) -> bool:
        """Tell whether a box holds a matrix."""
        return any(len(self.graph.columns.shape(node)) > 1 for node in self.keys)

    def is_end(self, node: int) -> bool:
        """Tell whether a box is a leaf or the output."""
        return node == self.owner[self.graph.output] or self.graph.is_leaf(node)

    def titled(self, titles: Titles) -> tuple[CellBox, ...]:
        """Return the boxes with their titles, without rows."""
        if titles not in self._titled:
            self._titled[titles] = tuple(
                CellBox(
                    part.node,
                    f"{self._title(part.node, titles)} ",
                    (),
                    tuple(self.owner[use.source] for use in part.uses),
                    part.group,
                )
                for part in self.parts
            )
        return self._titled[titles]

    def collapsed(self, titles: Titles, closed: AbstractSet[str]) -> Collapsed:
        """Return the boxes with some groups closed, and which box shows each; no rows yet."""
        return self._closed(titles, frozenset(closed)).collapsed

    def _closing(self, titles: Titles, closed: frozenset[str]) -> Closed:
        if not closed:
            return Closed(Collapsed(self.titled(titles), {key: key for key in self.keys}), {})
        outermost = [name for name in closed if not closed & set(groups_around(name)[:-1])]
        found = close(self.graph, self.titled(titles), closed_groups(self.graph, outermost))
        self._contents |= found.contents
        inside: dict[int, list[int]] = {key: [] for key in found.contents}
        for node, key in found.collapsed.shown_by.items():
            if key in inside and node not in found.contents[key].results:
                inside[key].append(node)
        self._inside |= inside
        return found

    def surroundings(self, titles: Titles, closed: AbstractSet[str]) -> Surroundings:
        """Return the same boxes, to be cut out around one of them."""
        return self._surroundings(titles, frozenset(closed))

    def reserved(
        self,
        drawn: Iterable[CellBox],
        changes: Mapping[int, Change] | None = None,
        *,
        brief: bool = False,
        acting: int | None = None,
        longest: int = NARROW,
    ) -> tuple[CellBox, ...]:
        """Return boxes with the widest rows they will ever hold.

        Args:
            drawn: the boxes.
            changes: what boxes held before an edit.
            brief: whether closed groups say as little as they can.
            acting: the one box that steps act in as long as this is drawn; None if any may be.
            longest: the characters that a value may take.
        """
        end = self.trace.state(len(self.trace.steps))
        found = []
        for box in drawn:
            if box.key in self.owner and box.state != GROUP:
                widest = self._widest(end, box.key, changes or {}, longest)
                found.append(replace(box, rows=widest))
                continue
            rows = self._widest_group(end, box.key, brief=brief)
            if acting not in (None, box.key):
                rows = rows[: len(self._results(end, box.key, brief=brief))]
            title = called(box.title) if brief else box.title
            found.append(replace(box, title=title, rows=rows, brief=brief))
        return tuple(found)

    def _group_rows(
        self, state: State, key: int, acting: int = -1, *, brief: bool
    ) -> tuple[str, ...]:
        """Return what a closed group is, and the numbers of its results and of a step inside."""
        rows = self._results(state, key, brief=brief)
        if not rows or not self._inside.get(key):
            return rows
        if acting in self._inside[key]:
            return (*rows, *self._step_rows(state, key, acting, brief=brief))
        return (*rows, *[""] * (3 if brief else 2))

    def _results(self, state: State, key: int, *, brief: bool) -> tuple[str, ...]:
        """Return what a closed group is, and the numbers of its results."""
        content = self._contents.get(key)
        if content is None:
            return ()
        return group_rows(self.graph, content, lambda node: self._rows(state, node), brief=brief)

    def _step_rows(self, state: State, key: int, node: int, *, brief: bool) -> tuple[str, ...]:
        """Return what a line inside a closed group holds, while a step is at it."""
        name = self._contents[key].told(self.graph.name(node)) or self.graph.name(node)
        name = name.removeprefix(f"{self._contents[key].group.name}.")
        value, adjoint = self._rows(state, node)
        if brief:
            return f"{STEP} {name}", value, adjoint
        return f"{STEP} {name} {value}", f"{STEP} {name} {adjoint}"

    def _widest_group(self, end: State, key: int, *, brief: bool) -> tuple[str, ...]:
        """Return the rows of a closed group, the last as wide as any step inside makes it."""
        rows, inside = self._group_rows(end, key, brief=brief), self._inside.get(key)
        if not rows or not inside:
            return rows
        told = [self._step_rows(end, key, node, brief=brief) for node in inside[:_MOST_MEASURED]]
        widest = [max(each, key=width) for each in zip(*told, strict=True)]
        return (*rows[: -len(widest)], *widest)

    def _widest(
        self, end: State, node: int, changes: Mapping[int, Change], longest: int
    ) -> tuple[str, str]:
        rows = self._rows(end, node, longest)
        return from_old(rows, changes[node], end, node) if node in changes else rows

    def at(
        self,
        drawn: Iterable[CellBox],
        state: State,
        marks: Mapping[int, str],
        selected: int | None = None,
        changes: Mapping[int, Change] | None = None,
        acting: int = -1,
        longest: int = NARROW,
    ) -> tuple[CellBox, ...]:
        """Return boxes as they are at a moment.

        Args:
            drawn: the boxes, with reserved texts.
            state: the moment.
            marks: a sign to put before the title of some boxes, by node.
            selected: the box chosen by hand.
            changes: what boxes held before an edit.
            acting: the box of the step, which may be inside one of those that are drawn.
            longest: the characters that a value may take.
        """
        now = _Now(state, marks, selected, changes or {}, acting, longest)
        return tuple(self._remembered(box, now) if box.key in self.owner else box for box in drawn)

    def _remembered(self, box: CellBox, now: _Now) -> CellBox:
        """Return the same box as before for the same moment: what is the same is not painted."""
        key, state = box.key, now.state
        if key in now.changes:
            return self._now(box, now)
        content = self._contents.get(key) if box.state == GROUP else None
        inside = now.acting if content and now.acting in self._inside.get(key, ()) else -1
        shown = (key,) if content is None else (*content.results, *([inside] * (inside >= 0)))
        known = tuple(
            part(node) is not None for node in shown for part in (state.value, state.adjoint)
        )
        looks = box.title, box.state, box.sources, len(box.rows), box.brief
        moment = (key, now.longest, inside, *known, *looks, now.marks.get(key), key == now.selected)
        found = self._known.get(moment)
        if found is None:
            found = self._known[moment] = self._now(box, now)
        return found

    def _now(self, box: CellBox, now: _Now) -> CellBox:
        title = f"{now.marks.get(box.key, '')}{box.title.rstrip()}"
        word = "selected" if box.key == now.selected else self._word(now.state, box.key)
        if box.state == GROUP:
            word = word if box.key == now.selected else GROUP
            rows = self._group_rows(now.state, box.key, now.acting, brief=box.brief)
            return replace(box, title=title, rows=rows[: len(box.rows)], state=word)
        told = self._rows(now.state, box.key, now.longest)
        if box.key in now.changes:
            told = from_old(told, now.changes[box.key], now.state, box.key)
        return replace(box, title=title, rows=told if box.rows else (), state=word)

    def _word(self, state: State, node: int) -> str:
        """Return the state of a box for its style."""
        if state.value(node) is None:
            return "unknown"
        trouble = self.trace.trouble
        return "error" if trouble and self.owner[trouble.node] == node else ""

    def _rows(self, state: State, node: int, longest: int = NARROW) -> tuple[str, str]:
        value = state.value(node)
        shown = UNKNOWN if value is None else short(value, longest)
        bad = f" {TROUBLE}" if self._word(state, node) == "error" else ""
        value_row, adjoint_row = f"v {shown}{bad}", f"∇ {self._adjoint(state, node, longest)}"
        return as_in_file(self.graph, value_row), as_in_file(self.graph, adjoint_row)

    def _title(self, node: int, titles: Titles) -> str:
        name = self.graph.name(node)
        if titles == "name" and not self.graph.is_constant(node):
            return name
        formula = formula_on_board(self.graph, node, formula_of(self.graph, node, self.detail))
        if self.graph.is_constant(node) and formula:
            return formula
        whole = as_in_file(self.graph, f"{name} = {formula}" if formula else name)
        return whole if len(whole) <= _LONGEST_TITLE else name

    def _adjoint(self, state: State, node: int, longest: int) -> str:
        trace = self.trace
        if trace.adjoints is None or trace.adjoints[node] is None:
            return NEVER
        adjoint = state.adjoint(node)
        return UNKNOWN if adjoint is None else short(adjoint, longest)
