"""Take an exercise file apart: front matter, blocks, lines of the graph, parts of a sheet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.exercises.files.exercise import Definition, Part, place_in
from graphgrad.expr.dialect import STRICT
from graphgrad.messages.catalogue import Worded
from graphgrad.source.operands import decimal_number
from graphgrad.source.statements import read_statement
from graphgrad.source.tree import Body, Piece, nested, tree_of

__all__ = ["Block", "Front", "blocks_of", "front_of", "lines_of", "parts_of", "told_toml"]


_FENCE = re.compile(r"^(`{3,}|~{3,})\s*(step|paso|gg|graph|grafo)\b[ \t]*(.*)$")
_KINDS = {"paso": "step", "graph": "gg", "grafo": "gg"}
MOST_DIGITS = 4_300
_LARGEST = 10**MOST_DIGITS
_LONG_NUMBER = re.compile(rf"[0-9]{{{MOST_DIGITS},}}|0[xob][0-9a-fA-F]{{3500,}}")
_TOML_LINE = re.compile(r"\(at line (\d+)")


class Front(NamedTuple):
    """The front matter: its table, and how many lines it takes."""

    table: dict[str, Any]
    end: int


class Block(NamedTuple):
    """A piece of the body: ``text``, ``step`` or ``gg``; its lines start at ``line``."""

    kind: str
    info: str
    lines: tuple[str, ...]
    line: int


_TOML_FAULTS: Final = {
    "Invalid value": "classroom.toml.value",
    "Expected '='": "classroom.toml.equals",
    "Unterminated string": "classroom.toml.open_text",
    'Expected "\'"': "classroom.toml.open_text",
    "Illegal character": "classroom.toml.open_text",
    "Unclosed": "classroom.toml.open_bracket",
    "Expected ']'": "classroom.toml.open_bracket",
    "Cannot": "classroom.toml.twice",
    "Duplicate": "classroom.toml.twice",
    "Expected newline": "classroom.toml.behind",
    "Unescaped": "classroom.toml.backslash",
}
"""How Python's reader of TOML begins what it says, in English only."""


def told_toml(error: Exception) -> Worded:
    """Return what is wrong with a text in TOML, in the language in force."""
    said = str(error)
    found = (told for start, told in _TOML_FAULTS.items() if said.startswith(start))
    return Worded(next(found, "classroom.toml.line"))


def front_of(lines: list[str], path: str) -> Front:
    """Return the table between two lines ``+++``.

    Raises:
        SourceError: if there is none, or it is not TOML.
    """
    marks = [k for k, line in enumerate(lines) if line.strip() == "+++"]
    if len(marks) < 2 or any(line.strip() for line in lines[: marks[0]]):
        raise SourceError("classroom.file.no_front", place=place_in(lines or [""], 1, path))
    first, end = marks[0], marks[1]
    try:
        table = tomllib.loads("\n".join(lines[first + 1 : end]), parse_float=_exact)
        _check_digits(table)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = first + 1 + (int(found[1]) if found else 1)
        why = told_toml(error)
        place = place_in(lines, min(line, len(lines)), path)
        raise SourceError("classroom.file.toml", why=why, place=place) from None
    except GraphgradError as error:
        got = str(error.fields.get("got", "+++"))
        line = next((k for k in range(first, end) if got in lines[k]), first)
        raise error.at(place_in(lines, line + 1, path)) from None
    except ValueError:  # Python reads whole numbers of 4300 digits at most
        long = (k for k in range(first, end) if _LONG_NUMBER.search(lines[k].replace("_", "")))
        place = place_in(lines, next(long, first) + 1, path)
        raise SourceError("classroom.file.long_number", limit=MOST_DIGITS, place=place) from None
    except RecursionError:
        place = place_in(lines, first + 1, path)
        raise SourceError(
            "classroom.file.toml", why=Worded("classroom.toml.nesting"), place=place
        ) from None
    return Front(table, end + 1)


def _check_digits(found: Any) -> None:
    """Refuse a whole number of bits or of hexadecimal digits that Python reads and cannot write.

    Raises:
        ValueError: if there is one.
    """
    waiting = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict | list):
            waiting += each.values() if isinstance(each, dict) else each
        elif isinstance(each, int) and abs(each) >= _LARGEST:
            raise ValueError


