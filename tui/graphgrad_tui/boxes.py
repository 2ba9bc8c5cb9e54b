"""Turn a trace into the boxes of the graph pane, at any moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from graphgrad.views.cells import CellBox
from graphgrad.views.figure import typeset_formula
from graphgrad.views.figure.parts import graph_parts
from graphgrad.views.numbers import inline, number, shape_of
from graphgrad.ops.shapes import shape_text

if TYPE_CHECKING:
    from collections.abc import Iterator

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

    def reserved(self, titles: Titles) -> tuple[CellBox, ...]:
        """Return the boxes with the widest text they will ever hold."""
        end = self.trace.state(len(self.trace.steps))
        return tuple(self._boxes(end, titles, reserve=True))

    def at(self, state: State, titles: Titles, marks: dict[int, str]) -> tuple[CellBox, ...]:
        """Return the boxes of a moment.

        Args:
            state: the moment.
            titles: what stands in the borders.
            marks: a sign to put before the title of some boxes, by node.
        """
        return tuple(
            replace(box, title=f"{marks[box.key]}{box.title}") if box.key in marks else box
            for box in self._boxes(state, titles, reserve=False)
        )

    def _boxes(self, state: State, titles: Titles, *, reserve: bool) -> Iterator[CellBox]:
        trouble = self.trace.trouble
        bad = self.owner[trouble.node] if trouble is not None else None
        for part in self.parts:
            title = self._title(part.node, titles)
            value = self._value(state, part.node)
            state_word = "unknown" if state.value(part.node) is None else ""
            if part.node == bad and not state_word:
                value, state_word = f"{value} {TROUBLE}", "error"
            yield CellBox(
                part.node,
                f"{title} " if reserve else title,
                (f"v {value}", f"∇ {self._adjoint(state, part.node)}"),
                tuple(self.owner[use.source] for use in part.uses),
                part.group,
                state_word,
            )

    def _title(self, node: int, titles: Titles) -> str:
        name, formula = self.graph.name(node), self._formulas[node]
        if self.graph.is_constant(node) and formula:
            return formula
        whole = f"{name} = {formula}" if formula else name
        return whole if titles == "formula" and len(whole) <= _LONGEST_TITLE else name

    def _value(self, state: State, node: int) -> str:
        value = state.value(node)
        return UNKNOWN if value is None else short(value)

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
