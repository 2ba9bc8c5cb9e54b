r"""Read answers that hold for every index: ``z_i = Σ_j W_ij x_j + b_i``, ``dL/dW_ij = δ_i x_j``.

Where every array is a vector with one index the line is that of whole vectors. Else it is written
out: an array of one formula per entry, as many as the arrays that carry the indices say.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from graphgrad.expr.indexed import INDICES, Indexed, free_letters
from graphgrad.expr.tokens import Token
from graphgrad.expr.vocabulary import Vocabulary

__all__ = ["with_entries", "without_free_index"]

_MOST_ENTRIES = 64
_KRONECKER = ("δ", "delta")
_PLAIN = frozenset("/∂()")


def without_free_index(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return ``dL/dz_i = p_i - t_i``, true for every i, as ``dL/dz = p - t``.

    That is so where every array of the line is a vector with that one index, which makes every
    operation act entry by entry; entries such as p[2] are numbers. Any other line is left as it is.
    """
    whole: dict[int, str] = {}
    letters: set[str] = set()
    for place, token in enumerate(tokens):
        if token.kind != "name" or vocabulary.name(token.value) is not None:
            bare = token.kind == "name" and vocabulary.shapes.get(
                vocabulary.name(token.value) or ""
            )
            entry = place + 1 < len(tokens) and tokens[place + 1].value == "["
            if bare and not entry:
                return tokens
            continue
        head, _, below = token.value.partition("_")
        name = vocabulary.name(head) or vocabulary.name(head.removeprefix("d"))
        if len(below) == 1 and below in INDICES and len(vocabulary.shapes.get(name or "", ())) == 1:
            whole[place] = head
            letters.add(below)
        elif name is not None and vocabulary.shapes.get(name) and vocabulary.name(head) is None:
            return tokens
    if len(letters) != 1:
        return tokens
    return [t._replace(value=whole.get(k, t.value)) for k, t in enumerate(tokens)]


def with_entries(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return a line on every entry of a matrix, or of several vectors, as one on whole arrays.

    >>> from graphgrad.expr.tokens import tokenize
    >>> words = Vocabulary(["A", "u", "v"], [], shapes={"A": (2, 1), "u": (2,), "v": (1,)})
    >>> "".join(t.value for t in with_entries(tokenize("A_ij = u_i*v_j"), words))
    'A=[(u[1]*v[1]);(u[2]*v[1])]'
    """
    parts = _sides(tokens)
    if (
        not vocabulary.has_shapes
        or len(parts) < 2
        or without_free_index(tokens, vocabulary) != tokens
    ):
        return tokens
    bound = {token.value.split(" ")[0] for token in tokens if token.kind == "sum"}
    letters = free_letters(parts[0])
    everywhere = free_letters(tokens)
    if not letters or bound & set(letters) or set(everywhere) != set(letters) or len(letters) > 2:
        return tokens
    lengths = [_length(letter, tokens, vocabulary) for letter in letters]
    count = 1
    for length in lengths:
        count *= length
    if not 0 < count <= _MOST_ENTRIES:
        return tokens
    found: list[Token] = []
    for number, part in enumerate(parts):
        sign, body = part[:1] if number else [], part[1:] if number else part
        plain = not number and all(t.kind == "name" or t.value in _PLAIN for t in body)
        found += sign
        found += _bare(body) if plain else _array(body, letters, lengths, vocabulary)
    return found


def _sides(tokens: list[Token]) -> list[list[Token]]:
    """Return a chain cut before every = outside brackets."""
    depth, begun, found = 0, 0, []
    for place, token in enumerate(tokens):
        depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
        if depth == 0 and token.value in ("=", "≈", "==") and place:
            found.append(tokens[begun:place])
            begun = place
    return [*found, tokens[begun:]]


def _length(letter: str, tokens: list[Token], vocabulary: Vocabulary) -> int:
    """Return how far an index runs, by the arrays that carry it; 0 if they do not agree."""
    lengths = set()
    for token in tokens:
        if token.kind != "name" or letter not in token.value.partition("_")[2]:
            continue
        reader = Indexed([token], token._replace(value=letter), vocabulary)
        shape, below = reader.shape(token), token.value.partition("_")[2].replace(",", "")
        if vocabulary.name(token.value) is None and len(shape) == len(below):
            lengths |= {shape[axis] for axis, sign in enumerate(below) if sign == letter}
    return lengths.pop() if len(lengths) == 1 else 0


def _bare(body: list[Token]) -> list[Token]:
    """Return the name of a step without its indices: dL/dW for dL/dW_ij."""
    return [
        token._replace(value=token.value.partition("_")[0]) if free_letters([token]) else token
        for token in body
    ]


def _array(
    body: list[Token], letters: list[str], lengths: list[int], vocabulary: Vocabulary
) -> list[Token]:
    """Return an array of a formula with each number for its letters."""
    first = body[0]
    out: list[Token] = [Token("bracket", "[", first.start, first.start)]
    for numbers in product(*(range(1, length + 1) for length in lengths)):
        if len(out) > 1:
            begins = len(numbers) > 1 and numbers[-1] == 1
            out.append(Token("bracket", ";" if begins else ",", first.start, first.start))
        out.append(Token("bracket", "(", first.start, first.start))
        out += _entry(body, letters, numbers, vocabulary)
        out.append(Token("bracket", ")", body[-1].end, body[-1].end))
    return [*out, Token("bracket", "]", body[-1].end, body[-1].end)]


def _entry(
    body: list[Token], letters: list[str], numbers: tuple[int, ...], vocabulary: Vocabulary
) -> Iterator[Token]:
    values = dict(zip(letters, numbers, strict=True))
    for token in body:
        head, _, below = token.value.partition("_")
        delta = token.kind == "name" and head in _KRONECKER and vocabulary.name(head) is None
        if delta and len(pair := below.replace(",", "")) == 2 and set(pair) <= set(letters):
            same = values[pair[0]] == values[pair[1]]
            yield token._replace(kind="number", value=str(int(same)))
            continue
        yield from _numbered(token, values, vocabulary)


def _numbered(token: Token, values: dict[str, int], vocabulary: Vocabulary) -> list[Token]:
    found = [token]
    for letter, number in values.items():
        reader = Indexed([token], token._replace(value=letter), vocabulary)
        found = [part for each in found for part in reader.at(each, number)]
    return found
