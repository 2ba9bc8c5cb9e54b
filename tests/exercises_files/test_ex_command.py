"""The commands under ``graphgrad ex``, as a lecturer uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphgrad.cli.output import progress_bar
from graphgrad.cli.program import program
from tests.exercises_files.test_exercise_files import SAMPLES

NEURON = str(SAMPLES / "exercises" / "sigmoid_neuron.md")
REGRESSION = str(SAMPLES / "linear_regression.gg")


def ex(*words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(program, ["ex", *words, "--lang", "en"], input=text)


@pytest.mark.parametrize("command", ["lint", "show", "sheet", "key", "check", "grade", "export"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_command_has_a_page_with_an_example(command: str, language: str) -> None:
    result = CliRunner().invoke(program, ["ex", command, "--help", "--lang", language])
    assert result.exit_code == 0
    assert f"graphgrad ex {command}" in result.stdout


def test_the_overview_lists_the_commands_and_a_wrong_one_is_refused() -> None:
    assert "grade" in ex("--help").stdout
    wrong = ex("grad")
    assert wrong.exit_code == 2
    assert "grade" in wrong.stderr


def test_lint_is_quiet_on_good_files_and_names_the_line_of_a_bad_one(tmp_path: Path) -> None:
    assert ex("lint", NEURON).exit_code == 0
    bad = tmp_path / "bad.md"
    bad.write_text("+++\nformat = 1\n+++\n", "utf-8")
    result = ex("lint", NEURON, str(bad))
    assert result.exit_code == 3
    assert "bad.md, line 2" in result.stderr
    assert "7 steps" in result.stdout


def test_a_sheet_answered_by_hand_with_one_mistake_is_marked() -> None:
    shown = json.loads(ex("show", NEURON, "--draw", "17", "--key", "--json").stdout)
    answers = {step["id"]: step["answer"] for step in shown["steps"]}
    answers["dL/dw"] = "0,987"
    sheet = "variante: 17  alumno: A12\n" + "\n".join(f"{k} = {v}" for k, v in answers.items())
    result = ex("check", NEURON, "-", text=sheet)
    assert result.exit_code == 1
    assert "First wrong step: dL/dw" in result.stdout
    assert "Points: 6 of 10" in result.stdout


@pytest.mark.parametrize("exercise", sorted(SAMPLES.glob("exercises/*.md")), ids=lambda p: p.stem)
def test_a_key_as_text_is_an_answer_sheet_that_earns_everything(
    exercise: Path, tmp_path: Path
) -> None:
    file = tmp_path / "key.txt"
    assert ex("key", str(exercise), "--draw", "3", "-o", str(file)).exit_code == 0
    assert ex("check", str(exercise), str(file), "--draw", "3").exit_code == 0
    assert ex("key", str(exercise), "--draw", "3", "--format", "txt").stdout == file.read_text(
        "utf-8"
    )


def test_without_numbers_of_moodle_no_empty_worksheet_is_written(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "a.txt").write_text("z = 1\n", "utf-8")
    made = tmp_path / "marks"
    result = ex("grade", NEURON, str(tmp_path / "answers"), "-o", str(made))
    assert result.exit_code == 0
    assert sorted(p.name for p in made.iterdir()) == ["feedback.zip", "marks.csv", "marks.json"]
    assert str(made / "moodle.csv") not in result.stdout
    assert "--worksheet FILE" in result.stdout


def test_the_class_from_sheets_to_marks(tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text("A12;Ana\nB07;Benito\n", "utf-8")
    (tmp_path / "secret.txt").write_text("0123456789abcdef", "utf-8")
    sheets, files = tmp_path / "sheets", tmp_path / "files"
    words = ["--roster", str(tmp_path / "class.csv"), "--secret", str(tmp_path / "secret.txt")]
    made = ex("sheet", NEURON, *words, "-o", str(sheets), "--format", "txt")
    assert made.exit_code == 0, made.stderr
    assert sorted(path.name for path in sheets.iterdir()) == ["A12.txt", "B07.txt", "variants.json"]
    frozen = str(sheets / "variants.json")
    files.mkdir()
    for student in ("A12", "B07"):
        words = ["--variants", frozen, "--student", student, "--key", "--json"]
        shown = json.loads(ex("show", NEURON, *words).stdout)
        answers = {step["id"]: step["answer"] for step in shown["steps"]}
        text = (sheets / f"{student}.txt").read_text("utf-8")
        for name, answer in answers.items():
            text = text.replace(f"\n{name} = ", f"\n{name} = {answer}")
        (files / f"{student}.txt").write_text(text, "utf-8")
    assert "A12 Ana" in (sheets / "A12.txt").read_text("utf-8")
    words = ["--variants", frozen, "-o", str(tmp_path / "keys"), "--format", "md"]
    assert ex("key", NEURON, *words, "--no-figure").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["A12.md", "B07.md"]
    alone = ex("check", NEURON, str(files / "A12.txt"), "--variants", frozen)
    assert "Points: 10 of 10" in alone.stdout
    words = ["--variants", frozen, "-o", str(tmp_path / "out"), "--workers", "1", "--json"]
    result = ex("grade", NEURON, str(files), *words)
    assert result.exit_code == 0, result.stderr
    assert [f["points"] for f in json.loads(result.stdout)["files"]] == [10, 10]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "feedback.zip", "marks.csv", "marks.json",
    ]  # fmt: skip


def test_the_progress_bar_is_drawn_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert progress_bar("classroom.grade.progress") is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    bar = progress_bar("classroom.grade.progress")
    assert bar is not None
    bar(1, 2)
    bar(2, 2)
    assert capsys.readouterr().err.count("\r") == 2


def test_any_expression_file_is_an_exercise() -> None:
    result = ex("key", REGRESSION)
    assert "| dL/dw | -12 | 1 |" in result.stdout
    asked = ex("check", REGRESSION, "-", "--ask", "z", "--ask", "dL/dw", text="z = 6\ndL/dw = 12")
    assert "Points: 1 of 2" in asked.stdout
    assert ex("show", NEURON, "--ask", "z").exit_code == 2


@pytest.mark.parametrize("kind", ["json", "junit", "html", "md", "gradescope"])
def test_reports_are_written_whole(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "report"
    result = ex(
        "check", REGRESSION, "-", "--format", kind, "-o", str(target), text="z = 6\ndL/dw = 12"
    )
    assert result.exit_code == 1
    assert target.stat().st_size > 100


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["sheet", NEURON, "--draws", "3"], 2),
        (["sheet", NEURON, "--roster", "x"], 2),
        (["sheet", NEURON, "-o", "x.doc"], 2),
        (["sheet", NEURON, "--draw", "0"], 2),
        (["sheet", "nothing.md"], 4),
        (["key", NEURON, "--variants", "nothing.json", "--student", "A"], 4),
        (["grade", NEURON, "nothing"], 4),
        (["check", NEURON, "nothing.txt"], 4),
    ],
)
def test_wrong_calls_say_what_to_do(words: list[str], status: int) -> None:
    result = ex(*words)
    assert result.exit_code == status
    assert result.stderr.startswith("error: ")
    assert "Traceback" not in result.stderr


def test_check_takes_exercise_files_and_expression_files_alike() -> None:
    def check(*words: str, text: str) -> Result:
        return CliRunner().invoke(program, ["check", *words, "-", "--lang", "en"], input=text)

    marked = check(NEURON, text="variante: 17\nz = 0,5\na = 0,3")
    assert marked.exit_code == 1
    assert "First wrong step: a" in marked.stdout
    assert check(REGRESSION, text="z = 6").exit_code == 0
    found = json.loads(check(NEURON, "--json", "--key", text="z = 0,5\nvariante: 17").stdout)
    assert found["worth"] == 10
    refused = check(NEURON, "--set", "w=2", text="z = 1")
    assert refused.exit_code == 2
    assert "ex check" in refused.stderr


def test_show_says_which_steps_a_step_uses() -> None:
    steps = json.loads(ex("show", NEURON, "--json").stdout)["steps"]
    assert steps[-1]["uses"] == ["da/dz", "dL/da"]


def test_the_points_of_a_comma_exercise_are_shown_with_a_comma(tmp_path: Path) -> None:
    text = Path(NEURON).read_text("utf-8").replace("points = 10", "points = 10.5")
    (tmp_path / "e.md").write_text(text, "utf-8")
    shown = ex("show", str(tmp_path / "e.md"), "--key").stdout
    assert not [line for line in shown.splitlines() if "." in line and "=" in line]
    assert "[points: 1,08]" in shown


@pytest.mark.parametrize("words", [
    ["explain"], ["explain", "answers.txt"], ["check", "answers.txt"], ["show"], ["show", "--key"],
    ["key", "-o", "k.txt"], ["sheet", "-o", "s.txt"], ["export", "--format", "cloze"],
    ["enter", "-o", "out"], ["grade", "answers.txt", "-o", "marks"],
])  # fmt: skip
def test_a_file_that_asks_nothing_is_no_internal_error(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.gg").write_text("x = 2\n", "utf-8")
    Path("answers.txt").write_text("z = 1\n", "utf-8")
    result = ex(words[0], "one.gg", *words[1:], text=":list\n:done\n")
    assert result.exit_code in (0, 1, 2, 3, 4, 5), result.stderr
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_missing_file_of_answers_or_folder_is_told_with_what_is_expected(tmp_path: Path) -> None:
    none = str(tmp_path / "none")
    for words in (("check", NEURON, none), ("explain", NEURON, none)):
        told = ex(*words).stderr
        assert "a line such as `z = 7` per step" in told
        assert "samples" not in told
    told = ex("grade", NEURON, none, "-o", str(tmp_path / "out")).stderr
    assert "a file of answers per student" in told
    assert "samples" not in told


def test_an_id_that_comes_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    roster = tmp_path / "class.csv"
    roster.write_text("id;name\n1;Ana\n2;Eva\n1;Luis\n", "utf-8")
    secret = tmp_path / "secret.txt"
    secret.write_text("0123456789abcdef0123456789abcdef", "utf-8")
    words = ("--roster", str(roster), "--secret", str(secret), "-o", str(tmp_path / "out"))
    told = ex("sheet", NEURON, *words).stderr
    assert "class.csv, line 4" in told
    assert "the id 1 is that of line 2 already (Ana)" in told
