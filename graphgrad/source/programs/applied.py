"""Apply layers and definitions: sort arguments, make parameters, leave lines in a group."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from math import prod
from typing import Any

from graphgrad.errors import ShapeError, SourceError, UsageError
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.tokens import place_of
from graphgrad.graph.blocks import Block
from graphgrad.layers.apply import LayerEmitter, apply_layer
from graphgrad.layers.initialisers import LARGE, drawn
from graphgrad.layers.registry import find_layer
from graphgrad.layers.row import Layer, Parameter
from graphgrad.layers.settings import complete
from graphgrad.ops.registry import find
from graphgrad.ops.shapes import shape_text
from graphgrad.source.lower import Lowering
from graphgrad.source.programs.arguments import Given, sorted_arguments
from graphgrad.source.programs.row_target import RowTarget
from graphgrad.source.programs.scopes import Definition, Instance, Scope
from graphgrad.source.programs.site import Site
from graphgrad.source.programs.workspace import Workspace

__all__ = ["Applied", "Caller"]

Applying = Generator[Any, Any, Any]
Caller = Callable[[Definition, dict[str, int], dict[str, Any], list[str], Scope], Applying]


class Applied:
    """Apply what has lines of its own.

    Args:
        workspace: receives the lines.
        lowering: makes nodes of arguments.
        call: makes the task that runs a definition.
    """

    def __init__(self, workspace: Workspace, lowering: Lowering, call: Caller) -> None:
        self.workspace = workspace
        self.lowering = lowering
        self.call = call

    def found(self, name: str) -> Layer | Instance | Definition | None:
        """Return what a name calls that has lines of its own; None for ops and unknown names."""
        block = self.workspace.block(name)
        if block is not None:
            return block
        if name in self.workspace.definitions:
            here = self.workspace.scope.definition
            assert here is not None
            message = "source.recursion" if here.name == name else "source.def_below"
            raise SourceError(message, name=name, here=here.name)
        return find_layer(name) if find(name) is None else None

    def apply(
        self,
        block: Layer | Instance | Definition,
        item: Item,
        arguments: list[list[Item]],
        expression: Expression,
        names: list[str],
        label: str,
        *,
        nested: bool = False,
    ) -> Applying:
        """Yield tasks; return the nodes of the results, each a line by then.

        The group of a line is around all calls of its formula: where there are ``nested`` ones, in
        the arguments, the layer that is called last has a group of its own beside theirs.
        """
        self.workspace.count_call()
        instance = block if isinstance(block, Instance) else None
        made_by = block.made_by if isinstance(block, Instance) else block
        given = sorted_arguments(block, item, arguments, expression, self.workspace)
        site = self._site(names, instance, given, item, expression)
        if nested and isinstance(made_by, Layer):
            site = self._beside_inner_calls(site)
        self._check_count(site, made_by)
        nodes = self._inputs(site, made_by, given)
        settings = dict(instance.settings) if instance is not None else given.settings
        self._check_shapes(site, nodes)
        position = len(self.workspace.blocks)
        self.workspace.blocks.append(Block("", "", "", (), (), ()))
        if isinstance(made_by, Layer):
            parameters = self._apply_row(site, made_by, nodes, settings, label)
        else:
            scope = self._scope(site, made_by)
            inputs = {name: node for name, node in nodes.items() if node is not None}
            yield self.call(made_by, inputs, settings, names, scope)
            parameters = tuple(scope.parameters)
        self._used(parameters)
        self.workspace.blocks[position] = self._block(site, made_by, nodes, parameters, settings)
        return [self.workspace.names[name] for name in names]

    # ---- the site ----

    def _site(
        self,
        names: list[str],
        instance: Instance | None,
        given: Given,
        item: Item,
        expression: Expression,
    ) -> Site:
        workspace = self.workspace
        scope = workspace.scope
        local = scope.local(names[0])
        path = scope.prefix + local
        place = place_of(expression.text, item.start, item.end)
        try:
            group = workspace.claim_group(path)
        except SourceError as error:
            raise error.at(place) from None
        owner_group = f"{scope.owner_group}.{local}" if scope.definition is not None else group
        owner = scope.owner + local
        if instance is not None:
            owner, owner_group = instance.name, instance.group
        return Site(names, path, owner, group, owner_group, instance, given.fresh, item, expression)

    def _beside_inner_calls(self, site: Site) -> Site:
        """Return the site of the last call of a formula, in a group beside those it is given."""
        group = self.workspace.claim_inner_group(site.group, site.item.value.replace(".", "_"))
        own = site.owner_group == site.group
        return site._replace(group=group, owner_group=group if own else site.owner_group)

    def _check_count(self, site: Site, made_by: Layer | Definition) -> None:
        got, expected = len(site.names), len(made_by.results)
        if got != expected and expected:
            shown = ", ".join(result_names(made_by))
            raise site.error(
                "source.results", name=site.item.value, got=got, expected=expected, results=shown
            )

    def _inputs(
        self, site: Site, made_by: Layer | Definition, given: Given
    ) -> dict[str, int | None]:
        """Return the nodes of a call's inputs; what is computed for it is a line of its group."""
        workspace = self.workspace
        nodes: dict[str, int | None] = {}
        for name, items in given.inputs.items():
            if items is None:
                nodes[name] = None
                continue
            before = len(workspace.builder.columns)
            node = self.lowering.lower(Expression(site.expression.text, tuple(items)))
            if len(workspace.builder.columns) > before:
                workspace.end_line(workspace.free_name(f"{site.path}.{name}"), group=site.group)
            nodes[name] = node
        return nodes

    def _check_shapes(self, site: Site, nodes: dict[str, int | None]) -> None:
        """Refuse inputs of other shapes than those for which a layer made its parameters."""
        instance, columns = site.instance, self.workspace.builder.columns
        if instance is None:
            return
        shapes = tuple(None if n is None else columns.shape(n) for n in nodes.values())
        if instance.shapes is None:
            instance.shapes, instance.used = shapes, self.workspace.piece.number

    def _block(
        self,
        site: Site,
        made_by: Layer | Definition,
        nodes: dict[str, int | None],
        parameters: tuple[str, ...],
        settings: dict[str, Any],
    ) -> Block:
        workspace = self.workspace
        return Block(
            site.group,
            made_by.name,
            "" if site.instance is None else site.instance.name,
            tuple(workspace.line_name(node) for node in nodes.values() if node is not None),
            tuple(site.names),
            parameters,
            tuple(settings.items()),
            workspace.piece.number,
        )

    def _used(self, parameters: tuple[str, ...]) -> None:
        """Tell the calls around this one which parameters it uses."""
        self.workspace.scope.parameters.update(dict.fromkeys(parameters))

    def _scope(self, site: Site, definition: Definition) -> Scope:
        outer = self.workspace.scope
        kept = site.instance is not None or (outer.kept and not outer.repeated)
        return Scope(
            prefix=f"{site.path}.",
            owner=f"{site.owner}.",
            group=site.group,
            owner_group=site.owner_group,
            definition=definition,
            kept=kept,
            repeated=self._repeated(site),
        )

    def _repeated(self, site: Site) -> bool:
        """Tell whether parameters made here would be made anew in every pass of a loop."""
        scope = self.workspace.scope
        if site.fresh:
            return False
        return scope.repeated or (site.instance is None and bool(scope.open))

    # ---- rows ----

    def _apply_row(
        self,
        site: Site,
        row: Layer,
        nodes: dict[str, int | None],
        given: dict[str, Any],
        label: str,
    ) -> tuple[str, ...]:
        """Append the lines of a row; return the names of its parameters."""
        workspace = self.workspace
        columns = workspace.builder.columns
        target = RowTarget(workspace)
        results = dict(zip(row.results[1:], site.names[1:], strict=False))
        m = LayerEmitter(
            target, site.path, site.group, results=results, training=workspace.training
        )
        try:
            settings = complete(row, given)
            shapes = tuple(None if n is None else columns.shape(n) for n in nodes.values())
            wanted = row.leaves(shapes, settings, training=workspace.training)
            made = {p.name: self._parameter(site, p, settings) for p in wanted}
            inputs = tuple(None if node is None else m.ref(node) for node in nodes.values())
            parameters = {name: m.ref(workspace.names[full]) for name, full in made.items()}
            result = m.number(apply_layer(row, m, inputs, parameters, settings)[0])
        except ShapeError as error:
            error.operands = error.operands or self._described(site, nodes)
            raise error.at(site.error("").place) from None  # type: ignore[arg-type]  # it has one
        except UsageError as error:
            raise site.error(error.message_id, **error.fields) from None
        if m.closed(result):
            workspace.builder.apply("identity", (result.node,))
        workspace.end_line(site.names[0], label=label, group=site.group)
        given.clear()
        given.update(settings)
        return tuple(made.values())

    def _described(self, site: Site, nodes: dict[str, int | None]) -> str:
        """Return what a layer is applied to: each line with its shape, and the call it is from."""
        columns = self.workspace.builder.columns
        makers = {name: block.kind for block in self.workspace.blocks for name in block.outputs}
        parts = []
        for node in nodes.values():
            if node is not None:
                name = self.workspace.line_name(node)
                maker = f" ({makers[name]})" if name in makers else ""
                parts.append(f"{name}{maker}: {shape_text(columns.shape(node))}")
        kind = "" if site.instance is None else f" ({site.instance.made_by.name})"
        return f"{site.item.value}{kind} ← {', '.join(parts)}"

    def _parameter(self, site: Site, parameter: Parameter, settings: dict[str, Any]) -> str:
        """Return the name of a parameter in the graph; it is made where the layer has none yet."""
        workspace = self.workspace
        name = f"{site.owner}.{parameter.name}"
        kept = site.instance is not None or workspace.scope.kept
        if name in workspace.owned and kept:
            self._check_kept(site, name, parameter)
            return name
        if self._repeated(site):
            raise site.error("source.parameters_in_for", name=site.item.value, line=site.path)
        if name in workspace.names:
            line = workspace.line_number(name)
            raise site.error("source.reassigned", name=name, line=line)
        make = partial(drawn, parameter, site.owner, int(settings.get("draw", 1)))
        large = prod(parameter.shape) > LARGE
        workspace.builder.leaf(parameter.role, make if large else make(), parameter.shape)
        workspace.join_families(name)
        workspace.end_line(name, group=site.owner_group)
        workspace.owned.add(name)
        if parameter.role == "param":
            workspace.kinds[name] = parameter.kind
        return name

    def _check_kept(self, site: Site, name: str, parameter: Parameter) -> None:
        workspace, instance = self.workspace, site.instance
        expected = workspace.builder.columns.shape(workspace.names[name])
        if expected != parameter.shape:
            raise ShapeError(
                "source.kept_shape",
                name=name,
                expected=shape_text(expected),
                got=shape_text(parameter.shape),
                line=instance.used if instance is not None else workspace.line_number(name),
            )


def result_names(made_by: Layer | Definition) -> list[str]:
    """Return what a layer or a definition returns, as written."""
    return [found if isinstance(found, str) else found.written() for found in made_by.results]
