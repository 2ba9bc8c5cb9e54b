"""Grading: points from statuses, hostile files, and a class marked in worker processes."""

from __future__ import annotations

import csv
import io
import os
import time
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from graphgrad.errors import FileError
from graphgrad.exercises.classroom.answer_file import Register, answer_text, heading_student
from graphgrad.exercises.classroom.class_files import (
    feedback_zip,
    filled_worksheet,
    marks_csv,
    moodle_worksheet,
)
from graphgrad.exercises.classroom.class_marks import ClassMarks, mark_class
from graphgrad.exercises.classroom.class_summary import summary_lines
from graphgrad.exercises.classroom.submissions import Submission, read_submissions
from graphgrad.exercises.files.frozen import freeze
from graphgrad.exercises.files.read_exercise import load_exercise, read_exercise
from graphgrad.exercises.files.roster import Student
from graphgrad.exercises.files.spelling import key_text
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.grading.graded_sheet import mark_sheet
from graphgrad.jobs.pool import WorkerPool
from graphgrad.messages.catalogue import set_language, text
from tests.exercises_files.test_exercise_files import SAMPLES, exercise_text

NEURON = SAMPLES / "exercises" / "sigmoid_neuron.md"


def key_of(family: Family, variant: object) -> dict[str, str]:
    exercise = family.exercise
    return {s.id: key_text(exercise, s, variant.truth[s.id]) for s in exercise.steps}  # type: ignore[attr-defined]


def sheet(answers: dict[str, str], **changed: str) -> str:
    found = answers | {name.replace("_", "/"): value for name, value in changed.items()}
    return "\n".join(f"{name} = {value}" for name, value in found.items())


# ---- points ----


def test_a_perfect_sheet_earns_everything_and_a_follow_on_mistake_costs_one_step() -> None:
    family = Family(load_exercise(NEURON))
    variant = family.variant(2)
    key = key_of(family, variant)
    assert mark_sheet(variant, sheet(key)).points == 10
    negative = {name: f"-{key[name]}".replace("--", "") for name in ("dL/da", "dL/db", "dL/dw")}
    marked = mark_sheet(variant, sheet(key | negative))
    assert marked.report.first_wrong == "dL/da"
    assert [s.mark.status for s in marked.steps[-2:]] == ["follow-on", "follow-on"]
    assert marked.points == 9


def test_follow_on_may_be_worth_less_and_missing_steps_are_worth_nothing() -> None:
    text = exercise_text(
        "follow_on = 0.5\n",
        "```step z\nexpr = w*x\n```\n```step a\nexpr = z^2\n```\n```step b\nexpr = z^3\n```\n",
    )
    variant = Family(read_exercise(text)).variant()
    marked = mark_sheet(variant, "z = 5\na = 25")
    assert [(s.mark.status, s.points) for s in marked.steps] == [
        ("wrong", 0),
        ("follow-on", Fraction(1, 2)),
        ("missing", 0),
    ]


def test_matrices_earn_points_per_entry() -> None:
    text = exercise_text(
        variables="W = [[1, 2], [3, 4]]\nx = [1, 2]\n", body="```step z\nexpr = 3*W\n```\n"
    )
    variant = Family(read_exercise(text)).variant()
    assert mark_sheet(variant, "z = [[3, 6], [9, 11]]").points == Fraction(3, 4)
    assert mark_sheet(variant, "z[1,1] = 3\nz[1,2] = 6\nz[2,1] = 8").points == Fraction(1, 2)


def test_the_last_of_several_answers_counts_so_that_guessing_all_earns_nothing() -> None:
    variant = Family(read_exercise(exercise_text())).variant()
    assert mark_sheet(variant, "z = 6\nz = 7").steps[0].points == 0
    assert mark_sheet(variant, "z = 7\nz = 6").steps[0].points == 1
    assert mark_sheet(variant, "z = 7\nz = 6").steps[0].others == 1


def test_a_symbolic_step_wants_a_formula_and_decimals_are_counted() -> None:
    body = "```step z\nexpr = w*x/7\n```\n```step dz/dw\nkind = symbolic\n```\n"
    variant = Family(read_exercise(exercise_text("decimals = 2\n", body))).variant()

    def statuses(text: str) -> list[str]:
        return [s.mark.status for s in mark_sheet(variant, text).steps]

    assert statuses("z = 0.86\ndz/dw = x/7") == ["right", "right"]
    assert statuses("z = 0.9\ndz/dw = 0.43") == ["rounded", "wrong"]
    assert statuses("z = 0.87\ndz/dw = 3/7")[0] == "wrong"


