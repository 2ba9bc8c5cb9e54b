"""Lower a parsed formula to nodes: a loop over postfix items with a stack."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Protocol

from graphgrad.errors import GraphgradError, LimitError, ShapeError, SourceError
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.tokens import place_of, whole_of
from graphgrad.graph.builder import GraphBuilder
from graphgrad.messages.keywords import TRUTH
from graphgrad.ops.shapes import shape_text
from graphgrad.source.calls import call
from graphgrad.source.operands import (
    ArrayLiteral,
    Bounds,
    FamilyName,
    Flag,
    Keyword,
    Number,
    Operand,
    ShapeLiteral,
    Word,
    bracketed,
    counted_from_1,
    decimal_number,
    in_rows,
    joined,
)
from graphgrad.source.targets import place_of_subscript

__all__ = ["LARGEST_POWER", "Lowering", "Names", "Words"]

LARGEST_POWER = 1_000_000
_INFIX = {"+": "add", "-": "sub", "*": "mul", "/": "div", "@": "matmul"}
_COMPARE = {">": "greater", "<": "less", "==": "equal"}
_COMPARE |= {">=": "greater_equal", "<=": "less_equal", "!=": "not_equal"}
_made = tuple.__new__  # in a third of the time of a call of the class
_CONSTANTS = {"pi": math.pi, "π": math.pi, "e": math.e}


class Names(Protocol):
    """What finds the node of a name."""

    def get(self, name: str, /) -> int | None:
        """Return the node, or None."""


class Words:
    """Tell what a word means that is not the name of a node; here no word means anything."""

    def number(self, _name: str) -> Any:
        """Return the number of a const or a letter, the word of a letter, or None."""
        return None

    def called(self) -> list[str]:
        """Return what the file itself makes callable."""
        return []

    def is_family(self, _name: str) -> bool:
        """Tell whether lines with subscripts have this name."""
        return False

    def members(self, _family: FamilyName) -> list[str]:
        """Return the names of a family's lines, in the order of their subscripts."""
        return []

    def unknown_member(self, family: str, name: str) -> GraphgradError:
        """Return the error of a line that a family does not have."""
        return SourceError("source.unknown_member", name=name, family=family)

    def bare_family(self, family: FamilyName) -> GraphgradError:
        """Return the error of a family that stands where one line was expected."""
        return SourceError("source.bare_family", name=family.name, example=f"{family.name}[1]")


