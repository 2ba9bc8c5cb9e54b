"""Compute what each step may come to when every line is rounded as the student rounds.

A number shows how its writer rounds: to so many significant digits, or to so many decimals. Both
are tried; a number that shows seven digits was not made from numbers of three.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.exercises.algebra.building import shape_of
from graphgrad.exercises.algebra.enclosures import Ball, Program, ball, interval, precision
from graphgrad.exercises.reading.answer_sheet import Target
from graphgrad.exercises.reading.number_rule import DIGITS, Printed, close, may_follow
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import Asked, ReadLink
from graphgrad.exercises.truth.terms_of_graph import Derivation, leaf_terms
from graphgrad.ops.shapes import entries

__all__ = ["Rounding"]

_BITS = 128
_MOST_LINES = 400
_EXACT = Fraction(1, 10**20)


class Keeping(NamedTuple):
    """How every line is rounded: significant digits kept and, if not None, decimals at most."""

    digits: int
    decimals: int | None = None


class Rounding:
    """Enclosures of all steps, each computed from the rounded ones before it."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.graph = reference.graph
        self._known: dict[tuple[Keeping, int], dict[str, Ball] | None] = {}

    def explains(self, asked: Asked, read: ReadLink, least: int) -> bool:
        """Tell whether a printed number is the true one with rounding carried along.

        Args:
            asked: what was answered, with its target.
            read: the answer.
            least: how many significant digits every line keeps at least.
        """
        target, printed = asked.target, read.printed
        assert target is not None
        of = self.graph.line_index.get(target.name)
        if printed is None or of is None:
            return False
        if any(p.digits < (least if p.decimals else max(least, DIGITS)) for p in printed):
            return False
        shown = max(least, min(p.digits for p in printed))
        ways = (Keeping(shown), Keeping(least, min(p.decimals for p in printed)))
        swept = of if target.kind == "derivative" else -1
        truths = asked.wanted[0].balls
        return any(self._reaches(target, truths, printed, way, swept) for way in ways)

    def _reaches(
        self,
        target: Target,
        truths: list[Ball] | None,
        printed: list[Printed],
        way: Keeping,
        of: int,
    ) -> bool:
        steps = self._steps(way, of)
        names = self._names(target)
        if steps is None or truths is None or {len(printed)} != {len(truths), len(names)}:
            return False
        with precision(_BITS):
            return all(
                name in steps
                and not isinstance(truth, str)
                and close(ball(p.value), truth)
                and may_follow(p, steps[name], whole=True)
                for name, p, truth in zip(names, printed, truths, strict=True)
            )

    def _names(self, target: Target) -> list[str]:
        line = self.graph.line_index.get(target.wrt or target.name)
        if line is None:
            return []
        shape = self.graph.columns.shape(self.graph.line(line).root)
        atoms = self._atoms(target._replace(entry=()).id, shape)
        if target.entry:
            atoms = atoms[tuple(k - 1 for k in target.entry)]
        return [self.reference.pool.held[t.id] for t in entries(atoms)]

    def _atoms(self, name: str, shape: tuple[int, ...]) -> Any:
        return leaf_terms(self.reference.pool, f"{name} rounded", shape)

    def _steps(self, way: Keeping, of: int) -> dict[str, Ball] | None:
        """Return what may be printed, by name: all lines and, for of >= 0, its derivatives."""
        if (way, of) not in self._known:
            small = len(self.graph.line_ends) <= _MOST_LINES
            self._known[way, of] = self._computed(way, of) if small else None
        return self._known[way, of]

    def _computed(self, way: Keeping, of: int) -> dict[str, Ball] | None:
        graph, pool = self.graph, self.reference.pool
        values = {
            line.index: self._atoms(line.name, graph.columns.shape(line.root))
            for line in graph.lines()
            if not graph.is_leaf(line.root)
        }
        reached: dict[str, Ball] = {}
        with precision(_BITS):
            found = {name: ball(value) for name, value in self.reference.point.items()}
            derivation = Derivation(graph, pool, values=values)
            for line, atoms in values.items():
                if not self._extend(found, reached, atoms, derivation.derived(line), way):
                    return None
            if of >= 0 and not graph.columns.shape(graph.line(of).root):
                self._extend_derivatives(found, reached, derivation, of, way)
        return reached

    def _extend_derivatives(
        self,
        found: dict[str, Ball],
        reached: dict[str, Ball],
        derivation: Derivation,
        of: int,
        way: Keeping,
    ) -> None:
        """Run the backward pass on enclosures: every line's derivative is rounded on the way."""
        graph = self.graph

        def rounded(index: int, adjoint: Any) -> Any:
            line = graph.line(index)
            if graph.variable[line.root]:
                name = Target("derivative", graph.line_names[of], line.name).id
                atoms = self._atoms(name, graph.columns.shape(line.root))
                if self._extend(found, reached, atoms, adjoint, way):
                    return atoms
            return adjoint

        derivation.sweep(of, -1, rounded)

    def _extend(
        self,
        found: dict[str, Ball],
        reached: dict[str, Ball],
        atoms: Any,
        terms: Any,
        way: Keeping,
    ) -> bool:
        """Compute terms from the rounded ones found so far; keep them as they are and rounded."""
        assert shape_of(atoms) == shape_of(terms)
        program = Program(self.reference.pool, [term.id for term in entries(terms)])
        if any(name not in found for name in program.names):
            return False
        results = program.run(found)
        if any(isinstance(result, str) for result in results):
            return False
        for atom, result in zip(entries(atoms), results, strict=True):
            name = self.reference.pool.held[atom.id]
            reached[name], found[name] = result, widened(result, way)
        return True


def widened(value: Ball, way: Keeping) -> Ball:
    """Return everything that the numbers of a ball may be rounded to.

    >>> rounded = widened(ball(Fraction(1, 3)), Keeping(3))
    >>> rounded.contains(ball(Fraction("0.333"))), rounded.contains(ball(Fraction("0.334")))
    (True, False)
    """
    middle = value.mid()
    if not middle.is_finite() or middle.is_zero():
        return value
    magnitude = (abs(middle).log() / ball(10).log()).mid()
    exponent = int(magnitude.floor().mid().fmpz())
    unit = Fraction(10) ** (exponent - way.digits + 1)
    if way.decimals is not None:
        unit = min(unit, Fraction(1, 10**way.decimals))
    units = value / ball(unit)
    nearest = (units.mid() + ball(Fraction(1, 2))).floor().mid()
    if abs(units - nearest) < ball(_EXACT):
        return value
    return value + interval(-unit / 2, unit / 2)
