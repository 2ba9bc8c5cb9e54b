"""A class of 1,000 with everything that students hand in: every file is accounted for."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.exercises.classroom.submissions import read_submissions
from tests.architecture import measure

NEURON = str(measure.ROOT / "samples" / "exercises" / "sigmoid_neuron.md")
COUNT = 1_000
RIGHT = "z = 1/4\na = 0,562\n"
KINDS = ("txt", "utf16", "bom", "crlf", "empty", "docx", "pdf", "latin", "binary", "html", "csv")


def content(kind: str) -> tuple[str, bytes]:
    """Return the ending and the bytes of a kind of file."""
    return {
        "txt": ("txt", RIGHT.encode()),
        "utf16": ("txt", RIGHT.encode("utf-16")),
        "bom": ("txt", b"\xef\xbb\xbf" + RIGHT.encode()),
        "crlf": ("txt", RIGHT.replace("\n", "\r\n").encode()),
        "empty": ("txt", b""),
        "docx": ("docx", b"PK\x03\x04 word/document.xml"),
        "pdf": ("pdf", b"%PDF-1.7\n%\xe2\xe3"),
        "latin": ("txt", f"alumno: Muñoz\n{RIGHT}".encode("cp1252")),
        "binary": ("txt", bytes(range(256)) * 4),
        "html": ("html", f"<p>{RIGHT.replace(chr(10), '</p><p>')}</p>".encode()),
        "csv": ("csv", b"z;1/4\na;0,562\n"),
    }[kind]


def hand_in(folder: Path) -> list[str]:
    """Write the files of the class, and return the roster."""
    names = ["Ana Ruiz", "O'Neil", "José ñ", "李雷", "a/b", "x" * 90, "..", "Müller, Jörg", "CON"]
    roster = []
    for number in range(COUNT):
        who = f"A{number:04d}"
        roster.append(f'{who};"{names[number % len(names)]} {number}"')
        if number % 97 == 5:
            continue  # handed in nothing
        ending, data = content(KINDS[number % len(KINDS)])
        (folder / f"{who}.{ending}").write_bytes(data)
        if number % 50 == 7:
            (folder / f"{who}-2.txt").write_text(RIGHT, "utf-8")  # late, a second file
    (folder / "stranger.txt").write_text(RIGHT, "utf-8")
    return roster


@pytest.mark.slow
def test_every_file_and_every_student_is_accounted_for(tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    answers.mkdir()
    roster = hand_in(answers)
    (tmp_path / "class.csv").write_text("\n".join(roster), "utf-8")
    words = ["ex", "grade", NEURON, str(answers), "--draw", "1", "--workers", "2"]
    words += ["--roster", str(tmp_path / "class.csv"), "-o", str(tmp_path / "m"), "--json"]
    found = CliRunner().invoke(program, [*words, "--lang", "en"])
    assert found.exit_code == 0, found.output[-500:]
    json.loads(found.stdout)
    text = (tmp_path / "m" / "marks.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    files = {path.name for path in answers.iterdir()}
    assert {row["file"] for row in rows if row["file"]} == files
    students = {row["student"] for row in rows}
    assert {f"A{number:04d}" for number in range(COUNT)} <= students
    for row in rows:
        name = row["file"]
        if name.endswith((".docx", ".pdf")):
            assert row["points"] == ""
            assert "text" in row["notes"].lower(), row["notes"]
        if not name:
            assert row["points"] == ""


def test_word_and_pdf_files_are_refused_with_the_way_out(tmp_path: Path) -> None:
    from graphgrad.messages.catalogue import text

    for ending in ("docx", "pdf", "odt", "jpg"):
        (tmp_path / f"A1.{ending}").write_bytes(b"%PDF-1.7")
    problems = {submission.problem for submission in read_submissions(tmp_path)}
    assert problems == {"classroom.problem.kind"}
    for language, word in (("en", "text"), ("es", "texto")):
        assert word in text("classroom.problem.kind", language)
    for ending in ("docx", "pdf"):
        path = str(tmp_path / f"A1.{ending}")
        found = CliRunner().invoke(program, ["ex", "check", NEURON, path, "--lang", "en"])
        assert found.exit_code in (3, 4)
        assert "text" in found.stderr
        assert "Traceback" not in found.stderr
