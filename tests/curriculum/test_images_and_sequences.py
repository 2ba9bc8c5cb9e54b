"""Rows C of the curriculum: convolution, pooling, recurrence, gates, words."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.curriculum.runner import call, data, drawn, file, gradchecked, gradients, nodes, value

IMAGE = "input X = [1, 2, 3; 4, 5, 6; 7, 8, 9]; param K = [1, 0; 0, -1]; "
BLOCKS = "input X = [1, 3, 2, 2; 4, 3, 1, 3; 6, 4, 1, 5; 8, 6, 4, 7]; "
UNROLLED = (
    "input x = [1, -1]\nparam WY = 0.5\nparam WX = 1\nconst y[0] = 0\n"
    "for n = 1:2\n  y[n] = tanh(WY*y[n-1] + WX*x[n])\nend\n"
)


def test_C01_convolution_with_stride_and_padding() -> None:
    plain = IMAGE + "Y = convolve(X, K); loss S = sum(Y)"
    assert value("Y", "-e", plain) == [[-4.0, -4.0], [-4.0, -4.0]]
    assert gradients("-e", plain)["K"] == [[12.0, 16.0], [24.0, 28.0]]
    wide = IMAGE + "Y = convolve(X, K, stride=2, padding=1); loss S = sum(Y)"
    assert nodes("-e", wide)["Y"]["shape"] == [2, 2]
    assert gradchecked("-e", wide)


def test_C02_one_kernel_collects_a_contribution_per_window(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input X = [1, 2, 3; 4, 5, 6; 7, 8, 9]\nparam K = [1, 0; 0, -1]\n"
        "Y = convolve(X, K)\nloss S = sum(Y)",
    )
    unfolded = nodes(net, "--entries", "scalar")
    uses = sum("K[1,1]" in node["inputs"] for node in unfolded.values())
    assert uses == 4
    assert gradients(net, "--entries", "scalar")["K[1,1]"] == 12.0


def test_C03_max_pooling() -> None:
    net = BLOCKS + "Y = max_pool2d(X, 2); loss S = sum(Y)"
    assert value("Y", "-e", net) == [[4.0, 3.0], [8.0, 7.0]]
    grad = gradients("-e", net)["X"]
    assert [(i, j) for i in range(4) for j in range(4) if grad[i][j] == 1] == [
        (1, 0),
        (1, 3),
        (3, 0),
        (3, 3),
    ]
    assert sum(map(sum, grad)) == 4.0


def test_C04_average_pooling() -> None:
    net = BLOCKS + "Y = avg_pool2d(X, 2); loss S = sum(Y)"
    assert value("Y", "-e", net) == [[2.75, 2.0], [6.0, 4.25]]
    assert gradients("-e", net)["X"] == [[0.25] * 4] * 4


def test_C05_a_small_convolutional_net(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input X = [1, 3, 2, 2; 4, 3, 1, 3; 6, 4, 1, 5; 8, 6, 4, 7]\n"
        "input t = 1\nh = conv2d(X, 1, 2, act=relu)\np = max_pool2d(h, 2, stride=1)\n"
        "f = flatten(p)\nz = dense(f, 3)\nloss L = cross_entropy_with_logits(z, t)",
    )
    assert gradchecked(net)
    out = tmp_path / "net.svg"
    assert call("render", net, "-o", str(out), "--detail", "layer").exit_code == 0
    assert b"<svg" in out.read_bytes()[:300]


def test_C07_a_1x1_convolution_is_a_product_over_channels(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input X: 2x2x2 = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]\n"
        "layer mix = conv2d(3, 1, bias=false)\nY = mix(X)\n"
        "M = reshape(mix.W, shape=3x2)\nP = reshape(M @ reshape(X, shape=2x4), shape=3x2x2)\n"
        "D = sum((Y - P)^2)\nloss L = sum(Y^2)",
    )
    assert value("D", net) == pytest.approx(0, abs=1e-24)
    assert gradchecked(net)


def test_C08_a_shared_map_sums_its_gradient_over_time() -> None:
    net = "param W = 0.7; input x = [1, 2, -1]; loss S = sum(n=1:3, tanh(W*x[n]))"
    expected = sum(x * (1 - math.tanh(0.7 * x) ** 2) for x in (1, 2, -1))
    assert gradients("-e", net)["W"] == pytest.approx(expected, abs=1e-14)


def test_C09_a_recurrent_network(tmp_path: Path) -> None:
    found = nodes(file(tmp_path, UNROLLED))
    assert found["y[1]"]["value"] == pytest.approx(0.761594, abs=5e-7)
    assert found["y[2]"]["value"] == pytest.approx(-0.550573, abs=5e-7)


def test_C10_backpropagation_through_time(tmp_path: Path) -> None:
    net = file(tmp_path, UNROLLED)
    found = gradients(net)
    assert found["WY"] == pytest.approx(0.530732, abs=5e-7)
    assert found["WX"] == pytest.approx(-0.550536, abs=5e-7)
    assert nodes(net)["y[2]"]["value"] == pytest.approx(-0.550573, abs=5e-7)
    for drawing in (drawn(tmp_path, net), drawn(tmp_path, net, "--detail", "op")):
        assert [n for n, role in drawing.roles.items() if role == "parameter"] == ["WY", "WX"]
    unrolled = drawn(tmp_path, net)
    assert unrolled.out_of("WY") == unrolled.out_of("WX") == ["y[1]", "y[2]"], "a box per step"
    assert "y[1]" in unrolled.into("y[2]")


def test_C11_four_kinds_from_the_same_cell(tmp_path: Path) -> None:
    head = "input x: 3x2 = [1, 0; 0, 1; 1, 1]\nlayer cell = elman(2)\nlayer out = dense(1)\n"
    loop = "const h[0] = [0, 0]\nfor t = 1:3\n  h[t] = cell(x[t], h[t-1])\nend\n"
    kinds = {
        "one to one": head + "const h[0] = [0, 0]\nh[1] = cell(x[1], h[0])\ny = out(h[1])\n",
        "one to many": head + "const z = [0, 0]\nh[1] = cell(x[1], z)\nfor t = 2:3\n"
        "  h[t] = cell(z, h[t-1])\nend\ny = stack(out(h[1]), out(h[3]))\n",
        "many to one": head + loop + "y = out(h[3])\n",
        "many to many": head + loop + "for t = 1:3\n  o[t] = out(h[t])\nend\ny = stack(o)\n",
    }
    wanted = {  # inputs that are read, uses of the cell, uses of the output layer
        "one to one": (1, 1, 1), "one to many": (1, 3, 2),
        "many to one": (3, 3, 1), "many to many": (3, 3, 3),
    }  # fmt: skip
    arrows = {}
    for name, net in kinds.items():
        path = file(tmp_path, f"{net}loss L = sum(y^2)", f"{name}.gg")
        result = call("run", path)
        assert result.exit_code == 0, (name, result.output)
        assert gradchecked(path), name
        seen = drawn(tmp_path, path)
        parameters = sorted(n for n, role in seen.roles.items() if role == "parameter")
        assert len(parameters) == len(set(parameters)) == 5, "the same cell, drawn once"
        uses = tuple(len(seen.out_of(n)) for n in ("x", "cell.W", "out.W"))
        assert uses == wanted[name], name
        arrows[name] = tuple(seen.arrows)
    assert len(set(arrows.values())) == 4, "four drawings"


def test_C12_the_gates_of_an_lstm(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x = [1, 2, 3]\nlayer cell = lstm(2)\nconst h = [0, 0]\n"
        "const c = [0.5, -0.5]\nh1, c1 = cell(x, h, c)\nloss L = sum(h1^2)",
    )
    assert data("inspect", net, "layers")["numbers"]["parameters"] == 48
    assert gradchecked(net)
    kept = file(
        tmp_path,
        "input x = [1, 2, 3]\nlayer cell = lstm(2)\nconst h = [0, 0]\n"
        "const c = [0.5, -0.5]\nh1, c1 = cell(x, h, c)\nloss L = sum(c1)",
        "kept.gg",
    )
    bias = nodes(kept)["cell.b"]["value"]
    saturated = [-1000] * 2 + [1000] * 2 + [0] * 4  # input gate shut, forget gate open
    assert len(bias) == len(saturated)
    assert value("c1", kept, "--set", f"cell.b={saturated}") == pytest.approx([0.5, -0.5])


def test_C13_the_gates_of_a_gru(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x = [1, 2, 3]\nlayer cell = gru(2)\ninput h = [0.5, -0.5]\n"
        "h1 = cell(x, h)\nloss L = sum(h1)",
    )
    assert gradchecked(net)
    assert data("inspect", net, "layers")["numbers"]["parameters"] == 36
    kept = net.removesuffix("net.gg") + "net.gg"
    shut = [0] * 2 + [1000] * 2 + [0] * 2  # reset, update, new: the update gate is 1
    for unit in (1, 2):
        one = file(
            tmp_path, Path(kept).read_text("utf-8").replace("sum(h1)", f"h1[{unit}]"), "u.gg"
        )
        assert gradients(one, "--set", f"cell.b={shut}")["h"] == [
            float(unit == 1),
            float(unit == 2),
        ]


def test_C15_one_hot_codes_are_equally_far_apart(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        'data word\n"caballo"\n"vaca"\n"perro"\n"gato"\n'
        "v = one_hot(word, classes=4)\nloss S = sum(v)",
    )
    codes = [value("v", net, "--row", str(k)) for k in (1, 2, 3, 4)]
    assert sorted(codes, reverse=True) == [[float(i == j) for j in range(4)] for i in range(4)]
    far = {math.dist(a, b) for a in codes for b in codes if a != b}
    assert far == {math.sqrt(2)}


def test_C16_an_embedding_is_a_row_and_so_is_its_gradient() -> None:
    net = (
        "input w = 1; param E = [1, 2; 3, 4; 5, 6]; v = one_hot(w, classes=3) @ E; "
        "loss L = sum(v^2)"
    )
    assert value("v", "-e", net) == [3.0, 4.0]
    assert gradients("-e", net)["E"] == [[0.0, 0.0], [6.0, 8.0], [0.0, 0.0]]
    layered = nodes("-e", "input w = 2; v = embedding(w, 5, 3); loss L = sum(v^2)")
    assert layered["v"]["shape"] == [3]


def test_C20_a_frozen_parameter_is_not_updated(tmp_path: Path) -> None:
    net = file(tmp_path, "input x = 1\nparam frozen a = 2\nparam b = 3\nloss L = (a*x + b)^2")
    free = file(tmp_path, "input x = 1\nparam a = 2\nparam b = 3\nloss L = (a*x + b)^2", "f.gg")
    steps = data("train", net, "--rate", "0.1", "--steps", "1")["steps"]
    assert gradients(net)["b"] == gradients(free)["b"] == 10.0
    assert all("a" not in step["values"] or step["values"]["a"] == 2.0 for step in steps)
    pictures = []
    for name, path in (("frozen", net), ("free", free)):
        out = tmp_path / f"{name}.dot"
        assert call("render", path, "-o", str(out)).exit_code == 0
        pictures.append(out.read_text("utf-8"))
    assert ["frozen" in picture for picture in pictures] == [True, False]
