"""The line-oriented stepper does what the app does: questions, edits, training, copies."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from graphgrad.autodiff.record import record
from graphgrad.messages.catalogue import set_language
from graphgrad.source.gg import read_gg
from graphgrad.stepping.commands import COMMANDS, LINE_COMMANDS
from graphgrad.stepping.plain.deeds import DEEDS
from graphgrad.stepping.plain.stepper import PlainStepper, run_plain
from graphgrad.stepping.quiz.quiz import Quiz, fair_questions
from graphgrad.stepping.work import Origin, Work
from graphgrad.views.text.stops import Fold

REGRESSION = """input x = 3
input y = 9
param w = 2
param b = 1
z = w*x
yhat = z + b
e = yhat - y
loss L = e^2
"""
NETWORK = """input x = 0.7
param w1 = 0.45
param w2 = -1.3
h = tanh(w1*x)
s = h + w1*x
yhat = sigmoid(w2*s)
loss L = (yhat - 0.25)^2
"""


def steps(commands: str, text: str = REGRESSION, results: Path | None = None) -> str:
    shown = io.StringIO()
    trace = record(read_gg(text))
    status = run_plain(trace, io.StringIO(commands), shown, origin=Origin(text), results=results)
    assert status == 0
    return shown.getvalue()


def test_every_command_has_a_deed() -> None:
    assert set(LINE_COMMANDS) == {command for command in COMMANDS if command.words}
    assert set(DEEDS) == {*(command.name for command in LINE_COMMANDS), "answer"}


# ---- questions ----


def test_a_round_of_questions(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    shown = steps("x\n-6\n:H\n6\nn\nn\nn\n:r\nx\nq\n", results=path)
    assert "What is the value of z?" in shown
    assert "Check the sign." in shown
    assert "Put the values of its operands" in shown
    assert "✓ right. z = 6" in shown
    assert "asked 1 · right 1" in shown
    assert "asked 2 · right 1" in shown
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["status"] for line in lines] == ["wrong", "right", "revealed"]
    assert lines[0]["mistake"] == "sign"


def test_a_question_asked_once_begins_no_round():
    shown = steps("X\n5\n4\n6\nn\nn\nn\nn\nq\n")
    assert shown.count("What is the value of") == 1
    assert "Put the values of its operands" in shown
    assert "asked 1 · right 1 · wrong tries 2" in shown


def test_answers_are_taken_in_spanish_with_a_decimal_comma() -> None:
    set_language("es")
    shown = steps("predecir\n6,0\npredecir\n")
    assert "¿Cuánto vale z?" in shown
    assert "✓ correcto." in shown
    assert "preguntas 1 · bien 1" in shown


def test_a_word_is_a_command_while_a_question_waits_unless_it_is_a_name() -> None:
    assert "Put the values" in steps("x\nhint\n")
    text = REGRESSION.replace("yhat", "hint")
    assert "Put the values" not in steps("x\nhint\n", text)


def test_what_would_give_the_answer_away_has_to_wait() -> None:
    for command in (":G", ":5", ":e w = 3", ":u", ":T", ":D", ":Y z", ":dot", ":E f.svg", ":X"):
        shown = steps(f"x\n{command}\n")
        assert "A question is open." in shown, command
        assert shown.count("[") == 1, command


@pytest.mark.parametrize("fold", ["line", "node", "edge"])
def test_the_answer_is_in_no_report_before_it_is_given(fold: Fold) -> None:
    trace = record(read_gg(NETWORK))
    asked = set()
    stops = PlainStepper(Work(trace), io.StringIO(), fold=fold).stops
    for position in range(1, len(stops) + 1):
        for question in fair_questions(trace, stops, position):
            if question.kind in ("next", "sign") or len(question.answer) < 4:
                continue
            shown = io.StringIO()
            stepper = PlainStepper(Work(trace), shown, fold=fold)
            stepper.round.quiz = Quiz()
            stepper.round.quiz.open(question, trace, {})
            stepper.position = position - 1
            names = [trace.graph.name(n) for n in (question.node, question.source) if n >= 0]
            for name in names:
                for command in (f":w {name}", f":i {name}", f":d {name}", f":Y {name}"):
                    stepper.hear(command)
            for command in (":s", ":d", ":y", ":n", ":G", ":/v>0", ":H", ":dot"):
                stepper.hear(command)
            stepper.show()
            answer = re.escape(question.answer)
            found = re.search(rf"(?<![-\w.]){answer}(?!\w|\.\d)", shown.getvalue())
            assert not found, (question, shown.getvalue())
            asked.add(question.kind)
    assert asked >= {"value", "adjoint"}
    if fold == "line":  # else the formulas are short, and most contributions stand there already
        assert asked >= {"partial", "contribution"}


def test_results_that_cannot_be_written_are_said_once(tmp_path: Path) -> None:
    shown = steps("x\n5\n6\n", results=tmp_path)
    assert shown.count("cannot be written") == 1
    assert "✓ right." in shown
    assert "wrong tries 1" in shown


# ---- edits ----


def test_an_edit_says_what_has_changed_of_what_is_known_and_can_be_undone() -> None:
    shown = steps("2n\ne w = 3\nu\nU\nu\nu\n")
    first = shown.split("\n\n")[2]
    assert "w: 2 → 3\nz: 6 → 9\nyhat: 7 → 10" in first
    assert "e: -2" not in shown  # not known yet at this step
    assert "yhat: 10 → 7" in shown
    assert shown.count("yhat: 7 → 10") == 2
    assert "There is no edit to undo." in shown


def test_a_formula_can_be_edited_and_an_error_keeps_the_graph() -> None:
    shown = steps("G\ne yhat\ne yhat = 2*z +\ni yhat\ne yhat = 2*z + b\n")
    assert "yhat = z + b\nWrite for instance: e yhat = 3" in shown
    assert "^" in shown
    assert "yhat = z + b = 7" in shown
    assert "yhat: 7 → 13" in shown


def test_training_and_entering_one_of_its_steps() -> None:
    shown = steps("4n\nI 1\nT 3 0.01\nI 9\nI 1\nu\nT x\nT 0\nT adam(rate=0.1), steps=2\n")
    assert "Nothing has been trained yet." in shown
    assert "w ← w − 0.01·dL/dw = 2 − 0.01·(-12) = 2.12" in shown
    assert "There is no step 9: expected 0 to 3." in shown
    assert "w: 2 → 2.12" in shown
    assert "w: 2.12 → 2" in shown
    assert "there is no optimizer called x" in shown
    assert shown.count("Write how many steps") == 1
    assert "L went from 4 to" in shown
    assert "there is nothing to train" in steps("T\n", "input x = 1\nloss L = x^2\n")
    assert "At step 1" in steps("T 5 1\n", REGRESSION.replace("e^2", "exp(e^2)"))


# ---- what can be taken along ----


def test_the_gradient_check_latex_and_dot() -> None:
    assert "All four agree: 4 entries" in steps("D\n")
    assert "\\frac{\\partial L}{\\partial w}" in steps("Y w\n")
    assert "digraph" in steps("G\ndot\n")


def test_a_figure_of_the_step(tmp_path: Path) -> None:
    target = tmp_path / "f.svg"
    told = steps(f"2n\nE {target}\n").split()  # a long path goes to a line of its own
    assert told[told.index("Written:") + 1] == str(target)
    assert "<svg" in target.read_text("utf-8")
    assert ".xyz" in steps("E f.xyz\n")
    assert "Write a file name" in steps("E\n")


def test_the_derivation_follows_the_steps() -> None:
    early, late = steps("2n\nd\n"), steps("G\nd w\n")
    assert "> yhat = z + b = 7" in early
    assert "  e = yhat − y = ?" in early
    assert "  dL/dw = dL/dz·∂z/∂w\n    = dL/dz·x\n    = -4·3 = -12" in late
    assert "dL/db" not in late
    assert "nothing named nope" in steps("d nope\n")


def test_conditions_list_what_is_known_so_far() -> None:
    assert "Known so far and so: y, z, yhat." in steps("2n\n/v>5\n")
    assert "Known so far and so: none." in steps("2n\n/|g|<1\n")


# ---- numbers that are not finite ----


def test_a_number_that_is_not_finite_is_traced_to_its_cause() -> None:
    text = "input x = -1\nv = log(x)\nr = v + 1\nloss L = r^2\n"
    shown = steps("i r\n:2\ni r\nG\ni L\ni x\n", text)
    before, known, *_ = shown.split("[2/")
    assert "outside the domain" not in before
    assert "! v → r\n" in known
    assert "outside the domain x > 0" in known
    assert "! v → r → L\n" in known
    assert "! It comes back from log(x) with the adjoints." in known


LAYER = """input x = [0.5, -1]
param W = [[0.1, 0.2], [0.3, 0.4]]
h = tanh(W @ x)
loss L = sum(h^2) + max(h[1], 0.25)
"""
LAYER_ES = """decimal coma
entrada x = [0,5; -1]
parametro W = [[0,1; 0,2]; [0,3; 0,4]]
h = tanh(W @ x)
perdida L = h[1]^2 + max(h[2]; 0,25)
"""


def test_one_entry_is_looked_at_and_edited_as_in_the_app() -> None:
    shown = steps("G\ni W[1,2]\nedit W[1,2]\nedit W[1,2] = 0.5\ni W[1,2]\nu\ni W[3,1]\nq\n", LAYER)
    assert "  W[1,2] = 0.2\n" in shown
    assert "∂L/∂h[1]·∂h[1]/∂W[1,2] = " in shown
    assert "\nW[1,2] = 0.2\n" in shown
    assert "W: [[0.1, 0.2], [0.3, 0.4]] → [[0.1, 0.5], [0.3, 0.4]]" in shown
    assert "  W[1,2] = 0.5\n" in shown
    assert "nothing named W[3,1]" in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("W[1,2] = abc", "'abc' is no value for W[1,2]: expected a number, as 0.5, -3 or 1/3."),
        ("W[1,2] = [1, 2]", "'[1, 2]' is no value for W[1,2]: expected a number"),
        ("W = 0.5", "expected an array of shape 2×2, as [[0.5, 0.5], [0.5, 0.5]]."),
        ("W = 2*W", "'2*W' is no value for W: expected an array"),
        ("x = [1, 1/0]", "x: the fraction has denominator 0."),
        ("x = [1, 2", "x: this [ is never closed"),
    ],
)
def test_a_wrong_value_is_told_of_the_field_not_of_a_file(typed: str, said: str) -> None:
    shown = steps(f"edit {typed}\nq\n", LAYER).replace("\n", " ")
    assert said in shown
    assert "line 1" not in shown


def test_numbers_are_told_as_the_file_writes_them() -> None:
    set_language("es")
    told = steps("G\ni W[1;2]\ni L\neditar W[2;1] = 0,75\ns\nq\n", LAYER_ES)
    assert not re.findall(r"\d\.\d", told), told
    assert "W = [[0,1; 0,2]; [0,3; 0,4]]" in told
    assert "W[1;2] = 0,2" in told
    assert "max(h[2]; 0,25)" in told.replace("maximum", "max")
    assert "W: [[0,1; 0,2]; [0,3; 0,4]] → [[0,1; 0,2]; [0,75; 0,4]]" in told


def test_a_value_is_read_as_the_file_writes_numbers() -> None:
    shown = steps("edit x = [1; 0,5]\nedit x\nq\n", LAYER_ES)
    assert "x = [1; 0,5]" in shown
