"""Tell what follows from a student's own earlier answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphgrad.exercises.algebra.building import in_shape, shape_of
from graphgrad.exercises.algebra.enclosures import Ball, ball, interval, precision
from graphgrad.exercises.algebra.terms import Term
from graphgrad.exercises.judging.judge import aligned
from graphgrad.exercises.judging.mark import STATUSES
from graphgrad.exercises.reading.answer_sheet import Target
from graphgrad.exercises.reading.equivalence import decide_values
from graphgrad.exercises.reading.number_rule import DIGITS, Printed, may_follow, same
from graphgrad.exercises.truth.quantities import counted_as_given, delta_sign, shaped_as_given
from graphgrad.exercises.truth.reference import Candidate, Reference
from graphgrad.exercises.truth.sides import ReadLink
from graphgrad.exercises.truth.terms_of_graph import Derivation
from graphgrad.ops.shapes import entries

__all__ = ["Followed", "Following", "Given"]


@dataclass(frozen=True)
class Given:
    """An answer that later ones may build on.

    Attributes:
        target: what it answers.
        value: variables that stand for it, of its shape.
        status: how it was judged.
        variables: their names.
        scope: the row it is about, for those who look at all rows.
    """

    target: Target
    value: Any
    status: str
    variables: frozenset[str]
    scope: str = ""

    @property
    def id(self) -> str:
        """The answer's step; one about another row of the data names that too."""
        return f"{self.scope}: {self.target.id}" if self.scope else self.target.id


class Followed(NamedTuple):
    """What of an answer follows from earlier ones.

    Attributes:
        sources: the ids of the earlier answers that explain it.
        status: of the whole answer; ``wrong`` where only some entries follow.
        entries: per entry of an array of which only some follow, row by row, whether it does.
    """

    sources: tuple[str, ...]
    status: str
    entries: tuple[bool, ...] = ()


