"""Sheets over several rows of an exercise's data: each row, tables, and what is over all rows."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.errors import GraphgradError
from graphgrad.exercises.classroom.answer_file import answer_text
from graphgrad.exercises.judging.mark import Report
from graphgrad.exercises.marking.marker import check
from graphgrad.source.gg import read_gg

NEURON = """\
data x y
     1 0
     2 1
    -1 1
param w = 0.5
param b = 0.25
z = w*x + b
a = sigmoid(z)
loss L = (a - y)^2
"""
ROWS = ((1.0, 0.0), (2.0, 1.0), (-1.0, 1.0))


def marks(sheet: str, source: str = NEURON) -> Report:
    return check(read_gg(source), sheet)


def statuses(sheet: str, source: str = NEURON) -> dict[str, str]:
    return {mark.id: mark.status for mark in marks(sheet, source).marks}


def numbers(row: int) -> dict[str, float]:
    """Return the true numbers of a row, worked out here."""
    x, y = ROWS[row - 1]
    z = 0.5 * x + 0.25
    a = 1 / (1 + math.exp(-z))
    error = 2 * (a - y)
    found = {"z": z, "a": a, "L": (a - y) ** 2, "dL/da": error, "dL/dz": error * a * (1 - a)}
    return found | {"dL/dw": found["dL/dz"] * x, "dL/db": found["dL/dz"]}


@pytest.mark.parametrize("words", [("row", "mean", "sum"), ("fila", "media", "suma")])
@pytest.mark.parametrize("comma", [False, True])
def test_every_number_of_every_row_is_right(words: tuple[str, str, str], comma: bool) -> None:
    row_word, mean, total = words
    lines = []
    for row in (1, 2, 3):
        lines += [f"{row_word} {row}: {name} = {n:.5f}" for name, n in numbers(row).items()]
    for name in numbers(1):
        each = [numbers(row)[name] for row in (1, 2, 3)]
        lines += [f"{mean}: {name} = {sum(each) / 3:.5f}", f"{total}: {name} = {sum(each):.5f}"]
    sheet = "\n".join(lines)
    found = statuses(sheet.replace(".", ",") if comma else sheet)
    assert len(found) == 35
    assert set(found.values()) == {"right"}


def test_a_line_with_a_row_alone_holds_until_the_next() -> None:
    sheet = "row 2:\nz = 1.25\na = 0.777\nrow 3:\nz = -0.25; a = 0.438\nmean:\nL = 0.276"
    assert statuses(sheet) == {
        "row 2: z": "right", "row 2: a": "right", "row 3: z": "right", "row 3: a": "right",
        "mean: L": "right",
    }  # fmt: skip


TABLES = {
    "pipes with the data": "| x | y | z | a |\n|--|--|--|--|\n| 2 | 1 | 1.25 | 0.777 |\n"
    "| -1 | 1 | -0.25 | 0.438 |",
    "blanks with numbers": "row  z      a\n2    1.25   0.777\n3    -0.25  0.438",
    "a column per row": "fila | 2 | 3\nz | 1,25 | -0,25\na | 0,777 | 0,438",
    "semicolons": "fila;z;a\n2;1,25;0,777\n3;-0,25;0,438",
    "LaTeX": r"x & z & $a$ \\ \hline"
    + "\n"
    + r"2 & 1.25 & 0.777 \\"
    + "\n"
    + r"-1 & -0.25 & 0.438",
}


@pytest.mark.parametrize("sheet", TABLES.values(), ids=TABLES)
def test_a_table_is_read_by_its_rows(sheet: str) -> None:
    found = statuses(sheet)
    assert found == dict.fromkeys(["row 2: z", "row 2: a", "row 3: z", "row 3: a"], "right")


def test_a_table_without_numbers_or_data_goes_row_by_row() -> None:
    found = statuses("z a\n0.75 0.679\n1.25 0.777\n-0.25 0.438")
    assert list(found) == [f"row {k}: {name}" for k in (1, 2, 3) for name in "za"]
    assert set(found.values()) == {"right"}


def test_a_slip_is_followed_through_its_row_and_the_mean_and_no_other_row() -> None:
    wrong = "row 2: z = 0.75\nrow 2: a = 0.679\nrow 2: L = 0.103\nrow 3: z = 0.75"
    found = statuses(wrong + "\nrow 1: L = 0.461\nrow 3: L = 0.316\nmean: L = 0.293")
    assert found["row 2: z"] == "wrong"
    assert found["row 2: a"] == found["row 2: L"] == "follow-on"
    assert found["row 3: z"] == "wrong"
    assert found["mean: L"] == "follow-on"
    assert marks(wrong).first_wrong == "row 2: z"


def test_a_formula_without_a_row_carries_into_all_rows() -> None:
    found = statuses("dL/dz = (a - y)*a*(1 - a)\nrow 1: dL/dz = 0.148\nrow 2: dL/dz = -0.0386")
    assert found["dL/dz"] == "wrong"
    assert found["row 1: dL/dz"] == "wrong"  # the same step again is no step that follows
    carried = statuses("dL/dz = (a - y)*a*(1 - a)\nrow 2: dL/dw = -0.0771\nrow 2: dL/db = -0.0386")
    assert carried["row 2: dL/dw"] == carried["row 2: dL/db"] == "follow-on"


def test_a_formula_over_all_rows_is_proved() -> None:
    report = marks("mean: dL/dw = 2(a - y) x (a - a²)\nmean: dL/db = 2(a - y) a")
    assert [mark.status for mark in report.marks] == ["right", "wrong"]
    assert report.marks[0].method == "normal-form"


def test_what_went_wrong_over_the_rows_is_named() -> None:
    each = [numbers(row)["dL/dw"] for row in (1, 2, 3)]
    named = {
        "sum_for_mean": f"mean: dL/dw = {sum(each):.6f}",
        "mean_for_sum": f"sum: dL/dw = {sum(each) / 3:.6f}",
        "one_row": f"mean: dL/dw = {each[1]:.6f}",
    }
    for label, sheet in named.items():
        (mark,) = marks(sheet).marks
        assert [m for m, _ in mark.mistakes] == [label], sheet


def test_a_row_that_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "net.gg").write_text(NEURON, encoding="utf-8")
    (tmp_path / "a.txt").write_text("fila 7: z = 1\nfila 2: z = 1,25", encoding="utf-8")
    words = ["--lang", "es", "check", str(tmp_path / "net.gg"), str(tmp_path / "a.txt")]
    told = CliRunner().invoke(program, [*words, "--ask", "row 3: z"])
    assert told.exit_code == 1
    assert "tienen 3 filas" in told.output
    assert "✓ correcto  fila 2: z = 1,25" in told.output
    assert "fila 3: z" in told.output
    one = statuses("row 1: z = 1", "input x = 2\nz = 3*x")
    assert one == {"row 1: z": "unreadable"}


NETWORK = """\
data x: 2, y: 1
0 0 0
0 1 1
1 0 1
1 1 0
layer hidden = dense(3, act=tanh)
layer last = dense(1, act=sigmoid)
h = hidden(x)
yhat = last(h)
loss L = bce(yhat, y)
train gd(rate=0.1), epochs=5
"""
"""A network whose output is an array of one entry; y is 1 in two of its rows."""


def note_ids(sheet: str, source: str = NETWORK) -> list[list[str]]:
    return [[note.message_id for note in mark.notes] for mark in marks(sheet, source).marks]


def test_what_holds_in_one_row_is_no_assumption_of_the_file() -> None:
    assert note_ids("row 2: L = -log(yhat)") == [["check.only_value_row"]]
    assert statuses("row 1: L = -log(yhat)", NETWORK) == {"row 1: L": "wrong"}
    classes = (
        "data x: 1, t: 2\n1 0 1\n2 {last}\nparam w = [1, 2]\nz = w*x\np = softmax(z)\n"
        "loss L = -sum(t*log(p))\n"
    )
    everywhere, once = classes.format(last="1 0"), classes.format(last="1 1")
    assert note_ids("row 1: dL/dz = p - t", everywhere) == [["check.needs_sum"]]
    assert note_ids("row 1: dL/dz = p - t", once) == [["check.only_sum_row"]]
    assert statuses("row 2: dL/dz = p - t", once) == {"row 2: dL/dz": "wrong"}


def test_one_number_and_a_plain_list_lie_no_other_way() -> None:
    sheet = "row 1: dL/dlast.W = [1, 2, 3]\nrow 1: yhat = 0.422\nrow 1: yhat = [[0.422]]"
    found = note_ids(sheet)
    assert found == [["check.entries"], [], []]
    column = note_ids("row 1: dL/dlast.W = [[1], [2], [3]]")
    assert column == [["check.orientation", "check.entries"]]


@pytest.mark.parametrize(
    ("sheet", "first"),
    [
        ("new last.b = 3\ndL/dhidden.b = [1, 2, 3]", "dL/dhidden.b"),
        ("dL/dhidden.b = [1, 2, 3]\ndL/dyhat = 3", "dL/dyhat"),
        ("dL/dlast.W = [1, 2, 3]\ndL/dlast.b = 7", "dL/dlast.W"),
        ("dL/dlast.b = 7\ndL/dlast.W = [1, 2, 3]", "dL/dlast.b"),
        ("new last.b = 3\ndL/dyhat = 4\nh = [1, 2, 3]", "h"),
    ],
)
def test_the_first_wrong_step_depends_on_no_other(sheet: str, first: str) -> None:
    lines = [f"row 1: {line}" for line in sheet.splitlines()]
    assert marks("\n".join(lines), NETWORK).first_wrong == f"row 1: {first}"


def test_an_entry_that_is_right_but_for_its_sign_is_named_before_short_ones() -> None:
    (mark,) = marks("row 3: h = [-0.872, -0.068, 0.073]", NETWORK).marks
    told = [(note.message_id, note.fields.get("entries")) for note in mark.notes]
    assert told == [
        ("check.entries", "[3]"), ("check.entries_sign", "[3]"), ("check.entries_short", "[2]"),
    ]  # fmt: skip


def test_a_wrong_formula_is_told_at_the_numbers_of_its_row(tmp_path: Path) -> None:
    (tmp_path / "x.gg").write_text(NETWORK)
    (tmp_path / "s.txt").write_text("row 2: dL/dlast.W = (yhat + y) h\n")
    paths = [str(tmp_path / "x.gg"), str(tmp_path / "s.txt")]
    shown = CliRunner().invoke(program, ["check", *paths, "--lang", "en"]).output
    found = re.search(r"it gives (\S+) for entry \[1,1\]", shown)
    assert found is not None
    keys = marks("row 2: dL/dlast.W = (yhat - y) h\nrow 2: yhat = 1", NETWORK).marks
    truth, yhat = (float(mark.expected.strip("[]").split(",")[0]) for mark in keys)
    assert float(found[1]) / truth == pytest.approx((yhat + 1) / (yhat - 1), rel=1e-3)
    assert "hidden.W" not in shown
    assert f"{truth:.3f}" not in shown  # the key alone tells it


CLASSES = """\
data x: 2, t
 1 2 0
 2 1 1
