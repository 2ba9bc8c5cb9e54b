"""Write texts that a regular expression takes long for, if any do: out of its own parts.

A repeat is blown up, or the beginning of a match is written again and again; then comes what fits
nowhere, so that a pattern with two ways to read the same letters tries them all.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["blown_up", "repeated"]

_ENDS = ("\u4e00", "\x00", "!", "a", "1", " x", "]")
_SIGNS = "ab1 _-.,(){}[]\\$*=x\né"
_OF_CATEGORY = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_WORD: "a1_é",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_NOT_WORD: " -",
}
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_LONG = 50
"""What may stand as often as that is a repeat as well."""


def blown_up(pattern: re.Pattern[str], many: int, count: int) -> Iterator[str]:
    """Yield texts that match but for their end, one or two of their repeats ``many`` long."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    for draw in range(count):
        rng = random.Random(draw)
        text = _Sample(rng, many).of(tree)
        cut = rng.randint(1, 3) if len(text) > 3 and rng.random() < 0.3 else 0
        yield text[: len(text) - cut] + rng.choice(_ENDS)


def repeated(pattern: re.Pattern[str], many: int, count: int) -> Iterator[str]:
    """Yield texts of ``many`` letters that begin a match again and again and never end one."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    for draw in range(count):
        rng = random.Random(draw)
        text = _Sample(rng, 0).of(tree) or " "
        begun = text[: rng.randint(1, len(text))]
        yield begun * (many // len(begun)) + rng.choice(("", *_ENDS))


class _Sample:
    """A text that a pattern matches, as far as its looks ahead and behind let it."""

    def __init__(self, rng: random.Random, many: int) -> None:
        self.rng, self.many = rng, many
        self.groups: dict[int | None, str] = {}

    def of(self, tree: Any) -> str:
        return "".join(self._part(code, value) for code, value in tree)

    def _part(self, code: Any, value: Any) -> str:
        if code is codes.LITERAL:
            return chr(value)
        if code is codes.NOT_LITERAL:
            return "b" if chr(value) == "a" else "a"
        if code is codes.ANY:
            return self.rng.choice("a 1.")
        if code is codes.IN:
            return self._letter(value)
        if code is codes.BRANCH:
            return self.of(self.rng.choice(value[1]))
        if code is codes.SUBPATTERN:
            self.groups[value[0]] = self.of(value[-1])
            return self.groups[value[0]]
        if code in _REPEATS:
            return self._repeat(*value)
        if code is codes.GROUPREF:
            return self.groups.get(value, "")
        return self.of(value) if code is codes.ATOMIC_GROUP else ""

    def _letter(self, items: Any) -> str:
        """Return a letter of a set; of a negated one any that is not in it."""
        if items[0][0] is not codes.NEGATE:
            code, value = self.rng.choice(items)
            if code is codes.CATEGORY:
                return self.rng.choice(_OF_CATEGORY[value])
            return chr(value if code is codes.LITERAL else self.rng.randint(*value))
        outside = [sign for sign in _SIGNS if not any(_holds(item, sign) for item in items[1:])]
        return self.rng.choice(outside) if outside else "\u4e00"

    def _repeat(self, least: int, most: Any, body: Any) -> str:
        if most is not codes.MAXREPEAT and most < _LONG:
            return "".join(self.of(body) for _ in range(self.rng.randint(least, most)))
        times, self.many = max(least, self.rng.choice((0, 1, 1, 2))), self.many
        if self.many and self.rng.random() < 0.5:
            times = min(self.many, most)
            self.many = 0 if self.rng.random() < 0.7 else max(2, self.many // 20)
            if self.rng.random() < 0.6:
                return self.of(body) * times
        return "".join(self.of(body) for _ in range(times))


def _holds(item: Any, sign: str) -> bool:
    code, value = item
    if code is codes.LITERAL:
        return chr(value) == sign
    if code is codes.RANGE:
        return value[0] <= ord(sign) <= value[1]
    of_kind = {
        codes.CATEGORY_DIGIT: sign.isdecimal(),
        codes.CATEGORY_SPACE: sign.isspace(),
        codes.CATEGORY_WORD: sign.isalnum() or sign == "_",
        codes.CATEGORY_NOT_DIGIT: not sign.isdecimal(),
        codes.CATEGORY_NOT_SPACE: not sign.isspace(),
        codes.CATEGORY_NOT_WORD: not (sign.isalnum() or sign == "_"),
    }
    return of_kind[value]
