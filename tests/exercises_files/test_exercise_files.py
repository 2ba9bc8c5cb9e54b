"""Exercise files: what they may say, and how what they may not say is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from graphgrad.errors import GraphgradError, LimitError, SourceError
from graphgrad.exercises.files.instance import graph_of, source_of
from graphgrad.exercises.files.lint import findings
from graphgrad.exercises.files.read_exercise import load_exercise, read_exercise
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.misconceptions.rules import LABELS

SAMPLES = Path(__file__).parents[2] / "samples"

FRONT = 'format = "graphgrad-exercise/1"\nid = "e"\n'
BODY = "```step z\nexpr = w*x\n```\n```step dz/dw\n```\n"


def exercise_text(front: str = "", body: str = BODY, variables: str = "w = 2\nx = 3\n") -> str:
    return f"+++\n{FRONT}{front}[vars]\n{variables}+++\n{body}"


def test_steps_names_and_points_are_read() -> None:
    exercise = load_exercise(SAMPLES / "exercises" / "sigmoid_neuron.md")
    assert exercise.asked == ("z", "a", "L", "da/dz", "dL/da", "dL/db", "dL/dw")
    assert [step.points for step in exercise.steps] == [1, 1, 1, 1, 1, 1, 4]
    assert exercise.total == 10
    assert exercise.decimal == "comma"
    assert exercise.steps[-1].feedback == {"sign": "¿Restó la salida del objetivo al revés?"}


def test_references_are_computed_from_the_graph_and_not_typed() -> None:
    variant = Family(read_exercise(exercise_text())).variant()
    assert {name: value.floats for name, value in variant.truth.items()} == {
        "z": [6.0],
        "dz/dw": [3.0],
    }


def test_a_derived_formula_becomes_a_line_named_by_the_step() -> None:
    body = "```step z\nexpr = w*x\n```\n```step dLdw\nexpr = d((z-1)^2/2)/d(w)\n```\n"
    variant = Family(read_exercise(exercise_text(body=body))).variant()
    assert variant.exercise.asked == ("z", "dL/dw")
    assert variant.truth["dL/dw"].floats == [15.0]
    assert variant.graph.name(variant.graph.output) == "L"


def test_lines_may_stand_in_any_order_and_in_a_gg_block() -> None:
    body = "```gg\nL = (a - 1)^2\na = tanh(z)   # used above\n```\n" + BODY
    exercise = read_exercise(exercise_text(body=body))
    assert [line.name for line in exercise.definitions] == ["z", "a", "L"]
    assert "loss L" not in source_of(exercise, {})
    assert graph_of(exercise, {}).line_names == ["w", "x", "z", "a", "L"]


def test_settings_may_be_fractions() -> None:
    exercise = read_exercise(exercise_text('points = "7/2"\nfollow_on = "1/3"\n'))
    assert (exercise.total, exercise.follow_on) == (Fraction(7, 2), Fraction(1, 3))
    with pytest.raises(SourceError, match="follow_on"):
        read_exercise(exercise_text('follow_on = "1/0"\n'))


def test_vectors_and_matrices_are_drawn_and_given() -> None:
    text = exercise_text(
        variables='W = { shape = [2, 3], range = [-2, 2], nonzero = true }\nx = [1, "1/2", -1]\n',
        body="```step z\nexpr = W @ x\n```\n",
    )
    variant = Family(read_exercise(text)).variant(3)
    assert variant.values["W"].shape == (2, 3)
    assert all(entry != 0 for entry in variant.values["W"].ravel())
    assert variant.values["x"].tolist() == [1, Fraction(1, 2), -1]
    assert variant.truth["z"].shape == (2,)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.gg")), ids=lambda path: path.stem)
def test_every_sample_is_an_exercise_as_it_is(path: Path) -> None:
    family = Family(load_exercise(path))
    truth = family.variant().truth
    assert list(truth) == list(family.exercise.asked)
    assert all(value == value for found in truth.values() for value in found.floats)


WRONG = [
    (
        exercise_text(body="```step z\nexpr = w*x\nfeedback.sing = No.\n```\n"),
        "classroom.step.feedback",
        10,
    ),
    (
        exercise_text(body="```step z\nexpr = w*x\n```\n```step dz/dw\nuses = y\n```\n"),
        "classroom.step.uses",
        11,
    ),
    ("z = 1\n", "classroom.file.no_front", 1),
    ("+++\nformat = 1\n+++\n", "classroom.file.format", 2),
    ("+++\nformat = \n+++\n", "classroom.file.toml", 2),
    (exercise_text("colour = 1\n"), "classroom.file.key", 4),
    (exercise_text("decimal = 'semi'\n"), "classroom.file.value", 4),
    (exercise_text("digits = 99\n"), "classroom.file.value", 4),
    (exercise_text("points = inf\n"), "classroom.file.number", 4),
    (exercise_text("points = 1e999999\n"), "source.large_exponent", 4),
    (exercise_text(variables="w = {}\n"), "classroom.var.ways", 5),
    (exercise_text(variables="w = { range = [2, 1] }\n"), "classroom.var.range", 5),
    (
        exercise_text(variables="w = { range = [0, 1], step = '1/99999999' }\n"),
        "classroom.var.range",
        5,
    ),
    (exercise_text(variables="w = { choose = [] }\n"), "classroom.var.choose", 5),
    (
        exercise_text(variables="w = { choose = [0], nonzero = true }\n"),
        "classroom.var.nothing_left",
        5,
    ),
    (
        exercise_text(variables="w = { shape = [99, 99], range = [0, 1] }\n"),
        "classroom.var.shape",
        5,
    ),
    (exercise_text(variables="w = '__import__'\n"), "classroom.var.value", 5),
    (exercise_text(variables="w = { value = 1, colour = 2 }\n"), "classroom.var.key", 5),
    (exercise_text(body="text only\n"), "classroom.file.no_steps", 7),
    (exercise_text(body="```step z\nexpr = w\n"), "classroom.file.open_fence", 8),
    (exercise_text(body="```step z y\nexpr = w\n```\n"), "classroom.step.id", 8),
    (exercise_text(body="```step z\n```\n"), "classroom.step.no_formula", 8),
    (exercise_text(body="```step z\nexpr = w\nkind = poem\n```\n"), "classroom.step.kind", 10),
    (exercise_text(body="```step z\nwhatever\n```\n"), "classroom.step.line", 9),
    (exercise_text(body="```step z\nexpr = w\npoints = -1\n```\n"), "classroom.step.points", 10),
    (exercise_text(body=BODY + BODY), "classroom.step.double", 13),
    (exercise_text(body="```step w\nexpr = x\n```\n"), "classroom.line.variable", 9),
    (exercise_text(body="```step q\nexpr = d(w*x)/d(w)\n```\n"), "classroom.step.inner", 9),
    (exercise_text(body="```step dz/dw\n```\n"), "classroom.step.unknown", 8),
    (
        exercise_text("points = 1\n", "```step z\nexpr = w\npoints = 4\n```\n"),
        "classroom.file.points",
        4,
    ),
]


@pytest.mark.parametrize(("text", "message", "line"), WRONG, ids=[w[1][10:] for w in WRONG])
def test_a_wrong_file_is_refused_with_its_line(text: str, message: str, line: int) -> None:
    with pytest.raises(GraphgradError) as caught:
        read_exercise(text, "e.md")
    assert caught.value.message_id == message
    assert caught.value.place is not None
    assert caught.value.place.line == line
    assert caught.value.place.path == "e.md"
    assert caught.value.text("es") != caught.value.text("en")


@pytest.mark.parametrize("label", ["upstream", "factor", "function", "product", "two", "value"])
def test_a_mistake_of_the_steppers_quiz_is_no_mistake_of_an_exercise(label: str) -> None:
    text = exercise_text(body=f"```step z\nexpr = w*x\nfeedback.{label} = never\n```\n")
    with pytest.raises(SourceError) as caught:
        read_exercise(text, "e.md")
    assert caught.value.message_id == "classroom.step.feedback"
    known = str(caught.value.fields["known"]).split(", ")
    assert sorted(known) == sorted(set(LABELS))


def test_a_wrong_formula_is_refused_at_its_place_in_the_exercise_file() -> None:
    with pytest.raises(SourceError) as caught:
        Family(read_exercise(exercise_text(body="```step z\nexpr =   w*q\n```\n"), "e.md"))
    place = caught.value.place
    assert place is not None
    assert (place.line, place.column, place.path) == (9, 12, "e.md")


def test_what_is_hardly_meant_is_remarked() -> None:
    body = "With {q} and {w}.\n```step z\nexpr = w*2\n```\n```step a\nexpr = 2*w\n```\n"
    family = Family(read_exercise(exercise_text(body=body + "```step dz/da\n```\n"), "e.md"))
    found = [(note.message_id, note.fields["name"]) for note in findings(family, 3)]
    assert found == [
        ("classroom.lint.hole", "q"),
        ("classroom.lint.unused", "x"),
        ("classroom.lint.zero", "dz/da"),
    ]


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "e.md"
    path.write_bytes(b"x" * (2**20 + 1))
    with pytest.raises(LimitError):
        load_exercise(path)
