"""The ways people write formulas: each is read as one reading, or refused at a place.

The table was read line by line by hand; the spellings are those of LaTeX, of computer algebra
systems (Maxima, Numbas, WeBWorK), of Python, and of handwriting in Spanish and English.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from graphgrad.errors import GraphgradError
from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.reading.meaning import vocabulary_of
from graphgrad.exercises.reading.spelled_back import read_as
from graphgrad.expr.lenient import parse_answer
from graphgrad.source.gg import read_gg

DATA = Path(__file__).parents[1] / "data" / "exercises"
NAMES = ["w", "x", "b", "y", "yhat", "z", "a", "L", "w1", "x1", "w_1_12", "theta", "theta_1"]
NAMES += ["t", "n", "k", "X", "W", "Y", "Yhat", "h1", "b_1", "p"]
VOCABULARY = vocabulary_of(NAMES)


def table(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line]


def parsed(text):
    return parse_answer(unicodedata.normalize("NFC", text), VOCABULARY).expression


@pytest.mark.parametrize(("text", "reading"), table("spellings.tsv"))
def test_a_spelling_is_read_as_it_was_meant(text, reading):
    assert read_as(parsed(text)) == reading


@pytest.mark.parametrize(("text", "message", "column"), table("refused_spellings.tsv"))
def test_a_spelling_without_one_meaning_is_refused_at_its_place(text, message, column):
    with pytest.raises(GraphgradError) as caught:
        parsed(text)
    assert caught.value.message_id == message
    assert caught.value.place.column == int(column)
    assert "^" in caught.value.text("es")


def test_the_table_is_long_enough_to_mean_something():
    assert len(table("spellings.tsv")) > 300
    assert len(table("refused_spellings.tsv")) > 30


LAYER = """
input x = [1, 2]
input t = [1, 0]
param W = [1, 2; 3, 5]
param b = [0.5, -1]
z = W@x + b
a = sigmoid(z)
e = a - t
loss L = sum(e^2)/2
"""


@pytest.mark.parametrize(
    ("answer", "reading", "status"),
    [
        ("z = W·x + b", "z = W*x + b", "right"),
        ("z = Wx + b", "z = W*x + b", "right"),
        (r"z = W \odot x + b", "z = W*x + b", "wrong"),
        ("L = e·e/2", "L = e*e/2", "right"),
        ("L = ½‖a - t‖²", "L = 1/2*norm(a - t)^2", "right"),
        (r"L = \frac12 \|a - t\|_2^2", "L = 1/2*norm(a - t)^2", "right"),
        (r"L = \frac{1}{2}\sum_{i=1}^{2} (a_i - t_i)^2", None, "right"),
        ("L = ½ Σ_i (a_i - t_i)^2", "L = 1/2*sum((a - t)^2)", "right"),
        ("L = ½ Σ_i (a_i + t_i)^2", "L = 1/2*sum((a + t)^2)", "wrong"),
        ("dL/dW = (e⊙a⊙(1-a)) x^T", None, "right"),
        ("∇_W L = dL/dz x^T", None, "right"),
        ("W.grad = dL/dz x^T", None, "right"),
        ("db = diag(a⊙(1-a)) e", "dL/db = diag(a*(1 - a))*e", "right"),
        ("da/dz = diag(a⊙(1-a))", None, "right"),
        ("dL/dz_1 = e_1 a_1 (1-a_1)", None, "right"),
        ("dL/dz_2 = e_1 a_1 (1-a_1)", None, "wrong"),
        ("dz/dx = W", None, "right"),
        ("dz/dx = W^T", None, "wrong"),
        ("W^{-1} z = x + W^{-1} b", None, "right"),
        ("z = (5.5, 12)", "z = [5.5, 12]", "right"),
        ("z = (5,5; 12)", "z = [5.5; 12]", "right"),
        (r"\mathbf{z} = \mathbf{W}\mathbf{x} + \mathbf{b}", "z = W*x + b", "right"),
        (r"\partial L/\partial \mathbf{z} = (\mathbf a-t)\odot\mathbf a\odot(1-a)", None, "right"),
    ],
)  # fmt: skip
def test_arrays_are_written_in_many_ways(answer, reading, status):
    mark = check(read_gg(LAYER), answer).marks[0]
    assert mark.status == status, mark
    assert reading is None or mark.read_as == reading


@pytest.mark.parametrize(
    ("answer", "blamed", "column"),
    [("dL/dyht = 3", "yht", 5), ("∂L/∂yht = 3", "yht", 5), ("dLs/dyhat = 3", "dLs", 1)],
)
def test_the_misspelt_side_of_a_derivative_is_blamed(answer, blamed, column):
    graph = read_gg("input x = 3\nparam w = 2\nyhat = w*x\nloss L = yhat^2")
    error = check(graph, answer).marks[0].error
    assert error is not None
    assert error.fields["got"] == blamed
    assert error.place.column == column
    if blamed == "yht":
        assert "yhat" in error.text("en")


def test_a_comma_in_a_call_names_the_option_that_settles_it():
    graph = read_gg("input x = 1\na = x/2")
    mark = check(graph, "a = max(0,5, 0,25)").marks[0]
    assert mark.status == "unreadable"
    assert "--decimal comma" in mark.error.text("en")
    assert "--decimal comma" in mark.error.text("es")
    assert check(graph, "a = max(0,5, 0,25)", decimal="comma").marks[0].status == "right"
    for clear in ("a = max(0,5; 0,25)", "a = abs(0,5)"):  # ; parts, and abs takes one number
        assert check(graph, clear).marks[0].status == "right"


def test_the_gradient_of_code_is_the_derivative_of_the_loss():
    graph = read_gg("input x = 3\nparam w = 2\nloss L = (w*x)^2")
    marks = check(graph, "w.grad = 36\ndw = 36\nw.grad = -12\n∇_w = 36").marks
    assert [(mark.id, mark.status) for mark in marks[:3]] == [
        ("dL/dw", "right"),
        ("dL/dw", "right"),
        ("dL/dw", "wrong"),
    ]
