"""`lint` on units and kernels that no row wakes, and on a loss whose arguments changed places."""

from __future__ import annotations

from typing import Any

import pytest

from graphgrad.source.gg import read_gg
from graphgrad.views.lenses.advice import Advice, advice
from graphgrad.views.lenses.stages import stages

IMAGES = """\
data x: 1x3x3, y
[[[1, 2, 3], [1, 2, 3], [1, 2, 3]]], 1
[[[1, 0, 3], [1, 0, 3], [1, 2, 3]]], 0
param K: 3x1x2x2 = [[[[-1, -1], [-1, -1]]], [[[1, 0], [0, 1]]], [[[-1, 0], [0, -2]]]]
param b = [{b}, 0, 0]
h = relu(convolve(x, K) + reshape(b, shape=3x1x1))
loss L = squared_error(sum(h), y)
"""
ROWS = "data x y\n1 0\n2 1\nparam w = [1, -1]\nparam b = [0, {b}]\nparam v = [1, 1]\n"
UNITS = ROWS + "h = relu(w*x + b)\nloss L = (dot(v, h) - y)^2\n"


def told(text: str, rule: str) -> list[Advice]:
    return [one for one in advice(read_gg(text)) if one.rule == rule]


def dead(text: str) -> list[tuple[Any, ...]]:
    found = [one.fields for one in told(text, "dead_units")]
    return [(f["name"], f["dead"], f["count"], f["numbers"], f["what"].message_id) for f in found]


def test_kernels_that_are_dead_at_every_place_are_counted_as_kernels() -> None:
    kernels = "lint.dead_units.kernels"
    assert dead(IMAGES.format(b=0)) == [("h", 2, 3, "1, 3", kernels)]
    assert dead(IMAGES.format(b=20)) == [("h", 1, 3, "3", kernels)]


def test_units_of_a_layer_and_one_that_a_row_wakes() -> None:
    assert dead(UNITS.format(b=0)) == [("h", 1, 2, "2", "lint.dead_units.units")]
    assert dead(UNITS.format(b=1.5)) == []
    assert dead(UNITS.format(b=0).replace("relu", "tanh")) == []


def test_one_sample_says_nothing_about_units() -> None:
    one = UNITS.format(b=0).replace("data x y\n1 0\n2 1", "input x = 1\ninput y = 0")
    assert dead(one) == []


NET = "data x y\n0 0\n1 1\nparam w = 1\nparam b = 0\nz = w*x + b\n"


@pytest.mark.parametrize(
    ("loss", "wrong"),
    [
        ("yhat = sigmoid(z)\nloss L = bce(y, yhat)", True),
        ("yhat = sigmoid(z)\nloss L = bce(yhat, y)", False),
        ("loss L = bce_with_logits(y, z)", True),
        ("loss L = bce_with_logits(z, y)", False),
        ("loss L = hinge(2*y - 1, z)", True),
        ("loss L = mse(y, z)", False),  # the same either way
    ],
)
def test_a_loss_whose_arguments_changed_places(loss: str, wrong: bool) -> None:
    found = told(f"{NET}{loss}\n", "swapped_loss")
    assert bool(found) is wrong
    if wrong and "hinge" not in loss:
        name = "yhat" if "yhat" in loss else "z"
        assert (found[0].fields["name"], found[0].fields["target"]) == (name, "y")
        assert not told(f"{NET}{loss}\n", "loss_output")


def test_an_activation_written_inside_of_the_next_call_belongs_to_the_layer_before_it() -> None:
    graph = read_gg(
        "input x: 1x8x8 = uniform(draw=1)\nlayer c = conv2d(2, 3)\nlayer s = avg_pool2d(2)\n"
        "layer flat = flatten()\nlayer f = dense(4)\nlayer out = dense(2)\n"
        "z = out(tanh(f(flat(s(relu(c(x)))))))\nloss L = cross_entropy_with_logits(z, 1)"
    )
    acting = {
        stage.name.rpartition(".")[2]: [graph.columns.row(n).name for n in stage.activations]
        for stage in stages(graph)
        if not stage.loss
    }
    assert acting == {"c": ["relu"], "s": [], "flat": [], "f": ["tanh"], "out": []}
