"""A target that its loss does not take ends a training as it ends a run: with row and node."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner

import graphgrad as gg
from graphgrad import nn
from graphgrad.cli.exercise_commands.ex import TABLE
from graphgrad.cli.program import COMMANDS, program
from graphgrad.errors import NonFiniteError, UsageError
from tests.layers.commands import train

ROWS = "1 2 {0}\n0 1 1\n2 2 {1}\n1 1 0\n3 1 1\n{2}1 0 {3}\n"
CLASSES = "z = dense(x, 2)\nloss L = cross_entropy_with_logits(z, y)\n"
WAYS = [
    (),
    ("--rate", "0.1"),
    ("--mode", "online", "--epochs", "2"),
    ("--rate", "0.1", "--batch", "2", "--epochs", "2"),
]


def _file(path, lines, *, first="0", third="1", mark="", last="1", head="data"):
    text = f"{head} x: 2, y\n" + ROWS.format(first, third, mark, last) + "\n" + lines
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
@pytest.mark.parametrize("target", ["2", "5", "-1", "1/2"])
def test_a_class_that_does_not_exist(tmp_path, way, target):
    file = _file(tmp_path / "a.gg", CLASSES, third=target)
    for lang, place in (("en", "at step 0, row 3 of the data"), ("es", "en el paso 0, fila 3")):
        result = train(file, *way, lang=lang)
        assert result.exit_code == 1
        assert place in result.output
        assert "L.t = one_hot(y, classes=2)" in result.output
        assert "--rate" not in result.output
    assert train(_file(tmp_path / "b.gg", CLASSES), *way).exit_code == 0


def test_a_class_written_as_a_word_too_many(tmp_path):
    file = tmp_path / "a.gg"
    file.write_text("data x: 2, y\n1 2 red\n0 1 green\n1 0 blue\n2 1 red\n\n" + CLASSES)
    assert "row 3 of the data: L.t = one_hot(y, classes=2)" in train(str(file)).output


def test_arrays_of_rows_name_the_row_too(tmp_path):
    file = _file(tmp_path / "a.gg", CLASSES, third="5", head="data all")
    for way in WAYS:
        result = train(file, *way)
        assert result.exit_code == 1
        assert "row 3 of the data" in result.output


def test_a_target_of_a_row_that_only_judges(tmp_path):
    file = _file(tmp_path / "a.gg", CLASSES, mark="valid\n", last="5")
    assert "at step 0, row 6 of the data" in train(file).output


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_a_scalar_loss_names_the_row_and_blames_no_rate(tmp_path, way):
    file = tmp_path / "a.gg"
    lines = "param w = 1\nparam b = 0\ndata x, y\n1 1\n0 0\n2 -1\n3 1\n4 1\n\n"
    file.write_text(lines + "z = w*x + b\np = sigmoid(z)\nloss L = bce(p, y)\n")
    result = train(str(file), *way)
    assert result.exit_code == 1
    assert "at step 0, row 3 of the data: L.t = target(y)" in result.output
    assert "--rate" not in result.output


def test_a_rate_is_blamed_only_after_a_step():
    start = train("param w = 1; input x = -1; loss L = w*log(x)", "--rate", "0.1")
    assert "at step 0:" in start.output
    assert "--rate" not in start.output
    later = train("param w = 1; loss L = -w^2", "--rate", "10", "--steps", "1000")
    assert later.exit_code == start.exit_code == 1
    assert "Choose a smaller --rate." in later.output


def test_a_sweep_gives_no_number_for_it(tmp_path):
    file = _file(tmp_path / "a.gg", CLASSES, third="5")
    swept = CliRunner().invoke(program, ["sweep", file, "--show", "loss"])
    assert swept.stdout.split()[-1] == "nan"
    trained = CliRunner().invoke(program, ["sweep", file, "rate=0.1,0.2", "--show", "train.loss"])
    assert trained.exit_code == 1
    assert "row 3 of the data" in trained.output


def _net():
    return nn.Sequential(nn.Linear(2, 3))


@pytest.mark.parametrize("wrong", [3, -1, 0.5])
def test_in_python_the_call_says_which_target_where_it_is_known(wrong):
    net, inputs = _net(), np.ones((4, 2))
    with pytest.raises(UsageError, match=rf"target\[3\] = {wrong} .*numbered 0 to 2"):
        nn.CrossEntropyLoss()(net(inputs), np.array([0, 1, 2, wrong]))
    with pytest.raises(UsageError, match=rf"target\[3\] = {wrong} "):
        nn.CrossEntropyLoss()(net(inputs), np.array([0, -100, 2, wrong]))
    target = gg.input("t", [0, 1, 2, 2])
    loss = nn.CrossEntropyLoss()(net(inputs), target)
    assert np.isfinite(loss.value)
    target.value = [0, 1, 2, wrong]
    assert np.isnan(loss.value)
    with pytest.raises(NonFiniteError, match=rf"t\[3\] = {wrong} .*numbered 0 to 2"):
        loss.backward()
    assert all(parameter.grad is None for parameter in net.parameters())


def test_in_python_only_the_rows_at_fault_are_nan():
    net, target, answer = _net(), gg.input("t", [0, 1, 2]), gg.input("y", [0, 1])
    each = nn.CrossEntropyLoss(reduction="none")(net(np.ones((3, 2))), target)
    target.value = [0, 3, 2]
    assert np.isnan(each.value).tolist() == [False, True, False]
    chances = gg.input("p", [0.5, 0.5])
    each = nn.BCELoss(reduction="none")(chances, answer)
    answer.value = [5, 1]
    assert np.isnan(each.value).tolist() == [True, False]
    with pytest.raises(NonFiniteError, match=r"y\[0\] = 5 is outside"):
        gg.sum(each).backward()


def test_in_python_a_training_says_which_target():
    inputs, target = gg.input("X", np.ones((4, 2))), gg.input("t", np.full(4, 2))
    loss = nn.CrossEntropyLoss()(_net()(inputs), target)
    target.value = np.full(4, 3)
    with pytest.raises(NonFiniteError, match="one_hot"):
        gg.train(loss, "gd(rate=0.1)", steps=2)


REFUSE = {
    "run": "", "explain": "w", "show": "", "gradcheck": "", "compile": "", "train": "",
    "inspect": "gradients", "check": "answers.txt", "export": "--to numpy", "ex from": "-o made.md",
    "ex lint": "", "ex show": "", "ex sheet": "", "ex key": "", "ex check": "answers.txt",
    "ex explain": "", "ex grade": "answers -o marks", "ex enter": "-o typed",
    "ex export": "-o quiz.xml",
}  # fmt: skip
"""What is typed after the file, for every command that makes a number of it."""
IN_ENTRIES = {"run": "--entries scalar", "export": "--to pytorch --entries scalar",
              "compile": "--show"}  # fmt: skip
SHOW_IT = {"render": "-o figure.svg", "step": "--plain --at L.t", "sweep": "--show loss"}
MAKE_NO_NUMBER = {"serve", "check-notes", "ex", "same", "lint", "fmt", "lsp", "samples", "doctor"}


def test_every_command_refuses_it_or_makes_no_number():
    known = {*REFUSE, *SHOW_IT, *MAKE_NO_NUMBER}
    assert known == {*COMMANDS, *(f"ex {word}" for word in TABLE)}


@pytest.fixture
def seventh_class(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.gg").write_text(
        "input x = [1, 2]\nparam w = [[1, 0], [2, 1], [0, 1]]\ninput y = 7\nz = w @ x\n"
        "loss L = cross_entropy_with_logits(z, y)\n"
    )
    (tmp_path / "answers").mkdir()
    for name in ("answers.txt", "answers/ana.txt"):
        (tmp_path / name).write_text("L = 0\n")
    return tmp_path


@pytest.mark.parametrize(("command", "rest"), [*REFUSE.items(), *IN_ENTRIES.items()])
def test_no_command_gives_a_number_for_a_class_that_does_not_exist(seventh_class, command, rest):
    before = sorted(path.name for path in seventh_class.iterdir())
    result = CliRunner().invoke(program, f"{command} a.gg {rest}".split())
    assert result.exit_code == 1, result.output
    assert "the target y = 7 is outside what this loss takes, y <= 2" in result.output
    assert not result.stdout
    assert sorted(path.name for path in seventh_class.iterdir()) == before


@pytest.mark.parametrize(("command", "rest"), SHOW_IT.items())
def test_what_is_drawn_or_stepped_through_is_marked(seventh_class, command, rest):
    result = CliRunner().invoke(program, f"{command} a.gg {rest}".split(), input="n\nq\n")
    assert result.exit_code == 0, result.output
    figure = seventh_class / "figure.svg"
    shown = result.output + (figure.read_text() if figure.exists() else "")
    assert "outside" in shown or shown.split()[-1] == "nan"


def test_a_row_of_a_table_is_called_a_row() -> None:
    file = "input k = 7\ne = embedding(k, tokens=3, units=2)\nL = sum(e)\n"
    with pytest.raises(NonFiniteError) as caught:
        gg.trace(gg.parse(file))
    assert "k = 7 is no row of the table, k <= 2" in str(caught.value)
