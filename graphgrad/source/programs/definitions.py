"""Run what an author defines: ``def`` and ``layer`` lines, and the bodies of calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphgrad.errors import LimitError, SourceError, UsageError
from graphgrad.expr.items import Expression
from graphgrad.expr.parser import parse_tokens
from graphgrad.expr.tokens import Token, place_of
from graphgrad.layers.registry import find_layer, layer_names, near_layers
from graphgrad.layers.row import Layer
from graphgrad.layers.settings import complete
from graphgrad.ops.registry import find
from graphgrad.source.programs.arguments import sorted_settings
from graphgrad.source.programs.claims import claimed, refuse_double
from graphgrad.source.programs.heads import read_def, read_for
from graphgrad.source.programs.known_values import split_arguments
from graphgrad.source.programs.loops import filled
from graphgrad.source.programs.scopes import Definition, Instance, Scope
from graphgrad.source.programs.tasks import Running, Task
from graphgrad.source.programs.workspace import Within
from graphgrad.source.statements import Statement
from graphgrad.source.targets import Target, read_target
from graphgrad.source.tree import Body, Piece

__all__ = ["DEEPEST_CALLS", "Authored"]

DEEPEST_CALLS = 200


class Authored:
    """Enter definitions and layers, and run the bodies of definitions.

    Args:
        runner: runs the statements in them.
    """

    def __init__(self, runner: Running) -> None:
        self.runner = runner
        self.workspace = runner.workspace
        self.short: dict[str, Expression] = {}

    # ---- definitions ----

    def define(self, statement: Statement, body: Body | None) -> None:
        """Enter a definition.

        Raises:
            SourceError: if its head or a line of its body is none.
        """
        workspace = self.workspace
        head = read_def(statement, workspace)
        if find(head.name.value) is not None or find_layer(head.name.value) is not None:
            raise statement.error("source.name_of_row", head.name, name=head.name.value)
        self.refuse_taken(statement, head.name)
        inner = [] if body is None else filled(body.inner)
        if body is not None and not inner:
            raise statement.error("source.empty_body", statement.tokens[0])
        results = self._results(inner, head.inputs)
        name = head.name.value
        if head.formula:
            self.short[name] = parse_tokens(
                statement.text, statement.tokens, head.formula, workspace.dialect
            )
        workspace.definitions[name] = Definition(
            name,
            head.inputs,
            head.settings,
            tuple(inner),
            results or (Target(("",), 0, 0),),
            workspace.piece,
            len(workspace.definitions),
            head.formula,
        )

    def _results(self, inner: list[Piece | Body], inputs: tuple[str, ...]) -> tuple[Target, ...]:
        """Return what the ``out`` of a body names, or else its last line."""
        head = self.workspace.piece
        results: tuple[Target, ...] = ()
        last: tuple[Target, ...] = ()
        known = {*inputs, *self._assigned(inner)}
        for thing in inner:
            last = ()
            piece = thing.head if isinstance(thing, Body) else thing
            self.workspace.piece = piece
            if piece.error is not None:
                raise piece.error
            statement, _ = self.runner.parsed(piece)
            if "def" not in statement.start.inside:
                word = statement.tokens[0]
                raise statement.error("source.not_in_body", word, word=word.value, where="def")
            if statement.keyword == "out":
                if results:
                    raise statement.error("source.second_out", statement.tokens[0])
                results = _read_out(statement)
                for target in results:
                    if target.base not in known:
                        at = next(t for t in statement.tokens[1:] if t.value == target.base)
                        names = ", ".join(sorted(known))
                        raise statement.error("source.no_result", at, got=target.base, known=names)
            elif statement.name:
                last = statement.targets or (Target((statement.name,), 0, 0),)
        self.workspace.piece = head
        return results or last

    def refuse_taken(self, statement: Statement, token: Token) -> None:
        """Refuse a name that is taken for a definition or a layer.

        A layer may have a row's name, as any line may: calls below mean the layer then.

        Raises:
            SourceError: with the line that has the name.
        """
        workspace, name = self.workspace, token.value
        line = 0
        if name in workspace.definitions:
            line = workspace.definitions[name].piece.number
        elif name in workspace.scope.layers:
            line = workspace.scope.layers[name].line
        elif name in workspace.names and workspace.scope.definition is None:
            line = workspace.line_number(name)
        if line:
            raise statement.error("source.reassigned", token, name=name, line=line)

    def _assigned(self, inner: list[Piece | Body]) -> Iterator[str]:
        """Yield the names, without subscripts, of the lines in a body and in its loops.

        What is wrong with a formula or a head is told here, whether or not anyone calls the body.
        """
        waiting = list(inner)
        while waiting:
            thing = waiting.pop()
            piece = thing.head if isinstance(thing, Body) else thing
            if piece.error is not None:
                continue
            self.workspace.piece = piece
            statement, _ = self.runner.parsed(piece)
            if isinstance(thing, Body):
                if statement.keyword == "for":
                    read_for(statement, self.workspace.dialect)
                waiting += filled(thing.inner)
            else:
                yield from (target.base for target in statement.targets)
                yield statement.name

    # ---- layers ----

    def layer(self, statement: Statement, expression: Expression) -> None:
        """Enter what a `layer` line makes."""
        workspace = self.workspace
        scope, name = workspace.scope, statement.name
        item = expression.items[-1]
        if item.kind != "call" or statement.targets:
            base = name.partition("[")[0]
            raise statement.error("source.layer_form", statement.tokens[-1], name=base)
        token = next(token for token in statement.tokens if token.value == name)
        self.refuse_taken(statement, token)
        made_by = find_layer(item.value) or workspace.block(item.value)
        if made_by is None or isinstance(made_by, Instance):
            known = [*layer_names(), *workspace.definitions]
            place = place_of(expression.text, item.start, item.end)
            suggestion = near_layers(item.value, known)
            raise SourceError("source.unknown_layer", name=item.value, near=suggestion, place=place)
        arguments = split_arguments(expression.items[:-1], item.arity)
        settings = sorted_settings(made_by, item, arguments, expression, workspace)
        if isinstance(made_by, Layer):
            try:
                settings = complete(made_by, settings)
            except UsageError as error:
                raise SourceError(error.message_id, **error.fields) from None
        inside = scope.definition is not None
        group = f"{scope.owner_group}.{name}" if inside else workspace.claim_group(name)
        scope.layers[name] = Instance(
            scope.owner + name, made_by, settings, group, workspace.piece.number
        )

    def parameter(self, statement: Statement) -> None:
        """Append a parameter of a definition, or take the one that its layer has.

        Raises:
            SourceError: if every pass of a loop would make one.
        """
        workspace = self.workspace
        scope = workspace.scope
        assert scope.definition is not None
        local = statement.targets[0].name(scope.words) if statement.targets else statement.name
        name = scope.owner + local
        claimed(workspace, statement)
        if scope.kept and name in workspace.owned:
            scope.given[local] = workspace.names[name]
        else:
            if scope.repeated:
                here, token = scope.definition.name, statement.tokens[0]
                raise statement.error("source.parameters_in_for", token, name=here, line=name)
            if name in workspace.names:
                refuse_double(workspace, statement, name)
            scope.given[local] = self.runner.new_leaf(statement, name, scope.owner_group)
            workspace.owned.add(name)
        scope.parameters[name] = None

    # ---- calls ----

    def call(
        self,
        definition: Definition,
        arguments: dict[str, int],
        settings: dict[str, Any],
        names: list[str],
        scope: Scope,
    ) -> Task:
        """Run the body of a definition; its lines are those of one call."""
        workspace, lowering = self.workspace, self.runner.lowering
        self._refuse_depth()
        outer = workspace.scope, workspace.piece, workspace.used_at, lowering.names
        line = workspace.piece.number
        fields = {"name": definition.name, "result": names[0], "line": line}
        workspace.trail.append(Within("source.within.call", fields))
        workspace.used_at = workspace.used_at or line
        workspace.scope = scope
        lowering.names = workspace
        scope.given.update(arguments)
        scope.words.update(settings)
        locals_ = [target.name(scope.words) for target in definition.results]
        scope.results.update(zip(locals_, names, strict=True))
        yield self._body(definition, names)
        workspace.piece = outer[1]
        for local, name in zip(locals_, names, strict=True):
            if name not in workspace.names:
                self._pass_on(local, name)
        workspace.trail.pop()
        workspace.scope, workspace.piece, workspace.used_at, lowering.names = outer

    def _refuse_depth(self) -> None:
        calls = sum(found.message_id == "source.within.call" for found in self.workspace.trail)
        if calls >= DEEPEST_CALLS:
            raise LimitError("source.deep_calls", limit=DEEPEST_CALLS)

    def _body(self, definition: Definition, names: list[str]) -> Task:
        if definition.formula:
            self.workspace.piece = definition.piece
            statement, _ = self.runner.parsed(definition.piece)
            task = self.runner.compute(statement, names, self.short[definition.name])
            if task is not None:
                yield task
        for thing in definition.inner:
            task = self.runner.inner(thing)
            if task is not None:
                yield task

    def _pass_on(self, local: str, name: str) -> None:
        """End a result that is an argument, or a line of a loop, with an identity."""
        workspace = self.workspace
        node = workspace.scope.given.get(local)
        if node is None:
            node = workspace.names.get(workspace.scope.prefix + local)
        if node is None and not local:
            node = workspace.names.get(self.runner.last)
        if node is None:
            known = ", ".join(workspace.scope.given)
            raise SourceError("source.no_result", got=local, known=known)
        workspace.builder.apply("identity", (node,))
        workspace.end_line(name, group=workspace.group)


def _read_out(statement: Statement) -> tuple[Target, ...]:
    """Return what stands behind ``out``."""
    tokens = statement.tokens
    found: list[Target] = []
    position = 1
    while True:
        read = read_target(tokens, position)
        if read is None:
            at = tokens[position] if position < len(tokens) else tokens[-1]
            raise statement.error("source.out_form", at)
        found.append(read[0])
        position = read[1]
        if position == len(tokens):
            return tuple(found)
        if tokens[position].value not in (",", ";"):
            raise statement.error("source.out_form", tokens[position])
        position += 1
