"""Put the terms of sums and the factors of products in order, the same in every run.

An algebra decides what the terms and factors are (x + x is 2*x) and forgets their order, which the
taught form 1 - h^2 needs. So rows are run on expressions that note in a book how they were written.
No row is rewritten: functions stay applied, numbers are not multiplied into sums.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from graphgrad.ops.registry import row as row_of
from graphgrad.ops.row import Elementwise
from graphgrad.ops.text import Written
from graphgrad.symbolic.own import OWN, elementwise, is_indicator
from graphgrad.symbolic.terms import GaveUpError, Product

__all__ = ["Book", "Ordering", "Part", "Shown", "ShownMath", "TooLongError"]

_BEHIND = 1 << 40
_PAIR = 2
_ELEMENTARY = {"exp": 0, "sin": 1, "cos": 2, "sinh": 3, "cosh": 4, "tanh": 5, "log": 6}
"""Functions that stand before brackets, in this order: exp(x)*(sin(x) + cos(x))."""
_MOST_BITS = 4096
_MOST_ORDERS = 30


class Part(NamedTuple):
    """What is known of a part of an expression once it is written.

    Attributes:
        written: its text.
        rank: the smallest rank of its symbols.
        last: whether it contains the symbol that goes last.
        simple: whether it is a symbol or a power of one.
        calls: whether it is a function, or contains one.
    """

    written: Written
    rank: Any
    last: bool
    simple: bool
    calls: bool


class Ordering:
    """Order by how a formula was written where the book knows it, else by rank.

    Attributes:
        book: the written orders.
        last: name of the symbol that stands behind others of its kind: the output.
        names: rank of symbols by name; other symbols follow, by name.
    """

    def __init__(
        self, book: Book | None = None, last: str = "", names: Mapping[str, int] | None = None
    ) -> None:
        self.book = book or Book()
        self.last = last
        self.names = names or {}

    def symbol_rank(self, name: str) -> tuple[int, str]:
        """Return where a symbol stands."""
        return (_BEHIND, name) if name == self.last else (self.names.get(name, _BEHIND - 1), name)

    def terms(self, expression: Any, parts: Mapping[Any, Part]) -> list[Any]:
        """Return the terms of a sum in order; numbers last, or first before a minus."""
        terms = sorted(expression.args, key=lambda term: _term_rank(term, parts))
        if self.book.knows(expression):
            place = {key: place for place, key in enumerate(self.book.terms(expression))}
            terms.sort(key=lambda term: place.get(term_key(term), _BEHIND))
            if all(term.is_Symbol for term in terms) and not self.book.is_of_formula(expression):
                return sorted(terms, key=lambda term: parts[term].rank)
            if all(_function(term) in _ELEMENTARY for term in terms):
                return sorted(terms, key=lambda term: _ELEMENTARY[_function(term)])
            behind = terms[0].as_coeff_Mul()[0] < 0
            if behind and len(terms) == _PAIR and not any(map(_is_fraction, terms)):
                return sorted(terms, key=lambda term: bool(term.as_coeff_Mul()[0] < 0))
            return sorted(terms, key=lambda term: not (behind and _is_positive_number(term)))
        if any(parts[term].calls for term in terms):
            terms.sort(key=lambda term: not _is_positive_number(term))
        positive = [term for term in terms if term.as_coeff_Mul()[0] > 0]
        return sorted(terms, key=lambda term: term not in positive[:1])

    def factors(self, expression: Any, parts: Mapping[Any, Part]) -> list[Any]:
        """Return the factors of a product but its number: symbols, then the rest, output last."""
        written = {key: place for place, key in enumerate(self.book.factors(expression))}
        factors = [factor for factor in expression.args if not factor.is_Rational]
        if self.book.is_of_formula(expression):
            return sorted(factors, key=lambda factor: written.get(factor_key(factor), _BEHIND))
        others = [factor for factor in factors if not parts[factor].simple]
        kinds = [bool(_function(other)) for other in others]
        if kinds.count(True) == 1 and (len(others) == _PAIR or _all_of_one(others)):
            written |= {factor_key(o): place for place, o in enumerate(sorted(others, key=_is_sum))}
        side_by_side = self.book.order_of([factor_key(f) for f in factors if parts[f].simple])
        return sorted(factors, key=lambda f: _factor_rank(f, parts, written, side_by_side))


def _all_of_one(others: list[Any]) -> bool:
    """Tell whether brackets hold the function beside them and nothing else: s*(1 - s)*(1 - 2*s)."""
    function = next(factor_key(other) for other in others if _function(other))
    sums = [other for other in others if not _function(other)]
    return all(
        other.is_Add and {term_key(t) for t in other.args if not t.is_number} == {function}
        for other in sums
    )


def _is_positive_number(term: Any) -> bool:
    return bool(term.is_Rational and term > 0)


def _term_rank(term: Any, parts: Mapping[Any, Part]) -> Any:
    part = parts[term]
    degree = -term.as_base_exp()[1] if term.is_Pow and term.exp.is_Integer else -1
    return (term.is_number, part.rank, degree, part.written.text)


def _factor_rank(
    factor: Any,
    parts: Mapping[Any, Part],
    written: Mapping[Any, int],
    side_by_side: Mapping[Any, int],
) -> Any:
    part = parts[factor]
    base = factor_key(factor)
    place = side_by_side.get(base, 0) if part.simple else written.get(base, _BEHIND)
    root = factor.is_number and (base.is_Rational or base.is_NumberSymbol)  # sqrt(2), pi
    raised = factor.is_Pow and not factor.args[1].is_number
    function = -1 if raised else _ELEMENTARY.get(_function(factor), len(_ELEMENTARY))
    return (not root, not part.simple, function, part.last, place, part.rank, part.written.text)


def _is_fraction(term: Any) -> bool:
    """Tell whether a term has a bar: -y/p + (1 - y)/(1 - p) keeps the order of its formula."""
    factors = term.args if term.is_Mul else (term,)
    return any(f.is_Pow and f.args[1].is_Rational and f.args[1] < 0 for f in factors)


def _is_sum(part: Any) -> bool:
    return not _function(part)


def _function(part: Any) -> str:
    """Return the name of the function that a part, or its base, is; empty if it is none."""
    for each in (part, factor_key(part)) if hasattr(part, "as_base_exp") else ():
        if len(each.args) == 1 and not (each.is_Add or each.is_Mul or each.is_Pow):
            return getattr(getattr(each, "row", None), "name", type(each).__name__)
    return ""


class TooLongError(ValueError):
    """Signal a number that is too long to be written."""


def term_key(term: Any) -> Any:
    """Return what a term is apart from its number: terms with equal keys are collected."""
    return term.as_coeff_Mul()[1]


def factor_key(factor: Any) -> Any:
    """Return the base of a factor: factors with equal keys are collected."""
    return factor.as_base_exp()[0]


class Book:
    """Remember the written order of the terms of each sum and the factors of each product.

    Args:
        algebra: what expressions are made with: that of `graphgrad.symbolic.terms`, or sympy.
    """

    def __init__(self, algebra: Any = OWN) -> None:
        self.algebra = algebra
        self._terms: dict[Any, tuple[Any, ...]] = {}
        self._factors: dict[Any, tuple[Any, ...]] = {}
        self._of_formula: set[Any] = set()
        self._orders: list[tuple[Any, ...]] = []

    def formula_is_written(self) -> None:
        """Note that products and sums up to now are those of the formula: they keep their order."""
        self._of_formula = {*self._factors, *self._terms}
        symbols = (tuple(k for k in keys if k.is_Symbol) for keys in self._factors.values())
        self._orders = [keys for keys in symbols if len(keys) > 1][:_MOST_ORDERS]

    def order_of(self, names: list[Any]) -> dict[Any, int]:
        """Return the places of names as they stand side by side in the formula; else none.

        2*lam*w is the derivative of lam*w^2, also where w stands further in front.
        """
        for order in self._orders if len(names) > 1 else ():
            if set(names) <= set(order):
                return {name: place for place, name in enumerate(order)}
        return {}

    def is_of_formula(self, part: Any) -> bool:
        """Tell whether a product or a sum stands in the formula."""
        return part in self._of_formula

    def terms(self, expression: Any) -> tuple[Any, ...]:
        """Return the keys of the terms, in the order in which they were written."""
        if not expression.is_Add:
            return (term_key(expression),)
        if expression not in self._terms and self.algebra is OWN:
            raise GaveUpError
        return self._terms.get(expression) or tuple(map(term_key, expression.args))

    def knows(self, expression: Any) -> bool:
        """Tell whether a sum was written term by term under this book."""
        return expression in self._terms

    def factors(self, expression: Any) -> tuple[Any, ...]:
        """Return the keys of the factors, in the order in which they were written."""
        if not expression.is_Mul:
            return (factor_key(expression),)
        known = self._factors.get(expression)
        if known is None and isinstance(expression, Product) and not expression.has_one_order:
            raise GaveUpError
        return known or tuple(map(factor_key, expression.args))

    def add(self, a: Any, b: Any) -> Any:
        """Return a + b."""
        total = a + b
        if total.is_Add and total not in self._terms:
            self._terms[total] = tuple(dict.fromkeys(self.terms(a) + self.terms(b)))
        return total

    def multiply(self, a: Any, b: Any) -> Any:
        """Return a*b, without multiplying a number into a sum: 2*(y - t) stays."""
        first, left = a.as_coeff_Mul()
        second, right = b.as_coeff_Mul()
        coefficient, product = first * second, left * right
        if coefficient != 1:
            product = self.algebra.scaled(coefficient, product)
        if product.is_Mul and product not in self._factors:
            self._factors[product] = tuple(dict.fromkeys(self.factors(a) + self.factors(b)))
        return product

    def power(self, base: Any, exponent: Any) -> Any:
        """Return a power; the factors of a product keep their order.

        Raises:
            TooLongError: if a number would get more than some thousand digits.
        """
        coefficient = base.as_coeff_Mul()[0]
        if exponent.is_Rational and coefficient.is_Rational and coefficient not in (0, 1, -1):
            bits = max(int(coefficient.p).bit_length(), int(coefficient.q).bit_length())
            if bits * abs(exponent) > _MOST_BITS:
                raise TooLongError
        result = base**exponent
        if result.is_Mul and result not in self._factors and base.is_Mul:
            self._factors[result] = self.factors(base)
        return result


class ShownMath:
    """Namespace whose values are expressions that remember how they were written."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.algebra = book.algebra

    def shown(self, value: Any) -> Shown:
        """Return an expression, a number or a shown value as a shown value."""
        return value if isinstance(value, Shown) else Shown(self.book, self.algebra.number(value))

    @property
    def pi(self) -> Shown:
        """Return the circle's ratio."""
        return Shown(self.book, self.algebra.constant("pi"))

    @property
    def euler(self) -> Shown:
        """Return the base of the natural logarithm."""
        return Shown(self.book, self.algebra.constant("e"))

    def powi(self, x: Any, *, n: Any) -> Shown:
        """Return x to a constant power."""
        return self.shown(x).__pow__(n)

    def pow(self, x: Any, y: Any) -> Shown:
        """Return x to a power."""
        return self.shown(x).__pow__(y)

    def expm1(self, x: Any) -> Any:
        """Return exp(x) - 1."""
        return self.exp(x) - 1

    def log1p(self, x: Any) -> Any:
        """Return log(1 + x)."""
        return self.log(1 + self.shown(x))

    def log(self, x: Any) -> Shown:
        """Return the natural logarithm; those of 1 and e are numbers."""
        value = self.shown(x).expr
        euler = value.is_NumberSymbol and value == self.algebra.constant("e")
        if value == 1 or euler:
            return self.shown(int(euler))
        return Shown(self.book, self.algebra.call(_LOG, {}, [value]))

    def __getattr__(self, name: str) -> Callable[..., Any]:
        row = elementwise(name)
        return lambda *args, **settings: self.call(row, args, settings)

    def call(self, row: Elementwise, args: tuple[Any, ...], settings: dict[str, Any]) -> Shown:
        """Return a function applied."""
        if row.notation is not None and row.name in _ARITHMETIC:
            return self.shown(row.formula(self, *map(self.shown, args)))
        inside = [self.shown(arg).expr for arg in args]
        if row.name == "equal" and inside[1] == 0 and is_indicator(inside[0]):
            return 1 - self.shown(args[0])
        return Shown(self.book, self.algebra.call(row, row.defaults | settings, inside))


