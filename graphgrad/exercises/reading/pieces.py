"""Cut an answer sheet into answers, each with the row of the exercise's data that it is about.

A line ``row 2:`` is about one row until the next such line, ``step 2:`` about an update. A table
has a line per row or per update, or a column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.functions import arrays
from graphgrad.exercises.reading.asked_words import STEP_WORDS
from graphgrad.exercises.reading.targets import MEANS, ROW_WORDS, row_of, row_scope, scoped
from graphgrad.expr.dialect import COMMA, STRICT, Dialect
from graphgrad.expr.tokens import is_count
from graphgrad.graph.graph import Table
from graphgrad.source.leaves import literal

__all__ = ["Piece", "is_over_rows", "pieces"]

_HEADS = (*ROW_WORDS, "n", "nº", "no", "num", "i")
_STEP = re.compile(
    rf"\s*(?:[-*•]\s+)?(?:(?:{'|'.join(STEP_WORDS)})\s*(?P<number>[0-9]{{1,4}})\s*(?:[:.]|\Z)"
    r"|[kt]\s*=\s*(?P<counted>[0-9]{1,4})\s*:)(?P<rest>.*)",
    re.IGNORECASE,
)
_SEPARATORS = ("|", "&", "\t", ";", ", ", ",", " ")
_RULE = re.compile(r"(?=.*-)[\s|:+-]+\Z|\s*\\(?:hline|toprule|midrule|bottomrule)\s*\Z")
_BLANK = ("", "-", "—", "–", "?", "…", "...", "_")
_LONGEST_SENTENCE = 600
_JOINED = (" y ", " and ", " & ")
_OPENS, _CLOSES = "([{", ")]}"


class Piece(NamedTuple):
    """One answer as it is written.

    Attributes:
        line: its line in the file, from 1.
        text: the answer.
        scope: what it is about: empty, ``row 2``, ``mean`` or ``sum``.
    """

    line: int
    text: str
    scope: str = ""


def pieces(
    lines: Sequence[str], answers: Callable[[str], bool], table: Table | None = None
) -> list[Piece]:
    """Return the answers of a sheet, in its order.

    Args:
        lines: the lines of the sheet, without comments.
        answers: tells whether a text names something that can be answered.
        table: the exercise's data, by whose columns the rows of a table are known.

    >>> pieces(["row 2:", "z = 1, a = 2", "mean: L = 3"], str.isalpha)[1:]
    [Piece(line=2, text='a = 2', scope='row 2'), Piece(line=3, text='L = 3', scope='mean')]
    """
    found: list[Piece] = []
    scope, step, place = "", "", 0
    while place < len(lines):
        grid = _grid(lines, place, answers)
        if grid is not None:
            found += _Reader(grid, answers, table).pieces()
            place = grid.end
            continue
        here, text = scoped(lines[place])
        own, text = _of_step(text)
        if (here or own) and not text:
            scope, step = here or scope, own or step
        elif text:
            parts = [f"{own or step}{part}" for part in _apart(text, answers)]
            found += [Piece(place + 1, part, here or scope) for part in parts]
        place += 1
    return found


def _of_step(line: str) -> tuple[str, str]:
    """Return what names the step of training that a line is about, and the rest of it.

    >>> _of_step("Paso 2: w = 1"), _of_step("step 1:"), _of_step("step 1 = 2"), _of_step("z = 1")
    (('step 2: ', 'w = 1'), ('step 1: ', ''), ('', 'step 1 = 2'), ('', 'z = 1'))
    """
    found = _STEP.match(line)
    if found is None:
        return "", line
    return _in_step(int(found["number"] or found["counted"])), found["rest"].strip()


def _in_step(number: int) -> str:
    return f"step {number}: "


def _apart(text: str, answers: Callable[[str], bool]) -> Iterator[str]:
    """Yield the answers of a line: ``z = 1, a = 2`` holds two."""
    begun = depth = 0
    words = _JOINED if len(text) <= _LONGEST_SENTENCE else ()
    for place, sign in enumerate(text):
        depth += (sign in _OPENS) - (sign in _CLOSES)
        joined = sign == " " and text.startswith(words, place)
        joined = joined and not (text[place + 1] == "y" and answers("y"))
        if depth or not (joined or sign in ",;") or "=" not in text[begun:place]:
            continue
        left, equals, _ = text[place + 1 :].partition("=")
        left = left.partition("≈")[0].strip()
        apart = joined or sign == ";" or text[place + 1 : place + 2].isspace()
        if equals and left and apart and answers(left):
            yield text[begun:place].strip()
            begun = place + 1
    yield text[begun:].strip()


# ---- tables ----


class _Grid(NamedTuple):
    """A table on a sheet: its head, its lines, each with its number, and where it ends."""

    head: list[str]
    body: list[tuple[int, list[str]]]
    end: int


def _grid(lines: Sequence[str], place: int, answers: Callable[[str], bool]) -> _Grid | None:
    """Return the table whose head stands at a place; None if there is none."""
    line = lines[place]
    if "=" in line or "≈" in line or not line.strip():
        return None
    for separator in _SEPARATORS:
        head = _cells(line, separator)
        if len(head) > 1 and _is_head(head, answers):
            return _below(lines, place, head, separator)
    return None


def _is_head(head: list[str], answers: Callable[[str], bool]) -> bool:
    """Tell whether cells are the head of a table: names of steps, or the numbers of rows."""
    named = [cell for cell in head if answers(cell)]
    counted = _is_row_word(head[0]) or not head[0]
    if counted and all(map(_number, head[1:])):
        return True
    return bool(named) and len(named) + (_is_row_word(head[0]) and head[0] not in named) > 1


def is_over_rows(head: Sequence[str], firsts: Sequence[str]) -> bool:
    """Tell whether a table has a line, or a column, per row of the data.

    Args:
        head: the cells of its first line.
        firsts: the first cells of the lines below.

    >>> is_over_rows(["row", "y"], ["1", "mean"]), is_over_rows(["", "row 1", "row 2"], ["y"])
    (True, True)
    >>> is_over_rows(["n", "5"], ["z"]), is_over_rows(["step", "answer"], ["z"])
    (False, False)
    """
    if not _is_row_word(head[0]) and head[0]:
        return False
    if len(head) > 2 and all(map(_number, head[1:])):
        return True
    return bool(head[0] and firsts) and all(
        cell in _BLANK or _number(cell) or cell.lower() in MEANS for cell in firsts
    )


def _number(cell: str) -> int:
    """Return the row that a cell such as ``2`` or ``row 2`` names; 0 if it names none."""
    return int(cell) if is_count(cell) else row_of(scoped(f"{cell}:")[0])


def _is_row_word(cell: str) -> bool:
    return cell.lower().rstrip(".") in _HEADS or _is_step_word(cell)


def _is_step_word(cell: str) -> bool:
    """Tell whether a cell heads a column of steps of training: step, k, t."""
    return cell.lower().rstrip(".") in (*STEP_WORDS, "k", "t")


def _below(lines: Sequence[str], place: int, head: list[str], separator: str) -> _Grid | None:
    """Return the table below a head."""
    body: list[tuple[int, list[str]]] = []
    end = place + 1
    while end < len(lines):
        line = lines[end]
        if _RULE.match(line):
            end += 1
            continue
        cells = _cells(line, separator)
        if "=" in line or len(cells) != len(head):
            break
        body.append((end + 1, cells))
        end += 1
    return _Grid(head, body, end) if body else None


def _cells(line: str, separator: str) -> list[str]:
    """Return the cells of a line, brackets kept whole."""
    text = line.strip()
    if separator == "|":
        text = text.removeprefix("|").removesuffix("|")
    if separator == "&":
        text = text.removesuffix(r"\hline").rstrip().removesuffix(r"\\")
    cells, depth, begun, place = [], 0, 0, 0
    while place < len(text):
        depth += (text[place] in _OPENS) - (text[place] in _CLOSES)
        if not depth and text.startswith(separator, place):
            cells.append(text[begun:place])
            place += len(separator)
            begun = place
        else:
            place += 1
    cells = [cell.strip().strip("$").strip() for cell in (*cells, text[begun:])]
    return [cell for cell in cells if cell] if separator == " " else cells


class _Reader:
    """Turn a table into answers."""

    def __init__(self, grid: _Grid, answers: Callable[[str], bool], table: Table | None) -> None:
        self.grid = grid
        self.answers = answers
        self.table = None if table is None or table.whole else table

    def pieces(self) -> Iterator[Piece]:
        """Yield the answers, line by line."""
        head = self.grid.head
        if _is_step_word(head[0]) and not self.answers(head[0]):
            yield from self._in_steps()
            return
        if all(map(_number, head[1:])):
            scopes = [row_scope(_number(cell)) for cell in head[1:]]
            for line, (name, *cells) in self.grid.body:
                yield from self._answers(line, [name] * len(cells), cells, scopes)
            return
        counted = _is_row_word(head[0]) and not self.answers(head[0])
        for place, (line, cells) in enumerate(self.grid.body):
            scope = self._scope(place, cells, counted=counted)
            names = head[counted:]
            yield from self._answers(line, names, cells[counted:], [scope] * len(names))

    def _in_steps(self) -> Iterator[Piece]:
        """Yield the answers of a table with a line, or a column, per step of training."""
        head = self.grid.head
        across = all(map(is_count, head[1:]))
        for place, (line, cells) in enumerate(self.grid.body, 1):
            own = int(cells[0]) if is_count(cells[0]) else place
            steps = map(int, head[1:]) if across else [own] * (len(cells) - 1)
            names = [cells[0]] * (len(cells) - 1) if across else head[1:]
            for step, name, cell in zip(steps, names, cells[1:], strict=True):
                if cell not in _BLANK:
                    yield Piece(line, f"{_in_step(step)}{name} = {cell}")

    def _answers(
        self, line: int, names: list[str], cells: list[str], scopes: list[str]
    ) -> Iterator[Piece]:
        for name, cell, scope in zip(names, cells, scopes, strict=True):
            if cell not in _BLANK and not self._is_given(name, cell, row_of(scope)):
                yield Piece(line, f"{name} = {cell}", scope)

    def _scope(self, place: int, cells: list[str], *, counted: bool) -> str:
        """Return the scope of a line: its number, the row it repeats, or its place."""
        if counted:
            word = cells[0].rstrip(".:").lower()
            over = MEANS.get(word, "")
            return over or row_scope(_number(word) or place + 1)
        over = next((MEANS[cell.lower()] for cell in cells if cell.lower() in MEANS), "")
        if over:
            return over
        if self.table is None:
            return row_scope(place + 1) if len(self.grid.body) > 1 else ""
        rows = [row for row in range(1, len(self.table.rows) + 1) if self._repeats(cells, row)]
        only = rows[0] if len(rows) == 1 else place + 1
        return row_scope(place + 1 if place + 1 in rows else only)

    def _repeats(self, cells: list[str], row: int) -> bool:
        """Tell whether a line repeats all the data of a row that the table shows."""
        assert self.table is not None
        shown = [
            self._is_given(name, cell, row)
            for name, cell in zip(self.grid.head, cells, strict=True)
            if name in self.table.names
        ]
        return bool(shown) and all(shown)

    def _is_given(self, name: str, cell: str, row: int) -> bool:
        """Tell whether a cell only repeats a number of the exercise's data."""
        table = self.table
        if table is None or name not in table.names or not 1 <= row <= len(table.rows):
            return False
        known = table.rows[row - 1][table.names.index(name)]
        return any(_is_value(cell, dialect, known) for dialect in (STRICT, COMMA))


def _is_value(cell: str, dialect: Dialect, known: Any) -> bool:
    """Tell whether a cell is a known number or array, written out."""
    try:
        return bool(arrays().array_equal(literal(cell, dialect), known))
    except GraphgradError:
        return False
