"""Compute what every step of an exercise comes to, and how it follows from the steps before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.errors import SourceError
from graphgrad.exercises.algebra.building import shape_of
from graphgrad.exercises.algebra.enclosures import Program, ball, precision, whole_number
from graphgrad.exercises.algebra.functions import arrays
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.exercises.reading.answer_sheet import Target, parse_target
from graphgrad.exercises.reading.targets import row_of, row_scope, scoped
from graphgrad.exercises.truth.over_data import OverData
from graphgrad.exercises.truth.quantities import delta_sign
from graphgrad.exercises.truth.reference import Candidate, Reference
from graphgrad.exercises.truth.terms_of_graph import Derivation
from graphgrad.graph.blocks import Depth
from graphgrad.graph.depth import closed_at
from graphgrad.graph.graph import Graph
from graphgrad.graph.inputs import computations
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import entries

__all__ = ["Recipe", "Recipes", "Truth", "Value", "point_of", "target_of", "targets_of"]


_BITS = 128


class Value(NamedTuple):
    """What a step comes to: its shape, and its entries row by row (None: no finite number)."""

    shape: tuple[int, ...]
    entries: tuple[Any, ...]

    @property
    def floats(self) -> list[float]:
        """Return the entries as floats; nan where there is none."""
        return [float("nan") if e is None else to_float(e) for e in self.entries]


class Truth:
    """The values of the steps of one graph, at any point.

    Args:
        graph: the exercise's graph.
        asked: the ids of its steps.

    Raises:
        SourceError: if a step asks for nothing in the graph.
    """

    def __init__(self, graph: Graph, asked: Iterable[str]) -> None:
        self.reference = Reference(graph)
        self.data = OverData(self.reference)
        self.targets: dict[str, Target] = {}
        self.scopes: dict[str, str] = {}
        self.candidates: dict[str, Candidate] = {}
        self._all: tuple[Any, Program] | None = None
        for name in asked:
            self.ask(name)

    def ask(self, name: str) -> None:
        """Ask for one more step.

        Raises:
            SourceError: if it asks for nothing in the graph.
        """
        self.scopes[name], step = scoped(name, step=True)
        target = target_of(self.reference, step)
        self.targets[name] = target
        reading, value = self.reference.candidates(target)[0]
        self.candidates[name] = Candidate(reading, self.data.of(value, self.scopes[name]))

    def at(self, point: Mapping[str, Any] | None = None) -> dict[str, Value]:
        """Return the value of every step.

        Args:
            point: values of leaves by name; the graph's own where there is none.
        """
        point = dict(self.reference.point) | point_of(point or {})
        with precision():
            given = {name: ball(number) for name, number in point.items()}
            program = self._program(given)
            found = dict(zip(program.roots, program.run(given), strict=True))
        with precision(_BITS):
            numbers = {term: _number(value) for term, value in found.items()}
        values = ((name, of.value) for name, of in self.candidates.items())
        return {
            name: Value(shape_of(value), tuple(numbers.get(t.id) for t in entries(value)))
            for name, value in values
        }

    def _terms(self, known: Collection[str]) -> tuple[int, ...]:
        """Return the terms of all steps that hold only names with a value."""
        pool = self.reference.pool
        of_steps = ([term.id for term in entries(c.value)] for c in self.candidates.values())
        given = (terms for terms in of_steps if all(name in known for name in pool.names(terms)))
        return tuple(dict.fromkeys(term for terms in given for term in terms))

    def _program(self, known: Collection[str]) -> Program:
        """Return what computes all steps at once: what they share is computed once."""
        key = (frozenset(known), len(self.candidates))
        if self._all is None or self._all[0] != key:
            self._all = key, Program(self.reference.pool, self._terms(known))
        return self._all[1]

    @property
    def size(self) -> int:
        """Return how many operations it takes to compute all steps."""
        pool = self.reference.pool
        terms = [term.id for c in self.candidates.values() for term in entries(c.value)]
        return sum(1 for _ in pool.reach(terms))

    def constant(self, name: str) -> bool:
        """Tell whether a step has the same value in every variant: it holds no variable."""
        reference = self.reference
        terms = [term.id for term in entries(self.candidates[name].value)]
        return not reference.pool.names(terms)


def _number(value: Any) -> Any:
    """Return a ball as an arb around its exact middle, None where it has no finite value."""
    if isinstance(value, str) or not value.is_finite():
        return None
    exact = whole_number(value)
    return value if exact is None else ball(exact)


def target_of(reference: Reference, name: str) -> Target:
    """Return the target of a step's id.

    Raises:
        SourceError: if the graph has no such step.
    """
    target = parse_target(name, reference.vocabulary)
    if target is None or not reference.candidates(target):
        raise SourceError("classroom.step.nothing", got=name)
    return target


def targets_of(graph: Graph, depth: Depth = "line", exceptions: Iterable[str] = ()) -> list[str]:
    """Return the computed lines, then the derivatives of a scalar output, as on the board.

    Args:
        graph: the graph.
        depth: of a closed group only the outputs are asked for; or operations inside lines as well.
        exceptions: groups that are open where the depth closes them, or the other way round.
    """
    closed = closed_at(graph, depth, exceptions)
    outputs = {node for group in closed for node in group.outputs}
    inside = {index for group in closed for index in group.lines}
    lines = [line for line in graph.lines() if line.index not in inside or line.root in outputs]
    computed = [line for line in lines if not graph.is_leaf(line.root)]
    found = [
        graph.name(node)
        for line in computed
        for node in (computations(graph, line) if depth == "op" else (line.root,))
    ]
    if graph.columns.shape(graph.output):
        return found
    output = graph.name(graph.output)
    roles = {graph.role(line.root) for line in lines}
    left = "input" if "parameter" in roles else ""
    for line in reversed(lines):
        root = line.root
        if root != graph.output and graph.variable[root] and graph.role(root) != left:
            found.append(f"d{output}/d{line.name}")
    return found


def point_of(values: Mapping[str, Any]) -> dict[str, Fraction]:
    """Return values by the names of entries, as ``W[1,2]``."""
    point: dict[str, Fraction] = {}
    for name, value in values.items():
        shape = tuple(getattr(value, "shape", ()))
        if not shape:
            point[name] = Fraction(value)
            continue
        import numpy as np

        for index in np.ndindex(*shape):
            place = ",".join(str(k + 1) for k in index)
            point[f"{name}[{place}]"] = Fraction(value[index])
    return point


class Recipe(NamedTuple):
    """How a step follows from earlier ones.

    Attributes:
        step: its place among the steps.
        shape: of its value.
        entries: its entries row by row, in terms of leaves and of entries of earlier answers.
        uses: the places of the steps it uses.
    """

    step: int
    shape: tuple[int, ...]
    entries: tuple[Term, ...]
    uses: tuple[int, ...]


class Recipes:
    r"""The recipes of all steps of a graph.

    A step about a row of the data follows from earlier ones about that row; one over all rows from
    what was answered about each of them, or from derivatives over all rows.

    Args:
        graph: the graph.
        asked: the ids of the steps, in their order.

    Raises:
        SourceError: if a step asks for nothing.

    >>> from graphgrad.source.gg import read_gg
    >>> graph = read_gg("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2")
    >>> [recipe.uses for recipe in Recipes(graph, ["z", "L", "dL/dz", "dL/dw"]).all()]
    [(), (0,), (0,), (2,)]
    >>> graph = read_gg("data x\n 1\n 2\nparam w = 3\nz = w*x\nloss L = z^2")
    >>> [r.uses for r in Recipes(graph, ["row 1: z", "row 1: L", "row 2: L", "mean: L"]).all()]
    [(), (0,), (), (1, 2)]
    """

    def __init__(self, graph: Graph, asked: Sequence[str]) -> None:
        self.graph = graph
        self.asked = tuple(asked)
        self.truth = Truth(graph, asked)
        self.pool: Pool = self.truth.reference.pool
        self.entry_of: dict[str, tuple[int, tuple[int, ...]]] = {}
        """The step and the entry, counted from 1, that a variable of a recipe stands for."""
        self._answers = [self._answer(step) for step in range(len(self.asked))]

    def _answer(self, step: int) -> Any:
        """Return variables that stand for a step's answer."""
        shape = shape_of(self.truth.candidates[self.asked[step]].value)
        found = arrays().empty(shape, dtype=object)
        for index in arrays().ndindex(*shape):
            name = f"answer {step}{list(index)}"
            self.entry_of[name] = (step, tuple(k + 1 for k in index))
            found[index] = self.pool.name(name)
        return found if shape else found[()]

    def all(self) -> list[Recipe]:
        """Return the recipe of every step."""
        return [self.recipe(step) for step in range(len(self.asked))]

    def recipe(self, step: int) -> Recipe:
        """Return the recipe of a step."""
        scope, data = self.truth.scopes[self.asked[step]], self.truth.data
        value = self._derived(step, scope)
        if row_of(scope):
            value = data.in_row(value, row_of(scope))
        elif scope and data.uses(value):
            value = data.joined([self._in_row(step, row) for row in data.rows], scope)
        terms = tuple(entries(value))
        names = self.pool.names(term.id for term in terms)
        uses = sorted({self.entry_of[name][0] for name in names if name in self.entry_of})
        return Recipe(step, shape_of(value), terms, tuple(uses))

    def _in_row(self, step: int, row: int) -> Any:
        """Return what a step comes to in a row: what was answered there, or what follows."""
        scope, target = row_scope(row), self.truth.targets[self.asked[step]]
        for earlier, name in enumerate(self.asked[:step]):
            if self.truth.scopes[name] == scope and self.truth.targets[name] == target:
                return self._answers[earlier]
        return self.truth.data.in_row(self._derived(step, scope), row)

    def _derived(self, step: int, scope: str) -> Any:
        """Return what a step comes to from the answers before it about the same."""
        name = self.asked[step]
        wanted = self.truth.candidates[name].reading
        candidates = self.truth.reference.candidates(
            self.truth.targets[name], self._given(step, scope)
        )
        return next(c.value for c in candidates if c.reading == wanted)

    def _given(self, step: int, scope: str) -> Derivation:
        """Return a derivation from the answers before a step, of those about a scope.

        A mean is a mean of derivatives too, but no value of a line that others are computed from.
        """
        reference, index = self.truth.reference, self.graph.line_index
        over_all = bool(scope) and not row_of(scope)
        values, totals, locals_ = {}, {}, {}
        for earlier in range(step):
            target = self.truth.targets[self.asked[earlier]]
            of, wrt = index.get(target.name), index.get(target.wrt)
            if of is None or target.entry or self.truth.scopes[self.asked[earlier]] != scope:
                continue
            if target.kind == "delta":
                output = self.graph.line_of(self.graph.output)
                totals[output, of] = delta_sign(self.graph) * self._answers[earlier]
            elif target.kind == "value" and not over_all:
                values[of] = self._answers[earlier]
            elif target.kind == "derivative" and wrt is not None:
                totals[of, wrt] = self._answers[earlier]
                if not shape_of(self._answers[earlier]) and reference.reads(of, wrt):
                    locals_[of, wrt] = self._answers[earlier]
        if over_all:
            locals_ = {}
        return Derivation(self.graph, self.pool, values=values, totals=totals, locals_=locals_)
