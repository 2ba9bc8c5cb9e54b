"""Check the relations that `assume` declares: ``0 < p < 1``, ``sum(t) = 1``, ``y in {0, 1}``.

The checker gives them their meaning; a file is refused here where they could have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.expr import Dialect, Token, parse_tokens, tokenize
from graphgrad.expr.tokens import place_of
from graphgrad.ops.registry import find
from graphgrad.source.leaves import literal

__all__ = ["check_relation"]

_MEMBER = re.compile(r"(?P<what>.+?)(?:\s+(?:in|en)\b|\s*∈)(?P<set>.*)")
_SIGNS = frozenset({"<", ">", "<=", ">=", "=", "==", "!="})
_BRACKETS = {"{": "}", "(": ")", "[": "]"}


def check_relation(
    text: str, start: int, dialect: Dialect, unknown: Callable[[str], SourceError | None]
) -> None:
    """Refuse a text that is no relation between declared names.

    Args:
        text: the line.
        start: the column, from 0, where the relation begins.
        dialect: how numbers are written.
        unknown: returns the error of a name that is not declared, None for the others.

    Raises:
        SourceError: with the place on the line.
    """
    member = _MEMBER.fullmatch(text, start)
    if member:
        _check_side(text, _tokens(text, start, member.end("what"), dialect), dialect, unknown)
        _check_set(text, member.start("set"), member["set"], dialect)
        return
    sides: list[list[Token]] = [[]]
    for token in _tokens(text, start, len(text), dialect):
        if token.kind == "operator" and token.value in _SIGNS:
            sides.append([])
        else:
            sides[-1].append(token)
    if len(sides) < 2 or not all(sides):
        place = place_of(text, start, len(text.rstrip()))
        raise SourceError("source.not_a_relation", got=text[start:].strip(), place=place)
    for side in sides:
        _check_side(text, side, dialect, unknown)


def _tokens(text: str, start: int, end: int, dialect: Dialect) -> list[Token]:
    """Return the tokens of a part of a line, with their columns on the line."""
    part = text[start:end]
    try:
        tokens = tokenize(part, dialect)
    except SourceError as error:
        place = error.place
        if place is not None:
            column = start + place.column - 1
            error.place = place_of(text, column, column + place.length)
        raise
    return [token._replace(start=token.start + start, end=token.end + start) for token in tokens]


def _check_side(
    text: str,
    tokens: list[Token],
    dialect: Dialect,
    unknown: Callable[[str], SourceError | None],
) -> None:
    """Refuse a side that is no formula, or uses a name that is not declared."""
    expression = parse_tokens(text, tokens, 0, dialect)
    values = {item.value for item in expression.items if item.kind == "name"}
    for token in tokens:
        error = unknown(token.value) if token.kind == "name" else None
        if error is not None and (token.value in values or find(token.value) is None):
            error.place = place_of(text, token.start, token.end)
            raise error


def _check_set(text: str, start: int, written: str, dialect: Dialect) -> None:
    """Refuse what is neither ``{0, 1}`` nor an interval ``(0, 1)``."""
    inside = written.strip()
    place = place_of(text, start + len(written) - len(written.lstrip()), len(text.rstrip()))
    if len(inside) < 3 or _BRACKETS.get(inside[0]) not in _BRACKETS.values():
        raise SourceError("source.not_a_set", got=inside, place=place)
    parts = re.split(";" if dialect.decimal_comma else "[;,]", inside[1:-1])
    closed = inside[-1] in (")", "]") if inside[0] in "([" else inside[-1] == "}"
    numbers = [_is_number(part.strip(), dialect) for part in parts]
    if not closed or not all(numbers) or (inside[0] != "{" and len(parts) != 2):
        raise SourceError("source.not_a_set", got=inside, place=place)


def _is_number(text: str, dialect: Dialect) -> bool:
    try:
        return bool(text) and not isinstance(literal(text, dialect), list)
    except GraphgradError:
        return False
