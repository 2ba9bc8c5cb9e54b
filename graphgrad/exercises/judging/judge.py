"""Judge one formula of an answer against what was asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from graphgrad.errors import ShapeError, SourceError
from graphgrad.exercises.algebra.building import in_shape, shape_of, subscript
from graphgrad.exercises.algebra.enclosures import UNDEFINED, precision
from graphgrad.exercises.algebra.functions import entries
from graphgrad.exercises.deciding.domain import Domain
from graphgrad.exercises.deciding.sign_cases import undefined
from graphgrad.exercises.deciding.verdict import Note, Verdict
from graphgrad.exercises.judging.at_the_point import Here
from graphgrad.exercises.judging.substituted import Partly, spread_values
from graphgrad.exercises.reading.answer_sheet import Link
from graphgrad.exercises.reading.assumptions import read_assumptions
from graphgrad.exercises.reading.equivalence import decide_values
from graphgrad.exercises.reading.number_rule import (
    DIGITS,
    Numeric,
    Printed,
    close,
    judge_number,
    printed_entries,
    same,
)
from graphgrad.exercises.truth.reference import Candidate, Reference
from graphgrad.expr.items import Expression
from graphgrad.ops.shapes import shape_text

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
    """

    status: str
    method: str
    reading: str = ""
    verdict: Verdict | None = None
    notes: tuple[Note, ...] = ()


