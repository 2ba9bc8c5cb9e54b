r"""Read entries with a letter for their place: the x_i of a sum, the dL/dz_i of an answer.

An answer may hold for every index: ``z_i = Σ_j W_ij x_j``. Where all arrays are vectors with that
index the line is one of whole vectors; else it is an array of one formula per entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from graphgrad.expr.differentials import subscript_tokens
from graphgrad.expr.tokens import Token
from graphgrad.expr.vocabulary import Vocabulary

__all__ = [
    "INDICES", "Indexed", "free_letters", "numbered", "uneven", "with_entries",
    "without_free_index",
]  # fmt: skip

_MOST_ENTRIES = 64
_KRONECKER = ("δ", "delta")
_PLAIN = frozenset("/∂()")
INDICES = frozenset("ijklmnpqrst")
"""The letters that are indices below a name."""


class Indexed:
    """The body of one sum.

    Attributes:
        index: the letter it runs over; empty if it names none.
        bounds: what stands as its lower and upper bound.
        length: how many summands the declared arrays say it has; 0 if they do not say it.
        is_entrywise: whether the arrays of the body are vectors with this index, all of them.
        is_bare: whether the body has no index at all, but arrays.
    """

    def __init__(self, body: list[Token], sign: Token, vocabulary: Vocabulary) -> None:
        self.body = body
        self.sign = sign
        self.vocabulary = vocabulary
        self.index, *self.bounds = sign.value.split(" ")
        follower = [*(token.value for token in body[1:]), ""][: len(body)]
        arrays = [
            token
            for token, after in zip(body, follower, strict=True)
            if token.kind == "name" and after != "[" and self._is_array(token)
        ]
        below = [self._places(token) for token in arrays]
        self.length = self._length(arrays, below)
        inner = any(token.kind == "sum" for token in body)
        vectors = all(self._rank(token) == 1 for token in arrays)
        self.is_entrywise = (
            bool(self.index and arrays)
            and not inner
            and not any(self._is_kronecker(token) for token in body)
            and vectors
            and all(places == [self.index] for places in below)
        )
        self.is_bare = bool(arrays) and not inner and not any(below) and not free_letters(body)

    def _is_kronecker(self, token: Token) -> bool:
        head = token.value.partition("_")[0]
        return token.kind == "name" and head in _KRONECKER and self.vocabulary.name(head) is None

    def _head(self, token: Token) -> str | None:
        head, _, below = token.value.partition("_")
        own = self.vocabulary.name(token.value)
        if own is not None or not below:
            return own
        return self.vocabulary.name(head) or self.vocabulary.matrix(head)

    def _derived_in(self, token: Token) -> str:
        """Return dx for dx_i, which is what something is derived in; empty for anything else."""
        head, _, below = token.value.partition("_")
        named = below and self._head(token) is None and self.vocabulary.name(head) is None
        return head if named and head[:1] == "d" and self.vocabulary.name(head[1:]) else ""

    def shape(self, token: Token) -> tuple[int, ...]:
        """Return the shape of the array that a name, or a name with letters below, belongs to."""
        below = self._derived_in(token)
        name = self.vocabulary.name(below[1:]) if below else self._head(token)
        return self.vocabulary.shapes.get(name or "", ())

    def _is_array(self, token: Token) -> bool:
        """Tell whether a name is an array's; any declared name where shapes are not known."""
        if self.vocabulary.has_shapes:
            return bool(self.shape(token))
        return self._head(token) is not None

    def _rank(self, token: Token) -> int:
        return len(self.shape(token)) if self.vocabulary.has_shapes else 1

    def _places(self, token: Token) -> list[str]:
        """Return what stands below a name, one word per axis; [] if it is whole."""
        if self.vocabulary.name(token.value) is not None:
            return []
        return _places(token.value, self._rank(token))

    def _length(self, arrays: list[Token], below: list[list[str]]) -> int:
        if self.bounds and self.bounds[0] != "1":
            return 0
        lengths = {
            self.shape(token)[axis]
            for token, places in zip(arrays, below, strict=True)
            for axis, place in enumerate(places)
            if place == self.index and self.index and axis < len(self.shape(token))
        }
        if not lengths and self.index and (not arrays or any(below)):
            shapes = self.vocabulary.shapes.values()
            lengths = {length for shape in shapes for length in shape}
        return lengths.pop() if len(lengths) == 1 else 0

    def stripped(self, token: Token) -> Token:
        """Return a name without this index."""
        if token.kind != "name" or not self._is_array(token):
            return token
        return token._replace(value=self._derived_in(token) or self._head(token) or token.value)

    def at(self, token: Token, number: int) -> list[Token]:
        """Return a token with a number for the index."""
        if token.kind == "sum" or not self.index or self.index not in token.value:
            return [token]
        if token.value == self.index:
            return [token._replace(kind="number", value=str(number))]
        if token.kind != "name" or self.index not in token.value.partition("_")[2]:
            return [token]
        one = numbered(token.value, self.index, number)
        pair = one.partition("_")[2]
        if self._is_kronecker(token) and pair.isdecimal():
            return _as_number(token, same=len(pair) == 2 and pair[0] == pair[1])
        if not self.shape(token) or self.vocabulary.name(one) is not None:
            return [token._replace(value=one)]
        places = [str(number) if p == self.index else p for p in self._places(token)]
        head = self._head(token)
        if self._derived_in(token):
            below = ("" if all(len(place) == 1 for place in places) else ",").join(places)
            return [token._replace(value=f"{self._derived_in(token)}_{below}")]
        if head is not None and all(place.isdecimal() for place in places):
            return [token._replace(value=head), *subscript_tokens(places, token)]
        return [token._replace(value=f"{token.value.partition('_')[0]}_{','.join(places)}")]


