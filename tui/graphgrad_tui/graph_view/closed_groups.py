"""Say which groups of a graph are drawn as one box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.graph.groups import groups_around, parent_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphgrad.views.figure.content.parts import Part

__all__ = ["MOST_OPEN", "ClosedGroups"]

MOST_OPEN = 60
"""A graph of more boxes opens with its groups closed."""


class ClosedGroups:
    """The groups of a graph, and those that are closed.

    Attributes:
        all: every group, outer ones too, in the order of the file.
        closed: those drawn as one box; a group inside a closed one is not seen.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.of = {part.node: part.group for part in parts}
        found: dict[str, None] = {}
        for group in dict.fromkeys(self.of.values()):
            found.update(dict.fromkeys(groups_around(group)))
        self.all = tuple(found)
        self.closed: frozenset[str] = frozenset()
        if len(parts) > MOST_OPEN:
            self.closed = frozenset(group for group in self.all if not parent_group(group))

    def toggle(self, node: int) -> bool:
        """Open the closed group a node is in, else close its innermost one; tell if it has one."""
        outer = [group for group in groups_around(self.of.get(node, "")) if group in self.closed]
        if outer:
            self._open(outer[0])
            return True
        return self.close(node)

    def close(self, node: int) -> bool:
        """Close the innermost open group around a node; tell whether there is one."""
        around = [
            group for group in groups_around(self.of.get(node, "")) if group not in self.closed
        ]
        if not around:
            return False
        self.closed |= {around[-1]}
        return True

    def open_level(self) -> bool:
        """Open every outermost closed group; tell whether there was one."""
        outer = [g for g in self.closed if not self.closed & set(groups_around(g)[:-1])]
        for group in outer:
            self._open(group)
        return bool(outer)

    def _open(self, group: str) -> None:
        """Open a group; the groups right inside it are closed if there are any."""
        inner = {g for g in self.all if parent_group(g) == group}
        self.closed = (self.closed - {group}) | inner
