"""Tell which declared relations the numbers break: ``assume y > 0`` where y is -3."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from graphgrad.autodiff.passes import run_forward
from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError, SourceError
from graphgrad.expr.dialect import COMMA, STRICT, Dialect
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.parser import parse_tokens
from graphgrad.expr.tokens import Token, relation_sides, tokenize
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.evaluate import arithmetic, arrays, to_float
from graphgrad.source.leaves import literal
from graphgrad.source.lower import Lowering

__all__ = ["BrokenRelation", "broken_relations", "broken_when_read"]

_MEMBER = r"(?P<what>.+?)(?:\s+(?:in|en)\b|\s*∈)\s*(?P<set>[{(\[].*[})\]])\s*"
_SLACK = 1e-9
"""How far, relative to their size, the sides of an equation may be apart: decimals are rounded."""
_LONGEST = 120
_MOST_ROWS = 1_000


def _close(a: Any, b: Any) -> Any:
    np = arrays().np
    return np.abs(a - b) <= _SLACK * np.maximum(1.0, np.maximum(np.abs(a), np.abs(b)))


_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: (a < b) | _close(a, b),
    ">=": lambda a, b: (a > b) | _close(a, b),
    "=": _close,
    "==": _close,
    "!=": lambda a, b: a != b,
}


class BrokenRelation(NamedTuple):
    """A relation that does not hold.

    Attributes:
        relation: as the author wrote it.
        values: of the names in it, as ``y = -3``.
        names: the names.
    """

    relation: str
    values: str | Worded
    names: tuple[str, ...]


def broken_when_read(graph: Graph) -> list[BrokenRelation]:
    """Return the relations that a graph's own values break, those of no row of its data too."""
    heading = graph.heading
    if not heading.assumptions:
        return []
    rows = len(heading.table.rows) if heading.table is not None else 0
    for row in range(1, min(rows, _MOST_ROWS) + 1) if rows > 1 else [0]:
        try:
            point = heading.table.point(row) if row and heading.table is not None else {}
            broken = broken_relations(graph, record(graph, point, backward=False).values)
        except GraphgradError:  # a value is not given yet, or is nothing that can be run
            return []
        if broken:
            return broken
    return []


def broken_relations(graph: Graph, values: list[Any]) -> list[BrokenRelation]:
    r"""Return the relations of a graph's heading that do not hold; what cannot be read is none.

    >>> from fractions import Fraction
    >>> from graphgrad.source.gg import read_gg
    >>> graph = read_gg("input y = 2\nassume y > 0\nz = y^2")
    >>> [broken.values for broken in broken_relations(graph, [Fraction(-3), Fraction(9)])]
    ['y = -3']
    """
    found = []
    for relation in graph.heading.assumptions:
        for dialect in (STRICT, COMMA):
            try:
                broken = _Relation(graph, values, dialect).broken(relation)
            except (GraphgradError, KeyError, ValueError, TypeError, ArithmeticError):
                continue
            found += [] if broken is None else [broken]
            break
    return found


class _Relation:
    """Evaluate the sides of one relation at the values of a pass."""

    def __init__(self, graph: Graph, values: list[Any], dialect: Dialect) -> None:
        self.graph = graph
        self.values = values
        self.dialect = dialect
        self.names: dict[str, int] = {}

    def broken(self, relation: str) -> BrokenRelation | None:
        member = re.fullmatch(_MEMBER, relation)
        holds = self._member(member) if member else self._chain(relation)
        if bool(arrays().np.all(holds)):
            return None
        shown = ", ".join(f"{name} = {self._shown(node)}" for name, node in self.names.items())
        told = shown or Worded("source.false_relation")
        return BrokenRelation(relation, told, tuple(self.names))

    def _shown(self, node: int) -> str:
        from graphgrad.ops.text import number_text

        value = self.values[node]
        if not getattr(value, "shape", ()):
            return number_text(value)
        text = str([float(entry) for entry in arrays().np.ravel(to_float(value))])
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."

    def _chain(self, relation: str) -> Any:
        """Tell where every sign of ``0 < p < 1`` holds."""
        sides, signs = relation_sides(tokenize(relation, self.dialect))
        found = [self._value(relation, side) for side in sides]
        holds: Any = arrays().np.asarray(True)
        for sign, left, right in zip(signs, found, found[1:], strict=False):
            holds = holds & _SIGNS[sign](left, right)
        return holds

    def _member(self, member: re.Match[str]) -> Any:
        """Tell where ``y in {0, 1}`` or ``p in (0, 1]`` holds."""
        value = self._value(member["what"], tokenize(member["what"], self.dialect))
        inside = member["set"].strip()
        parts = re.split(";" if self.dialect.decimal_comma else "[;,]", inside[1:-1])
        numbers = [to_float(literal(part.strip(), self.dialect)) for part in parts]
        if inside[0] == "{":
            holds: Any = arrays().np.asarray(False)
            for number in numbers:
                holds = holds | _close(value, number)
            return holds
        low, high = numbers
        above = _SIGNS[">=" if inside[0] == "[" else ">"](value, low)
        return above & _SIGNS["<=" if inside[-1] == "]" else "<"](value, high)

    def _value(self, text: str, tokens: list[Token]) -> Any:
        """Return a side as floats, its names standing for the values of the pass."""
        expression = parse_tokens(text, tokens, 0, self.dialect)
        builder = GraphBuilder()
        inputs: dict[str, int] = {}
        for item in expression.items:
            node = self.graph.find(item.value) if item.kind == "name" else None
            if node is not None and item.value not in inputs:
                self.names[item.value] = node
                shape = self.graph.columns.shape(node)
                inputs[item.value] = builder.leaf("input", self.values[node], shape)
        lowering = Lowering(builder, inputs, _unknown, lambda: "e" not in inputs)
        node = lowering.lower(expression)
        values = run_forward(builder.columns, builder.defaults, arithmetic())
        return arrays().np.asarray(to_float(values[node]))


def _unknown(name: str, _expression: Expression, _item: Item) -> SourceError:
    return SourceError("source.not_a_value", got=name)
