"""Write the fractions of one character out: ½ is (1/2), 1½ is (1 + 1/2)."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from graphgrad.expr.tokens import Token

__all__ = ["with_fractions"]


def with_fractions(tokens: list[Token]) -> list[Token]:
    """Return tokens without fractions of one character.

    >>> [token.value for token in with_fractions([Token("vulgar", "½", 0, 1)])]
    ['(', '1', '/', '2', ')']
    """
    found: list[Token] = []
    for token in tokens:
        if token.kind != "vulgar":
            found.append(token)
            continue
        value = Fraction(unicodedata.numeric(token.value)).limit_denominator(10)
        whole: list[Token] = []
        if found and found[-1].kind == "number" and found[-1].end == token.start:
            whole = [found.pop(), _part("operator", "+", token)]
        found += [_part("bracket", "(", token), *whole]
        found += [_part("number", str(value.numerator), token), _part("operator", "/", token)]
        found += [_part("number", str(value.denominator), token), _part("bracket", ")", token)]
    return found


def _part(kind: str, value: str, token: Token) -> Token:
    return Token(kind, value, token.start, token.end)
