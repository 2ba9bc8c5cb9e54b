"""Read what a file says about itself: version, title, declared relations and conventions.

A relation such as ``0 < p < 1``, ``sum(t) = 1`` or ``y in {0, 1}`` is refused here where it could
have no meaning; the checker gives it one.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.expr.dialect import COMMA, STRICT, Dialect
from graphgrad.expr.parser import parse_tokens
from graphgrad.expr.tokens import Token, place_of, relation_sides, tokenize
from graphgrad.graph.blocks import Recipe
from graphgrad.graph.graph import Heading, Table
from graphgrad.messages.languages.record import codes
from graphgrad.ops.registry import find
from graphgrad.source.leaves import literal
from graphgrad.source.statements import Statement, unquoted

__all__ = ["HeadingLines", "check_relation", "decimal_dialect", "read_title"]

VERSION = "1"
_MEMBER = re.compile(r"(?P<what>.+?)(?<!\s)\s*+(?:(?<=\s)(?:in|en)\b|∈)(?P<set>.*)")
_BRACKETS = {"{": "}", "(": ")", "[": "]"}


class HeadingLines:
    """Collect the statements of a file that declare no line.

    Args:
        undeclared: returns the error of a name that the file does not declare, else None.
    """

    def __init__(self, undeclared: Callable[[str], SourceError | None]) -> None:
        self.undeclared = undeclared
        self.title, self.titles = "", dict[str, str]()
        self.assumptions: list[str] = []
        self.conventions: list[str] = []
        self.recipe: Recipe | None = None

    def read(self, statement: Statement, dialect: Dialect) -> None:
        """Read a statement of which `STARTS` says that it is one of these."""
        getattr(self, f"_read_{statement.keyword}")(statement, dialect)

    def _read_gg(self, statement: Statement, _dialect: Dialect) -> None:
        version = statement.tokens[1].value if len(statement.tokens) == 2 else ""
        if version != VERSION:
            raise statement.error("source.version", statement.tokens[-1], got=version)

    def _read_title(self, statement: Statement, _dialect: Dialect) -> None:
        self.title, self.titles = read_title(statement)

    def _read_assume(self, statement: Statement, dialect: Dialect) -> None:
        relation, start = _rest(statement)
        check_relation(statement.text, start, dialect, self.undeclared)
        self.assumptions.append(relation)

    def _read_convention(self, statement: Statement, _dialect: Dialect) -> None:
        self.conventions.append(_rest(statement)[0])

    def heading(self, table: Table | None, path: str, places: array[int], **others: Any) -> Heading:
        """Return everything collected; the others are fields of `Heading` as they are."""
        assumptions, conventions = tuple(self.assumptions), tuple(self.conventions)
        return Heading(
            self.title,
            assumptions,
            conventions,
            table,
            recipe=self.recipe,
            titles=tuple(self.titles.items()),
            path=path,
            places=places,
            **others,
        )


def read_title(statement: Statement) -> tuple[str, dict[str, str]]:
    """Return the title, and those of ``title "Line" es "Recta"`` that are for a language.

    Raises:
        SourceError: if something else stands there, with its place.
    """
    keyword, *words = statement.tokens
    if not words or words[0].kind != "string":
        raise statement.error("source.title", (words or [keyword])[-1])
    first, *others = words
    titles: dict[str, str] = {}
    for code, told in zip_longest(others[::2], others[1::2]):
        if code.value not in codes() or code.value in titles:
            known = ", ".join(code for code in codes() if code not in titles)
            raise statement.error("source.title_language", code, got=code.value, known=known)
        if told is None or told.kind != "string":
            raise statement.error("source.title", told or code)
        titles[code.value] = unquoted(told.value)
    return unquoted(first.value), titles


def _rest(statement: Statement) -> tuple[str, int]:
    """Return what stands behind the keyword, and its column from 0."""
    start = statement.tokens[0].end
    rest = statement.text[start:].strip()
    if not rest:
        raise statement.error("source.nothing_said", None, keyword=statement.keyword)
    return rest, statement.text.index(rest, start)


def decimal_dialect(statement: Statement) -> Dialect:
    """Return how numbers are written behind a statement such as ``decimal comma``.

    Raises:
        SourceError: if it names neither sign.
    """
    words = [token.value for token in statement.tokens[1:]]
    if words not in (["comma"], ["point"], ["coma"], ["punto"]):
        raise statement.error("source.decimal", statement.tokens[-1])
    return COMMA if words[0] in ("comma", "coma") else STRICT


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
    sides, _ = relation_sides(_tokens(text, start, len(text), dialect))
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
    for token, after in zip_longest(tokens, tokens[1:]):
        setting = after is not None and after.value == "="
        error = unknown(token.value) if token.kind == "name" and not setting else None
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
