"""Keep what ziamath has drawn from one process to the next, by the rule of the cache's folder.

Loading ziamath and drawing the labels of a figure takes longer than all else that a figure takes,
and the next figure of a file has nearly the same labels. One file holds all: formulas of zeros
with the places of their digits, words, and the outlines of the glyphs in them.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from graphgrad.errors import FileError
from graphgrad.files.cache_folder import cache_folder, version_of
from graphgrad.views.figure.typeset import glyphs
from graphgrad.views.figure.typeset.outlines_of_text import Ink, Mark, Rule

__all__ = ["Drawn", "keep", "keep_digits", "kept", "kept_digits", "write_kept"]

_MOST, _LARGEST = 3_000, 1 << 22
_PATH = re.compile(r"[MLQCZHVA\d\s,.eE-]*")
_ODD = (ValueError, TypeError, LookupError, OverflowError, RecursionError)
"""What is raised by what does not hold up: it is forgotten."""
_PARTING = "\f\n"
"""Between outlines, digits and what was drawn; each is lines in turn of a key and what it has."""


class Drawn(NamedTuple):
    """What was drawn of a formula or of words.

    Attributes:
        ink: its outlines.
        places: per digit of its LaTeX the position of its mark; empty where they are not told.
    """

    ink: Ink
    places: tuple[int, ...] = ()


class _Store:
    """What is kept, read once and written once: a line of text each, of which few are decoded."""

    def __init__(self) -> None:
        self.folder = cache_folder("outlines")
        self.drawn: dict[str, Drawn] = {}
        self.entries: dict[str, str] = {}
        self.outlines: dict[str, str] = {}
        self.names: list[str] = []
        self.digits: dict[str, list[str]] = {}
        self.changed = False
        if self.folder is not None:
            with suppress(OSError, *_ODD):
                self._read(self.folder / f"{_version()}.txt")

    def _read(self, place: Path) -> None:
        if place.stat().st_size > _LARGEST:
            return
        parts = place.read_text("utf-8").split(_PARTING)
        outlines, digits, entries = (
            dict(zip(lines[::2], lines[1::2], strict=True))
            for lines in (part.split("\n")[:-1] for part in parts)
        )
        rows = {zero: row.split() for zero, row in digits.items()}
        if all(len(row) == len(glyphs.DIGITS) for row in rows.values()):
            self.outlines, self.names, self.entries = outlines, list(outlines), entries
            self.digits = {zero: row for zero, row in rows.items() if self._learnt(zero, *row)}

    def _learnt(self, *names: str) -> bool:
        """Take over the outlines of some glyphs; tell whether all are paths."""
        paths = {name: self.outlines[name] for name in names}
        if not all(map(_PATH.fullmatch, paths.values())):
            return False
        glyphs.learn(paths)
        return True

    def found(self, tex: str) -> Drawn | None:
        """Return what is kept under a text: of all that is kept, only what is asked for is read."""
        if tex not in self.drawn and self.entries:
            with suppress(*_ODD):
                drawn = _drawn(json.loads(self.entries[json.dumps(tex)]), self.names)
                if self._learnt(*(mark.outline for mark in drawn.ink.marks)):
                    self.drawn[tex] = drawn
        return self.drawn.get(tex)

    def write(self) -> None:
        """Write what is new; of too much, only what this process drew."""
        if not self.changed or self.folder is None:
            return
        from graphgrad.files.writing import write_output

        self.changed = False
        outlines = {**self.outlines, **glyphs.outlines()}  # an entry tells outlines by position
        number = {name: index for index, name in enumerate(outlines)}
        drawn = {json.dumps(tex): _entry(drawn, number) for tex, drawn in self.drawn.items()}
        digits = {zero: " ".join(row) for zero, row in self.digits.items()}
        kept = (outlines, digits, {**self.entries, **drawn})
        with suppress(OSError, FileError):
            self.folder.mkdir(parents=True, exist_ok=True)
            for other in self.folder.iterdir():
                if other.stem != _version():
                    other.unlink(missing_ok=True)
            text = _PARTING.join(
                "".join(f"{key}\n{line}\n" for key, line in part.items()) for part in kept
            )
            write_output(self.folder / f"{_version()}.txt", text, force=True)


def kept(tex: str) -> Drawn | None:
    """Return what is kept under a text; None where that is nothing."""
    return _store().found(tex)


def keep(tex: str, drawn: Drawn) -> None:
    """Keep what was drawn of a text."""
    store = _store()
    if store.folder is None:
        return
    if len(store.entries) + len(store.drawn) >= _MOST:
        store.drawn.clear()
        store.entries.clear()
    store.drawn[tex] = drawn
    store.changed = True


def kept_digits() -> dict[str, list[str]]:
    """Return, by the outline of a zero, those of all digits of its kind; empty where unknown."""
    return _store().digits


def keep_digits(found: dict[str, list[str]]) -> None:
    """Keep the outlines of digits."""
    if _store().folder is not None:
        _store().digits = found


def write_kept() -> None:
    """Write what was drawn for the next process; where that cannot be, nothing is said."""
    _store().write()


@cache
def _store() -> _Store:
    return _Store()


def _entry(drawn: Drawn, number: dict[str, int]) -> str:
    ink = drawn.ink
    marks = [[number[mark.outline], mark.x, mark.y, mark.size] for mark in ink.marks]
    entry = [ink.width, ink.ascent, ink.descent, marks, list(map(list, ink.rules)), drawn.places]
    return json.dumps(entry, separators=(",", ":"))


def _drawn(entry: Any, names: list[str]) -> Drawn:
    width, ascent, descent, marks, rules, places = entry
    return Drawn(
        Ink(
            _length(width),
            _length(ascent),
            _length(descent),
            tuple(Mark(names[i], *map(_length, spot)) for i, *spot in marks),
            tuple(Rule(*map(_length, rule)) for rule in rules),
        ),
        tuple(place for place in map(int, places) if 0 <= place < len(marks)),
    )


def _length(number: Any) -> float:
    found = float(number)
    if not isfinite(found):
        raise ValueError
    return found


@cache
def _version() -> str:
    """Return a word that changes with how we draw and with the libraries that draw for us."""
    files = sorted(Path(__file__).parent.glob("*.py*"))
    for name, part in (("ziamath", "zmath.py"), ("ziafont", "font.py"), ("latex2mathml", "")):
        spec = find_spec(name)
        if spec is not None and spec.origin:
            files.append(Path(spec.origin).with_name(part) if part else Path(spec.origin))
    return version_of(files)
