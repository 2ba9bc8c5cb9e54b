"""Hold real expressions as terms: numbered operations on earlier terms, equal ones stored once.

A few operations are enough for every row: ``number``, ``name``, ``pi``, ``add``, ``mul``, ``power``
(integer exponent), ``root`` (fractional exponent, for values >= 0), ``pow`` (variable exponent, for
values > 0, or whole exponents), ``exp``, ``log``, ``sin``, ``cos``, ``erf``, ``factorial``,
``asin``, ``atan``, ``abs``, ``floor``, ``held`` (the same value, without a derivative),
``positive`` (1 above zero, else 0), ``zero`` (1 at zero, else 0) and ``where``. A term has a larger
id than its arguments, so nothing recurses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from graphgrad.errors import LimitError

__all__ = ["MOST_TERMS", "Pool", "Term"]

MOST_TERMS = 60_000
_WIDEST = 32
_MOST_BITS = 2_048


class Pool:
    """Terms 0, 1, 2, ...: an operation, its arguments, and what it holds beside them.

    Its ``work`` is how often a term was asked for, new or known.

    >>> pool = Pool()
    >>> x = pool.name("x")
    >>> (x + 1 == 1 + x), (x + 1).id
    (True, 2)
    """

    def __init__(self) -> None:
        self.ops: list[str] = []
        self.args: list[tuple[int, ...]] = []
        self.held: list[Any] = []
        self.work = 0
        self._index: dict[tuple[Any, ...], int] = {}

    def __len__(self) -> int:
        return len(self.ops)

    def put(self, op: str, args: tuple[int, ...] = (), held: Any = None) -> int:
        """Return the id of a term, new or known.

        Raises:
            LimitError: if the pool has grown beyond what is worth deciding.
        """
        key = (op, args, held)
        found = self._index.get(key)
        self.work += 1
        if found is None:
            if len(self.ops) >= MOST_TERMS:  # before it has a place: a full pool stays as it is
                raise LimitError("check.too_many_terms", limit=MOST_TERMS)
            found = self._index[key] = len(self.ops)
            self.ops.append(op)
            self.args.append(args)
            self.held.append(held)
        return found

    def name(self, name: str) -> Term:
        """Return a variable."""
        return Term(self, self.put("name", (), name))

    def number(self, value: Any) -> Term:
        """Return a number; floats stand for the binary fraction they are."""
        return Term(self, self.put("number", (), Fraction(value)))

    def term(self, value: Any) -> Term:
        """Return a number, or a term, as a term."""
        return value if isinstance(value, Term) else self.number(value)

    def value(self, term: int) -> Fraction | None:
        """Return the number a term is, or None."""
        held = self.held[term]
        return held if self.ops[term] == "number" else None

    def reach(self, roots: Iterable[int]) -> list[int]:
        """Return the terms that roots are made of, arguments first."""
        seen = set(roots)
        queue = list(seen)
        while queue:
            for arg in self.args[queue.pop()]:
                if arg not in seen:
                    seen.add(arg)
                    queue.append(arg)
        return sorted(seen)

    def names(self, roots: Iterable[int]) -> list[str]:
        """Return the variables of terms, in the order they were first met."""
        return [self.held[t] for t in self.reach(roots) if self.ops[t] == "name"]

    def substitute(self, roots: Iterable[int], values: Mapping[str, Term]) -> list[Term]:
        """Return terms with variables replaced."""
        roots = list(roots)
        new: dict[int, Term] = {}
        for term in self.reach(roots):
            held = self.held[term]
            if self.ops[term] == "name":
                new[term] = values.get(held) or Term(self, term)
            elif any(new[arg].id != arg for arg in self.args[term]):
                new[term] = self.rebuilt(term, [new[arg] for arg in self.args[term]])
            else:
                new[term] = Term(self, term)
        return [new[root] for root in roots]

    def rebuilt(self, term: int, args: list[Term]) -> Term:
        """Return a term's operation on other arguments, folded where that is possible."""
        op, held = self.ops[term], self.held[term]
        if op == "add":
            return self.sum(args)
        if op == "mul":
            return self.product(args)
        if op == "power":
            return self.power(args[0], held)
        if op == "pow":
            return args[0] ** args[1]
        return Term(self, self.put(op, tuple(arg.id for arg in args), held))

    # ---- sums, products, powers: flat, ordered, numbers folded ----

    def sum(self, terms: Iterable[Term]) -> Term:
        """Return a sum; nested sums are opened and numbers added up."""
        parts, number = self._flat("add", terms, Fraction(0), lambda a, b: a + b)
        if number or not parts:
            parts.append(self.number(number).id)
        return Term(self, parts[0] if len(parts) == 1 else self.put("add", tuple(sorted(parts))))

    def product(self, terms: Iterable[Term]) -> Term:
        """Return a product; nested products are opened and numbers multiplied.

        A factor 0 stays beside the others: 0*log(x) exists only where log(x) does.
        """
        parts, number = self._flat("mul", terms, Fraction(1), lambda a, b: a * b)
        if number != 1 or not parts:
            parts.append(self.number(number).id)
        return Term(self, parts[0] if len(parts) == 1 else self.put("mul", tuple(sorted(parts))))

    def _flat(
        self, op: str, terms: Iterable[Term], unit: Fraction, fold: Any
    ) -> tuple[list[int], Fraction]:
        parts: list[int] = []
        for term in terms:
            inner = self.args[term.id]
            opened = self.ops[term.id] == op and len(inner) + len(parts) <= _WIDEST
            parts.extend(inner if opened else (term.id,))
        rest: list[int] = []
        number = unit
        for part in parts:
            value = self.value(part)
            if value is None or _bits(value) + _bits(number) > _MOST_BITS:
                rest.append(part)
            else:
                number = fold(number, value)
        return rest, number

    def power(self, base: Term, exponent: int) -> Term:
        """Return an integer power; powers of numbers are folded while they stay short."""
        if exponent in (0, 1):
            return base if exponent else self.number(1)
        value = self.value(base.id)
        short = value is not None and _bits(value) * abs(exponent) <= _MOST_BITS
        if value is not None and short and (value or exponent > 0):
            return self.number(value**exponent)
        return Term(self, self.put("power", (base.id,), exponent))

    def raised(self, base: Term, exponent: Fraction) -> Term:
        """Return a power with a constant exponent: an integer power, or a root."""
        if exponent.denominator == 1:
            return self.power(base, int(exponent))
        if self.value(base.id) in (0, 1) and exponent > 0:
            return base
        return Term(self, self.put("root", (base.id,), exponent))

    def pow(self, base: Term, exponent: Term) -> Term:
        """Return a power; with a variable exponent it exists for a base > 0."""
        value = self.value(exponent.id)
        if value is not None:
            return self.raised(base, value)
        if self.ops[base.id] == "exp":
            return self.folded("exp", Term(self, self.args[base.id][0]) * exponent, 0, 1)
        return Term(self, self.put("pow", (base.id, exponent.id)))

    def folded(self, op: str, term: Term, at: int, result: int) -> Term:
        """Return an operation on a term; at one number its result is known."""
        if self.value(term.id) == at:
            return self.number(result)
        return Term(self, self.put(op, (term.id,)))


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


