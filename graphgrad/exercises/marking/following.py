"""Tell what follows from a student's own earlier answers, and what rounding every line gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphgrad.exercises.algebra.building import in_shape, shape_of
from graphgrad.exercises.algebra.enclosures import Ball, ball, interval, precision
from graphgrad.exercises.algebra.functions import entries
from graphgrad.exercises.algebra.terms import Term
from graphgrad.exercises.judging.judge import RANK, aligned
from graphgrad.exercises.reading.answer_sheet import Link, Target
from graphgrad.exercises.reading.equivalence import decide_values
from graphgrad.exercises.reading.number_rule import Printed, may_follow, printed_entries, same
from graphgrad.exercises.truth.reference import Candidate, Reference
from graphgrad.exercises.truth.terms_of_graph import Derivation

__all__ = ["Followed", "Following", "Given"]

_TRUE = ("right", "rounded", "rough")


@dataclass(frozen=True)
class Given:
    """An answer that later ones may build on.

    Attributes:
        target: what it answers.
        value: variables that stand for it, of its shape.
        status: how it was judged.
        variables: their names.
    """

    target: Target
    value: Any
    status: str
    variables: frozenset[str]


@dataclass(frozen=True)
class Followed:
    """The earlier answers that explain a later one, and whether one of them was wrong."""

    targets: tuple[Target, ...]
    status: str


class Following:
    """Recompute steps from what a student wrote before."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.given: list[Given] = []
        self.intervals: dict[str, Ball] = {}
        self.printed: dict[str, Ball] = {}
        self.meant: dict[str, Term] = {}

    def keep(self, target: Target, link: Link, status: str, *, exact: bool = False) -> None:
        """Keep an answer for later ones to build on; of two answers to one step, the better.

        Args:
            target: what was answered.
            link: the answer.
            status: how it was judged.
            exact: whether its decimals are the true number, not a rounding of it.
        """
        candidates = self.reference.candidates(target)
        value, _ = self.reference.read(link.reading.expression)
        shape = shape_of(candidates[0].value) if candidates else ()
        fitted = aligned(value, shape)
        if fitted is None or target.entry:
            return
        printed = printed_entries(link.reading.expression)
        if exact or (printed is not None and len(printed) != len(entries(fitted))):
            printed = None
        terms = [
            self._variable(target, term, None if printed is None else printed[place])
            for place, term in enumerate(entries(fitted))
        ]
        held = self.reference.pool.held
        names = frozenset(held[term.id] for term in terms)
        new = Given(target, in_shape(terms, shape), status, names)
        old = next((given for given in self.given if given.target == target), None)
        if old is None:
            self.given.append(new)
        elif RANK.index(new.status) < RANK.index(old.status):
            self.given[self.given.index(old)] = new

    def _variable(self, target: Target, term: Term, printed: Printed | None) -> Term:
        """Return a variable for an entry; a decimal ranges over what rounds to it."""
        pool = self.reference.pool
        name = f"{target.id} as given {len(self.intervals) + len(self.meant)}"
        if printed is not None and printed.decimals:
            self.intervals[name] = interval(printed.low, printed.high)
            self.printed[name] = ball(printed.value)
        else:
            self.meant[name] = term
        return pool.name(name)

    def explain(self, target: Target, link: Link) -> Followed | None:
        """Return what explains an answer that is not the true one, or None."""
        value, _ = self.reference.read(link.reading.expression)
        printed = printed_entries(link.reading.expression)
        for derivation in self._derivations(target):
            for candidate in self.reference.candidates(target, derivation):
                used = self._used(candidate)
                if used and self._fits(link, value, printed, candidate):
                    wrong = [g for g in used if g.status not in _TRUE]
                    shown = wrong or used
                    status = "follow-on" if wrong else "rounded"
                    return Followed(tuple(g.target for g in shown), status)
        return None

    def entries_explained(self, target: Target, link: Link) -> tuple[list[bool], list[Target]]:
        """Return which entries of a printed array follow from earlier answers, and from which.

        Of several derivations the one that explains most is taken.
        """
        printed = printed_entries(link.reading.expression) or []
        best: tuple[list[bool], list[Target]] = ([], [])
        for derivation in self._derivations(target):
            for candidate in self.reference.candidates(target, derivation):
                used = [g.target for g in self._used(candidate) if g.status not in _TRUE]
                if used and len(printed) == len(entries(candidate.value)):
                    found = self._shown_entries(printed, candidate)
                    if sum(found) > sum(best[0]):
                        best = (found, used)
        return best

    def _shown_entries(self, printed: list[Printed], candidate: Candidate) -> list[bool]:
        wanted = self.reference.replaced(candidate.value, self.meant)
        found = [False] * len(printed)
        for numbers in (self.intervals, self.printed):
            balls = self.reference.balls(wanted, numbers) or []
            with precision():
                for place, result in enumerate(balls):
                    follows = not isinstance(result, str) and may_follow(printed[place], result)
                    found[place] = found[place] or follows
        return found

    def _derivations(self, target: Target) -> Iterator[Derivation]:
        """Yield derivations from all earlier answers, from derivatives only, from values only."""
        line_index = self.reference.graph.line_index
        values, totals, locals_ = {}, {}, {}
        for given in self.given:
            if given.target == target:
                continue
            of = line_index.get(given.target.name)
            wrt = line_index.get(given.target.wrt)
            if given.target.kind == "value" and of is not None:
                values[of] = given.value
            elif of is not None and wrt is not None:
                if not shape_of(given.value) and self.reference.reads(of, wrt):
                    locals_[of, wrt] = given.value
                totals[of, wrt] = given.value
        graph, pool = self.reference.graph, self.reference.pool
        yield Derivation(graph, pool, values=values, totals=totals, locals_=locals_)
        yield Derivation(graph, pool, totals=totals, locals_=locals_)
        yield Derivation(graph, pool, values=values)
        yield Derivation(graph, pool, values=values, totals=totals, locals_=locals_, afresh=True)

    def _used(self, candidate: Candidate) -> list[Given]:
        """Return the answers that a derived value depends on."""
        pool = self.reference.pool
        variables = frozenset(pool.names(term.id for term in entries(candidate.value)))
        return [given for given in self.given if given.variables & variables]

    def _fits(
        self, link: Link, value: Any, printed: list[Printed] | None, candidate: Candidate
    ) -> bool:
        """Tell whether an answer is what a derivation from the student's own answers gives."""
        fitted = aligned(value, shape_of(candidate.value))
        if fitted is None:
            return False
        wanted = self.reference.replaced(candidate.value, self.meant)
        names = self.reference.pool.names(term.id for term in entries(wanted))
        if self.reference.has_names(link.reading.expression):
            domain, _ = self.reference.assumed
            exact = not any(name in self.intervals for name in names)
            return exact and bool(decide_values(self.reference.pool, fitted, wanted, domain))
        return any(
            self._shown_by(fitted, printed, self.reference.balls(wanted, numbers))
            for numbers in (self.intervals, self.printed)
        )

    def _shown_by(
        self, fitted: Any, printed: list[Printed] | None, result: list[Ball] | None
    ) -> bool:
        """Tell whether numbers of an answer are what a computation came to."""
        if result is None or any(isinstance(b, str) for b in result):
            return False
        with precision():
            if printed is not None and len(printed) == len(result):
                return all(may_follow(p, b) for p, b in zip(printed, result, strict=True))
            here = self.reference.balls(fitted)
            return here is not None and all(
                not isinstance(a, str) and (same(a, b) or b.overlaps(a))
                for a, b in zip(here, result, strict=True)
            )
