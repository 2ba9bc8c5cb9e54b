"""Lower a parsed formula to nodes: a loop over postfix items with a stack."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from graphgrad.errors import GraphgradError, LimitError, ShapeError, SourceError
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.tokens import place_of
from graphgrad.graph.builder import GraphBuilder
from graphgrad.ops.shapes import shape_text
from graphgrad.source.calls import call
from graphgrad.source.counting import counted_from_1
from graphgrad.source.operands import (
    FLAGS,
    ArrayLiteral,
    Bounds,
    Flag,
    Keyword,
    Number,
    Operand,
    ShapeLiteral,
    decimal_number,
    in_rows,
    joined,
)

__all__ = ["LARGEST_POWER", "Lowering"]

LARGEST_POWER = 1_000_000
_INFIX = {"+": "add", "-": "sub", "*": "mul", "/": "div", "@": "matmul"}
_COMPARE = {">": "greater", "<": "less", "==": "equal"}
_COMPARE |= {">=": "greater_equal", "<=": "less_equal", "!=": "not_equal"}
_CONSTANTS = {"pi": math.pi, "π": math.pi, "e": math.e}


class Lowering:
    """Lower formulas to nodes of one builder, with names given by one table.

    Args:
        builder: receives the nodes.
        names: maps declared names to nodes.
        unknown: called with a name that is not declared and its item; returns the error to raise.
        euler: tells whether ``e`` means Euler's number, for it is a common line name.
    """

    def __init__(
        self,
        builder: GraphBuilder,
        names: Mapping[str, int],
        unknown: Callable[[str, Expression, Item], SourceError],
        euler: Callable[[], bool],
    ) -> None:
        self.builder = builder
        self.names = names
        self.unknown = unknown
        self.euler = euler

    def lower(self, expression: Expression) -> int:
        """Append the nodes of a formula and return the last one.

        Raises:
            SourceError: with the place in the formula's text.
        """
        stack: list[Operand] = []
        for item in expression.items:
            try:
                self._item(item, expression, stack)
            except GraphgradError as error:
                at = place_of(expression.text, item.start, item.end)
                raise counted_from_1(error).at(at) from None
        return self.node(stack[0], expression)

    def _item(self, item: Item, expression: Expression, stack: list[Operand]) -> None:
        kind = item.kind
        if kind == "name":
            value: Any = self._name(item, expression)
            stack.append(Operand(value, item.start, item.end))
            return
        if kind == "number":
            stack.append(Operand(Number(decimal_number(item.value)), item.start, item.end))
            return
        count = item.arity
        operands = stack[len(stack) - count :] if count else []
        del stack[len(stack) - count :]
        try:
            value = self._compound(kind, item, operands, expression)
        except ShapeError as error:
            error.operands = self._described(operands, expression)
            raise
        start = min([item.start, *(operand.start for operand in operands)])
        end = max([item.end, *(operand.end for operand in operands)])
        stack.append(Operand(value, start, end))

    def _name(self, item: Item, expression: Expression) -> int | Flag:
        node = self.names.get(item.value)
        if node is not None:
            return node
        if item.value in _CONSTANTS and (item.value != "e" or self.euler()):
            symbol = "pi" if item.value == "π" else item.value
            return self.builder.constant(_CONSTANTS[item.value], symbol=symbol)
        if item.value in FLAGS:
            return Flag(FLAGS[item.value])
        raise self.unknown(item.value, expression, item)

    def _compound(
        self, kind: str, item: Item, operands: list[Operand], expression: Expression
    ) -> Any:
        if kind == "infix":
            return self._infix(item.value, operands, expression)
        if kind == "prefix":
            return self._prefix(item.value, operands[0], expression)
        if kind == "call":
            return call(self.builder, self.node, item, operands, expression)
        if kind == "keyword":
            return Keyword(item.value, operands[0])
        if kind == "index":
            return self._index(operands, expression)
        if kind == "slice":
            return Bounds(*(operand.value for operand in operands))
        if kind == "transpose":
            return self._transpose(item, operands[0], expression)
        if kind in ("array", "rows"):
            return self._array(item, operands, expression)
        if kind == "shape":
            return ShapeLiteral(tuple(int(part) for part in item.value.split("x")))
        return None if kind == "nothing" else item.value

    def node(self, operand: Operand, expression: Expression) -> int:
        """Return an operand as a node: numerals and written-out arrays become constants."""
        value = operand.value
        if isinstance(value, int):
            return value
        if isinstance(value, Number):
            if value.signed:
                return self.builder.apply("neg", (self.builder.constant(-value.value),))
            return self.builder.constant(value.value)
        if isinstance(value, ArrayLiteral):
            return self.builder.constant(value.array(), value.shape)
        got = expression.text[operand.start : operand.end]
        place = place_of(expression.text, operand.start, operand.end)
        raise SourceError("source.not_a_value", got=got, place=place)

    def _infix(self, symbol: str, operands: list[Operand], expression: Expression) -> int:
        left, right = operands
        if symbol == "^":
            return self._power(left, right, expression)
        parents = (self.node(left, expression), self.node(right, expression))
        return self.builder.apply(_INFIX.get(symbol) or _COMPARE[symbol], parents)

    def _power(self, left: Operand, right: Operand, expression: Expression) -> int:
        base = self.node(left, expression)
        exponent = right.value
        if not isinstance(exponent, Number):
            return self.builder.apply("pow", (base, self.node(right, expression)))
        if abs(exponent.value) > LARGEST_POWER:
            place = place_of(expression.text, right.start, right.end)
            raise LimitError("source.large_power", limit=LARGEST_POWER, place=place)
        if exponent.value == -1 and len(self.builder.columns.shape(base)) > 1:
            return self.builder.apply("inverse", (base,))
        return self.builder.apply("powi", (base,), n=exponent.value)

    def _prefix(self, sign: str, operand: Operand, expression: Expression) -> Any:
        value = operand.value
        if isinstance(value, Number) and not value.signed:
            return Number(-value.value, signed=True) if sign == "-" else value
        node = self.node(operand, expression)
        return self.builder.apply("neg", (node,)) if sign == "-" else node

    def _transpose(self, item: Item, operand: Operand, expression: Expression) -> int:
        node = self.node(operand, expression)
        if item.value == "^T" and "T" in self.names:
            return self.builder.apply("pow", (node, self.names["T"]))
        return self.builder.apply("transpose", (node,))

    def _array(self, item: Item, operands: list[Operand], expression: Expression) -> Any:
        """Return a literal where all entries are numbers, else a stack of nodes."""
        parts = [operand.value for operand in operands]
        if any(isinstance(part, Bounds) for part in parts):
            return parts
        literal = joined(parts)
        shape = tuple(map(int, item.value.split("x"))) if item.kind == "rows" else ()
        if literal is not None:
            return in_rows(literal, shape) if shape else literal
        nodes = [self.node(operand, expression) for operand in operands]
        stacked = self.builder.apply("stack", nodes)
        inner = self.builder.columns.shape(nodes[0])
        if not shape or (shape[1] == 1 and len(inner) == 1):
            return stacked
        if inner:
            raise SourceError("source.rows_of_arrays")
        return self.builder.apply("reshape", (stacked,), shape=shape)

    def _index(self, operands: list[Operand], expression: Expression) -> int:
        node = self.node(operands[0], expression)
        lengths = self.builder.columns.shape(node)
        if len(operands) - 1 > len(lengths):
            limit, n = len(lengths), len(operands) - 1
            raise ShapeError("shape.too_many_subscripts", a=shape_text(lengths), n=n, limit=limit)
        key = tuple(
            subscript(operand, length, expression)
            for operand, length in zip(operands[1:], lengths, strict=False)
        )
        return self.builder.apply("index", (node,), key=key)

    def _described(self, operands: list[Operand], expression: Expression) -> str:
        """Return the operands as the author wrote them, each with its shape."""
        parts = []
        for operand in operands:
            value = operand.value
            if isinstance(value, int):
                shape = self.builder.columns.shape(value)
            elif isinstance(value, ArrayLiteral):
                shape = value.shape
            else:
                continue
            text = expression.text[operand.start : operand.end]
            parts.append(f"{text}: {shape_text(shape)}")
        return ", ".join(parts)


def subscript(operand: Operand, length: int, expression: Expression) -> int | tuple[int, int]:
    """Return a subscript counted from 0; slices include their last entry, as on the board."""
    value = operand.value
    if isinstance(value, Bounds):
        start = 1 if value.start is None else _whole(value.start, operand, expression)
        stop = length if value.stop is None else _whole(value.stop, operand, expression)
        if stop < start:
            place = place_of(expression.text, operand.start, operand.end)
            raise SourceError("source.empty_range", got=f"{start}:{stop}", place=place)
        return start - 1, stop
    return _whole(value, operand, expression) - 1


def _whole(value: Any, operand: Operand, expression: Expression) -> int:
    if isinstance(value, Number) and value.value.denominator == 1:
        return int(value.value)
    got = expression.text[operand.start : operand.end]
    place = place_of(expression.text, operand.start, operand.end)
    raise SourceError("source.subscript", got=got, place=place)
