"""Read declared relations: ``x > 0``, ``0 < p < 1``, ``y in {0, 1}``, ``sum(t) = 1``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.operations import differentiated
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.exercises.deciding.domain import Domain
from graphgrad.exercises.reading.meaning import Meaning
from graphgrad.expr.lenient import parse_answer, read_tokens
from graphgrad.expr.tokens import Token, relation_sides
from graphgrad.expr.vocabulary import Vocabulary
from graphgrad.ops.shapes import entries

__all__ = ["read_assumptions"]

_MEMBER = re.compile(
    r"^(?P<what>.+?)(?<!\s)\s*+(?:(?<=\s)(?:in|en)\b|∈)\s*+(?P<set>[{(\[].*+(?<=[})\]]))$"
)


def read_assumptions(
    texts: Iterable[str], meaning: Meaning, vocabulary: Vocabulary
) -> tuple[Domain, list[str]]:
    """Return what the relations say about the variables, and those that were not understood.

    >>> from graphgrad.exercises.reading.meaning import vocabulary_of
    >>> pool = Pool()
    >>> domain, _ = read_assumptions(["0 < p < 1"], Meaning(pool, pool.name), vocabulary_of(["p"]))
    >>> domain.lower, domain.upper
    ({'p': Fraction(0, 1)}, {'p': Fraction(1, 1)})
    """
    reader = _Reader(meaning, vocabulary)
    ignored = []
    for text in texts:
        try:
            understood = reader.read(text)
        except GraphgradError:
            understood = False
        if not understood:
            ignored.append(text)
    return reader.domain(), ignored


class _Reader:
    """Collect relations over one pool of terms."""

    def __init__(self, meaning: Meaning, vocabulary: Vocabulary) -> None:
        self.meaning = meaning
        self.pool: Pool = meaning.pool
        self.vocabulary = vocabulary
        self.lower: dict[str, Fraction] = {}
        self.upper: dict[str, Fraction] = {}
        self.choices: dict[str, tuple[Fraction, ...]] = {}
        self.replaced: dict[str, Term] = {}
        self.above_zero: list[Term] = []
        self.texts: dict[str, frozenset[str]] = {}

    def domain(self) -> Domain:
        moved = [self.replaced[n] - bound for n, bound in self.lower.items() if n in self.replaced]
        moved += [bound - self.replaced[n] for n, bound in self.upper.items() if n in self.replaced]
        above = (term.id for term in (*self.above_zero, *moved))
        terms = self.pool.substitute(above, self.replaced)
        return Domain(
            self.lower,
            self.upper,
            self.choices,
            self.replaced,
            tuple(term.id for term in terms),
            self.texts,
        )

    def read(self, text: str) -> bool:
        """Read one relation; tell whether it was understood."""
        self.mentioned: list[str] = []
        member = _MEMBER.match(text.strip())
        understood = self._member(member) if member else self._relations(text)
        if understood:
            self.texts[text] = frozenset(self.mentioned)
        return understood

    def _member(self, member: re.Match[str]) -> bool:
        names = self._names(member["what"])
        inside = member["set"]
        parts = re.split(r"[;,]", inside[1:-1])
        numbers = [self.pool.value(self._terms(part)[0].id) for part in parts]
        values = [number for number in numbers if number is not None]
        if not names or len(values) != len(parts):
            return False
        for name in names:
            if inside[0] == "{":
                self.choices[name] = tuple(values)
            elif len(values) == 2:
                self.lower[name], self.upper[name] = values
        return True

    def _names(self, text: str) -> list[str]:
        terms = self._terms(text)
        named = all(self.pool.ops[term.id] == "name" for term in terms)
        return [self.pool.held[term.id] for term in terms] if named else []

    def _terms(self, text: str) -> list[Term]:
        terms = entries(self.meaning.of(parse_answer(text, self.vocabulary).expression))
        self.mentioned += self.pool.names(term.id for term in terms)
        return terms

    def _relations(self, text: str) -> bool:
        tokens = read_tokens(text, self.vocabulary, "auto", [], declared=True)
        parts, signs = relation_sides(tokens)
        sides = [self._side(text, part) for part in parts]
        pairs = zip(sides, signs, sides[1:], strict=False)
        return bool(signs) and all(self._relation(*pair) for pair in pairs)

    def _side(self, text: str, tokens: list[Token]) -> Any:
        reading = parse_answer(text, self.vocabulary, "auto", tokens)
        return self.meaning.of(reading.expression)

    def _relation(self, left: Any, sign: str, right: Any) -> bool:
        if sign == "!=":
            return True
        for difference in entries(left - right):
            self.mentioned += self.pool.names((difference.id,))
            if sign in ("=", "=="):
                if not self._solve(difference):
                    return False
            else:
                self._above_zero(difference if ">" in sign else -difference)
        return True

    def _above_zero(self, term: Term) -> None:
        """Keep that a term is > 0: a bound of one variable, or a condition."""
        names = self.pool.names((term.id,))
        slope = differentiated(term, names[0]) if len(names) == 1 else term
        factor = self.pool.value(slope.id)
        if len(names) == 1 and factor:
            rest = self.pool.substitute((term.id,), {names[0]: self.pool.number(0)})[0]
            number = self.pool.value(rest.id)
            if number is not None:
                bounds = self.lower if factor > 0 else self.upper
                bounds[names[0]] = -number / factor
                return
        self.above_zero.append(term)

    def _solve(self, difference: Term) -> bool:
        """Express the last variable of an equation by the others, if it stands linearly."""
        known = self.pool.substitute((difference.id,), self.replaced)[0]
        for name in reversed(self.pool.names((known.id,))):
            factor = self.pool.value(differentiated(known, name).id)
            rest = self.pool.substitute((known.id,), {name: self.pool.number(0)})[0]
            if factor and name not in self.pool.names((rest.id,)):
                value = rest * (-1 / factor)
                old = list(self.replaced)
                moved = self.pool.substitute((self.replaced[key].id for key in old), {name: value})
                self.replaced.update(zip(old, moved, strict=True))
                self.replaced[name] = value
                return True
        return False
