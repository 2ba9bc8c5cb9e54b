"""Rows N, C, D of the curriculum: counts, boundaries, grids, descent."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

import graphgrad as gg
from tests.curriculum.runner import data, file, numbers, sample, shown, verdicts


def test_N04_the_decision_line_and_the_sides_of_it(tmp_path: Path) -> None:
    net = "data x1 x2\n 0 6\n 6 8\nparam w = [-1.15, -0.21]\nparam b = 4.1\n"
    net = file(tmp_path, net + "yhat = sigmoid(w @ [x1, x2] + b)")
    found = data("inspect", net, "boundary")
    assert [row["side"] for row in found["tables"]["samples"]] == ["+", "-"]
    line = found["numbers"]
    assert (line["line.1"], line["line.2"], line["line.0"]) == pytest.approx((-1.15, -0.21, 4.1))
    assert "−1.15·x1 − 0.21·x2 + 4.1 = 0" in shown("inspect", net, "boundary")
    x2 = 4.1 / 0.21
    on = gg.trace(gg.load(net), {"x1": 0.0, "x2": x2}).value("yhat")
    assert on == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize("widths", [(5,), (7, 3), (4, 4, 2)])
def test_N10_the_count_of_parameters_is_that_of_the_formula(
    widths: tuple[int, ...], tmp_path: Path
) -> None:
    net = f"gg 1\ninput x: 6 = ones()\ny = mlp(x, [{', '.join(map(str, widths))}])\n"
    net += "loss L = sum(y^2)"
    before = (6, *widths[:-1])
    expected = sum((n + 1) * m for n, m in zip(before, widths, strict=True))
    assert numbers(file(tmp_path, net), "layers")["parameters"] == expected


def test_N15_depth_and_widths_are_reported(tmp_path: Path) -> None:
    net = "gg 1\ninput x = [1, 2]\nh = dense(x, 16, act=tanh)\ng = dense(h, 8, act=relu)\n"
    net = file(tmp_path, net + "y = dense(g, 1)\nloss L = sum(y^2)")
    found = data("inspect", net, "layers")
    assert found["numbers"]["depth"] == 3
    assert "depth=3, widths=16, 8, 1" in found["tables"]["hyperparameters"][-1]["settings"]
    assert [row["what"] for row in found["tables"]["layers"][:2]] == ["dense tanh", "dense relu"]


def test_N16_hyperparameters_stand_apart_from_parameters(tmp_path: Path) -> None:
    net = "gg 1\ninput x = [1, 2]\nh = dense(x, 3, act=tanh)\nloss L = sum(h^2)"
    found = data("inspect", file(tmp_path, net), "layers")
    assert found["tables"]["layers"][0]["parameters"] == "h.W 3×2, h.b 3"
    hyper = found["tables"]["hyperparameters"][0]["settings"]
    assert "units=3" in hyper
    assert "act=tanh" in hyper
    assert "h.W" not in hyper


def test_N26_the_gradient_of_a_classifier_head_is_explained(tmp_path: Path) -> None:
    net = file(tmp_path, "input x = 2\nparam w = [1, 2, 3]\ns = w*x\nc = sum(argmax_mask(s))")
    assert "No gradient passes through argmax_mask(s)" in shown("explain", net, "w")
    assert verdicts(net, "blocked") == ["blocked", "cut"]


def test_N27_a_heat_map_in_text_and_svg(tmp_path: Path) -> None:
    net = sample("xor_sigmoid_data")
    said = shown("inspect", net, "boundary")
    assert "░" in said
    assert "█" in said
    picture = tmp_path / "xor.svg"
    shown("inspect", net, "boundary", "-o", str(picture))
    shades = re.findall(r'<path d="M[^"]+Z" fill="(#\w+)"', picture.read_text("utf-8"))
    assert len(shades) > 1000
    assert len(set(shades)) > 20


@pytest.mark.parametrize("units", [4, 8, 16])
def test_N28_the_error_of_a_relu_net_for_a_square(units: int, tmp_path: Path) -> None:
    slopes = [1 / units] + [2 / units] * (units - 1)
    net = f"input x = 0.3\nparam v = {slopes}\n"
    net += f"const c = {[-k / units for k in range(units)]}\nh = relu(x + c)\nyhat = dot(v, h)"
    words = ("grid", "target=x^2", "low=0", "high=1", "points=129")
    largest = numbers(file(tmp_path, net), *words)["largest"]
    assert largest == pytest.approx(1 / (4 * units**2), rel=1e-12)


_LINE = "data x1 x2 y\n 0 0 0\n 0 1 1\n 1 0 1\n 1 1 0\nparam w1 = 0\nparam w2 = 0\n"


def test_N30_least_squares_on_xor_and_the_copy_without_a_square(tmp_path: Path) -> None:
    good = file(tmp_path, _LINE + "loss R = (y - (w1*x1 + w2*x2))^2")
    found = data("inspect", good, "critical")
    [point] = found["tables"]["points"]
    assert point["kind"] == "minimum"
    assert found["numbers"]["1.w1"] == pytest.approx(1 / 3)
    assert found["numbers"]["1.w2"] == pytest.approx(1 / 3)
    bad = file(tmp_path, _LINE + "loss R = y - (w1*x1 + w2*x2)", "bad.gg")
    assert verdicts(bad, "critical") == ["unbounded"]


def test_N36_lenet_has_61706_parameters(tmp_path: Path) -> None:
    net = """gg 1
