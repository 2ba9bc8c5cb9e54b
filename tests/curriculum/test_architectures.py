"""Rows N of the curriculum: perceptrons, multilayer nets, skips, blocks, both zooms."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from tests.curriculum.runner import (
    accepts,
    call,
    data,
    drawn,
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
    """The perceptron of row N01, array and numbers, as UPV writes it."""
    text = "input x = [1, 2, -1]\nparam w = [0.5, -0.3, 0.8]\nz = w @ x\nh = sigmoid(z)"
    net = file(tmp_path, text)
    assert value("h", net) == pytest.approx(g(-0.9), abs=1e-15)
    both = [gradients(net, "--entries", zoom) for zoom in ("array", "scalar")]
    entries = [both[1][f"w[{i}]"] for i in (1, 2, 3)]
    assert both[0]["w"] == pytest.approx(entries, abs=1e-12)
    ops = [node["op"] for node in nodes(net, "--entries", "scalar", "--detail", "op").values()]
    assert (ops.count("mul"), ops.count("sigmoid")) == (3, 1)
    out = tmp_path / "net.tex"
    words = ("render", net, "-o", str(out), "--notation", "upv", "--format", "tikz")
    assert call(*words).exit_code == 0
    drawing = out.read_text("utf-8")
    assert r"\phi = \theta" in drawing
    assert r"s = \sigma(\phi)" in drawing
    assert r"\delta = {-}\partial" in drawing
    assert f"{-nodes(net)['z']['adjoint']:.4g}".lstrip("-") in drawing


def test_N07_a_layer_infers_shapes_and_names_both_on_a_mismatch() -> None:
    net = "input x = [1, 2, 3]; param W: 2x3 = ones(); param b: 2 = zeros(); f = sigmoid(W @ x + b)"
    assert nodes("-e", net)["f"]["shape"] == [2]
    assert value("f", "-e", net) == pytest.approx([g(6), g(6)])
    wrong = call("run", "-e", net.replace("2x3", "2x4"))
    assert wrong.exit_code == 3
    assert "got 2x4 @ 3, whose inner lengths 4 and 3 differ" in wrong.output
    assert "Shapes: W: 2x4, x: 3." in wrong.output
    bias = call("run", "-e", net.replace("b: 2", "b: 3"))
    assert bias.exit_code == 3
    assert "b: 3" in bias.output
    assert "2 and 3" in bias.output or "2, 3" in bias.output
    layered = nodes("-e", "input x = [1, 2, 3]; f = dense(x, 2, act=sigmoid)")
    assert (layered["f.W"]["shape"], layered["f"]["shape"]) == ([2, 3], [2])


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


def test_N11_a_layered_drawing_with_an_edge_per_weight(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x = [1, 2, 3]\nh = dense(x, 4, act=tanh, bias=false)\n"
        "y = dense(h, 2, bias=false)\nloss L = sum(y)",
    )
    drawing = drawn(
        tmp_path, net, "--entries", "scalar", "--layout", "columns", "--direction", "LR"
    )
    units = {
        "x": [f"x[{k}]" for k in (1, 2, 3)],
        "z": [f"h.z[{k}]" for k in (1, 2, 3, 4)],
        "h": [f"h[{k}]" for k in (1, 2, 3, 4)],
        "y": [f"y[{k}]" for k in (1, 2)],
    }
    for source, target, weights in (("x", "z", "h.W"), ("h", "y", "y.W")):
        edges = [(a, b) for a, b in drawing.arrows if a in units[source] and b in units[target]]
        drawn_weights = [name for name in drawing.roles if name.startswith(weights)]
        assert len(edges) == len(set(edges)) == len(drawn_weights)
        assert len(edges) == len(units[source]) * len(units[target]), "fully connected"
        assert all(len(drawing.out_of(weight)) == 1 for weight in drawn_weights)
    assert len([n for n in drawing.roles if ".W[" in n]) == 3 * 4 + 4 * 2
    middle = {name: drawing.left[name] + drawing.width[name] / 2 for name in drawing.left}
    ranks = [{round(middle[name]) for name in layer} for layer in units.values()]
    assert [len(rank) for rank in ranks] == [1, 1, 1, 1], "each layer is a column"
    assert [min(rank) for rank in ranks] == sorted(min(rank) for rank in ranks)
    every = {name for layer in units.values() for name in layer}
    between = [(a, b) for a, b in drawing.arrows if a in every]
    assert all(middle[a] < middle[b] for a, b in between), "no arrow goes back"


def test_N11_a_circle_per_neuron_and_a_line_per_weight(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x = [1, 2, 3]\nh = dense(x, 4, act=tanh, bias=false)\n"
        "y = dense(h, 2, bias=false)\nloss L = sum(y)",
    )
    out = tmp_path / "neurons.svg"
    assert call("render", net, "--style", "neurons", "-o", str(out)).exit_code == 0
    lines = re.findall(r'data-weight="([^"]+)"', out.read_text("utf-8"))
    weights = [f"h.W[{i},{j}]" for i in (1, 2, 3, 4) for j in (1, 2, 3)]
    weights += [f"y.W[{i},{j}]" for i in (1, 2) for j in (1, 2, 3, 4)]
    assert sorted(lines) == sorted(weights)


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


def test_N20_the_data_set_of_xor_is_shipped() -> None:
    rows = {(0, 0): 0, (0, 1): 1, (1, 0): 1, (1, 1): 0}
    for name in ("xor_sigmoid_data", "xor_mlp"):
        net = sample(name)
        found = {}
        for k in (1, 2, 3, 4):
            seen = nodes(net, "--row", str(k))
            inputs = (
                [seen[n]["value"] for n in ("x1", "x2")] if "x1" in seen else seen["x"]["value"]
            )
            found[tuple(inputs)] = seen["y"]["value"]
        assert found == rows, name
        assert call("run", net, "--row", "5").exit_code != 0, "there are four"
    whole = nodes(sample("xor_relu"))
    columns = list(zip(*whole["X"]["value"], strict=True))
    assert dict(zip(columns, whole["y"]["value"], strict=True)) == rows


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
    settings = data("inspect", net, "layers")["tables"]["hyperparameters"][0]["settings"]
    assert "act=sigmoid, last=identity" in settings
    assert gradchecked(net)
    found = nodes(net)
    hidden, weights = found["f.h[1]"]["value"], found["f.h[2].W"]["value"][0]
    bias = found["f.h[2].b"]["value"][0]
    affine = sum(a * b for a, b in zip(hidden, weights, strict=True)) + bias
    assert found["f"]["value"][0] == pytest.approx(affine, abs=1e-15), "no activation behind it"
    assert found["f"]["partials"][0]["wrt"] == "f.h[2].W"


def test_N25_the_index_that_the_slide_leaves_unbound_is_reported(tmp_path: Path) -> None:
    slide = r"$f_i(\mathbf x)\equiv s_i^2(\mathbf x)=\sum_{j=0}^{M_1}\theta^2_{kj}\,g(\phi_j)$"
    told = call("check-notes", file(tmp_path, slide, "notes.md"))
    assert told.exit_code == 5
    assert "nothing binds the index k" in told.output
    in_file = "param theta: 2x2 = [1, 2; 3, 4]\ninput s = [1, 0.5]\n"
    free = call("run", file(tmp_path, in_file + "f = sum(j=1:2, theta[k,j]*s[j])"))
    assert free.exit_code == 3
    assert "the name k is not defined" in free.output
    bound = in_file + "for i = 1:2\n  f[i] = sum(j=1:2, theta[i,j]*s[j])\nend\ny = stack(f)"
    assert value("y", file(tmp_path, bound)) == [2.0, 5.0]


def test_N29_the_gradient_of_an_affine_node_is_an_outer_product() -> None:
    net = (
        "input x = [1, 2, 3]; param W: 2x3 = ones(); param b: 2 = zeros(); loss L = sum(W @ x + b)"
    )
    assert gradients("-e", net)["W"] == [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]


def test_N32_a_residual_connection_passes_the_gradient_unchanged(tmp_path: Path) -> None:
    net = "param s = 3; param w = 0; f = w*s; out = f + s; loss L = 2*out"
    found = nodes("-e", net)
    assert found["out"]["value"] == 3.0
    assert found["s"]["adjoint"] == found["out"]["adjoint"] == 2.0, "factor 1"
    drawing = drawn(tmp_path, "-e", net)
    assert drawing.into("out") == ["f", "s"]
    assert sorted(drawing.out_of("s")) == ["f", "out"]
    assert drawing.left["s"] < drawing.left["f"] < drawing.left["out"], "the skip goes past f"


def test_N33_a_resnet_block_with_zero_weights_is_the_identity(tmp_path: Path) -> None:
    block = (
        "param s = [2, 3]\nparam A: 2x2 = zeros()\nparam B: 2x2 = zeros()\n"
        "h = relu(A @ s)\nout = relu(B @ h + s)\nloss L = out[1]"
    )
    assert value("out", file(tmp_path, block)) == [2.0, 3.0]
    assert gradients(file(tmp_path, block))["s"] == [1.0, 0.0]
    vector = file(tmp_path, block.replace("loss L = out[1]", ""), "vector.gg")
    assert data("run", vector, "--jacobian")["jacobian"]["s"] == [[1.0, 0.0], [0.0, 1.0]]
    bare = file(tmp_path, block.replace(" + s)", ")"), "bare.gg")
    assert value("out", bare) == [0.0, 0.0]
    assert gradients(bare)["s"] == [0.0, 0.0]
    drawn_weights = [
        [name for name, role in drawn(tmp_path, net).roles.items() if role == "parameter"]
        for net in (file(tmp_path, block), bare)
    ]
    assert drawn_weights[0] == drawn_weights[1] == ["s", "A", "B"], "the shortcut adds none"
    counts = [
        data("inspect", "-e", f"input x = [1, -2]; {lines}; loss L = sum(y^2)", "layers")["numbers"]
        for lines in ("y = resnet_block(x)", "h = dense(x, 2, act=relu); y = dense(h, 2, act=relu)")
    ]
    assert counts[0]["parameters"] == counts[1]["parameters"] == 12
    layered = file(tmp_path, "input x = [1, -2]\ny = resnet_block(x)\nloss L = sum(y^2)", "b.gg")
    assert gradchecked(layered)
    wrong = call("run", "-e", block.replace("B: 2x2", "B: 3x2").replace("\n", "; "))
    assert wrong.exit_code == 3
    assert "(B @ h): 3, s: 2" in wrong.output.replace("B @ h: 3", "(B @ h): 3")


def test_N34_two_levels_of_the_same_net(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x = [1, 2]\nh = dense(x, 2, act=tanh)\nyhat = dense(h, 1)\nloss L = sum(yhat^2)",
    )
    layers = shown("show", net, "--detail", "layer")
    units = shown("show", net, "--entries", "scalar")
    assert "dense" in layers
    assert len(units) > len(layers)
