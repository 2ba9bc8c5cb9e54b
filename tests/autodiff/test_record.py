"""Check what a pass is made from: the point, the seed, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.autodiff.hessian import hessian, hessian_vector_product
from graphgrad.autodiff.jacobian import jacobian
from graphgrad.autodiff.jvp import jvp
from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.source.gg import read_gg

SQUARES = 'title "Squares"\ninput x\nparam w = [1, 2]\nconst k = 3\nloss L = sum(w^2)*x + k\n'
ARRAY = "param w = [1, 2]\ny = w^2\n"


@pytest.mark.parametrize(
    ("source", "point", "options", "told"),
    [
        (SQUARES, {}, {}, ("leaf.no_value", {"name": "x"})),
        (SQUARES, {"q": 1}, {}, ("leaf.unknown", {"name": "q", "known": "x, w, k"})),
        (SQUARES, {"x": 1, "L": 2}, {}, ("leaf.unknown", {"name": "L", "known": "x, w, k"})),
        (
            SQUARES,
            {"x": [1, 2]},
            {},
            ("shape.leaf_value", {"name": "x", "got": "2", "expected": "scalar"}),
        ),
        (
            SQUARES,
            {"x": 1, "w": [[1, 2]]},
            {},
            ("shape.leaf_value", {"name": "w", "got": "1x2", "expected": "2"}),
        ),
        (
            SQUARES,
            {"x": "one"},
            {},
            ("given.text", {"name": "x", "got": "'one'", "kind": "str"}),
        ),
        (
            ARRAY,
            {},
            {"seed": [1, 2, 3]},
            ("shape.leaf_value", {"name": "seed", "got": "3", "expected": "2"}),
        ),
        ("param w = [1, 2]\nloss y = w^2\n", {}, {}, ("shape.loss", {"name": "y", "shape": "2"})),
    ],
)
def test_what_is_missing_or_does_not_fit_is_named(
    source: str, point: dict[str, Any], options: dict[str, Any], told: tuple[str, Any]
) -> None:
    with pytest.raises(GraphgradError) as caught:
        record(read_gg(source), point, **options)
    assert (caught.value.message_id, caught.value.fields) == told


def test_a_direction_is_refused_with_the_leaves_there_are() -> None:
    graph = read_gg(SQUARES)
    for call in (
        lambda: jvp(graph, {"q": 1}, {"x": 1}),
        lambda: jvp(graph, {"L": 1}, {"x": 1}),
        lambda: jacobian(graph, {"x": 1}, wrt=["q"]),
        lambda: hessian(graph, {"x": 1}, wrt=["q"]),
        lambda: hessian_vector_product(graph, {"q": 1}, {"x": 1}),
    ):
        with pytest.raises(GraphgradError) as caught:
            call()
        assert caught.value.message_id == "leaf.unknown"
        assert caught.value.fields["known"].startswith("x, w")
    for call in (
        lambda: jvp(graph, {"w": 1}, {"x": 1}),
        lambda: hessian_vector_product(graph, {"w": 1}, {"x": 1}),
    ):
        with pytest.raises(GraphgradError) as caught:
            call()
        assert caught.value.fields == {"name": "w", "got": "scalar", "expected": "2"}


def test_the_point_is_taken_instead_of_the_graphs_own_values_and_copied() -> None:
    given = np.array([3.0, 4.0])
    trace = record(read_gg(SQUARES), {"x": 2, "w": given})
    given[0] = 100.0
    assert trace.values[trace.graph.output] == 2 * 25 + 3
    assert trace.gradients["w"].tolist() == [12.0, 16.0]
    assert trace.gradients["x"] == 25.0


def test_an_array_has_a_backward_pass_only_from_a_seed() -> None:
    graph = read_gg(ARRAY)
    assert record(graph).adjoints is None
    assert record(graph, seed=[1, 10]).gradients["w"].tolist() == [2.0, 40.0]
    assert record(graph, seed=[1, 10], backward=False).adjoints is None
    number = read_gg("param w = 3\nloss L = w^2\n")
    assert record(number, backward=False).adjoints is None
    assert record(number, seed=2).gradients["w"] == 12.0


@pytest.mark.parametrize("exact", [False, True])
def test_seeds_and_points_are_exact_where_the_pass_is(exact: bool) -> None:
    graph = read_gg("param w = 1/3\nloss L = w^2\n")
    third = Fraction(1, 3)
    for point, seed, wanted in (
        ({}, None, 2 * third),
        ({"w": Fraction(1, 7)}, Fraction(1, 3), Fraction(2, 21)),
        ({"w": 2}, 5, Fraction(20)),
        ({"w": 0.5}, 0.25, Fraction(1, 4)),
    ):
        found = record(graph, point, seed=seed, exact=exact).gradients["w"]
        floats = isinstance(seed, float) or not exact
        assert isinstance(found, float if floats else Fraction)
        assert found == pytest.approx(float(wanted)) if floats else found == wanted


def test_a_graph_of_gradients_keeps_title_groups_and_names() -> None:
    graph = read_gg('title "One"\nparam w = 2\n[model]\nz = w^3\n[loss]\nloss L = z*w\n')
    gradients = gradient_graph(graph, "w")
    assert gradients.heading == graph.heading
    assert gradients.heading is not None
    groups = {line.name: line.group for line in gradients.lines()}
    assert groups == {"w": "", "z": "model", "L": "loss"} | {
        "dL_dL": "loss",
        "dL_dz": "model",
        "dL_dw": "",
    }


def test_what_has_no_gradient_is_told_with_what_has_one() -> None:
    graph = read_gg("param w = 2\nparam v = 3\nloss L = w^2\n")
    for wrt, message_id, fields in (
        ("v", "gradient.unreached", {"name": "v", "output": "L", "known": "w, L"}),
        ("q", "name.unknown", {"name": "q", "known": "w, L"}),
    ):
        with pytest.raises(GraphgradError) as caught:
            gradient_graph(graph, wrt)
        assert caught.value.message_id == message_id
        assert {key: caught.value.fields[key] for key in fields} == fields
    with pytest.raises(GraphgradError) as caught:
        gradient_graph(read_gg("const k = 2\nL = k^2\n"))
    assert (caught.value.message_id, caught.value.fields) == ("gradient.constant", {"name": "L"})
    with pytest.raises(GraphgradError) as caught:
        gradient_graph(read_gg(ARRAY))
    assert (caught.value.message_id, caught.value.fields) == (
        "shape.backward",
        {"name": "y", "shape": "2"},
    )


def test_derivatives_of_a_constant_output_are_zeros_of_the_right_shape() -> None:
    graph = read_gg("param w = [1, 2]\nconst k = 3\nloss L = k^2\n")
    assert hessian_vector_product(graph, {"w": [1, 1]})["w"].tolist() == [0.0, 0.0]
    assert hessian(graph)["w", "w"].tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert jacobian(graph)["w"].tolist() == [0.0, 0.0]
    assert jvp(graph, {"w": [1, 1]}) == (9.0, 0.0)


def test_a_million_entries_are_the_most() -> None:
    graph = read_gg("param w: 1001 = ones()\nparam v: 1000 = ones()\ny = v*sum(w)\n")
    assert jacobian(graph, wrt=["v"])["v"].shape == (1000, 1000)
    loss = read_gg("param w: 1001 = ones()\nloss L = sum(w)\n")
    for call, got in (
        (lambda: jacobian(graph, wrt=["w"]), 1_001_000),
        (lambda: hessian(loss), 1001**2),
    ):
        with pytest.raises(GraphgradError) as caught:
            call()
        assert caught.value.fields == {"got": got, "limit": 1_000_000}


def test_a_loss_of_several_entries_is_refused_with_its_shape() -> None:
    builder = GraphBuilder()
    leaf = builder.leaf_line("w", "param", np.ones(2), (2,))
    builder.apply("exp", (leaf,))
    builder.end_line("L")
    with pytest.raises(GraphgradError) as caught:
        record(builder.freeze(1, loss=True))
    assert (caught.value.message_id, caught.value.fields) == (
        "shape.loss",
        {"name": "L", "shape": "2"},
    )
