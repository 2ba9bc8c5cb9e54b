"""Express the lectures' examples of the chain rule and of backpropagation."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

import graphgrad as gg
from tests.lectures.book import Case, Near, example, partial, run, sample


@example("W08")
def power_of_a_parabola(case: Case) -> dict[str, Any]:
    slopes = [sample("chain_rule_power", x=x).gradients["x"] for x in case["inputs"]["x"]]
    return dict(zip(("y'(1)", "y'(0.5)", "y'(0)"), slopes, strict=True))


@example("W09")
def linear_regression(case: Case) -> dict[str, Any]:
    """Run the sample, and the five lines of the lecture unchanged."""
    trace = sample("linear_regression", **case["inputs"], **case["parameters"])
    x, y_true = gg.input("x", case["inputs"]["x"]), gg.input("y", case["inputs"]["y"])
    w, b = gg.param("w", case["parameters"]["w"]), gg.param("b", case["parameters"]["b"])
    z = w*x  # fmt: skip
    y_hat = z + b
    e = (y_hat - y_true)  # fmt: skip
    l = e ** 2  # fmt: skip
    l.backward()
    assert (w.grad, b.grad) == (trace.gradients["w"], trace.gradients["b"])
    return {
        "z": trace.value("z"),
        "yhat": trace.value("yhat"),
        "e": trace.value("e"),
        "L": trace.value("L"),
        "dL/de": trace.adjoint("e"),
        "de/dyhat": partial(trace, "e", "yhat"),
        "dyhat/dz": partial(trace, "yhat", "z"),
        "dz/dw": partial(trace, "z", "w"),
        "dyhat/db": partial(trace, "yhat", "b"),
        "dL/dw": trace.gradients["w"],
        "dL/db": trace.gradients["b"],
    }


@example("W13")
def three_sigmoid_layers(case: Case) -> dict[str, Any]:
    """Run the sample; the lecture's product has w1 where x1 belongs."""
    inputs, weights = case["inputs"], case["parameters"]["w"]
    point = dict(zip(("w1", "w2", "w3"), weights, strict=True))
    trace = sample("vanishing_gradient", x1=inputs["x1"], y=inputs["y"], **point)
    found = {name: trace.value(name) for name in ("z1", "h1", "z2", "h2", "z3", "yhat")}
    found["dL/dw1"] = trace.gradients["w1"]
    printed = found["dL/dw1"] / inputs["x1"] * weights[0]
    assert math.isclose(printed, case["outputs"][-1]["printed"], rel_tol=1e-12)
    return found


@example("W14")
def shared_weight_and_skip_connection(case: Case) -> dict[str, Any]:
    trace = sample("shared_weights", **case["inputs"], **case["parameters"])
    X, w1, w2 = gg.input("X", 1), gg.param("w1", 2), gg.param("w2", 3)
    z1 = w1 * X
    z2 = w2 * (z1 + X)
    yhat = w1 * (z1 + z2)
    yhat.backward()
    assert (w1.grad, w2.grad) == (trace.gradients["w1"], trace.gradients["w2"])
    return {
        "z1": trace.value("z1"),
        "z2": trace.value("z2"),
        "yhat": trace.value("yhat"),
        "dyhat/dw1": trace.gradients["w1"],
        "dyhat/dw2": trace.gradients["w2"],
    }


@example("W21")
def weight_updates_of_a_5_3_3_net(case: Case) -> dict[str, Any]:
    """Take the updates from the trace; the printed products of deltas must be the same numbers."""
    inputs, parameters = case["inputs"], case["parameters"]
    trace = run(
        "input x: 6\ninput t: 3\nparam theta1: 3x6\nparam theta2: 3x4\n"
        "phi1 = theta1 @ x\ns1 = sigmoid(phi1)\nphi2 = theta2 @ concat([1], s1)\n"
        "s2 = sigmoid(phi2)\nloss q = 1/2*sum((t - s2)^2)",
        **inputs,
        theta1=parameters["theta1"],
        theta2=parameters["theta2"],
    )
    rho = parameters["rho"]
    outer, inner = -rho * trace.gradients["theta2"][0, 3], -rho * trace.gradients["theta1"][2, 4]
    delta1, delta2 = -trace.adjoint("phi1"), -trace.adjoint("phi2")
    assert math.isclose(outer, rho * delta2[0] * trace.value("s1")[2], rel_tol=1e-14)
    assert math.isclose(inner, rho * delta1[2] * inputs["x"][4], rel_tol=1e-14)
    why = "the case's number is itself a central difference, good to about 1e-10"
    return {
        "Dtheta2_13 (formula, full precision)": outer,
        "Dtheta2_13 (-central difference)": Near(outer, 2e-10, why),
        "Dtheta1_34 (-central difference)": Near(inner, 2e-10, why),
    }


@example("W34")
def first_order_step(case: Case) -> dict[str, Any]:
    graph = gg.parse("param theta = 1\nR = theta^2")
    trace = gg.trace(graph, {"theta": case["inputs"]["theta"]})
    eps = -case["inputs"]["eta"] * trace.gradients["theta"]
    moved = gg.trace(graph, {"theta": case["inputs"]["theta"] + eps})
    value, slope = gg.jvp(graph, {"theta": eps})
    return {
        "eps": eps,
        "R(theta+eps)": moved.value("R"),
        "first-order prediction": value + slope,
    }


@example("W35")
def tensor_of_derivatives(case: Case) -> dict[str, Any]:
    graph = gg.parse("input x: 3\nparam W: 2x3 = zeros()\nparam b: 2 = zeros()\nz = W @ x + b")
    found = gg.jacobian(graph, {"x": case["inputs"]["x"]}, wrt=["W", "b"])
    assert (found["b"] == np.eye(2)).all()
    return {"T": found["W"]}


@example("W36")
def jacobian_of_an_activation(case: Case) -> dict[str, Any]:
    """Differentiate tanh of a vector; the printed matrix repeats the diagonal in every row."""
    graph = gg.parse("input z: 2\ns = tanh(z)")
    found = gg.jacobian(graph, {"z": case["inputs"]["z"]})["z"]
    printed = np.tile(np.diag(found), (2, 1))
    np.testing.assert_allclose(printed, case["outputs"][0]["printed"], rtol=1e-12)
    return {"G": found}
