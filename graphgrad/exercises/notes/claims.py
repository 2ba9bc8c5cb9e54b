r"""Cut a formula into claims: lines of ``aligned``, parts apart by commas or ``\Rightarrow``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Claim", "claims_of"]

_RELATION = re.compile(r"(?<![<>!:=\\])(?:=|≈|\\approx\b|\\simeq\b|\\equiv\b)")
_APART = re.compile(
    r"\\(?:Rightarrow|Longrightarrow|implies|iff|Leftrightarrow|Longleftrightarrow)\b|⇒|⟹|⇔"
    r"|\\qquad\b|\\quad\b|[,;.]\s*(?:\\text\{\s*(?:y|and|e|con|with)\s*\}|\\(?:;|,|\s))?(?=\s|\\q|$)"
    r"|\\text\{\s*(?:y|and|e|con|with|donde|where|luego|so)\s*\}"
)
_DROPPED = re.compile(r"\\(?:label|tag)\{[^}]*\}|\\(?:nonumber|notag|displaystyle)\b|\\hline\b")
_OPENING, _CLOSING = "({[", ")}]"


class Claim(NamedTuple):
    """A formula that states something, with its offset in the file.

    ``carried`` is the left side that stands on an earlier line of the same chain.
    """

    text: str
    start: int
    carried: str = ""


def claims_of(text: str, start: int) -> Iterator[Claim]:
    r"""Yield the parts of a formula that hold a relation.

    >>> [claim.text for claim in claims_of(r"z = w x,\quad a = b", 0)]
    ['z = w x', 'a = b']
    """
    carried = ""
    for line, offset in _lines(_blanked(text)):
        for part, place in _parts(_without_columns(line), offset):
            stripped = part.strip(" \n\t&.,;")
            if not stripped:
                continue
            begin = start + place + part.index(stripped)
            continued = _RELATION.match(stripped.lstrip("& ")) is not None
            if not _RELATION.search(stripped):
                carried = stripped
                continue
            yield Claim(stripped, begin, carried if continued else "")
            if not continued:
                carried = _RELATION.split(stripped, maxsplit=1)[0].strip("& ")


def _blanked(text: str) -> str:
    """Return a formula in which what states nothing is blank, at the same places."""
    text = _DROPPED.sub(lambda match: " " * len(match[0]), text)
    return re.sub(r"\\(?:begin|end)\{(?:aligned|align|split|gathered)\*?\}", _spaces, text)


def _without_columns(line: str) -> str:
    """Return a line without the signs that align it; those of ``cases`` stay."""
    depth, letters = 0, list(line)
    for place, letter in enumerate(line):
        depth += line.startswith(r"\begin", place) - line.startswith(r"\end", place)
        if letter == "&" and depth <= 0:
            letters[place] = " "
    return "".join(letters)


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _lines(text: str) -> Iterator[tuple[str, int]]:
    r"""Yield the lines that \\ sets apart, outside braces and environments."""
    depth, start, place = 0, 0, 0
    while place < len(text):
        depth += text.startswith(r"\begin", place) - text.startswith(r"\end", place)
        if text.startswith(r"\\", place):
            if depth <= 0:
                yield text[start:place], start
                start = place + 2
            place += 2
            continue
        place += 1
    yield text[start:], start


def _parts(line: str, offset: int) -> Iterator[tuple[str, int]]:
    """Yield what separators outside brackets set apart."""
    start = 0
    for match in _APART.finditer(line):
        before = line[start : match.start()]
        level = sum(before.count(c) for c in _OPENING) - sum(before.count(c) for c in _CLOSING)
        inside = before.count(r"\begin") > before.count(r"\end")
        states = _RELATION.search(line[match.end() :]) or not line[match.end() :].strip()
        if level == 0 and not inside and (states or match[0][0] not in ",;."):
            yield before, offset + start
            start = match.end()
    yield line[start:], offset + start
