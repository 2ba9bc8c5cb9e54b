"""Read the value of a leaf: a number, a fraction, an array, or a call such as zeros()."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from math import prod
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError, LimitError, Place, ShapeError, SourceError
from graphgrad.expr.dialect import Dialect, with_semicolons
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.parser import parse_tokens
from graphgrad.expr.tokens import Token, place_of, tokenize, whole_of
from graphgrad.layers.initialisers import INITIAL_VALUES, LARGE, find_initialiser, initial_value
from graphgrad.messages.catalogue import near
from graphgrad.messages.keywords import setting_word
from graphgrad.ops.shapes import Shape, shape_text
from graphgrad.source.names import is_not_finite
from graphgrad.source.operands import ArrayLiteral, Number, decimal_number, in_rows, joined
from graphgrad.source.statements import Statement

__all__ = ["LeafValue", "declared_shape", "literal", "read_leaf"]

_POSITIVE = frozenset({"std", "bound", "gain"})
_LARGEST = 1 << 1000
"""Values that many deviations away from 0 are still floats below it."""
_DRAWS = 1 << 32
"""Draws that there are, from 0."""
"""Settings of initial values that are sizes."""


class LeafValue(NamedTuple):
    """A leaf's value, None where only a shape is declared; what makes it where it is large."""

    value: Any
    shape: Shape


def _no_number(_name: str) -> Any:
    return None


def read_leaf(
    statement: Statement, dialect: Dialect, number: Callable[[str], Any] = _no_number
) -> LeafValue:
    """Return the value and shape declared by ``input x: 3 = ...``.

    Args:
        statement: the line.
        dialect: how numbers are written.
        number: returns the number that a name has while the file is read, or None: a length may be
            a const, a draw a letter.

    Raises:
        SourceError: if the value is not written out; ShapeError if it has not the declared shape.
    """
    tokens, position = statement.tokens, statement.rest
    shape: Shape | None = None
    if position < len(tokens) and tokens[position].value == ":":
        shape, position = declared_shape(statement, position + 1, number)
    if position == len(tokens):
        return LeafValue(None, shape or ())
    if tokens[position].value != "=":
        raise statement.error("source.expected_equals", tokens[position], name=statement.name)
    if position + 1 == len(tokens):
        raise statement.error("source.missing_value", tokens[position], name=statement.name)
    expression = parse_tokens(statement.text, tokens, position + 1, dialect)
    if expression.items[-1].kind == "call":
        return _initial(statement, expression, shape, number)
    value = _literal(expression)
    got = tuple(getattr(value, "shape", ()))
    if shape is not None and got != shape:
        raise ShapeError(
            "shape.leaf_value",
            name=statement.name,
            got=shape_text(got),
            expected=shape_text(shape),
            place=_span(expression),
        )
    return LeafValue(value, got)


def literal(text: str, dialect: Dialect) -> Any:
    """Return a written-out value: a Fraction, or an exact object array.

    Raises:
        SourceError: if the text is not a written-out value.
    """
    tokens = tokenize(text, dialect)
    return _literal(parse_tokens(text, tokens, 0, dialect))


def declared_shape(
    statement: Statement, position: int, number: Callable[[str], Any] = _no_number
) -> tuple[Shape, int]:
    """Return the shape that begins at a token, and the position behind it.

    ``16x2`` and ``3`` are numerals; with blanks, ``n x 2``, a length may be a const.

    Raises:
        SourceError: if there is none.
    """
    tokens = statement.tokens
    lengths: list[int] = []
    while position < len(tokens):
        token = tokens[position]
        lengths += _lengths(statement, token, number)
        position += 1
        times = position < len(tokens) and tokens[position].value in ("x", "*")
        if not times:
            break
        position += 1
    if not lengths or 0 in lengths:
        at = tokens[min(position, len(tokens)) - 1] if lengths else None
        raise statement.error("source.expected_shape", at)
    return tuple(lengths), position


def _lengths(statement: Statement, token: Token, number: Callable[[str], Any]) -> list[int]:
    if token.kind == "shape":
        return [whole_of(part) for part in token.value.split("x")]
    if token.kind == "number" and token.value.isdecimal():
        return [whole_of(token.value)]
    length = number(token.value) if token.kind == "name" else None
    if isinstance(length, int | Fraction) and length == int(length) and length > 0:
        return [int(length)]
    written = statement.text[token.start :]
    if token.kind == "number" and statement.text[token.start : token.end].endswith(","):
        raise statement.error("source.comma_apart", token, fix=with_semicolons(written.strip()))
    raise statement.error("source.expected_shape", token)