class Following:
    """Recompute steps from what a student wrote before.

    Args:
        reference: the truth about the exercise.
        scope: the row of the exercise's data that the answers are about.
    """

    def __init__(self, reference: Reference, scope: str = "") -> None:
        self.reference = reference
        self.scope = scope
        self.given: list[Given] = []
        self.intervals: dict[str, Ball] = {}
        self.printed: dict[str, Ball] = {}
        self.short: dict[str, Ball] = {}
        """What of few digits was given, each as the number that is printed: -0.1 may be exact."""
        self.meant: dict[str, Term] = {}

    def keep(self, target: Target, read: ReadLink, status: str, *, exact: bool = False) -> None:
        """Keep an answer for later ones to build on; of two answers to one step, the last.

        Args:
            target: what was answered.
            read: the answer.
            status: how it was judged.
            exact: whether its decimals are the true number, not a rounding of it.
        """
        shape = shape_of(self.reference.asked(target).wanted[0].value)
        fitted = aligned(read.value, shape)
        if fitted is None:
            return
        printed = read.printed
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
        else:
            self.given[self.given.index(old)] = new

    def _variable(self, target: Target, term: Term, printed: Printed | None) -> Term:
        """Return a variable for an entry; a decimal ranges over what rounds to it."""
        pool = self.reference.pool
        count = len(self.intervals) + len(self.meant)
        name = f"{self.scope} {target.id} as given {count}".lstrip()
        if printed is not None and printed.decimals:
            self.intervals[name] = interval(printed.low, printed.high)
            self.printed[name] = ball(printed.value)
            if printed.digits < DIGITS:
                self.short[name] = self.printed[name]
        else:
            self.meant[name] = term
        return pool.name(name)

    def explain(self, target: Target, read: ReadLink) -> Followed:
        """Return what explains an answer that is not the true one.

        Where nothing explains all of a printed array, the derivation counts that explains most of
        its entries.
        """
        best = Followed((), "wrong")
        for candidate, used in self.derived(target):
            wrong = [given for given in used if not STATUSES[given.status].is_true]
            rows = self._following_entries(read, candidate)
            if any(map(all, rows)):
                sources = tuple(dict.fromkeys(given.id for given in wrong or used))
                return Followed(sources, "follow-on" if wrong else "rounded")
            found = tuple(map(any, zip(*rows, strict=True)))
            if wrong and read.printed is not None and sum(found) > sum(best.entries):
                sources = tuple(dict.fromkeys(given.id for given in wrong))
                best = Followed(sources, "wrong", found)
        return best

    def carry(self, other: Following) -> None:
        """Go on from the formulas of another row or of no row: they hold in this one too."""
        pool = self.reference.pool
        for given in other.given:
            terms = [other.meant.get(name) for name in given.variables]
            if all(term is not None and pool.names([term.id]) for term in terms):
                self.given.append(given)
                self.meant |= {name: other.meant[name] for name in given.variables}

    def derived(self, target: Target) -> Iterator[tuple[Candidate, list[Given]]]:
        """Yield what a target comes to from earlier answers, with those it depends on."""
        if target.kind in ("count", "shape"):
            yield from self._sizes(target)
            return
        for derivation in self._derivations(target):
            for candidate in self.reference.candidates(target, derivation):
                used = self.used(candidate)
                if used:
                    yield candidate, used

    def _sizes(self, target: Target) -> Iterator[tuple[Candidate, list[Given]]]:
        """Yield the count, or the shape, that earlier ones lead to, with those it comes from."""
        graph, pool = self.reference.graph, self.reference.pool
        earlier = {
            given.target.name: given
            for given in self.given
            if given.target.kind == target.kind and given.target != target
        }
        if target.kind == "count":
            counts = {name: given.value for name, given in earlier.items()}
            value, used = counted_as_given(graph, pool, target.name, counts)
        else:
            shapes = {name: self._whole_numbers(given) for name, given in earlier.items()}
            value, used = shaped_as_given(graph, pool, target.name, shapes)
        if value is not None and used:
            yield Candidate(target.kind, value), [earlier[name] for name in used]

    def _whole_numbers(self, given: Given) -> tuple[int, ...]:
        """Return a shape as it was given; () where its entries are no whole numbers."""
        terms = self.reference.replaced(given.value, self.meant)
        numbers = [self.reference.pool.value(term.id) for term in entries(terms)]
        whole = [int(n) for n in numbers if n is not None and n.denominator == 1]
        return tuple(whole) if len(whole) == len(numbers) else ()

    def known(self, but: Target | None = None) -> dict[Target, Any]:
        """Return what stands on the sheet for whole steps; entries are put into the true array.

        Args:
            but: an answer to be left out.
        """
        found: dict[Target, Any] = {}
        for given in sorted(self.given, key=lambda given: bool(given.target.entry)):
            whole = given.target._replace(entry=())
            if given.target == but:
                continue
            if given.target.entry:
                known = found.get(whole)
                if known is None:
                    known = self.reference.asked(whole).wanted[0].value
                found[whole] = _with_entry(known, given)
            else:
                found[whole] = given.value
        return found

    def _derivations(self, target: Target) -> Iterator[Derivation]:
        """Yield derivations from all earlier answers, from derivatives only, from values only.

        Where there are values only, or derivatives only, that is all there are.
        """
        line_index = self.reference.graph.line_index
        values, totals, locals_ = {}, {}, {}
        for whole, value in self.known(target).items():
            of, wrt = line_index.get(whole.name), line_index.get(whole.wrt)
            if whole.kind == "delta" and of is not None:
                graph = self.reference.graph
                totals[graph.line_of(graph.output), of] = delta_sign(graph) * value
            if whole.kind == "value" and of is not None:
                values[of] = value
            elif whole.kind == "derivative" and of is not None and wrt is not None:
                if not shape_of(value) and self.reference.reads(of, wrt):
                    locals_[of, wrt] = value
                totals[of, wrt] = value
        graph, pool = self.reference.graph, self.reference.pool
        yield Derivation(graph, pool, values=values, totals=totals, locals_=locals_)
        if values and totals:
            yield Derivation(graph, pool, totals=totals, locals_=locals_)
            yield Derivation(graph, pool, values=values)
        if values:
            yield Derivation(
                graph, pool, values=values, totals=totals, locals_=locals_, afresh=True
            )

    def used(self, candidate: Candidate) -> list[Given]:
        """Return the answers that a derived value depends on."""
        pool = self.reference.pool
        variables = frozenset(pool.names(term.id for term in entries(candidate.value)))
        return [given for given in self.given if given.variables & variables]

    def _following_entries(self, read: ReadLink, candidate: Candidate) -> list[list[bool]]:
        """Return, for each way to take the numbers given before, whether each entry follows.

        A decimal that was given stands for all that rounds to it, or for itself; or only one of
        few digits does.
        """
        wanted = self.reference.replaced(candidate.value, self.meant)
        fitted = aligned(read.value, shape_of(wanted))
        if fitted is None:
            return []
        if read.has_names:
            names = self.reference.pool.names(term.id for term in entries(wanted))
            domain, _ = self.reference.assumed
            exact = not any(name in self.intervals for name in names)
            return [[exact and bool(decide_values(self.reference.pool, fitted, wanted, domain))]]
        counted = read.printed is not None and len(read.printed) == len(entries(wanted))
        numbers = read.printed if counted else read.balls
        kinds = [
            self.intervals,
            self.printed,
            *([self.intervals | self.short] if self.short else []),
        ]
        ways = (self.reference.balls(wanted, known) for known in kinds)
        with precision():
            return [
                [_follows(number, ball) for number, ball in zip(numbers, balls, strict=True)]
                for balls in ways
                if balls is not None and numbers is not None
            ]


def _with_entry(value: Any, given: Given) -> Any:
    """Return an array with one entry, or row, as it was given."""
    found = value.copy()
    found[tuple(k - 1 for k in given.target.entry)] = given.value
    return found


def _follows(number: Printed | Ball, result: Ball) -> bool:
    """Tell whether a number of an answer is what a computation came to."""
    if isinstance(number, str) or isinstance(result, str):
        return False
    if isinstance(number, Printed):
        return may_follow(number, result)
    return bool(same(number, result) or result.overlaps(number))
