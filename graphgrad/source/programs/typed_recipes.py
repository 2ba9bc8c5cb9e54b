"""Read a choice such as ``adam(rate=0.01)``, or a whole recipe, as a command line gives it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.errors import SourceError
from graphgrad.expr.dialect import COMMA, STRICT, Dialect
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.parser import parse
from graphgrad.expr.tokens import place_of
from graphgrad.graph.blocks import Call, Recipe
from graphgrad.source.operands import decimal_number

__all__ = ["call_of", "read_call", "read_recipe"]


def read_call(text: str) -> Call:
    """Return a name with settings; settings without a name keep their order.

    Raises:
        SourceError: if the text is no name, and no call with written-out settings.

    >>> read_call("norm(1)")
    Call(name='norm', settings=(('', Fraction(1, 1)),))
    >>> read_call("step(every=30, factor=1/10)").settings[1]
    ('factor', Fraction(1, 10))
    """
    try:
        return call_of(_parsed(text, STRICT))
    except SourceError as error:
        if error.message_id != "source.decimal_comma":
            raise
        return call_of(_parsed(text, COMMA))


def _parsed(text: str, dialect: Dialect) -> Expression:
    return parse(text, dialect)


def call_of(expression: Expression) -> Call:
    """Return the call that a parsed formula is.

    Raises:
        SourceError: if it is none, or a setting is not written out.
    """
    stack: list[Any] = []
    for item in expression.items:
        parts = stack[len(stack) - item.arity :] if item.arity else []
        del stack[len(stack) - item.arity :]
        value = _value(item, parts)
        if value is None:
            place = place_of(expression.text, item.start, item.end)
            raise SourceError("training.not_written_out", got=item.value, place=place)
        stack.append(value)
    found = Call(stack[0]) if isinstance(stack[0], str) else stack[0]
    if not isinstance(found, Call):
        start, end = expression.span
        place = place_of(expression.text, start, end)
        raise SourceError("training.no_call", got=expression.text.strip(), place=place)
    return found


def _value(item: Item, parts: list[Any]) -> Any:
    """Return what an item stands for: a number, a word, a list, a setting or a call."""
    if item.kind == "number":
        return decimal_number(item.value)
    if item.kind == "name":
        return item.value
    if item.kind == "string":
        return item.value[1:-1]
    if item.kind == "keyword":
        return (item.value, parts[0])
    if item.kind == "call":
        return Call(item.value, tuple(map(_setting, parts)))
    if item.kind == "array":
        return parts
    return _number(item, parts)


def _setting(part: Any) -> tuple[str, Any]:
    named = isinstance(part, tuple) and not isinstance(part, Call)
    return part if named else ("", part)


def _number(item: Item, parts: list[Any]) -> Fraction | None:
    if not parts or not all(isinstance(part, Fraction) for part in parts):
        return None
    if item.kind == "prefix":
        return Fraction(-parts[0] if item.value == "-" else parts[0])
    if item.kind == "infix" and item.value == "/" and parts[1] != 0:
        return Fraction(parts[0] / parts[1])
    if item.kind == "infix" and item.value == "^" and parts[1].denominator == 1:
        return _power(parts[0], int(parts[1]))
    return None


def _power(base: Fraction, exponent: int) -> Fraction | None:
    """Return ``1e-3`` written as ``10^-3``; nothing large."""
    return None if abs(exponent) > 30 or (base == 0 and exponent < 0) else base**exponent


def read_recipe(text: str) -> Recipe:
    """Return what a `train` line says behind its word.

    Raises:
        SourceError: if it does not begin with an optimizer, or something is not written out.

    >>> read_recipe("adam(rate=0.1), epochs=3").keys
    (('epochs', Fraction(3, 1)),)
    """
    first, *keys = read_call(f"train({text})").settings or (("", ""),)
    name, optimizer = first
    if name or not isinstance(optimizer, str | Call) or not optimizer:
        raise SourceError("training.no_call", got=text.strip())
    unnamed = next((value for name, value in keys if not name), None)
    if unnamed is not None:
        raise SourceError("training.no_key", got=text.strip())
    return Recipe(Call(optimizer) if isinstance(optimizer, str) else optimizer, tuple(keys))
