"""Write the marks of a class: a CSV, Moodle's grading worksheet, a zip of feedback."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape

from graphgrad.errors import SourceError
from graphgrad.exercises.classroom.class_marks import ClassMarks, Entry, without_answers
from graphgrad.exercises.files.spelling import decimal_text
from graphgrad.exercises.judging.mark import STATUSES
from graphgrad.exercises.sheets.html_sheet import page
from graphgrad.files.csv_rows import csv_rows
from graphgrad.messages.catalogue import in_every_language, language, text
from graphgrad.messages.languages.record import language_record

__all__ = ["feedback_zip", "filled_worksheet", "from_moodle", "marks_csv", "moodle_worksheet"]

_BOM = "\ufeff"
_OLDEST = (1980, 1, 1, 0, 0, 0)
_NUMBER = re.compile(r"([0-9]{1,12})\s*\Z")
_COLUMNS = ("identifier", "name", "grade", "maximum", "feedback")


def marks_csv(marks: ClassMarks) -> str:
    """Return one row per file, and one per student without a file.

    What was not marked, or not handed in, has no points: 0 is the mark of a file that was read.
    It is what the spreadsheets of the language open: in Spanish semicolons, and decimal commas.
    """
    steps = marks.family.exercise.asked
    fixed = ("student", "name", "file", "counts", "variant", "points", "max", "first", "notes")
    head = [text(f"classroom.csv.{word}") for word in fixed]
    rows = [[*head[:8], *steps, head[8]], *(_row(marks, entry) for entry in marks.entries)]
    return _BOM + written(rows, ";" if language_record(language()).decimal == "," else ",")


def _row(marks: ClassMarks, entry: Entry) -> list[str]:
    found = entry.marks
    statuses = found.statuses if found is not None else {}
    point = language_record(language()).decimal
    numbers = (_grade(entry), decimal_text(marks.family.exercise.total))
    return [
        entry.student.id,
        entry.student.name,
        "" if entry.submission is None else entry.submission.path,
        "1" if entry.counts else "0",
        str(found.draw or "") if found is not None else "",
        *(number.replace(".", point) for number in numbers),
        found.first_wrong if found is not None else "",
        *(_word(statuses.get(step, "")) for step in marks.family.exercise.asked),
        " ".join(remarks(entry)),
    ]


def _grade(entry: Entry) -> str:
    """Return the points of a file; empty where it was not marked, so that no average counts it."""
    return "" if entry.marks is None else decimal_text(entry.points)


def _word(status: str) -> str:
    return text(f"check.status.{status}") if status else ""


def remarks(entry: Entry) -> list[str]:
    """Return what is to be said of a file."""
    found = [text(entry.problem)] if entry.problem else []
    return found + [text(note.message_id, **note.fields) for note in entry.notes]


def from_moodle(marks: ClassMarks) -> bool:
    """Tell whether Moodle's numbers of the students are known, without which it takes no grades."""
    return any(entry.submission is not None and entry.submission.number for entry in marks.entries)


def moodle_worksheet(marks: ClassMarks) -> str:
    """Return a grading worksheet as Moodle reads it, for the students it numbers."""
    total = decimal_text(marks.family.exercise.total)
    rows = [["Identifier", "Full name", "Grade", "Maximum grade", "Feedback comments"]]
    for entry in marks.entries:
        if entry.submission is not None and entry.submission.number and entry.counts:
            number = f"Participant {entry.submission.number}"
            told = comment(entry)
            rows.append([number, entry.submission.name, _grade(entry), total, told])
    return _BOM + written(rows)


def filled_worksheet(worksheet: str, marks: ClassMarks, path: str) -> str:
    """Return a worksheet that Moodle wrote, with grades and comments filled in.

    Raises:
        SourceError: if it has not Moodle's columns.
    """
    rows = csv_rows(worksheet.removeprefix(_BOM), path=path)
    places = _places(rows[0] if rows else [])
    if "identifier" not in places or "grade" not in places:
        raise SourceError("classroom.grade.worksheet", path=path)
    by_number, by_name = _by_participant(marks.entries)
    total = marks.family.exercise.total
    for row in rows[1:]:
        row.extend([""] * (len(rows[0]) - len(row)))
        number = _NUMBER.search(row[places["identifier"]])
        entry = by_number.get(number[1]) if number else None
        if entry is None and "name" in places:
            entry = by_name.get(row[places["name"]].strip().casefold())
        if entry is None:
            continue
        maximum = row[places["maximum"]] if "maximum" in places else ""
        if entry.marks is not None:
            row[places["grade"]] = grade_in(entry.points, total, maximum)
        if "feedback" in places:
            row[places["feedback"]] = comment(entry)
    return _BOM + written(rows)


