r"""Read logarithms to a base: ``\log_{a^2} x``, ``log_a(x)``, ``log₂ x``.

The base stands behind a token ``_``, in brackets, until the function is applied; then it is
ln x / ln a.
"""

from __future__ import annotations

import re

from graphgrad.errors import SourceError
from graphgrad.expr.tokens import Token, place_of
from graphgrad.expr.vocabulary import Vocabulary

__all__ = ["LOGARITHMS", "based", "taken_base", "with_log_bases"]

LOGARITHMS = frozenset({"log", "ln", "lg"})
_BASED = re.compile(r"(log|ln|lg)_(\d+|[^\W\d_]\w*)")


def based(sign: Token, inner: list[Token]) -> list[Token]:
    """Return a base as it stands behind a logarithm until that is applied."""
    opening = Token("bracket", "(", sign.start, sign.end)
    return [Token("sign", "_", sign.start, sign.end), opening, *inner, opening._replace(value=")")]


def with_log_bases(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return tokens in which ``log_a`` is a logarithm with a base, unless it is declared.

    >>> [t.value for t in with_log_bases([Token("name", "log_a", 0, 5)], Vocabulary([], ["log"]))]
    ['log', '_', '(', 'a', ')']
    """
    found: list[Token] = []
    for token in tokens:
        match = _BASED.fullmatch(token.value) if token.kind == "name" else None
        if match is None or vocabulary.name(token.value) or vocabulary.function(token.value):
            found.append(token)
            continue
        middle = min(token.start + match.end(1), token.end)
        kind = "number" if match[2].isdecimal() else "name"
        found.append(Token("name", match[1], token.start, middle))
        found += based(found[-1], [Token(kind, match[2], middle, token.end)])
    return found


def taken_base(text: str, tokens: list[Token], place: int) -> tuple[list[Token], int]:
    """Return the tokens of the base at a place, and where it ends; [] if there is none.

    Raises:
        SourceError: if its brackets are not closed.
    """
    if place >= len(tokens) or tokens[place].value != "_" or tokens[place].kind != "sign":
        return [], place
    depth = 0
    for end in range(place + 1, len(tokens)):
        depth += (tokens[end].value in ("(", "[")) - (tokens[end].value in (")", "]"))
        if depth == 0:
            return tokens[place + 2 : end], end + 1
    sign = tokens[place]
    raise SourceError("answer.subscript", got="_", place=place_of(text, sign.start, sign.end))
