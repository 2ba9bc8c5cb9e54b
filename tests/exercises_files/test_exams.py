"""An exam of each of the five courses' topics: made from a sample, answered by hand, marked.

The answers were worked out with NumPy, apart from this program, with one mistake each, and follow
from it; they lie in tests/data/exams, in English and in Spanish with decimal commas.
"""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from tests.crossed import crossed

SAMPLES = Path(__file__).parents[2] / "samples"
ANSWERS = Path(__file__).parents[1] / "data" / "exams"


class Exam(NamedTuple):
    """What is asked of a sample, and what is to be found in the answers."""

    sample: str
    asks: tuple[str, ...]
    first: str
    points: tuple[str, str]
    mistake: str
    error_es: str


EXAMS = (
    Exam(  # Oviedo: XOR row by row, cross entropy
        "xor_sigmoid_data", ("--ask", "value,adjoint", "--rows", "2:3"), "row 2: dL/dw1",
        ("17.5", "18"), "the derivative of the activation function was left out",
        "se olvidó la derivada de la función de activación",
    ),
    Exam(  # UPV: an Elman network over four steps, its shared weights
        "elman", ("--ask", "value,adjoint,count"), "dL/dcell.U",
        ("32", "33"), "only one use of a shared weight was counted",
        "se contó un solo uso de un peso compartido",
    ),
    Exam(  # UBA: matrices and errors of a network of two layers
        "mlp_vectorized", ("--ask", "value,adjoint,delta"), "delta(z2)",
        ("10", "11"), "the derivative was taken at the output",
        "se tomó la derivada en la salida",
    ),
    Exam(  # Sevilla: softmax over a batch, an update, sizes and counts
        "softmax_classifier", ("--ask", "value,adjoint,update,shape,count"), "dL/dz",
        ("9", "10"), "a sum was taken instead of a mean", "se tomó la suma en vez de la media",
    ),
    Exam(  # Fuentes-Pineda: batch normalisation, backward
        "batch_norm", ("--ask", "value,adjoint"), "dL/dX",
        ("6", "7"), "a mean or variance was treated as a constant",
        "se trató una media o una varianza como constante",
    ),
)  # fmt: skip


def ran(*words: str) -> str:
    result = CliRunner().invoke(program, list(words))
    assert result.exit_code in (0, 1), result.stderr
    return result.stdout


@crossed(exam=[pytest.param(exam, id=exam.sample) for exam in EXAMS], language=["en", "es"])
def test_an_exam_is_made_handed_in_and_marked(exam: Exam, language: str, tmp_path: Path) -> None:
    lang = ("--lang", language)
    made, answers = tmp_path / "exam.md", ANSWERS / f"{exam.sample}.{language}.txt"
    ran("ex", "from", str(SAMPLES / f"{exam.sample}.gg"), *exam.asks, "-o", str(made), *lang)
    assert ran("ex", "lint", str(made), *lang)
    draw = next(w for w in answers.read_text("utf-8").split() if w.isdecimal())
    sheet = tmp_path / "sheet.html"
    ran("ex", "sheet", str(made), "--draw", draw, "-o", str(sheet), *lang)
    assert "<svg" in sheet.read_text("utf-8")
    told = ran("ex", "check", str(made), str(answers), "--draw", draw, *lang)
    first = exam.first.replace("row", "fila") if language == "es" else exam.first
    heading = "Primer paso incorrecto" if language == "es" else "First wrong step"
    assert f"{heading}: {first}" in told
    assert (exam.error_es if language == "es" else exam.mistake) in told
    earned, most = exam.points
    if language == "es":
        assert f"Puntos: {earned.replace('.', ',')} de {most}" in told
    else:
        assert f"Points: {earned} of {most}" in told
    _marked_as_a_class(made, answers, exam, tmp_path, lang)


def _marked_as_a_class(
    made: Path, answers: Path, exam: Exam, folder: Path, lang: tuple[str, ...]
) -> None:
    handed_in, marks = folder / "class", folder / "marks.csv"
    handed_in.mkdir()
    shutil.copy(answers, handed_in / "A12.txt")
    ran("ex", "grade", str(made), str(handed_in), "--csv", str(marks), "--workers", "1", *lang)
    sign = ";" if "es" in lang else ","
    head, row = csv.reader(io.StringIO(marks.read_text("utf-8-sig")), delimiter=sign)
    found = dict(zip(head, row, strict=True))
    assert row[0] == "A12"
    assert exam.first.removeprefix("row 2: ") in row[7], found
    assert row[5].replace(",", ".") == exam.points[0]
