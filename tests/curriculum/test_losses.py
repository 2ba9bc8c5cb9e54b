"""Rows L and K of the curriculum: what a loss gives and its gradient."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.curriculum.runner import (
    accepts,
    call,
    data,
    file,
    gradchecked,
    gradients,
    shown,
    value,
)

XOR = "data x: 2, y\n[0, 0] 0\n[0, 1] 1\n[1, 0] 1\n[1, 1] 0\n"


def test_L01_the_squared_error_of_one_output() -> None:
    words = ("-e", "loss L = squared_error(yhat, y)", "--set", "yhat=7", "--set", "y=9")
    assert value("L", *words) == 4.0
    assert gradients(*words)["yhat"] == -4.0


def test_L02_the_squared_error_with_one_half() -> None:
    words = ("-e", "loss q = squared_error(s, t, half=true)", "--set", "s=7", "--set", "t=9")
    assert value("q", *words) == 2.0
    assert gradients(*words)["s"] == -2.0
    both = ("-e", "input s = [7, 1]; input t = [9, 4]; loss q = squared_error(s, t, half=true)")
    assert value("q", *both) == 6.5
    assert gradients(*both)["s"] == [-2.0, -3.0]


def test_L03_the_gradient_of_the_mean_is_the_mean_of_the_gradients(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        f"{XOR}param w = [0.1, 0.2]\nparam b = 0.3\nyhat = w @ x + b\nloss L = mse(yhat, y)",
    )
    rows = [gradients(net, "--row", str(k)) for k in (1, 2, 3, 4)]
    told = data("run", net)
    mean = [sum(row["w"][i] for row in rows) / 4 for i in (0, 1)]
    assert told["gradients"]["w"] == pytest.approx(mean, abs=1e-15)
    assert told["gradients"]["b"] == pytest.approx(sum(row["b"] for row in rows) / 4)


def test_L04_cross_entropy_of_a_softmax() -> None:
    net = "input z = [1, 2, 3]; const t = [0, 0, 1]; p = softmax(z); loss L = cross_entropy(p, t)"
    assert value("L", "-e", net) == pytest.approx(0.407606, abs=5e-7)
    assert gradients("-e", net)["z"] == pytest.approx([0.0900, 0.2447, -0.3348], abs=5e-5)


def test_L05_binary_cross_entropy_up_to_the_ends(tmp_path: Path) -> None:
    for y, yhat, expected in ((0, 0.601088, 0.919014), (1, 0.620150, 0.477794)):
        words = ("-e", "loss L = bce(p, y)", "--set", f"p={yhat}", "--set", f"y={y}")
        assert value("L", *words) == pytest.approx(expected, abs=5e-7)
    for z, y in ((1000, 1), (-1000, 0), (1000, 0), (-1000, 1)):
        words = ("-e", "loss L = bce_with_logits(z, y)", "--set", f"z={z}", "--set", f"y={y}")
        assert value("L", *words) == (0.0 if (z > 0) == bool(y) else 1000.0)
        assert gradients(*words)["z"] == ((z > 0) - y)
    assert accepts(
        tmp_path,
        "input z = 0.3\ninput y = 1\nloss L = bce_with_logits(z, y)",
        "dL/dz = sigmoid(z) - y",
    )


def test_L06_cross_entropy_binds_roles_not_letters(tmp_path: Path) -> None:
    net = "input p = [0.25, 0.75]\nconst q = [0, 1]\nloss L = cross_entropy(p, q)"
    swapped = "input q = [0.25, 0.75]\nconst p = [0, 1]\nloss L = cross_entropy(q, p)"
    assert value("L", file(tmp_path, net)) == pytest.approx(0.287682, abs=5e-7)
    assert value("L", file(tmp_path, swapped)) == value("L", file(tmp_path, net))
    right = "L = -(q[1]*log(p[1]) + q[2]*log(p[2]))\ndL/dp = -q/p"
    turned = right.translate(str.maketrans("pq", "qp"))
    assert accepts(tmp_path, net, right)
    assert accepts(tmp_path, swapped, turned)
    assert not accepts(tmp_path, net, turned), "the estimate and the truth change places"
    assert not accepts(tmp_path, swapped, right)


def test_L07_the_penalty_of_absolute_values() -> None:
    net = "param w = [3, -4]; loss P = l1(w, rate=0.1, half=true)"
    assert value("P", "-e", net) == pytest.approx(0.35)
    assert gradients("-e", net)["w"] == pytest.approx([0.05, -0.05])
    told = shown("run", "-e", "param w = [3, 0]; loss P = l1(w, rate=0.1, half=true)")
    assert "entry [2]: the argument is 0, where no derivative exists" in " ".join(told.split())
    assert gradients("-e", "param w = [3, 0]; loss P = l1(w, rate=0.1)")["w"][1] == 0.0


def test_L08_the_penalty_of_squares() -> None:
    net = "param w = [3, -4]; loss P = l2(w, rate=0.1)"
    assert value("P", "-e", net) == pytest.approx(1.25)
    assert gradients("-e", net)["w"] == pytest.approx([0.3, -0.4])


def test_L09_a_target_of_minus_one_is_no_probability() -> None:
    net = "input p = [0.3, 0.7]; const t = [-1, 1]; loss L = cross_entropy(p, t)"
    refused = call("run", "-e", net)
    assert refused.exit_code == 1
    assert "-1" in refused.output
    spanish = call("run", "-e", net, lang="es")
    assert spanish.exit_code == 1
    assert spanish.output != refused.output
    assert value("L", "-e", net.replace("cross_entropy", "mse")) == pytest.approx((1.69 + 0.09) / 2)


def test_L10_an_auxiliary_loss_adds_its_share_to_the_trunk() -> None:
    trunk = "input x = 0.7; param w = 1.3; h = tanh(w*x); a = (h - 1)^2; b = (2*h + 1)^2; "
    whole = trunk + "loss L = multi_task(a, b, weights=[1, 0.3])"
    assert gradchecked("-e", whole)
    parts = [gradients("-e", f"{trunk}loss L = {name}")["w"] for name in ("a", "b")]
    assert gradients("-e", whole)["w"] == pytest.approx(parts[0] + 0.3 * parts[1])


def test_L11_training_on_xor_goes_down_at_a_small_rate(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        f"{XOR}layer h = dense(2, act=tanh, draw=3)\nlayer o = dense(1)\n"
        "a = h(x)\nyhat = o(a)\nloss L = mse(yhat, y)",
    )
    steps = data("train", net, "--rate", "0.05", "--steps", "30")["steps"]
    losses = [step["loss"] for step in steps]
    assert all(after < before for before, after in pairwise(losses))


def test_K04_the_gradient_of_the_empirical_risk_is_a_mean(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "data all x: 2, y\n[0, 0] 0\n[0, 1] 1\n[1, 0] 1\n[1, 1] 0\n"
        "param w = [0.1, 0.2]\nparam b = 0.3\nyhat = x @ w + b\n"
        "loss R = mse(yhat, y)",
    )
    by_rows = file(
        tmp_path,
        f"{XOR}param w = [0.1, 0.2]\nparam b = 0.3\nyhat = w @ x + b\nloss R = mse(yhat, y)",
        "rows.gg",
    )
    whole, mean = gradients(net), data("run", by_rows)["gradients"]
    assert whole["w"] == pytest.approx(mean["w"])
    assert whole["b"] == pytest.approx(mean["b"])


def test_K06_the_gradient_of_the_risk_is_linear_on_xor(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        f"{XOR}param W: 2x2 = [0.5, -1; 0.3, 0.8]\nparam v = [1, -0.5]\n"
        "h = tanh(W @ x)\nloss J = squared_error(v @ h, y)",
    )
    risk = data("run", net)["gradients"]
    rows = [gradients(net, "--row", str(k)) for k in (1, 2, 3, 4)]
    for i in (0, 1):
        assert risk["v"][i] == pytest.approx(sum(row["v"][i] for row in rows) / 4, abs=1e-15)
        for j in (0, 1):
            mean = sum(row["W"][i][j] for row in rows) / 4
            assert risk["W"][i][j] == pytest.approx(mean, abs=1e-15)
    assert any(abs(row["v"][0]) > 0.1 for row in rows), "there is something to add up"
    found = data("inspect", net, "batches", "size=1")
    assert found["numbers"]["difference"] <= 1e-15
    assert found["verdicts"][0]["code"] == "same"


def test_K01_a_loss_leads_to_its_word_in_the_glossary() -> None:
    told = shown(
        "inspect",
        "-e",
        "loss L = (w*x - y)^2",
        "--set",
        "w=1",
        "--set",
        "x=2",
        "--set",
        "y=3",
        "glossary",
    )
    assert "loss" in told
    assert "cost" in told or "risk" in told
