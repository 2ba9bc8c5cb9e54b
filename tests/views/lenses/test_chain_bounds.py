"""The bound of `inspect gradients` stands for every kind of chain; measured factors keep it."""

from __future__ import annotations

import numpy as np
import pytest

from graphgrad.source.gg import read_gg
from graphgrad.views.lenses.registry import look

HEAD = "input x = {x}\nh[1] = tanh(x)\nfor t = 2:6\n"
CHAINS = {
    "no weights": "h[t] = sigmoid(h[t-1])\n",
    "numbers": "param w[t] = {w}\nh[t] = sigmoid(w[t]*h[t-1])\n",
    "matrices": "param W[t] = {W}\nparam b[t] = {x}\nh[t] = tanh(W[t]@h[t-1] + b[t])\n",
    "shortcuts": "param W[t] = {W}\nh[t] = h[t-1] + tanh(W[t]@h[t-1])\n",
    "minus": "param W[t] = {W}\nh[t] = -relu(h[t-1] - W[t]@h[t-1])\n",
    "copied": "param b[t] = {x}\nh[t] = tanh(h[t-1] + b[t])\n",
}


@pytest.mark.parametrize("draw", range(5))
@pytest.mark.parametrize("kind", CHAINS)
def test_the_measured_factor_keeps_the_bound(kind: str, draw: int) -> None:
    random = np.random.RandomState(draw)
    numbers = {
        "x": str(random.uniform(-1, 1, 2).round(3).tolist()),
        "w": str(round(random.uniform(-2, 2), 3)),
        "W": str(random.uniform(-1, 1, (2, 2)).round(3).tolist()),
    }
    head = HEAD.replace("{x}", "0.5") if kind == "copied" else HEAD
    graph = read_gg((head + CHAINS[kind] + "end\nloss L = sum(h[6]*[1, 2])\n").format(**numbers))
    report = look(graph, "gradients", {})
    assert report.numbers["factor"] <= report.numbers["bound"] * (1 + 1e-12)
    assert "bound" in [verdict.code for verdict in report.verdicts]
    powered = "power_bound" in [verdict.code for verdict in report.verdicts]
    assert powered <= (kind in ("numbers", "matrices"))


def test_a_chain_of_sigmoids_alone_has_the_bound_of_a_power() -> None:
    text = (
        "input x = 0.5\nh[1] = sigmoid(x)\nfor t = 2:8\nh[t] = sigmoid(h[t-1])\nend\nloss L = h[8]"
    )
    report = look(read_gg(text), "gradients", {})
    assert report.numbers["bound"] == 0.25**7  # the loss is the last line
    assert {"vanishing", "power_bound", "bound"} <= {v.code for v in report.verdicts}


def test_where_a_layer_multiplies_data_by_data_there_is_none() -> None:
    text = (
        "input x = 0.5\nparam w = 1\nh = tanh(w*x)\ng = h*sigmoid(h)\nk = tanh(w*g)\nloss L = k^2\n"
    )
    assert "bound" not in look(read_gg(text), "gradients", {}).numbers
