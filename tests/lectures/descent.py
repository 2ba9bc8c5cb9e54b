"""Express the lectures' runs of gradient descent, its variants and its schedules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import graphgrad as gg
from tests.lectures.book import Case, example, newton, run


def descend(loss: gg.Handle, leaf: gg.Handle, start: float, eta: float, steps: int) -> float:
    """Return where plain descent ends; the loss is built once and follows its leaf."""
    leaf.value = start
    for _ in range(steps):
        loss.backward()
        leaf.value = leaf.value - eta * leaf.grad
    return leaf.value


def square(theta: gg.Handle) -> Iterator[float]:
    """Yield the gradient of theta^2 at its present values, of a loss rebuilt every time."""
    while True:
        (theta**2).backward()
        yield theta.grad


@example("W10")
def descent_on_a_parabola(case: Case) -> dict[str, Any]:
    x = gg.param("x", 0)
    L = x**2
    L.backward()
    assert (L.value, x.grad) == (0, 0)
    ends = [descend(L, x, case["inputs"]["x0"], eta, 20) for eta in case["inputs"]["eta"]]
    names = [output["name"] for output in case["outputs"]]
    return dict(zip(names, [0.0, *ends], strict=True))


@example("W11")
def descent_on_a_quartic(case: Case) -> dict[str, Any]:
    """Find the stationary points by Newton's method on the gradient, the limits by descent."""
    graph = gg.parse("param x = 0\nf = x^4 - 2*x^2 + x - 1")
    points = []
    for start in (-1.0, 0.3, 0.8):
        point = {"x": start}
        for _ in range(8):
            point = newton(graph, point)
        points.append(float(point["x"]))
    signs = [np.sign(gg.hessian(graph, {"x": x})["x", "x"]) for x in points]
    assert signs == [1, -1, 1]  # minimum, maximum, minimum
    x = gg.param("x", 0)
    L = x**4 - 2 * x**2 + x - 1
    eta, steps = case["inputs"]["eta"], case["inputs"]["steps"]
    local, best = (descend(L, x, start, eta, steps) for start in case["inputs"]["x0"])
    return {
        "stationary points": points,
        "f at them": [gg.trace(graph, {"x": x}).value("f") for x in points],
        "limit from x0=0.3 (local minimum)": local,
        "limit from x0=0 (global minimum)": best,
    }


@example("W24")
def updates_of_an_epoch(case: Case) -> dict[str, Any]:
    """Count the updates while the blocks last; their mean gradient is that of the whole batch."""
    count, blocks = case["inputs"]["N"], case["inputs"]["B"]
    xs = np.linspace(-1, 1, count)
    ys = 3 * xs + 1
    w, b = gg.param("w", 0), gg.param("b", 0)
    ((w * xs + b - ys) ** 2).mean().backward()
    whole = np.array([w.grad, b.grad])
    gradients = []
    for x, y in zip(np.split(xs, blocks), np.split(ys, blocks), strict=True):
        ((w * x + b - y) ** 2).mean().backward()
        gradients.append([w.grad, b.grad])
    np.testing.assert_allclose(np.mean(gradients, axis=0), whole, rtol=1e-12)
    return {"updates": len(gradients)}


@example("W37")
def linear_schedule(case: Case) -> dict[str, Any]:
    values = case["parameters"]
    text = (
        "input k = 0\nconst eta0 = {eta0}\nconst eps = {eps_tau}\nconst tau = {tau}\n"
        "eta = (1 - k/tau)*eta0 + k*eps/tau"
    ).format(**values)
    return {"eta_k": [run(text, k=k).value("eta") for k in case["inputs"]["k"]]}


