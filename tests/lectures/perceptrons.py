"""Express the perceptrons and the XOR networks of the lectures."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

import graphgrad as gg
from tests.lectures.book import Case, example, newton, run, sample, written

NEURON = "input X = [0, 0]\nparam w0 = 0\nparam W = [0, 0]\nz = w0 + X^T @ W\nyhat = sigmoid(z)"


def neuron(case: Case, x: list[float]) -> gg.Trace:
    return run(NEURON, X=x, w0=case["parameters"]["w0"], W=case["parameters"]["W"])


@example("W01")
def decision_line(case: Case) -> dict[str, Any]:
    return {
        "z(0,6)": neuron(case, case["inputs"]["x"]).value("z"),
        "z(6,8)": neuron(case, [6, 8]).value("z"),
    }


@example("W02", "W03")
def perceptron(case: Case) -> dict[str, Any]:
    by_file = neuron(case, case["inputs"]["x"]).value("yhat")
    x1, x2 = (gg.input(f"x{i}", v) for i, v in enumerate(case["inputs"]["x"], 1))
    w1, w2 = (gg.param(f"w{i}", v) for i, v in enumerate(case["parameters"]["W"], 1))
    w0 = gg.param("w0", case["parameters"]["w0"])
    by_handles = gg.sigmoid(w0 + x1 * w1 + x2 * w2).value
    assert math.isclose(by_file, by_handles, rel_tol=1e-14)
    return {"yhat": by_file}


@example("W04", "W05", "W06", "W07")
def xor_network(case: Case) -> dict[str, Any]:
    """Run the row of the sample's table and ask whether its class at 0.5 is the right one."""
    x, y = case["inputs"]["x"], case["inputs"]["y"]
    trace = sample("xor_sigmoid_data", row=1 + 2 * x[0] + x[1])
    assert [trace.value(name) for name in ("x1", "x2", "y")] == [*x, y]
    assert trace.value("w1").tolist() == case["parameters"]["w1"]
    assert trace.value("w2").tolist() == case["parameters"]["w2"]
    yhat = trace.value("yhat")
    hit = run(f"input yhat = {yhat!r}\ninput y = {y}\nhit = (yhat > 0.5) == y")
    rounded = gg.input("yhat", round(yhat, 2))
    loss = -(y * np.log(rounded) + (1 - y) * np.log(1 - rounded))
    return {
        "h_pre": trace.value("h.2"),
        "h": trace.value("h"),
        "z_out": trace.value("z"),
        "yhat": yhat,
        "loss_BCE": trace.value("L"),
        "class_at_0.5_correct": hit.value("hit"),
        "loss_from_rounded_yhat": loss.value,
        "dL/dw2": trace.gradients["w2"],
        "dL/dw1": trace.gradients["w1"],
    }


@example("W16")
def xor_truth_table(case: Case) -> dict[str, Any]:
    rows = [sample("xor_sigmoid_data", row=row) for row in (1, 2, 3, 4)]
    assert [[row.value("x1"), row.value("x2")] for row in rows] == case["inputs"]["x"]
    return {"y": [row.value("y") for row in rows]}


@example("W18")
def hidden_unit(case: Case) -> dict[str, Any]:
    trace = run(
        "input x1 = 1\ninput x2 = 2\ninput x3 = 3\nparam b1 = 0\nparam w11 = 0\nparam w21 = 0\n"
        "param w31 = 0\nh1 = b1 + x1*w11 + x2*w21 + x3*w31",
        b1=case["parameters"]["b1"],
        **dict(zip(("w11", "w21", "w31"), case["parameters"]["w_1"], strict=True)),
    )
    return {"h1": trace.value("h1")}


@example("W20")
def number_of_weights(case: Case) -> dict[str, Any]:
    """Count the entries of the parameters of the declared graph."""
    inner, hidden, outer = (case["inputs"][name] for name in ("M0", "M1", "M2"))
    graph = gg.parse(
        f"input x: {inner + 1}\nparam theta1: {hidden}x{inner + 1}\n"
        f"param theta2: {outer}x{hidden + 1}\ns1 = concat([1], sigmoid(theta1 @ x))\n"
        "s2 = sigmoid(theta2 @ s1)"
    )
    sizes = {
        line.name: math.prod(graph.columns.shape(line.root))
        for line in graph.lines()
        if graph.role(line.root) == "parameter"
    }
    return {
        "D": sum(sizes.values()),
        "hidden weights": sizes["theta1"],
        "output weights": sizes["theta2"],
    }


def linear_risk(case: Case, *, bias: bool) -> gg.Graph:
    declared = "param b = 0\nf = X @ w + b" if bias else "f = X @ w"
    return gg.parse(
        f"input X = {written(case['inputs']['X'])}\ninput y = {written(case['inputs']['y'])}\n"
        f"param w = [0, 0]\n{declared}\nloss R = mean((f - y)^2)"
    )


@example("W30")
def best_line_through_xor(case: Case) -> dict[str, Any]:
    """Take one Newton step, which is exact on a square, from a start away from the solution."""
    graph = linear_risk(case, bias=True)
    best = newton(graph, {"w": [0.7, -0.4], "b": 0.2})
    trace = gg.trace(graph, best)
    assert np.allclose(trace.gradients["w"], 0, atol=1e-12)
    return {
        "w": best["w"],
        "b": best["b"],
        "f at the 4 points": trace.value("f"),
        "risk": trace.value("R"),
    }


@example("W31")
def hand_made_relu_network(case: Case) -> dict[str, Any]:
    """Run the sample with the slide's bias vector, and the same network through handles."""
    trace = sample("xor_relu", X=case["inputs"]["X"], W1=case["parameters"]["W1"])
    X, b1 = np.array(case["inputs"]["X"]), np.array(case["parameters"]["b1"])
    W1 = gg.param("W1", case["parameters"]["W1"])
    w2 = gg.param("w2", case["parameters"]["w2"])
    product = W1 @ X
    hidden = gg.relu(product + b1.reshape(2, 1))
    output = w2 @ hidden + case["parameters"]["b2"]
    assert (output.value == trace.value("f")).all()
    assert (hidden.value == trace.value("H")).all()
    return {
        "W1 X": product.value,
        "relu(W1 X + b1)": trace.value("H"),
        "output": trace.value("f"),
    }


@example("W32")
def product_as_scanned(case: Case) -> dict[str, Any]:
    A, B, C = (gg.input(name, case["inputs"][name]) for name in "ABC")
    return {"product row 1": (A @ B @ C).value}


@example("W33")
def normal_equations(case: Case) -> dict[str, Any]:
    """Solve them, for a Newton step from 0 on the squared error is just that."""
    graph = linear_risk(case, bias=False)
    best = newton(graph, {"w": [0.0, 0.0]})
    return {"w*": best["w"], "gradient of the risk at w*": gg.trace(graph, best).gradients["w"]}


@example("W40")
def two_linear_layers(case: Case) -> dict[str, Any]:
    x = gg.input("x", case["inputs"]["x"])
    theta = gg.param("theta", case["parameters"]["theta"])
    w = gg.param("w", case["parameters"]["w"])
    twice, once = (x @ theta) @ w, x @ (theta @ w)
    return {"f via two layers": twice.value, "f via w'": once.value}
