"""Look a wrong answer up among the mistakes of its step; it is named only where it is unique."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.building import shape_of
from graphgrad.exercises.algebra.enclosures import Ball, Program, ball, interval, precision
from graphgrad.exercises.judging.judge import aligned
from graphgrad.exercises.judging.mark import STATUSES, Mark
from graphgrad.exercises.misconceptions.catalogue import Mistake, at_entry, mistakes_of
from graphgrad.exercises.reading.answer_sheet import Target
from graphgrad.exercises.reading.number_rule import Printed
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import ReadLink, laid_out
from graphgrad.ops.shapes import entries

__all__ = ["Named", "Namer"]

_BITS = 128
_LOOSE = Fraction(1, 500)
_POINTS = (Fraction(3, 7), Fraction(-5, 11), Fraction(13, 9))
_LEAST_DIGITS = 2
_SAME = (
    ("other_delta", "no_activation_derivative"),  # the error of the activation itself
    ("lost_path", "one_use"),  # one of two uses
    ("no_upstream", "sign"),  # where what comes from above is -1
    ("lost_square", "no_upstream"),  # 2 for 2(a - y): what comes from the output is left out
)
"""Two names of one answer, the one that says more behind."""


class Named(NamedTuple):
    """A mistake that was recognized.

    Attributes:
        label: its name in the catalogue.
        where: its line, if only one fits.
        op: the operation at which it is made; empty for one on the whole answer.
        places: all lines that fit, each with the operation.
    """

    label: str
    where: str
    op: str
    places: tuple[tuple[str, str], ...] = ()


class Namer:
    """Name the mistakes of one sheet.

    Args:
        reference: the truth about the variant's graph.
        marks: the marks of the sheet.
    """

    def __init__(self, reference: Reference, marks: Sequence[Mark]) -> None:
        self.reference = reference
        self.given: dict[Target, Any] = {}
        self.loose = False
        self._entries: list[tuple[Target, ReadLink]] = []
        self._mistakes: dict[Target, list[Mistake]] = {}
        for mark in marks:
            self._keep(mark)

    def _keep(self, mark: Mark) -> None:
        """Keep an answer for later steps to build on: the truth where it is right."""
        target = None if mark.answer is None else mark.answer.target
        if target is None or target.kind not in ("value", "derivative"):
            return
        if target.entry:
            read = self._read(mark)
            self._entries += [] if read is None else [(target, read)]
            return
        wanted = self.reference.asked(target).wanted
        if not wanted or mark.reading not in ("", "value", "total"):
            return
        if STATUSES[mark.status].is_true:
            self.given[target] = wanted[0].value
        elif mark.status in ("wrong", "follow-on"):
            read = self._read(mark)
            fitted = None if read is None else aligned(read.value, shape_of(wanted[0].value))
            if fitted is not None:
                self.given[target] = fitted

    def _read(self, mark: Mark) -> ReadLink | None:
        """Return the last formula of an answer; None where it has no meaning."""
        assert mark.answer is not None
        target = mark.answer.target
        try:
            read = self.reference.read(mark.answer.links[-1].reading.expression)
        except GraphgradError:
            return None
        return read if target is None else laid_out(read, self.reference.asked(target))

    def name(self, mark: Mark) -> Named | None:
        """Return the one mistake that a wrong answer fits; None if none or several do."""
        answer = mark.answer
        if mark.status != "wrong" or answer is None or answer.target is None:
            return None
        target = answer.target
        read = self._read(mark)
        if read is None or target.kind in ("claim", "own", "second"):
            return None
        given = self._given_but(target)
        if target not in self._mistakes:
            self._mistakes[target] = self.mistakes(target)
        mistakes = self._mistakes[target]
        if not mistakes:
            return None
        fitting = self.fitting(read, mistakes, exact=self._is_exact(given))
        fitting = _simplest(fitting, formula=self._is_formula(read))
        labels = {mistake.label for mistake in fitting}
        if len(labels) != 1:
            return None
        places = {mistake.where for mistake in fitting}
        first = fitting[0]
        where = first.where if len(places) == 1 else ""
        fit = sorted({(mistake.where, mistake.op) for mistake in fitting})
        return Named(first.label, where, first.op, tuple(fit))

    def mistakes(self, target: Target) -> list[Mistake]:
        """Return every mistake of a step, built on the student's earlier answers.

        A mistake at one entry must explain the other entries on the sheet too.
        """
        whole = target._replace(entry=())
        if whole not in self._mistakes:
            self._mistakes[whole] = mistakes_of(self.reference, whole, self._given_but(whole))
        if not target.entry:
            return self._mistakes[whole]
        fitting = [m for m in self._mistakes[whole] if self._explains_beside(m, target)]
        return at_entry(self.reference, fitting, target)

    def _explains_beside(self, mistake: Mistake, target: Target) -> bool:
        """Tell whether a mistake gives what stands on the sheet for the array's other entries."""
        exact = self._is_exact(self._given_but(target._replace(entry=())))
        for other, read in self._entries:
            if other != target and other._replace(entry=()) == target._replace(entry=()):
                place = tuple(k - 1 for k in other.entry)
                there = mistake._replace(value=mistake.value[place])
                if not self.fitting(read, [there], exact=exact):
                    return False
        return True

    def _given_but(self, target: Target) -> dict[Target, Any]:
        return {key: held for key, held in self.given.items() if key != target}

    def fitting(
        self, read: ReadLink, mistakes: list[Mistake], *, exact: bool = True
    ) -> list[Mistake]:
        """Return the mistakes that an answer fits: a formula everywhere, a number here.

        Args:
            read: the answer.
            mistakes: the mistakes to choose from.
            exact: whether everything they build on is the truth.
        """
        if self._is_formula(read):
            return self._same_formula(read.value, mistakes)
        return self._same_number(read, mistakes, exact=exact)

    def _is_exact(self, given: dict[Target, Any]) -> bool:
        """Tell whether everything built on is the truth."""
        return all(
            [t.id for t in entries(value)]
            == [t.id for t in entries(self.reference.asked(target).wanted[0].value)]
            for target, value in given.items()
        )

    def _is_formula(self, read: ReadLink) -> bool:
        names = self.reference.pool.names(term.id for term in entries(read.value))
        return read.printed is None and bool(names)

    def _same_number(
        self, read: ReadLink, mistakes: list[Mistake], *, exact: bool
    ) -> list[Mistake]:
        """Return the mistakes whose value at the exercise's point is the number given."""
        with precision(_BITS):
            spans = read.balls if read.printed is None else _spans(read.printed)
        if spans is None and read.printed is not None:  # few digits
            spans = [ball(p.value) for p in read.printed]
            parts = all(p.value.denominator > 1 for p in read.printed)
            mistakes = [m for m in mistakes if parts or self._is_constant(m)]
        if spans is None or any(isinstance(span, str) for span in spans):
            return []
        found = []
        for mistake in mistakes:
            balls = self.reference.balls(mistake.value)
            if balls is None or len(balls) != len(spans):
                continue
            with precision(_BITS):
                fits = all(
                    not isinstance(b, str) and span.overlaps(b if exact else _widened(b))
                    for span, b in zip(spans, balls, strict=True)
                )
            if fits:
                found.append(mistake)
        return found

    def _is_constant(self, mistake: Mistake) -> bool:
        """Tell whether a mistake gives one number whatever is drawn, as another step's rate."""
        value = self.reference.pool.value
        return all(value(term.id) is not None for term in entries(mistake.value))

    def _same_formula(self, value: Any, mistakes: list[Mistake]) -> list[Mistake]:
        """Return the mistakes that agree with a formula at every point tried."""
        left = [self._at(value, number) for number in range(len(_POINTS))]
        found = []
        for mistake in mistakes:
            if shape_of(mistake.value) != shape_of(value):
                continue
            pairs = zip(left, range(len(_POINTS)), strict=True)
            if all(_agree(mine, self._at(mistake.value, number)) for mine, number in pairs):
                found.append(mistake)
        return found

    def _at(self, value: Any, number: int) -> list[Ball]:
        domain, _ = self.reference.assumed
        terms = [term.id for term in entries(value)]
        if domain.replaced:
            terms = [t.id for t in self.reference.pool.substitute(terms, domain.replaced)]
        program = Program(self.reference.pool, terms)
        with precision(_BITS):
            point = {
                name: ball(_POINTS[number] + Fraction(place, 5))
                for place, name in enumerate(self.reference.roles)
            }
            return program.run(point)