@example("W38")
def first_moment_of_adam(case: Case) -> dict[str, Any]:
    """Unroll the hatted correction as a graph, and the printed one, which corrects in place."""
    rho, steps = case["inputs"]["rho1"], case["inputs"]["steps"]
    lines = [f"input g = {case['inputs']['g']}", "const s0 = 0", "const p0 = 0"]
    for k in range(1, steps + 1):
        lines.append(f"s{k} = {rho}*s{k - 1} + (1 - {rho})*g")
        lines.append(f"hat{k} = s{k}/(1 - {rho}^{k})")
        lines.append(f"p{k} = ({rho}*p{k - 1} + (1 - {rho})*g)/(1 - {rho}^{k})")
    trace = run("\n".join(lines))
    in_place = [trace.value(f"p{k}") for k in range(1, steps + 1)]
    np.testing.assert_allclose(in_place, case["outputs"][0]["printed"], rtol=1e-12)
    return {"corrected s": [trace.value(f"hat{k}") for k in range(1, steps + 1)]}


@example("W44")
def moving_average(case: Case) -> dict[str, Any]:
    """Unroll e_(t+1) = beta e_t + (1-beta) s_t, as printed and with the usual index of s."""
    s, beta = case["inputs"]["s"], case["parameters"]["beta"]
    text = "".join(f"input s{t} = {value}\n" for t, value in enumerate(s, 1)) + "e1 = s1\nu1 = s1\n"
    for t in range(1, len(s)):
        text += f"e{t + 1} = {beta}*e{t} + (1 - {beta})*s{t}\n"
        text += f"u{t + 1} = {beta}*u{t} + (1 - {beta})*s{t + 1}\n"
    trace = run(text)
    times = range(1, len(s) + 1)
    return {
        "e": [trace.value(f"e{t}") for t in times],
        "usual indexing": [trace.value(f"u{t}") for t in times],
    }


@example("W48")
def momentum(case: Case) -> dict[str, Any]:
    """Run momentum by handles; Nesterov takes the gradient at theta + mu*m."""
    start, mu, alpha = (case["inputs"][name] for name in ("theta0", "mu", "alpha"))
    theta, m = gg.param("theta", start), 0.0
    plain = []
    for _, g in zip(range(3), square(theta), strict=False):
        m = mu * m - alpha * g
        theta.value = theta.value + m
        plain.append(theta.value)
    theta, ahead = gg.param("theta", start), gg.input("m", 0)
    loss = (theta + mu * ahead) ** 2
    nesterov = []
    for _ in range(3):
        loss.backward()
        ahead.value = mu * ahead.value - alpha * theta.grad
        theta.value = theta.value + ahead.value
        nesterov.append(theta.value)
    return {"momentum": plain, "Nesterov": nesterov}


@example("W49")
def adaptive_rates(case: Case) -> dict[str, Any]:
    """Run Adam, RMSProp and AdaGrad by handles, as the lectures print them."""
    chosen = case["inputs"]
    alpha, beta, eps = chosen["alpha"], chosen["beta"], chosen["eps"]
    beta1, beta2, delta = chosen["beta1"], chosen["beta2"], chosen["delta_adagrad"]
    found: dict[str, list[float]] = {"Adam": [], "RMSProp (eps inside root)": [], "AdaGrad": []}
    for name, path in found.items():
        theta, m, v = gg.param("theta", chosen["theta0"]), 0.0, 0.0
        for t, g in zip((1, 2, 3), square(theta), strict=False):
            if name == "Adam":
                m = beta1 * m + (1 - beta1) * g
                v = beta2 * v + (1 - beta2) * g**2
                step = alpha * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
            elif name == "AdaGrad":
                v += g**2
                step = alpha / (delta + np.sqrt(v)) * g
            else:
                v = beta * v + (1 - beta) * g**2
                step = alpha / np.sqrt(v + eps) * g
            theta.value = theta.value - float(step)
            path.append(theta.value)
    return found


@example("W50")
def clipping(case: Case) -> dict[str, Any]:
    trace = run(
        f"input g = {case['inputs']['g']}\ninput eta = {case['inputs']['eta']}\n"
        "norm = sqrt(sum(g^2))\nby_norm = where(norm > eta, eta*g/norm, g)\n"
        "by_value = min(max(g, -eta), eta)"
    )
    return {
        "by norm (004)": trace.value("by_norm"),
        "by value in [-1,1] (001)": trace.value("by_value"),
    }