# ---- what is handed in ----


@pytest.mark.parametrize(
    ("name", "data", "lines"),
    [
        ("a.txt", b"z = 1\r\na = 2", "z = 1\na = 2"),
        ("a.txt", "z = 1 # año".encode("cp1252"), "z = 1 # año"),
        ("a.md", b"# T\nz = 9\n```answers\nz = 1\n```\n", "z = 1"),
        ("a.md", b"| Paso | Respuesta |\n|---|---|\n| z | -3,5 |\n", "\n\nz = -3,5\n"),
        ("a.csv", b"step;answer\nz;-3,5\n", "\nz = -3,5"),
        ("a.html", b"<p>z = 1</p><script>z = 2</script><div>a &lt; 3</div>", "z = 1\na < 3"),
    ],
)
def test_answers_are_read_from_text_tables_and_pages(name: str, data: bytes, lines: str) -> None:
    assert answer_text(data, name) == lines


def test_hostile_markup_is_read_in_linear_time() -> None:
    start = time.perf_counter()
    answer_text(b"```answers x\n" * 20_000, "a.md")
    answer_text(b"<p" * 100_000, "a.html")
    quick = time.perf_counter() - start
    start = time.perf_counter()
    answer_text(b"z = 1\n" * 40_000, "a.txt")
    assert quick < 100 * (time.perf_counter() - start + 0.05)