input image: 1x32x32 = zeros()
c1 = conv2d(image, 6, size=5, act=tanh)
s2 = avg_pool2d(c1, size=2)
c3 = conv2d(s2, 16, size=5, act=tanh)
s4 = avg_pool2d(c3, size=2)
f = flatten(s4)
c5 = dense(f, 120, act=tanh)
f6 = dense(c5, 84, act=tanh)
z = dense(f6, 10)
loss L = sum(z^2)
"""
    assert numbers(file(tmp_path, net), "layers")["parameters"] == 61706


def test_C06_fully_connected_against_convolutional_counts(tmp_path: Path) -> None:
    dense = "gg 1\ninput x: 784 = zeros()\nh = dense(x, 100)\nloss L = sum(h^2)"
    conv = "gg 1\ninput x: 28x28 = zeros()\nh = conv2d(x, 1, size=3)\nloss L = sum(h^2)"
    assert numbers(file(tmp_path, dense), "layers")["parameters"] == 78_500
    assert numbers(file(tmp_path, conv, "conv.gg"), "layers")["parameters"] == 10


def test_D03_the_rates_and_the_threshold() -> None:
    words = ("-e", "f = x^2", "--set", "x=1", "descent", "rate=0.1,0.5,1,1.1", "steps=20")
    found = numbers(*words)
    assert found["0.1.point"] == pytest.approx(0.011529, abs=1e-6)
    assert found["0.5.point"] == 0
    assert (found["1.kind"], found["1.1.kind"]) == ("oscillates", "diverges")
    assert abs(found["1.1.point"]) == pytest.approx(38.3376)
    assert found["threshold"] == pytest.approx(1)
    said = shown("inspect", *words)
    assert "settles for η < 1, goes back and forth at η = 1" in " ".join(said.split())
    for rate, end in (("1", "goes back and forth without"), ("1.1", "runs away, from 1 to 1469")):
        line = ("train", "-e", "param x = 1; f = x^2", "--rate", rate, "--steps", "20")
        told = " ".join(shown(*line).split())
        assert "descent settles for η < 1" in told
        assert f"η = {rate}: {end}" in told
        assert "η < 1," in " ".join(shown(*line, lang="es").split())
    fine = shown("train", "-e", "param x = 1; f = x^2", "--rate", "0.1", "--steps", "20")
    assert "η" not in fine


def test_D05_a_trajectory_in_two_variables_with_its_length_and_picture(tmp_path: Path) -> None:
    words = ("-e", "f = w1^2 + 4*w2^2", "--set", "w1=1", "--set", "w2=1", "descent", "rate=0.1")
    found = data("inspect", *words)
    way = found["tables"]["way"]
    assert [(row["p1"], row["p2"]) for row in way[:3]] == [
        pytest.approx((1, 1)), pytest.approx((0.8, 0.2)), pytest.approx((0.64, 0.04)),
    ]  # fmt: skip
    steps = [((a["p1"] - b["p1"]) ** 2 + (a["p2"] - b["p2"]) ** 2) ** 0.5
             for a, b in pairwise(way)]  # fmt: skip
    assert found["numbers"]["length"] == pytest.approx(sum(steps))
    picture = tmp_path / "way.svg"
    shown("inspect", *words, "-o", str(picture))
    drawn = picture.read_text("utf-8")
    assert drawn.count('class="level"') == 5
    assert 'class="series"' in drawn


def test_D11_three_variants_side_by_side() -> None:
    rows = data("sweep", sample("xor_sigmoid_data"), "mode=batch,mini_batch,stochastic",
                "epochs=30", "rate=1", "--show", "train.per_epoch", "--show", "train.updates",
                "--show", "train.loss")["rows"]  # fmt: skip
    assert [row["train.per_epoch"] for row in rows] == [1, 1, 4]
    assert [row["train.updates"] for row in rows] == [30, 30, 120]
    assert rows[0]["train.loss"] != rows[2]["train.loss"]
