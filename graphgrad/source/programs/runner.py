"""Run statements where they stand: in the file, in every pass of a loop, in a call.

What takes a statement returns None when it is done, or a task: a generator that yields further
tasks. Tasks wait on a list, not on Python's own stack, so that calls may nest.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Any

from graphgrad.errors import LimitError, SourceError
from graphgrad.expr.items import Expression
from graphgrad.expr.parser import parse_tokens
from graphgrad.ops.registry import find
from graphgrad.source.leaves import read_leaf
from graphgrad.source.lower import Lowering
from graphgrad.source.programs.expansion import Expansion
from graphgrad.source.programs.heads import ForHead, read_def, read_for
from graphgrad.source.programs.scopes import Definition, Scope
from graphgrad.source.programs.words import FileWords
from graphgrad.source.programs.workspace import Within, Workspace
from graphgrad.source.statements import Statement, read_statement
from graphgrad.source.targets import Target
from graphgrad.source.tree import Body, Piece

__all__ = ["Runner", "Task"]

Task = Generator[Any, Any, Any]
DEEPEST_CALLS = 200


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
        self.expansion = Expansion(workspace, self.lowering, self.call)
        self.parsed: dict[Piece, tuple[Statement, Expression | None]] = {}
        self.heads: dict[Piece, ForHead] = {}
        self.last = ""

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

    def _inner(self, thing: Piece | Body) -> Task | None:
        """Run a statement of a body."""
        workspace = self.workspace
        if isinstance(thing, Body):
            workspace.piece = thing.head
            statement, _ = self._parsed(thing.head)
            self._refuse_outside(statement)
            return self.repeat(thing)
        if not thing.text or thing.text.isspace():
            return None
        workspace.piece = thing
        if thing.error is not None:
            raise thing.error
        statement, expression = self._parsed(thing)
        self._refuse_outside(statement)
        reader = statement.start.reader
        if reader == "assignment":
            return self.assign(statement, expression)
        if reader == "leaf":
            self.leaf(statement)
        if reader == "layer":
            self.layer(statement)
        return None  # `out` is read with the definition

    def _parsed(self, piece: Piece) -> tuple[Statement, Expression | None]:
        """Return a statement of a body and its formula, read once for all passes."""
        found = self.parsed.get(piece)
        if found is None:
            statement = read_statement(piece.text, self.workspace.dialect)
            expression = None
            if statement.keyword == "=":
                expression = self._formula(statement)
            found = self.parsed[piece] = statement, expression
        return found

    def _refuse_outside(self, statement: Statement) -> None:
        """Refuse a statement that has no place in a body."""
        scope = self.workspace.scope
        where = "for" if scope.open else "def"
        if where not in statement.start.inside:
            word = statement.text.split()[0]
            message = (
                "source.layer_in_for" if statement.keyword == "layer" else "source.not_in_body"
            )
            raise statement.error(message, statement.tokens[0], word=word, where=where)

    # ---- loops ----

    def repeat(self, body: Body) -> Task:
        """Run a body once per value of its letter."""
        workspace = self.workspace
        workspace.piece = body.head
        statement, _ = self._parsed(body.head)
        head = self.heads.get(body.head)
        if head is None:
            head = self.heads[body.head] = read_for(statement, workspace.dialect)
        inner = [thing for thing in body.inner if isinstance(thing, Body) or thing.text.strip()]
        if not inner:
            raise statement.error("source.empty_body", statement.tokens[0])
        letter = self._free_letter(statement, head)
        values = head.values(workspace)
        return self._passes(body.head, letter, values, inner)

    def _passes(
        self, head: Piece, letter: str, values: Iterable[Any], inner: list[Piece | Body]
    ) -> Task:
        workspace = self.workspace
        scope, used_at = workspace.scope, workspace.used_at
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
                task = self._inner(thing)
                if task is not None:
                    yield task
        workspace.trail.pop()
        scope.open.pop()
        scope.words.pop(letter, None)
        workspace.used_at = used_at

    def _free_letter(self, statement: Statement, head: ForHead) -> str:
        """Return the letter of a loop, which has no other meaning."""
        workspace, letter = self.workspace, head.letter.value
        taken = workspace.get(letter) is not None or letter in workspace.scope.words
        if taken or workspace.family(letter) is not None or find(letter) is not None:
            raise statement.error("source.letter_taken", head.letter, letter=letter)
        return letter

    # ---- lines ----

    def claim(self, statement: Statement) -> list[str]:
        """Return the names in the graph of the lines that a statement defines.

        Raises:
            SourceError: if a name has a meaning already, or lacks the letter of its loop.
        """
        workspace = self.workspace
        scope = workspace.scope
        if not statement.targets:
            if scope.open:
                raise self._without_letter(statement, statement.name, frozenset())
            name = scope.full(statement.name)
            if name in workspace.names or workspace.families:
                self._free(statement, name)
            return [name]
        names = []
        for target in statement.targets:
            if scope.open and not target.words.issuperset(scope.open):
                raise self._without_letter(statement, target.base, target.words)
            local = target.name(scope.words)
            name = scope.full(local)
            if name in workspace.names or workspace.families or name in names:
                self._free(statement, name, target.base, twice=name in names)
            for family, count in target.families(scope.words):
                member = local if len(target.pieces) > 1 and local.startswith(family + "[") else ""
                exact = member.count("]") == family.count("]") + 1 and member.endswith("]")
                workspace.join_family(scope.prefix + family, count, member if exact else "")
            names.append(name)
        return names

    def _without_letter(
        self, statement: Statement, name: str, words: frozenset[str]
    ) -> SourceError:
        token = next(t for t in statement.tokens if t.value == name)
        letters = [letter for letter in self.workspace.scope.open if letter not in words]
        fix = f"{name}[{','.join([*(w for w in self.workspace.scope.open)])}]"
        return statement.error(
            "source.without_letter", token, name=statement.name, letter=", ".join(letters), fix=fix
        )

    def _free(
        self, statement: Statement, name: str, base: str = "", *, twice: bool = False
    ) -> None:
        workspace = self.workspace
        token = next(t for t in statement.tokens if t.value == (base or statement.name))
        if name in workspace.names or twice:
            line = workspace.piece.number if twice else workspace.line_number(name)
            shown = name if name != workspace.scope.full(statement.name) else statement.name
            raise statement.error("source.reassigned", token, name=shown, line=line)
        family = workspace.families.get(name)
        if family is not None:
            shown = statement.name
            raise statement.error(
                "source.family_and_array", token, name=shown, line=family.line,
                example=family.members[0] if family.members else f"{shown}[1]",
            )  # fmt: skip

    def _formula(self, statement: Statement) -> Expression:
        """Return what stands behind ``=``."""
        tokens = statement.tokens
        if not statement.assigns:
            raise statement.error("source.expected_equals", tokens[-1], name=statement.name)
        if statement.rest + 1 >= len(tokens):
            raise statement.error("source.missing_value", tokens[-1], name=statement.name)
        return parse_tokens(statement.text, tokens, statement.rest + 1, self.workspace.dialect)

    def assign(self, statement: Statement, expression: Expression | None = None) -> Task | None:
        """Append the line, or the lines, of an assignment."""
        workspace = self.workspace
        if expression is None and not statement.assigns:
            self._formula(statement)  # raises
        names = self.claim(statement)
        if expression is None:
            expression = self._formula(statement)
        if self.declare is not None and workspace.scope.definition is None:
            self.declare(expression)
        if expression.folds or (expression.calls and self.expansion.concerns(expression)):
            return self._expanded(statement, names, expression)
        if len(names) > 1:
            raise self._result_count(statement, len(names), 1)
        self._lowered(statement, names[0], expression)
        return None

    def _lowered(self, statement: Statement, name: str, expression: Expression) -> None:
        workspace = self.workspace
        before = len(workspace.builder.columns)
        node = self.lowering.lower(expression)
        if node < before:
            workspace.builder.apply("identity", (node,))
        workspace.end_line(name, label=statement.label, group=workspace.group)
        self.last = name

    def _expanded(self, statement: Statement, names: list[str], expression: Expression) -> Task:
        """Append the lines of an assignment whose formula repeats, or calls what has lines."""
        rest = yield self.expansion.expanded(expression, names, statement.label)
        if rest is not None:
            if len(names) > 1:
                raise self._result_count(statement, len(names), 1)
            self._lowered(statement, names[0], rest)
        self.last = names[0]

    def _result_count(self, statement: Statement, got: int, expected: int) -> SourceError:
        return statement.error(
            "source.result_count", statement.tokens[0], got=got, expected=expected
        )

    def leaf(self, statement: Statement) -> None:
        """Append a leaf; a parameter of a layer's call is there already from the second call on."""
        workspace = self.workspace
        scope = workspace.scope
        owned = statement.keyword == "param" and scope.definition is not None
        if owned:
            self._own_parameter(statement)
            return
        [name] = self.claim(statement)
        self._new_leaf(statement, name, workspace.group)

    def _new_leaf(self, statement: Statement, name: str, group: str) -> int:
        workspace = self.workspace
        leaf = read_leaf(statement, workspace.dialect, workspace.number)
        if not statement.start.bare and leaf.value is None:
            raise statement.error("source.missing_value", None, name=statement.name)
        value = leaf.value
        if statement.keyword == "const" and name in workspace.sizes:
            value = workspace.sizes[name]
        workspace.builder.leaf(statement.keyword, value, leaf.shape)
        if statement.modifier:
            workspace.frozen[name] = None
        return workspace.end_line(name, label=statement.label, group=group)

    def _own_parameter(self, statement: Statement) -> None:
        """Append a parameter of a definition, or take the one that its layer has."""
        workspace = self.workspace
        scope = workspace.scope
        words = scope.words
        local = statement.targets[0].name(words) if statement.targets else statement.name
        name = scope.owner + local
        self.claim(statement)
        if scope.kept and name in workspace.owned:
            scope.given[local] = workspace.names[name]
        else:
            if scope.repeated:
                here = scope.definition.name if scope.definition is not None else ""
                token = statement.tokens[0]
                raise statement.error("source.parameters_in_for", token, name=here, line=name)
            if name in workspace.names:
                self._free(statement, name)
            scope.given[local] = self._new_leaf(statement, name, scope.owner_group)
            workspace.owned[name] = _kind_of(statement.name)
        scope.parameters[name] = None

    # ---- definitions and layers ----

    def define(self, statement: Statement, body: Body | None) -> None:
        """Enter a definition."""
        workspace = self.workspace
        head = read_def(statement, workspace)
        name = head.name.value
        self.expansion.refuse_taken(statement, head.name)
        inner = (
            []
            if body is None
            else [thing for thing in body.inner if isinstance(thing, Body) or thing.text.strip()]
        )
        if body is not None and not inner:
            raise statement.error("source.empty_body", statement.tokens[0])
        results = self._results(inner)
        workspace.definitions[name] = Definition(
            name, head.inputs, head.settings, tuple(inner), results, workspace.piece,
            len(workspace.definitions), head.formula,
        )  # fmt: skip

    def _results(self, inner: list[Piece | Body]) -> tuple[Target, ...]:
        """Return what the ``out`` of a body names, or else its last line."""
        head = self.workspace.piece
        results: tuple[Target, ...] = ()
        last: tuple[Target, ...] = ()
        for thing in inner:
            last = ()
            if isinstance(thing, Body):
                continue
            self.workspace.piece = thing
            if thing.error is not None:
                raise thing.error
            statement, _ = self._parsed(thing)
            if "def" not in statement.start.inside:
                self._refuse_in_def(statement)
            if statement.keyword == "out":
                if results:
                    raise statement.error("source.second_out", statement.tokens[0])
                results = self.expansion.read_out(statement)
            elif statement.name:
                last = statement.targets or (Target((statement.name,), 0, 0),)
        self.workspace.piece = head
        return results or last

    def _refuse_in_def(self, statement: Statement) -> None:
        word = statement.text.split()[0]
        raise statement.error("source.not_in_body", statement.tokens[0], word=word, where="def")

    def layer(self, statement: Statement) -> None:
        """Enter what a `layer` line makes."""
        self.expansion.layer(statement, self._formula(statement))

    def call(
        self,
        definition: Definition,
        arguments: dict[str, int],
        settings: dict[str, Any],
        names: list[str],
        scope: Scope,
    ) -> Task:
        """Run the body of a definition; its lines are those of one call."""
        workspace = self.workspace
        calls = sum(found.message_id == "source.within.call" for found in workspace.trail)
        if calls >= DEEPEST_CALLS:
            raise LimitError("source.deep_calls", limit=DEEPEST_CALLS)
        outer = workspace.scope, workspace.piece, workspace.used_at, self.lowering.names
        line = workspace.piece.number
        workspace.trail.append(
            Within(
                "source.within.call", {"name": definition.name, "result": names[0], "line": line}
            )
        )
        workspace.used_at = workspace.used_at or line
        workspace.scope = scope
        self.lowering.names = workspace
        scope.given.update(arguments)
        scope.words.update(settings)
        results = self.expansion.locals_of(definition, len(names))
        scope.results.update(zip(results, names, strict=True))
        yield self._body(definition, names)
        workspace.piece = outer[1]
        for local, name in zip(results, names, strict=True):
            if name not in workspace.names:
                self._pass_on(definition, local, name)
        workspace.trail.pop()
        workspace.scope, workspace.piece, workspace.used_at, self.lowering.names = outer

    def _body(self, definition: Definition, names: list[str]) -> Task:
        workspace = self.workspace
        if definition.formula:
            workspace.piece = definition.piece
            statement, _ = self._parsed(definition.piece)
            formula = self.expansion.short_formula(definition, statement)
            if formula.folds or (formula.calls and self.expansion.concerns(formula)):
                yield self._expanded(statement, names, formula)
            else:
                self._lowered(statement, names[0], formula)
            return
        for thing in definition.inner:
            task = self._inner(thing)
            if task is not None:
                yield task

    def _pass_on(self, definition: Definition, local: str, name: str) -> None:
        """End a result that is an argument, or a line of a loop, with an identity."""
        workspace = self.workspace
        node = workspace.scope.given.get(local)
        if node is None:
            node = workspace.names.get(workspace.scope.prefix + local)
        if node is None and not definition.results:
            node = workspace.names.get(self.last)
        if node is None:
            raise SourceError("source.no_result", name=definition.name, got=local)
        workspace.builder.apply("identity", (node,))
        workspace.end_line(name, group=workspace.group)


def _kind_of(name: str) -> str:
    """Return what a parameter is to penalties: a bias by its name, else a weight."""
    last = name.rpartition(".")[2].partition("[")[0].rstrip("0123456789_")
    return "bias" if last in _BIASES else "weight"


_BIASES = frozenset({"b", "bias", "sesgo"})
