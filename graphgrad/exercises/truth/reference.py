"""Hold what an exercise asks: the terms of its graph, its point and its declared relations."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from functools import cached_property
from typing import Any, NamedTuple

from graphgrad.autodiff.record import record
from graphgrad.errors import ShapeError
from graphgrad.exercises.algebra.building import in_shape, shape_of
from graphgrad.exercises.algebra.enclosures import Ball, Program, ball, precision
from graphgrad.exercises.algebra.functions import arrays
from graphgrad.exercises.algebra.operations import differentiated
from graphgrad.exercises.algebra.terms import Pool
from graphgrad.exercises.reading.answer_sheet import Target
from graphgrad.exercises.reading.assumptions import read_assumptions
from graphgrad.exercises.reading.meaning import Meaning, vocabulary_of
from graphgrad.exercises.reading.number_rule import printed_entries
from graphgrad.exercises.truth.class_numbers import with_classes
from graphgrad.exercises.truth.quantities import QUANTITIES, declared_layout, errors_of, quantity
from graphgrad.exercises.truth.sides import Asked, ReadLink, Wanted
from graphgrad.exercises.truth.terms_of_graph import Derivation, leaf_point, row_count
from graphgrad.expr.differentials import derivative_parts
from graphgrad.expr.items import Expression
from graphgrad.graph.graph import Graph
from graphgrad.ops.row import Elementwise
from graphgrad.ops.shapes import entries
from graphgrad.trace.trouble import checked_nodes

__all__ = ["Candidate", "Reference"]

_LARGEST_JACOBIAN = 400


class Candidate(NamedTuple):
    """One reading of a target, named as in `Wanted`, with its terms."""

    reading: str
    value: Any


class Reference:
    """The truth about one graph, in terms of its leaves.

    Args:
        graph: the exercise.
        point: values of leaves by name, instead of the graph's own.

    Raises:
        NonFiniteError: if a loss or a table is given a class, a target or a row that is not there:
            what its formulas come to is no truth.
    """

    def __init__(self, graph: Graph, point: Mapping[str, Any] | None = None) -> None:
        self.graph = graph
        self.pool = Pool()
        self.truth = Derivation(graph, self.pool)
        self.own: dict[str, Any] = {}
        self._asked: dict[Target, Asked] = {}
        self._read: dict[Expression, ReadLink] = {}
        self.meaning = Meaning(self.pool, self.named)
        self.given_point = dict(point or {})
        if checked_nodes(graph):
            record(graph, self.given_point, backward=False)
        self.point, self.roles = leaf_point(graph, self.pool, self.given_point)

    def at(self, point: Mapping[str, Any]) -> Reference:
        """Return the same exercise with other values of some leaves; terms are shared."""
        other = copy(self)
        other.given_point = self.given_point | dict(point)
        other.point, other.roles = leaf_point(self.graph, self.pool, other.given_point)
        other._asked, other._read = {}, {}
        other.__dict__.pop("assumed", None)
        return other

    @cached_property
    def names(self) -> list[str]:
        """Return every name an answer may use: lines, and operations inside them."""
        graph = self.graph
        inner = [graph.name(node) for node in range(len(graph)) if not graph.is_constant(node)]
        return list(dict.fromkeys([*graph.line_names, *inner]))

    @cached_property
    def vocabulary(self) -> Any:
        """Return the words of this exercise."""
        graph = self.graph
        shapes = {line.name: graph.columns.shape(line.root) for line in graph.lines()}
        output = graph.line_names[graph.line_of(graph.output)]
        return vocabulary_of(
            self.names,
            shapes=shapes,
            output=output,
            rows=row_count(graph),
            errors=errors_of(graph),
            steps=self._step_names(),
        )

    def _step_names(self) -> Mapping[tuple[str, int], str]:
        if not self.graph.heading.steps:
            return {}
        from graphgrad.exercises.truth.unrolled import step_names  # few exercises have updates

        return step_names(self.graph)

    @cached_property
    def assumed(self) -> tuple[Any, list[str]]:
        """Return the domain, and the assumptions that were not understood."""
        found = read_assumptions(self.graph.heading.assumptions, self.meaning, self.vocabulary)
        return with_classes(found[0], self.graph, self.pool, self.point), found[1]

    def named(self, name: str) -> Any:
        """Return what a name of an answer stands for.

        Raises:
            KeyError: if it stands for nothing.
        """
        if name in self.own:
            return self.own[name]
        parts = derivative_parts(name)
        if parts is not None:
            wanted = self.asked(Target("derivative", *parts)).wanted
            if not wanted:
                raise KeyError(name)
            return wanted[0].value
        node = self.graph.find(name)
        if node is None:
            raise KeyError(name)
        return self.truth.at(node)

    @cached_property
    def graph_count(self) -> int:
        """Return the size of the largest array that the graph sums or averages."""
        graph = self.graph
        sizes = [1]
        for node in range(len(graph)):
            if graph.columns.row(node).name in ("sum", "mean"):
                size = 1
                for length in graph.columns.shape(graph.columns.parents_of(node)[0]):
                    size *= length
                sizes.append(size)
        return max(sizes)

    # ---- the two sides of a comparison ----

    def read(self, expression: Expression) -> ReadLink:
        """Return a formula as every judge needs it, read once for the whole sheet.

        Raises:
            SourceError: if it has no meaning, with matrix products neither.
        """
        if expression not in self._read:
            value, inner = self._value(expression)
            self._read[expression] = ReadLink(
                expression,
                value,
                self.balls(value),
                printed_entries(expression),
                self.has_names(expression),
                inner,
            )
        return self._read[expression]

    def _value(self, expression: Expression) -> tuple[Any, bool]:
        try:
            return self.meaning.of(expression), False
        except ShapeError:
            if not any(item.value == "*" for item in expression.items):
                raise
            with suppress(ShapeError):
                return self.meaning.of(expression, inner=True), True
            raise

    def asked(self, target: Target) -> Asked:
        """Return what a target asks for; worked out once for the whole sheet."""
        if target not in self._asked:
            wanted = (self.wanted(*candidate) for candidate in self.candidates(target))
            self._asked[target] = Asked(target, tuple(wanted))
        return self._asked[target]

    def wanted(self, reading: str, value: Any) -> Wanted:
        """Return a value to compare answers with."""
        return Wanted(reading, value, self.balls(value))

    def has_names(self, expression: Expression) -> bool:
        """Tell whether a formula uses names; pi and e are numbers unless declared."""
        return any(
            item.kind == "name"
            and (item.value not in ("pi", "e") or self.vocabulary.name(item.value) is not None)
            for item in expression.items
        )

    # ---- what a target means ----

    def candidates(self, target: Target, derivation: Derivation | None = None) -> list[Candidate]:
        """Return what a target may mean; the first is the usual reading.

        Args:
            target: what was answered.
            derivation: where to take terms from; the truth where none is named. With given terms
                the target's own is derived from the others.
        """
        derivation = derivation or self.truth
        found = self._whole(target, derivation)
        if not target.entry:
            return found
        place = tuple(k - 1 for k in target.entry)
        return [
            Candidate(reading, value[place])
            for reading, value in found
            if len(shape_of(value)) >= len(place)
            and all(k < n for k, n in zip(place, shape_of(value), strict=False))
        ]

    def _whole(self, target: Target, derivation: Derivation) -> list[Candidate]:
        graph = self.graph
        if target.kind in QUANTITIES:
            value = quantity(graph, target, derivation)
            return [] if value is None else [Candidate(target.kind, value)]
        if target.name in self.own:
            return self._of_own(target)
        if target.kind == "value":
            line = graph.line_index.get(target.name)
            if line is None:
                node = graph.find(target.name)
                return [] if node is None else [Candidate("value", derivation.at(node))]
            return [Candidate("value", derivation.derived(line))]
        of, wrt = graph.line_index.get(target.name), graph.line_index.get(target.wrt)
        if of is None or wrt is None:
            return []
        shape = graph.columns.shape(graph.line(of).root)
        if not shape:
            return self._of_scalar(of, wrt, derivation)
        return self._of_array(of, wrt, derivation)

    def _of_own(self, target: Target) -> list[Candidate]:
        """Return what a name given here stands for, or its derivative in an input."""
        value = self.own[target.name]
        if target.kind == "value":
            return [Candidate("value", value)]
        if target.wrt not in self.roles or shape_of(value):
            return []
        return [Candidate("total", differentiated(value, target.wrt))]

    def _of_scalar(self, of: int, wrt: int, derivation: Derivation) -> list[Candidate]:
        found = [Candidate("total", derivation.swept(of, wrt))]
        root = self.graph.line(of).root
        if root != self.graph.output and self.reads(of, wrt):
            local = derivation.local(of, wrt)
            if [t.id for t in entries(local)] != [t.id for t in entries(found[0].value)]:
                found.append(Candidate("local", local))
        return found

    def _of_array(self, of: int, wrt: int, derivation: Derivation) -> list[Candidate]:
        graph, np = self.graph, arrays()
        shape = graph.columns.shape(graph.line(of).root)
        below = graph.columns.shape(graph.line(wrt).root)
        ones = np.full(shape, self.pool.number(1), dtype=object)
        found = []
        if shape == below and self._entry_by_entry(of, wrt):
            found.append(Candidate("entries", derivation.swept(of, wrt, ones)))
        size = ones.size * max(1, int(np.prod(below)))
        if size <= _LARGEST_JACOBIAN:
            jacobian = np.empty(shape + below, dtype=object)
            for index in np.ndindex(*shape):
                seed = np.full(shape, self.pool.number(0), dtype=object)
                seed[index] = self.pool.number(1)
                jacobian[index] = derivation.swept(of, wrt, seed)
            if declared_layout(graph) == "denominator" and jacobian.ndim == 2:
                jacobian = jacobian.T
            found.append(Candidate("jacobian", jacobian))
        return found

    def reads(self, line: int, other: int) -> bool:
        """Tell whether a line's formula uses another line."""
        graph = self.graph
        target = graph.line(other).root
        nodes = graph.line(line).nodes
        return any(target in graph.columns.parents_of(node) for node in nodes)

    def depends(self, of: int, wrt: int) -> bool:
        """Tell whether a line changes with an earlier one."""
        graph = self.graph
        reached = {graph.line(wrt).root}
        for node in range(graph.line(wrt).root + 1, graph.line(of).root + 1):
            if any(parent in reached for parent in graph.columns.parents_of(node)):
                reached.add(node)
        return wrt <= of and graph.line(of).root in reached

    def _entry_by_entry(self, of: int, wrt: int) -> bool:
        """Tell whether every path between two lines is element-wise."""
        graph = self.graph
        reached = {graph.line(wrt).root}
        for node in range(graph.line(wrt).root + 1, graph.line(of).root + 1):
            if any(parent in reached for parent in graph.columns.parents_of(node)):
                if not isinstance(graph.columns.row(node), Elementwise):
                    return False
                reached.add(node)
        return True

    # ---- numbers ----

    def balls(
        self, value: Any, extra: Mapping[str, Ball] | None = None, program: Program | None = None
    ) -> list[Ball] | None:
        """Return the entries' values at the exercise's point; None where it gives no value."""
        program = program or Program(self.pool, [term.id for term in entries(value)])
        with precision():
            point = {name: ball(number) for name, number in self.point.items()}
            point |= extra or {}
            if any(name not in point for name in program.names):
                return None
            return program.run(point)

    def replaced(self, value: Any, terms: Mapping[str, Any]) -> Any:
        """Return a value with variables replaced."""
        new = self.pool.substitute([term.id for term in entries(value)], terms)
        return in_shape(new, shape_of(value))
