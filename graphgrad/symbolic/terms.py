"""An algebra of terms of our own: sums, products and powers of names, numbers and applied rows.

It collects what is alike and nothing else: x + x is 2*x, x*x is x^2, 2*(x + y) stays. Terms answer
the questions that sympy's answer, so that one writer and one book of orders serve both. Whatever
sympy would decide by more than that (roots of products, symbolic exponents, pi) is given up, and
sympy is asked. Loading it takes longer than all else that most commands do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from graphgrad.ops.row import Elementwise

__all__ = [
    "ONE", "Call", "GaveUpError", "Number", "Product", "Symbol", "Term", "bottom_up", "times",
]  # fmt: skip


class GaveUpError(ValueError):
    """Signal what this algebra does not decide."""


class Term:
    """A part of a formula, the same object or not: equal terms are equal.

    Attributes:
        args: what it is made of.
        key: what tells it from others.
    """

    __slots__ = ("_hash", "args", "key")
    is_Symbol = is_Number = is_NumberSymbol = is_Rational = is_Integer = False  # noqa: N815
    is_Add = is_Mul = is_Pow = is_Float = False  # noqa: N815  # sympy's names

    def __init__(self, args: tuple[Term, ...], key: Any) -> None:
        self.args = args
        self.key = key
        self._hash = hash((type(self).__name__, key))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is type(self) and other.key == self.key)

    @property
    def free_symbols(self) -> set[Term]:
        """Return the names in it."""
        return {part for part in bottom_up(self) if part.is_Symbol}

    @property
    def is_number(self) -> bool:
        """Tell whether it holds no name."""
        return not self.free_symbols

    def as_coeff_Mul(self) -> tuple[Number, Term]:  # noqa: N802  # sympy's name
        """Return its number and the rest."""
        return ONE, self

    def as_base_exp(self) -> tuple[Term, Number]:
        """Return base and exponent."""
        return self, ONE

    def __add__(self, other: Term) -> Term:
        return _sum((self, other))

    def __mul__(self, other: Term) -> Term:
        return _product((self, other))

    def __pow__(self, exponent: Term) -> Term:
        return _power(self, exponent)

    def __rsub__(self, number: int) -> Term:
        minus = [times(Fraction(-1), term) for term in (self.args if self.is_Add else (self,))]
        return _sum((Number(Fraction(number)), *minus))


class Symbol(Term):
    """A name."""

    __slots__ = ("name",)
    is_Symbol = True  # noqa: N815

    def __init__(self, name: str) -> None:
        super().__init__((), name)
        self.name = name


class Number(Term):
    """A fraction."""

    __slots__ = ("value",)
    is_Number = is_Rational = is_finite = True  # noqa: N815

    def __init__(self, value: Fraction) -> None:
        super().__init__((), value)
        self.value = value

    __hash__ = Term.__hash__

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Number) else other)

    def __lt__(self, other: Any) -> bool:
        return bool(self.value < getattr(other, "value", other))

    def __gt__(self, other: Any) -> bool:
        return bool(self.value > getattr(other, "value", other))

    def __rmul__(self, number: int) -> Number:
        return Number(number * self.value)

    def __neg__(self) -> Number:
        return Number(-self.value)

    def __abs__(self) -> Number:
        return Number(abs(self.value))

    @property
    def is_Integer(self) -> bool:  # type: ignore[override]  # noqa: N802  # sympy's name
        """Tell whether it is whole."""
        return self.value.denominator == 1

    @property
    def p(self) -> int:
        """Return the numerator."""
        return self.value.numerator

    @property
    def q(self) -> int:
        """Return the denominator."""
        return self.value.denominator

    def as_coeff_Mul(self) -> tuple[Number, Term]:  # noqa: N802
        """Return it, and 1."""
        return self, ONE


ONE, ZERO = Number(Fraction(1)), Number(Fraction(0))


class Sum(Term):
    """Terms that differ in more than their numbers."""

    __slots__ = ()
    is_Add = True  # noqa: N815

    def __init__(self, args: tuple[Term, ...]) -> None:
        super().__init__(args, frozenset(args))


class Product(Term):
    """A number and factors of different bases."""

    __slots__ = ("factors", "number")
    is_Mul = True  # noqa: N815

    def __init__(self, number: Fraction, factors: tuple[Term, ...]) -> None:
        self.number, self.factors = Number(number), factors
        args = factors if number == 1 else (self.number, *factors)
        super().__init__(args, (number, frozenset(factors)))

    def as_coeff_Mul(self) -> tuple[Number, Term]:  # noqa: N802
        """Return its number and the rest."""
        return self.number, _rebuilt(Fraction(1), self.factors)

    @property
    def has_one_order(self) -> bool:
        """Tell whether the rank of its names alone puts its factors in order."""
        return sum(not factor.as_base_exp()[0].is_Symbol for factor in self.factors) <= 1


class Power(Term):
    """A base and a constant exponent that is not 1."""

    __slots__ = ("base", "exp")
    is_Pow = True  # noqa: N815

    def __init__(self, base: Term, exponent: Number) -> None:
        self.base, self.exp = base, exponent
        super().__init__((base, exponent), (base, exponent.value))

    def as_base_exp(self) -> tuple[Term, Number]:
        """Return base and exponent."""
        return self.base, self.exp


class Call(Term):
    """A row applied; it stays as it is.

    Attributes:
        row: the row.
        settings: its settings.
    """

    __slots__ = ("row", "settings")

    def __init__(self, row: Elementwise, settings: Mapping[str, Any], args: Iterable[Term]) -> None:
        self.row, self.settings = row, dict(settings)
        args = tuple(args)
        super().__init__(args, (row.name, tuple(settings.items()), args))


# ---- collecting ----


def _rebuilt(number: Fraction, factors: tuple[Term, ...]) -> Term:
    if number == 0 or not factors:
        return Number(number)
    return factors[0] if number == 1 and len(factors) == 1 else Product(number, factors)


def times(number: Fraction, term: Term) -> Term:
    """Return a term times a number, which is not multiplied into a sum.

    >>> x = Symbol("x")
    >>> times(Fraction(2), x + x) == times(Fraction(4), x)
    True
    """
    coefficient, rest = term.as_coeff_Mul()
    if rest == ONE:
        return Number(number * coefficient.value)
    factors = rest.factors if isinstance(rest, Product) else (rest,)
    return _rebuilt(number * coefficient.value, factors)


def _sum(terms: Iterable[Term]) -> Term:
    counts: dict[Term, Fraction] = {}
    for term in terms:
        for part in term.args if term.is_Add else (term,):
            coefficient, rest = part.as_coeff_Mul()
            counts[rest] = counts.get(rest, Fraction(0)) + coefficient.value
    number = counts.pop(ONE, Fraction(0))
    kept = {rest: count for rest, count in counts.items() if count}
    if any(rest.is_Add and count == 1 for rest, count in kept.items()):
        raise GaveUpError
    parts = [times(count, rest) for rest, count in kept.items()]
    parts += [Number(number)] if number or not parts else []
    return parts[0] if len(parts) == 1 else Sum(tuple(parts))


def _product(terms: Iterable[Term]) -> Term:
    number, powers = Fraction(1), dict[Term, Fraction]()
    for term in terms:
        coefficient, rest = term.as_coeff_Mul()
        number *= coefficient.value
        for factor in rest.factors if isinstance(rest, Product) else (rest,):
            if factor != ONE:
                base, exponent = factor.as_base_exp()
                powers[base] = powers.get(base, Fraction(0)) + exponent.value
    return _rebuilt(number, tuple([_raised(b, e) for b, e in powers.items() if e]))


def _raised(base: Term, exponent: Fraction) -> Term:
    return base if exponent == 1 else Power(base, Number(exponent))


def _power(base: Term, exponent: Term) -> Term:
    if not isinstance(exponent, Number):
        raise GaveUpError
    power = exponent.value
    whole = power.denominator == 1
    if power in (0, 1):
        return base if power == 1 else ONE
    if isinstance(base, Number):
        if not whole or (base == 0 and power < 0):
            raise GaveUpError
        return Number(base.value ** int(power))
    if base.is_Symbol or isinstance(base, Call):
        return Power(base, exponent)
    if not whole:
        raise GaveUpError
    if isinstance(base, Product):
        factors = (_power(factor, exponent) for factor in base.factors)
        return _product((_power(base.number, exponent), *factors))
    inner, known = base.as_base_exp()
    return _raised(inner, known.value * power)


# ---- parts ----


def bottom_up(expression: Any) -> list[Any]:
    """Return the distinct parts of an expression, arguments before what uses them."""
    order: list[Any] = []
    seen: set[Any] = set()
    stack = [(expression, False)]
    while stack:
        part, ready = stack.pop()
        if ready:
            order.append(part)
        elif part not in seen:
            seen.add(part)
            stack.append((part, True))
            stack.extend((arg, False) for arg in reversed(part.args))
    return order
