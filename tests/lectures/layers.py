"""Express the lectures' examples of pooling, coding, initial values, norms and penalties."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

import graphgrad as gg
from tests.lectures.book import SAMPLES, Case, example, run, sample, written


@example("W19")
def pooling(case: Case) -> dict[str, Any]:
    """Run the sample, and the sample with means in place of maxima."""
    largest = sample("max_pooling", A=case["inputs"]["A"])
    text = (SAMPLES / "max_pooling.gg").read_text(encoding="utf-8")
    average = run(text.replace("= max(", "= mean("))
    assert (average.gradients["A"] == 0.25).all()
    return {
        "max": largest.value("P"),
        "mean": average.value("P"),
        "d sum(max)/dA": largest.gradients["A"],
    }


@example("W22")
def one_hot_coding(case: Case) -> dict[str, Any]:
    """Look every word up as a row of the identity, and measure all pairs of them."""
    words = case["inputs"]["V"]
    V = gg.input("V", np.eye(len(words)))
    found: dict[str, Any] = {word: V[row].value for row, word in enumerate(words)}
    distances = {
        np.sqrt(((V[i] - V[j]) ** 2).sum()).value
        for i in range(len(words))
        for j in range(i)
    }  # fmt: skip
    assert len(distances) == 1
    return found | {"pairwise distance": distances.pop()}


@example("W42")
def deviations_of_initial_weights(case: Case) -> dict[str, Any]:
    trace = run("input n = 1\nxavier = 1/sqrt(n)\nhe = sqrt(2/n)", n=case["inputs"]["fan_in"])
    return {"Xavier std": trace.value("xavier"), "He std": trace.value("he")}


@example("W43")
def label_smoothing(case: Case) -> dict[str, Any]:
    k, eps = case["parameters"]["k"], case["parameters"]["eps"]
    y = gg.input("y", case["inputs"]["onehot"])
    smoothed = gg.where(y > 0, 1 - eps, eps / (k - 1))
    return {"smoothed": smoothed.value, "sum": smoothed.sum().value}


@example("W45")
def dropout_at_inference(case: Case) -> dict[str, Any]:
    """Average over both draws of r; the printed rule scales the bias too."""
    trace = run(
        "input w = 1\ninput y = 1\ninput b = 1\ninput p = 0.5\n"
        "q = [1 - p, p]\na = w*[0, 1]*y + b\nE = q @ a\nprinted = p*(w*y + b)\noutput E",
        **case["inputs"],
    )
    assert trace.value("printed") == case["outputs"][0]["printed"]
    return {"E[w r y + b]": trace.value("E")}


@example("W46")
def variance_of_initial_weights(case: Case) -> dict[str, Any]:
    """Compare He's variance with that of the printed uniform distribution on [-a, a]."""
    trace = run("input n = 1\na = sqrt(2/n)\nuniform = a^2/3\nhe = 2/n", n=case["inputs"]["n_e"])
    assert math.isclose(trace.value("uniform"), case["outputs"][0]["printed"], rel_tol=1e-12)
    return {"variance": trace.value("he")}


@example("W47")
def normalization(case: Case) -> dict[str, Any]:
    """Normalize by the deviation of the population and by that of a sample."""
    trace = run(
        f"input x = {written(case['inputs']['x'])}\nd = x - mean(x)\n"
        "population = d/sqrt(mean(d^2))\nsingle = d/sqrt(sum(d^2)/3)"
    )
    x = gg.input("x", case["inputs"]["x"])
    d = x - x.mean()
    by_handles = d / np.sqrt((d**2).mean())
    np.testing.assert_allclose(by_handles.value, trace.value("population"), rtol=1e-14)
    return {
        "population (004)": trace.value("population"),
        "sample (001)": trace.value("single"),
    }


@example("W51")
def penalties(case: Case) -> dict[str, Any]:
    """Run the sample; the second course's penalty has no factor 1/2."""
    trace = sample("penalty", theta=case["inputs"]["theta"])
    theta, lam = gg.param("theta", case["inputs"]["theta"]), case["inputs"]["lam"]
    assert trace.value("lambda") == lam
    l2 = lam / 2 * (theta**2).sum()
    l2.backward()
    assert l2.value == trace.value("l2")
    return {
        "l1 (004)": trace.value("l1"),
        "l1 (001)": (lam * abs(theta).sum()).value,
        "l2": trace.value("l2"),
        "grad l2": theta.grad,
    }
