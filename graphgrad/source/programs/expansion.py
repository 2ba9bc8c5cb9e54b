"""Run what a formula repeats, and what it calls that has lines of its own, before it is lowered.

``sum(t=1:3, x[t])`` becomes its three summands. A call of a layer or a definition becomes lines in
a group; what is left of the formula refers to their results.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

from graphgrad.errors import SourceError
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.tokens import place_of
from graphgrad.layers.row import Layer
from graphgrad.ops.registry import find_for, is_chained
from graphgrad.source.lower import Lowering
from graphgrad.source.programs.applied import Applied, Caller
from graphgrad.source.programs.known_values import split_arguments, whole
from graphgrad.source.programs.scopes import Definition, Instance
from graphgrad.source.programs.workspace import Workspace
from graphgrad.source.targets import place_of_subscript

__all__ = ["Expansion"]

Expanding = Generator[Any, Any, Any]


class Expansion:
    """Expand formulas.

    Args:
        workspace: receives the lines.
        lowering: makes nodes of arguments.
        call: makes the task that runs a definition.
    """

    def __init__(self, workspace: Workspace, lowering: Lowering, call: Caller) -> None:
        self.workspace = workspace
        self.applied = Applied(workspace, lowering, call)

    def concerns(self, expression: Expression) -> bool:
        """Tell whether a formula calls what has lines of its own, or a letter."""
        words = self.workspace.scope.words
        try:
            return any(name in words or self.applied.found(name) for name in expression.calls)
        except SourceError as error:
            name = error.fields["name"]
            item = next(i for i in expression.items if i.kind == "call" and i.value == name)
            raise error.at(place_of(expression.text, item.start, item.end)) from None

    def expanded(self, expression: Expression, names: list[str], label: str) -> Expanding:
        """Yield tasks; return the formula that is left, or None if the lines are made."""
        expander = _Expander(self.workspace, self.applied, expression, names, label)
        items = yield expander.items(expression.items, whole_formula=True)
        if items is None:
            return None
        return Expression(expression.text, tuple(items))


class _Expander:
    """One formula in the making; ``names`` are of the lines that it defines."""

    def __init__(
        self,
        workspace: Workspace,
        applied: Applied,
        expression: Expression,
        names: list[str],
        label: str,
    ) -> None:
        self.workspace = workspace
        self.applied = applied
        self.expression = expression
        self.names = names
        self.label = label
        self.calls = 0

    def items(self, items: Sequence[Item], *, whole_formula: bool = False) -> Expanding:
        """Yield tasks; return the items that are left, None if the lines are made."""
        out: list[Item] = []
        starts: list[int] = []
        position = 0
        while position < len(items):
            item = items[position]
            position += 1
            if item.kind == "range":
                end = _fold_of(items, position)
                first = starts[-2]
                bounds = split_arguments(out[first:], 2)
                del out[first:], starts[-2:]
                repeated = yield self._repeated(item, bounds, items[position:end], items[end])
                starts.append(len(out))
                out += repeated
                position = end + 1
                continue
            start = starts[-item.arity] if item.arity else len(out)
            if item.arity:
                del starts[-item.arity :]
            starts.append(start)
            if item.kind == "call":
                item = self._meant(item)
                block = self.applied.found(item.value)
                if block is not None:
                    arguments = split_arguments(out[start:], item.arity)
                    del out[start:]
                    last = whole_formula and position == len(items)
                    nodes = yield self._applied(block, item, arguments, last)
                    if last:
                        return None
                    out.append(Item("node", str(nodes[0]), 0, item.start, item.end))
                    continue
            out.append(item)
        return out

    def _meant(self, item: Item) -> Item:
        """Return a call of what a letter or a setting stands for."""
        word = self.workspace.scope.words.get(item.value)
        if word is None:
            return item
        if not isinstance(word, str):
            place = place_of(self.expression.text, item.start, item.end)
            raise SourceError("source.not_callable", name=item.value, got=word, place=place)
        return item._replace(value=word)

    def _applied(
        self,
        block: Layer | Instance | Definition,
        item: Item,
        arguments: list[list[Item]],
        last: bool,
    ) -> Expanding:
        """Yield tasks; return the nodes of a call's results."""
        names = self.names
        if not last:
            scope = self.workspace.scope
            line = scope.prefix + scope.local(self.names[0])
            names = [self.workspace.free_name(f"{line}.{_plain(item.value)}")]
        nested = last and self.calls > 0
        self.calls += 1
        label = self.label if last else ""
        return self.applied.apply(
            block, item, arguments, self.expression, names, label, nested=nested
        )

    # ---- repetition inside a formula ----

    def _repeated(
        self, item: Item, bounds: list[list[Item]], body: Sequence[Item], fold: Item
    ) -> Expanding:
        """Yield tasks; return the items of all terms and of what joins them."""
        workspace, letter = self.workspace, item.value
        place = place_of(self.expression.text, item.start, item.end)
        if letter in workspace.scope.words or workspace.get(letter) is not None:
            raise SourceError("source.letter_taken", letter=letter, place=place)
        first, last = (whole(bound, self.expression, workspace) for bound in bounds)
        row = find_for(fold.value, 1)
        sign = _SIGNS.get(row.name, "") if row is not None else ""
        values = range(first, last + 1) if first <= last else range(first, last - 1, -1)
        workspace.refuse_passes(abs(last - first) + 1)
        out: list[Item] = []
        for count, value in enumerate(values):
            workspace.count_pass(len(body))
            out += yield self.items(_with_number(body, letter, value))
            if sign and count:
                out.append(fold._replace(kind="infix", value=sign, arity=2))
        return out + _joined(fold, len(values), self.expression)


_SIGNS = {"sum": "+", "mean": "+", "prod": "*"}
"""What stands between the terms of a repetition, by the op of one array."""


def _joined(fold: Item, count: int, expression: Expression) -> list[Item]:
    """Return what stands behind the terms of a repetition."""
    row = find_for(fold.value, 1)
    if row is not None and row.name in _SIGNS:
        if row.name != "mean":
            return []
        number = fold._replace(kind="number", value=str(count), arity=0)
        return [number, fold._replace(kind="infix", value="/", arity=2)]
    if is_chained(fold.value):
        return [fold._replace(kind="call", arity=count)] if count > 1 else []
    if row is None or not row.variadic:
        place = place_of(expression.text, fold.start, fold.end)
        raise SourceError("source.not_repeated", name=fold.value, place=place)
    return [fold._replace(kind="call", arity=count)]


def _fold_of(items: Sequence[Item], position: int) -> int:
    """Return where the fold of a range stands that ends before a position."""
    depth = 1
    while True:
        depth += (items[position].kind == "range") - (items[position].kind == "fold")
        if depth == 0:
            return position
        position += 1


def _with_number(body: Sequence[Item], letter: str, value: int) -> list[Item]:
    """Return items in which a letter is a number."""
    return [_numbered(item, letter, value) for item in body]


def _numbered(item: Item, letter: str, value: int) -> Item:
    if item.kind == "name" and item.value == letter:
        return item._replace(kind="number", value=str(value))
    if item.kind == "place":
        place = place_of_subscript(item.value)
        if place.word == letter:
            return item._replace(kind="number", value=str(value + place.offset))
    return item


def _plain(name: str) -> str:
    return name.replace(".", "_")
