"""Express the lectures' examples of activation functions."""

from __future__ import annotations

import math
from typing import Any

import graphgrad as gg
from tests.lectures.book import Case, example, run


@example("W12")
def largest_slope_of_the_sigmoid(case: Case) -> dict[str, Any]:
    """Differentiate the slope: at z = 0 it is stationary, and it is smaller on both sides."""
    slope = gg.gradient_graph(gg.parse("input z = 0\ns = sigmoid(z)"), wrt="z")
    trace = gg.trace(slope, case["inputs"])
    largest = trace.values[slope.output]
    assert trace.gradients["z"] == 0
    assert all(gg.trace(slope, {"z": z}).values[slope.output] < largest for z in (-0.1, 0.1))
    return {"max sigma'": largest}


@example("W15")
def leaky_relu(case: Case) -> dict[str, Any]:
    """Run the row; the lecture's max(0, alpha x, x) is another function for negative x."""
    alpha = case["parameters"]["alpha"]
    found: dict[str, Any] = {}
    for x in case["inputs"]["x"]:
        trace = run(f"input x = {x}\nf = leaky_relu(x, alpha={alpha})")
        found |= {f"f({x})": trace.value("f"), f"f'({x})": trace.gradients["x"]}
        as_printed = run(f"input x = {x}\nf = max(max(0, {alpha}*x), x)").value("f")
        printed = {output["name"]: output["printed"] for output in case["outputs"]}
        assert as_printed == printed[f"f({x})"]
    return found


@example("W17")
def softmax(case: Case) -> dict[str, Any]:
    x = gg.input("x", case["inputs"]["x"])
    p = gg.softmax(x)
    return {"p": p.value, "sum": p.sum().value}


@example("W23")
def exercise_on_tanh(case: Case) -> dict[str, Any]:
    """Differentiate tanh; what the exercise states of g_T' holds of g_T itself."""
    found = {}
    for z, output in zip(case["inputs"]["z"], case["outputs"], strict=True):
        trace = run(f"input z = {z}\ng = tanh(z)")
        found[f"g'_T({z})"] = trace.gradients["z"]
        claimed = run(f"input z = {z}\nclaim = 2*sigmoid(2*z) - 1").value("claim")
        assert math.isclose(claimed, output["printed"], abs_tol=1e-15)
        assert math.isclose(claimed, trace.value("g"), abs_tol=1e-15)
    return found


@example("W39")
def saturation_of_the_sigmoid(case: Case) -> dict[str, Any]:
    text = "input x = [0, 0, 0]\ns = sigmoid(x)"
    trace = gg.trace(gg.parse(text), {"x": case["inputs"]["x"]}, seed=[1, 1, 1])
    return {"sigma": trace.value("s"), "sigma'": trace.gradients["x"]}


@example("W41")
def tanh_as_scanned(case: Case) -> dict[str, Any]:
    """Evaluate tanh by its quotient, as a row, and as the damaged formula that lost its signs."""
    found = []
    for x, damaged in zip(case["inputs"]["x"], case["outputs"][0]["printed"], strict=True):
        trace = run(
            f"input x = {x}\nq = (exp(x) - exp(-x))/(exp(x) + exp(-x))\nt = tanh(x)\n"
            "d = exp(x)*exp(-x)/(exp(x) + exp(-x))"
        )
        assert math.isclose(trace.value("d"), damaged, rel_tol=1e-12)
        assert math.isclose(trace.value("q"), trace.value("t"), abs_tol=1e-15)
        found.append(trace.value("q"))
    return {"tanh": found}
