"""Put the terms of sums and the factors of products in order, the same in every run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from graphgrad.ops.text import Written
from graphgrad.symbolic.shown import Book, factor_key, term_key

__all__ = ["Ordering", "Part"]

_BEHIND = 1 << 40


class Part(NamedTuple):
    """What is known of a part of an expression once it is written.

    Attributes:
        written: its text.
        rank: the smallest rank of its symbols.
        last: whether it contains the symbol that goes last.
        simple: whether it is a symbol or a power of one.
    """

    written: Written
    rank: Any
    last: bool
    simple: bool


class Ordering:
    """Order by how a formula was written where the book knows it, else by rank.

    Attributes:
        book: the written orders.
        last: name of the symbol that stands last in products: the output.
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
            return sorted(terms, key=lambda term: place.get(term_key(term), _BEHIND))
        positive = [term for term in terms if term.as_coeff_Mul()[0] > 0]
        return sorted(terms, key=lambda term: term not in positive[:1])

    def factors(self, expression: Any, parts: Mapping[Any, Part]) -> list[Any]:
        """Return the factors of a product but its number: symbols, then brackets, output last."""
        written = {key: place for place, key in enumerate(self.book.factors(expression))}
        return sorted(
            (factor for factor in expression.args if not factor.is_Rational),
            key=lambda factor: _factor_rank(factor, parts, written),
        )


def _term_rank(term: Any, parts: Mapping[Any, Part]) -> Any:
    part = parts[term]
    degree = -term.as_base_exp()[1] if term.is_Pow and term.exp.is_Integer else -1
    return (term.is_number, part.rank, degree, part.written.text)


def _factor_rank(factor: Any, parts: Mapping[Any, Part], written: Mapping[Any, int]) -> Any:
    part = parts[factor]
    place = 0 if part.simple else written.get(factor_key(factor), _BEHIND)
    return (part.last, not part.simple, place, part.rank, part.written.text)
