"""Turn a trace into the boxes of the graph pane, at any moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from graphgrad.ops.shapes import shape_text
from graphgrad.views.cells import CellBox
from graphgrad.views.figure import typeset_formula
from graphgrad.views.figure.parts import graph_parts
from graphgrad.views.numbers import inline, number, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphgrad.trace import State, Trace
    from graphgrad.views.stops import Fold

__all__ = ["Boxes", "Titles"]

Titles = Literal["formula", "name"]

UNKNOWN, NEVER, TROUBLE = "?", "·", "!"
_DIGITS = 4
_LONGEST_TITLE = 26
_LONGEST_VALUE = 14


class Boxes:
    """The boxes of one trace: one per line, or one per operation.

    Attributes:
        keys: the node of every box, in the order of the steps.
        owner: the box in which each node is drawn.
    """

    def __init__(self, trace: Trace, fold: Fold) -> None:
        self.trace = trace
        self.graph = trace.graph
        detail: Literal["line", "op"] = "line" if fold == "line" else "op"
        self.parts = list(graph_parts(self.graph, detail))
        self.keys = [part.node for part in self.parts]
        self.owner = {node: part.node for part in self.parts for node in part.nodes}
        self._formulas = {
            part.node: typeset_formula(part.formula, spell=str) for part in self.parts
        }
        self._reserved: dict[Titles, tuple[CellBox, ...]] = {}

    def reserved(self, titles: Titles) -> tuple[CellBox, ...]:
        """Return the boxes with the widest text they will ever hold."""
        if titles not in self._reserved:
            end = self.trace.state(len(self.trace.steps))
            self._reserved[titles] = tuple(
                CellBox(
                    part.node,
                    f"{self._title(part.node, titles)} ",
                    self._rows(end, part.node),
                    tuple(self.owner[use.source] for use in part.uses),
                    part.group,
                )
                for part in self.parts
            )
        return self._reserved[titles]

    def at(
        self,
        drawn: Iterable[CellBox],
        state: State,
        marks: Mapping[int, str],
        selected: int | None = None,
    ) -> tuple[CellBox, ...]:
        """Return boxes as they are at a moment.

        Args:
            drawn: the boxes, with reserved texts.
            state: the moment.
            marks: a sign to put before the title of some boxes, by node.
            selected: the box chosen by hand.
        """
        return tuple(
            replace(
                box,
                title=f"{marks.get(box.key, '')}{box.title.rstrip()}",
                rows=self._rows(state, box.key),
                state="selected" if box.key == selected else self._word(state, box.key),
            )
            if box.key in self.owner
            else box
            for box in drawn
        )

    def _word(self, state: State, node: int) -> str:
        """Return the state of a box for its style."""
        if state.value(node) is None:
            return "unknown"
        trouble = self.trace.trouble
        return "error" if trouble and self.owner[trouble.node] == node else ""

    def _rows(self, state: State, node: int) -> tuple[str, str]:
        value = state.value(node)
        shown = UNKNOWN if value is None else short(value)
        bad = f" {TROUBLE}" if self._word(state, node) == "error" else ""
        return f"v {shown}{bad}", f"∇ {self._adjoint(state, node)}"

    def _title(self, node: int, titles: Titles) -> str:
        name, formula = self.graph.name(node), self._formulas[node]
        if self.graph.is_constant(node) and formula:
            return formula
        whole = f"{name} = {formula}" if formula else name
        return whole if titles == "formula" and len(whole) <= _LONGEST_TITLE else name

    def _adjoint(self, state: State, node: int) -> str:
        trace = self.trace
        if trace.adjoints is None or trace.adjoints[node] is None:
            return NEVER
        adjoint = state.adjoint(node)
        return UNKNOWN if adjoint is None else short(adjoint)


def short(value: Any) -> str:
    """Return a value in a few characters: a number, a short array, else its shape.

    >>> short(0.68997448), short(-12.0)
    ('0.69', '-12')
    """
    if not shape_of(value):
        return number(value, _DIGITS)
    written = inline(value, _LONGEST_VALUE)
    return written if len(written) <= _LONGEST_VALUE else shape_text(shape_of(value))
