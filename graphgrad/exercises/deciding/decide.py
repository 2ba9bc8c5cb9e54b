"""Decide whether two terms are equal: a proof, a counterexample, or neither.

Order: the same term; a point at which enclosures of the two differ; equal normal forms in every
sign case; points further out; else undecided. Equality means: where both are defined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice

from graphgrad.exercises.algebra.enclosures import (
    KINK,
    UNDEFINED,
    Ball,
    Program,
    ball,
    precision,
    shown,
)
from graphgrad.exercises.algebra.terms import Pool
from graphgrad.exercises.deciding.domain import Domain, combinations, points
from graphgrad.exercises.deciding.in_words import bases_above_zero
from graphgrad.exercises.deciding.inverses import prove_through_functions
from graphgrad.exercises.deciding.nonzero import all_nonzero
from graphgrad.exercises.deciding.sign_cases import Proof, prove, prove_with_shared_parts, undefined
from graphgrad.exercises.deciding.sympy_opinion import sympy_proves
from graphgrad.exercises.deciding.verdict import Counterexample, Note, Status, Verdict
from graphgrad.exercises.deciding.zeros import beside_zeros

__all__ = ["POINTS", "decide"]


POINTS = 24
_LADDER = (192, 512, 1024)
_AGREED = Fraction(1, 10**50)
_WIDER = (4, 16, 256)


def decide(pool: Pool, a: int, b: int, domain: Domain | None = None) -> Verdict:
    """Return whether two terms are equal wherever both are defined, within a domain.

    >>> pool = Pool()
    >>> x = pool.name("x")
    >>> decide(pool, ((x + 1) ** 2).id, (x**2 + 2 * x + 1).id).status
    'equal'
    """
    domain = domain or Domain()
    if domain.replaced:
        a, b = (term.id for term in pool.substitute((a, b), domain.replaced))
    choices = combinations(pool, pool.names((a, b)), domain)
    if choices is None:
        return Verdict("undecided", "points", notes=(Note("check.too_many_choices"),))
    verdicts = []
    for choice in choices:
        numbers = {name: pool.number(value) for name, value in choice.items()}
        left, right = pool.substitute((a, b), numbers)
        rest = domain.without_choices(pool, numbers)
        verdict = _decided(pool, left.id, right.id, rest, choice)
        if verdict.status == "different":
            return verdict
        verdicts.append(verdict)
    return _joined(verdicts)


def _joined(verdicts: list[Verdict]) -> Verdict:
    """Return what the verdicts for all choices of values come to."""
    compared = [v for v in verdicts if v.points] or verdicts[:1]
    if not compared:
        return Verdict("undecided", "points", notes=(Note("check.never_defined"),))
    worst = next((v for v in compared if v.status == "undecided"), None)
    shown = worst or next((v for v in compared if v.method != "identical"), compared[0])
    return replace(
        shown, points=min(v.points for v in compared), cases=sum(v.cases for v in compared)
    )


def _decided(pool: Pool, a: int, b: int, domain: Domain, chosen: Mapping[str, Fraction]) -> Verdict:
    """Decide for variables that range over the real numbers."""
    evidence = _Evidence(chosen=chosen)
    _gather(evidence, pool, a, b, domain)
    powers = "pow" in _ops(pool, a, b)
    if powers and evidence.counterexample is None:
        _gather(evidence, pool, a, b, domain, whole=True)
    if evidence.counterexample is not None:
        return evidence.verdict("different", "counterexample")
    if evidence.agreed == 0:
        _look_further(evidence, pool, a, b, domain)
    if evidence.counterexample is not None:
        return evidence.verdict("different", "counterexample")
    if evidence.agreed == 0:
        return _never_compared(evidence, pool, a, b)
    if a == b:
        return evidence.verdict("equal", "identical")
    names = pool.names((a, b))
    known = (domain.positive, domain.bounded(pool, names), domain.intervals(names))
    proof = prove(pool, a, b, *known)
    if proof.equal and _holds(evidence, proof):
        return replace(evidence.verdict("equal", "normal-form"), cases=proof.cases)
    if powers and not proof.equal:
        above = prove(pool, a, b, *known, positive_bases=True)
        if above.equal and _holds(evidence, above):
            note = Note("check.base_positive", {"bases": bases_above_zero(pool, (a, b), known[0])})
            return replace(evidence.verdict("equal", "normal-form", note), cases=above.cases)
    if not proof.equal:
        shared = prove_with_shared_parts(pool, a, b, domain)
        if shared.equal and _holds(evidence, shared):
            return replace(evidence.verdict("equal", "normal-form"), cases=shared.cases)
    if "factorial" in _ops(pool, a, b):  # few answers hold one
        from graphgrad.exercises.deciding.factorials import for_whole_numbers, prove_with_factorials

        whole = prove_with_factorials(pool, a, b, domain)
        if whole.equal and _holds(evidence, whole):
            return for_whole_numbers(pool, a, b, whole, evidence.agreed)
    _gather_beside_zeros(evidence, pool, a, b, domain)
    if evidence.counterexample is not None:
        return evidence.verdict("different", "counterexample")
    for scale in _WIDER:
        _gather(evidence, pool, a, b, domain, scale=scale, count=8)
        if evidence.counterexample is not None:
            return evidence.verdict("different", "counterexample")
    proof = prove_through_functions(pool, a, b, domain)
    if proof.equal and _holds(evidence, proof):
        return replace(evidence.verdict("equal", "normal-form"), cases=proof.cases)
    if sympy_proves(pool, a, b, domain):
        return evidence.verdict("equal", "sympy")
    return evidence.verdict("undecided", "points")


def _holds(evidence: _Evidence, proof: Proof) -> bool:
    """Tell whether a proof stands although choices at some points hung on a ball around 0."""
    if not evidence.kinks:
        return True
    assert proof.normal is not None
    return all_nonzero(proof.normal, proof.split_on, evidence.kinks)


def _ops(pool: Pool, *terms: int) -> set[str]:
    return {pool.ops[term] for term in pool.reach(terms)}


@dataclass
class _Evidence:
    """What the points have shown so far."""

    chosen: Mapping[str, Fraction]
    agreed: int = 0
    kinks: list[Mapping[str, Fraction]] = field(default_factory=list)
    only_left: int = 0
    only_right: int = 0
    counterexample: Counterexample | None = None
    one_sided: Counterexample | None = None
    left_gap: str = ""
    right_gap: str = ""

    def counter(self, point: Mapping[str, Fraction], left: Ball, right: Ball) -> Counterexample:
        """Return a point with both values, to as many digits as tell them apart."""
        at = {name: str(value) for name, value in {**self.chosen, **point}.items()}
        digits = 6
        while digits < 100 and shown(left, digits) == shown(right, digits):
            digits *= 2
        return Counterexample(at, shown(left, digits), shown(right, digits))

    def verdict(self, status: Status, method: str, *remarks: Note) -> Verdict:
        """Return a verdict with what the points have shown."""
        notes = list(remarks)
        kind = "except" if status == "equal" else "undefined"
        if self.only_right and status != "different":
            notes.append(Note(f"check.left_{kind}", {"at": self.left_gap}))
        if self.only_left and status != "different":
            notes.append(Note(f"check.right_{kind}", {"at": self.right_gap}))
        return Verdict(
            status,
            method,
            points=self.agreed,
            counterexample=self.counterexample if status == "different" else None,
            notes=tuple(notes),
        )


def _look_further(evidence: _Evidence, pool: Pool, a: int, b: int, domain: Domain) -> None:
    """Try points further out until one counts."""
    for scale in _WIDER:
        _gather(evidence, pool, a, b, domain, scale=scale)
        if evidence.agreed or evidence.counterexample is not None:
            return


def _never_compared(evidence: _Evidence, pool: Pool, a: int, b: int) -> Verdict:
    """Return the verdict where no point had both values.

    A side that has a value differs from one that has none anywhere: a constant, or a term whose
    normal form is undefined in every case.
    """
    gap = evidence.one_sided
    if gap is not None and bool(evidence.only_left) != bool(evidence.only_right):
        empty = a if evidence.only_right else b
        if not pool.names((empty,)) or undefined(pool, empty):
            return Verdict("different", "undefined", counterexample=gap)
    return Verdict("undecided", "points", notes=(Note("check.never_defined"),))


def _gather(
    evidence: _Evidence,
    pool: Pool,
    a: int,
    b: int,
    domain: Domain,
    *,
    scale: int = 1,
    count: int = POINTS,
    whole: bool = False,
) -> None:
    """Compare two terms at points until one differs or enough of them have been tried."""
    program = Program(pool, (a, b, *domain.above_zero), whole=whole)
    tried = 0
    for point in points(pool, program.names, domain, scale=scale, whole=whole):
        left, right, *conditions = _at(program, point)
        if any(isinstance(c, str) or not c > 0 for c in conditions):
            continue
        tried += 1
        if UNDEFINED not in (left, right) or whole or not _is_whole(pool, a, b, point):
            _record(evidence, point, left, right)
        if evidence.counterexample is not None or tried == count:
            return


def _is_whole(pool: Pool, a: int, b: int, point: Mapping[str, Fraction]) -> bool:
    """Tell whether two terms have values at a point only because an exponent is whole there."""
    return not any(isinstance(value, str) for value in _at(Program(pool, (a, b)), point))


def _gather_beside_zeros(evidence: _Evidence, pool: Pool, a: int, b: int, domain: Domain) -> None:
    """Compare two terms where ordinary points do not come: just beside far-off kinks."""
    program = Program(pool, (a, b, *domain.above_zero), whole=False)
    for base in islice(points(pool, program.names, domain), 2):
        for point in beside_zeros(pool, a, b, base):
            if not domain.holds(pool, point):
                continue
            left, right, *conditions = _at(program, point)
            if any(isinstance(c, str) or not c > 0 for c in conditions):
                continue
            _record(evidence, point, left, right)
            if evidence.counterexample is not None:
                return


def _at(program: Program, point: Mapping[str, Fraction]) -> list[Ball]:
    """Return values sharp enough to tell the first two apart or to call them equal."""
    values: list[Ball] = []
    for bits in _LADDER:
        with precision(bits):
            values = program.run({name: ball(value) for name, value in point.items()})
            left, right = values[0], values[1]
            if UNDEFINED in (left, right):
                if not (KINK in (left, right) or "unclear" in (left, right)):
                    return values
            elif not isinstance(left, str) and not isinstance(right, str):
                difference = left - right
                if not difference.contains(0) or difference.abs_upper() < ball(_AGREED):
                    return values
    return values


def _record(evidence: _Evidence, point: Mapping[str, Fraction], left: Ball, right: Ball) -> None:
    if KINK in (left, right):
        evidence.kinks.append(point)
    elif isinstance(left, str) or isinstance(right, str):
        _record_gap(evidence, point, left, right)
    else:
        with precision(_LADDER[-1]):
            difference = left - right
            if not difference.contains(0):
                evidence.counterexample = evidence.counter(point, left, right)
            elif difference.abs_upper() < ball(_AGREED):
                evidence.agreed += 1


def _record_gap(
    evidence: _Evidence, point: Mapping[str, Fraction], left: Ball, right: Ball
) -> None:
    """Record a point at which a side has no value."""
    if left == UNDEFINED and not isinstance(right, str):
        evidence.only_right += 1
        evidence.left_gap = evidence.left_gap or _place(point)
        evidence.one_sided = evidence.one_sided or evidence.counter(point, left, right)
    elif right == UNDEFINED and not isinstance(left, str):
        evidence.only_left += 1
        evidence.right_gap = evidence.right_gap or _place(point)
        evidence.one_sided = evidence.one_sided or evidence.counter(point, left, right)


def _place(point: Mapping[str, Fraction]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in point.items())
