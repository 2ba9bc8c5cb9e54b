"""Read what is known while a file is read: sizes, bounds, settings of layers.

A value is a number, a text, the name of a row, ``true`` or ``false``, a list, or a call such as
``leaky_relu(alpha=0.1)``; numbers may be computed from numerals, letters and consts.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from graphgrad.errors import LimitError, SourceError
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.tokens import place_of, whole_of
from graphgrad.graph.blocks import Call
from graphgrad.messages.keywords import INSIDE, TRUTH
from graphgrad.source.operands import Keyword, Operand, decimal_number
from graphgrad.source.programs.workspace import Workspace, as_number
from graphgrad.source.statements import unquoted
from graphgrad.source.targets import place_of_subscript

__all__ = ["split_arguments", "value_of", "whole"]

_ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul}
_LARGEST = 10**12


def value_of(items: Sequence[Item], expression: Expression, workspace: Workspace) -> Any:
    """Return the value of a setting.

    Raises:
        SourceError: if it is the value of a node, which is not known while the file is read.
    """
    stack: list[Any] = []
    for item in items:
        count = item.arity
        parts = stack[len(stack) - count :] if count else []
        del stack[len(stack) - count :]
        stack.append(_value(item, parts, expression, workspace))
    return stack[0]


def _value(item: Item, parts: list[Any], expression: Expression, workspace: Workspace) -> Any:
    kind = item.kind
    if kind == "number":
        return as_number(decimal_number(item.value))
    if kind == "name":
        return _named(item, expression, workspace)
    if kind == "place":
        subscript = place_of_subscript(item.value)
        found = workspace.number(subscript.word)
        return subscript.word if found is None else found + subscript.offset
    if kind == "string":
        return unquoted(item.value)
    if kind == "shape":
        return tuple(whole_of(part) for part in item.value.split("x"))
    if kind == "keyword":
        return Keyword(item.value, Operand(parts[0], item.start, item.end), item.start, item.end)
    if kind == "call":
        _refuse_commas(item, parts, expression, workspace)
        return _called(item, parts, expression)
    if kind == "array":
        return tuple(parts)
    if kind in ("infix", "prefix"):
        return _computed(item, parts, expression)
    raise _not_known(item, expression)


_WITH_COMMA = re.compile(r"(?:(?<==)\d+|(?<![\w.,\[])0),\d+(?![\w.=])")
"""A number that is meant with a decimal comma, where commas part settings."""


def _called(item: Item, parts: list[Any], expression: Expression) -> Call:
    """Return a row with its settings; the first ones may stand without their names."""
    found = tuple(
        (part.name, part.operand.value) if isinstance(part, Keyword) else ("", part)
        for part in parts
    )
    count = next((k for k, (name, _) in enumerate(found) if name), len(found))
    late = next((value for name, value in found[count:] if not name), None)
    if late is not None:
        place = place_of(expression.text, item.start, item.end)
        named = [name for name, _ in found if name]
        example = next((n for n in _settings_of(item.value) if n not in named[:1]), named[0])
        fields = {"name": item.value, "setting": example}
        raise SourceError("source.setting_by_position", place=place, **fields)
    return Call(item.value, found)


def _refuse_commas(
    item: Item, parts: list[Any], expression: Expression, workspace: Workspace
) -> None:
    """Refuse settings parted by what is meant as a decimal comma: ``rate=0,1`` or ``0,1``."""
    text = expression.text
    end = text.find(")", item.end)
    if workspace.dialect.decimal_comma or all(isinstance(part, Keyword) for part in parts):
        return
    comma = _WITH_COMMA.search(text, item.end, max(end, item.end))
    if comma is not None:
        place = place_of(text, comma.start(), comma.end())
        raise SourceError("source.decimal_comma", fix=comma[0].replace(",", "."), place=place)


def _settings_of(name: str) -> list[str]:
    """Return the settings of the row with a name: of a training, of initial values, of an op."""
    from graphgrad.layers.initialisers import find_initialiser  # only a mistake asks
    from graphgrad.layers.training.choices import TABLES
    from graphgrad.ops.registry import find

    for row in (row for table in TABLES.values() for row in table.values()):
        if row.settings and name in (row.name, *row.aliases):
            return [setting.name for setting in row.settings]
    initial, op = find_initialiser(name), find(name)
    if initial is not None:
        return list(initial.settings)
    return [] if op is None else [setting.name for setting in op.settings]


def _named(item: Item, expression: Expression, workspace: Workspace) -> Any:
    """Return the value of a letter or a const, a truth, or the name itself for a row's."""
    number = workspace.number(item.value)
    if number is not None:
        return as_number(number)
    if workspace.get(item.value) is not None:
        raise _not_known(item, expression)
    return TRUTH.get(item.value, INSIDE.get(item.value, item.value))


def _computed(item: Item, parts: list[Any], expression: Expression) -> Any:
    numbers = all(isinstance(part, int | Fraction) and part is not True for part in parts)
    if not numbers:
        raise _not_known(item, expression)
    if item.kind == "prefix":
        return -parts[0] if item.value == "-" else parts[0]
    left, right = (Fraction(part) for part in parts)
    if item.value == "/" and right:
        result = left / right
    elif item.value == "^" and right.denominator == 1 and abs(right) <= 64 and (left or right > 0):
        result = Fraction(left) ** int(right)
    elif item.value in _ARITHMETIC:
        result = _ARITHMETIC[item.value](left, right)
    else:
        raise _not_known(item, expression)
    if abs(result) > _LARGEST:
        place = place_of(expression.text, item.start, item.end)
        raise LimitError("source.large_size", limit=_LARGEST, place=place)
    return as_number(result)


def _not_known(item: Item, expression: Expression) -> SourceError:
    got = expression.text[item.start : item.end]
    place = place_of(expression.text, item.start, item.end)
    return SourceError("source.setting_is_node", got=got, place=place)


def whole(items: Sequence[Item], expression: Expression, workspace: Workspace) -> int:
    """Return a bound of a loop, or a size.

    Raises:
        SourceError: if it is no whole number that is known while the file is read.
    """
    start, end = min(item.start for item in items), max(item.end for item in items)
    value = value_of(items, expression, workspace)
    if isinstance(value, bool) or not isinstance(value, int):
        got = expression.text[start:end]
        raise SourceError("source.bound", got=got, place=place_of(expression.text, start, end))
    if abs(value) > _LARGEST:
        place = place_of(expression.text, start, end)
        raise LimitError("source.large_size", limit=_LARGEST, place=place)
    return value


def split_arguments(items: Sequence[Item], count: int) -> list[list[Item]]:
    """Return the items of each of the arguments that stand one behind another.

    Args:
        items: in postfix order.
        count: how many arguments they are.
    """
    if not count:
        return []
    starts: list[int] = []
    for position, item in enumerate(items):
        first = position
        if item.arity:
            first = starts[-item.arity]
            del starts[-item.arity :]
        starts.append(first)
    starts = starts[len(starts) - count :]
    ends = [*starts[1:], len(items)]
    return [list(items[start:end]) for start, end in zip(starts, ends, strict=True)]
