"""Compare formulas at the exercise's own numbers, and on the branches that are active there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import fsum, isclose
from typing import Any

from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.building import in_shape, shape_of, subscript
from graphgrad.exercises.algebra.enclosures import UNDEFINED, Ball, Program, ball, precision, shown
from graphgrad.exercises.algebra.functions import TermMath
from graphgrad.exercises.algebra.terms import Term
from graphgrad.exercises.deciding.verdict import Counterexample, Note, Verdict
from graphgrad.exercises.reading.assumptions import read_assumptions
from graphgrad.exercises.reading.equivalence import decide_values
from graphgrad.exercises.reading.number_rule import same
from graphgrad.exercises.truth.class_numbers import class_numbers, labels
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import Wanted
from graphgrad.graph.graph import Table
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import entries

__all__ = ["HERE", "MANY", "AtThePoint", "sums_to_1"]

HERE = ("check.entry_here", "check.number_here")
"""The remarks that say what a wrong formula is at the exercise's own numbers."""

MANY = 4
"""More variables than this are not listed where the exercise's own numbers say it."""

_APART = Fraction(1, 10**9)
"""Inputs such as 0.1 are binary fractions: what differs by less may be their noise."""


class AtThePoint:
    """One exercise at its own point."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference

    def agree(self, left: list[Ball] | None, right: list[Ball] | None) -> bool:
        """Tell whether two values are the same numbers here."""
        if left is None or right is None or any(isinstance(b, str) for b in (*left, *right)):
            return False
        with precision():
            return all(same(b, a) for a, b in zip(left, right, strict=True))

    def at_kink(self) -> bool:
        """Tell whether a derivative here is a convention: relu at 0, two that tie in a maximum."""
        from graphgrad.autodiff.record import record
        from graphgrad.trace.kinks import kinks

        try:
            trace = record(self.reference.graph, self.reference.given_point)
        except GraphgradError:  # a leaf has no value: then nothing is here
            return False
        return any(True for _ in kinks(trace, range(len(trace.graph))))

    def conflict(
        self, value: Any, left: list[Ball] | None, wanted: Wanted
    ) -> Counterexample | None:
        """Return this point if the value wanted exists here and the other is not the same.

        What has no enclosure sharp enough to tell is no conflict.
        """
        if left is None or wanted.balls is None:
            return None
        pairs = zip(entries(value), entries(wanted.value), strict=True)
        for (term, other), a, b in zip(pairs, left, wanted.balls, strict=True):
            if isinstance(b, str):
                continue
            if a == UNDEFINED or (not isinstance(a, str) and _differ(a, b)):
                return self._point((term, other), a, b)
        return None

    def differences(
        self, value: Any, left: list[Ball] | None, wanted: Wanted, verdict: Verdict
    ) -> tuple[Note, ...]:
        """Say which entry of a wrong formula is wrong at the exercise's own numbers.

        The true number is not told: only a key shows it. Of one number in few variables nothing is
        said: the counterexample shows that well enough.
        """
        point = verdict.counterexample
        balls, shape = wanted.balls, shape_of(wanted.value)
        if point is None or left is None or balls is None:
            return ()
        if len(balls) == 1 and len(point.at) <= MANY:
            return ()
        for place, (a, b) in enumerate(zip(left, balls, strict=True)):
            if not isinstance(a, str) and not isinstance(b, str) and _differ(a, b):
                with precision():
                    student = shown(a, 6)
                if len(balls) == 1:
                    return (Note("check.number_here", {"student": student}),)
                entry = subscript(place, shape)
                return (Note("check.entry_here", {"entry": entry, "student": student}),)
        return ()

    def missing_relation(self, value: Any, wanted: Any, *, partial: bool) -> Note | None:
        """Say that an answer is right for the class that is given, or because of a sum that is 1.

        To declare a sum is proposed only where it holds in every row of the data. Of a derivative,
        the part that only the other class adds may be left out; of a loss it is its definition.
        """
        graph, pool = self.reference.graph, self.reference.pool
        names = pool.names(t.id for v in (value, wanted) for t in entries(v))
        classes = class_numbers(graph, pool, self.reference.point)
        given = classes.keys() & set(names) & self.reference.point.keys()
        if given:
            numbers = {name: pool.number(self.reference.point[name]) for name in sorted(given)}
            left, right = (self.reference.replaced(v, numbers) for v in (value, wanted))
            if decide_values(pool, left, right, self.reference.assumed[0]):
                said = ", ".join(f"{name} = {self.reference.point[name]}" for name in numbers)
                return Note("check.only_class", {"given": said})
        for line in graph.lines():
            if graph.role(line.root) != "input":
                continue
            shape = graph.columns.shape(line.root)
            for declared in sums_to_1(line.name, shape, self.reference.point):
                if not any(name in names for name in _entry_names(line.name, shape)):
                    continue
                vocabulary, meaning = self.reference.vocabulary, self.reference.meaning
                domain, _ = read_assumptions([f"{declared} = 1"], meaning, vocabulary)
                if decide_values(pool, value, wanted, domain):
                    return self._relation_note(line.name, shape, declared)
        return self._labels_put_in(value, wanted, partial=partial)

    def _labels_put_in(self, value: Any, wanted: Any, *, partial: bool) -> Note | None:
        """Say that an answer without the labels is right with the labels that are given."""
        reference, pool = self.reference, self.reference.pool
        wanted_names = set(pool.names(t.id for t in entries(wanted)))
        used = set(pool.names(t.id for t in entries(value)))
        given = labels(reference.graph, pool, reference.point)
        given = {name: number for name, number in given.items() if name in wanted_names}
        kept = used & given.keys()
        if kept and not partial:
            return None
        if kept:
            return self._other_class_left_out(value, wanted, {n: given[n] for n in sorted(kept)})
        if not given:
            return None
        numbers = {name: pool.number(number) for name, number in given.items()}
        if not decide_values(
            pool, value, reference.replaced(wanted, numbers), reference.assumed[0]
        ):
            return None
        said = ", ".join(f"{name} = {number}" for name, number in given.items())
        return Note("check.only_labels", {"given": said})

    def _other_class_left_out(
        self, value: Any, wanted: Any, given: Mapping[str, Fraction]
    ) -> Note | None:
        """Say that an answer is right that leaves out only what the other class adds.

        Where t = 1, -t/y leaves (1 - t)/(1 - y) away; a wrong sign of that is no such answer.
        """
        reference, pool = self.reference, self.reference.pool
        for name, number in given.items():
            if reference.graph.find(name) is None:  # an entry of a vector of labels
                continue
            label = reference.named(name)
            share = label if number else 1 - label
            left = reference.replaced(wanted, {name: pool.number(number)}) * share
            if decide_values(pool, value, left, reference.assumed[0]):
                return Note("check.only_labels", {"given": f"{name} = {number}"})
        return None

    def _relation_note(self, name: str, shape: tuple[int, ...], declared: str) -> Note:
        table = self.reference.graph.heading.table
        in_rows = table is not None and name in table.names
        if shape != (1,) and (table is None or not in_rows or _add_up_to_1(table, name)):
            return Note("check.needs_sum", {"name": name, "sum": declared})
        what = "value" if shape == (1,) else "sum"
        return Note(f"check.only_{what}_{'row' if in_rows else 'here'}", {"name": name})

    def _point(self, terms: tuple[Term, Term], left: Ball, right: Ball) -> Counterexample:
        names = self.reference.pool.names(term.id for term in terms)
        with precision():
            at = {name: shown(ball(self.reference.point[name])) for name in names}
            return Counterexample(at, shown(left, 6), shown(right, 6))

    def equal_on_branch(self, value: Any, wanted: Any) -> bool:
        """Tell whether two formulas are proved equal once every choice is the one made here.

        A choice that hangs on a number that is 0 here is left open.
        """
        terms = [term.id for v in (value, wanted) for term in entries(v)]
        chosen = self._chosen(terms)
        if chosen is None or [term.id for term in chosen] == terms:
            return False
        half = len(entries(value))
        domain, _ = self.reference.assumed
        left = in_shape(chosen[:half], shape_of(value))
        right = in_shape(chosen[half:], shape_of(wanted))
        return bool(decide_values(self.reference.pool, left, right, domain))

    def _chosen(self, roots: list[int]) -> list[Term] | None:
        pool = self.reference.pool
        math, order = TermMath(pool), pool.reach(roots)
        program = Program(pool, order)
        if any(name not in self.reference.point for name in program.names):
            return None
        with precision():
            point = {name: ball(number) for name, number in self.reference.point.items()}
            balls = dict(zip(order, program.run(point), strict=True))
        new: dict[int, Term] = {}
        for term in order:
            op, args = pool.ops[term], pool.args[term]
            sign = _sign(balls[args[0]]) if op in ("positive", "zero", "abs") else 0
            if sign:
                inside = new[args[0]]
                new[term] = inside * sign if op == "abs" else _answer(pool.number(0), op, sign)
            elif op == "where":
                new[term] = math.where(*(new[arg] for arg in args))
            elif args:
                new[term] = pool.rebuilt(term, [new[arg] for arg in args])
            else:
                new[term] = Term(pool, term)
        return [new[root] for root in roots]


def sums_to_1(name: str, shape: tuple[int, ...], point: Mapping[str, Fraction]) -> Iterator[str]:
    """Yield the sums over an input that are 1 at a point: of a vector, of each row or column.

    >>> point = {"T[1,1]": Fraction(0), "T[1,2]": Fraction(1)}
    >>> list(sums_to_1("T", (1, 2), point)), list(sums_to_1("t", (), {}))
    (['sum(T, axis=2)'], [])
    """
    names = _entry_names(name, shape)
    known = [point.get(entry) for entry in names]
    numbers = [to_float(number) for number in known if number is not None]
    if not shape or len(shape) > 2 or len(numbers) != len(names):
        return
    width = shape[-1]
    rows = [numbers[k : k + width] for k in range(0, len(numbers), width)]
    if all(isclose(fsum(row), 1, abs_tol=_APART) for row in rows):
        yield f"sum({name}, axis=2)" if len(shape) == 2 else f"sum({name})"
        return
    columns = zip(*rows, strict=True)
    if len(shape) == 2 and all(isclose(fsum(each), 1, abs_tol=_APART) for each in columns):
        yield f"sum({name}, axis=1)"


def _entry_names(name: str, shape: tuple[int, ...]) -> list[str]:
    size = 1
    for length in shape:
        size *= length
    return [f"{name}{subscript(place, shape)}" for place in range(size)]


def _add_up_to_1(table: Table, name: str) -> bool:
    """Tell whether the entries that a name has in each row of the data add up to 1."""
    place = table.names.index(name)
    sums = (fsum(row[place]) for row in table.rows)
    return all(isclose(total, 1, abs_tol=_APART) for total in sums)


def _answer(nothing: Term, op: str, sign: int) -> Term:
    return nothing + int(op == "positive" and sign > 0)


def _sign(value: Ball) -> int:
    """Return the sign of a ball; 0 where it holds 0 or is none."""
    if isinstance(value, str) or value.contains(0):
        return 0
    return 1 if value > 0 else -1


def _differ(value: Ball, truth: Ball) -> bool:
    with precision():
        return bool(abs(value - truth) > ball(_APART) * (1 + abs(truth)))
