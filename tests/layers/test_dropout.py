"""Check dropout with its mask given and drawn, in training and at inference."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from tests.layers.networks import network

X = np.array([1.0, -2.0, 3.0])
MASK = np.array([1.0, 0.0, 1.0])


def run(name: str, *inputs: Any, training: bool = True, **settings: Any) -> Any:
    graph = network(name, [*inputs, *[None] * (2 - len(inputs))], settings, training=training)
    return record(graph)


@pytest.mark.parametrize(("name", "factor"), [("dropout", 1.0), ("inverted_dropout", 1.25)])
def test_a_given_mask_drops_its_units_and_their_gradient(name: str, factor: float) -> None:
    trace = run(name, X, MASK, keep=Fraction(4, 5))
    np.testing.assert_allclose(trace.value("y1"), factor * MASK * X)
    assert trace.gradients["x1"][1] == 0.0
    assert np.all(trace.gradients["x1"][[0, 2]] != 0)


def test_at_inference_plain_dropout_scales_and_inverted_dropout_does_nothing() -> None:
    plain = run("dropout", X, training=False, keep=Fraction(4, 5))
    np.testing.assert_allclose(plain.value("y1"), 0.8 * X)
    np.testing.assert_array_equal(run("inverted_dropout", X, training=False).value("y1"), X)


def test_a_drawn_mask_is_a_visible_constant_of_the_draw() -> None:
    trace = run("inverted_dropout", np.ones(400), keep=Fraction(3, 4), draw=5)
    mask = trace.value("f.mask")
    assert trace.graph.role(trace.graph.line(trace.graph.line_index["f.mask"]).root) == "constant"
    assert set(np.unique(mask)) == {0.0, 1.0}
    assert abs(mask.mean() - 0.75) < 3 * (0.75 * 0.25 / 400) ** 0.5
    again = run("inverted_dropout", np.ones(400), keep=Fraction(3, 4), draw=5).value("f.mask")
    other = run("inverted_dropout", np.ones(400), keep=Fraction(3, 4), draw=6).value("f.mask")
    assert (again == mask).all()
    assert (other != mask).any()


def test_the_mean_over_all_masks_is_the_value_without_dropout() -> None:
    """Of inverted dropout exactly, weighted by the masks' probabilities."""
    keep, mean = Fraction(2, 3), np.zeros(3)
    for mask in product((0.0, 1.0), repeat=3):
        kept = sum(mask)
        weight = float(keep**kept * (1 - keep) ** (3 - kept))
        mean += weight * run("inverted_dropout", X, np.array(mask), keep=keep).value("y1")
    np.testing.assert_allclose(mean, X, rtol=1e-12)
