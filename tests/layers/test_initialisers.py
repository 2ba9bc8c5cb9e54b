"""Check initial values: bounds and deviations as formulas of the fans, streams, old numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from graphgrad.layers.initialisers import (
    INITIAL_VALUES,
    drawn,
    find_initialiser,
    initial_value,
)
from graphgrad.layers.registry import find_layer
from graphgrad.layers.row import Parameter
from graphgrad.layers.settings import complete
from graphgrad.source.gg import read_gg

FANS = (300, 100)
SHAPE = (100, 300)
BOUND = {
    "uniform": 1.0,
    "he_uniform": math.sqrt(6 / 300),
    "glorot_uniform": math.sqrt(6 / 400),
    "lecun_uniform": math.sqrt(3 / 300),
    "fan_in_uniform": 1 / math.sqrt(300),
}
DEVIATION = {
    "normal": 1.0,
    "he_normal": math.sqrt(2 / 300),
    "glorot_normal": math.sqrt(2 / 400),
    "lecun_normal": 1 / math.sqrt(300),
}


def value_of(name: str, draw: int = 1, **settings: Any) -> Any:
    return drawn(Parameter("W", SHAPE, name, FANS, settings), "layer", draw)


@pytest.mark.parametrize("name", BOUND)
def test_a_uniform_draw_fills_its_bound(name: str) -> None:
    values = value_of(name)
    assert np.abs(values).max() <= BOUND[name]
    assert np.abs(values).max() > 0.999 * BOUND[name]
    assert abs(values.std() / (BOUND[name] / math.sqrt(3)) - 1) < 0.02


@pytest.mark.parametrize("name", DEVIATION)
def test_a_normal_draw_has_its_deviation(name: str) -> None:
    """Of 30,000 draws the mean errs by dev/173, the deviation by dev/245: three of each."""
    values = value_of(name)
    assert abs(values.mean()) < 3 * DEVIATION[name] / math.sqrt(values.size)
    assert abs(values.std() / DEVIATION[name] - 1) < 3 / math.sqrt(2 * values.size)


def test_glorot_uniform_and_normal_have_the_same_variance() -> None:
    assert BOUND["glorot_uniform"] ** 2 / 3 == pytest.approx(DEVIATION["glorot_normal"] ** 2)


def test_constants_masks_and_orthogonal_matrices() -> None:
    assert set(value_of("zeros").ravel()) == {0}
    assert set(value_of("ones").ravel()) == {1}
    assert set(value_of("full", value=0.01).ravel()) == {0.01}
    mask = value_of("bernoulli", p=0.8)
    assert set(np.unique(mask)) == {0.0, 1.0}
    assert abs(mask.mean() - 0.8) < 3 * math.sqrt(0.16 / mask.size)
    rows = value_of("orthogonal", gain=2)
    np.testing.assert_allclose(rows @ rows.T, 4 * np.eye(100), atol=1e-10)


def test_every_row_is_tried_here() -> None:
    tried = {*BOUND, *DEVIATION, "zeros", "ones", "full", "bernoulli", "orthogonal"}
    assert tried == set(INITIAL_VALUES)
    assert find_initialiser("ortogonal") is INITIAL_VALUES["orthogonal"]
    assert find_initialiser("nothing") is None


def test_streams_differ_by_draw_owner_and_name_and_by_nothing_else() -> None:
    parameter = Parameter("W", (2, 3), "normal")
    first = drawn(parameter, "a", 1)
    assert (drawn(parameter, "a", 1) == first).all()
    for other in (drawn(parameter, "b", 1), drawn(parameter, "a", 2)):
        assert not np.any(other == first)
    assert not np.any(drawn(parameter._replace(name="U"), "a", 1) == first)


def test_draws_in_files_keep_their_numbers() -> None:
    graph = read_gg("param W: 2x2 = he_normal(draw=1)\nloss L = sum(W)\n")
    expected = np.random.RandomState(1).normal(0, 1, (2, 2))
    np.testing.assert_array_equal(graph.defaults[0], expected)
    uniform = initial_value("glorot_uniform", (2, 4), {"draw": 3})
    bound = np.random.RandomState(3).uniform(-1, 1, (2, 4))
    np.testing.assert_allclose(uniform, bound, rtol=1e-15)


@pytest.mark.parametrize(
    ("name", "shape", "settings", "bounds"),
    [
        ("dense", (9,), {"units": 4}, {"W": 1 / 3, "b": 1 / 3}),
        ("dense", (9,), {"units": 4, "init": "he_uniform"}, {"W": math.sqrt(6 / 9), "b": 0}),
        ("conv2d", (4, 5, 5), {"channels": 2, "size": 2}, {"W": 1 / 4, "b": 1 / 4}),
        ("conv2d", (4, 5, 5), {"channels": 2, "size": 2, "groups": 2}, {"W": 8**-0.5}),
        ("elman", (9,), {"units": 4}, {"W": 1 / 2, "U": 1 / 2, "b": 1 / 2}),
        ("lstm", (9,), {"units": 4, "biases": 2}, {"W": 1 / 2, "c": 1 / 2}),
        ("multi_head_attention", (3, 4), {"heads": 2}, {"W_q": math.sqrt(6 / 8), "b_q": 0}),
        ("batch_norm", (3, 4), {}, {"gamma": 1, "beta": 0}),
        ("prelu", (3,), {}, {"alpha": 0.25}),
    ],
)
def test_layers_start_as_in_pytorch(
    name: str, shape: Any, settings: dict[str, Any], bounds: dict[str, float]
) -> None:
    layer = find_layer(name)
    assert layer is not None
    leaves = {leaf.name: leaf for leaf in layer.leaves((shape,), complete(layer, settings))}
    for leaf, bound in bounds.items():
        sizes = [np.abs(np.asarray(drawn(leaves[leaf], "f", draw), dtype=float)).max()
                 for draw in range(200)]  # fmt: skip
        assert max(sizes) <= bound * (1 + 1e-12)
        assert max(sizes) >= 0.97 * bound