def zip_of(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def test_a_zip_is_not_trusted(tmp_path: Path) -> None:
    path = zip_of(
        tmp_path / "s.zip",
        {
            "Ana Pérez_501_assignsubmission_file_/r.txt": b"z = 1",
            "../../evil.txt": b"z = 1",
            "/abs.txt": b"z = 1",
            "C:\\evil.txt": b"z = 1",
            "bomb.txt": b"0" * 30_000_000,
            "photo.jpg": b"\xff\xd8",
            "__MACOSX/r.txt": b"",
        },
    )
    found = {s.path: s for s in read_submissions(path)}
    assert not any(".." in name or name.startswith("/") for name in found)
    problems = {name: s.problem.rpartition(".")[2] for name, s in found.items() if s.problem}
    assert problems == {
        "evil.txt": "path",
        "abs.txt": "path",
        "C:/evil.txt": "path",
        "bomb.txt": "large",
        "photo.jpg": "kind",
    }
    ana = found["Ana Pérez_501_assignsubmission_file_/r.txt"]
    assert (ana.name, ana.number, ana.data) == ("Ana Pérez", "501", b"z = 1")


def test_a_zip_that_lies_about_a_size_is_bounded(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "s.zip", {"a.txt": b"0" * 5_000_000})
    raw = path.read_bytes()
    lie = raw.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(lie)
    (only,) = read_submissions(path)
    assert only.problem
    assert len(only.data) <= 10


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.zip"
    path.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(FileError):
        read_submissions(path)
    with pytest.raises(FileError):
        read_submissions(tmp_path / "nothing")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_and_special_files_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.txt")
    found = read_submissions(tmp_path)
    assert {s.problem for s in found} == {"classroom.problem.special"}
    assert not any(s.data for s in found)


# ---- workers ----


def make_job(_setting: object) -> Callable[[str], str]:
    def do(job: str) -> str:
        if job == "hang":
            time.sleep(60)
        if job == "die":
            os._exit(3)
        return job.upper()

    return do


@pytest.mark.slow
def test_a_job_that_hangs_or_dies_costs_only_itself() -> None:
    pool = WorkerPool(make_job, None, count=2, seconds=1.0)
    found = {o.index: (o.result, o.failure) for o in pool.run(["a", "hang", "b", "die", "c"])}
    assert found == {
        0: ("A", ""),
        1: (None, "time"),
        2: ("B", ""),
        3: (None, "died"),
        4: ("C", ""),
    }


# ---- a class ----


@pytest.fixture(scope="module")
def marks(tmp_path_factory: pytest.TempPathFactory) -> ClassMarks:
    """Four students: a perfect one, one mistake, another's answers, nothing; and bad files."""
    folder = tmp_path_factory.mktemp("class")
    family = Family(load_exercise(NEURON))
    students = [Student("A12", "Ana Pérez"), Student("B07", "=cmd()"), Student("C33"), Student("D")]
    frozen = freeze(family, students, b"0123456789abcdef")
    keys = {s.id: key_of(family, frozen.variant(family, s.id)) for s in students}
    entries = {
        "Ana Pérez_501_assignsubmission_file_/a.txt": sheet(keys["A12"]).encode(),
        "Ana Pérez_501_assignsubmission_file_/b.txt": b"z = 1",
        "B07.txt": sheet(keys["B07"], dL_dw="0,987").encode(),
        "C33.txt": sheet(keys["A12"]).encode(),
        "stranger.txt": b"z = 1",
        "binary.txt": b"z = \0\1\2",
    }
    path = zip_of(folder / "s.zip", entries)
    return mark_class(family, read_submissions(path), frozen=frozen, workers=2)


def test_students_are_found_by_either_order_of_their_names_and_by_headings() -> None:
    ana, eva, ava = (
        Student("A1", "Ana Pérez Gil"),
        Student("E2", "Eva Ana"),
        Student("E3", "Ana Eva"),
    )
    register = Register([ana, eva, ava])
    assert register.named("PEREZ GIL, Ana") == ana
    assert register.named("Ana Eva") == ava
    assert register.named("Pérez") is None
    assert register.named("") is None
    for encoding in ("utf-8", "utf-16", "cp1252"):
        assert (
            heading_student("Sesión: 1  alumno: Ana Pérez Gil\nz = 1".encode(encoding)) == ana.name
        )


def test_a_class_is_marked_and_what_needs_a_look_is_listed(marks: ClassMarks) -> None:
    by_path = {e.submission.path: e for e in marks.entries if e.submission is not None}
    ana = by_path["Ana Pérez_501_assignsubmission_file_/a.txt"]
    assert (ana.points, ana.counts) == (10, True)
    assert not by_path["Ana Pérez_501_assignsubmission_file_/b.txt"].counts
    assert by_path["B07.txt"].points == 6
    assert by_path["B07.txt"].marks is not None
    assert by_path["B07.txt"].marks.first_wrong == "dL/dw"
    notes = {note.message_id: note.fields for note in by_path["C33.txt"].notes}
    assert notes["classroom.flag.fits"] == {"other": "A12"}
    assert by_path["stranger.txt"].problem == "classroom.problem.no_variant"
    assert by_path["binary.txt"].problem
    assert [student.id for student in marks.missing()] == ["D"]


def test_the_tables_open_in_a_spreadsheet_without_running_anything(marks: ClassMarks) -> None:
    rows = list(csv.reader(io.StringIO(marks_csv(marks).removeprefix("\ufeff"))))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert any(row[1] == "'=cmd()" for row in rows)
    moodle = list(csv.reader(io.StringIO(moodle_worksheet(marks).removeprefix("\ufeff"))))
    assert moodle[1][:4] == ["Participant 501", "Ana Pérez", "10", "10"]


def test_a_worksheet_of_moodle_is_filled_in(marks: ClassMarks) -> None:
    given = (
        "Identificador,Nombre completo,Calificación,Última modificación,"
        "Comentarios de retroalimentación\r\nParticipante 501,Ana Pérez,,-,\r\n"
        "Participante 777,Nadie,,-,\r\n"
    )
    rows = list(csv.reader(io.StringIO(filled_worksheet(given, marks, "w").removeprefix("\ufeff"))))
    assert rows[1][2:4] == ["10", "-"]
    assert rows[2] == ["Participante 777", "Nadie", "", "-", ""]


def test_a_worksheet_has_the_scale_and_the_decimal_sign_of_moodle(marks: ClassMarks) -> None:
    given = (
        "Identifier,Full name,Grade,Maximum grade,Feedback comments\r\n"
        'Participant 501,Ana Pérez,,"100,00",\r\nx,=cmd(),,"2,50",\r\n'
    )
    rows = list(csv.reader(io.StringIO(filled_worksheet(given, marks, "w").removeprefix("\ufeff"))))
    assert rows[1][2] == "100"
    assert rows[2][2] == "1,5"  # 6 of 10 points on a scale of 2.5


def test_in_spanish_the_table_is_what_spanish_spreadsheets_open(marks: ClassMarks) -> None:
    token = set_language("es", everywhere=False)
    try:
        rows = list(csv.reader(io.StringIO(marks_csv(marks).removeprefix("\ufeff")), delimiter=";"))
    finally:
        set_language("en", everywhere=False)
    assert token is None
    assert {len(row) for row in rows} == {16}
    assert "correcto" in rows[1]


@pytest.mark.slow
def test_who_is_told_what(marks: ClassMarks) -> None:
    empty = mark_class(marks.family, [Submission("x.txt", "", "x", data=b"Sorry!")], workers=1)
    assert [note.message_id for note in empty.entries[0].notes] == ["classroom.flag.empty"]
    with zipfile.ZipFile(io.BytesIO(feedback_zip(marks))) as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist()}
    unread = next(page for name, page in pages.items() if name.startswith("binary"))
    assert f"binary.txt: {text('classroom.problem.no_variant', 'es')}" in unread


