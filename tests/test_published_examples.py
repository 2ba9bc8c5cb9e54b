"""Check the famous published examples of backpropagation, value by value.

The numbers come from tests/data/published_examples.json: ``value`` at full precision, and
``printed`` as the source shows it, with the tolerance its digits leave.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from tests.lectures.book import (
    Case,
    Programs,
    deviation,
    newton,
    partial,
    read_cases,
    register,
    run,
    sample,
)

CASES: dict[str, Case] = {case["name"]: case for case in read_cases("published_examples.json")}
PUBLISHED: Programs = {}
WEIGHTS = tuple(f"w{i}" for i in range(1, 9))


def derivatives(trace: gg.Trace, of: str, names: dict[str, str]) -> dict[str, Any]:
    """Return adjoints by the names the case has for them: ``df/dsum`` for the line s."""
    return {f"d{of}/d{theirs}": trace.adjoint(ours) for theirs, ours in names.items()}


# ---- Mazur ----


class MazurNet:
    """The 2-2-2 network through handles, its weights as matrices, its biases never updated."""

    def __init__(self, inputs: Case) -> None:
        w = [inputs[name] for name in WEIGHTS]
        self.eta = inputs["eta"]
        self.W1 = gg.param("W1", [w[0:2], w[2:4]])
        self.W2 = gg.param("W2", [w[4:6], w[6:8]])
        self.hidden = gg.sigmoid(self.W1 @ [inputs["i1"], inputs["i2"]] + inputs["b1"])
        self.net = self.W2 @ self.hidden + inputs["b2"]
        self.out = gg.sigmoid(self.net)
        self.E = ((self.out - [inputs["t1"], inputs["t2"]]) ** 2).sum() / 2

    def update(self) -> None:
        """Take one step of gradient descent on all eight weights."""
        self.E.backward()
        new = [W.value - self.eta * W.grad for W in (self.W1, self.W2)]
        self.W1.value, self.W2.value = new

    def update_as_in_the_script(self) -> None:
        """Update the output weights first and pull the old errors back through the new weights."""
        self.E.backward()
        errors = self.net.grad
        self.W2.value = self.W2.value - self.eta * self.W2.grad
        self.hidden.backward(seed=self.W2.value.T @ errors)
        self.W1.value = self.W1.value - self.eta * self.W1.grad


@register(PUBLISHED, "mazur-2-2-2")
def mazur(case: Case) -> dict[str, Any]:
    """Run the sample, and one update through handles."""
    point = {name: value for name, value in case["inputs"].items() if name != "eta"}
    trace = sample("mazur", **point)
    graph = trace.graph
    lines = [line.name for line in graph.lines() if not graph.is_leaf(line.root)]
    inner = ("out_h1", "out_o1", "net_o1", "net_o2")
    found = {name: trace.value(name) for name in lines}
    found |= derivatives(trace, "E", {name: name for name in (*inner, *WEIGHTS, "b1", "b2")})
    for name in WEIGHTS:
        found[f"{name}+"] = point[name] - case["inputs"]["eta"] * trace.gradients[name]
    for error, net in (("E_o1", "net_o1"), ("E_o2", "net_o2")):
        found[f"d{error}/dout_h1"] = trace.adjoint(net) * partial(trace, net, "out_h1")
    for of, by in (("out_o1", "net_o1"), ("out_h1", "net_h1"), ("net_o1", "w5")):
        found[f"d{of}/d{by}"] = partial(trace, of, by)
    network = MazurNet(case["inputs"])
    network.update()
    return found | {"E_total after 1 update (biases fixed)": network.E.value}


@register(PUBLISHED, "mazur-training-run")
def mazur_with_updated_weights(case: Case) -> dict[str, Any]:
    network = MazurNet(case["inputs"])
    network.update_as_in_the_script()
    return {"E_total after 1 update": network.E.value}


@register(PUBLISHED, "mazur-erroneous-retelling")
def mazur_retold(case: Case) -> dict[str, Any]:
    """Find the first step that is not the true number, rounded as the retelling rounds it."""
    point = {name: value for name, value in case["inputs"].items() if name != "eta"}
    trace = sample("mazur", **point)
    for name, printed in case["student_steps"]:
        value = trace.value(name) if "/" not in name else trace.adjoint(name.partition("/d")[2])
        half_unit = 0.5 * 10.0 ** -len(printed.partition(".")[2])
        if abs(value - float(printed)) > half_unit:
            assert name == case["expected_first_wrong_step"]
            break
    return {name: trace.value(name) for name in ("E_o1", "E_total")}


# ---- CS231n and Olah ----


@register(PUBLISHED, "cs231n-sigmoid-circuit")
def sigmoid_circuit(case: Case) -> dict[str, Any]:
    trace = sample("cs231n_sigmoid", **case["inputs"])
    names = {"w0x0": "p0", "w1x1": "p1", "sum": "s", "dot": "d", "neg": "n", "exp": "u"}
    names |= {"plus1": "v", "f": "f"}
    found = {theirs: trace.value(ours) for theirs, ours in names.items()}
    names |= {name: name for name in case["inputs"]}
    return found | derivatives(trace, "f", names)


@register(PUBLISHED, "cs231n-add-mul")
def sum_times_factor(case: Case) -> dict[str, Any]:
    x, y, z = (gg.input(name, case["inputs"][name]) for name in "xyz")
    q = x + y
    f = q * z
    f.backward()
    leaves = {f"df/d{leaf.name}": leaf.grad for leaf in (x, y, z)}
    return {"q": q.value, "f": f.value, "df/dq": q.grad, **leaves}


@register(PUBLISHED, "colah-backprop")
def two_paths_from_b(case: Case) -> dict[str, Any]:
    trace = sample("colah", **case["inputs"])
    names = {name: name for name in "cdab"}
    return {name: trace.value(name) for name in "cde"} | derivatives(trace, "e", names)


# ---- Goodfellow ----


@register(PUBLISHED, "goodfellow-xor")
def xor_by_rows(case: Case) -> dict[str, Any]:
    X, W, c, w = (np.array(case["inputs"][name]) for name in "XWcw")
    trace = run(
        "input X: 4x2\nparam W: 2x2\nparam c: 2\nparam w: 2\nparam b = 0\n"
        "Z = X @ W\nA = Z + c\nH = relu(A)\ny = H @ w + b",
        X=X, W=W, c=c, w=w,
    )  # fmt: skip
    line = gg.parse(
        "input X: 4x2\ninput y: 4\nparam w = [0, 0]\nparam b = 0\nloss R = mean((X @ w + b - y)^2)"
    )
    data = {"X": X, "y": trace.value("y")}
    best = newton(line, {"w": [1.0, -2.0], "b": 3.0}, **data)
    return {
        "XW": trace.value("Z"),
        "XW+c": trace.value("A"),
        "relu": trace.value("H"),
        "y": trace.value("y"),
        "linear least squares w": best["w"],
        "linear least squares b": best["b"],
    }


# ---- micrograd, autograd, JAX ----


@register(PUBLISHED, "micrograd-readme")
def micrograd_readme(case: Case) -> dict[str, Any]:
    """Run the README's program, with gg.relu(x) for its x.relu()."""
    a, b = gg.param("a", case["inputs"]["a"]), gg.param("b", case["inputs"]["b"])
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + gg.relu(b + a)
    d += 3 * d + gg.relu(b - a)
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    return {"g": g.value, "dg/da": a.grad, "dg/db": b.grad}


