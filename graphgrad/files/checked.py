"""Take JSON apart that others have written: every value is checked where it is read.

A saved trace, a saved training, a file of variants: each was written by us once, and may have been
cut, edited or made up since. What is asked of a value here either is as asked, or is refused with
the place in the file, what stands there and what was expected.

>>> data = checked_json('{"students": [{"draw": "x"}]}')
>>> try:
...     data["students"].items()[0]["draw"].whole(1)
... except DataError as error:
...     print(error)
students[0].draw: got 'x', expected a whole number
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NoReturn

from graphgrad.messages.catalogue import Worded, text

__all__ = ["Checked", "DataError", "checked_json"]

LARGEST = 2**53
_LONGEST_SHOWN = 40
_LONGEST_RATIONAL = 10_000
_MOST_VALUES = 8_000_000


class DataError(Exception):
    """Report a value that is not as asked; a reader words it as an error of its own kind."""

    def __init__(self, why: Worded) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return text(self.why.message_id, **self.why.fields)


class Checked:
    """A value of a file of JSON and its place there.

    Args:
        value: what `json.loads` made of it.
        where: how to get there from the top.
    """

    __slots__ = ("value", "where")

    def __init__(self, value: Any, where: str = "") -> None:
        self.value = value
        self.where = where

    @property
    def is_null(self) -> bool:
        """Tell whether it is null."""
        return self.value is None

    def __getitem__(self, key: str) -> Checked:
        if not isinstance(self.value, dict):
            self.refuse("object")
        place = f"{self.where}.{key}" if self.where else key
        if key not in self.value:
            raise DataError(Worded("data.missing", where=place))
        return Checked(self.value[key], place)

    def get(self, key: str) -> Checked | None:
        """Return the value of a key that may be missing."""
        return self[key] if isinstance(self.value, dict) and key in self.value else None

    def items(self, count: int | None = None) -> list[Checked]:
        """Return the entries of a list, as many as are wanted."""
        if not isinstance(self.value, list):
            self.refuse("list")
        if count is not None and len(self.value) != count:
            expected = Worded("data.expected.count", count=count)
            got = len(self.value)
            raise DataError(Worded("data.wrong", where=self.where, got=got, expected=expected))
        return [Checked(value, f"{self.where}[{n}]") for n, value in enumerate(self.value)]

    def pairs(self) -> dict[str, Checked]:
        """Return the values of an object by their keys."""
        if not isinstance(self.value, dict):
            self.refuse("object")
        return {key: self[key] for key in self.value}

    def named(self, keys: Iterable[str]) -> dict[str, Checked]:
        """Return the values of an object that has these keys and no others."""
        found = {key: self[key] for key in keys}
        for key, value in self.pairs().items():
            if key not in found:
                value.refuse("no_key")
        return found

    def text(self) -> str:
        """Return a text that can be written again."""
        if not isinstance(self.value, str) or any("\ud800" <= c <= "\udfff" for c in self.value):
            self.refuse("text")
        return str(self.value)

    def texts(self) -> list[str]:
        """Return the texts of a list."""
        return [item.text() for item in self.items()]

    def one_of(self, known: list[str]) -> str:
        """Return one of a few texts."""
        if self.value not in known:
            self.refuse("format", format=", ".join(known))
        return str(self.value)

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            self.refuse("flag")
        return bool(self.value)

    def whole(self, least: int = -LARGEST, most: int = LARGEST) -> int:
        """Return a whole number within bounds."""
        if type(self.value) is not int:
            self.refuse("whole")
        if not least <= self.value <= most:
            self.refuse("bounds", least=least, most=most)
        return int(self.value)

    def number(self) -> float | int:
        """Return a number; infinities and NaN may be written as texts, as we do."""
        if self.value in ("inf", "-inf", "nan") and isinstance(self.value, str):
            return float(self.value)
        if type(self.value) not in (int, float):
            self.refuse("number")
        if isinstance(self.value, int) and abs(self.value) > 10**300:
            self.refuse("number")  # no float is as large
        return self.value  # type: ignore[no-any-return]  # checked above

    def float(self) -> float:
        """Return a number as a float."""
        return float(self.number())

    def rational(self) -> Fraction:
        """Return a fraction that was written as ``1/3``; ``1e9999`` is none, and a huge number."""
        found = self.text()
        try:
            return Fraction(found if _is_rational(found) else "")
        except (ValueError, ArithmeticError):
            self.refuse("rational")

    def refuse(self, expected: str, **fields: Any) -> NoReturn:
        """Refuse the value.

        Raises:
            DataError: with the place, the value and what was expected.
        """
        wanted = Worded(f"data.expected.{expected}", **fields)
        got = _shown(self.value)
        where = self.where or Worded("data.top")
        raise DataError(Worded("data.wrong", where=where, got=got, expected=wanted))


def _is_rational(text: str) -> bool:
    whole, _, parts = text.removeprefix("-").partition("/")
    plain = all(part.isascii() and part.isdecimal() for part in (whole, parts or "1"))
    return len(text) <= _LONGEST_RATIONAL and plain


def _shown(value: Any) -> str:
    """Return a value in a few characters, without writing a large one out."""
    if isinstance(value, dict | list):
        return "{...}" if isinstance(value, dict) else "[...]"
    if isinstance(value, int) and abs(value) > LARGEST:
        return f"{'-' if value < 0 else ''}10^{int(math.log10(abs(value)))}"
    shown = repr(value)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}..."


def checked_json(text: str) -> Checked:
    """Return the value that a text of JSON holds.

    Raises:
        DataError: if it is no JSON, or holds more values than memory should.
    """
    if sum(map(text.count, ",[{")) > _MOST_VALUES:
        raise DataError(Worded("data.too_many", limit=_MOST_VALUES))
    try:
        return Checked(json.loads(text))
    except (ValueError, RecursionError):
        raise DataError(Worded("data.no_json")) from None