param W = [[1, -1], [0.5, 2], [-1, 0.5]]
z = W @ x
loss L = cross_entropy_with_logits(z, t)
"""


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("row 1: dL/dz = softmax(z) - one_hot(t, 3)", "right"),
        ("row 1: dL/dz = softmax(z) - [1, 0, 0]", "right"),
        ("row 2: dL/dz = softmax(z) - [0, 1, 0]", "right"),
        ("row 2: dL/dz = softmax(z) - [1, 0, 0]", "wrong"),
        ("row 1: dL/dz = one_hot(t, 3) - softmax(z)", "wrong"),
        ("row 1: dL/dz = softmax(z) - t", "wrong"),
        ("mean: dL/dz = softmax(z) - one_hot(t, 3)", "right"),
    ],
)
def test_a_class_is_a_whole_number_in_every_identity(answer: str, status: str) -> None:
    assert [mark.status for mark in marks(answer, CLASSES).marks] == [status]


def test_the_labels_of_a_batch_are_whole_numbers() -> None:
    source = (
        "input Z = [[1, 2, 0], [0, 1, 3], [1, 1, 0], [2, 0, 1]]\n"
        "input t = [0, 2, 1, 0]\nloss L = cross_entropy_with_logits(Z, t)\n"
    )
    answers = "dL/dZ = (softmax(Z, axis=2) - one_hot(t, 3))/4\n"
    assert [mark.status for mark in marks(answers, source).marks] == ["right"]


@pytest.mark.parametrize("head", ["row", "fila", "n", "Row", "ejemplo"])
@pytest.mark.parametrize("path", ["answers.md", "answers.txt"])
def test_a_table_that_is_handed_in_is_read_by_the_numbers_of_its_rows(head: str, path: str) -> None:
    """The sheet promises that: "answers may also be a table with one line per row"."""
    table = f"| {head} | z | L |\n|---|---|---|\n| 3 | -0.25 | {numbers(3)['L']:.4f} |\n"
    table += f"| 1 | 0.75 | {numbers(1)['L']:.4f} |\n"
    found = statuses(answer_text(table.encode(), path))
    assert list(found) == ["row 3: z", "row 3: L", "row 1: z", "row 1: L"]
    assert set(found.values()) == {"right"}


def test_a_table_with_a_column_per_row_is_read() -> None:
    table = "|  | row 1 | row 2 |\n|---|---|---|\n| z | 0.75 | 1.5 |\n"
    found = statuses(answer_text(table.encode(), "answers.md"))
    assert found == {"row 1: z": "right", "row 2: z": "wrong"}


def test_a_csv_by_rows_is_read() -> None:
    found = statuses(answer_text(b"fila;z\n2;1,25\n1;0,75\n", "answers.csv"))
    assert found == {"row 2: z": "right", "row 1: z": "right"}


@pytest.mark.parametrize(
    "table", ["| n | 5 |\n| z | 7 |\n", "| step | answer |\n|---|---|\n| n | 5 |\n| z | 7 |"]
)
def test_a_table_of_steps_stays_one(table: str) -> None:
    lines = answer_text(table.encode(), "answers.md").split()
    assert " ".join(lines) == "n = 5 z = 7"


ASSUMED = """\
input Y = [1, 0; 0, 1]
assume {said}
input Z = [2, 1; 0, 3]
P = softmax(Z, axis=2)
loss L = -sum(Y*log(P))/2
"""


@pytest.mark.parametrize("said", ["sum(Y, axis=2) = 1", "sum(Y, axis = 2) == 1"])
def test_the_setting_of_a_sum_is_no_side_of_a_relation(said: str) -> None:
    report = marks("dL/dZ = (P - Y)/2\n", ASSUMED.format(said=said))
    assert [(mark.status, mark.assumed) for mark in report.marks] == [("right", (said,))]
    with pytest.raises(GraphgradError, match="assumes"):
        read_gg(ASSUMED.format(said=said).replace("0, 1]", "0, 2]"))
    with pytest.raises(GraphgradError, match="Yy"):
        read_gg(ASSUMED.format(said=said.replace("Y,", "Yy,")))


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("dL/dZ = (P - Y)/2", "right"),
        ("dL/dW = Σ_i X[i]^T (P[i]-Y[i])/2", "right"),
        ("dL/dW = 1/2 * Σ_k (X[k])^T*(P[k] - Y[k])", "right"),
        ("dL/dW = Σ_i outer(X[i], P[i]-Y[i])/2", "right"),
        ("dL/dW[1,2] = Σ_i X[i,1] (P[i,2]-Y[i,2])/2", "right"),
        ("dL/dW = Σ_i X[i]^T (P[i]-Y[i])", "wrong"),
        ("dL/dW = Σ_i X[i]^T (Y[i]-P[i])/2", "wrong"),
        ("dL/dW = Σ_i (P[i]-Y[i])^T X[i]/2", "wrong"),
    ],
)
def test_a_sum_over_the_rows_of_arrays_is_read(answer: str, status: str) -> None:
    source = ASSUMED.format(said="sum(Y, axis=2) = 1").replace(
        "input Z = [2, 1; 0, 3]", "input X = [2, 1; 0, 3]\nparam W = [1, 0; 2, 1]\nZ = X @ W"
    )
    assert [mark.status for mark in marks(answer, source).marks] == [status]
