"""Write out sums over the rows of arrays: ``Σ_i X[i]^T (P[i] - Y[i])``, the index in brackets.

Where something is transposed a row is a matrix of one row, so that ``X[i]^T`` is a column; else it
is a vector.
"""

from __future__ import annotations

from graphgrad.expr.differentials import subscript_tokens
from graphgrad.expr.tokens import Token
from graphgrad.expr.vocabulary import Vocabulary

__all__ = ["over_rows"]

_MOST_TERMS = 40
_TURNED = frozenset({"T", "ᵀ", "⊤", "'", "^T"})


def over_rows(sign: Token, body: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return a sum written out; nothing if no declared array has its index in brackets.

    >>> from graphgrad.expr.tokens import tokenize
    >>> words = Vocabulary(["X"], [], shapes={"X": (2, 1)})
    >>> sign = Token("sum", "i", 0, 1)
    >>> "".join(token.value for token in over_rows(sign, tokenize("X[i]"), words))
    '(([X[1,1]])+([X[2,1]]))'
    """
    index, *bounds = sign.value.split(" ")
    lengths = set()
    for place, token in enumerate(body):
        shape, below = _shape(token, vocabulary), _below(body, place)
        if index in below and len(below) <= len(shape):
            lengths.add(shape[below.index(index)])
    if len(lengths) != 1 or vocabulary.name(index) is not None:
        return []
    last = lengths.pop()
    turned = any(token.value in _TURNED for token in body)
    if last > _MOST_TERMS or bounds not in ([], ["1", str(last)]):
        return []
    out = [Token("bracket", "(", sign.start, sign.end)]
    for number in range(1, last + 1):
        out += [Token("operator", "+", sign.start, sign.end)] if number > 1 else []
        out.append(out[0])
        out += _at(body, index, number, vocabulary, turned=turned)
        out.append(out[0]._replace(value=")"))
    return [*out, out[0]._replace(value=")")]


def _shape(token: Token, vocabulary: Vocabulary) -> tuple[int, ...]:
    name = vocabulary.name(token.value) if token.kind == "name" else None
    return vocabulary.shapes.get(name or "", ())


def _below(body: list[Token], place: int) -> list[str]:
    """Return what stands in the brackets behind a name, one word per axis."""
    found: list[str] = []
    if place + 1 >= len(body) or body[place + 1].value != "[":
        return found
    for token in body[place + 2 :]:
        if token.value == "]":
            return found
        if token.value != ",":
            found.append(token.value)
    return []


def _at(
    body: list[Token], index: str, number: int, vocabulary: Vocabulary, *, turned: bool
) -> list[Token]:
    """Return a body with a number for the index, and rows written out."""
    out: list[Token] = []
    place = 0
    while place < len(body):
        token, below = body[place], _below(body, place)
        shape = _shape(token, vocabulary)
        if index not in below or not shape:
            out.append(token)
            place += 1
            continue
        below = [str(number) if word == index else word for word in below]
        if len(below) == 1 and len(shape) == 2:
            row = _row(token, number, shape[1])
            out += row if turned else row[1:-1]
        else:
            out += [token, *subscript_tokens(below, token)]
        place += 2 * len(below) + 2
    return out


def _row(token: Token, number: int, length: int) -> list[Token]:
    opening = Token("bracket", "[", token.start, token.end)
    out = [opening, opening]
    for column in range(1, length + 1):
        out += [opening._replace(value=",")] if column > 1 else []
        out += [token, *subscript_tokens([str(number), str(column)], token)]
    closing = opening._replace(value="]")
    return [*out, closing, closing]
