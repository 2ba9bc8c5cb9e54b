"""Read entries with a letter for their place: the x_i of a sum, the dL/dz_i of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from graphgrad.expr.differentials import subscript_tokens
from graphgrad.expr.tokens import Token
from graphgrad.expr.vocabulary import Vocabulary

__all__ = ["INDICES", "Indexed", "free_letters", "numbered"]

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
            and vectors
            and all(places == [self.index] for places in below)
        )
        self.is_bare = bool(arrays) and not inner and not any(below) and not free_letters(body)

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
