r"""Read sums over an index: ``\sum_{i=1}^{3} w_i x_i``, ``Σ_i (y_i - t_i)^2``.

With bounds, or where w_1, w_2, ... are declared, the sum is written out; over a declared vector it
is the function ``sum`` of the body without its index.
"""

from __future__ import annotations

from graphgrad.errors import LimitError
from graphgrad.expr.tokens import Token, place_of
from graphgrad.expr.vocabulary import Vocabulary

__all__ = ["with_sums"]

MOST_SUMMANDS = 40
_MOST_TOKENS = 400
_ENDING = frozenset({",", ";", ")", "]", "<", ">", "<=", ">=", "=", "==", "!=", "≈"})


def with_sums(text: str, tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return tokens in which every sum over an index is written out or is a call.

    Raises:
        LimitError: if it would be too long.
    """
    tokens = [_as_sum(token, vocabulary) for token in tokens]
    place = 0
    while place < len(tokens):
        if tokens[place].kind != "sum":
            place += 1
            continue
        end = _end(tokens, place)
        body = tokens[place + 1 : end]
        tokens = [*tokens[:place], *_written(tokens[place], body, vocabulary), *tokens[end:]]
        if len(tokens) > _MOST_TOKENS:
            raise LimitError("answer.too_long", limit=_MOST_TOKENS, place=place_of(text, 0, 1))
    return tokens


def _as_sum(token: Token, vocabulary: Vocabulary) -> Token:
    """Return Σ, Σ_i and sum_i as sums; they are read as words."""
    head, _, index = token.value.partition("_")
    is_sign = token.kind == "name" and (head == "Σ" or (head == "sum" and len(index) == 1))
    is_sign = is_sign and vocabulary.name(token.value) is None
    return token._replace(kind="sum", value=index) if is_sign else token


def _end(tokens: list[Token], place: int) -> int:
    """Return where the body of a sum ends: at a + or - outside brackets, or a separator."""
    depth = 0
    for k in range(place + 1, len(tokens)):
        value = tokens[k].value
        if depth == 0 and (value in _ENDING or (value in ("+", "-") and k > place + 1)):
            before = tokens[k - 1]
            if value in _ENDING or before.kind not in ("operator", "sum"):
                return k
        depth += (value in ("(", "[")) - (value in (")", "]"))
    return len(tokens)


def _written(sign: Token, body: list[Token], vocabulary: Vocabulary) -> list[Token]:
    index, *bounds = sign.value.split(" ")
    start = Token("bracket", "(", sign.start, sign.end)
    values = _range(bounds) or _declared(index, body, vocabulary)
    if not values:
        bare = [_without(token, index, vocabulary) for token in body]
        call = Token("name", "sum", sign.start, sign.end)
        return [call, start, *bare, start._replace(value=")")]
    out = [start]
    for value in values:
        part = [_at(token, index, value) for token in body]
        out += [start, *part, start._replace(value=")"), Token("operator", "+", *sign[2:])]
    out[-1] = start._replace(value=")")
    return out


def _range(bounds: list[str]) -> list[int]:
    numerals = [int(bound) for bound in bounds if bound.isdecimal() and len(bound) < 4]
    if len(numerals) != 2 or numerals[1] - numerals[0] >= MOST_SUMMANDS:
        return []
    return list(range(numerals[0], numerals[1] + 1))


def _declared(index: str, body: list[Token], vocabulary: Vocabulary) -> list[int]:
    """Return the numbers for which every indexed name of the body is declared."""
    indexed = [t.value for t in body if t.kind == "name" and index and index in _places(t.value)]
    if not indexed:
        return []
    return [
        number
        for number in range(MOST_SUMMANDS)
        if all(vocabulary.name(_numbered(name, index, number)) for name in indexed)
    ]


def _places(name: str) -> str:
    return name.partition("_")[2]


def _numbered(name: str, index: str, number: int) -> str:
    head, _, below = name.partition("_")
    return f"{head}_{below.replace(index, str(number))}"


def _at(token: Token, index: str, number: int) -> Token:
    """Return a token with a number for the index."""
    if token.kind == "sum" or not index or index not in token.value:
        return token
    if token.value == index:
        return token._replace(kind="number", value=str(number))
    if token.kind == "name" and index in _places(token.value):
        return token._replace(value=_numbered(token.value, index, number))
    return token


def _without(token: Token, index: str, vocabulary: Vocabulary) -> Token:
    """Return a declared name without its index: x for x_i."""
    head, _, below = token.value.partition("_")
    if token.kind == "name" and index and below == index and vocabulary.name(head) is not None:
        return token._replace(value=head)
    return token
