"""Lay statements out as the samples are: only blanks, blank rows and line ends change.

Code is written in normal form C, the entries of a table apart by blanks; comments stay as they are.

Neighbouring lines of a kind have their ``=`` in one column where the author began to align them.
A table's entries stand under its names. A comment that stands apart from its code keeps its
column if there is room.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from graphgrad.expr.dialect import STRICT
from graphgrad.source.data import cells_of, is_row, is_whole
from graphgrad.source.headings import decimal_dialect
from graphgrad.source.statements import Statement, read_statement
from graphgrad.source.text import BYTE_ORDER_MARK
from graphgrad.source.tree import Piece, comment_start, depths
from graphgrad.source.writing.spacing import Spacing

__all__ = ["laid_out"]

_BEFORE_COMMENT = 2
_INDENT = "  "
_SPACED = frozenset({"for", "def", "out", "end", "train", "data"})


@dataclass(slots=True)
class _Line:
    """A piece with what decides where its parts stand.

    Attributes:
        piece: as it was read.
        statement: None for blank rows, comments and rows of data.
        head: the line up to ``=``; empty where there is none.
        equals: the index of the token ``=``; the number of tokens where there is none.
        width: the columns given to the head.
        cells: the names or the entries of a table.
        widths: the columns given to them, shared by the lines of a table.
        margin: columns before them: as many as the word of the table.
        depth: in how many bodies it stands.
    """

    piece: Piece
    statement: Statement | None = None
    head: str = ""
    equals: int = 0
    width: int = 0
    cells: tuple[str, ...] = ()
    widths: list[int] | None = None
    margin: int = 0
    depth: int = 0


def laid_out(tree: list[Piece]) -> list[Piece]:
    r"""Return the pieces of a text that can be read, written anew.

    Raises:
        SourceError: if a piece is no statement.

    >>> from graphgrad.source.tree import text_of, tree_of
    >>> text_of(laid_out(tree_of("z   = w * x # a product\nyhat=z+b\n\n\n")))
    'z    = w*x  # a product\nyhat = z + b\n'
    >>> text_of(laid_out(tree_of("for t=1:2\nh[t]=t\nend")))
    'for t = 1:2\n  h[t] = t\nend\n'
    """
    lines = list(_without_blanks(_read(tree)))
    _align(lines)
    first = tree[0].written if tree else ""
    end = next((end for end in ("\r\n", "\n", "\r") if first.endswith(end)), "\n")
    written = [end.join(_rows(line)) + end for line in lines]
    if written and first.startswith(BYTE_ORDER_MARK):
        written[0] = BYTE_ORDER_MARK + written[0]
    pairs = zip(lines, written, strict=True)
    return [line.piece._replace(written=text) for line, text in pairs]


def _read(tree: list[Piece]) -> Iterator[_Line]:
    dialect = STRICT
    widths: list[int] | None = None
    ragged, margin = False, 0
    for piece, depth in zip(tree, depths(tree), strict=True):
        line = _Line(piece, depth=depth)
        if piece.text.strip() and widths is not None and is_row(piece):
            cells, line.margin = cells_of(piece, dialect), margin
            line.cells, line.widths = (" ".join(cells),) if ragged else tuple(cells), widths
        elif piece.text.strip():
            line.statement = statement = read_statement(piece.text, dialect)
            if statement.start.reader != "part":
                widths = None
            if statement.start.reader == "decimal":
                dialect = decimal_dialect(statement)
            elif statement.start.reader == "data" and _holds_rows(statement):
                widths, margin = [], len(statement.tokens[0].value)
                line.margin = margin
                ragged = is_whole(statement.tokens) or any(
                    t.kind != "name" for t in statement.tokens
                )
                if not ragged:
                    words = (piece.text[token.start : token.end] for token in statement.tokens[1:])
                    line.cells, line.widths = tuple(words), widths
            elif statement.start.takes == "name":
                _split_head(line, statement)
        _widen(line)
        yield line


def _holds_rows(statement: Statement) -> bool:
    """Tell whether rows follow a `data` line, which names no file then."""
    return all(token.kind != "string" for token in statement.tokens[1:])


def _widen(line: _Line) -> None:
    """Let the columns of a table hold the entries of one more line."""
    widths = line.widths
    if widths is not None:
        widths.extend([0] * (len(line.cells) - len(widths)))
        for place, cell in enumerate(line.cells):  # a row may hold fewer than its heading
            widths[place] = max(widths[place], len(cell))


def _split_head(line: _Line, statement: Statement) -> None:
    tokens = statement.tokens
    values = [token.value for token in tokens]
    line.equals = (
        values.index("=", statement.rest) if "=" in values[statement.rest :] else len(tokens)
    )
    head = Spacing(statement.text)
    for token in tokens[: line.equals]:
        head.write(token)
    line.head, line.width = head.row, len(head.row)


def _without_blanks(lines: Iterator[_Line]) -> Iterator[_Line]:
    """Yield lines with one blank row at most between them, none first or last."""
    waiting: _Line | None = None
    begun = False
    for line in lines:
        if not line.piece.written.removeprefix(BYTE_ORDER_MARK).strip():
            waiting = line
            continue
        if waiting is not None and begun:
            yield waiting
        waiting, begun = None, True
        yield line


def _align(lines: list[_Line]) -> None:
    """Give neighbouring heads of a kind one width, where one stands apart from its ``=``."""
    for kind, run in groupby(lines, _kind):
        members = list(run)
        if kind and any(_padded(line) for line in members):
            width = max(line.width for line in members)
            for line in members:
                line.width = width


def _kind(line: _Line) -> str:
    """Return the keyword of an assignment on one row; lines of a kind are aligned together."""
    statement = line.statement
    if statement is None or not line.head or "\n" in statement.text:
        return ""
    return f"{line.depth} {statement.keyword}" if line.equals < len(statement.tokens) else ""


def _padded(line: _Line) -> bool:
    assert line.statement is not None
    before, equals = line.statement.tokens[line.equals - 1 : line.equals + 1]
    return equals.start - before.end > 1


# ---- rows ----


def _rows(line: _Line) -> list[str]:
    """Return the rows of a line with their comments."""
    raw = [row.rstrip("\r\n") for row in io.StringIO(line.piece.written, newline="")]
    raw[0] = raw[0].removeprefix(BYTE_ORDER_MARK)
    margin = len(raw[0]) - len(raw[0].lstrip())
    rows = []
    for code, row in zip(_code(line), raw, strict=True):
        at = comment_start(row)
        if at < 0:
            rows.append(code.rstrip())
        elif not row[:at].strip():
            rows.append(code + row[at:].rstrip())
        else:
            apart = row[:at].endswith(("  ", "\t"))
            least = len(code) + _BEFORE_COMMENT
            rows.append(code.ljust(max(at - margin, least) if apart else least) + row[at:].rstrip())
    indent = _INDENT * line.depth
    return [(indent + row).rstrip() for row in [rows[0], *(row for row in rows[1:] if row)]]


def _code(line: _Line) -> list[str]:
    """Return the code of each row as it was written, with the blanks of the house."""
    statement = line.statement
    if line.widths is not None:
        cells = " ".join(map(str.ljust, line.cells, line.widths)).rstrip()
        head = "" if statement is None else statement.tokens[0].value
        return [f"{head.ljust(line.margin)} {cells}"]
    if statement is None:
        return [""]
    if statement.keyword == "[":
        return [f"[{statement.name}]"]
    if statement.keyword in _SPACED:
        return _words(statement)
    if statement.start.takes != "name":
        word = statement.tokens[0]
        rest = statement.text[word.end :].strip()
        return f"{statement.text[word.start : word.end]} {rest}".split("\n")
    if line.equals == len(statement.tokens):
        return [line.head]
    formula = Spacing(statement.text, f"{line.head.ljust(line.width)} = ")
    for token in statement.tokens[line.equals + 1 :]:
        formula.write(token)
    return formula.finished()


def _words(statement: Statement) -> list[str]:
    """Return a statement of words with the blanks of the house."""
    text, tokens = statement.text, statement.tokens
    row = Spacing(text)
    for number, token in enumerate(tokens):
        if number == 1 and statement.keyword == "train":
            row = Spacing(text, f"{row.row} ", "(")
        elif number == 3 and statement.keyword == "for":
            over_list = tokens[2].kind == "name"  # a list is no subscript of `in`
            row = Spacing(text, f"{row.row} ", "" if over_list else "[")
        row.write(token)
    return row.finished()
