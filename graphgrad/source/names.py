"""Explain a name that is not known where it is used."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graphgrad.errors import SourceError
from graphgrad.messages.catalogue import near
from graphgrad.ops.registry import find
from graphgrad.source.statements import words_of
from graphgrad.source.tree import Piece

__all__ = ["Definitions", "unknown_name"]

_DEFINED = re.compile(
    rf'^\s*(?:(?:{words_of("name")})\s+)?([^\W\d]\w*)\s*(?:"[^"]*"\s*)?'
    r"(?::\s*[0-9x]+\s*)?=(?!=)(.*)$",
    re.DOTALL,
)
_BARE = re.compile(
    rf'^\s*(?:{words_of("name", bare=True)})\s+([^\W\d]\w*)\s*(?:"[^"]*"\s*)?'
    r"(?::\s*[0-9x]+\s*)?$()"
)
"""A leaf without a value, and nothing on its right-hand side."""
_NAME = re.compile(r"[^\W\d]\w*")


class Definitions:
    """Where every name of a file is defined, read only when a message needs it."""

    def __init__(self, tree: Iterable[Piece]) -> None:
        self.tree = tree
        self._found: dict[str, tuple[int, list[str]]] | None = None

    @property
    def found(self) -> dict[str, tuple[int, list[str]]]:
        """Map each defined name to its line's number and the names on the right-hand side."""
        if self._found is None:
            self._found = {}
            for piece in self.tree:
                if piece.error is not None:
                    raise piece.error  # before any word on names, which it may have hidden
                match = _DEFINED.match(piece.text) or _BARE.match(piece.text)
                if match:
                    uses = _NAME.findall(match.group(2))
                    self._found.setdefault(match.group(1), (piece.number, uses))
        return self._found

    def cycle(self, name: str) -> list[str]:
        """Return the names of a cycle of definitions through a name, or an empty list."""
        from graphgrad.graph.nx import find_cycle  # networkx costs 0.1 s, a cycle is rare

        found = self.found
        reachable, queue = {name}, [name]
        while queue:
            for used in found.get(queue.pop(), (0, []))[1]:
                if used in found and used not in reachable:
                    reachable.add(used)
                    queue.append(used)
        cycle = find_cycle((user, used) for user in sorted(reachable) for used in found[user][1])
        return cycle if name in cycle else []


def unknown_name(
    name: str, user: str, known: Iterable[str], definitions: Definitions
) -> SourceError:
    """Return the error for a name used before, or without, a definition."""
    if name in definitions.found:
        cycle = definitions.cycle(name)
        if cycle:
            start = cycle.index(name)
            path = [*cycle[start:-1], *cycle[:start], name]
            return SourceError("source.cycle", name=name, cycle=" → ".join(path))
        return SourceError(
            "source.defined_later", name=name, line=definitions.found[name][0], user=user
        )
    if find(name) is not None:
        return SourceError("source.function_as_name", name=name)
    return SourceError("source.unknown_name", name=name, near=near(name, list(known)))
