"""Recognize formulas with some numbers of the exercise already put in: ``2·(-2)·x``.

Each written number that is the value of a line, an input or a derivative may stand for it; if one
way to put the names back gives the expected formula, the answer is a substitution. A formula that
merely happens to be right at the given numbers is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import islice, product
from typing import Any, NamedTuple

from graphgrad.exercises.algebra.building import subscript
from graphgrad.exercises.algebra.enclosures import Ball, Program, ball, interval, precision
from graphgrad.exercises.deciding.domain import points
from graphgrad.exercises.judging.at_the_point import AtThePoint
from graphgrad.exercises.reading.answer_sheet import Target
from graphgrad.exercises.reading.equivalence import decide_values
from graphgrad.exercises.reading.meaning import Meaning
from graphgrad.exercises.reading.number_rule import Printed, printed_entries, same
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import ReadLink, Wanted
from graphgrad.expr.differentials import derivative_name
from graphgrad.expr.items import Expression, Item
from graphgrad.graph.graph import Line
from graphgrad.ops.shapes import entries

__all__ = ["Substitution", "spread_values"]

_LEAST_DIGITS = 2
_MOST_LINES = 60
_MOST_WAYS = 256
_MOST_OPTIONS = 5
_MOST_GIVEN = 12
_SKIPPED_POINTS = 5


class _Option(NamedTuple):
    """What a written number may stand for: the items to write instead, and whether exactly."""

    items: tuple[Item, ...]
    exact: bool = True


class Substitution:
    """Compare a formula with the truth after names were put back for its numbers."""

    def __init__(self, reference: Reference, here: AtThePoint) -> None:
        self.reference = reference
        self.here = here

    def judge(self, read: ReadLink, wanted: Wanted, name: str) -> str:
        """Return ``right`` or ``rounded`` where numbers explain the difference, else nothing."""
        spread = spread_values(self.reference, read.expression)
        if not self.here.agree(read.balls, wanted.balls) and not _holds(spread, wanted.balls):
            return ""
        domain, _ = self.reference.assumed
        for items, exact in islice(self._ways(read.expression.items, name), _MOST_WAYS):
            other = self.reference.meaning.of(read.expression._replace(items=items))
            if not self._agree_somewhere(other, wanted.value):
                continue
            if decide_values(self.reference.pool, other, wanted.value, domain):
                return "right" if exact else "rounded"
        return ""

    def _agree_somewhere(self, value: Any, wanted: Any) -> bool:
        """Tell whether two values agree at one ordinary point: a quick test before a proof."""
        pool = self.reference.pool
        program = Program(pool, [t.id for v in (value, wanted) for t in entries(v)])
        domain, _ = self.reference.assumed
        tried = islice(points(pool, program.names, domain), _SKIPPED_POINTS, None)
        for point in islice(tried, 8):
            with precision():
                values = program.run({name: ball(v) for name, v in point.items()})
                half = len(values) // 2
                if len(values) == 2 * half and not any(isinstance(v, str) for v in values):
                    pairs = zip(values[:half], values[half:], strict=True)
                    return all(same(b, a) for a, b in pairs)
        return True

    # ---- putting names back ----

    def _ways(
        self, items: tuple[Item, ...], target: str
    ) -> Iterator[tuple[tuple[Item, ...], bool]]:
        """Yield the formulas in which some numbers are names again."""
        pieces: list[list[_Option]] = []
        subscripts = {
            place - 1 - back
            for place, item in enumerate(items)
            if item.kind == "index"
            for back in range(item.arity - 1)
        }
        index = 0
        while index < len(items):
            item = items[index]
            negated = (
                item.kind == "number"
                and index + 1 < len(items)
                and items[index + 1].kind == "prefix"
                and items[index + 1].value == "-"
            )
            taken = items[index : index + 1 + negated]
            stands = item.kind == "number" and index not in subscripts
            others = self._options(taken, target) if stands else []
            pieces.append([_Option(taken), *others])
            index += 1 + negated
        for way in product(*pieces):
            yield tuple(i for part in way for i in part.items), all(part.exact for part in way)

    def _options(self, taken: tuple[Item, ...], target: str) -> list[_Option]:
        """Return the names that have the value of a written number."""
        found: list[_Option] = []
        for count in range(len(taken), 0, -1):
            printed = printed_entries(Expression("", taken[:count]))
            assert printed is not None
            for name, value in self._values.items():
                fits = name != target and _stands_for(printed[0], value)
                if fits and len(found) < _MOST_OPTIONS:
                    with precision():
                        exact = same(value, ball(printed[0].value))
                    named = _items_of(name, taken[0])
                    found.append(_Option((*named, *taken[count:]), exact))
        return found

    @cached_property
    def _values(self) -> dict[str, Ball]:
        """Return the numbers of scalar leaves, lines, gradients and local derivatives."""
        graph = self.reference.graph
        if len(graph.line_ends) > _MOST_LINES:
            return {}
        names: dict[str, Any] = {}
        for line in graph.lines():
            if graph.columns.shape(line.root):
                names |= self._entries(line)
                continue
            if not graph.is_constant(line.root):
                names[line.name] = self.reference.balls(self.reference.truth.value(line.index))
            for of in (graph.line(graph.line_of(graph.output)), *graph.lines()):
                near = of.root == graph.output or self.reference.reads(of.index, line.index)
                if near and of.index > line.index and not graph.columns.shape(of.root):
                    target = Target("derivative", of.name, line.name)
                    name = derivative_name(of.name, line.name)
                    names[name] = self.reference.asked(target).wanted[0].balls
        return {
            name: found[0]
            for name, found in names.items()
            if found is not None and not isinstance(found[0], str)
        }

    def _entries(self, line: Line) -> dict[str, Any]:
        """Return the numbers of the entries of a small array that is given."""
        graph = self.reference.graph
        shape = graph.columns.shape(line.root)
        terms = entries(self.reference.truth.value(line.index))
        declared = "[" not in line.name and graph.is_leaf(line.root)
        if not declared or len(terms) > _MOST_GIVEN:
            return {}
        balls = self.reference.balls(self.reference.truth.value(line.index))
        if balls is None:
            return {}
        return {f"{line.name}{subscript(k, shape)}": [found] for k, found in enumerate(balls)}


def _items_of(name: str, item: Item) -> tuple[Item, ...]:
    """Return the items of a name, or of an entry ``k[2]`` of an array."""
    base, bracket, places = name.removesuffix("]").partition("[")
    if not bracket:
        return (item._replace(kind="name", value=name),)
    numbers = [item._replace(kind="number", value=place, arity=0) for place in places.split(",")]
    first = item._replace(kind="name", value=base, arity=0)
    return first, *numbers, item._replace(kind="index", value="", arity=1 + len(numbers))


def _holds(spread: list[Ball] | None, truths: list[Ball] | None) -> bool:
    """Tell whether the wanted numbers lie within what the written decimals stand for."""
    if spread is None or truths is None or len(spread) != len(truths):
        return False
    if any(isinstance(truth, str) for truth in truths):
        return False
    return all(s.overlaps(t) for s, t in zip(spread, truths, strict=True))


def _stands_for(printed: Printed, value: Ball) -> bool:
    if printed.decimals:
        fine = printed.digits >= _LEAST_DIGITS
        return fine and bool(interval(printed.low, printed.high).contains(value.mid()))
    return bool(same(value, ball(printed.value)))


def spread_values(reference: Reference, expression: Expression) -> list[Ball] | None:
    """Return a formula's values here if its decimals stand for all that rounds to them.

    None if it has no decimals, or one of too few digits to say much that is no number of the
    exercise.
    """
    inputs = set(reference.point.values())
    spread: dict[str, Ball] = {}
    items = []
    for item in expression.items:
        if item.kind == "number" and "." in item.value:
            name = f"decimal {len(spread)}"
            printed = printed_entries(Expression("", (item,)))
            assert printed is not None
            if 0 < printed[0].digits < _LEAST_DIGITS and _inexact(printed[0]):
                if printed[0].value not in inputs:
                    return None
                items.append(item)
                continue
            spread[name] = interval(printed[0].low, printed[0].high)
            items.append(item._replace(kind="name", value=name))
        else:
            items.append(item)
    if not spread:
        return None

    def named(name: str) -> Any:
        return reference.pool.name(name) if name in spread else reference.named(name)

    value = Meaning(reference.pool, named).of(expression._replace(items=tuple(items)))
    values = reference.balls(value, spread)
    return None if values is None or any(isinstance(v, str) for v in values) else values


def _inexact(printed: Printed) -> bool:
    """Tell whether a short decimal is likely rounded: 0.5 is one half, 0.7 is not."""
    return Fraction(printed.value).denominator not in (1, 2, 4)
