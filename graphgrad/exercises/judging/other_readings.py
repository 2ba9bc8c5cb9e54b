"""Read a formula another way where the usual one is wrong: what is said beside the mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from graphgrad.errors import ShapeError
from graphgrad.exercises.algebra.building import shape_of
from graphgrad.exercises.deciding.verdict import Note
from graphgrad.exercises.judging.mark import Mark
from graphgrad.exercises.reading.answer_sheet import Target
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import Asked, ReadLink
from graphgrad.expr.items import Expression, Item
from graphgrad.ops.shapes import entries

__all__ = ["other_readings", "with_commas_told"]

_COMMA = re.compile(r"(?<=\d),(?=\d)")
_NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?")


def other_readings(reference: Reference, read: ReadLink) -> Iterator[tuple[ReadLink, Note]]:
    """Yield a formula with * as the product of matrices, and with Euler's e where e is a line."""
    items = read.expression.items
    if not read.inner and any(item.value == "*" for item in items):
        yield from _read(reference, read, read.expression, "check.matrix_product")
    if reference.vocabulary.name("e") == "e" and any(item.value == "e" for item in items):
        changed = read.expression._replace(items=_with_euler(items))
        yield from _read(reference, read, changed, "check.euler")


def _read(
    reference: Reference, read: ReadLink, expression: Expression, message: str
) -> Iterator[tuple[ReadLink, Note]]:
    inner = message == "check.matrix_product" or read.inner
    try:
        value = reference.meaning.of(expression, inner=inner)
    except ShapeError:
        return
    if _ids(value) != _ids(read.value):
        named = any(item.kind == "name" for item in expression.items)
        other = read._replace(
            expression=expression,
            value=value,
            balls=reference.balls(value),
            has_names=read.has_names and named,
        )
        yield other, Note(message)


def _ids(value: Any) -> tuple[Any, ...]:
    return shape_of(value), [term.id for term in entries(value)]


def _with_euler(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return items with exp(1) for each e below a power that is no whole number.

    >>> from graphgrad.expr.lenient import parse_answer
    >>> from graphgrad.expr.vocabulary import Vocabulary
    >>> read = parse_answer("e*e^-z + e^2", Vocabulary(["e", "z"], [])).expression
    >>> [item.value for item in _with_euler(read.items)]
    ['e', '1', 'exp', 'z', '-', '^', '*', 'e', '2', '^', '+']
    """
    bases = set()
    for place, item in enumerate(items):
        if item.kind == "infix" and item.value == "^":
            start = _start(items, place - 1)
            whole = start == place - 1 and items[start].value.isdecimal()
            bases |= set() if whole else {start - 1}
    found: list[Item] = []
    for place, item in enumerate(items):
        if place in bases and item.kind == "name" and item.value == "e":
            found.append(item._replace(kind="number", value="1"))
            found.append(item._replace(kind="call", value="exp", arity=1))
        else:
            found.append(item)
    return tuple(found)


def _start(items: tuple[Item, ...], end: int) -> int:
    """Return where the operand starts whose last item is at a place."""
    needed, place = 1, end
    while place >= 0:
        needed += items[place].arity - 1
        if not needed:
            return place
        place -= 1
    return 0


def with_commas_told(mark: Mark, asked: Callable[[Target], Asked]) -> Mark:
    """Return the mark of an array that has its size if each comma inside a number is a decimal one.

    ``[-0,905; -0,964]`` on a sheet with decimal points is two rows of two.
    """
    written = mark.given.rpartition("=")[2]
    fixed = _COMMA.sub(".", written)
    if fixed == written or re.search(r"[^\W\d_]|\.\d+\.", fixed):
        return mark
    numbers = _NUMBER.findall(fixed)
    target = mark.answer.target if mark.answer else None
    if target is None:  # its rows could not be read, being of different lengths
        fits = len({len(_NUMBER.findall(row)) for row in fixed.split(";")}) == 1
    else:
        wanted = asked(target).wanted if target.kind != "shape" else ()
        fits = bool(wanted) and len(numbers) == len(entries(wanted[0].value))
    if not fits:
        return mark
    fix = next(number for number in numbers if "." in number)
    return replace(mark, notes=(*mark.notes, Note("check.decimal_commas", {"fix": fix})))
