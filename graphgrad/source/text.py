"""Turn the bytes of a file into logical lines."""

from __future__ import annotations

import codecs
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from graphgrad.errors import FileError, LimitError, Place, SourceError

__all__ = ["FREE_TEXT", "LogicalLine", "decode", "logical_lines", "read_text"]

LARGEST_FILE = 64 * 2**20
_OPEN, _CLOSE = "([", ")]"
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*(?:"|$)', re.MULTILINE)
_STATEMENT = re.compile(
    r'\s*(?:(?:input|param|const|loss|output|data|title|assume|convention|group)\s+[^\W\d"]'
    r'|\[[^\W\d][\w.-]*\]\s*$|[^\W\d]\w*\s*(?:"[^"]*"\s*)?=(?!=))'
)
_GOES_ON = re.compile(r"[-+*/@^<>=,;(\[]\s*$")
"""Ends of a line behind which ``name =`` is an argument, no statement."""
FREE_TEXT = re.compile(r"\s*(assume|convention)\b(?!\s*=[^=])")
"""Starts of statements kept as written: relations may hold signs that no formula has."""


class LogicalLine(NamedTuple):
    """One statement's text without comments; line breaks stay inside brackets."""

    number: int
    text: str

    def place(self, start: int, end: int) -> Place:
        """Return the place of columns of this text in the file."""
        before = self.text.rfind("\n", 0, start) + 1
        after = self.text.find("\n", start)
        shown = self.text[before : after if after >= 0 else len(self.text)]
        row = self.text.count("\n", 0, start)
        length = max(1, min(end, before + len(shown)) - start)
        return Place(self.number + row, start - before + 1, shown, length=length)


def read_text(path: str | os.PathLike[str]) -> str:
    """Return a file's text; UTF-8 or UTF-16, with or without a byte order mark.

    Raises:
        FileError: if the file cannot be read.
        LimitError: if it is larger than 64 MB.
        SourceError: if it is not text.
    """
    try:
        size = Path(path).stat().st_size
        if size > LARGEST_FILE:
            raise LimitError("file.too_large", path=str(path), got=size, limit=LARGEST_FILE)
        data = Path(path).read_bytes()
    except OSError as error:
        raise FileError(_why(error), path=str(path)) from None
    return decode(data, str(path))


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "file.missing"
    if isinstance(error, IsADirectoryError):
        return "file.is_folder"
    return "file.denied" if isinstance(error, PermissionError) else "file.unreadable"


def decode(data: bytes, path: str) -> str:
    r"""Return the text of bytes, in normal form C and with ``\n`` line ends.

    Raises:
        SourceError: if the bytes are not UTF-8 or UTF-16 text.
    """
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-16")
        elif b"\0" in data[:2000]:
            text = data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
            if not text.isprintable() and any(c < " " and c not in "\t\r\n" for c in text):
                raise SourceError("file.binary", path=path)
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError("file.not_text", path=path, line=line) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def logical_lines(text: str, *, semicolons: bool = False) -> Iterator[LogicalLine]:
    """Yield the statements of a file: comments removed, brackets continued over lines.

    Args:
        text: the file's text.
        semicolons: whether ``;`` outside brackets also ends a statement, as on a command line.
    """
    pending: list[str] = []
    first, depth = 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        code = _without_comment(line) if "#" in line else line
        if not pending and (not code or code.isspace()):
            continue
        if not pending:
            first = number
        elif _STATEMENT.match(code) and not _goes_on(pending):
            raise _never_closed(LogicalLine(first, "\n".join(pending)))
        pending.append(code)
        if ("(" in code or "[" in code or depth) and not FREE_TEXT.match(pending[0]):
            depth = max(0, depth + _balance(code))
        if depth == 0:
            yield from _statements(LogicalLine(first, "\n".join(pending)), semicolons=semicolons)
            pending = []
    if pending:
        yield LogicalLine(first, "\n".join(pending))


def _goes_on(lines: list[str]) -> bool:
    """Tell whether ``name =`` may follow inside the brackets; an open header is told elsewhere."""
    return bool(_GOES_ON.search(lines[-1])) or lines[0].lstrip().startswith("[")


def _never_closed(line: LogicalLine) -> SourceError:
    """Return the error at the innermost bracket that is open where the next statement starts."""
    opened: list[int] = []
    code = _masked(line.text)
    for position, character in enumerate(code):
        if character in _OPEN:
            opened.append(position)
        elif character in _CLOSE and opened:
            opened.pop()
    at = opened[-1]
    closing = _CLOSE[_OPEN.index(code[at])]
    place = line.place(at, at + 1)
    return SourceError("source.never_closed", got=code[at], closing=closing, place=place)


def _masked(text: str) -> str:
    """Return a text of the same length in which quoted parts are blank."""
    if '"' not in text:
        return text
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)


def _without_comment(line: str) -> str:
    end = _masked(line).find("#")
    return line if end < 0 else line[:end].rstrip()


def _balance(line: str) -> int:
    """Return how many brackets a line leaves open, outside strings."""
    code = _masked(line)
    return sum(code.count(sign) for sign in _OPEN) - sum(code.count(sign) for sign in _CLOSE)


def _statements(line: LogicalLine, *, semicolons: bool) -> Iterator[LogicalLine]:
    if not semicolons or ";" not in line.text:
        yield line
        return
    start = depth = 0
    text = line.text
    for position, character in enumerate(_masked(text)):
        depth += (character in _OPEN) - (character in _CLOSE)
        if character == ";" and depth == 0:
            yield LogicalLine(line.number, " " * start + text[start:position])
            start = position + 1
    yield LogicalLine(line.number, " " * start + text[start:])
