"""Say where a call stands: the names of its lines, its groups, the owner of its parameters."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphgrad.errors import SourceError
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.tokens import place_of
from graphgrad.source.programs.scopes import Instance

__all__ = ["Site"]


class Site(NamedTuple):
    """Where a call stands.

    Attributes:
        names: of the lines that it defines.
        path: in front of its inner lines.
        owner: in front of its parameters.
        group: of its lines.
        owner_group: of its parameters.
        instance: the `layer` line that it calls, or None.
        fresh: whether parameters of its own are wanted in every pass of a loop.
        item: its name in the formula.
        expression: the formula.
    """

    names: list[str]
    path: str
    owner: str
    group: str
    owner_group: str
    instance: Instance | None
    fresh: bool
    item: Item
    expression: Expression

    def error(self, message: str, **fields: Any) -> SourceError:
        """Return an error at the name of the call."""
        place = place_of(self.expression.text, self.item.start, self.item.end)
        return SourceError(message, place=place, **fields)
