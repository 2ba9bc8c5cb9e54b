"""Judge claims: formulas that a student says are equal, and side computations in numbers."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from typing import Any

from graphgrad.errors import ShapeError, SourceError
from graphgrad.exercises.algebra.building import shape_of
from graphgrad.exercises.algebra.enclosures import UNDEFINED, precision
from graphgrad.exercises.deciding.verdict import Note
from graphgrad.exercises.judging.judge import (
    RANK,
    Judge,
    Judgement,
    aligned,
    judgement_of,
)
from graphgrad.exercises.judging.mark import STATUSES
from graphgrad.exercises.marking.following import Following
from graphgrad.exercises.reading.answer_sheet import Answer, Link
from graphgrad.exercises.reading.equivalence import decide_values
from graphgrad.exercises.reading.meaning import Meaning
from graphgrad.exercises.reading.number_rule import may_follow, printed_entries
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import Asked, ReadLink

__all__ = ["Claims"]


class Claims:
    """Compare the parts of claims with one another.

    Formulas must be equal as formulas. A number stands for what its decimals say of the formula
    beside it at the exercise's point, as it would for a step.
    """

    def __init__(self, reference: Reference, judge: Judge, following: Following) -> None:
        self.reference = reference
        self.judge = judge
        self.following = following

    def judged(self, answer: Answer) -> Judgement:
        """Return the worst judgement on the parts of a claim.

        Raises:
            SourceError: if a part has no meaning, or all say the same.
        """
        links = answer.links
        spelled = {
            tuple((i.kind, i.value) for i in link.reading.expression.items) for link in links
        }
        if len(spelled) == 1:
            raise SourceError("check.says_nothing")
        numeric = [self._is_number(link) for link in links]
        head = next((k for k, number in enumerate(numeric) if not number), 0)
        judged = [
            self._number(links[head], link)
            for k, link in enumerate(links)
            if numeric[k] and k != head
        ]
        formulas = [link for link, number in zip(links, numeric, strict=True) if not number]
        judged += [self._formulas(left, right) for left, right in pairwise(formulas)]
        return max(judged, key=lambda judgement: RANK.index(judgement.status))

    def _is_number(self, link: Link) -> bool:
        expression = link.reading.expression
        return printed_entries(expression) is not None or not self.reference.has_names(expression)

    # ---- a number beside a formula ----

    def _number(self, head: Link, link: Link) -> Judgement:
        values = self._values(head)
        if not values:
            best = Judgement("wrong", "shape")
        else:
            read = self.reference.read(link.reading.expression)
            judged = [self._beside(head, value, link, read) for value in values]
            best = min(judged, key=lambda judgement: RANK.index(judgement.status))
        if best.status == "wrong" and self._follows(head, link):
            return Judgement("follow-on", "follow-through")
        return best

    def _values(self, head: Link) -> list[Any]:
        """Return what a formula may be; arrays side by side may be matrix products."""
        found = []
        for inner in (False, True):
            with suppress(ShapeError):
                found.append(self._value(head, inner))
        return found

    def _beside(self, head: Link, value: Any, link: Link, read: ReadLink) -> Judgement:
        """Judge a number against one value of the formula beside it."""
        wanted = self.reference.wanted("value", value)
        arithmetic = read.printed is None and not read.has_names
        plain = not self.reference.has_names(head.reading.expression)
        if plain and arithmetic and wanted.balls is None:
            return self._formulas(head, link)
        if plain and UNDEFINED in (wanted.balls or ()):
            return Judgement("wrong", "undefined", notes=(Note("check.undefined_here"),))
        return self.judge.judge(read, Asked(None, (wanted,)))

    def _follows(self, head: Link, link: Link) -> bool:
        """Tell whether a number is what a formula gives with the student's own earlier steps."""
        wrong = {
            g.target.name
            for g in self.following.given
            if g.target.kind == "value" and not STATUSES[g.status].is_true
        }
        known = self.following.known().items()
        given = {t.name: value for t, value in known if t.kind == "value" and t.name in wrong}
        printed = printed_entries(link.reading.expression)
        names = {item.value for item in head.reading.expression.items if item.kind == "name"}
        if printed is None or not given.keys() & names:
            return False
        meaning = Meaning(
            self.reference.pool,
            lambda name: given[name] if name in given else self.reference.named(name),
        )
        value = self.reference.replaced(meaning.of(head.reading.expression), self.following.meant)
        balls = self.reference.balls(value, self.following.intervals)
        if balls is None or len(balls) != len(printed) or any(isinstance(b, str) for b in balls):
            return False
        with precision():
            return all(may_follow(p, b) for p, b in zip(printed, balls, strict=True))

    # ---- formulas ----

    def _formulas(self, left: Link, right: Link) -> Judgement:
        """Judge two formulas, read with products of entries and then with matrix products."""
        best: Judgement | None = None
        failed: ShapeError | None = None
        for inner in (False, True):
            try:
                judged = self._compared(self._value(left, inner), self._value(right, inner))
            except ShapeError as error:
                failed = failed or error
                continue
            if inner and judged.status == "right" and (best is None or best.status != "right"):
                note = Note("check.matrix_product")
                return judgement_of(judged, note)
            best = best or judged
        if best is None:
            assert failed is not None
            raise failed
        return best

    def _value(self, link: Link, inner: bool) -> Any:
        return self.reference.meaning.of(link.reading.expression, inner=inner, cross=True)

    def _compared(self, left: Any, right: Any) -> Judgement:
        domain, ignored = self.reference.assumed
        fitted = aligned(left, shape_of(right))
        left = left if fitted is None else fitted
        verdict = decide_values(self.reference.pool, left, right, domain)
        different = verdict.status == "different"
        if different and (fitted is None or not ignored):
            return Judgement("wrong", verdict.method, "", verdict, verdict.notes)
        balls, wanted = self.reference.balls(left), self.reference.wanted("value", right)
        if not different:
            return self.judge.not_different(left, balls, wanted, verdict)
        if self.judge.here.conflict(left, balls, wanted) is None:
            return Judgement("undecided", "points")
        return Judgement("wrong", verdict.method, "", verdict, verdict.notes)
