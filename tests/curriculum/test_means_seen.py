"""Rows K, R, S of the curriculum: expectations, mini-batches, masks, series, convexity."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.curriculum.runner import data, file, numbers, sample, verdicts


def test_K02_the_exact_expectation_is_the_weighted_sum() -> None:
    words = ("-e", "J = (x - 1)^2", "expectation", "values=0,1,2,3")
    assert numbers(*words)["mean"] == pytest.approx((1 + 0 + 1 + 4) / 4)
    weighted = numbers(*words, "weights=1,1,1,5")["mean"]
    assert weighted == pytest.approx((1 + 0 + 1 + 20) / 8)


def test_K03_sample_means_approach_the_expectation() -> None:
    found = numbers("-e", "y = x^2", "expectation", "low=0", "high=1", "samples=10000")
    assert found["exact"] == pytest.approx(1 / 3, abs=1e-12)
    assert found["mean"] == pytest.approx(1 / 3, abs=3 * 0.3 / 100)
    again = numbers("-e", "y = x^2", "expectation", "low=0", "high=1", "samples=10000")
    assert again == found


def test_K07_the_mean_of_all_pairs_is_the_full_gradient() -> None:
    found = data("inspect", sample("xor_sigmoid_data"), "batches", "size=2")
    assert found["numbers"]["batches"] == 6
    assert found["numbers"]["difference"] <= 1e-15
    assert [verdict["code"] for verdict in found["verdicts"]] == ["same", "noise"]
    assert found["numbers"]["noise"] > 0


def test_K10_three_labels_at_one_point_give_two_thirds(tmp_path: Path) -> None:
    net = file(tmp_path, "data y\n1\n1\n0\nparam p = 0.5\nloss L = (p - y)^2")
    found = numbers(net, "critical")
    assert found["points"] == 1
    assert found["1.p"] == pytest.approx(2 / 3)
    assert "here" in verdicts(net, "critical", "--set", "p=2/3")


def test_K11_the_quartic_is_convex_outside_its_inflection_points() -> None:
    found = data("inspect", "-e", "f = x^4 - 2*x^2 + x - 1", "critical")
    parts = found["tables"]["curvature"]
    assert [part["kind"] for part in parts] == ["convex", "concave", "convex"]
    assert parts[0]["to"] == pytest.approx(-1 / math.sqrt(3), abs=1e-9)
    assert parts[1]["to"] == pytest.approx(1 / math.sqrt(3), abs=1e-9)


_UNIT = "input y = 1\nparam w = 2\nparam b = 3\nconst r = 1\nz = w*(r*y) + b"


def test_R05_the_expectation_over_masks_and_the_scaled_weight(tmp_path: Path) -> None:
    found = numbers(file(tmp_path, _UNIT), "masks", "mask=r", "keep=0.5")
    assert found["mean"] == found["scaled"] == 4.0


_THREE = """\
input x = [1, 2, 3]
param w = [0.5, -1, 2]
param b = 1
const r = [1, 1, 1]
z = {f}(dot(w, r*x) + b)
"""


def test_R06_inverted_dropout_keeps_the_pre_activation(tmp_path: Path) -> None:
    net = file(tmp_path, _THREE.format(f=""))
    found = numbers(net, "masks", "keep=0.25", "inverted=yes")
    undropped = 0.5 * 1 - 1 * 2 + 2 * 3 + 1
    assert found["mean"] == pytest.approx(undropped, abs=1e-12)
    assert found["scaled"] == pytest.approx(undropped)


def test_R07_eight_masks_of_three_units(tmp_path: Path) -> None:
    linear = data("inspect", file(tmp_path, _THREE.format(f="")), "masks")
    assert linear["numbers"]["masks"] == len(linear["tables"]["masks"]) == 8
    assert verdicts(file(tmp_path, _THREE.format(f="")), "masks") == ["same"]
    bent = file(tmp_path, _THREE.format(f="sigmoid"), "bent.gg")
    assert verdicts(bent, "masks") == ["differs"]


def test_R07_the_masks_of_a_dropout_layer_are_found(tmp_path: Path) -> None:
    net = "gg 1\ninput x = [1, 2, 3]\nh = dropout(x, keep=0.5)\nparam w = [0.5, -1, 2]\n"
    found = numbers(file(tmp_path, net + "z = dot(w, h)"), "masks", "keep=0.5")
    assert found["masks"] == 8


@pytest.mark.parametrize(
    ("rate", "holds"),
    [("1/k", True), ("1/k^2", False), ("0.1 + 0*k", False), ("1/sqrt(k)", False)],
)
def test_S02_robbins_monro(rate: str, holds: bool) -> None:
    found = numbers("-e", f"eta = {rate}", "series")
    assert found["holds"] is holds
    if rate == "1/k":
        assert found["sum_of_squares"] == pytest.approx(math.pi**2 / 6)