def _exact(text: str) -> Any:
    """Return a TOML number as a rational."""
    plain = text.replace("_", "").lstrip("+")
    if plain.lstrip("-") in ("inf", "nan"):
        raise SourceError("classroom.file.number", got=text)
    sign = -1 if plain.startswith("-") else 1
    return sign * decimal_number(plain.lstrip("-"))


def blocks_of(lines: list[str], start: int, path: str) -> Iterator[Block]:
    """Yield the blocks of the body in order.

    Args:
        lines: the whole file.
        start: how many lines to leave aside.
        path: the file, for messages.

    Raises:
        SourceError: if a fence is not closed.
    """
    text: list[str] = []
    began = index = start
    while index < len(lines):
        opening = _FENCE.match(lines[index])
        if opening is None:
            text.append(lines[index])
            index += 1
            continue
        if any(line.strip() for line in text):
            yield Block("text", "", tuple(text), began + 1)
        end = _closing(lines, index, opening[1], path)
        kind, info = _KINDS.get(opening[2], opening[2]), opening[3].split("#")[0].strip()
        yield Block(kind, info, tuple(lines[index + 1 : end]), index + 1)
        text, index = [], end + 1
        began = index
    if any(line.strip() for line in text):
        yield Block("text", "", tuple(text), began + 1)


def _closing(lines: list[str], opening: int, fence: str, path: str) -> int:
    for index in range(opening + 1, len(lines)):
        closing = lines[index].strip()
        if len(closing) >= len(fence) and not closing.strip(fence[0]):
            return index
    raise SourceError("classroom.file.open_fence", place=place_in(lines, opening + 1, path))


def lines_of(blocks: list[Block]) -> list[Definition]:
    """Return the lines of the ``gg`` blocks.

    Raises:
        SourceError: at what is no line; inputs and parameters stand in the front matter.
    """
    found: list[Definition] = []
    for block in blocks:
        tree = tree_of("\n".join(block.lines))
        try:
            for thing in nested(tree):
                found += _lines(thing, block.line)
        except GraphgradError as error:
            if error.place is not None and "at" not in error.fields:
                number = block.line + error.place.line
                error.place, error.fields["at"] = None, number
            raise
    return found


_IN_BLOCKS = frozenset({"for", "def", "layer", "const", "param", "assignment", "leaf"})
_ASSIGNED = re.compile(r"[^\W\d]\w*")


def _lines(thing: Piece | Body, before: int) -> list[Definition]:
    """Return a statement of a block as lines; headers and blank rows are none."""
    piece = thing.head if isinstance(thing, Body) else thing
    text = piece.text.strip()
    number = before + piece.number
    if not text or (text.startswith("[") and text.endswith("]")):
        return []
    name, equals, formula = (part.strip() for part in text.partition("="))
    if isinstance(thing, Piece) and equals and _ASSIGNED.fullmatch(name):
        return [Definition(name, formula, number)]
    try:
        reader = read_statement(piece.text, STRICT).start.reader
    except GraphgradError:
        reader = ""
    if reader not in _IN_BLOCKS:
        raise SourceError("classroom.file.gg_line", got=text[:60], at=number)
    rows = "\n".join(each.text for each in _flat(thing))
    gives = tuple(dict.fromkeys(base for each in _flat(thing) for base in _bases(each)))
    return [Definition(f"{reader} {number}", rows, number, rows, gives)]


def _flat(thing: Piece | Body) -> Iterator[Piece]:
    """Yield the pieces of a body in their order."""
    waiting: list[Piece | Body] = [thing]
    while waiting:
        first = waiting.pop(0)
        if isinstance(first, Body):
            waiting[:0] = [first.head, *first.inner, first.end]
        else:
            yield first


def _bases(piece: Piece) -> Iterator[str]:
    """Yield the names that a statement defines, without subscripts."""
    try:
        statement = read_statement(piece.text, STRICT) if piece.text.strip() else None
    except GraphgradError:
        return
    if statement is None:
        return
    yield from (target.base for target in statement.targets)
    if statement.keyword == "def" and len(statement.tokens) > 1:
        yield statement.tokens[1].value
    elif statement.name and not statement.targets:
        yield statement.name


def parts_of(blocks: list[Block]) -> list[Part]:
    """Return what stands on a sheet, in order."""
    parts: list[Part] = []
    count = 0
    for block in blocks:
        if block.kind == "step":
            parts.append(Part("step", step=count))
            count += 1
        elif block.kind == "text":
            parts.append(Part("text", "\n".join(block.lines).strip("\n")))
    return parts
