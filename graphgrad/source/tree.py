"""Split a text into pieces that hold all of it: statements, comments, blank rows, in order.

``text_of(tree_of(text)) == text``, byte for byte: readers take a piece's ``text``, printers write
its ``written``. Nothing is refused here; a bracket that is never closed is told by its piece.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graphgrad.errors import LimitError, Place, SourceError
from graphgrad.source.statements import FREE_TEXT, opening_word, words_of
from graphgrad.source.text import BYTE_ORDER_MARK

__all__ = [
    "Body",
    "Piece",
    "code_of",
    "comment_start",
    "depths",
    "nested",
    "pieces",
    "text_of",
    "tree_of",
]

DEEPEST = 50

_OPEN, _CLOSE = "([", ")]"
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*+(?:"|\\?$)', re.MULTILINE)
_COMMENT = re.compile(r"#[^\r\n]*")
_STATEMENT = re.compile(
    rf'\s*(?:(?:{words_of("name")}|{words_of("text")}|{words_of("words")})\s+[^\W\d"]'
    r'|\[[^\W\d][\w.-]*\]\s*$|[^\W\d][\w.]*(?:\[[^][]*\][\w.]*)*\s*(?:"[^"]*"\s*)?=(?!=))'
)
_GOES_ON = re.compile(r"[-+*/@^<>=,;(\[]\s*$")
"""Ends of a line behind which ``name =`` is an argument, no statement."""


class Piece(NamedTuple):
    r"""A statement with its comments, a row of data, a comment, or a blank row.

    Attributes:
        number: its first row in the file, from 1.
        text: the code in normal form C, without comments, rows apart by ``\n``; blank where there
            is none. Its columns are those of the file.
        written: all characters of the file from here to the next piece.
        error: what is wrong with its brackets; a reader raises it.
    """

    number: int
    text: str
    written: str = ""
    error: SourceError | None = None

    @property
    def whole_place(self) -> Place:
        """Return the place of all of its code, without the blanks around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self.place(start, len(self.text.rstrip()))

    def place(self, start: int, end: int) -> Place:
        """Return the place of columns of the code in the file."""
        before = self.text.rfind("\n", 0, start) + 1
        after = self.text.find("\n", start)
        shown = self.text[before : after if after >= 0 else len(self.text)]
        row = self.text.count("\n", 0, start)
        length = max(1, min(end, before + len(shown)) - start)
        return Place(self.number + row, start - before + 1, shown, length=length)


class Body(NamedTuple):
    """The statements between a ``for`` or ``def`` and its ``end``, with both."""

    head: Piece
    inner: list[Piece | Body]
    end: Piece


def nested(flat: Iterable[Piece]) -> Iterator[Piece | Body]:
    r"""Yield pieces with every body as one thing; its pieces keep their order.

    Raises:
        SourceError: at a body that has no end, or an end that has no body.
        LimitError: if bodies stand too deep in one another.

    >>> [body] = nested(tree_of("for t = 1:2\n  h[t] = t\nend"))
    >>> body.head.text, [piece.text for piece in body.inner], body.end.number
    ('for t = 1:2', ['  h[t] = t'], 3)
    """
    opened: list[tuple[Piece, list[Piece | Body]]] = []
    for piece in flat:
        if piece.error is not None and opened:
            raise piece.error
        word = opening_word(piece.text)
        done: Piece | Body = piece
        if word == "end":
            if not opened:
                raise SourceError("source.stray_end", place=piece.whole_place)
            head, inner = opened.pop()
            done = Body(head, inner, piece)
        elif word:
            if len(opened) == DEEPEST:
                place = piece.whole_place
                raise LimitError("source.deep_bodies", limit=DEEPEST, place=place)
            opened.append((piece, []))
            continue
        if opened:
            opened[-1][1].append(done)
        else:
            yield done
    if opened:
        head = opened[-1][0]
        word = head.text.split()[0]
        place = head.whole_place
        raise SourceError("source.no_end", word=word, place=place)


def depths(flat: Iterable[Piece]) -> Iterator[int]:
    """Yield for every piece how many bodies it stands in; ``end`` stands where its head does."""
    depth = 0
    for piece in flat:
        word = opening_word(piece.text)
        depth -= word == "end" and depth > 0
        yield depth
        depth += word in ("for", "def")


