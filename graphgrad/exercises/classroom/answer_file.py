"""Read a file that was handed in: its lines as an answer sheet, and whose it is.

It may be text, Markdown, CSV or HTML. Whose it is, its folder or name says, or Moodle's full name,
or its heading.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import groupby

from graphgrad.errors import GraphgradError
from graphgrad.exercises.classroom.submissions import Submission
from graphgrad.exercises.files.roster import Student, plain_name
from graphgrad.exercises.reading.pieces import is_over_rows
from graphgrad.source.text import decode_handed

__all__ = ["Register", "answer_text", "heading_student"]


_FENCE = re.compile(r"```+\s*(answers|respuestas)\s*\Z")
_ROW = re.compile(r"^\s*\|(?P<cells>.+)\|\s*$")
_RULE = re.compile(r"[\s|:-]+\Z")
_NUMBER = re.compile(r"[-+−]?[\d.\[(]")
_HEADS = {"step", "paso", "answer", "respuesta"}
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+|!)[^<>]*+>")
_BREAKS = ("p", "br", "div", "li", "tr", "pre", "h1", "h2", "h3", "h4")
_HEAD = 65_536
"""How many bytes of a file are looked at for its heading; cuts no letter of a usual file."""
_HEADING = re.compile(
    r"(?im)\b(?:alumno|alumna|student|nombre|name)\s*+:[ \t]*+([^:\r\n]{1,200}?)"
    r"(?<!\s)(?=\s++\w++\s*+:|[ \t\r]*+$)"
)


def answer_text(data: bytes, path: str) -> str:
    """Return the lines to be marked.

    Args:
        data: the file.
        path: its name; the ending says what it is.

    Raises:
        SourceError: if it is no text.
    """
    text = decode_handed(data, path)
    ending = path.lower().rpartition(".")[2]
    if ending in ("html", "htm"):
        text = _text_of_html(text)
    fenced = _fenced(text)
    if fenced is not None:
        return fenced
    if ending == "csv":
        return _lines_of_csv(text)
    return "\n".join(_lines_of_tables(text.split("\n"))) if "|" in text else text


def _fenced(text: str) -> str | None:
    """Return the lines of the block that a Markdown sheet ends with, if there is one."""
    lines = text.split("\n")
    start = next((k for k, line in enumerate(lines) if _FENCE.match(line.strip())), None)
    if start is None:
        return None
    end = next((k for k in range(start + 1, len(lines)) if lines[k].startswith("```")), len(lines))
    return "\n".join(lines[start + 1 : end])


def _lines_of_tables(lines: list[str]) -> Iterator[str]:
    """Yield lines; a table of steps becomes ``name = value``, one over rows of data stays."""
    for is_table, block in groupby(lines, lambda line: _ROW.match(line) is not None):
        table = list(block)
        kept = not is_table or _is_over_rows([_cells(line) for line in table])
        yield from table if kept else map(_line, table)


def _is_over_rows(table: list[list[str]]) -> bool:
    """Tell whether a table has a line or a column per row of data, by its head or its lines."""
    ruled = len(table) > 2 and all(_RULE.fullmatch(cell) for cell in table[1] if cell)
    firsts = [line[0] for line in table[1 + ruled :]]
    if is_over_rows(table[0], firsts):
        return True
    return ruled and not table[0][0].isdigit() and all(map(_NUMBER.match, firsts))


def _cells(line: str) -> list[str]:
    row = _ROW.match(line)
    return [] if row is None else [cell.strip() for cell in row["cells"].split("|")]


def _line(line: str) -> str:
    """Return a row of a Markdown table as ``name = value``; other lines as they are."""
    row = _ROW.match(line)
    if row is None or _RULE.fullmatch(line):
        return "" if row is not None else line
    cells = _cells(line)
    return _joined(cells) if len(cells) > 1 else line


def _joined(cells: list[str]) -> str:
    if cells[0].lower() in _HEADS or not cells[0]:
        return ""
    return f"{cells[0]} = {cells[1]}" if cells[1] else ""


def _lines_of_csv(text: str) -> str:
    separator = next((mark for mark in (";", "\t", ",") if mark in text), ";")
    lines = []
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
        table = [[cell.strip() for cell in row] for row in rows if row]
        if table and is_over_rows(table[0], [cells[0] for cells in table[1:]]):
            return text
        for cells in ([cell.strip() for cell in row] for row in rows):
            lines.append(cells[0] if len(cells) == 1 else _joined(cells) if cells else "")
    except csv.Error:
        return text
    return "\n".join(lines)


def _text_of_html(text: str) -> str:
    """Return the text of a page, a line per paragraph; scripts and styles are left out.

    Every character is looked at once: the parser of the standard library is quadratic on unclosed
    tags, and a page may be hostile.
    """
    pieces: list[str] = []
    end = 0
    hidden = ""
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if not hidden:
            pieces.append(text[end : tag.start()])
            hidden = name if name in ("script", "style") and not tag["close"] else ""
        elif name == hidden and tag["close"]:
            hidden = ""
        if name in _BREAKS:
            pieces.append("\n")
        end = tag.end()
    if not hidden:
        pieces.append(text[end:])
    lines = unescape("".join(pieces)).replace("\xa0", " ").split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


class Register:
    """The students of a class, found by any of their names.

    Args:
        students: the class; empty where it is not known.
    """

    def __init__(self, students: Iterable[Student]) -> None:
        self.students = tuple(students)
        self._found: dict[str, Student] = {}
        for student in self.students:
            self._found.setdefault(_key(student.id), student)
        for student in self.students:
            if student.name:
                self._found.setdefault(_key(student.name), student)
                self._found.setdefault(_key(f"{student.id} {student.name}"), student)
        turned = Counter(_turned(student.name) for student in self.students)
        for student in self.students:
            if turned[_turned(student.name)] == 1:
                self._found.setdefault(_turned(student.name), student)

    def named(self, text: str) -> Student | None:
        """Return the student that an id, a name, or both, as on a sheet, belong to."""
        return self._found.get(_key(text), self._found.get(_turned(text))) if text else None

    def student_of(self, submission: Submission) -> tuple[Student, str]:
        """Return whose file it is, and the message id of what is odd about that."""
        head = heading_student(submission.data)
        names = [submission.name, submission.stem, _file_stem(submission.path), head]
        if not self.students:
            name = submission.name or head or submission.stem
            return Student(name, submission.name), ""
        found = next(filter(None, map(self.named, names)), None)
        if found is None:
            return Student(head or submission.stem), "classroom.flag.stranger"
        other = self.named(head)
        odd = other is not None and other != found
        return found, "classroom.flag.other_name" if odd else ""


def heading_student(data: bytes) -> str:
    """Return the student that a file's heading names.

    >>> heading_student(b"variante: 3  alumno: A12")
    'A12'
    """
    try:
        head = decode_handed(data[:_HEAD], "")[:4000]
    except GraphgradError:
        return ""
    found = _HEADING.search(head)
    return plain_name(found[1]) if found else ""


def _file_stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _key(name: str) -> str:
    """Return what spellings of one name share: no accents, one case, single blanks."""
    letters = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def _turned(name: str) -> str:
    """Return what "Ana Ruiz" and "Ruiz, Ana" share; several words only."""
    words = sorted(_key(name.replace(",", " ")).split())
    return "\n".join(words) if len(words) > 1 else ""
