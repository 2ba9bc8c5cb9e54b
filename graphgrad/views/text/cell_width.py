"""How many terminal cells a text takes, and how to cut it to a number of cells."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["clipped", "split", "width"]

_VOWEL_JAMO = range(0x1160, 0x1200)
_DROPPED = {"Cf", "Cs", "Zl", "Zp"}


@lru_cache(maxsize=4096)
def split(text: str) -> tuple[str, ...]:
    """Split a text into terminal cells.

    A combining mark stays with its letter; a wide character is followed by an empty cell;
    control characters become `?` and invisible ones (joiners, direction marks) vanish, so that a
    title can neither move the cursor nor break the alignment.

    >>> split("w·x")
    ('w', '·', 'x')
    >>> split("a層b")
    ('a', '層', '', 'b')
    >>> len(split("y" + chr(0x302) + chr(0x332)))
    1
    >>> split("a" + chr(27) + "[1m")
    ('a', '?', '[', '1', 'm')
    """
    if text.isascii() and text.isprintable():
        return tuple(text)
    found: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        columns = _columns(char)
        if columns == 0:
            _attach(found, char)
        elif columns > 0:
            found.append("?" if unicodedata.category(char) == "Cc" else char)
            found.extend([""] * (columns - 1))
    return tuple(found)


def _columns(char: str) -> int:
    """Return the cells of one character: 2 wide, 0 combining, -1 to be dropped."""
    category = unicodedata.category(char)
    if category in _DROPPED or 0xFE00 <= ord(char) <= 0xFE0F:
        return -1
    if category in {"Mn", "Me"} or ord(char) in _VOWEL_JAMO:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _attach(found: list[str], mark: str) -> None:
    """Add a combining mark to the last visible character, if there is one."""
    last = len(found) - 1
    while last >= 0 and not found[last]:
        last -= 1
    if last >= 0:
        found[last] += mark


def width(text: str) -> int:
    """Return the number of cells of a text.

    >>> width("∇ -4"), width("層1")
    (4, 3)
    """
    return len(split(text))


def clipped(text: str, limit: int, mark: str = "…") -> tuple[str, ...]:
    """Return the cells of a text, cut to at most `limit` cells; the mark shows that it was cut.

    >>> "".join(clipped("v 0.48215", 6))
    'v 0.4…'
    >>> clipped("層層", 2)
    ('…',)
    """
    cells = split(text)
    if len(cells) <= limit:
        return cells
    kept = max(limit - 1, 0)
    if kept and not cells[kept]:
        kept -= 1
    return (*cells[:kept], mark)[:limit]
