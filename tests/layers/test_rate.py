"""The rate that is chosen where none is given."""

from __future__ import annotations

from itertools import pairwise

import pytest

from graphgrad.layers.training.loop import rated, training
from graphgrad.layers.training.many_rows import objective_of
from graphgrad.layers.training.recipe import plain_plan
from graphgrad.source.gg import read_gg

REGRESSION = "input x = 3\ninput y = 9\nparam w = 2\nparam b = 1\nloss L = (w*x + b - y)^2"


def starting_rate(graph, point=None):
    return rated(objective_of(graph, point), plain_plan()).rate


def losses(source: str, steps: int = 20) -> list[float]:
    graph = read_gg(source)
    rate = starting_rate(graph)
    return [one.loss for one in training(graph, plain_plan(steps=steps, rate=rate))]


def test_the_regression_of_the_samples_goes_down_where_a_tenth_would_oscillate():
    graph = read_gg(REGRESSION)
    stuck = [one.loss for one in training(graph, plain_plan(steps=3, rate=0.1))]
    assert stuck == pytest.approx([4.0] * 4)  # 1 - 0.1·2(x²+1) = -1
    assert starting_rate(graph) == 0.02
    found = losses(REGRESSION)
    assert all(b < a for a, b in pairwise(found))
    assert found[-1] < 1e-6 * found[0]


@pytest.mark.parametrize("curvature", [0.3, 2.0, 7.0, 40.0, 900.0])
def test_a_parabola_is_descended_without_a_jump_to_the_other_side(curvature):
    graph = read_gg(f"param w = 3\nloss L = {curvature}*w^2/2")
    rate = starting_rate(graph)
    assert rate * curvature < 1.5
    assert rate == 1.0 or rate * curvature > 0.3


def test_the_point_counts():
    graph = read_gg(REGRESSION)
    assert starting_rate(graph, {"x": 100.0}) < 1e-3


@pytest.mark.parametrize("source", ["param w = 0\nloss L = w^2", "param w = -1\nloss L = log(w)"])
def test_a_flat_or_broken_start_gets_the_usual_rate(source):
    assert starting_rate(read_gg(source)) == 0.1
