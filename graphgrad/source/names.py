"""Explain a name that is not known where it is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.expr.dialect import STRICT
from graphgrad.messages.catalogue import near
from graphgrad.ops.registry import find
from graphgrad.source.statements import Statement, opening_word, read_statement
from graphgrad.source.targets import read_target
from graphgrad.source.tree import Body, Piece, nested

__all__ = ["Definitions", "is_not_finite", "unknown_name"]

_MOST = 10_000
"""Members of families that are looked through for a message."""
_SHORT = 80
_Names = tuple[tuple[Any, ...], list[Any]]
"""What a line defines and what it reads: targets, whose names depend on the pass of a loop."""


class Defined(NamedTuple):
    """Where a name is defined, and the names on the right-hand side."""

    line: int
    uses: list[str]


class Definitions:
    """Where every name of a file, or of a body, is defined; read only when a message needs it.

    Args:
        tree: its pieces.
        values_of: returns the values of a ``for`` from its head, where they can be known.
    """

    def __init__(
        self, tree: Iterable[Piece | Body], values_of: Callable[[Piece], Iterable[Any]]
    ) -> None:
        self.tree = tree
        self.values_of = values_of
        self._found: dict[str, Defined] | None = None
        self.families: dict[str, int] = {}

    @property
    def found(self) -> dict[str, Defined]:
        """Map each defined name, members of families too, to where it is defined."""
        if self._found is None:
            self._found = {}
            statements: dict[
                tuple[int, str], _Names
            ] = {}  # a loop's are read once, and named once per pass
            for piece, words in self._pieces():
                if piece.error is not None:
                    raise piece.error  # before any word on names, which it may have hidden
                key = (piece.number, piece.text)
                if key not in statements:
                    statements[key] = _names_in(piece)
                defined, read = statements[key]
                uses = [one.name(words) for one in read] if defined else []
                for target in defined:
                    name = target if isinstance(target, str) else target.name(words)
                    if "[" in name:
                        self.families.setdefault(name.partition("[")[0], piece.number)
                    self._found.setdefault(name, Defined(piece.number, uses))
        return self._found

    def _pieces(self) -> Iterator[tuple[Piece, Mapping[str, Any]]]:
        """Yield the pieces outside definitions, those of a loop once per pass."""
        work: list[tuple[Iterator[Piece | Body], Mapping[str, Any]]] = []
        work.append((iter(_lenient(self.tree)), {}))
        left = _MOST
        while work:
            pieces, words = work[-1]
            thing = next(pieces, None)
            if thing is None:
                work.pop()
            elif isinstance(thing, Piece):
                if thing.text.strip():
                    yield thing, words
            elif opening_word(thing.head.text) == "for" and left > 0:
                letter, values = self._values(thing.head)
                left -= len(values) * sum(map(_weight, thing.inner))
                passes = [(iter(thing.inner), {**words, letter: value}) for value in values]
                work += reversed(passes)

    def _values(self, head: Piece) -> tuple[str, list[Any]]:
        tokens = head.text.split()
        letter = re.match(r"[^\W\d]\w*", tokens[1]) if len(tokens) > 1 else None
        try:
            values = list(zip(range(_MOST), self.values_of(head), strict=False))
        except GraphgradError:
            values = []
        return (letter[0] if letter else ""), [value for _, value in values]

    def __contains__(self, name: str) -> bool:
        return name in self.found or name in self.families

    def line(self, name: str) -> int:
        """Return where a name, or a member of the family of that name, is first defined."""
        defined = self.found.get(name)
        return defined.line if defined is not None else self.families[name]

    def cycle(self, name: str) -> list[str]:
        """Return the names of the shortest cycle of definitions from a name to itself, or none."""
        found = self.found
        users: dict[str, str] = {}
        queue = [name]
        for user in queue:
            for used in found[user].uses if user in found else ():
                if used == name:
                    cycle = [name, user]
                    while cycle[-1] != name:
                        cycle.append(users[cycle[-1]])
                    return cycle[::-1]
                if used in found and used not in users:
                    users[used] = user
                    queue.append(used)
        return []


def _lenient(tree: Iterable[Piece | Body]) -> Iterator[Piece | Body]:
    """Yield pieces and bodies; what stands behind a body without an end is left out."""
    pieces = list(tree)
    if any(isinstance(piece, Body) for piece in pieces):
        yield from pieces
        return
    try:
        yield from nested(piece for piece in pieces if isinstance(piece, Piece))
    except GraphgradError:
        return


def _weight(thing: Piece | Body) -> int:
    """Return how many short lines a line counts as."""
    return 1 + len(thing.text) // _SHORT if isinstance(thing, Piece) else 1


def _names_in(piece: Piece) -> _Names:
    """Return what a piece defines, names or targets with subscripts, and what it reads."""
    try:
        statement = read_statement(piece.text, STRICT)
    except GraphgradError:
        return (), []
    only_named = not statement.start.bare and "=" not in piece.text  # as in `loss L`
    if statement.start.takes != "name" or only_named:
        return (), []
    return tuple(statement.targets) or (statement.name,), _uses(statement)


def _uses(statement: Statement) -> list[Any]:
    """Return the names behind ``=``, some of them members of families."""
    tokens, position = statement.tokens, statement.rest
    uses = []
    while position < len(tokens):
        found = read_target(tokens, position)
        if found is None:
            position += 1
            continue
        target, position = found
        uses.append(target)
    return uses


def is_not_finite(name: str) -> bool:
    """Tell whether a name is a word for infinity or for what is no number."""
    return name.casefold() in ("inf", "infinity", "infinito", "infty", "nan")


def unknown_name(
    name: str, user: str, known: Iterable[str], definitions: Definitions
) -> SourceError:
    """Return the error for a name used before, or without, a definition."""
    if name in definitions:
        cycle = definitions.cycle(name)
        if cycle:
            start = cycle.index(name)
            path = [*cycle[start:-1], *cycle[:start], name]
            return SourceError("source.cycle", name=name, cycle=" → ".join(path))
        line = definitions.line(name)
        return SourceError("source.defined_later", name=name, line=line, user=user)
    if find(name) is not None:
        return SourceError("source.function_as_name", name=name)
    if is_not_finite(name):
        return SourceError("source.no_infinity", name=name)
    return SourceError("source.unknown_name", name=name, near=near(name, list(known)))