def _literal(expression: Expression) -> Any:
    """Evaluate numbers, signs, one fraction bar and brackets; anything else is refused."""
    stack: list[Any] = []
    for item in expression.items:
        count = item.arity
        parts = stack[len(stack) - count :] if count else []
        del stack[len(stack) - count :]
        try:
            value = _literal_item(item, parts)
        except GraphgradError as error:
            raise error.at(place_of(expression.text, item.start, item.end)) from None
        if value is None and item.kind == "name" and is_not_finite(item.value):
            raise SourceError("source.no_infinity", name=item.value, place=_span(expression))
        if value is None:
            raise SourceError("source.not_written_out", place=_span(expression))
        stack.append(value)
    result = stack[0]
    return result.value if isinstance(result, Number) else result.array()


def _literal_item(item: Item, parts: list[Any]) -> Any:
    if item.kind == "number":
        return Number(decimal_number(item.value))
    if item.kind == "prefix" and isinstance(parts[0], Number):
        return Number(-parts[0].value if item.value == "-" else parts[0].value)
    if item.kind == "infix" and item.value == "/":
        if all(isinstance(part, Number) for part in parts):
            if parts[1].value == 0:
                raise SourceError("source.zero_denominator")
            return Number(parts[0].value / parts[1].value)
    elif item.kind in ("array", "rows"):
        return _literal_array(item, parts)
    return None


def _literal_array(item: Item, parts: list[Any]) -> Any:
    found = joined(parts)
    if found is None:
        if all(isinstance(part, Number | ArrayLiteral) for part in parts):
            shapes = ", ".join(shape_text(getattr(part, "shape", ())) for part in parts)
            raise ShapeError("shape.stack", shapes=shapes)
        return None
    if item.kind == "rows":
        return in_rows(found, tuple(map(int, item.value.split("x"))))
    return found


def _initial(
    statement: Statement,
    expression: Expression,
    shape: Shape | None,
    number: Callable[[str], Any],
) -> LeafValue:
    """Return the value of ``he_normal(draw=1)`` and its like."""
    item = expression.items[-1]
    row = find_initialiser(item.value)
    if row is None:
        known = list(INITIAL_VALUES)
        raise SourceError(
            "source.unknown_initial",
            name=item.value,
            known=", ".join(known),
            near=near(item.value, known),
            place=place_of(expression.text, item.start, item.end),
        )
    if shape is None:
        raise SourceError(
            "source.initial_needs_shape", name=statement.name, place=_span(expression)
        )
    for part in expression.items[:-1]:
        if part.kind == "keyword" and setting_word(part.value) not in row.arguments:
            raise _argument_error(expression, item)
    arguments, stack = {}, list[Fraction]()
    for part in expression.items[:-1]:
        if part.kind == "number":
            stack.append(decimal_number(part.value))
        elif part.kind == "prefix" and stack:
            stack.append(-stack.pop() if part.value == "-" else stack.pop())
        elif part.kind == "name" and isinstance(number(part.value), int | Fraction):
            stack.append(Fraction(number(part.value)))
        elif part.kind == "keyword" and stack:
            setting = setting_word(part.value)
            if setting in arguments:
                raise SourceError("source.setting_twice", name=setting, place=_span(expression))
            arguments[setting] = stack.pop()
        else:
            raise SourceError("source.not_written_out", place=_span(expression))
    if stack:
        raise _argument_error(expression, item)
    for name, given in arguments.items():
        wanted = _wanted(name, given)
        if wanted:
            place = _span(expression)
            raise SourceError(wanted, name=name, got=given, place=place)
    try:
        if prod(shape) <= LARGE:
            return LeafValue(initial_value(item.value, shape, arguments), shape)
        initial_value(item.value, (1,) * len(shape), arguments)  # arguments that do not fit
        return LeafValue(partial(initial_value, item.value, shape, arguments), shape)
    except LimitError as error:
        raise error.at(_span(expression)) from None
    except (KeyError, TypeError, ValueError):
        raise _argument_error(expression, item) from None


def _wanted(name: str, given: Fraction) -> str:
    """Return the message of a setting of an initial value that is out of range, else nothing."""
    if abs(given) >= _LARGEST:
        return "source.initial_large"
    if name in _POSITIVE and given <= 0:
        return "source.initial_positive"
    if name == "draw" and (given != int(given) or not 0 <= given < _DRAWS):
        return "source.initial_whole"
    return "source.initial_probability" if name == "p" and not 0 <= given <= 1 else ""


def _argument_error(expression: Expression, item: Item) -> SourceError:
    row = find_initialiser(item.value)
    defaults = {} if row is None else row.arguments
    wanted = ", ".join(
        f"{name}=..." if value is None else f"{name}={value}" for name, value in defaults.items()
    )
    return SourceError(
        "source.initial_arguments",
        name=item.value,
        expected=f"{item.value}({wanted})",
        place=_span(expression),
    )


def _span(expression: Expression) -> Place:
    start, end = expression.span
    return place_of(expression.text, start, end)
