"""Read a `train` line: an optimizer, then ``key=value`` for epochs, batch and the rest."""

from __future__ import annotations

from typing import Any

from graphgrad.errors import Place, SourceError, UsageError
from graphgrad.expr.items import Item
from graphgrad.expr.parser import parse_tokens
from graphgrad.expr.tokens import Token, place_of
from graphgrad.graph.blocks import Call, Recipe
from graphgrad.layers.training.recipe import check_recipe
from graphgrad.messages.keywords import setting_word
from graphgrad.source.programs.known_values import split_arguments, value_of
from graphgrad.source.programs.workspace import Workspace
from graphgrad.source.statements import Statement

__all__ = ["read_recipe"]


def read_recipe(statement: Statement, workspace: Workspace) -> Recipe:
    """Return what a `train` line says, as the file writes it.

    Raises:
        SourceError: if it is not of the form ``train adam(rate=0.01), epochs=200``, or asks for
            what no training has: a file is refused before any command goes by it.
    """
    recipe = _read(statement, workspace)
    try:
        check_recipe(recipe)
    except UsageError as error:
        raise SourceError(
            error.message_id, place=_place(statement, error.fields), **error.fields
        ) from None
    return recipe


def _place(statement: Statement, fields: dict[str, Any]) -> Place:
    """Return where the word at fault stands, or all that is behind ``train``."""
    rest = statement.tokens[1:]
    for key in ("setting", "key", "got", "name", "row"):
        word = fields.get(key)
        found = [t for t in rest if word in (t.value, setting_word(t.value))]
        if found:
            at = found[-1 if key == "name" else 0]  # what stands twice is wrong the second time
            return place_of(statement.text, at.start, at.end)
    return place_of(statement.text, rest[0].start, rest[-1].end)


def _read(statement: Statement, workspace: Workspace) -> Recipe:
    word, *rest = statement.tokens
    if not rest:
        raise statement.error("source.train_form", None)
    opening = Token("bracket", "(", word.end, word.end)
    closing = Token("bracket", ")", rest[-1].end, rest[-1].end)
    tokens = [word, opening, *rest, closing]
    expression = parse_tokens(statement.text, tokens, 0, workspace.dialect)
    call = expression.items[-1]
    first, *others = split_arguments(expression.items[:-1], call.arity)
    if first[-1].kind not in ("name", "call"):
        raise statement.error("source.train_form", rest[0])
    keys: dict[str, Any] = {}
    for argument in others:
        key = argument[-1]
        if key.kind != "keyword":
            raise _error("source.train_key", argument, statement)
        if key.value in keys:
            raise _error("source.setting_twice", argument, statement, name=key.value)
        keys[key.value] = value_of(argument[:-1], expression, workspace)
    if first[-1].kind == "name":
        return Recipe(Call(first[-1].value), tuple(keys.items()))
    return Recipe(value_of(first, expression, workspace), tuple(keys.items()))


def _error(message: str, items: list[Item], statement: Statement, **fields: Any) -> SourceError:
    start, end = min(item.start for item in items), max(item.end for item in items)
    got = statement.text[start:end]
    return SourceError(message, got=got, place=place_of(statement.text, start, end), **fields)