class Judge:
    """Compare formulas of answers with the truth of one exercise."""

    def __init__(self, reference: Reference, digits: int = DIGITS) -> None:
        self.reference = reference
        self.digits = digits
        self.here = Here(reference)
        self.partly = Partly(reference, self.here)

    def judge(self, link: Link, candidates: list[Candidate], name: str = "") -> Judgement:
        """Return the best judgement over the meanings a target has.

        Args:
            link: the formula.
            candidates: what the target may mean.
            name: the target, which no number of the formula stands for.

        Raises:
            SourceError: if the formula has no meaning: unknown functions, shapes that do not fit.
        """
        expression = link.reading.expression
        value, inner = self.reference.read(expression)
        best = self._best(expression, value, candidates, name)
        if best.status == "wrong" and not inner and any(i.value == "*" for i in expression.items):
            best = self._with_matrix_products(best, expression, value, candidates, name)
        if inner:
            best = judgement_of(best, Note("check.matrix_product"))
        if best.reading == "local" and best.status in ("right", "rounded"):
            best = replace(best, notes=(*best.notes, Note("check.local")))
        return best

    def _with_matrix_products(
        self,
        best: Judgement,
        expression: Expression,
        value: Any,
        candidates: list[Candidate],
        name: str,
    ) -> Judgement:
        """Return a better judgement if * between arrays is a matrix product."""
        try:
            other = self.reference.meaning.of(expression, inner=True)
        except ShapeError:
            return best
        if _ids(other) == _ids(value):
            return best
        product = self._best(expression, other, candidates, name)
        if product.status != "right":
            return best
        return judgement_of(product, Note("check.matrix_product"))

    def _best(
        self, expression: Expression, value: Any, candidates: list[Candidate], name: str
    ) -> Judgement:
        judged = [self._against(expression, value, c, name) for c in candidates]
        return min(judged, key=lambda judgement: RANK.index(judgement.status))

    def _against(
        self, expression: Expression, value: Any, candidate: Candidate, name: str
    ) -> Judgement:
        fitted = aligned(value, shape_of(candidate.value))
        if fitted is None:
            return replace(misshapen(value, candidate.value), reading=candidate.reading)
        notes = () if shape_of(value) == shape_of(fitted) else (Note("check.orientation"),)
        printed = printed_entries(expression)
        if printed is not None and len(printed) == len(entries(fitted)):
            judgement = self._printed(printed, candidate.value)
        elif not self.reference.has_names(expression):
            judgement = self._arithmetic(expression, fitted, candidate.value)
        else:
            judgement = self._formula(fitted, candidate.value, expression, name)
        return replace(judgement, reading=candidate.reading, notes=(*notes, *judgement.notes))

    # ---- numbers ----

    def _printed(self, printed: list[Printed], wanted: Any) -> Judgement:
        truths = self.reference.balls(wanted)
        if truths is None:
            numbers = [self.reference.pool.number(p.value) for p in printed]
            return self._formula(in_shape(numbers, shape_of(wanted)), wanted)
        if any(isinstance(truth, str) for truth in truths):
            return Judgement("undecided", "value", notes=(Note("check.no_truth"),))
        with precision():
            results = [
                judge_number(number, truth, self.digits)
                for number, truth in zip(printed, truths, strict=True)
            ]
        return self._joined(results, shape_of(wanted))

    def _joined(self, results: list[Numeric], shape: tuple[int, ...]) -> Judgement:
        """Return one judgement on all entries; wrong ones are named by their subscripts."""
        worst = max(results, key=lambda result: RANK.index(result.status))
        notes = [Note(remark) for remark in dict.fromkeys(r.remark for r in results) if remark]
        if shape and worst.status == "wrong":
            wrong = [k for k, result in enumerate(results) if result.status == "wrong"]
            places = ", ".join(subscript(k, shape) for k in wrong)
            notes.append(Note("check.entries", {"entries": places}))
        rounding = any(r.method == "rounding" for r in results)
        return Judgement(worst.status, "rounding" if rounding else "value", notes=tuple(notes))

    def _arithmetic(self, expression: Expression, value: Any, wanted: Any) -> Judgement:
        """Judge a sum worked out in numbers: ``2·(-2)·3``, ``0.39·0.61``."""
        truths, values = self.reference.balls(wanted), self.reference.balls(value)
        if truths is None or values is None:
            return self._formula(value, wanted)
        if any(isinstance(truth, str) for truth in truths):
            return Judgement("undecided", "value", notes=(Note("check.no_truth"),))
        if any(isinstance(found, str) for found in values):
            return self._valueless(value, wanted, values)
        with precision():
            pairs = list(zip(values, truths, strict=True))
            if all(same(truth, found) for found, truth in pairs):
                return Judgement("right", "value")
            spread = spread_values(self.reference, expression)
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
        parts = zip(entries(value), values, strict=True)
        if any(b == UNDEFINED or (isinstance(b, str) and undefined(pool, t.id)) for t, b in parts):
            return Judgement("wrong", "undefined", notes=(Note("check.undefined_here"),))
        if decide_values(pool, value, wanted, Domain()):
            return Judgement("right", "value")
        raise SourceError("check.no_value")

    # ---- formulas ----

    def _formula(
        self, value: Any, wanted: Any, expression: Expression | None = None, name: str = ""
    ) -> Judgement:
        domain, ignored = self.reference.assumed
        verdict = decide_values(self.reference.pool, value, wanted, domain)
        if verdict.status != "different":
            return self.not_different(value, wanted, verdict)
        note: tuple[Note, ...] = ()
        if expression is not None:
            status = self.partly.judge(expression, value, wanted, name)
            if status:
                note = (Note("check.substituted"),)
                return Judgement(status, "substitution", notes=note)
            if self.here.agree(value, wanted):
                if self.here.equal_on_branch(value, wanted):
                    note = (Note("check.active_branch"),)
                    return Judgement("right", "branch", notes=note)
                relation = self._missing_relation(value, wanted)
                if relation:
                    return Judgement("right", "relation", notes=relation)
                note = (Note("check.only_here"),)
        if ignored and self.here.conflict(value, wanted) is None:
            return Judgement("undecided", "points", notes=note)
        return Judgement("wrong", verdict.method, verdict=verdict, notes=note + verdict.notes)

    def not_different(self, value: Any, wanted: Any, verdict: Verdict) -> Judgement:
        """Judge a formula that is equal, or may be: it must hold at the exercise's point too.

        Equality under a declared relation is not tested there: numbers such as 0.1 may break the
        relation in their last binary digit.
        """
        conflict = None if verdict.assumed else self.here.conflict(value, wanted)
        if conflict is not None:
            gone = conflict.left == UNDEFINED
            note = Note("check.undefined_here" if gone else "check.differs_here")
            method = "undefined" if gone else "counterexample"
            found = Verdict("different", method, counterexample=conflict)
            return Judgement("wrong", method, verdict=found, notes=(note,))
        status = "right" if verdict.status == "equal" else "undecided"
        return Judgement(status, verdict.method, verdict=verdict, notes=verdict.notes)

    def _missing_relation(self, value: Any, wanted: Any) -> tuple[Note, ...]:
        """Say that an answer is right because the entries of an input add up to 1 here."""
        graph, meaning = self.reference.graph, self.reference.meaning
        names = self.reference.pool.names(t.id for v in (value, wanted) for t in entries(v))
        for line in graph.lines():
            vector = graph.role(line.root) == "input" and len(graph.columns.shape(line.root)) == 1
            if vector and f"{line.name}[1]" in names:
                text = f"sum({line.name}) = 1"
                domain, _ = read_assumptions([text], meaning, self.reference.vocabulary)
                if decide_values(self.reference.pool, value, wanted, domain):
                    return (Note("check.needs_sum", {"name": line.name}),)
        return ()


def judgement_of(judged: Judgement, *notes: Note) -> Judgement:
    """Return a judgement with more remarks."""
    return replace(judged, notes=(*judged.notes, *notes))


def _ids(value: Any) -> tuple[Any, ...]:
    return shape_of(value), [term.id for term in entries(value)]


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


def misshapen(value: Any, wanted: Any) -> Judgement:
    """Return the judgement on an answer of the wrong shape: the shapes come first."""
    fields = {"got": shape_text(shape_of(value)), "expected": shape_text(shape_of(wanted))}
    note = Note("check.shape", fields)
    return Judgement("wrong", "shape", verdict=Verdict("different", "shape"), notes=(note,))
