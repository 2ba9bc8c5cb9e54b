"""Rows N of the curriculum: perceptrons, multilayer nets, skips, blocks, both zooms."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.curriculum.runner import (
    accepts,
    call,
    data,
    file,
    gradchecked,
    gradients,
    marked,
    nodes,
    sample,
    shown,
    value,
)


def g(z: float) -> float:
    """Return the sigmoid, by its definition."""
    return 1 / (1 + math.exp(-z))


def test_N01_a_perceptron_as_an_array_and_as_a_graph_of_numbers(tmp_path: Path) -> None:
    net = file(tmp_path, "input x = [1, 2, -1]\nparam w = [0.5, -0.3, 0.8]\nyhat = sigmoid(w @ x)")
    both = [gradients(net, "--entries", zoom) for zoom in ("array", "scalar")]
    entries = [both[1][f"w[{i}]"] for i in (1, 2, 3)]
    assert both[0]["w"] == pytest.approx(entries, abs=1e-12)
    ops = [node["op"] for node in nodes(net, "--entries", "scalar", "--detail", "op").values()]
    assert (ops.count("mul"), ops.count("sigmoid")) == (3, 1)


def test_N02_the_derivatives_of_a_perceptron_with_bias(tmp_path: Path) -> None:
    net = (
        "input x1 = 1\ninput x2 = 2\nparam w0 = 0.1\nparam w1 = 0.5\nparam w2 = -0.3\n"
        "z = w0 + x1*w1 + x2*w2\nyhat = sigmoid(z)"
    )
    right = "dyhat/dw0 = sigmoid(z)*(1 - sigmoid(z))\ndyhat/dw2 = x2*sigmoid(z)*(1 - sigmoid(z))"
    assert accepts(tmp_path, net, right)
    assert not accepts(tmp_path, net, "dyhat/dw2 = x1*sigmoid(z)*(1 - sigmoid(z))")


def test_N03_the_matrix_view() -> None:
    net = (
        "input X = [0, 6]; param W = [-1.15, -0.21]; param w0 = 4.1; z = w0 + X @ W; y = sigmoid(z)"
    )
    assert value("z", "-e", net) == pytest.approx(2.84)
    assert value("y", "-e", net) == pytest.approx(0.944799, abs=5e-7)


def test_N05_a_threshold_as_x0_or_as_a_bias(tmp_path: Path) -> None:
    bias = file(tmp_path, "input x1 = 2\nparam t0 = 0.5\nparam t1 = -1\nphi = t0 + t1*x1", "a.gg")
    folded = "input x0 = 1\ninput x1 = 2\nparam t0 = 0.5\nparam t1 = -1\nphi = t0*x0 + t1*x1"
    told = call("same", bias, file(tmp_path, folded, "b.gg"))
    assert "x0 = 1" in told.output
    renamed = file(tmp_path, "input a = 2\nparam u = 0.5\nparam v = -1\nf = u + v*a", "c.gg")
    same = call("same", bias, renamed)
    assert same.exit_code == 0
    assert "t0" in same.output
    assert "u" in same.output


def test_N06_a_discriminant_with_activation_under_the_upv_notation(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x: 2 = [1, 2]\nparam theta: 2 = [0.5, -1]\nphi = theta @ x\ns = sigmoid(phi)",
    )
    out = str(tmp_path / "net.svg")
    assert call("render", net, "-o", out, "--notation", "upv").exit_code == 0
    assert value("s", net) == pytest.approx(g(-1.5))


def test_N07_a_layer_infers_shapes_and_names_both_on_a_mismatch() -> None:
    net = "input x = [1, 2, 3]; param W: 2x3 = ones(); param b: 2 = zeros(); f = sigmoid(W @ x + b)"
    assert nodes("-e", net)["f"]["shape"] == [2]
    wrong = call("run", "-e", net.replace("2x3", "2x4"))
    assert wrong.exit_code == 3
    assert "2x4" in wrong.output
    assert "3" in wrong.output


def test_N08_one_hidden_layer_and_the_terms_of_h1(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x = [1, 2, 3]\nlayer hidden = dense(4, act=sigmoid)\n"
        "layer out = dense(1)\nh = hidden(x)\nyhat = out(h)\nloss L = sum(yhat^2)",
    )
    unfolded = nodes(net, "--entries", "scalar")
    terms = {node["inputs"][k] for node in [unfolded["h.z[1]"]] for k in range(len(node["inputs"]))}
    assert terms == {"hidden.b[1]"} | {f"hidden.W[1,{j}]" for j in (1, 2, 3)} | {
        f"x[{j}]" for j in (1, 2, 3)
    }


def test_N09_both_zooms_of_a_3_4_1_net_agree_in_21_gradients(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x = [1, 2, 3]\nlayer hidden = dense(4, act=tanh)\n"
        "layer out = dense(1)\nh = hidden(x)\nyhat = out(h)\nloss L = sum(yhat^2)",
    )
    whole, parts = (gradients(net, "--entries", zoom) for zoom in ("array", "scalar"))
    compared = 0
    for name in ("hidden.W", "hidden.b", "out.W", "out.b"):
        rows = whole[name] if isinstance(whole[name][0], list) else [whole[name]]
        for i, row in enumerate(rows, 1):
            for j, entry in enumerate(row, 1):
                at = f"[{i},{j}]" if isinstance(whole[name][0], list) else f"[{j}]"
                assert parts[name + at] == pytest.approx(entry, abs=1e-12)
                compared += 1
    assert compared == 21


def test_N11_the_scalar_drawing_has_an_edge_per_weight(tmp_path: Path) -> None:
    net = file(tmp_path, "input x = [1, 2, 3]\nh = dense(x, 2, bias=false)\nloss L = sum(h)")
    unfolded = nodes(net, "--entries", "scalar")
    used = [name for node in unfolded.values() for name in node["inputs"] if name.startswith("h.W")]
    assert len(used) == len(set(used)) == 6


def test_N12_a_two_layer_perceptron_with_thresholds_as_units(tmp_path: Path) -> None:
    net = (
        "input x = [1, 2, 3, 4, 5]\nlayer one = dense(3, act=sigmoid, homogeneous=true)\n"
        "layer two = dense(3, act=sigmoid, homogeneous=true)\n"
        "s1 = one(x)\ns2 = two(s1)\nloss q = sum(s2^2)"
    )
    found = data("inspect", file(tmp_path, net), "layers")["numbers"]
    assert found["parameters"] == 30
    assert gradchecked(file(tmp_path, net))
    unfolded = nodes(file(tmp_path, net), "--entries", "scalar")
    units = {name: unfolded[name] for name in ("s1.x[1]", "s2.x[1]")}
    assert [unit["value"] for unit in units.values()] == [1.0, 1.0]
    assert {unit["role"] for unit in units.values()} == {"constant"}
    drawn = shown("show", file(tmp_path, net), "--entries", "scalar")
    assert all(f" {name} " in drawn for name in units), "s_0 = 1 is a box of its own"


def test_N13_a_three_layer_perceptron(tmp_path: Path) -> None:
    net = file(
        tmp_path, "input x = [1, 2, 3, 4]\ny = mlp(x, [3, 3, 2], act=sigmoid)\nloss q = sum(y^2)"
    )
    assert gradchecked(net)
    assert data("inspect", net, "layers")["numbers"]["parameters"] == 15 + 12 + 8


def test_N14_skip_weights_at_zero_leave_the_multilayer_perceptron(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x = [1, 2]\nparam A: 2x2 = [1, 2; 3, 4]\nparam B: 1x2 = [[0.5, -1]]\n"
        "param S: 1x2 = [[0, 0]]\ns1 = sigmoid(A @ x)\ns2 = sigmoid(B @ s1 + S @ x)\n"
        "loss L = sum(s2)",
    )
    plain = file(
        tmp_path,
        "input x = [1, 2]\nparam A: 2x2 = [1, 2; 3, 4]\n"
        "param B: 1x2 = [[0.5, -1]]\ns1 = sigmoid(A @ x)\ns2 = sigmoid(B @ s1)\n"
        "loss L = sum(s2)",
        "plain.gg",
    )
    assert value("L", net) == value("L", plain)
    assert gradchecked(net)
    assert gradchecked(sample("layer_skipping"))
    found = nodes(sample("layer_skipping"))
    # The first superscript is the layer that is reached, the second the one it comes from.
    wanted = ["yhat.W[2,1]", "yhat.s[1]", "yhat.W[2,0]", "x", "yhat.b[2]"]
    assert found["yhat"]["inputs"] == wanted


def test_N17_two_linear_layers_are_one(tmp_path: Path) -> None:
    leaves = "input x = [7, 8]; param M = [1, 2; 3, 4]; param w = [5, 6]; "
    for formula in ("(x @ M) @ w", "x @ (M @ w)"):
        assert value("y", "-e", f"{leaves}y = {formula}") == 431.0
    net = leaves.replace("; p", "\np").removesuffix("; ") + "\nh = x @ M\ny = h @ w"
    told = marked(tmp_path, net, "y = x @ (M @ w)")
    assert told.exit_code == 0
    assert "proved equal" in told.output


def test_N18_frozen_features_leave_the_gradient_of_a_linear_layer() -> None:
    net = (
        "input x = 0.5; param frozen a = 2; psi1 = tanh(a*x); psi2 = x^2; "
        "param t1 = 1; param t2 = 3; loss phi = t1*psi1 + t2*psi2"
    )
    found = gradients("-e", net)
    assert (found["t1"], found["t2"]) == (pytest.approx(math.tanh(1)), 0.25)


def test_N20_to_N23_the_shipped_xor_nets() -> None:
    told = data("run", sample("xor_relu"))
    assert told["gradients"]
    outputs = [value("yhat", sample("xor_sigmoid_data"), "--row", str(k)) for k in (1, 2, 3, 4)]
    assert [round(out, 2) for out in outputs] == [0.60, 0.62, 0.64, 0.66]


def test_N24_the_perceptron_with_numbers(tmp_path: Path) -> None:
    net = "input x = [6, 8]\nparam w = [-1.15, -0.21]\nz = 4.1 + w @ x\nyhat = sigmoid(z)"
    assert accepts(tmp_path, net, "yhat = 0.01", "--digits", "1")
    assert not accepts(tmp_path, net, "yhat = 0.1", "--digits", "1")


def test_N25_a_regressor_has_a_linear_output(tmp_path: Path) -> None:
    net = file(tmp_path, "input x = [1, 2]\nf = mlp(x, [3, 1], act=sigmoid)\nloss L = sum(f^2)")
    last = data("inspect", net, "layers")["tables"]["hyperparameters"][0]["settings"]
    assert "act" in last
    assert gradchecked(net)


def test_N29_the_gradient_of_an_affine_node_is_an_outer_product() -> None:
    net = (
        "input x = [1, 2, 3]; param W: 2x3 = ones(); param b: 2 = zeros(); loss L = sum(W @ x + b)"
    )
    assert gradients("-e", net)["W"] == [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]


def test_N32_a_residual_connection_passes_the_gradient_unchanged() -> None:
    net = "param s = 3; param w = 0; f = w*s; out = f + s; loss L = 2*out"
    assert (value("out", "-e", net), gradients("-e", net)["s"]) == (3.0, 2.0)


def test_N33_a_resnet_block_with_zero_weights_is_the_identity(tmp_path: Path) -> None:
    block = (
        "param s = [2, 3]\nparam A: 2x2 = zeros()\nparam B: 2x2 = zeros()\n"
        "h = relu(A @ s)\nout = relu(B @ h + s)\nloss L = out[1]"
    )
    assert value("out", file(tmp_path, block)) == [2.0, 3.0]
    assert gradients(file(tmp_path, block))["s"] == [1.0, 0.0]
    bare = file(tmp_path, block.replace(" + s)", ")"), "bare.gg")
    assert value("out", bare) == [0.0, 0.0]
    assert gradients(bare)["s"] == [0.0, 0.0]
    layered = file(tmp_path, "input x = [1, -2]\ny = resnet_block(x)\nloss L = sum(y^2)", "b.gg")
    assert gradchecked(layered)
    wrong = call("run", "-e", block.replace("B: 2x2", "B: 3x2").replace("\n", "; "))
    assert wrong.exit_code == 3
    assert "3" in wrong.output


def test_N34_two_levels_of_the_same_net(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x = [1, 2]\nh = dense(x, 2, act=tanh)\nyhat = dense(h, 1)\nloss L = sum(yhat^2)",
    )
    layers = shown("show", net, "--detail", "layer")
    units = shown("show", net, "--entries", "scalar")
    assert "dense" in layers
    assert len(units) > len(layers)
