"""Judge one formula or number of an answer against what was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from graphgrad.errors import SourceError
from graphgrad.exercises.algebra.building import in_shape, shape_of, subscript
from graphgrad.exercises.algebra.enclosures import UNDEFINED, Ball, precision, shown
from graphgrad.exercises.deciding.domain import Domain
from graphgrad.exercises.deciding.sign_cases import undefined
from graphgrad.exercises.deciding.verdict import Note, Verdict
from graphgrad.exercises.judging.at_the_point import AtThePoint
from graphgrad.exercises.judging.substituted import Substitution, spread_values
from graphgrad.exercises.reading.equivalence import decide_values
from graphgrad.exercises.reading.number_rule import (
    DIGITS,
    Numeric,
    Printed,
    close,
    judge_number,
    same,
    with_sign,
)
from graphgrad.exercises.truth.quantities import declared_layout
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import Asked, ReadLink, Wanted
from graphgrad.expr.differentials import derivative_parts
from graphgrad.ops.shapes import entries, shape_text

__all__ = ["RANK", "Judge", "Judgement", "aligned", "judgement_of"]

RANK = ("right", "rounded", "rough", "follow-on", "undecided", "wrong")


@dataclass(frozen=True)
class Judgement:
    """What a formula came to.

    Attributes:
        status: one of ``RANK``.
        method: how that was found: ``value``, ``rounding``, or a verdict's method.
        reading: which meaning of the target it was compared with.
        verdict: the comparison of formulas, where there was one.
        notes: remarks.
        wrong_entries: the subscripts of an array's entries that are wrong.
        few_digits: whether a number is true as far as it goes, and shows too few digits.
    """

    status: str
    method: str
    reading: str = ""
    verdict: Verdict | None = None
    notes: tuple[Note, ...] = ()
    wrong_entries: tuple[str, ...] = ()
    few_digits: bool = False


class Judge:
    """Compare formulas of answers with the truth of one exercise."""

    def __init__(self, reference: Reference, digits: int = DIGITS) -> None:
        self.reference = reference
        self.digits = digits
        self.here = AtThePoint(reference)
        self.substitution = Substitution(reference, self.here)

    def judge(self, read: ReadLink, asked: Asked) -> Judgement:
        """Return the best judgement over the meanings a target has.

        Args:
            read: the formula.
            asked: what the target may mean.

        Raises:
            SourceError: if numbers of the formula have no value that can be enclosed.
        """
        best = self._best(read, asked)
        if best.status == "wrong":
            best = self._read_otherwise(best, read, asked)
        if read.inner:
            best = judgement_of(best, Note("check.matrix_product"))
        if read.turned:
            best = judgement_of(best, Note("check.layout"))
        elif best.status == "wrong" and self._is_turned(read, asked):
            best = judgement_of(best, Note("check.layout_unknown"))
        if best.reading == "local" and best.status in ("right", "rounded"):
            best = judgement_of(best, Note("check.local"))
        return best

    def _is_turned(self, read: ReadLink, asked: Asked) -> bool:
        """Tell whether a square Jacobian is right in the other layout, which no shape can show."""
        shape = shape_of(read.value)
        square = [w for w in asked.wanted if w.reading == "jacobian" and shape_of(w.value) == shape]
        if not square or len(shape) != 2 or read.inner or declared_layout(self.reference.graph):
            return False
        other = self.reference.wanted("jacobian", square[0].value.T)
        return self._against(read, other, "").status == "right"

    def _read_otherwise(self, best: Judgement, read: ReadLink, asked: Asked) -> Judgement:
        """Return the judgement of a formula that is right when it is read another way."""
        from graphgrad.exercises.judging.other_readings import other_readings  # few answers

        for other, note in other_readings(self.reference, read):
            found = self._best(other, asked)
            if found.status in ("right", "rounded"):
                return judgement_of(found, note)
        return best

    def _with_value(self, read: ReadLink, value: Any) -> ReadLink:
        return read._replace(value=value, balls=self.reference.balls(value))

    def _best(self, read: ReadLink, asked: Asked) -> Judgement:
        judged = [self._against(read, wanted, asked.name) for wanted in asked.wanted]
        return min(judged, key=lambda judgement: RANK.index(judgement.status))

    def _against(self, read: ReadLink, wanted: Wanted, name: str) -> Judgement:
        fitted = aligned(read.value, shape_of(wanted.value))
        if fitted is None:
            return misshapen(read, wanted)
        notes = (Note("check.orientation"),) if _lies_otherwise(read.value, fitted) else ()
        read = read._replace(value=fitted)
        if read.printed is not None and len(read.printed) == len(entries(fitted)):
            judgement = self._printed(read, read.printed, wanted)
        elif not read.has_names:
            judgement = self._arithmetic(read, wanted)
        else:
            judgement = self._formula(read, wanted, name)
        return replace(judgement, reading=wanted.reading, notes=(*notes, *judgement.notes))

    # ---- numbers ----

    def _printed(self, read: ReadLink, printed: list[Printed], wanted: Wanted) -> Judgement:
        if wanted.balls is None:
            numbers = [self.reference.pool.number(p.value) for p in printed]
            exact = in_shape(numbers, shape_of(wanted.value))
            return self._formula(self._with_value(read, exact), wanted)
        if any(isinstance(truth, str) for truth in wanted.balls):
            return Judgement("undecided", "value", notes=(Note("check.no_truth"),))
        with precision():
            results = [
                with_sign(judge_number(number, truth, self.digits), number, truth)
                for number, truth in zip(printed, wanted.balls, strict=True)
            ]
        return self._joined(results, shape_of(wanted.value))

    def _joined(self, results: list[Numeric], shape: tuple[int, ...]) -> Judgement:
        """Return one judgement on all entries; wrong ones come first, named by their subscripts."""
        worst = max(results, key=lambda result: RANK.index(result.status))
        rounded = any(result.method == "rounding" for result in results)
        few = any(result.few_digits for result in results)
        wrong: tuple[str, ...] = ()
        notes: list[Note] = []
        if shape and worst.status == "wrong":
            wrong = _places(results, shape, lambda result: result.status == "wrong")
            notes.append(Note("check.entries", {"entries": ", ".join(wrong)}))
            turned = _places(results, shape, lambda result: result.sign_only)
            if turned and len(turned) < len(results):
                notes.append(Note("check.entries_sign", {"entries": ", ".join(turned)}))
            short = _places(results, shape, lambda result: result.few_digits)
            if short:
                notes.append(Note("check.entries_short", {"entries": ", ".join(short)}))
            results = [result for result in results if not result.few_digits]
        notes += [Note(remark) for remark in dict.fromkeys(r.remark for r in results) if remark]
        return Judgement(
            worst.status,
            "rounding" if rounded else "value",
            notes=tuple(notes),
            wrong_entries=wrong,
            few_digits=few,
        )

    def _arithmetic(self, read: ReadLink, wanted: Wanted) -> Judgement:
        """Judge a sum worked out in numbers: ``2·(-2)·3``, ``0.39·0.61``."""
        truths, values = wanted.balls, read.balls
        if truths is None or values is None:
            return self._formula(read, wanted)
        if any(isinstance(truth, str) for truth in truths):
            return Judgement("undecided", "value", notes=(Note("check.no_truth"),))
        if any(isinstance(found, str) for found in values):
            return self._valueless(read.value, wanted.value, values)
        with precision():
            pairs = list(zip(values, truths, strict=True))
            if all(same(truth, found) for found, truth in pairs):
                return Judgement("right", "value")
            spread = spread_values(self.reference, read.expression)
            if spread is not None and len(spread) == len(truths):
                near = all(close(found, truth) for found, truth in pairs)
                held = all(s.overlaps(t) for s, t in zip(spread, truths, strict=True))
                if near and held:
                    return Judgement("rounded", "rounding")
        return Judgement("wrong", "value")

    def _valueless(self, value: Any, wanted: Any, values: list[Any]) -> Judgement:
        """Judge a computation in numbers that has no value, or none that can be enclosed.

        Raises:
            SourceError: if it is neither proved right nor proved to have no value.
        """
        pool = self.reference.pool
        for term, found in zip(entries(value), values, strict=True):
            if found == UNDEFINED or (isinstance(found, str) and undefined(pool, term.id)):
                return Judgement("wrong", "undefined", notes=(Note("check.undefined_here"),))
        if decide_values(pool, value, wanted, Domain()):
            return Judgement("right", "value")
        raise SourceError("check.no_value")

    # ---- formulas ----

    def _formula(self, read: ReadLink, wanted: Wanted, name: str | None = None) -> Judgement:
        """Judge a formula; without a name it is made of numbers, none of which stands for one."""
        domain, ignored = self.reference.assumed
        value = read.value
        verdict = decide_values(self.reference.pool, value, wanted.value, domain)
        if verdict.status != "different":
            found = self.not_different(value, read.balls, wanted, verdict)
            open_here = found.method == "undefined" and derivative_parts(name or "") is not None
            if open_here and self.here.at_kink():
                return Judgement("right", verdict.method, notes=(Note("check.kink_here"),))
            return found
        note: tuple[Note, ...] = ()
        if name is not None:
            status = self.substitution.judge(read, wanted, name)
            if status:
                return Judgement(status, "substitution", notes=(Note("check.substituted"),))
            if self.here.agree(read.balls, wanted.balls):
                if self.here.equal_on_branch(value, wanted.value):
                    return Judgement("right", "branch", notes=(Note("check.active_branch"),))
                partial = derivative_parts(name) is not None
                relation = self.here.missing_relation(value, wanted.value, partial=partial)
                if relation:
                    return Judgement("right", "relation", notes=(relation,))
                note = (Note("check.only_here"),)
        if ignored and self.here.conflict(value, read.balls, wanted) is None:
            return Judgement("undecided", "points", notes=note)
        note += self.here.differences(value, read.balls, wanted, verdict)
        return Judgement("wrong", verdict.method, verdict=verdict, notes=note + verdict.notes)

    def not_different(
        self, value: Any, balls: list[Ball] | None, wanted: Wanted, verdict: Verdict
    ) -> Judgement:
        """Judge a formula that is equal, or may be: it must hold at the exercise's point too.

        Equality under a declared relation is not tested there: numbers such as 0.1 may break the
        relation in their last binary digit.
        """
        conflict = None if verdict.assumed else self.here.conflict(value, balls, wanted)
        if conflict is not None:
            gone = conflict.left == UNDEFINED
            note = Note("check.undefined_here" if gone else "check.differs_here")
            method = "undefined" if gone else "counterexample"
            found = Verdict("different", method, counterexample=conflict)
            return Judgement("wrong", method, verdict=found, notes=(note,))
        status = "right" if verdict.status == "equal" else "undecided"
        return Judgement(status, verdict.method, verdict=verdict, notes=verdict.notes)


def judgement_of(judged: Judgement, *notes: Note) -> Judgement:
    """Return a judgement with more remarks."""
    return replace(judged, notes=(*judged.notes, *notes))


def _places(
    results: list[Numeric], shape: tuple[int, ...], chosen: Callable[[Numeric], bool]
) -> tuple[str, ...]:
    return tuple(subscript(k, shape) for k, result in enumerate(results) if chosen(result))


def _lies_otherwise(value: Any, fitted: Any) -> bool:
    """Tell whether an answer is a row for a column, or the other way; a plain list is neither."""
    have = shape_of(value)
    return have != shape_of(fitted) and len(have) > 1 and len(entries(value)) > 1


def aligned(value: Any, shape: tuple[int, ...]) -> Any:
    """Return a value in a shape that differs by axes of length 1 only; None if it does not fit."""
    have = shape_of(value)
    if have == shape:
        return value
    if [n for n in have if n != 1] != [n for n in shape if n != 1]:
        return None
    if not shape:
        return value.ravel()[0]
    return in_shape(entries(value), shape)


def misshapen(read: ReadLink, wanted: Wanted) -> Judgement:
    """Return the judgement on an answer of the wrong shape; one that is a shape has wrong axes."""
    have, expected = shape_of(read.value), shape_of(wanted.value)
    note = Note("check.shape", {"got": shape_text(have), "expected": shape_text(expected)})
    if wanted.reading == "shape":
        with precision():
            got = "x".join(shown(ball, DIGITS) for ball in read.balls or ())
        axes = {"axes": len(entries(read.value)), "expected": expected[0]}
        note = Note("check.axes", {"got": got or shape_text(have), **axes})
    verdict = Verdict("different", "shape")
    return Judgement("wrong", "shape", wanted.reading, verdict, notes=(note,))
