"""Read the heads of bodies: ``for t = 1:4``, ``for a in [relu, tanh]``, ``def block(x, n=2)``."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphgrad.errors import SourceError
from graphgrad.expr.dialect import Dialect
from graphgrad.expr.items import Expression
from graphgrad.expr.parser import parse_tokens
from graphgrad.expr.tokens import Token
from graphgrad.messages.keywords import meant
from graphgrad.source.programs.known_values import value_of, whole
from graphgrad.source.programs.scopes import REQUIRED
from graphgrad.source.programs.workspace import Workspace
from graphgrad.source.statements import Statement

__all__ = ["DefHead", "ForHead", "read_def", "read_for"]


class ForHead(NamedTuple):
    """What a ``for`` runs over.

    Attributes:
        letter: has another value in every pass.
        first: the lower bound, as written; None for a list.
        last: the upper bound.
        members: the list.
    """

    letter: Token
    first: Expression | None
    last: Expression | None
    members: tuple[Expression, ...]

    def values(self, workspace: Workspace) -> range | list[Any]:
        """Return the letter's values, in the order of the passes.

        Raises:
            SourceError: if a bound is not known while the file is read.
        """
        if self.first is None or self.last is None:
            return [_member(member, workspace) for member in self.members]
        first = whole(self.first.items, self.first, workspace)
        last = whole(self.last.items, self.last, workspace)
        return range(first, last + 1) if first <= last else range(first, last - 1, -1)


def _member(member: Expression, workspace: Workspace) -> Any:
    """Return a member of a list: a number, or the name of a row, a layer or a line."""
    [*_, item] = member.items
    if len(member.items) == 1 and item.kind == "name":
        number = None if workspace.get(item.value) is not None else workspace.number(item.value)
        return item.value if number is None else number
    value = value_of(member.items, member, workspace)
    if isinstance(value, bool) or not isinstance(value, int):
        start, end = member.span
        error = SourceError("source.list_member", got=member.text[start:end])
        raise error.at(_place(member))
    return value


def _place(expression: Expression) -> Any:
    from graphgrad.expr.tokens import place_of

    return place_of(expression.text, *expression.span)


def read_for(statement: Statement, dialect: Dialect) -> ForHead:
    """Return what stands behind ``for``.

    Raises:
        SourceError: if it is neither a range nor a list.
    """
    tokens = statement.tokens
    letter = tokens[1] if len(tokens) > 1 else None
    if letter is None or letter.kind != "name" or "." in letter.value:
        raise statement.error("source.for_letter", letter)
    sign = tokens[2] if len(tokens) > 2 else None
    if sign is not None and sign.kind == "name" and meant(sign.value) == "in":
        return _over_list(statement, letter, dialect)
    if sign is None or sign.value != "=":
        raise statement.error("source.for_form", sign, letter=letter.value)
    return _over_range(statement, letter, dialect)


def _over_range(statement: Statement, letter: Token, dialect: Dialect) -> ForHead:
    tokens = statement.tokens
    colons = [k for k, token in enumerate(tokens) if token.value == ":"]
    if not colons:
        dots = _dots(tokens)
        if dots is not None:
            raise statement.error("source.for_dots", tokens[dots], fix=_without_dots(tokens, dots))
        raise statement.error("source.for_form", tokens[-1], letter=letter.value)
    if len(colons) > 1 or colons[0] == 3 or colons[0] == len(tokens) - 1:
        raise statement.error("source.for_bounds", tokens[colons[-1]], letter=letter.value)
    first = parse_tokens(statement.text, tokens[: colons[0]], 3, dialect)
    last = parse_tokens(statement.text, tokens, colons[0] + 1, dialect)
    return ForHead(letter, first, last, ())


def _dots(tokens: list[Token]) -> int | None:
    """Return the token at which ``1..4`` stands, which is read as 1. and .4."""
    for k in range(3, len(tokens)):
        if tokens[k].value.endswith(".") and tokens[k].kind == "number":
            return k
    return None


def _without_dots(tokens: list[Token], at: int) -> str:
    last = tokens[at + 1].value.lstrip(".") if at + 1 < len(tokens) else "4"
    return f"{tokens[at].value.rstrip('.')}:{last}"


def _over_list(statement: Statement, letter: Token, dialect: Dialect) -> ForHead:
    tokens = statement.tokens
    values = [token.value for token in tokens]
    if values[3:4] != ["["] or values[-1] != "]":
        raise statement.error("source.for_form", tokens[-1], letter=letter.value)
    parts = _parts(tokens[4:-1])
    if not parts or not all(parts):
        raise statement.error("source.for_empty", tokens[-1], letter=letter.value)
    members = tuple(parse_tokens(statement.text, part, 0, dialect) for part in parts)
    return ForHead(letter, None, None, members)


def _parts(tokens: list[Token]) -> list[list[Token]]:
    """Return tokens split at the separators outside brackets."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
        if token.value in (",", ";") and not depth:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts if parts != [[]] else []


class DefHead(NamedTuple):
    """What stands behind ``def``; ``formula`` is the first token of the short form's formula."""

    name: Token
    inputs: tuple[str, ...]
    settings: dict[str, Any]
    formula: int


def read_def(statement: Statement, workspace: Workspace) -> DefHead:
    """Return the head of a definition.

    Raises:
        SourceError: if it is none.
    """
    tokens = statement.tokens
    name = tokens[1] if len(tokens) > 1 else None
    if name is None or name.kind != "name" or "." in name.value:
        raise statement.error("source.def_name", name)
    if len(tokens) < 4 or tokens[2].value != "(":
        raise statement.error("source.def_form", tokens[-1], name=name.value)
    closing = _closing(tokens)
    if closing is None:
        raise statement.error("source.def_form", tokens[-1], name=name.value)
    inputs: list[str] = []
    settings: dict[str, Any] = {}
    for part in _parts(tokens[3:closing]):
        _read_parameter(statement, part, inputs, settings, workspace)
    formula = 0
    if closing + 1 < len(tokens):
        if tokens[closing + 1].value != "=" or closing + 2 == len(tokens):
            raise statement.error("source.def_form", tokens[-1], name=name.value)
        formula = closing + 2
    return DefHead(name, tuple(inputs), settings, formula)


def _closing(tokens: list[Token]) -> int | None:
    depth = 0
    for k, token in enumerate(tokens):
        depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
        if k > 2 and depth == 0:
            return k
    return None


def _read_parameter(
    statement: Statement,
    part: list[Token],
    inputs: list[str],
    settings: dict[str, Any],
    workspace: Workspace,
) -> None:
    """Enter an input, or a setting with its default."""
    if not part or part[0].kind != "name" or "." in part[0].value:
        raise statement.error("source.def_parameter", part[0] if part else None)
    name = part[0].value
    if name in inputs or name in settings:
        raise statement.error("source.def_twice", part[0], name=name)
    if len(part) == 1:
        if settings:
            raise statement.error("source.def_order", part[0], name=name)
        inputs.append(name)
    elif part[1].value != "=" or len(part) == 2:
        raise statement.error("source.def_parameter", part[1])
    elif part[2].value == "?" and len(part) == 3:
        settings[name] = REQUIRED
    else:
        default = parse_tokens(statement.text, part, 2, workspace.dialect)
        settings[name] = value_of(default.items, default, workspace)
