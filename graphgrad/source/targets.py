"""Read what stands left of ``=``: a name, the member of a family such as ``h[t].z``, or several.

A family's subscripts are whole numbers, letters of loops, or a letter and a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from graphgrad.expr.tokens import Token, whole_of

__all__ = ["Place", "Target", "place_of_subscript", "read_target"]


class Place(NamedTuple):
    """One subscript: a word and what is added to it; a plain number has no word."""

    word: str
    offset: int

    def value(self, words: Mapping[str, object]) -> int | str:
        """Return the subscript where words have values; a word without one stands for itself."""
        if not self.word:
            return self.offset
        found = words.get(self.word, self.word)
        if isinstance(found, int):
            return found + self.offset
        return f"{found}{self.offset:+d}" if self.offset else str(found)


@lru_cache(maxsize=4096)
def place_of_subscript(text: str) -> Place:
    """Return a subscript read from its text without blanks.

    >>> place_of_subscript("t-1"), place_of_subscript("3")
    (Place(word='t', offset=-1), Place(word='', offset=3))
    """
    for sign in "+-":
        word, found, number = text.partition(sign)
        if found and word:
            return Place(word, -whole_of(number) if sign == "-" else whole_of(number))
    number = text.removeprefix("-")
    if not number.isdecimal():
        return Place(text, 0)
    return Place("", whole_of(number) if number == text else -whole_of(number))


class Target(NamedTuple):
    """A name left of ``=`` in pieces: texts, and groups of subscripts between them.

    Attributes:
        pieces: ``h`` then ``(t,)`` then ``.z`` for ``h[t].z``.
        start: its first column.
        end: the column behind it.
    """

    pieces: tuple[str | tuple[Place, ...], ...]
    start: int
    end: int

    @property
    def base(self) -> str:
        """Return the name before the first bracket."""
        return str(self.pieces[0])

    @property
    def words(self) -> frozenset[str]:
        """Return the letters among its subscripts."""
        groups = (piece for piece in self.pieces if not isinstance(piece, str))
        return frozenset(place.word for group in groups for place in group if place.word)

    def name(self, words: Mapping[str, object]) -> str:
        """Return the name of the member where the letters have values.

        >>> Target(("h", (Place("t", -1),), ".z"), 0, 8).name({"t": 3})
        'h[2].z'
        """
        parts = []
        for piece in self.pieces:
            if isinstance(piece, str):
                parts.append(piece)
            elif len(piece) == 1:
                parts.append(f"[{piece[0].value(words)}]")
            else:
                parts.append(f"[{','.join(str(place.value(words)) for place in piece)}]")
        return "".join(parts)

    def families(self, words: Mapping[str, object]) -> list[tuple[str, int]]:
        """Return the names before each bracket, and how many subscripts it holds."""
        found = []
        for count, piece in enumerate(self.pieces):
            if not isinstance(piece, str):
                family = self._replace(pieces=self.pieces[:count]).name(words)
                found.append((family, len(piece)))
        return found

    def written(self) -> str:
        """Return the target as it is written."""
        return "".join(
            piece if isinstance(piece, str) else f"[{','.join(map(_written, piece))}]"
            for piece in self.pieces
        )


def _written(place: Place) -> str:
    if not place.word:
        return str(place.offset)
    return f"{place.word}{place.offset:+d}" if place.offset else place.word


def read_target(tokens: list[Token], position: int) -> tuple[Target, int] | None:
    """Return the target that begins at a token, and the position behind it; None if none does."""
    if position >= len(tokens) or tokens[position].kind != "name":
        return None
    first = tokens[position]
    pieces: list[str | tuple[Place, ...]] = [first.value]
    position += 1
    while position < len(tokens) and tokens[position].value == "[":
        found = _subscripts(tokens, position + 1)
        if found is None:
            return None
        places, position = found
        pieces.append(places)
        if position < len(tokens) and tokens[position].kind == "part":
            pieces.append(tokens[position].value)
            position += 1
    return Target(tuple(pieces), first.start, tokens[position - 1].end), position


def _subscripts(tokens: list[Token], position: int) -> tuple[tuple[Place, ...], int] | None:
    """Return the subscripts up to the closing bracket and the position behind it."""
    places: list[Place] = []
    part = ""
    for at in range(position, len(tokens)):
        token = tokens[at]
        if token.value in ("]", ",", ";"):
            place = _place(part)
            if place is None:
                return None
            places.append(place)
            part = ""
            if token.value == "]":
                return tuple(places), at + 1
        else:
            part += token.value
    return None


def _place(text: str) -> Place | None:
    """Return a subscript, or None for what is neither a number nor a letter with one."""
    head = text.removeprefix("-") if text.startswith("-") else text
    word, sign, number = head.partition("-" if "-" in head else "+")
    if sign:
        fits = word.isidentifier() and number.isdecimal() and not text.startswith("-")
    else:
        fits = word.isdecimal() or (word.isidentifier() and not text.startswith("-"))
    return place_of_subscript(text) if fits else None
