"""Periphery rows of the curriculum: the smallest honest demonstration of each, by command line."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.curriculum.runner import (
    SAMPLES,
    accepts,
    call,
    data,
    file,
    gradchecked,
    gradients,
    nodes,
    numbers,
    sample,
    shown,
    value,
)


def test_G45_a_net_is_exported_as_a_graph_and_as_a_script(tmp_path: Path) -> None:
    out = tmp_path / "net.dot"
    shown("render", sample("linear_regression"), "-o", str(out))
    assert out.read_text("utf-8").startswith("digraph")
    written = file(tmp_path, shown("export", sample("xor_mlp"), "--to", "gg"))
    assert shown("same", written, sample("xor_mlp")).startswith("The same graph")


def test_N39_a_concatenation_splits_the_gradient(tmp_path: Path) -> None:
    small = (
        "input x: 2x2x2 = normal(draw=2)\nh = inception(x, [1, 1, 1, 1, 1, 1])\nloss L = sum(h^2)"
    )
    assert gradchecked(file(tmp_path, small))
    found = nodes(sample("inception"))
    parts = [use["contribution"] for use in found["h"]["partials"]]
    joined = [channel for part in parts for channel in part]
    assert joined == found["h"]["adjoint"]


GOOGLENET = """\
gg 1
input x: 3x64x64 = zeros()
c1 = conv2d(x, 64, size=7, stride=2, padding=3, act=relu)
p1 = max_pool2d(c1, 3, stride=2, padding=1)
c2 = conv2d(p1, 64, size=1, act=relu)
c3 = conv2d(c2, 192, size=3, padding=1, act=relu)
p2 = max_pool2d(c3, 3, stride=2, padding=1)
i3a = inception(p2, [64, 96, 128, 16, 32, 32])
i3b = inception(i3a, [128, 128, 192, 32, 96, 64])
p3 = max_pool2d(i3b, 3, stride=2, padding=1)
i4a = inception(p3, [192, 96, 208, 16, 48, 64])
i4b = inception(i4a, [160, 112, 224, 24, 64, 64])
i4c = inception(i4b, [128, 128, 256, 24, 64, 64])
i4d = inception(i4c, [112, 144, 288, 32, 64, 64])
i4e = inception(i4d, [256, 160, 320, 32, 128, 128])
p4 = max_pool2d(i4e, 3, stride=2, padding=1)
i5a = inception(p4, [256, 160, 320, 32, 128, 128])
i5b = inception(i5a, [384, 192, 384, 48, 128, 128])
g = adaptive_avg_pool2d(i5b, size=1)
f = flatten(g)
z = dense(f, 1000)
loss L = sum(z^2)
"""


@pytest.mark.slow
def test_N39_the_inception_network_has_6998552_parameters(tmp_path: Path) -> None:
    assert numbers(file(tmp_path, GOOGLENET), "layers")["parameters"] == 6_998_552


def test_N40_one_trunk_three_heads_and_a_cross_entropy_per_pixel(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x = [0.5, -1]\nlayer trunk = dense(3, act=tanh)\nt = trunk(x)\n"
        "box = dense(t, 4)\nkind = dense(t, 2)\nmask = dense(t, 8)\n"
        "pixels = reshape(mask, shape=4x2)\n"
        "const which = [0, 1, 1, 0]\n"
        "loss L = sum(box^2) + cross_entropy_with_logits(kind, 1)"
        " + cross_entropy_with_logits(pixels, which)",
    )
    assert gradchecked(net)
    readers = [name for name, node in nodes(net).items() if "t" in node["inputs"]]
    assert sorted(readers) == ["box", "kind", "mask"]
    shown("render", net, "-o", str(tmp_path / "net.svg"), "--detail", "layer")


def test_N41_two_chained_cells_share_a_context() -> None:
    assert gradchecked(sample("encoder_decoder"))
    found = nodes(sample("encoder_decoder"))
    assert found["s[0]"]["inputs"] == ["h[3]"], "the context is the one thing handed over"


def test_D14_shuffled_rows_the_order_of_the_file_and_noise(tmp_path: Path) -> None:
    net = sample("xor_mlp")
    words = ("train", net, "--optimizer", "gd", "--batch", "1", "--epochs", "2", "--rate", "0.1")
    orders = {}
    for order in ("file", "shuffled"):
        updates = data(*words, "--order", order, "--show", "updates", "--updates", "8")["updates"]
        orders[order] = [update["samples"][0]["row"] for update in updates]
    assert orders["file"] == [1, 2, 3, 4] * 2
    assert orders["shuffled"] != orders["file"]
    assert sorted(orders["shuffled"][:4]) == [1, 2, 3, 4]
    noisy = "input x = [1, 2]; y = noise(x, std=0.1); loss L = sum(y^2)"
    assert value("y", "-e", noisy) != [1.0, 2.0]


def test_Z06_mean_and_deviation_of_a_hidden_line_before_and_after_an_update(
    tmp_path: Path,
) -> None:
    net = sample("xor_mlp")
    before = data("inspect", net, "units")["tables"]["layers"][0]
    saved = data("train", net, "--optimizer", "gd", "--rate", "1", "--steps", "1")["values"]
    moved = [word for name, v in saved.items() for word in ("--set", f"{name}={v}")]
    after = data("inspect", net, "units", *moved)["tables"]["layers"][0]
    assert before["layer"] == after["layer"]
    assert (before["mean"], before["deviation"]) != (after["mean"], after["deviation"])


def test_R10_a_mirrored_image_is_a_permutation() -> None:
    net = "input X = [1, 2; 3, 4]; Y = flip(X); loss L = sum(Y[:,1]^2)"
    assert value("Y", "-e", net) == [[2.0, 1.0], [4.0, 3.0]]
    assert gradchecked("-e", net)
    assert gradients("-e", net)["X"] == [[0.0, 4.0], [0.0, 8.0]]


def test_R11_noise_is_a_constant_and_an_ensemble_is_a_mean() -> None:
    net = "input x = [1, 2]; y = noise(x, std=0.5, draw=3); loss L = sum(y)"
    found = nodes("-e", net)
    assert found["y.noise"]["role"] == "constant"
    assert gradients("-e", net)["x"] == [1.0, 1.0]
    two = "input x = 0.5; param a = 2; param b = -1; f = tanh(a*x); g = tanh(b*x); "
    both = gradients("-e", two + "loss m = mean([f, g])")
    assert both["a"] == pytest.approx(gradients("-e", two + "loss m = f")["a"] / 2)


def test_R13_losses_of_training_and_validation_in_one_table(tmp_path: Path) -> None:
    rows = "\n".join(f"{x / 10} {math.sin(x / 10) * 2}" for x in range(12))
    net = f"data x y\n{rows}\nlayer h = dense(4, act=tanh)\nlayer o = dense(1)\n"
    net += "a = h([x])\nz = o(a)\nloss L = mse(z, [y])"
    told = data("train", file(tmp_path, net), "--rate", "0.1", "--epochs", "5", "--valid", "4")
    assert [("full" in s or "loss" in s) and "valid" in s for s in told["steps"]] == [True] * 6


def test_R14_a_masked_weight_and_the_soft_targets_of_a_teacher() -> None:
    pruned = "input x = [1, 2]; param w = [3, 4]; const m = [1, 0]; loss L = (x @ (m*w))^2"
    assert gradients("-e", pruned)["w"][1] == 0.0
    soft = "param z = [0, 0, 0]; const t = [0.7, 0.2, 0.1]; "
    found = gradients("-e", soft + "loss L = cross_entropy_with_logits(z, t)")["z"]
    assert found == pytest.approx([-0.366667, 0.133333, 0.233333], abs=5e-7)


def test_C14_an_elman_network_is_a_cell_and_a_perceptron() -> None:
    kinds = {row["what"] for row in data("inspect", sample("elman"))["tables"]["layers"]}
    assert {"elman tanh", "perceptron sigmoid"} <= kinds
    assert gradchecked(sample("elman"))


def test_C17_a_continuous_bag_of_words(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input left = 0\ninput right = 2\nlayer E = embedding(4, 3)\nlayer out = dense(4)\n"
        "l = E(left)\nr = E(right)\ncontext = (l + r)/2\nz = out(context)\n"
        "loss L = cross_entropy_with_logits(z, 1)",
    )
    assert gradchecked(net)
    rows = gradients(net)["E.E"]
    assert [any(row) for row in rows] == [True, False, True, False]


def test_C18_attention_with_unit_queries_and_keys() -> None:
    net = "input I = [1, 0; 0, 1]; input V = [1, 2; 3, 4]; Y = attention(I, I, V); loss L = sum(Y)"
    found = value("Y", "-e", net)
    assert found[0] == pytest.approx([1.660477, 2.660477], abs=5e-7)
    assert found[1] == pytest.approx([2.339523, 3.339523], abs=5e-7)
    assert gradchecked(sample("attention"))


def test_X09_xor_is_stepped_without_a_browser(tmp_path: Path) -> None:
    told = call("step", sample("xor_sigmoid"), "--plain", typed="n\nb\nn\nT 3 0.5\nq\n")
    assert told.exit_code == 0
    assert "L went from 1.06939 to" in told.output, "T trains, in the stepper"
    assert (SAMPLES / "xor_sigmoid.gg").exists()
    net = "input x = [1, 1]\nparam w = [1, 2]\ny = w @ x"
    assert accepts(tmp_path, net, "y = 3")