class Lowering:
    """Lower formulas to nodes of one builder.

    Args:
        builder: receives the nodes.
        names: finds the nodes of names; may be exchanged between formulas.
        unknown: called with a name that is not declared and its item; returns the error to raise.
        euler: tells whether ``e`` means Euler's number, for it is a common line name.
        words: tells what other words mean.
    """

    def __init__(
        self,
        builder: GraphBuilder,
        names: Names,
        unknown: Callable[[str, Expression, Item], SourceError],
        euler: Callable[[], bool],
        words: Words | None = None,
    ) -> None:
        self.builder = builder
        self.names = names
        self.unknown = unknown
        self.euler = euler
        self.words = words or Words()

    def lower(self, expression: Expression) -> int:
        """Append the nodes of a formula and return the last one.

        Raises:
            SourceError: with the place in the formula's text.
        """
        stack: list[Operand] = []
        get = self.names.get
        for item in expression.items:
            kind, name, _, start, end = item
            node = get(name) if kind == "name" else None
            if node is not None:
                stack.append(_made(Operand, (node, start, end)))
                continue
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
        if kind == "infix":  # nearly all
            start, end = operands[0].start, operands[1].end
        else:
            start = min([item.start, *[operand.start for operand in operands]])
            end = max([item.end, *[operand.end for operand in operands]])
        stack.append(Operand(value, start, end))

    def _name(self, item: Item, expression: Expression) -> Any:
        name = item.value
        node = self.names.get(name)
        if node is not None:
            return node
        number = self.words.number(name)
        if isinstance(number, str):
            node = self.names.get(number)
        elif isinstance(number, bool):
            return Flag(number)
        elif number is not None:
            return Number(self._fraction(number, item, expression))
        if node is not None:
            return node
        if name in _CONSTANTS and (name != "e" or self.euler()):
            symbol = "pi" if name == "π" else name
            return self.builder.constant(_CONSTANTS[name], symbol=symbol)
        if name in TRUTH:
            return Flag(TRUTH[name])
        if self.words.is_family(name):
            return FamilyName(name)
        if number is not None:
            raise self._no_number(number, item, expression)
        raise self.unknown(name, expression, item)

    def _fraction(self, number: Any, item: Item, expression: Expression) -> Fraction:
        """Return the number that a letter or a setting stands for; a list or a call is none."""
        if isinstance(number, int | float | Fraction):
            return Fraction(number)
        raise self._no_number(number, item, expression)

    def _no_number(self, found: Any, item: Item, expression: Expression) -> SourceError:
        called = getattr(found, "name", "")
        shown = found if isinstance(found, str) else f"{called}(…)" if called else "[…]"
        place = place_of(expression.text, item.start, item.end)
        return SourceError("source.stands_for", place=place, name=item.value, got=shown)

    def _place(self, item: Item, expression: Expression) -> Any:
        """Return a subscript such as ``t-1``: a number, or a word that a family may have."""
        place = place_of_subscript(item.value)
        number = self.words.number(place.word)
        if number is not None and not isinstance(number, str):
            return Number(self._fraction(number, item, expression) + place.offset)
        if place.offset:
            known = self.names.get(place.word) is not None
            raise (
                _no_subscript(item, expression)
                if known
                else self.unknown(place.word, expression, item)
            )
        return Word(number or place.word)

    def _compound(
        self, kind: str, item: Item, operands: list[Operand], expression: Expression
    ) -> Any:
        if kind == "infix":
            return self._infix(item.value, operands, expression)
        if kind == "prefix":
            return self._prefix(item.value, operands[0], expression)
        if kind == "call":
            operands = self._spread(operands, expression)
            return call(self.builder, self.node, item, operands, expression, self.words.called)
        if kind == "keyword":
            return Keyword(item.value, operands[0], item.start, item.end)
        if kind == "index":
            if isinstance(operands[0].value, FamilyName):
                return self._member(item, operands, expression)
            if item.value:
                raise self.unknown(_written(operands, expression) + item.value, expression, item)
            return self._index(operands, expression)
        if kind == "place":
            return self._place(item, expression)
        if kind == "node":
            return int(item.value)
        if kind == "slice":
            return Bounds(*(operand.value for operand in operands))
        if kind == "transpose":
            return self._transpose(item, operands[0], expression)
        if kind in ("array", "rows"):
            return self._array(item, operands, expression)
        if kind == "shape":
            return ShapeLiteral(tuple(whole_of(part) for part in item.value.split("x")))
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
        if isinstance(value, FamilyName):
            raise self.words.bare_family(value).at(place)
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
        exponent = self.names.get("T") if item.value == "^T" else None
        if exponent is not None:
            return self.builder.apply("pow", (node, exponent))
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

    def _member(self, item: Item, operands: list[Operand], expression: Expression) -> Any:
        """Return a line of a family, or a family inside it."""
        family = operands[0].value.name
        subscripts = [operand.value for operand in operands[1:]]
        if len(subscripts) == 1 and isinstance(subscripts[0], Bounds) and not item.value:
            bounds = (
                None if bound is None else _whole(bound, operands[1], expression)
                for bound in subscripts[0]
            )
            return FamilyName(family, *bounds)
        words = [
            value.text if isinstance(value, Word) else str(_whole(value, operand, expression))
            for value, operand in zip(subscripts, operands[1:], strict=True)
        ]
        name = f"{family}[{','.join(words)}]{item.value}"
        node = self.names.get(name)
        if node is not None:
            return node
        if self.words.is_family(name):
            return FamilyName(name)
        start, end = operands[0].start, item.end
        place = place_of(expression.text, start, max(end, operands[-1].end))
        raise self.words.unknown_member(family, name).at(place)

    def _spread(self, operands: list[Operand], expression: Expression) -> list[Operand]:
        """Return operands in which the lines of a family stand for it, as in ``stack(h)``."""
        if not any(isinstance(operand.value, FamilyName) for operand in operands):
            return operands
        spread = []
        for operand in operands:
            if isinstance(operand.value, FamilyName):
                nodes = map(self.names.get, self.words.members(operand.value))
                spread += [operand._replace(value=node) for node in nodes]
            else:
                spread.append(operand)
        return spread

    def _index(self, operands: list[Operand], expression: Expression) -> int:
        node = self.node(operands[0], expression)
        self._refuse_words(operands[1:], expression)
        lengths = self.builder.columns.shape(node)
        if len(operands) - 1 > len(lengths):
            limit, n = len(lengths), len(operands) - 1
            message = "shape.too_many_subscripts" if lengths else "shape.subscripts_of_number"
            raise ShapeError(message, a=shape_text(lengths), n=n, limit=limit)
        key = tuple(
            subscript(operand, length, expression)
            for operand, length in zip(operands[1:], lengths, strict=False)
        )
        for part, length in zip(key, lengths, strict=False):
            first = part if isinstance(part, int) else part[0]
            if first < 0:  # which an op counts from the end, as Python does
                a = shape_text(lengths)
                raise ShapeError("shape.subscript", got=first + 1, limit=length, a=a)
        return self.builder.apply("index", (node,), key=key)

    def _refuse_words(self, subscripts: list[Operand], expression: Expression) -> None:
        """Refuse an unknown name as a subscript; a known one is told later that it is no number."""
        for start, end, word in (
            (operand.start, operand.end, part)
            for operand in subscripts
            for part in (operand.value if isinstance(operand.value, Bounds) else (operand.value,))
        ):
            if isinstance(word, Word) and self.names.get(word.text) is None:
                item = Item("name", word.text, 0, start, end)
                error = self.unknown(word.text, expression, item)
                raise error.at(place_of(expression.text, start, end))

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
            parts.append(f"{bracketed(expression.text, operand)}: {shape_text(shape)}")
        return ", ".join(parts)


def _written(operands: list[Operand], expression: Expression) -> str:
    start = operands[0].start
    end = expression.text.find("]", operands[-1].end) + 1
    return expression.text[start:end]


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


def _no_subscript(item: Item, expression: Expression) -> SourceError:
    got = expression.text[item.start : item.end]
    return SourceError("source.subscript", got=got)


def _whole(value: Any, operand: Operand, expression: Expression) -> int:
    if isinstance(value, Number) and value.value.denominator == 1:
        return int(value.value)
    got = expression.text[operand.start : operand.end]
    place = place_of(expression.text, operand.start, operand.end)
    raise SourceError("source.subscript", got=got, place=place)
