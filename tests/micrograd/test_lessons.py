"""Micrograd's lessons with the import line changed give micrograd's numbers."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import Any

import pytest

import graphgrad as gg
from graphgrad.errors import UsageError
from graphgrad.micrograd import nn
from graphgrad.micrograd.engine import Value
from graphgrad.testing.gradcheck import gradcheck
from tests.micrograd.lessons import RECORDED, lessons

EXPECTED = json.loads(RECORDED.read_text("utf-8"))
FOUND = lessons("graphgrad.micrograd")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_lesson_gives_micrograds_numbers(name: str) -> None:
    """Gradients that are forgotten add up, and what is left in between is handed on once more."""
    assert FOUND[name] == pytest.approx(EXPECTED[name], rel=1e-11, abs=1e-12)


def test_every_elementwise_row_of_one_argument_is_a_method() -> None:
    x = Value(0.5, label="x")
    total = x.tanh() + x.sigmoid() + x.exp() + x.log() + x.arctan()
    total.backward()
    graph = total.graph()
    assert gradcheck(graph).ok
    assert x.grad == pytest.approx(gg.trace(graph).gradients["x"])


def test_a_computed_value_keeps_its_number() -> None:
    x = Value(2.0)
    y = x * x
    x.data = 5.0
    assert (y.data, x.data) == (4.0, 5.0)
    with pytest.raises(UsageError):
        y.data = 1.0


def test_a_value_is_drawn_with_the_names_of_the_lesson(tmp_path: Path) -> None:
    a, b = Value(2.0, label="a"), Value(-3.0)
    loss = a * b + 1
    graph = loss.graph(names={"a": a, "b": b, "loss": loss})
    assert gg.trace(graph).gradients == {"a": -3.0, "b": 2.0, "number": 1.0}
    gg.render(graph, tmp_path / "loss.svg")
    assert (tmp_path / "loss.svg").exists()
    assert (loss._op, {v.data for v in loss._prev}) == ("+", {-6.0, 1})


def test_numbers_of_numpy_stand_on_either_side() -> None:
    import numpy as np

    x = Value(1.5)
    assert (np.int64(2) * x).data == 3.0
    assert (1 + -np.float64(2.0) * x).data == -2.0


def test_arrays_are_refused() -> None:
    with pytest.raises(UsageError):
        Value([1.0, 2.0])


def test_networks_say_what_they_are() -> None:
    random.seed(1)
    model = nn.MLP(3, [4, 4, 1])
    assert len(model.parameters()) == 41
    assert repr(model).startswith("MLP of [Layer of [ReLUNeuron(3), ")
    assert repr(model.layers[-1]) == "Layer of [LinearNeuron(4)]"


def test_numpys_functions_work_on_values() -> None:
    import numpy as np

    x = Value(0.5)
    assert np.exp(x).data == pytest.approx(np.exp(0.5))
    assert np.tanh(x)._op == "tanh"


@pytest.mark.parametrize("take", [float, int, math.exp, math.sqrt, math.floor, round])
def test_a_number_is_not_taken_without_a_word(take: Any) -> None:
    """The gradient would be cut: micrograd raises TypeError, here it is told what to write."""
    with pytest.raises(UsageError, match=r"v\.exp\(\) instead of math\.exp.*v\.data"):
        take(Value(2.0))
    assert type(Value(2.0).exp().data) is float
    assert f"{Value(2.0):.3f}" == "2.000"


def _own_sin(x: Value) -> Value:
    out = Value(math.sin(x.data), (x,), "sin")

    def _backward() -> None:
        x.grad += math.cos(x.data) * out.grad

    out._backward = _backward
    return out


def test_an_op_of_the_lessons_own_hands_its_gradient_on() -> None:
    """As in micrograd: a value made of children with a _backward, among the ops there are."""
    x = Value(0.5)
    inner = _own_sin(x)
    y = inner * x + _own_sin(inner) ** 2
    y.backward()
    s, c = math.sin(0.5), math.cos(0.5)
    slope = c * 0.5 + s + 2 * math.sin(s) * math.cos(s) * c
    assert x.grad == pytest.approx(slope, rel=1e-14)
    assert (inner._op, inner._prev, y.grad) == ("sin", (x,), 1)
    with pytest.raises(UsageError, match=r"gg\.register"):
        y.graph()


def test_lines_are_called_by_label_then_by_variable_wherever_a_graph_is_made() -> None:
    x, y = Value(2.0), Value(3.0, label="why")
    z = x * y
    out = (z + x).tanh()
    z.label = "zed"
    for graph in (gg.graph(out), out.graph(), gg.trace(out).graph, gg.stepper(out).graph):
        assert graph.line_names == ["value", "why", "zed", "n1"]
    names = {"x": x, "y": y, "z": z, "out": out}
    known = ["x", "why", "zed", "out"]
    assert gg.graph(out, names=names).line_names == known
    assert out.graph(names=names).line_names == known
    assert gg.stepper(out, names=names).graph.line_names == known
    assert (out.backward(), gg.trace(out).gradients["why"]) == (None, pytest.approx(y.grad))


def test_a_network_says_how_many_inputs_it_takes() -> None:
    for wrong in ([1.0, 2.0], 1.0, [1.0] * 4):
        with pytest.raises(UsageError, match=r"ReLUNeuron\(3\) takes 3 inputs, got"):
            nn.MLP(3, [2, 1])(wrong)