class Term:
    """A thin view of a term, with operators, so that rows and arrays can compute with it."""

    __slots__ = ("id", "pool")

    def __init__(self, pool: Pool, term: int) -> None:
        self.pool = pool
        self.id = term

    def __repr__(self) -> str:
        return f"<Term {self.id} {self.pool.ops[self.id]}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Term) and self.id == other.id and self.pool is other.pool

    def __hash__(self) -> int:
        return hash(self.id)

    def __add__(self, other: Any) -> Term:
        if hasattr(other, "dtype"):
            return NotImplemented
        return self.pool.sum((self, self.pool.term(other)))

    def __radd__(self, other: Any) -> Term:
        return self.pool.sum((self.pool.term(other), self))

    def __neg__(self) -> Term:
        return self.pool.product((self.pool.number(-1), self))

    def __sub__(self, other: Any) -> Term:
        if hasattr(other, "dtype"):
            return NotImplemented
        return self + (-self.pool.term(other))

    def __rsub__(self, other: Any) -> Term:
        return self.pool.term(other) + (-self)

    def __mul__(self, other: Any) -> Term:
        if hasattr(other, "dtype"):
            return NotImplemented
        return self.pool.product((self, self.pool.term(other)))

    def __rmul__(self, other: Any) -> Term:
        return self.pool.product((self.pool.term(other), self))

    def __truediv__(self, other: Any) -> Term:
        if hasattr(other, "dtype"):
            return NotImplemented
        return self * self.pool.power(self.pool.term(other), -1)

    def __rtruediv__(self, other: Any) -> Term:
        return self.pool.term(other) * self.pool.power(self, -1)

    def __pow__(self, exponent: Any) -> Term:
        return self.pool.pow(self, self.pool.term(exponent))

    def __rpow__(self, base: Any) -> Term:
        return self.pool.term(base) ** self
