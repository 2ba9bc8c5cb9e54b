"""`graphgrad check`: the report in both languages, JSON, exit statuses, errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphgrad.cli.program import program
from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.reports.report_lines import report_text
from graphgrad.messages.catalogue import LANGUAGES, set_language
from graphgrad.source.gg import load

SAMPLES = Path(__file__).parents[2] / "samples"
REGRESSION = str(SAMPLES / "linear_regression.gg")


@pytest.fixture(autouse=True)
def restored_language():
    yield
    set_language(None)


@pytest.fixture
def sheet(tmp_path):
    def write(text: str, encoding: str = "utf-8") -> str:
        path = tmp_path / "answers.txt"
        path.write_text(text, encoding=encoding)
        return str(path)

    return write


def run(*args: str, language: str = "en", text: str | None = None) -> Result:
    return CliRunner().invoke(program, ["--lang", language, "check", *args], input=text)


def test_a_right_sheet_exits_with_0(sheet):
    result = run(REGRESSION, sheet("z = 6\ndL/dw = 2(ŷ-y)x = -12\n"))
    assert result.exit_code == 0
    assert "No wrong step." in result.output
    assert "2 of 2 steps" in result.output
    assert "read as: dL/dw = 2*(yhat - y)*x = -12" in result.output


def test_a_wrong_sheet_exits_with_1_and_names_the_first_wrong_step(sheet):
    answers = sheet("z = 6\nyhat = 8\ne = -1\ndL/db = 2(y-ŷ)\n")
    english = run(REGRESSION, answers)
    spanish = run(REGRESSION, answers, language="es")
    assert english.exit_code == spanish.exit_code == 1
    assert "First wrong step: yhat" in english.output
    assert "consistent with your yhat" in english.output
    assert "at x = 1/2, y = 3/10, w = 4/5, b = 1/5 it is -0.6, expected 0.6" in english.output
    assert "Primer paso incorrecto: yhat" in spanish.output
    assert "coherente con su yhat" in spanish.output
    assert "expected: 7" not in english.output


def test_the_key_shows_expected_values(sheet):
    result = run(REGRESSION, sheet("yhat = 8"), "--key")
    assert "expected: 7" in result.output
    found = json.loads(run(REGRESSION, sheet("yhat = 8"), "--key", "--json").output)
    assert found["steps"][0]["expected"] == "7"


def test_json_prints_one_object(sheet):
    result = run(REGRESSION, sheet("z = 6\nfoo = 1"), "--json", "--ask", "dL/db")
    found = json.loads(result.output)
    assert found["format"] == "graphgrad-report/1"
    assert [step["status"] for step in found["steps"]] == ["right", "unknown-name", "missing"]
    assert result.exit_code == 1


def test_a_spanish_sheet_with_decimal_comma(sheet, tmp_path):
    exercise = tmp_path / "neurona.gg"
    exercise.write_text(
        "input x = 2\ninput y = 1\nparam w = 0.5\nz = w*x\na = sigmoid(z)\nloss L = (a - y)^2\n",
        encoding="utf-8",
    )
    answers = sheet(
        "alumno: A12\nz = 1\na = 0,7311\nda/dz = a(1-a) = 0,1966\nL = 0,0723\n"
        "dL/dw = 2(a-y)σ'(z)x = -0,2115\nu = 3\n".replace("u = 3\n", "")
    )
    result = run(str(exercise), answers, language="es")
    assert result.exit_code == 0, result.output
    assert "Ningún paso incorrecto." in result.output
    wrong = sheet("a = 0,7311\nda/dz = 0,7311·0,7311\n")
    assert run(str(exercise), wrong, "--decimal", "comma").exit_code == 1


def test_values_may_be_set(sheet):
    assert run(REGRESSION, sheet("z = 9"), "--set", "w=3").exit_code == 0
    assert run(REGRESSION, sheet("z = 9"), "--set", "q=3").exit_code == 2


def test_answers_come_from_standard_input():
    result = run(REGRESSION, "-", text="z = 6\n")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_sheets_in_other_encodings(sheet, encoding):
    assert run(REGRESSION, sheet("dL/dŷ = -4\r\nz = 6\r\n", encoding)).exit_code == 0


@pytest.mark.parametrize(
    ("args", "status", "english", "spanish"),
    [
        ((REGRESSION,), 2, "ANSWERS", "RESPUESTAS"),
        ((), 2, "EXERCISE", "EJERCICIO"),
        ((REGRESSION, "missing.txt"), 4, "there is no such file", "no existe ese archivo"),
        (("missing.gg", "missing.txt"), 4, "missing.gg", "missing.gg"),
        ((REGRESSION, "-", "--decimal", "dot"), 2, "auto, point, comma", "auto, point, comma"),
        ((REGRESSION, "-", "--ask", "foo"), 3, "--ask foo", "--ask foo"),
        ((REGRESSION, "-", "--digits", "0"), 2, "--digits", "--digits"),
    ],
)
def test_wrong_calls_are_explained_in_both_languages(args, status, english, spanish):
    for language, words in (("en", english), ("es", spanish)):
        result = run(*args, language=language, text="z = 6\n")
        assert result.exit_code == status, result.output
        assert words in result.stderr
        assert "Traceback" not in result.output


def test_an_invalid_exercise_exits_with_3(tmp_path, sheet):
    exercise = tmp_path / "broken.gg"
    exercise.write_text("z = w*x\n", encoding="utf-8")
    assert run(str(exercise), sheet("z = 1")).exit_code == 3


def test_an_exercise_beyond_the_limits_exits_with_6(tmp_path, sheet):
    exercise = tmp_path / "large.gg"
    exercise.write_text("param W: 100x100 = zeros()\nloss L = sum(W^2)\n", encoding="utf-8")
    assert run(str(exercise), sheet("L = 0")).exit_code == 6


def test_an_undecided_answer_exits_with_5(tmp_path, sheet):
    exercise = tmp_path / "roots.gg"
    exercise.write_text(
        "input x = 2\noutput y = sqrt(2*x*sqrt(x^2 + 1) + 2*x^2 + 1)\n", encoding="utf-8"
    )
    result = run(str(exercise), sheet("y = x + √(x²+1)"))
    assert result.exit_code == 5
    assert "not proved" in result.output


def test_the_help_page_has_an_example():
    for language in LANGUAGES:
        result = run("--help", language=language)
        assert result.exit_code == 0
        assert "graphgrad check samples/linear_regression.gg answers.txt" in result.output


EVERY_STATUS = """
z = 6
yhat = 8
e = -1
dL/dw = 2(ŷ-y)x = 2·(-2)·2
dL/db = 2(y-ŷ)
dL/dx = 2(ŷ-y)*2
dL/dz = dL/dz
foo = 3
wx = 6
sin x = 1/2
L = 1
1/2x = x/2
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_a_report_is_worded_in_both_languages(language):
    report = check(load(REGRESSION), EVERY_STATUS, asked=["dL/dyhat"])
    lines = report_text(report, key=True, language=language)
    assert all("{" not in line for line in lines)
    assert len(lines) > 30
    empty = report_text(check(load(REGRESSION), "# nothing\n"), language=language)
    assert len(empty) == 1


def test_a_decimal_comma_alone_is_not_read_back_and_other_readings_keep_it(sheet) -> None:
    path = sheet("yhat = 3,0\ndL/dyhat = -4,000\ndL/dw = -1,5·8,0\n")
    result = run(REGRESSION, path, "--decimal", "comma")
    told = [line.strip() for line in result.output.splitlines() if "read as" in line]
    assert told == ["read as: dL/dw = -1,5*8,0"]
    marks = json.loads(run(REGRESSION, path, "--decimal", "comma", "--json").output)["steps"]
    assert marks[0]["read_as"] == "yhat = 3.0"