@register(PUBLISHED, "micrograd-lecture-neuron")
def micrograd_neuron(case: Case) -> dict[str, Any]:
    inputs = case["inputs"]
    trace = run(
        "input x1 = 2\ninput x2 = 0\nparam w1 = -3\nparam w2 = 1\nparam b = 0\n"
        "n = x1*w1 + x2*w2 + b\no = tanh(n)",
        **inputs,
    )
    names = {name: name for name in ("n", "x1", "w1", "x2", "w2")}
    return {"n": trace.value("n"), "o": trace.value("o")} | derivatives(trace, "o", names)


@register(PUBLISHED, "autograd-readme-tanh")
def autograd_readme(case: Case) -> dict[str, Any]:
    """Differentiate the quotient of the README and the row, by the names of NumPy."""
    x = gg.input("x", case["inputs"]["x"])
    y = np.exp(-2.0 * x)
    quotient = (1.0 - y) / (1.0 + y)
    quotient.backward()
    by_quotient = x.grad
    t = np.tanh(x)
    t.backward()
    assert by_quotient == pytest.approx(x.grad, rel=1e-12)
    return {"tanh": t.value, "dtanh": x.grad}


@register(PUBLISHED, "matrix-gradient-linear")
def matrix_gradient(case: Case) -> dict[str, Any]:
    """Run the sample; none of the known misconceptions gives the same matrix."""
    trace = sample("matrix_gradient", **case["inputs"])
    gradient = trace.gradients["W"]
    assert all(deviation(gradient, wrong) for wrong in case["misconceptions"].values())
    return {"L": trace.value("L"), "dL/dW": gradient}


# ---- the checks ----

LONG = "after 10000"
"""What only the long training runs give."""


def check(case: Case, found: dict[str, Any], *, long: bool) -> None:
    expected = {name: want for name, want in case["expected"].items() if (LONG in name) == long}
    assert found.keys() == expected.keys()
    for name, want in expected.items():
        assert not deviation(found[name], want["value"]), name
        if "printed" in want:
            assert abs(found[name] - float(want["printed"])) <= want["tolerance"], name


def test_every_published_example_is_expressed() -> None:
    assert PUBLISHED.keys() == CASES.keys()
    assert len(CASES) == 11


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_example_gives_every_value_and_every_printed_number(name: str) -> None:
    check(CASES[name], PUBLISHED[name](CASES[name]), long=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "update"),
    [
        ("mazur-2-2-2", MazurNet.update),
        ("mazur-training-run", MazurNet.update_as_in_the_script),
    ],
)
def test_ten_thousand_updates_end_where_the_article_ends(
    name: str, update: Callable[[MazurNet], None]
) -> None:
    network = MazurNet(CASES[name]["inputs"])
    for _ in range(10_000):
        update(network)
    found = {
        "E_total after 10000 updates": network.E.value,
        "out_o1 after 10000": network.out.value[0],
        "out_o2 after 10000": network.out.value[1],
    }
    check(CASES[name], found, long=True)
