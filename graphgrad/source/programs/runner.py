"""Run statements where they stand: in the file, in every pass of a loop, in a call.

What takes a statement returns None when it is done, or a task. Loops, calls of layers and
definitions are loaded where a file has them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graphgrad.errors import SourceError
from graphgrad.expr.items import Expression
from graphgrad.expr.parser import parse_tokens
from graphgrad.ops.registry import find
from graphgrad.source.leaves import LeafValue, read_leaf
from graphgrad.source.lower import Lowering
from graphgrad.source.programs.claims import claimed
from graphgrad.source.programs.tasks import Task
from graphgrad.source.programs.words import FileWords, made_and_called
from graphgrad.source.programs.workspace import Workspace
from graphgrad.source.statements import Statement, read_statement
from graphgrad.source.tree import Body, Piece

if TYPE_CHECKING:
    from graphgrad.source.programs.definitions import Authored
    from graphgrad.source.programs.expansion import Expansion
    from graphgrad.source.programs.loops import Loops

__all__ = ["Runner"]


class Runner:
    """Run assignments, leaves and bodies.

    Args:
        workspace: receives the lines.
        words: tells what words mean, and words errors of names.
        declare: told every formula of the file before it is lowered; on a command line it declares
            unknown names.
    """

    def __init__(
        self, workspace: Workspace, words: FileWords, declare: Callable[[Expression], None] | None
    ) -> None:
        self.workspace = workspace
        self.words = words
        self.declare = declare
        self.lowering = Lowering(
            workspace.builder, workspace.names, words.unknown, words.is_euler, words
        )
        self.read_once: dict[Piece, tuple[Statement, Expression | None]] = {}
        self.last = ""

    # ---- what is loaded where it is needed ----

    @cached_property
    def loops(self) -> Loops:
        """Return what runs loops."""
        from graphgrad.source.programs.loops import Loops

        return Loops(self)

    @cached_property
    def authored(self) -> Authored:
        """Return what runs definitions and makes layers."""
        from graphgrad.source.programs.definitions import Authored

        return Authored(self)

    @cached_property
    def expansion(self) -> Expansion:
        """Return what runs repetitions and calls inside formulas."""
        from graphgrad.source.programs.expansion import Expansion

        return Expansion(self.workspace, self.lowering, self.authored.call)

    # ---- tasks ----

    def run(self, task: Task | None) -> Any:
        """Run a task with all tasks that it waits for."""
        waiting = [] if task is None else [task]
        value = None
        while waiting:
            try:
                inner = waiting[-1].send(value)
            except StopIteration as done:
                waiting.pop()
                value = done.value
            else:
                waiting.append(inner)
                value = None
        return value

    def inner(self, thing: Piece | Body) -> Task | None:
        """Run a statement of a body."""
        workspace = self.workspace
        piece = thing.head if isinstance(thing, Body) else thing
        workspace.piece = piece
        if piece.error is not None:
            raise piece.error
        statement, expression = self.parsed(piece)
        self.refuse_outside(statement)
        if isinstance(thing, Body):
            return self.loops.repeat(thing)
        reader = statement.start.reader
        if reader == "assignment":
            return self.assign(statement, expression)
        if reader == "leaf":
            self.leaf(statement)
        elif reader == "layer":
            self.layer(statement)
        return None  # `out` is read with the definition

    def parsed(self, piece: Piece) -> tuple[Statement, Expression | None]:
        """Return a statement of a body and its formula, read once for all passes."""
        found = self.read_once.get(piece)
        if found is None:
            statement = read_statement(piece.text, self.workspace.dialect)
            expression = self.formula(statement) if statement.keyword == "=" else None
            found = self.read_once[piece] = statement, expression
        return found

    def refuse_outside(self, statement: Statement) -> None:
        """Refuse a statement that has no place in the body in which it stands.

        Raises:
            SourceError: with what to do.
        """
        where = "for" if self.workspace.scope.open else "def"
        if where in statement.start.inside:
            return
        word = statement.tokens[0]
        made = statement.keyword == "layer"
        message = "source.layer_in_for" if made else "source.not_in_body"
        raise statement.error(message, word, word=word.value, where=where)

    # ---- lines ----

    def formula(self, statement: Statement) -> Expression:
        """Return what stands behind ``=``.

        Raises:
            SourceError: if it is no formula.
        """
        tokens = statement.tokens
        if not statement.assigns:
            raise statement.error("source.expected_equals", tokens[-1], name=statement.name)
        if statement.rest + 1 >= len(tokens):
            raise statement.error("source.missing_value", tokens[-1], name=statement.name)
        try:
            return parse_tokens(statement.text, tokens, statement.rest + 1, self.workspace.dialect)
        except SourceError as error:
            raise made_and_called(statement) or error from None

    def assign(self, statement: Statement, expression: Expression | None = None) -> Task | None:
        """Append the line, or the lines, of an assignment."""
        if expression is None and statement.rest + 1 >= len(statement.tokens):
            self.formula(statement)  # raises
        names = claimed(self.workspace, statement)
        if expression is None:
            expression = self.formula(statement)
        if self.declare is not None and self.workspace.scope.definition is None:
            self.declare(expression)
        return self.compute(statement, names, expression)

    def compute(
        self, statement: Statement, names: list[str], expression: Expression
    ) -> Task | None:
        """Append the lines of a formula."""
        if expression.folds or (expression.calls and self._concerns(expression)):
            return self._expanded(statement, names, expression)
        self._lowered(statement, names, expression)
        return None

    def _concerns(self, expression: Expression) -> bool:
        """Tell whether a formula calls what is no op; a layer hides the op of its name."""
        scope = self.workspace.scope
        for name in expression.calls:
            if name in scope.words or name in scope.layers or find(name) is None:
                return self.expansion.concerns(expression)
        return False

    def _lowered(self, statement: Statement, names: list[str], expression: Expression) -> None:
        workspace = self.workspace
        before = len(workspace.builder.columns)
        node = self.lowering.lower(expression)  # a word that is misspelt is told first
        if len(names) > 1:
            raise statement.error(
                "source.result_count", statement.tokens[0], got=len(names), expected=1
            )
        if node < before:
            workspace.builder.apply("identity", (node,))
        workspace.end_line(names[0], label=statement.label, group=workspace.group)
        self.last = names[0]

    def _expanded(self, statement: Statement, names: list[str], expression: Expression) -> Task:
        """Append the lines of an assignment whose formula repeats, or calls what has lines."""
        rest = yield self.expansion.expanded(expression, names, statement.label)
        if rest is not None:
            self._lowered(statement, names, rest)
        self.last = names[0]

    def leaf(self, statement: Statement) -> None:
        """Append a leaf; a parameter of a layer's call is there already from the second call on."""
        workspace = self.workspace
        if statement.keyword == "param" and workspace.scope.definition is not None:
            self.authored.parameter(statement)
            return
        [name] = claimed(workspace, statement)
        self.new_leaf(statement, name, workspace.group)

    def new_leaf(self, statement: Statement, name: str, group: str) -> int:
        """Append a leaf and return its node.

        Raises:
            SourceError: if its value is none.
        """
        workspace = self.workspace
        leaf = read_leaf(statement, workspace.dialect, workspace.number)
        if not statement.start.bare and leaf.value is None:
            raise statement.error("source.missing_value", None, name=statement.name)
        value = leaf.value
        if statement.keyword == "const" and name in workspace.sizes:
            value = workspace.sizes[name]
        if statement.modifier:
            workspace.frozen[name] = None
        given = LeafValue(value, leaf.shape)
        return self.append_leaf(statement.keyword, name, given, statement.label, group)

    def append_leaf(
        self, keyword: str, name: str, leaf: LeafValue, label: str = "", group: str = ""
    ) -> int:
        """Append a leaf of which all is known and return its node."""
        workspace = self.workspace
        workspace.builder.leaf(keyword, leaf.value, leaf.shape)
        if keyword == "param":
            workspace.kinds[name] = kind_of(name)
        return workspace.end_line(name, label=label, group=group)

    def layer(self, statement: Statement) -> None:
        """Enter what a `layer` line makes."""
        self.authored.layer(statement, self.formula(statement))


def kind_of(name: str) -> str:
    """Return what a parameter is to penalties: a bias by its name, else a weight.

    >>> kind_of("b_1"), kind_of("cell.W")
    ('bias', 'weight')
    """
    last = name.rpartition(".")[2].partition("[")[0].rstrip("0123456789_")
    return "bias" if last in _BIASES else "weight"


_BIASES = frozenset({"b", "bias", "sesgo"})
