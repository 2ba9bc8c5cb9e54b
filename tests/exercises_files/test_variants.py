"""Variants: the same everywhere, with nice numbers, and known to nobody without the secret."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from graphgrad.errors import SourceError, UsageError
from graphgrad.exercises.files.draws import Draws, drawn_values, personal_draw
from graphgrad.exercises.files.from_graph import Wish, exercise_from
from graphgrad.exercises.files.frozen import freeze, read_frozen, read_secret
from graphgrad.exercises.files.lint import findings
from graphgrad.exercises.files.read_exercise import load_exercise, read_exercise
from graphgrad.exercises.files.roster import Student, read_roster
from graphgrad.exercises.files.variants import Family
from graphgrad.source.gg import read_gg
from tests.exercises_files.test_exercise_files import SAMPLES, exercise_text

NEURON = SAMPLES / "exercises" / "sigmoid_neuron.md"


def family_of(variables: str, body: str, front: str = "") -> Family:
    return Family(read_exercise(exercise_text(front, body, variables)))


def test_draws_are_pinned_so_that_no_release_changes_them() -> None:
    exercise = load_exercise(NEURON)
    assert drawn_values(exercise, 17, 0) == {
        "w": Fraction(PINNED[0]),
        "b": Fraction(PINNED[1]),
        "x": Fraction(PINNED[2]),
        "y": Fraction(PINNED[3]),
    }
    assert personal_draw("sigmoide-1", "A12", b"un secreto") == PINNED[4]


PINNED = ("-2", "-1", "-3/4", "1", 21233772)


def test_draws_are_even() -> None:
    stream = Draws("evenness")
    counts = [0] * 7
    for _ in range(7000):
        counts[stream.below(7)] += 1
    assert min(counts) > 900
    assert max(counts) < 1100


def test_exact_rationals_are_drawn_from_the_grid() -> None:
    family = family_of(
        "x = { range = [-1, 1], step = '1/3', nonzero = true }\nw = 2\n",
        "```step z\nexpr = w*x\n```\n",
        "avoid = []\n",
    )
    seen = {family.variant(draw).values["x"] for draw in range(1, 60)}
    assert seen == {Fraction(n, 3) for n in (-3, -2, -1, 1, 2, 3)}


def test_no_variant_lies_at_a_kink() -> None:
    body = "```step a\nexpr = relu(w*x)\n```\n"
    free = family_of("w = 2\nx = { choose = [0, 1] }\n", body, "avoid = []\n")
    careful = family_of("w = 2\nx = { choose = [0, 1] }\n", body, 'avoid = ["kink"]\n')
    assert {free.variant(d).values["x"] for d in range(1, 20)} == {0, 1}
    assert {careful.variant(d).values["x"] for d in range(1, 20)} == {1}


def test_no_variant_is_saturated() -> None:
    body = "```step a\nexpr = sigmoid(w*x)\n```\n"
    family = family_of("w = 2\nx = { choose = [1, 20, -20] }\n", body)
    assert {family.variant(d).values["x"] for d in range(1, 20)} == {1}


def test_no_answer_is_trivial_by_accident_but_constants_may_be() -> None:
    body = "```step z\nexpr = x + y\n```\n```step dz/dx\n```\n"
    family = family_of("x = { range = [-2, 2] }\ny = { range = [-2, 2] }\n", body)
    found = [family.variant(draw).truth for draw in range(1, 30)]
    assert all(abs(truth["z"].floats[0]) > 1 for truth in found)
    assert all(truth["dz/dx"].floats == [1.0] for truth in found)


def test_an_exercise_without_fit_variants_says_why() -> None:
    family = family_of("x = { choose = [0] }\nw = 1\n", "```step a\nexpr = relu(w*x)\n```\n")
    with pytest.raises(SourceError) as caught:
        family.variant(1)
    assert "kink" in caught.value.text("en")
    assert "pico" in caught.value.text("es")


def test_personal_draws_depend_on_student_exercise_and_secret() -> None:
    found = {
        personal_draw(exercise, student, secret)
        for exercise in ("a", "b")
        for student in ("1", "2")
        for secret in (b"x", b"y")
    }
    assert len(found) == 8


def test_students_have_different_variants_while_there_are_enough() -> None:
    body = "```step z\nexpr = w*x\n```\n"
    family = family_of("x = { range = [2, 9] }\nw = 3\n", body, "avoid = []\n")
    secret = b"0123456789abcdef"
    students = [Student(f"s{number}") for number in range(10)]
    frozen = freeze(family, students[:8], secret)
    assert {str(v["x"]) for v in frozen.values.values()} == set("23456789")
    assert frozen.sharing() == 0
    assert frozen == freeze(family, students[:8], secret)
    more = freeze(family, students, secret)
    assert {s.id: more.values[s.id] for s in students[:8]} == frozen.values
    assert more.sharing() == len({*more.values} - _alone(more.values)) >= 3
    for student, draw in more.draws.items():
        assert family.variant(draw).values == more.values[student]


def _alone(values: Mapping[str, Mapping[str, object]]) -> set[str]:
    found = [v["x"] for v in values.values()]
    return {student for student, v in values.items() if found.count(v["x"]) == 1}


def test_frozen_variants_survive_a_change_of_the_generator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = Family(load_exercise(NEURON))
    frozen = freeze(family, [Student("A12", "Ana"), Student("B07")], b"0123456789abcdef")
    path = tmp_path / "variants.json"
    path.write_text(frozen.text(), encoding="utf-8")
    monkeypatch.setattr("graphgrad.exercises.files.variants.drawn_values", None)
    again = read_frozen(path, family.exercise)
    assert again.variant(family, "A12").values == frozen.values["A12"]
    assert again.variant(family, "A12").draw == frozen.draws["A12"]
    with pytest.raises(UsageError):
        again.variant(family, "nobody")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "graphgrad-variants/1"}', "[" * 100_000, '{"format": 3}'],
)
def test_what_is_no_file_of_variants_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "variants.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError):
        read_frozen(path, load_exercise(NEURON))


def test_variants_of_another_exercise_are_refused(tmp_path: Path) -> None:
    family = Family(load_exercise(NEURON))
    table = json.loads(freeze(family, [Student("A")], b"0123456789abcdef").text())
    table["exercise"] = "other"
    path = tmp_path / "variants.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(SourceError, match="other"):
        read_frozen(path, family.exercise)


@pytest.mark.parametrize(
    "text",
    [
        "id,nombre,apellidos,email\nA12,Ana,Pérez Gil,a@uv.es\n",
        "Nombre;Apellido(s);Número de ID;Dirección de correo\nAna;Pérez Gil;A12;a@uv.es\n",
        "Identificador\tNombre completo\tCorreo\nA12\tAna Pérez Gil\ta@uv.es\n",
    ],
)
def test_the_columns_of_a_roster_may_be_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "class.csv"
    path.write_text(text, encoding="utf-8-sig")
    assert read_roster(path) == [Student("A12", "Ana Pérez Gil")]


def test_rosters_are_read_and_double_students_refused(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_text("id;nombre\nA12;Ana Pérez\n\nB07\n", encoding="utf-8")
    assert read_roster(path) == [Student("A12", "Ana Pérez"), Student("B07")]
    path.write_text("A12\nA12\n", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_roster(path)
    assert caught.value.place is not None
    assert caught.value.place.line == 2


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("hunter2\n", encoding="utf-8")
    with pytest.raises(UsageError):
        read_secret(path)


BATCH_NORM = """input X = [1; 2; 4; 5]
param w = 2
const eps = 1e-5
z = w*X
mu = mean(z)
{spread}
zhat = (z - mu)/sqrt(s2 + eps)
loss L = mean((zhat - 1)^2)
"""


@pytest.mark.parametrize("spread", ["s2 = var(z)", "s2 = mean((z - mu)^2)"])
def test_no_variance_is_0_in_an_exercise_of_batch_norm(spread: str) -> None:
    source = BATCH_NORM.format(spread=spread)
    made = exercise_from(read_gg(source), source, "bn.gg", Wish())
    family = Family(read_exercise(made, "bn.md"))
    assert all(abs(family.variant(draw).truth["s2"].floats[0]) > 0.01 for draw in range(1, 6))
    assert not [note for note in findings(family, 5) if "flat" in note.message_id]


def test_a_statistic_of_equal_entries_is_refused_or_remarked() -> None:
    body = "```step n\nexpr = norm([x, y])\n```\n"
    variables = "x = { choose = [0] }\ny = { choose = [0] }\n"
    free = family_of(variables, body, "avoid = []\n")
    assert [note.message_id for note in findings(free, 3)] == [
        "classroom.lint.flat", "classroom.lint.few_variants",
    ]  # fmt: skip
    with pytest.raises(SourceError) as caught:
        family_of(variables, body, 'avoid = ["flat"]\n').variant(1)
    assert "variance" in caught.value.text("en")
    assert "varianza" in caught.value.text("es")
