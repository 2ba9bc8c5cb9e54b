"""State what runs statements, for those whom it asks to run bodies and calls.

A task is a generator that yields further tasks; tasks wait on a list, not on Python's own stack, so
that calls may nest.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Protocol

from graphgrad.expr.items import Expression
from graphgrad.source.lower import Lowering
from graphgrad.source.programs.workspace import Workspace
from graphgrad.source.statements import Statement
from graphgrad.source.tree import Body, Piece

__all__ = ["Running", "Task"]

Task = Generator[Any, Any, Any]


class Running(Protocol):
    """What runs statements; see `graphgrad.source.programs.runner.Runner`."""

    workspace: Workspace
    lowering: Lowering
    last: str

    def parsed(self, piece: Piece) -> tuple[Statement, Expression | None]:
        """Return a statement of a body and its formula, read once."""

    def inner(self, thing: Piece | Body) -> Task | None:
        """Run a statement of a body."""

    def compute(
        self, statement: Statement, names: list[str], expression: Expression
    ) -> Task | None:
        """Append the lines of a formula."""

    def new_leaf(self, statement: Statement, name: str, group: str) -> int:
        """Append a leaf."""