@pytest.mark.slow
def test_a_file_without_answers_is_told_alike_in_summary_table_and_moodle() -> None:
    """Not read: no mark anywhere; read but empty or illegible: 0; always with the reason."""
    family = Family(load_exercise(NEURON))
    files = {
        "Ana_1": b"z = \0\1\2",
        "Eva_2": b"z = ))((\nno idea",
        "Leo_3": b"Sorry!",
        "Ida_4": sheet(key_of(family, family.variant(1))).encode(),
    }
    found = mark_class(family, [_from_moodle(*named) for named in files.items()], workers=1)
    reasons = {
        "Ana": text("classroom.problem.not_text"),
        "Eva": text("classroom.flag.unread"),
        "Leo": text("classroom.flag.empty"),
    }
    points = {"Ana": "", "Eva": "0", "Leo": "0", "Ida": "10"}
    rows = list(csv.DictReader(io.StringIO(marks_csv(found).removeprefix("\ufeff"))))
    assert {row["student"]: row["points"] for row in rows} == points
    assert {row["student"]: row["notes"] for row in rows} == reasons | {"Ida": ""}
    moodle = list(csv.DictReader(io.StringIO(moodle_worksheet(found).removeprefix("\ufeff"))))
    assert {row["Full name"]: row["Grade"] for row in moodle} == points
    comments = {row["Full name"]: row["Feedback comments"] for row in moodle}
    assert comments == reasons | {"Ida": text("check.report.none")}
    lines = summary_lines(found)
    for name, reason in reasons.items():
        assert any(line.startswith("! ") and name in line and reason in line for line in lines)
    assert any(line.split() == ["Ana", "no", "mark"] for line in lines)
    assert "Mean: 3,33 of 10" in lines


def _from_moodle(named: str, data: bytes) -> Submission:
    name, _, number = named.partition("_")
    return Submission(f"{named}_file/r.txt", f"{named}_file", name, name, number, data)


def test_the_feedback_lies_in_the_folders_moodle_expects_and_keeps_the_key(
    marks: ClassMarks,
) -> None:
    data = feedback_zip(marks)
    assert data == feedback_zip(marks)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "Ana Pérez_501_assignsubmission_file_/feedback.html" in archive.namelist()
        page = archive.read("B07/feedback.html").decode()
    assert "0,987" in page
    truth = marks.family.exercise.steps[-1]
    entry = next(e for e in marks.entries if e.student.id == "B07")
    assert entry.marks is not None
    assert truth.id in entry.marks.statuses
    assert "expected" not in page.lower()


@pytest.mark.slow
def test_a_large_class_is_marked_in_parallel(tmp_path: Path) -> None:
    family = Family(load_exercise(NEURON))
    for number in range(1, 101):
        variant = family.variant(number)
        head = f"variante: {number}  alumno: s{number}\n"
        (tmp_path / f"s{number}.txt").write_text(head + sheet(key_of(family, variant)), "utf-8")
    found = mark_class(family, read_submissions(tmp_path), workers=2)
    assert all(entry.points == 10 for entry in found.entries)
