"""Resolve a function call: find the row, sort arguments from settings, read settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from graphgrad.errors import SourceError
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.tokens import place_of
from graphgrad.graph.builder import GraphBuilder
from graphgrad.messages.catalogue import Worded, near_names
from graphgrad.messages.keywords import setting_word
from graphgrad.ops.registry import find_for, function_names, is_chained, of_one_array
from graphgrad.ops.row import Row, Setting
from graphgrad.source.operands import (
    ArrayLiteral,
    Bounds,
    Flag,
    Keyword,
    Number,
    Operand,
    ShapeLiteral,
    bracketed,
)

__all__ = ["call"]

_ELSEWHERE = {
    "product": "prod", "total": "sum", "average": "mean", "avg": "mean", "amax": "max",
    "amin": "min", "square": "pow", "power": "pow", "cuadrado": "potencia", "diferencia": "resta",
    "sumar": "suma", "multiplicar": "producto", "dividir": "cociente",
}  # fmt: skip
"""Words that are no functions here, and near none that is meant."""

NodeOf = Callable[[Operand, Expression], int]


def call(
    builder: GraphBuilder,
    node_of: NodeOf,
    item: Item,
    operands: list[Operand],
    expression: Expression,
    made: Callable[[], list[str]] = list,
) -> int:
    """Append the op of a function call and return its node.

    Args:
        builder: receives the nodes.
        node_of: returns an operand as a node.
        item: the name of the function.
        operands: its arguments and settings.
        expression: the formula they stand in.
        made: returns what else can be called there, for a name that is none.
    """
    row = _row(item, operands, builder, expression, made)
    given = [operand for operand in operands if not isinstance(operand.value, Keyword)]
    if len(given) == len(operands) > 2 and is_chained(item.value):
        nodes = [node_of(operand, expression) for operand in given]
        return _chained(builder, row, nodes)
    keywords = [operand.value for operand in operands if isinstance(operand.value, Keyword)]
    count = len(given) if row.variadic else min(len(given), len(row.arguments))
    _check_count(row, item, given, count)
    for setting, operand in zip(row.settings, given[count:], strict=False):
        if isinstance(operand.value, int):  # a node: a name, or a formula such as 1/10
            if setting.kind == "axes":
                raise _several(item, operand, expression)
            raise _wrong_setting(setting, operand, expression)
    settings = {
        setting.name: _setting(setting, operand, expression)
        for setting, operand in zip(row.settings, given[count:], strict=False)
    }
    for keyword in keywords:
        setting = _find_setting(row, keyword, expression)
        if setting.name in settings:
            place = place_of(expression.text, keyword.start, keyword.end)
            raise SourceError("source.setting_twice", name=setting.name, place=place)
        settings[setting.name] = _setting(setting, keyword.operand, expression)
    parents = [node_of(operand, expression) for operand in given[:count]]
    return builder.apply(row.name, parents, **settings)


def _row(
    item: Item,
    operands: list[Operand],
    builder: GraphBuilder,
    expression: Expression,
    made: Callable[[], list[str]],
) -> Row:
    """Return the row a name means; max and min of several arguments work entry by entry."""
    name = item.value
    row = find_for(name, sum(not isinstance(operand.value, Keyword) for operand in operands))
    if row is None:
        member = _member(item, builder, expression)
        suggestion = near_names([member]) if member else _near(name, made())
        raise SourceError("source.unknown_function", name=item.value, near=suggestion)
    return row


def _member(item: Item, builder: GraphBuilder, expression: Expression) -> str:
    """Return what looks like a call as a member of a family of lines; empty if there is none."""
    inside = re.match(r"\s*\(([^()]*)\)", expression.text[item.end :])
    family = any(line.startswith(f"{item.value}[") for line in builder.line_names)
    return f"{item.value}[{inside[1]}]" if inside and family else ""


def _near(name: str, made: list[str]) -> Worded:
    from graphgrad.layers.registry import layer_names, near_layers  # only a wrong name asks

    if name in _ELSEWHERE:
        return near_names([_ELSEWHERE[name]])
    return near_layers(name, [*made, *function_names(), *layer_names()])


def _chained(builder: GraphBuilder, row: Row, nodes: list[int]) -> int:
    """Return max(a, b, c) as max(max(a, b), c)."""
    node, *rest = nodes
    for other in rest:
        node = builder.apply(row.name, (node, other))
    return node


def _check_count(row: Row, item: Item, given: list[Operand], count: int) -> None:
    wanted = len(row.arguments)
    fits = count >= 1 if row.variadic else count == wanted
    if not fits or len(given) - count > len(row.settings):
        arguments = ", ".join(row.arguments)
        raise SourceError(
            "source.argument_count",
            name=item.value,
            got=len(given),
            expected=wanted,
            arguments=arguments,
            hint=_hint_of_one(item.value, len(given)),
        )


def _hint_of_one(name: str, got: int) -> Worded | str:
    """Return what to write for all entries of one array where an op of two values is called."""
    op = of_one_array(name) if got == 1 else ""
    return Worded("source.of_one_array", op=op) if op else ""


def _find_setting(row: Row, keyword: Keyword, expression: Expression) -> Setting:
    for setting in row.settings:
        if setting.name in (keyword.name, setting_word(keyword.name)):
            return setting
    known = [setting.name for setting in row.settings]
    raise SourceError(
        "source.unknown_setting" if known else "source.no_settings",
        op=row.name,
        got=keyword.name,
        known=", ".join(known),
        place=place_of(expression.text, keyword.start, keyword.end),
    )


def _setting(setting: Setting, operand: Operand, expression: Expression) -> Any:
    """Return a setting's value as rows take it: axes from 0, shapes as tuples."""
    value = operand.value
    read = _READERS[setting.kind](value)
    if read is None:
        raise _wrong_setting(setting, operand, expression)
    return read


