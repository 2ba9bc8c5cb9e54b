"""Give a parsed answer its meaning: terms over the exercise's variables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, cast

from graphgrad.errors import ShapeError, SourceError
from graphgrad.exercises.algebra.building import TermBuilder
from graphgrad.exercises.algebra.operations import differentiated, inverse, kronecker, with_ones
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.exercises.reading.aliases import ALIASES
from graphgrad.exercises.reading.functions_of_answers import (
    BRACKETED,
    CALLED,
    FUNCTIONS,
    is_called,
    mapped,
    operated,
)
from graphgrad.expr.differentials import WAY, operator_parts
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.tokens import place_of
from graphgrad.expr.vocabulary import Vocabulary
from graphgrad.graph.builder import GraphBuilder
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.registry import find, find_for, function_names, is_chained
from graphgrad.ops.row import Elementwise
from graphgrad.source.lower import Lowering
from graphgrad.source.operands import Keyword, Number, Operand

__all__ = ["Meaning", "vocabulary_of"]


def vocabulary_of(
    names: list[str],
    *,
    shapes: Mapping[str, tuple[int, ...]] | None = None,
    output: str = "",
    rows: int = 0,
    errors: Mapping[str, str] | None = None,
    steps: Mapping[tuple[str, int], str] | None = None,
) -> Vocabulary:
    """Return the words an answer may use: declared names and every function."""
    known = [*function_names(), *FUNCTIONS, *ALIASES, *CALLED]
    arities = dict.fromkeys(FUNCTIONS, range(1, 2))
    arities |= {name: counts for name, (_, counts) in CALLED.items()}
    for name in function_names():
        row = find(name)
        if is_chained(name):
            arities[name] = range(2, 20)
        elif isinstance(row, Elementwise) and not row.settings and name not in CALLED:
            arities[name] = range(len(row.arguments), len(row.arguments) + 1)
    return Vocabulary(
        names,
        dict.fromkeys(known),
        shapes=shapes,
        output=output,
        bracketed=BRACKETED,
        arities=arities,
        rows=rows,
        errors=errors,
        steps=steps,
    )


class Meaning:
    """Turn formulas into terms.

    Args:
        pool: receives the terms.
        value_of: returns the term or array of terms a name stands for.
    """

    def __init__(self, pool: Pool, value_of: Callable[[str], Any]) -> None:
        self.pool = pool
        self.value_of = value_of
        self.builder = TermBuilder(pool)

    def of(self, expression: Expression, *, inner: bool = False, cross: bool = False) -> Any:
        """Return a formula's term, or array of terms.

        Args:
            expression: the formula.
            inner: whether * and · between arrays of fitting shapes are matrix products.
            cross: whether × between matrices is.

        Raises:
            SourceError: with the place, if a call or a shape is wrong.
        """
        names = {}
        for item in expression.items:
            name = _name_of(item)
            if name and name not in names and not (name in ("pi", "e") and not self.knows(name)):
                names[name] = self.builder.add(self._value_of(name, item, expression.text))
        lowering = _AnswerLowering(self.builder, names, inner=inner, cross=cross)
        return self.builder.value(lowering.lower(expression))

    def _value_of(self, name: str, item: Item, text: str) -> Any:
        try:
            return self.value_of(name)
        except KeyError:  # a derivative that is spelled well, of what has none
            raise _unknown(name).at(place_of(text, item.start, item.end)) from None

    def knows(self, name: str) -> bool:
        """Tell whether a name is declared."""
        try:
            self.value_of(name)
        except KeyError:
            return False
        return True


def _name_of(item: Item) -> str:
    """Return the name an item uses: its own, or the variable of an operator d/dx."""
    if item.kind == "name":
        return item.value
    parts = operator_parts(item.value) if item.kind == "call" else None
    return parts[0] if parts else ""


_KRONECKER = ("⊗", r"\otimes")
_ENTRY_BY_ENTRY = ("⊙", "∘", r"\odot", r"\circ", ".*")
_OF_MATLAB = re.compile(r"\.[*/^]")
"""Where these act entry by entry, a plain * is the product of matrices."""


class _AnswerLowering(Lowering):
    """Lower a formula to terms: the grammar of files, with primes and matrix products."""

    def __init__(
        self,
        builder: TermBuilder,
        names: Mapping[str, int],
        *,
        inner: bool = False,
        cross: bool = False,
    ) -> None:
        super().__init__(cast("GraphBuilder", builder), names, _unknown, lambda: "e" not in names)
        self.terms = builder
        self.known = names
        self.inner = inner
        self.cross = cross
        self.rows: set[int] = set()
        self.ones: set[int] = set()

    def _compound(
        self, kind: str, item: Item, operands: list[Operand], expression: Expression
    ) -> Any:
        if kind == "infix" and item.value == "*":
            return self._product(item, operands, expression)
        if kind == "infix" and item.value == "@":
            return self._matrix_product([self.node(operand, expression) for operand in operands])
        if kind == "call":
            name = item.value.rstrip("'")
            primes = len(item.value) - len(name)
            name = ALIASES.get(name, name)
            if len(operands) == 2 and find(name) == find("sqrt"):
                name = "root"  # raíz(x; 3)
            settled = find(name) and any(isinstance(o.value, Keyword) for o in operands)
            if not primes and not settled and is_called(name, len(operands)):
                return self._called(name, operands, expression)
            if primes or (name in FUNCTIONS and find(name) is None):
                return self._function(name, primes, item, operands, expression)
            if is_chained(name) and len(operands) > 2 and not settled:
                return self._chained(name, operands, expression)
            item = item._replace(value=name)
        return super()._compound(kind, item, operands, expression)

    def _called(self, name: str, operands: list[Operand], expression: Expression) -> int:
        """Apply a function that is no row, or an operator such as d/dx."""
        values = [self.terms.value(self.node(operand, expression)) for operand in operands]
        if name not in CALLED:
            parts = operator_parts(name)
            assert parts is not None
            if len(values) != 1 or parts[0] not in self.known:
                raise SourceError("answer.operator")
            variable = self.terms.value(self.known[parts[0]])
            return self.terms.add(operated(self.terms, name, variable, values[0]))
        function, counts = CALLED[name]
        if len(values) not in counts:
            fields: dict[str, Any] = {"name": name, "got": len(values), "arguments": "…"}
            fields["hint"] = ""
            expected = counts.start if len(counts) == 1 else f"{counts.start}-{counts.stop - 1}"
            raise SourceError("source.argument_count", expected=expected, **fields)
        return self.terms.add(function(self.terms, values))

    def _power(self, left: Operand, right: Operand, expression: Expression) -> int:
        """Raise to a power; a matrix to the power -1 is its inverse."""
        base = self.node(left, expression)
        inverted = isinstance(right.value, Number) and right.value.value == -1
        if inverted and len(self.terms.shape(base)) == 2:
            return self.terms.add(inverse(self.terms, self.terms.value(base)))
        return super()._power(left, right, expression)

    def _chained(self, name: str, operands: list[Operand], expression: Expression) -> int:
        """Return the largest, the smallest, the sum or the product of more than two arguments."""
        row = find_for(name, len(operands))
        assert row is not None
        parents = [self.node(operand, expression) for operand in operands]
        result = parents[0]
        for parent in parents[1:]:
            result = self.terms.apply(row.name, (result, parent))
        return result

    def _transpose(self, item: Item, operand: Operand, expression: Expression) -> int:
        """Transpose; a vector so marked is a row: u^T v is a number, u v^T a matrix.

        1^T is a row of ones, as long as what it is multiplied by.
        """
        if isinstance(operand.value, Number) and operand.value.value == 1:
            node = self.node(operand, expression)
            self.ones.add(node)
            return node
        node = super()._transpose(item, operand, expression)
        if len(self.terms.shape(node)) == 1:
            self.rows.add(node)
        return node

    def _product(self, item: Item, operands: list[Operand], expression: Expression) -> int:
        """Multiply; side by side, or where nothing else fits, matrices are a matrix product."""
        parents = [self.node(operand, expression) for operand in operands]
        shapes = [self.terms.shape(parent) for parent in parents]
        sign = expression.text[item.start : item.end]
        if self.ones & set(parents) or _is_ones(operands[1], expression):
            summed = with_ones(self.terms, parents, self.ones, self.rows)
            if summed is not None:
                return summed
        if sign in _KRONECKER:
            return self.terms.add(kronecker(self.terms, [self.terms.value(p) for p in parents]))
        if [len(shape) for shape in shapes] == [1, 1] and self.rows & set(parents):
            return self.terms.apply("dot" if parents[0] in self.rows else "outer", parents)
        inner = self.inner or (sign == "*" and _OF_MATLAB.search(expression.text))
        if inner and sign not in _ENTRY_BY_ENTRY:
            with suppress(ShapeError):
                return self._matrix_product(parents)
        matrices = all(shapes) and max(map(len, shapes)) == 2
        crossed = self.cross and sign == "×" and [len(shape) for shape in shapes] == [2, 2]
        if matrices and (item.start == item.end or crossed):
            return self._matrix_product(parents)
        try:
            return self.terms.apply("mul", parents)
        except ShapeError:
            if not matrices or sign in _ENTRY_BY_ENTRY:
                raise
            return self._matrix_product(parents)

    def _array(self, item: Item, operands: list[Operand], expression: Expression) -> Any:
        """Return an array; vectors of several lengths, [h; x], are put below one another."""
        if item.kind == "rows" and not any(isinstance(o.value, Number) for o in operands):
            nodes = [self.node(operand, expression) for operand in operands]
            shapes = {self.terms.shape(node) for node in nodes}
            if len(shapes) > 1 and all(len(shape) == 1 for shape in shapes):
                return self.terms.apply("concat", nodes)
        return super()._array(item, operands, expression)

    def _matrix_product(self, parents: list[int]) -> int:
        """Return a product of matrices and vectors; a row times a matrix is a row."""
        ones = self.ones & set(parents)
        summed = with_ones(self.terms, parents, self.ones, self.rows) if ones else None
        if summed is not None:
            return summed
        ranks = [len(self.terms.shape(parent)) for parent in parents]
        if ranks == [1, 1] and self.rows & set(parents):
            return self.terms.apply("dot" if parents[0] in self.rows else "outer", parents)
        first, last = (self.terms.shape(parent) for parent in parents)
        if ranks == [2, 1] and first[1] == 1 and parents[1] in self.rows:
            return self.terms.apply("mul", parents)  # a column of a matrix times a row u^T
        if ranks == [1, 2] and last[0] == 1 and parents[0] not in self.rows and first != (1,):
            columns = [self.terms.apply("transpose", [parents[1]]), parents[0]]
            return self.terms.apply("transpose", [self.terms.apply("mul", columns)])
        node = self.terms.apply("dot" if max(ranks) < 2 else "matmul", parents)
        if parents[0] in self.rows and ranks == [1, 2]:
            self.rows.add(node)
        return node

    def _function(
        self, name: str, primes: int, item: Item, operands: list[Operand], expression: Expression
    ) -> int:
        """Return a function of one argument, differentiated as often as it has primes."""
        row = find(name)
        one = (isinstance(row, Elementwise) and len(row.arguments) == 1) or name in FUNCTIONS
        if len(operands) != 1 or not one or primes > 3:
            message = "answer.prime_of" if primes else "source.argument_count"
            fields: dict[str, Any] = {"got": len(operands), "expected": 1, "arguments": "x"}
            raise SourceError(message, name=name, hint="", **fields)
        value = self.terms.value(self.node(operands[0], expression))
        variable = self.terms.pool.name("'")
        math = self.terms.math
        function = FUNCTIONS.get(name)
        if function is not None:
            term = function(math, variable)
        else:
            assert isinstance(row, Elementwise)
            term = row.formula(math, variable, **row.defaults)
        for _ in range(primes):
            term = differentiated(term, "'")
        return self.terms.add(self._at(term, value))

    def _at(self, term: Term, value: Any) -> Any:
        pool = self.terms.pool
        return mapped(lambda entry: pool.substitute((term.id,), {"'": entry})[0], value)


def _is_ones(operand: Operand, expression: Expression) -> bool:
    """Tell whether an operand is written as a bold 1, which stands for a column of ones."""
    written = expression.text[operand.start : operand.end]
    return isinstance(operand.value, Number) and operand.value.value == 1 and written != "1"


def _unknown(name: str, *_where: object) -> SourceError:
    return SourceError("answer.unknown_name", got=name, near=Worded("near.none"), way=WAY)
