"""Put matrices that go on over several lines of an answer sheet on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["whole_lines"]

_MOST_LINES = 40
_NUMBERS = re.compile(r"\s*+[-+(]?[\d.][-+−\d.,/eE\s;&|]*+(?:\\\\[-+−\d.,/eE\s;&|]*+)*+\Z")
_ROW = re.compile(r"\s*+[\[(|].*[\])|]\s*+[,;]?\s*+\Z")
_OPENS, _CLOSES = "[({", "])}"
_JOINED = (";", ",", "[", "(", "{", "&", "\\\\", "=", "+", "-", "*", "}")


def whole_lines(lines: Sequence[str]) -> list[str]:
    """Return as many lines, each answer whole on its first one; those it went on over are empty.

    A bracket or a LaTeX environment goes on until it closes; behind a line that ends with ``=``
    rows of numbers are a matrix.

    >>> whole_lines(["W = [1 2", "     3 4]", "A =", "1 2", "3 4", "z = 1"])
    ['W = [1 2; 3 4]', '', 'A = [1 2; 3 4]', '', '', 'z = 1']
    """
    found: list[str] = []
    while len(found) < len(lines):
        place = len(found)
        text, count = _bracketed(lines, place)
        if count == 1 and lines[place].rstrip().endswith("="):
            text, count = _below(lines, place)
        found += [text, *[""] * (count - 1)]
    return found


def _bracketed(lines: Sequence[str], place: int) -> tuple[str, int]:
    """Return a line with those that close its brackets, and how many lines that takes."""
    text = lines[place]
    if not _open(text):
        return text, 1
    for end in range(place + 1, min(len(lines), place + _MOST_LINES)):
        line = lines[end].strip()
        if not line:
            continue
        if "=" in line:
            break
        text = f"{text.rstrip()}{_joint(text, line)}{line}"
        if not _open(text):
            return text, end + 1 - place
    return lines[place], 1


def _open(text: str) -> bool:
    """Tell whether a bracket or an environment is still open at the end of a text."""
    depth = sum(text.count(sign) for sign in _OPENS) - sum(text.count(sign) for sign in _CLOSES)
    return depth > 0 or text.count(r"\begin") > text.count(r"\end")


def _joint(text: str, line: str) -> str:
    """Return what belongs between two lines of a matrix: rows end with them."""
    inside = text.count("[") > text.count("]") and r"\begin" not in text
    ended = text.rstrip().endswith(_JOINED) or line.startswith(("]", ";", ",", "+", "*", ")"))
    return "; " if inside and not ended else " "


def _below(lines: Sequence[str], place: int) -> tuple[str, int]:
    """Return a line that ends with = with the rows of numbers below it as a matrix."""
    rows: list[str] = []
    end = place + 1
    while end < min(len(lines), place + _MOST_LINES):
        line = lines[end].strip()
        if "=" in line or not (_NUMBERS.match(line) or (_ROW.match(line) and line)):
            break
        rows.append(line.removesuffix(r"\\").strip(" |;,"))
        end += 1
    if not rows:
        return lines[place], 1
    bare = [row.strip("[()] ") for row in rows]
    inner = "; ".join(bare) if all("[" not in row for row in bare) else ", ".join(rows)
    matrix = len(rows) > 1 or len(bare[0].split()) > 1
    written = f"[{inner.replace('&', ' ')}]" if matrix else rows[0]
    return f"{lines[place].rstrip()} {written}", end - place