def _places(value: str, rank: int) -> list[str]:
    below = value.partition("_")[2]
    if "," in below:
        return below.split(",")
    return [below] if rank == 1 or not below else list(below)


def numbered(name: str, index: str, number: int) -> str:
    """Return the name of a numbered scalar: w_2 for w_i.

    >>> numbered("w_i", "i", 2)
    'w_2'
    """
    head, _, below = name.partition("_")
    return f"{head}_{below.replace(index, str(number))}"


def free_letters(tokens: Sequence[Token]) -> list[str]:
    """Return the letters that stand below names and are bound by no sum among the tokens.

    >>> from graphgrad.expr.tokens import tokenize
    >>> free_letters(tokenize("A_ij*x_j"))
    ['i', 'j']
    """
    bound = {token.value.split(" ")[0] for token in tokens if token.kind == "sum"}
    found: dict[str, None] = {}
    for token in tokens:
        below = token.value.partition("_")[2] if token.kind == "name" else ""
        if below and all(letter in INDICES or letter in "0123456789," for letter in below):
            found.update(dict.fromkeys(letter for letter in below if letter.isalpha()))
    return [letter for letter in found if letter not in bound]


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
        elif head in _KRONECKER and name is None and any(c.isdecimal() for c in below):
            return tokens  # δ_i1
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
        found += _bare(body, vocabulary) if plain else _array(body, letters, lengths, vocabulary)
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


def uneven(tokens: list[Token], vocabulary: Vocabulary) -> tuple[Token, str, set[int]] | None:
    """Return an index that runs to several lengths, where it is used, and these; else None.

    >>> from graphgrad.expr.tokens import tokenize
    >>> words = Vocabulary(["u", "v"], [], shapes={"u": (2,), "v": (3,)})
    >>> uneven(tokenize("u_i*v_i"), words)[1:]
    ('i', {2, 3})
    """
    bound = [token.value.split(" ")[0] for token in tokens if token.kind == "sum"]
    for token in tokens:
        below = token.value.partition("_")[2] if token.kind == "name" else ""
        for letter in INDICES & set(below):
            lengths = _lengths(letter, tokens, vocabulary)
            if len(lengths) > 1 and bound.count(letter) < 2:
                return token, letter, lengths
    return None


def _length(letter: str, tokens: list[Token], vocabulary: Vocabulary) -> int:
    """Return how far an index runs, by the arrays that carry it; 0 if they do not agree."""
    lengths = _lengths(letter, tokens, vocabulary)
    return lengths.pop() if len(lengths) == 1 else 0


def _lengths(letter: str, tokens: list[Token], vocabulary: Vocabulary) -> set[int]:
    lengths = set[int]()
    for token in tokens:
        if token.kind != "name" or letter not in token.value.partition("_")[2]:
            continue
        reader = Indexed([token], token._replace(value=letter), vocabulary)
        shape, below = reader.shape(token), token.value.partition("_")[2].replace(",", "")
        if vocabulary.name(token.value) is None and len(shape) == len(below):
            lengths |= {shape[axis] for axis, sign in enumerate(below) if sign == letter}
    return lengths


def _bare(body: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return the name of a step without its indices: dL/dW for dL/dW_ij."""
    return [
        token._replace(value=_whole(token.value.partition("_")[0], vocabulary))
        if free_letters([token])
        else token
        for token in body
    ]


def _whole(head: str, vocabulary: Vocabulary) -> str:
    """Return the name of a whole array by that of its entries: dW for the dw of dL/dw_ij."""
    for mark in ("", "d"):
        inner = head.removeprefix(mark)
        if vocabulary.name(head) is None and vocabulary.name(inner) is None:
            head = f"{mark}{vocabulary.matrix(inner)}" if vocabulary.matrix(inner) else head
    return head


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
        pair = below.replace(",", "") if delta else ""
        if len(pair) == 2 and all(sign in values or sign.isdecimal() for sign in pair):
            first, second = (values.get(sign) or int(sign) for sign in pair)
            yield from _as_number(token, same=first == second)
            continue
        yield from _numbered(token, values, vocabulary)


def _as_number(token: Token, *, same: bool) -> list[Token]:
    """Return Kronecker's δ as 1 or 0, in brackets: it may stand right behind a factor."""
    opening = Token("bracket", "(", token.start, token.start)
    number = token._replace(kind="number", value=str(int(same)))
    return [opening, number, opening._replace(value=")")]


def _numbered(token: Token, values: dict[str, int], vocabulary: Vocabulary) -> list[Token]:
    found = [token]
    for letter, number in values.items():
        reader = Indexed([token], token._replace(value=letter), vocabulary)
        found = [part for each in found for part in reader.at(each, number)]
    return found
