"""Run the body of a ``for`` once per value of its letter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphgrad.errors import SourceError
from graphgrad.ops.registry import find
from graphgrad.source.programs.heads import ForHead, read_for
from graphgrad.source.programs.tasks import Running, Task
from graphgrad.source.programs.workspace import Within
from graphgrad.source.statements import Statement
from graphgrad.source.tree import Body, Piece

__all__ = ["Loops", "filled"]


def filled(inner: Iterable[Piece | Body]) -> list[Piece | Body]:
    """Return what stands in a body, without blank rows and comments."""
    return [thing for thing in inner if isinstance(thing, Body) or thing.text.strip()]


class Loops:
    """Run loops; heads are read once, however often a loop inside another one begins.

    Args:
        runner: runs the statements in them.
    """

    def __init__(self, runner: Running) -> None:
        self.runner = runner
        self.heads: dict[Piece, ForHead] = {}

    def repeat(self, body: Body) -> Task:
        """Return the task of all passes.

        Raises:
            SourceError: if the head is none, or its letter has another meaning.
        """
        workspace = self.runner.workspace
        workspace.piece = body.head
        statement, _ = self.runner.parsed(body.head)
        head = self.heads.get(body.head)
        if head is None:
            head = self.heads[body.head] = read_for(statement, workspace.dialect)
        inner = filled(body.inner)
        if not inner:
            raise statement.error("source.empty_body", statement.tokens[0])
        letter = self._free_letter(statement, head)
        values = head.values(workspace)
        if not workspace.scope.open:
            workspace.refuse_passes(self._least(body, len(values)))
        return self._passes(body.head, letter, values, inner)

    def _least(self, body: Body, passes: int) -> int:
        """Return how many passes a loop and those inside it make at least."""
        each = 1
        for thing in body.inner:
            if isinstance(thing, Body):
                try:
                    statement, _ = self.runner.parsed(thing.head)
                    head = read_for(statement, self.runner.workspace.dialect)
                    each += self._least(thing, len(head.values(self.runner.workspace)))
                except SourceError:
                    continue  # its bounds depend on a letter, or are told when it runs
        return passes * each

    def _passes(
        self, head: Piece, letter: str, values: Iterable[Any], inner: list[Piece | Body]
    ) -> Task:
        workspace = self.runner.workspace
        scope = workspace.scope
        scope.open.append(letter)
        workspace.trail.append(Within("", {}))
        for value in values:
            workspace.piece = head
            workspace.trail[-1] = Within(
                "source.within.pass", {"letter": letter, "value": value, "line": head.number}
            )
            workspace.count_pass()
            scope.words[letter] = value
            for thing in inner:
                task = self.runner.inner(thing)
                if task is not None:
                    yield task
        workspace.trail.pop()
        scope.open.pop()
        scope.words.pop(letter, None)

    def _free_letter(self, statement: Statement, head: ForHead) -> str:
        """Return the letter of a loop, which has no other meaning."""
        workspace, letter = self.runner.workspace, head.letter.value
        taken = workspace.get(letter) is not None or letter in workspace.scope.words
        if taken or workspace.family(letter) is not None or find(letter) is not None:
            raise statement.error("source.letter_taken", head.letter, letter=letter)
        return letter