def _simplest(fitting: list[Mistake], *, formula: bool) -> list[Mistake]:
    """Return the mistakes to choose from: those at an operation, before the vaguer ones.

    A formula of opposite sign is just that; a number of opposite sign may come from elsewhere too,
    so that both are kept. What is twice as much, or has been worked with weights updated at a
    guessed rate, is named only where nothing else fits.
    """
    whole = [m._replace(where="") for m in fitting if m.label == "sign" and not m.op]
    at_operations = [m for m in fitting if m.op]
    likely = [m for m in at_operations if m.label != "updated_weight"] or at_operations
    if {m.label for m in likely} == {"swapped", "transposed"}:
        turned = any(m.label == "transposed" and not m.op for m in fitting)
        likely = [m for m in likely if m.label == ("transposed" if turned else "swapped")]
    for vague, plain in _SAME:
        if {m.label for m in likely} == {vague, plain}:
            likely = [m for m in likely if m.label == plain]
    if whole:
        return whole if formula else [*whole, *likely]
    return likely or fitting


def _agree(left: list[Ball], right: list[Ball]) -> bool:
    """Tell whether two formulas agree at a point; where neither is defined they do."""
    with precision(_BITS):
        return len(left) == len(right) and all(
            a == b if isinstance(a, str) or isinstance(b, str) else a.overlaps(b)
            for a, b in zip(left, right, strict=True)
        )


def _spans(printed: list[Printed]) -> list[Ball] | None:
    """Return what printed numbers may stand for; one of too few digits for itself only.

    A number alone that shows too little says nothing.
    """
    short = [bool(p.decimals) and p.digits < _LEAST_DIGITS for p in printed]
    if all(short):
        return None
    return [
        interval(p.low, p.high) if p.decimals and not few else ball(p.value)
        for p, few in zip(printed, short, strict=True)
    ]


def _widened(value: Ball) -> Ball:
    margin = abs(value) * ball(_LOOSE)
    return value.union(value + margin).union(value - margin)
