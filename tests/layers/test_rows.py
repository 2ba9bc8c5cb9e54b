"""Check every row of layers and losses on its examples: forward and backward, three ways."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.autodiff.hessian import hessian_vector_product
from graphgrad.autodiff.record import record
from graphgrad.graph.inputs import computations
from graphgrad.layers.registry import LAYERS, find_layer, layer_names
from graphgrad.layers.row import Layer
from graphgrad.messages.catalogue import catalogue
from graphgrad.ops.registry import find
from graphgrad.testing.gradcheck import gradcheck
from tests.layers.networks import network, numbers

CASES = [
    pytest.param(row, shapes, settings, id=f"{row.name}-{index}")
    for row in LAYERS.values()
    for index, (shapes, settings) in enumerate(row.examples)
]
each_example = pytest.mark.parametrize(("row", "shapes", "settings"), CASES)


def inputs_of(row: Layer, shapes: Any, settings: dict[str, Any]) -> list[Any]:
    """Return values that the row takes: probabilities, class numbers, signs, else any numbers."""
    values: list[Any] = [numbers(shape, 7 + place) for place, shape in enumerate(shapes)]
    first = settings.get("first", 0)
    if row.name == "embedding":
        return [_numbered(shapes[0], settings["tokens"], first)]
    if row.kind != "loss" or not row.target:
        return values + [None] * (len(row.inputs) - len(values))
    if row.inputs[0] == "p" or row.name == "kl_divergence":
        values[0] = numbers(shapes[0], 7, 0.1, 0.9)
    probabilities = row.name.startswith("bce") or shapes[0] == shapes[1]
    if row.target == "target.sign":
        values[1] = np.where(values[1] > 0.3, 1.0, -1.0)
    elif probabilities:
        values[1] = numbers(shapes[1], 8, 0.1, 0.9)
    else:
        values[1] = _numbered(shapes[1], shapes[0][-1], first)
    return values


def _numbered(shape: tuple[int, ...], classes: int, first: int) -> Any:
    count = int(np.prod(shape))
    found = np.array([first + place % classes for place in range(count)], dtype=float)
    return found.reshape(shape) if shape else float(found[0]) + 1


@each_example
@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
def test_a_line_holds_its_own_value_and_nothing_of_another(
    row: Layer, shapes: Any, settings: dict[str, Any], training: bool
) -> None:
    """A line's value is its last operation: one of another line behind it would be shown for it."""
    graph = network(row.name, inputs_of(row, shapes, settings), settings, training=training)
    for line in graph.lines():
        operations = computations(graph, line)
        used = {parent for node in operations for parent in graph.columns.parents_of(node)}
        assert set(operations) <= used | {line.root}, line.name


@each_example
@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
def test_reverse_forward_and_central_differences_agree(
    row: Layer, shapes: Any, settings: dict[str, Any], training: bool
) -> None:
    graph = network(row.name, inputs_of(row, shapes, settings), settings, training=training)
    trace = record(graph)
    assert trace.trouble is None
    check = gradcheck(graph, symbolic=False)
    assert check.rows
    assert check.ok, [r for r in check.rows if not r.ok]
    targets = {"x2"} if row.target else set()
    targets |= {"x1"} if row.name in ("embedding", "perceptron") else set()
    targets |= {f"x{n}" for n, word in enumerate(row.inputs, 1) if word == "mask?"}
    for name, gradient in trace.gradients.items():
        flat = np.all(np.asarray(gradient) == 0)
        assert not flat or name in targets or "mask" in name or _is_flat(row, settings, name), name


def _is_flat(row: Layer, settings: dict[str, Any], name: str) -> bool:
    """Tell where a gradient of zeros is right: behind a step, a state of 0, an unused mask."""
    if row.name == "perceptron" and "act" not in settings:
        return True
    if row.name in ("step", "sign"):
        return True
    if row.name in ("dropout", "inverted_dropout"):
        return name == "x2"
    return name == "f.U" and row.name in ("elman", "lstm", "gru")


@each_example
def test_the_backward_pass_is_a_graph_of_ops(
    row: Layer, shapes: Any, settings: dict[str, Any]
) -> None:
    graph = network(row.name, inputs_of(row, shapes, settings), settings)
    expected = record(graph).gradients
    backward = gradient_graph(graph)
    found = record(backward, backward=False)
    for name, gradient in expected.items():
        line = graph.adjoint_name(name)
        got = found.value(line) if backward.find(line) is not None else np.zeros_like(gradient)
        np.testing.assert_allclose(got, gradient, rtol=1e-10, atol=1e-12)


def test_every_row_names_examples_and_words() -> None:
    for row in LAYERS.values():
        assert row.examples, row.name
        assert row.doc.endswith("."), row.name
        assert row.spanish, row.name
        assert row.source or row.kind == "activation", row.name
        assert not row.target or row.target in catalogue()


def test_every_name_finds_its_row_and_no_op() -> None:
    """An activation may be both: the op in a formula, the layer on a line of its own."""
    for name in layer_names():
        row = find_layer(name)
        assert row is not None
        assert find(name) is None or row.kind == "activation", name


@each_example
def test_second_derivatives_along_a_direction_are_differences_of_gradients(
    row: Layer, shapes: Any, settings: dict[str, Any]
) -> None:
    """Everything moves but targets and class numbers, which must stay in their domains."""
    graph = network(row.name, inputs_of(row, shapes, settings), settings)
    fixed = {"x2"} if row.target else {"x1"} if row.name == "embedding" else set()
    random = np.random.RandomState(5)
    direction, values = {}, {}
    for line in graph.lines():
        name = line.name
        if graph.role(line.root) in ("input", "parameter") and name not in fixed:
            values[name] = np.asarray(graph.defaults[line.root], dtype=float)
            direction[name] = random.uniform(-1, 1, values[name].shape)
    product = hessian_vector_product(graph, direction)
    step = 1e-5
    ends = [
        record(graph, {n: values[n] + sign * step * direction[n] for n in values}).gradients
        for sign in (1, -1)
    ]
    for name in values:
        difference = (np.asarray(ends[0][name]) - np.asarray(ends[1][name])) / (2 * step)
        np.testing.assert_allclose(product[name], difference, rtol=1e-5, atol=1e-7, err_msg=name)