def grade_in(points: Fraction, total: Fraction, maximum: str) -> str:
    """Return points as the grade of a worksheet: on its scale, and with its decimal sign.

    >>> grade_in(Fraction(9), Fraction(12), "100,00"), grade_in(Fraction(9), Fraction(12), "")
    ('75', '9')
    >>> grade_in(Fraction(5), Fraction(8), "10,00")
    '6,25'
    """
    plain = maximum.strip().replace(",", ".")
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", plain) and Fraction(plain) > 0 and total > 0:
        points = points / total * Fraction(plain)
    grade = decimal_text(points)
    return grade.replace(".", ",") if "," in maximum else grade


def _places(head: Sequence[str]) -> dict[str, int]:
    """Return where Moodle's columns stand, whatever language it speaks."""
    titles = {kind: in_every_language(f"classroom.moodle.{kind}") for kind in _COLUMNS}
    return {
        kind: place
        for place, title in enumerate(head)
        for kind, names in titles.items()
        if title.strip().lower() in names
    }


def _by_participant(entries: Iterable[Entry]) -> tuple[dict[str, Entry], dict[str, Entry]]:
    numbers: dict[str, Entry] = {}
    names: dict[str, Entry] = {}
    for entry in entries:
        if entry.submission is None or not entry.counts:
            continue
        if entry.submission.number:
            numbers[entry.submission.number] = entry
        for name in (entry.submission.name, entry.student.name, entry.student.id):
            if name:
                names.setdefault(name.casefold(), entry)
    return numbers, names


def comment(entry: Entry) -> str:
    """Return the one line of feedback that fits into a table."""
    if entry.marks is None:
        return text(entry.problem) if entry.problem else ""
    nothing = without_answers(entry.marks)
    if nothing is not None:
        return text(nothing.message_id)
    if entry.marks.first_wrong:
        return text("check.report.first", step=entry.marks.first_wrong)
    is_fine = all(STATUSES[status].is_fine for status in entry.marks.statuses.values())
    return text("check.report.none") if is_fine else ""


def feedback_zip(marks: ClassMarks) -> bytes:
    """Return a zip with one page per file, in the folders that Moodle expects.

    A student whose file was not marked is told why.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        taken: set[str] = set()
        for entry in marks.entries:
            if entry.submission is None or not entry.counts:
                continue
            folder = _folder(entry, taken)
            info = zipfile.ZipInfo(f"{folder}/feedback.html", _OLDEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            found = entry.marks
            page_of = marks.page(found) if found is not None else _problem_page(marks, entry)
            archive.writestr(info, page_of.encode("utf-8"))
    return buffer.getvalue()


def _problem_page(marks: ClassMarks, entry: Entry) -> str:
    """Return the page of a file that was not marked: which, and why."""
    exercise = marks.family.exercise
    path = "" if entry.submission is None else entry.submission.path.rpartition("/")[2]
    spoken = exercise.language or language()
    told = f"<p>{escape(path)}: {escape(text(entry.problem, spoken))}</p>"
    title = exercise.title or exercise.id
    return page(title, spoken, f"<h1>{escape(title)}</h1>\n{told}\n")


def _folder(entry: Entry, taken: set[str]) -> str:
    """Return a folder name that is safe on every system and given once."""
    submission = entry.submission
    assert submission is not None
    own = submission.folder if submission.number else entry.student.id
    plain = re.sub(r"[^\w .@+-]", "_", own).strip(" .") or "student"
    name, number = plain, 2
    while name.casefold() in taken:
        name, number = f"{plain}-{number}", number + 1
    taken.add(name.casefold())
    return name


def written(rows: Iterable[Sequence[str]], separator: str = ",") -> str:
    """Return rows as CSV; a cell that a spreadsheet would run as a formula is quoted by '.

    The ``-`` of a date that Moodle does not know is no formula.
    """
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows(
        [_inert(cell) for cell in row] for row in rows
    )
    return stream.getvalue()


def _inert(cell: str) -> str:
    harmless = re.fullmatch(r"-|-?[0-9]+([.,][0-9]+)?", cell)
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not harmless else cell