def _several(item: Item, operand: Operand, expression: Expression) -> SourceError:
    """Return why sum(a, b) is none: it takes one array, then axes."""
    got = bracketed(expression.text, operand)
    place = place_of(expression.text, operand.start, operand.end)
    return SourceError("source.one_array", name=item.value, got=got, place=place)


def _wrong_setting(setting: Setting, operand: Operand, expression: Expression) -> SourceError:
    return SourceError(
        "source.setting_value",
        setting=setting.name,
        got=bracketed(expression.text, operand),
        expected=Worded(f"setting.{setting.kind}"),
        place=place_of(expression.text, operand.start, operand.end),
    )


def _number(value: Any) -> Any:
    return value.value if isinstance(value, Number) else None


def _integer(value: Any) -> int | None:
    whole = isinstance(value, Number) and value.value.denominator == 1
    return int(value.value) if whole else None


def _axis(value: Any) -> int | None:
    number = _integer(value)
    return None if number is None or number == 0 else number - (number > 0)


def _axes(value: Any) -> Any:
    if isinstance(value, ArrayLiteral):
        axes = [_axis(Number(entry)) for entry in value.entries]
        return None if None in axes else tuple(axes)
    return _axis(value)


def _shape(value: Any) -> Any:
    if isinstance(value, ShapeLiteral):
        return value.lengths
    if isinstance(value, ArrayLiteral):
        whole = all(entry.denominator == 1 and entry > 0 for entry in value.entries)
        return tuple(int(entry) for entry in value.entries) if whole else None
    number = _integer(value)
    return None if number is None or number < 1 else (number,)


def _flag(value: Any) -> Any:
    if isinstance(value, Flag):
        return value.value
    number = _integer(value)
    return bool(number) if number in (0, 1) else None


def _places(value: Any) -> tuple[int, ...] | None:
    """Return the numbers of entries, counted from 0."""
    if not isinstance(value, ArrayLiteral) or len(value.shape) != 1:
        return None
    whole = all(entry.denominator == 1 and entry >= 1 for entry in value.entries)
    return tuple(int(entry) - 1 for entry in value.entries) if whole else None


def _key(value: Any) -> Any:
    if isinstance(value, ArrayLiteral):
        value = [Number(entry) for entry in value.entries]
    if not isinstance(value, list):
        value = [value]
    key = [_key_part(part) for part in value]
    return None if None in key else tuple(key)


def _key_part(part: Any) -> Any:
    if isinstance(part, Bounds):
        start, stop = _integer(part.start), _integer(part.stop)
        return None if start is None or stop is None else (start - 1, stop)
    number = _integer(part)
    return None if number is None else number - 1


_READERS = {
    "number": _number,
    "integer": _integer,
    "axis": _axis,
    "axes": _axes,
    "shape": _shape,
    "flag": _flag,
    "key": _key,
    "places": _places,
}
