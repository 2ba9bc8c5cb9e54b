"""Rows X, N, K of the curriculum that are about answers, XOR and notation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.curriculum.runner import (
    accepts,
    call,
    data,
    file,
    gradients,
    marked,
    sample,
    shown,
    value,
)


def test_X01_the_derivative_of_the_sigmoid_line_by_line(tmp_path: Path) -> None:
    net = "input z = 0.4\ny = 1/(1 + exp(-z))"
    right = "dy/dz = exp(-z)/(1 + exp(-z))^2 = y*exp(-z)/(1 + exp(-z)) = y*(1 - y)"
    assert accepts(tmp_path, net, right)
    links = right.split(" = ")[1:]
    for place, link in enumerate(links, 1):
        slipped = [f"2*{one}" if one == link else one for one in links]
        told = marked(tmp_path, net, " = ".join(["dy/dz", *slipped]))
        assert told.exit_code == 1
        assert f"the first wrong part is number {place}" in told.output or place == 1


@pytest.mark.parametrize(
    ("printed", "notation"),
    [
        (r"\frac{d}{dz}\tanh(z) = 2\sigma(2z) - 1", "graphgrad"),
        (r"\tanh'(z) = 2\sigma(2z) - 1", "graphgrad"),
        (r"g'_T(z) = 2g_S(2z) - 1\ \forall z\in\mathbb R", "upv"),
        (r"g_T'(z)=2\,g_{S}(2z)-1,\quad \forall z \in \mathbb{R}", "upv"),
    ],
)
def test_X02_the_exercise_on_tanh_is_false_at_zero_and_what_is_true(
    printed: str, notation: str, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(f"${printed}$\n", encoding="utf-8")
    words = ("check-notes", str(notes), "--notation", notation)
    told = call(*words)
    assert told.exit_code == 1
    assert "false" in told.output
    assert "at z = 0: the left side is 1, the right side 0" in told.output
    assert re.search(r"correct: (tanh'\(z\)|d/dz\(tanh\(z\)\)) = 1 - tanh\(z\)\^2", told.output)
    assert "without the derivative it is true: tanh(z) = 2*sigma(2*z) - 1" in told.output
    assert "sin la derivada es cierta" in call(*words, lang="es").output
    for right in (r"\tanh(z) = 2\sigma(2z) - 1", r"\tanh'(z) = 1 - \tanh(z)^2"):
        notes.write_text(f"${right}$\n", encoding="utf-8")
        assert call("check-notes", str(notes)).exit_code == 0, right


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        (r"\sigma'(z) = \sigma(z)(1 + \sigma(z))", "sigma'(z) = sigmoid(z)*(1 - sigmoid(z))"),
        (r"\frac{d}{dx}(6x^2+2)^4 = 4(6x^2+2)(12x)", "= 48*x*(6*x^2 + 2)^3"),
        (r"(a+b)^2 = a^2 + b^2", "(a + b)^2 = a^2 + b^2 + 2*a*b"),
        (r"\sin^2 x + \cos^2 x = 2", "sin(x)^2 + cos(x)^2 = 1"),
        (r"\sigma(-z) = \sigma(z) - 1", "sigma(-z) = -(sigma(z) - 1)"),
    ],
)
def test_X02_other_false_identities_are_corrected_too(
    claim: str, right: str, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(f"${claim}$\n", encoding="utf-8")
    told = call("check-notes", str(notes))
    assert told.exit_code == 1
    assert f"{right}\n" in told.output


def test_X03_a_value_rounded_to_two_decimals(tmp_path: Path) -> None:
    net = "input x = [6, 8]\nparam w = [-1.15, -0.21]\nyhat = sigmoid(4.1 + w @ x)"
    assert accepts(tmp_path, net, "yhat = 0.01", "--digits", "1")
    assert accepts(tmp_path, net, "yhat = 0.0112")
    assert not accepts(tmp_path, net, "yhat = 0.1", "--digits", "1")


XOR_TABLE = """\
| fila | y | ŷ    | L    |
|------|---|------|------|
| 1    | 0 | 0,60 | 0,92 |
| 2    | 1 | 0,62 | 0,48 |
| 3    | 1 | 0,64 | 0,44 |
| 4    | 0 | 0,66 | 1,07 |
"""


def test_X04_the_table_of_xor_is_checked_by_its_rows(tmp_path: Path) -> None:
    net = Path(sample("xor_sigmoid_data")).read_text("utf-8")
    assert accepts(tmp_path, net, XOR_TABLE)
    assert accepts(tmp_path, net, XOR_TABLE.replace(",", "."))
    from_rounded = XOR_TABLE.replace("0,44", "0,45").replace("1,07", "1,08")
    assert accepts(tmp_path, net, from_rounded)
    for right, wrong in (("0,48", "0,50"), ("0,44", "0,43"), ("1,07", "1,10"), ("0,66", "0,65")):
        told = marked(tmp_path, net, XOR_TABLE.replace(right, wrong))
        assert told.exit_code == 1, wrong
        assert told.output.count("✗") == 1
    told = marked(tmp_path, net, XOR_TABLE.replace("3    | 1", "3    | 0"))
    assert "✗ wrong    row 3: y = 0" in told.output


def test_X05_the_sigmoid_at_minus_10_0_and_10() -> None:
    found = [value("y", "-e", "y = sigmoid(x)", "--set", f"x={x}") for x in (-10, 0, 10)]
    assert found == pytest.approx([4.5397868702434395e-05, 0.5, 0.9999546021312976], abs=1e-15)


def test_X08_a_missing_bracket_and_a_free_index_are_named(tmp_path: Path) -> None:
    printed = "y = sigmoid(w3*(sigmoid(w2*(sigmoid(w1*x))))"
    refused = call("run", "-e", printed)
    assert refused.exit_code == 3
    place = printed.index("(") + 1
    assert f"line 1, column {place}: this ( is never closed" in refused.output
    lines = refused.output.splitlines()
    assert lines[2].index("^") - lines[1].index("y =") == place - 1, "the caret stands there"
    lecture = r"$\hat y = \sigma(w_3(\sigma(w_2(\sigma(w_1x_1))))$"
    told = call("check-notes", file(tmp_path, lecture, "notes.md"))
    assert told.exit_code == 5
    *_, formula, caret, _, _ = told.output.splitlines()
    assert "this ( is never closed" in told.output
    assert formula[caret.index("^")] == "("
    free = "param w = [1, 2]\ninput x = [3, 4]\ny = sum(i=1:2, w[i]*x[k])"
    named = call("run", file(tmp_path, free))
    assert named.exit_code == 3
    assert (
        f"line 3, column {free.splitlines()[2].index('k') + 1}: the name k is not" in named.output
    )


@pytest.mark.parametrize(
    ("printed", "index"),
    [
        (r"f_i(\mathbf x)\equiv s_i^2(\mathbf x)=\sum_{j=0}^{M_1}\theta^2_{kj}\,g(\phi_j)", "k"),
        (r"f_i = \sum_{j=0}^{M_1} \theta^2_{kj} s_j^1", "k"),
        (r"\delta_i^l = g'(\phi_i^l)(t_{ni} - s_i^L)", "n"),
        (r"f_i = \sum_{j=0}^{M_1} \theta^2_{ij} s_j^1", ""),
        (r"\delta_i^l = g'(\phi_i^l)\sum_r\delta_r^{l+1}\theta_{ri}^{l+1}", ""),
    ],
)
def test_X08_an_index_that_nothing_binds_is_named(printed: str, index: str, tmp_path: Path) -> None:
    told = call("check-notes", file(tmp_path, f"${printed}$", "notes.md")).output
    assert (f"nothing binds the index {index}" in told) is bool(index)
    assert "nothing binds the index" in told or not index
    spanish = call("check-notes", file(tmp_path, f"${printed}$", "notes.md"), lang="es").output
    assert (f"nada liga el índice {index}" in spanish) is bool(index)


def test_N19_the_relu_layer_makes_xor_separable() -> None:
    net = "input W = [1, 1; 1, 1]; input b = [0, -1]; h = relu(W @ x + b)"
    hidden = [value("h", "-e", f"input x = {x}; {net}") for x in ([0, 0], [0, 1], [1, 0], [1, 1])]
    assert hidden == [[0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [2.0, 1.0]]


def test_N21_a_linear_model_of_xor_stands_still_at_one_half(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "data x: 2, y\n[0, 0] 0\n[0, 1] 1\n[1, 0] 1\n[1, 1] 0\n"
        "param w: 2 = {}\nparam b = {}\nloss L = mse(w @ x + b, y)".format("[0, 0]", "0.5"),
    )
    told = data("run", net)
    assert told["gradients"]["w"] == [0.0, 0.0]
    assert told["gradients"]["b"] == 0.0
    for number, start in enumerate(("[1, -2]", "[-3, 0.5]", "[4, 4]")):
        text = Path(net).read_text("utf-8").replace("[0, 0]\nparam", f"{start}\nparam")
        path = file(tmp_path, text, f"start{number}.gg")
        last = data("train", path, "--rate", "0.3", "--steps", "400")["steps"][-1]["loss"]
        assert last == pytest.approx(0.25, abs=1e-6)


def test_N22_the_matrix_trace_of_xor_with_relu() -> None:
    net = (
        "input X = [0, 0, 1, 1; 0, 1, 0, 1]; param W = [1, 1; 1, 1]; param b = [0; -1]; "
        "param w2 = [1, -2]; z = W @ X; h = relu(z + b); f = w2 @ h"
    )
    assert value("z", "-e", net) == [[0.0, 1.0, 1.0, 2.0], [0.0, 1.0, 1.0, 2.0]]
    assert value("h", "-e", net) == [[0.0, 1.0, 1.0, 2.0], [0.0, 0.0, 0.0, 1.0]]
    assert value("f", "-e", net) == [0.0, 1.0, 1.0, 0.0]


def test_N23_xor_with_the_printed_weights() -> None:
    outputs = [value("yhat", sample("xor_sigmoid_data"), "--row", str(k)) for k in (1, 2, 3, 4)]
    assert [round(out, 2) for out in outputs] == [0.60, 0.62, 0.64, 0.66]
    losses = [value("L", sample("xor_sigmoid_data"), "--row", str(k)) for k in (1, 2, 3, 4)]
    assert [round(loss, 2) for loss in losses] == [0.92, 0.48, 0.44, 1.07]
    told = shown("train", sample("xor_sigmoid_data"), "--steps", "0", "--accuracy", "yhat")
    assert "yhat is right on 2 of 4 rows" in told, "X, hit, hit, X"


def test_N31_linear_regression_is_a_net_of_one_neuron(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x = [3]\ninput y = [9]\nlayer neuron = dense(1)\n"
        "yhat = neuron(x)\nloss L = squared_error(yhat, y)",
    )
    words = (net, "--set", "neuron.W=[[2]]", "--set", "neuron.b=[1]")
    assert value("L", *words) == 4.0
    assert gradients(*words)["neuron.W"] == [[-12.0]]


def test_K13_a_notation_changes_letters_and_no_value(tmp_path: Path) -> None:
    pictures = []
    for notation in ("oviedo", "upv"):
        out = tmp_path / f"{notation}.svg"
        words = ("render", sample("linear_regression"), "-o", str(out), "--notation", notation)
        assert call(*words).exit_code == 0
        pictures.append(out.read_text("utf-8"))
    assert pictures[0] != pictures[1]
    described = [re.findall(r"<desc[^>]*>([^<]*)</desc>", picture)[0] for picture in pictures]
    values = [re.findall(r"−?\d+(?:\.\d+)?", text) for text in described]
    assert len(values[0]) > 10
    assert values[0] == values[1], "in another notation every value stays"
