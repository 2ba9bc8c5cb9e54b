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
from pathlib import Path
from typing import Any, NamedTuple

from graphgrad.errors import FileError
from graphgrad.files.cache_folder import cache_folder, version_of
from graphgrad.views.figure.typeset import glyphs
from graphgrad.views.figure.typeset.outlines_of_text import Ink, Mark, Rule

__all__ = ["Drawn", "keep", "keep_digits", "kept", "kept_digits", "write_kept"]

_MOST, _LARGEST = 3_000, 1 << 22
_PATH = re.compile(r"[MLQCZHVA\d\s,.eE-]*")


class Drawn(NamedTuple):
    """What was drawn of a formula or of words.

    Attributes:
        ink: its outlines.
        places: per digit of its LaTeX the position of its mark; empty where they are not told.
    """

    ink: Ink
    places: tuple[int, ...] = ()


class _Store:
    """What is kept, read once and written once."""

    def __init__(self) -> None:
        self.folder = cache_folder("outlines")
        self.drawn: dict[str, Drawn] = {}
        self.entries: dict[str, list[Any]] = {}
        self.names: list[str] = []
        self.digits: dict[str, list[str]] = {}
        self.changed = False
        if self.folder is not None:
            with suppress(OSError, ValueError, KeyError, TypeError, IndexError):
                self._read(self.folder / f"{_version()}.json")

    def _read(self, place: Path) -> None:
        if place.stat().st_size > _LARGEST:
            return
        data = json.loads(place.read_text("utf-8"))
        outlines = {str(name): str(path) for name, path in data["outlines"].items()}
        if not all(map(_PATH.fullmatch, outlines.values())):
            return
        names = list(outlines)
        entries = dict(data["drawn"])
        digits = {str(zero): [names[i] for i in row] for zero, row in data["digits"].items()}
        if all(len(row) == len(glyphs.DIGITS) for row in digits.values()):
            glyphs.learn(outlines)
            self.entries, self.names, self.digits = entries, names, digits

    def found(self, tex: str) -> Drawn | None:
        """Return what is kept under a text: of all that is kept, only what is asked for is read."""
        entry = self.entries.get(tex)
        if tex not in self.drawn and entry is not None:
            with suppress(ValueError, TypeError, IndexError):
                self.drawn[tex] = _drawn(entry, self.names)
        return self.drawn.get(tex)

    def write(self) -> None:
        """Write what is new; of too much, only what this process drew."""
        if not self.changed or self.folder is None:
            return
        from graphgrad.files.writing import write_output

        self.changed = False
        names = glyphs.outlines()
        number = {name: index for index, name in enumerate(names)}
        if list(names)[: len(self.names)] != self.names:  # numbers of outlines are positions
            for tex in self.entries:
                self.found(tex)
            self.entries = {}
        data = {
            "outlines": names,
            "digits": {zero: [number[name] for name in row] for zero, row in self.digits.items()},
            "drawn": self.entries | {t: _entry(drawn, number) for t, drawn in self.drawn.items()},
        }
        with suppress(OSError, FileError):
            self.folder.mkdir(parents=True, exist_ok=True)
            for other in self.folder.iterdir():
                if other.stem != _version():
                    other.unlink(missing_ok=True)
            text = json.dumps(data, separators=(",", ":"))
            write_output(self.folder / f"{_version()}.json", text, force=True)


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


def _entry(drawn: Drawn, number: dict[str, int]) -> list[Any]:
    ink = drawn.ink
    marks = [[number[mark.outline], mark.x, mark.y, mark.size] for mark in ink.marks]
    return [ink.width, ink.ascent, ink.descent, marks, list(map(list, ink.rules)), drawn.places]


def _drawn(entry: Any, names: list[str]) -> Drawn:
    width, ascent, descent, marks, rules, places = entry
    return Drawn(
        Ink(
            float(width),
            float(ascent),
            float(descent),
            tuple(Mark(names[i], float(x), float(y), float(size)) for i, x, y, size in marks),
            tuple(Rule(float(x), float(y), float(w), float(h)) for x, y, w, h in rules),
        ),
        tuple(place for place in map(int, places) if 0 <= place < len(marks)),
    )


@cache
def _version() -> str:
    """Return a word that changes with how we draw and with the libraries that draw for us."""
    files = sorted(Path(__file__).parent.glob("*.py*"))
    for name, part in (("ziamath", "zmath.py"), ("ziafont", "font.py"), ("latex2mathml", "")):
        spec = find_spec(name)
        if spec is not None and spec.origin:
            files.append(Path(spec.origin).with_name(part) if part else Path(spec.origin))
    return version_of(files)
