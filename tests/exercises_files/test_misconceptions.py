"""Mistakes are named from the value of a wrong answer, only where one name fits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from graphgrad.exercises.algebra.enclosures import precision, shown
from graphgrad.exercises.files.read_exercise import (
    exercise_of_text,
    load_exercise,
    read_exercise,
)
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.exercises.grading.graded_sheet import Marked, mark_sheet
from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.misconceptions.catalogue import mistakes_of
from graphgrad.exercises.misconceptions.lookup import Namer
from graphgrad.exercises.misconceptions.parallel import Parallel
from graphgrad.exercises.misconceptions.rules import LABELS
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.steps import Truth, targets_of
from graphgrad.messages.catalogue import catalogue
from graphgrad.source.gg import load, read_gg
from tests.exercises_files.test_exercise_files import SAMPLES, exercise_text

NEURON = """```step z
expr = w*x + b
```
```step a
expr = sigmoid(z)
```
```step L
expr = 1/2*(a - y)^2
```
```step da/dz
```
```step dL/da
```
```step dL/db
```
```step dL/dw
feedback.lost_factor = Mira la entrada.
```
"""
RIGHT = {
    "z": "-1.25", "a": "0.2227", "L": "0.3021", "da/dz": "a(1-a)", "dL/da": "-0.7773",
    "dL/db": "-0.1346", "dL/dw": "-0.03364",
}  # fmt: skip


def neuron(front: str = "") -> Variant:
    text = exercise_text(
        front, NEURON, "w = { value = -1, role = 'param' }\nx = '1/4'\nb = -1\ny = 1\n"
    )
    return Family(read_exercise(text)).variant()


def marked(variant: Variant, **_: str) -> Marked:
    return mark_sheet(variant, "\n".join(f"{k} = {v}" for k, v in RIGHT.items()))


def names(found: Marked) -> dict[str, str]:
    return {s.step.id: s.mistake.label for s in found.steps if s.mistake is not None}


@pytest.mark.parametrize(
    ("step", "answer", "label"),
    [
        ("z", "0.75", "sign"),
        ("z", "-0.25", "lost_term"),
        ("a", "-1.25", "no_activation"),
        ("a", "-0.8483", "other_activation"),
        ("L", "0.6042", "lost_factor"),
        ("da/dz", "z(1-z)", "derivative_at_z"),
        ("da/dz", "a", "function_as_derivative"),
        ("dL/da", "0.7773", "sign"),
        ("dL/da", "y - a", "sign"),
        ("dL/db", "-0.7773", "no_activation_derivative"),
        ("dL/dw", "-0.1346", "lost_factor"),
        ("dL/dw", "0.1346", "own_factor"),
        ("dL/dw", "-0.9664", "update"),
        ("dL/dw", "0.03364", "sign"),
    ],
)
def test_a_mistake_is_named_by_its_value(step: str, answer: str, label: str) -> None:
    sheet = "\n".join(f"{k} = {v}" for k, v in (RIGHT | {step: answer}).items())
    found = mark_sheet(neuron(), sheet)
    assert found.report.first_wrong == step
    assert names(found)[step] == label


def test_a_right_sheet_has_no_mistakes_and_a_wild_answer_no_name() -> None:
    assert names(marked(neuron())) == {}
    sheet = "\n".join(f"{k} = {v}" for k, v in (RIGHT | {"dL/dw": "12.34"}).items())
    assert names(mark_sheet(neuron(), sheet)) == {}


def test_a_mistake_is_named_after_another_one() -> None:
    changed = {"dL/da": "0.7773", "dL/db": "0.7773", "dL/dw": "0.1943"}
    found = mark_sheet(neuron(), "\n".join(f"{k} = {v}" for k, v in (RIGHT | changed).items()))
    assert [s.mark.status for s in found.steps[-3:-1]] == ["wrong", "wrong"]
    assert names(found)["dL/da"] == "sign"
    assert names(found)["dL/db"] == "no_activation_derivative"


def test_the_lecturers_own_words_come_first() -> None:
    from graphgrad.exercises.reports.report_lines import rows_of

    sheet = "\n".join(f"{k} = {v}" for k, v in (RIGHT | {"dL/dw": "-0.1346"}).items())
    assert "Mira la entrada." in rows_of(mark_sheet(neuron(), sheet))[-1].details


PARALLEL = (
    "```step a1\nexpr = tanh(w*x)\n```\n```step a2\nexpr = tanh(v*x)\n```\n"
    "```step L\nexpr = 3*a1 + 5*a2\n```\n```step dL/dw\n```\n```step dL/dv\n```\n"
)


@pytest.mark.parametrize(("charge", "points"), [("mistake", 4), ("step", 3)])
def test_one_mistake_at_parallel_places_is_charged_once(charge: str, points: int) -> None:
    text = exercise_text(f"charge = '{charge}'\n", PARALLEL, "w = '1/2'\nv = '1/4'\nx = 1\n")
    variant = Family(read_exercise(text)).variant()
    truth = {name: value.floats[0] for name, value in variant.truth.items()}
    sheet = "\n".join(f"{name} = {truth[name]:.5g}" for name in ("a1", "a2", "L"))
    found = mark_sheet(variant, f"{sheet}\ndL/dw = 3\ndL/dv = 5")
    assert names(found) == dict.fromkeys(("dL/dw", "dL/dv"), "no_activation_derivative")
    assert found.points == points
    assert found.steps[-1].charged_with == ("dL/dw" if charge == "mistake" else "")


LAYER = (
    "input x = 0.5\nparam w1 = 0.3\nparam w2 = -0.7\nparam w3 = 1.1\nparam w4 = 0.9\n"
    "param v1 = 2\nparam v2 = 3\nparam v3 = 5\nparam v4 = -4\n"
    + "".join(f"z{k} = w{k}*x\nh{k} = sigmoid(z{k})\n" for k in "1234")
    + "s = v1*h1 + v2*h2 + v3*h3 + v4*h4\no = sigmoid(s)\nloss L = (o - 0.2)^2\n"
)
BACKWARD = {
    "dL/do": "2(o-0.2)", "dL/ds": "dL/do*o*(1-o)",
    **{f"dL/dh{k}": f"dL/ds*v{k}" for k in "1234"},
    **{f"dL/dz{k}": f"dL/dh{k}*h{k}*(1-h{k})" for k in "1234"},
}  # fmt: skip
NO_DERIVATIVE = {f"dL/dz{k}": f"dL/dh{k}" for k in "1234"}


def backward(charge: str, wrong: dict[str, str]) -> Marked:
    """Mark a backward pass through a layer of four, right but for the formulas given."""
    exercise = replace(exercise_of_text(LAYER, "layer.gg", tuple(BACKWARD)), charge=charge)
    sheet = "\n".join(f"{name} = {text}" for name, text in (BACKWARD | wrong).items())
    return mark_sheet(Family(exercise).variant(), sheet)


@pytest.mark.parametrize(("charge", "points"), [("mistake", 9), ("step", 6)])
def test_one_mistake_in_four_parallel_places_is_charged_once(charge: str, points: int) -> None:
    found = backward(charge, NO_DERIVATIVE)
    assert names(found) == dict.fromkeys(NO_DERIVATIVE, "no_activation_derivative")
    assert found.points == points
    charged = {step.charged_with for step in found.steps if step.charged_with}
    assert charged == ({"dL/dz1"} if charge == "mistake" else set())


def test_the_same_mistake_in_another_layer_is_another_mistake() -> None:
    found = backward("mistake", {**NO_DERIVATIVE, "dL/ds": "dL/do"})
    assert set(names(found).values()) == {"no_activation_derivative"}
    assert found.points == len(BACKWARD) - 2
    assert [s.step.id for s in found.steps if s.charged_with] == ["dL/dz2", "dL/dz3", "dL/dz4"]


def test_two_mistakes_at_parallel_places_are_charged_both() -> None:
    wrong = {"dL/dz1": "dL/dh1", "dL/dz3": "dL/dh3*h3"}
    found = backward("mistake", wrong)
    assert names(found) == {
        "dL/dz1": "no_activation_derivative",
        "dL/dz3": "function_as_derivative",
    }
    assert found.points == len(BACKWARD) - 2


def test_parallel_nodes_are_those_that_the_graph_cannot_tell_apart() -> None:
    parallel = Parallel(read_gg(LAYER))
    for layer in ("w", "v", "z", "h"):
        assert len({parallel.places(f"{layer}{k}") for k in "1234"}) == 1, layer
    assert parallel.places("h1", "sigmoid") != parallel.places("o", "sigmoid")
    assert parallel.places("w1") != parallel.places("v1")
    ordered = Parallel(read_gg("input a = 1\ninput b = 2\nc = a^2\nd = b^2\nloss L = c - d\n"))
    assert ordered.places("c") != ordered.places("d")


def test_matrices_are_transposed_and_swapped_only_where_values_tell() -> None:
    text = exercise_text(
        variables="W = { value = [[1, 2], [3, 5]], role = 'param' }\nX = [[1, 4], [2, 7]]\n",
        body="```step L\nexpr = sum((X @ W)^2)\n```\n```step dL/dW\n```\n",
    )
    variant = Family(read_exercise(text)).variant()
    rows = variant.truth["dL/dW"].floats
    transposed = f"[[{rows[0]}, {rows[2]}], [{rows[1]}, {rows[3]}]]"
    found = mark_sheet(variant, f"L = {variant.truth['L'].floats[0]}\ndL/dW = {transposed}")
    assert names(found) == {"dL/dW": "transposed"}


SOFTMAX = "param z = [1, 2, 3]\ninput t = [0, 0, 1]\np = softmax(z)\nloss L = -sum(t*log(p))\n"
TANH = "input z = [0.5, -1]\na = tanh(z)\nloss L = sum(a)\n"
ROWS = "input X = [1, 2; 3, 7]\ns = sum(X, axis=1)\nloss L = sum(s^2)\n"
LINEAR = "input x = [1, 2]\nparam W = [1, 2; 3, 5]\nz = W@x\nloss L = sum(z^2)\n"
CHAIN = (
    "input x = 1.5\ninput y = 1\nparam w1 = 0.5\nparam w2 = -0.8\nh = sigmoid(w1*x)\np = w2*h\n"
    "loss L = (p - y)^2\n"
)


@pytest.mark.parametrize(
    ("source", "answer", "label"),
    [
        (TANH, "da/dz = [0.786448, 0.419974; 0.786448, 0.419974]", "equal_rows"),
        (SOFTMAX, "dL/dz = [0, 0, -0.334759]", "diagonal_only"),
        (SOFTMAX, "dp/dz = [0.0819251, 0, 0; 0, 0.184836, 0; 0, 0, 0.222695]", "diagonal_only"),
        (ROWS, "s = [3, 10]", "wrong_axis"),
        (LINEAR, "z = [7, 12]", "transposed"),
        (LINEAR, "dz/dx = [1, 3; 2, 5]", "transposed"),
        (LINEAR, "dz/dx = [1, 0; 0, 1]", "identity"),
        # dL/dh with w2 - 0.1 dL/dw2 for w2, as after one step of learning
        (CHAIN, "dL/dp = -3.086686\ndL/dh = 1.822252", "updated_weight"),
    ],
)
def test_mistakes_with_arrays_and_updated_weights_are_named(source, answer, label) -> None:
    graph = read_gg(source)
    report = check(graph, answer, decimal="point")
    wrong = next(mark for mark in report.marks if mark.status == "wrong")
    found = Namer(Reference(graph), report.marks).name(wrong)
    assert found is not None
    assert found.label == label


def test_a_mistake_is_named_where_the_sheet_has_names_of_its_own() -> None:
    exercise = read_exercise(
        '+++\nformat = "graphgrad-exercise/1"\nid = "e"\n[vars]\nw = 2\nx = 3\n+++\n'
        "```step z\nexpr = w*x\n```\n"
    )
    found = mark_sheet(Family(exercise).variant(), "let u = w + x\nz = u")
    assert names(found) == {"z": "sum_for_product"}


def test_every_label_is_worded() -> None:
    assert {f"classroom.mistake.{label}" for label in LABELS} <= set(catalogue())


def simulated(path: Path) -> tuple[Counter[str], list[str]]:
    """Mark every one-mistake answer to a sample, and count how it came out."""
    graph = load(path)
    exercise = load_exercise(path)
    truth = Truth(graph, targets_of(graph))
    right = {}
    with precision(256):
        for name, candidate in truth.candidates.items():
            balls = truth.reference.balls(candidate.value)
            if balls is not None and len(balls) == 1 and not isinstance(balls[0], str):
                right[name] = shown(balls[0], 7)
    variant = Family(exercise).variant()
    counts: Counter[str] = Counter()
    wrong = []
    for name in right:
        own = truth.targets[name]
        others = {truth.targets[k]: c.value for k, c in truth.candidates.items() if k != name}
        for mistake in mistakes_of(truth.reference, own, others)[:12]:
            balls = truth.reference.balls(mistake.value)
            if balls is None or isinstance(balls[0], str):
                continue
            with precision(256):
                value = shown(balls[0], 7)
            if value == right[name]:
                continue
            sheet = "\n".join(f"{k} = {v}" for k, v in (right | {name: value}).items())
            found = mark_sheet(variant, sheet)
            label = names(found).get(name, "")
            counts["all"] += 1
            counts["first"] += found.report.first_wrong == name
            counts["named"] += bool(label)
            if label and label != mistake.label and mistake.op:
                wrong.append(f"{name} = {value}: {label}, made as {mistake.label}")
    return counts, wrong


@pytest.mark.slow
@pytest.mark.parametrize(
    "sample", ["linear_regression", "cs231n_sigmoid", "two_paths", "bce_sigmoid", "network_1_1_1"]
)
def test_simulated_students_are_understood(sample: str) -> None:
    counts, wrong = simulated(SAMPLES / f"{sample}.gg")
    assert counts["all"] > 20
    assert not wrong
    assert counts["first"] == counts["all"]