def tree_of(text: str, *, semicolons: bool = False) -> list[Piece]:
    r"""Return all pieces of a text.

    >>> text = "x = (1 +  # one\r\n  2)\r\n\r\n# the end"
    >>> [piece.text for piece in tree_of(text)]
    ['x = (1 +\n  2)', '', '']
    >>> text_of(tree_of(text)) == text
    True
    """
    return list(pieces(text, semicolons=semicolons))


def text_of(tree: Iterable[Piece]) -> str:
    """Return the text that pieces were written as."""
    return "".join(piece.written for piece in tree)


def pieces(text: str, *, semicolons: bool = False) -> Iterator[Piece]:
    """Yield the pieces of a text one after another; brackets continue over rows.

    Args:
        text: the file's text, as written or as `graphgrad.source.text.decode` returns it.
        semicolons: whether ``;`` outside brackets also ends a statement, as on a command line.
    """
    pending: list[str] = []
    written: list[str] = []
    first, depth = 1, 0
    for number, row in enumerate(io.StringIO(text, newline=""), 1):
        code = code_of(row if number > 1 else row.removeprefix(BYTE_ORDER_MARK))
        if pending and _STATEMENT.match(code) and not _goes_on(pending):
            piece = Piece(first, "\n".join(pending), "".join(written))
            yield piece._replace(error=_never_closed(piece))
            pending, written, depth = [], [], 0
        if not pending:
            if not code or code.isspace():
                yield Piece(number, "", row)
                continue
            first = number
        pending.append(code)
        written.append(row)
        if ("(" in code or "[" in code or depth) and not FREE_TEXT.match(pending[0]):
            depth = max(0, depth + _balance(code))
        if depth == 0:
            piece = Piece(first, "\n".join(pending), "".join(written))
            yield from _split(piece) if semicolons and ";" in piece.text else (piece,)
            pending, written = [], []
    if pending:
        yield Piece(first, "\n".join(pending), "".join(written))


def code_of(row: str) -> str:
    """Return the code of a row as written: in normal form C, without comment and line end."""
    code = row.rstrip("\r\n")
    if not code.isascii():
        code = unicodedata.normalize("NFC", code)
    end = comment_start(code)
    return code if end < 0 else code[:end].rstrip()


def comment_start(row: str) -> int:
    """Return the column of a row's ``#`` outside strings; -1 if it has none."""
    return _masked(row).find("#") if "#" in row else -1


def _goes_on(rows: list[str]) -> bool:
    """Tell whether ``name =`` may follow inside the brackets; an open header is told elsewhere."""
    return bool(_GOES_ON.search(rows[-1])) or rows[0].lstrip().startswith("[")


def _never_closed(piece: Piece) -> SourceError:
    """Return the error at the innermost bracket that is open where the next statement starts."""
    opened: list[int] = []
    code = _masked(piece.text)
    for position, character in enumerate(code):
        if character in _OPEN:
            opened.append(position)
        elif character in _CLOSE and opened:
            opened.pop()
    at = opened[-1]
    closing = _CLOSE[_OPEN.index(code[at])]
    place = piece.place(at, at + 1)
    return SourceError("source.never_closed", got=code[at], closing=closing, place=place)


def _masked(text: str) -> str:
    """Return a text of the same length in which quoted parts are blank."""
    if '"' not in text:
        return text
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)


def _balance(row: str) -> int:
    """Return how many brackets a row leaves open, outside strings."""
    code = _masked(row)
    return sum(code.count(sign) for sign in _OPEN) - sum(code.count(sign) for sign in _CLOSE)


def _split(piece: Piece) -> Iterator[Piece]:
    """Split at ``;`` outside brackets; blanks keep the columns of what stands behind one."""
    written = piece.written
    masked = _COMMENT.sub(lambda comment: " " * len(comment[0]), _masked(written))
    start = depth = 0
    for position, character in enumerate(masked + ";"):
        depth += (character in _OPEN) - (character in _CLOSE)
        if position == len(written) or (character == ";" and depth == 0):
            code = "\n".join(map(code_of, io.StringIO(written[start:position], newline="")))
            yield Piece(piece.number, " " * start + code, written[start : position + 1])
            start = position + 1
