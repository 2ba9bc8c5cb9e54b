"""Answers typed in from paper: echoed, corrected, stopped, gone on with, and graded."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphgrad.cli.program import program
from graphgrad.exercises.classroom.enter_paper import Clerk, Paper, paper_of
from graphgrad.exercises.files.read_exercise import load_exercise
from graphgrad.exercises.files.roster import Student
from graphgrad.exercises.files.variants import Family
from tests.exercises_files.test_exercise_files import SAMPLES
from tests.tui.test_terminal import TMUX, Terminal

NEURON = SAMPLES / "exercises" / "sigmoid_neuron.md"


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    variant = Family(load_exercise(NEURON)).variant(17)
    return paper_of(tmp_path, Student("A12"), variant)


def told(clerk: Clerk, *lines: str) -> str:
    return "\n".join(shown for line in lines for shown in clerk.obey(line))


def test_an_answer_is_echoed_as_the_marker_reads_it_and_saved_at_once(paper: Paper) -> None:
    clerk = Clerk(paper)
    assert told(clerk, "1/2") == "    z = 1/2"
    assert "z = 1/2\n" in paper.path.read_text("utf-8")
    told(clerk, "0,62", "0,07")
    assert "da/dz = a*(1 - a)" in told(clerk, "a(1-a)")


def test_what_cannot_be_read_is_asked_again_and_kept_when_typed_twice(paper: Paper) -> None:
    clerk = Clerk(paper)
    assert "^" in told(clerk, "0,5 +")
    assert clerk.position == 0
    assert not paper.answers
    told(clerk, "0,5 +")
    assert paper.answers == {"z": "0,5 +"}


def test_going_back_correcting_clearing_and_skipping(paper: Paper) -> None:
    clerk = Clerk(paper)
    told(clerk, "1", "2", ":back", ":atrás")
    assert clerk.prompt == "1/7  z [1] = "
    told(clerk, "3", "", ":b", ":clear")
    assert paper.answers == {"z": "3"}
    assert clerk.prompt == "2/7  a = "
    told(clerk, "L = 0,07")  # the step it names itself
    assert paper.answers == {"z": "3", "L": "0,07"}
    assert clerk.prompt.startswith("2/7")
    assert ":foo" in told(clerk, ":foo")
    told(clerk, *[""] * 6)
    assert clerk.done


def test_a_file_that_was_begun_is_gone_on_with_and_keeps_what_else_is_in_it(paper: Paper) -> None:
    told(Clerk(paper), "1/2", ":q")
    with paper.path.open("a", encoding="utf-8") as stream:
        stream.write("# written in red\nsea u = 3\n")
    again = Clerk(paper_of(paper.path.parent, paper.student, paper.variant))
    assert again.prompt == "2/7  a = "
    told(again, "0,62")
    assert paper.path.read_text("utf-8").endswith("# written in red\nsea u = 3\n")
    assert "z = 1/2\na = 0,62\n" in paper.path.read_text("utf-8")


def test_two_students_whose_names_make_one_file_name_have_two_files(paper: Paper) -> None:
    folder = paper.path.parent
    first = paper_of(folder, Student("Ana/1"), paper.variant)
    first.save()
    second = paper_of(folder, Student("Ana 1"), paper.variant)
    assert (first.path.name, second.path.name) == ("Ana_1.txt", "Ana_1-2.txt")
    assert paper_of(folder, Student("Ana/1"), paper.variant).path == first.path


def ex(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(program, ["ex", *words, "--lang", "en"], input=typed)


@pytest.fixture
def class_folder(tmp_path: Path) -> Path:
    (tmp_path / "class.csv").write_text("A12;Ana\nB07;Benito\n", "utf-8")
    (tmp_path / "secret.txt").write_text("0123456789abcdef", "utf-8")
    words = ["--roster", str(tmp_path / "class.csv"), "--secret", str(tmp_path / "secret.txt")]
    assert ex("sheet", str(NEURON), *words, "-o", str(tmp_path / "sheets")).exit_code == 0
    return tmp_path


def test_a_class_is_typed_in_through_a_pipe_and_graded(class_folder: Path) -> None:
    frozen = str(class_folder / "sheets" / "variants.json")
    keys = {}
    for student in ("A12", "B07"):
        words = ["--variants", frozen, "--student", student, "--key", "--json"]
        keys[student] = json.loads(ex("show", str(NEURON), *words).stdout)["steps"]
    first = [step["answer"] for step in keys["A12"]]
    words = ["enter", str(NEURON), "--variants", frozen, "-o", str(class_folder / "answers")]
    half = ex(*words, typed="\n".join(first[:3]) + "\n")
    assert half.exit_code == 0, half.stderr
    assert "3 of 7 steps" in half.stdout
    rest = first[3:] + [step["answer"] for step in keys["B07"]]
    whole = ex(*words, typed="\n".join(rest) + "\n")
    assert whole.stdout.count("7 of 7 steps") == 2
    graded = ex(
        "grade", str(NEURON), str(class_folder / "answers"), "--variants", frozen,
        "--workers", "1", "--json",
    )  # fmt: skip
    assert [f["points"] for f in json.loads(graded.stdout)["files"]] == [10, 10]
    done = ex(*words)
    assert "A12 is complete." in done.stdout


def test_without_a_list_students_and_variants_are_asked_for(tmp_path: Path) -> None:
    typed = "Ana Ruiz\nx\n3\n0,5\n:done\n\n"
    result = ex("enter", str(NEURON), "-o", str(tmp_path), typed=typed)
    assert "expected the number of the variant" in result.stdout
    text = (tmp_path / "Ana_Ruiz.txt").read_text("utf-8")
    assert "variant" in text
    assert ": 3" in text
    assert "z = 0,5" in text


@pytest.mark.parametrize("words", [[], ["--draw", "3", "--variants", "x.json", "-o", "y"]])
def test_wrong_calls_of_enter_say_what_to_do(words: list[str]) -> None:
    result = ex("enter", str(NEURON), *words)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")


@pytest.mark.tmux
@pytest.mark.skipif(TMUX is None, reason="tmux is not installed")
def test_it_is_typed_in_at_a_real_terminal(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, 100, 30)
    try:
        command = f"{sys.executable} -m graphgrad ex enter {NEURON} --student A12 --draw 17"
        terminal.type(f"{command} -o {tmp_path / 'answers'} --lang es")
        terminal.wait_for("1/7  z =")
        terminal.type("0,5")
        terminal.wait_for("2/7  a =")
        terminal.type("a(1-")
        terminal.wait_for("Corríjalo")
        terminal.press("C-c")
        terminal.wait_for("1 de 7")
    finally:
        terminal.tmux("kill-server")
    assert "z = 0,5" in (tmp_path / "answers" / "A12.txt").read_text("utf-8")