class Shown:
    """An expression with operators that keep the book."""

    __slots__ = ("book", "expr")

    def __init__(self, book: Book, expr: Any) -> None:
        self.book = book
        self.expr = expr

    def _with(self, other: Any) -> Any:
        return other.expr if isinstance(other, Shown) else self.book.algebra.number(other)

    def __add__(self, other: Any) -> Shown:
        return Shown(self.book, self.book.add(self.expr, self._with(other)))

    def __radd__(self, other: Any) -> Shown:
        return Shown(self.book, self.book.add(self._with(other), self.expr))

    def __sub__(self, other: Any) -> Shown:
        if self.expr == 1 and isinstance(other, Shown) and is_indicator(1 - other.expr):
            return Shown(self.book, 1 - other.expr)
        minus = self.book.multiply(self.book.algebra.number(-1), self._with(other))
        return Shown(self.book, self.book.add(self.expr, minus))

    def __rsub__(self, other: Any) -> Shown:
        return Shown(self.book, self._with(other)) - self

    def __mul__(self, other: Any) -> Shown:
        return Shown(self.book, self.book.multiply(self.expr, self._with(other)))

    def __rmul__(self, other: Any) -> Shown:
        return Shown(self.book, self.book.multiply(self._with(other), self.expr))

    def __truediv__(self, other: Any) -> Shown:
        inverse = self.book.power(self._with(other), self.book.algebra.number(-1))
        return Shown(self.book, self.book.multiply(self.expr, inverse))

    def __rtruediv__(self, other: Any) -> Shown:
        return Shown(self.book, self._with(other)) / self

    def __neg__(self) -> Shown:
        return Shown(self.book, self.book.multiply(self.book.algebra.number(-1), self.expr))

    def __pow__(self, exponent: Any) -> Shown:
        return Shown(self.book, self.book.power(self.expr, self._with(exponent)))

    def __rpow__(self, base: Any) -> Shown:
        return Shown(self.book, self.book.power(self._with(base), self.expr))


_ARITHMETIC = frozenset({"add", "sub", "mul", "div", "neg", "pow"})
_LOG: Any = row_of("log")
