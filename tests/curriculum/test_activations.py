"""Rows A of the curriculum: what an activation gives, its derivative, and its kinks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.curriculum.runner import accepts, call, data, gradients, marked, nodes, shown, value


def at(formula: str, z: float | str) -> tuple[float, float]:
    """Return a function of z and its derivative at a point."""
    found = data("run", "-e", f"y = {formula}", "--set", f"z={z}")
    value = {node["name"]: node["value"] for node in found["nodes"]}["y"]
    return value, found["gradients"]["z"]


def test_A01_the_sigmoid_does_not_overflow() -> None:
    assert at("sigmoid(z)", 0)[0] == 0.5
    assert at("sigmoid(z)", 2.84)[0] == pytest.approx(0.944799, abs=5e-7)
    assert at("sigmoid(z)", -1000) == (0.0, 0.0)
    assert at("sigmoid(z)", 1000) == (1.0, 0.0)


def test_A02_two_forms_of_the_derivative_of_the_sigmoid(tmp_path: Path) -> None:
    net = "input z = 0.3\ny = sigmoid(z)"
    assert accepts(tmp_path, net, "dy/dz = sigmoid(z)*(1 - sigmoid(z))")
    assert accepts(tmp_path, net, "dy/dz = e^(-z)/(1 + e^(-z))^2")
    assert not accepts(tmp_path, net, "dy/dz = sigmoid(z)*(1 + sigmoid(z))")


def test_A03_the_sigmoid_is_flat_far_out() -> None:
    slopes = [at("sigmoid(z)", z)[1] for z in (-10, 0, 10)]
    assert slopes == pytest.approx([4.539581e-05, 0.25, 4.539581e-05], rel=1e-6)


def test_A07_the_hyperbolic_tangent(tmp_path: Path) -> None:
    assert at("tanh(z)", 1)[0] == pytest.approx(0.761594, abs=5e-7)
    net = "input z = 0\ny = tanh(z)"
    assert accepts(tmp_path, net, "y = (e^z - e^(-z))/(e^z + e^(-z))")
    assert not accepts(tmp_path, net, "y = e^z/(e^z + e^z)")


def test_A08_the_derivative_of_tanh(tmp_path: Path) -> None:
    assert at("tanh(z)", 1)[1] == pytest.approx(0.419974, abs=5e-7)
    assert accepts(tmp_path, "input z = 1\ny = tanh(z)", "dy/dz = 1 - tanh(z)^2")


def test_A09_the_exercise_on_tanh_and_the_sigmoid_is_false_as_printed(tmp_path: Path) -> None:
    net = "input z = 0\ny = tanh(z)"
    assert not accepts(tmp_path, net, "dy/dz = 2*sigmoid(2*z) - 1")
    assert accepts(tmp_path, net, "y = 2*sigmoid(2*z) - 1")
    assert accepts(tmp_path, net, "dy/dz = 4*sigmoid(2*z)*(1 - sigmoid(2*z))")


def test_A10_the_linear_activation() -> None:
    assert at("identity(z)", -3.5) == (-3.5, 1.0)


def test_A12_relu() -> None:
    assert [at("relu(z)", z)[0] for z in (-1, 2, 1e12)] == [0.0, 2.0, 1e12]


@pytest.mark.parametrize(
    ("chosen", "taken", "told"),
    [
        ((), 0.0, "0 is taken"),
        (("--relu-at-0", "oviedo"), 0.0, "0 is taken"),
        (("--relu-at-0", "1/2"), 0.5, "1/2 is taken, as chosen"),
        (("--relu-at-0", "1"), 1.0, "1 is taken, as chosen"),
    ],
)
def test_A13_the_kink_of_relu_by_convention(
    chosen: tuple[str, ...], taken: float, told: str
) -> None:
    for z, slope in ((-1, 0.0), (0, taken), (2, 1.0)):
        words = ("-e", "y = relu(z)", "--set", f"z={z}", *chosen)
        assert gradients(*words)["z"] == slope
        said = " ".join(shown("run", *words).split())
        assert ("where no derivative exists; " + told in said) is (z == 0), "said where it mattered"
    layered = ("-e", "input x = [0, 0]; h = dense(x, 2, act=relu, bias=false); loss L = sum(h)")
    assert nodes(*layered, *chosen)["h.z"]["adjoint"] == [taken, taken]


def test_A13_the_kink_of_relu_under_the_profiles_of_both_lectures(tmp_path: Path) -> None:
    words = ("run", "-e", "y = relu(z)", "--relu-at-0", "upv")
    refused = call(*words, "--set", "z=0")
    assert refused.exit_code == 1
    assert "y has no derivative here" in refused.output
    assert "y no tiene derivada aquí" in call(*words, "--set", "z=0", lang="es").output
    assert call(*words, "--set", "z=0.1").exit_code == 0
    assert call("run", "-e", "y = relu(z)", "--set", "z=0", "--relu-at-0", "2").exit_code == 2
    upv = r"\begin{cases}0 & z<0\\ 1 & z>0\end{cases}"
    oviedo = r"\begin{cases}1 & z>0\\ 0 & \text{otherwise}\end{cases}"
    for at in ("0", "-1", "2"):
        for form in (upv, oviedo, "0" if at != "2" else "1"):
            assert accepts(tmp_path, f"input z = {at}\ny = relu(z)", f"dy/dz = {form}"), (at, form)
    told = marked(tmp_path, "input z = 0\ny = relu(z)", f"dy/dz = {upv}").output
    assert "no derivative exists at the exercise's numbers, and the answer gives none" in told
    assert not accepts(tmp_path, "input z = 0\ny = relu(z)", f"dy/dz = {upv.replace('1', '2')}")
    assert not accepts(tmp_path, "input z = 0\ny = relu(z)", f"y = {upv.replace('1', 'z')}")
    assert not accepts(tmp_path, "input z = 0\ny = relu(z)", "dy/dz = 1")
    assert accepts(tmp_path, "input z = 0\ny = relu_at(z, zero=1)", "dy/dz = 1")
    notes = tmp_path / "notes.md"
    for notation, form in (("upv", upv), ("oviedo", oviedo)):
        notes.write_text(rf"$\operatorname{{relu}}'(z) = {form}$", encoding="utf-8")
        assert call("check-notes", str(notes), "--notation", notation).exit_code == 0
    notes.write_text(r"$\operatorname{relu}'(0) = 1$", encoding="utf-8")
    told = call("check-notes", str(notes)).output
    assert "no derivative exists there; what is taken instead is a convention" in told


def test_A14_leaky_relu_and_the_wrong_form(tmp_path: Path) -> None:
    assert at("leaky_relu(z)", -1) == (-0.01, 0.01)
    net = "input z = -1\ny = leaky_relu(z)"
    assert accepts(tmp_path, net, "y = max(0, z) + 0.01*min(0, z)")
    assert not accepts(tmp_path, net, "y = max(0, 0.01*z, z)")


def test_A15_prelu_has_a_slope_that_is_a_node() -> None:
    found = gradients("-e", "param a = 0.25; y = prelu(z, a)", "--set", "z=-3")
    assert found["a"] == -3.0
    for alpha, same in ((0.25, True), (2, False)):
        forms = [
            value("y", "-e", f"y = {f}", "--set", "z=-1", "--set", f"a={alpha}")
            for f in ("prelu(z, a)", "max(a*z, z)")
        ]
        assert (forms[0] == forms[1]) is same


def test_A15_the_form_with_a_maximum_is_accepted_up_to_one_only(tmp_path: Path) -> None:
    net = "input z = -1\nparam a = {}\n{}y = prelu(z, a)"
    answer = "y = max(a*z, z)"
    assert accepts(tmp_path, net.format(0.25, "assume a <= 1\n"), answer)
    assert not accepts(tmp_path, net.format(2, ""), answer)
    told = marked(tmp_path, net.format(0.25, ""), answer).output
    assert "right for the branch that the given numbers take" in told, "not in general"
    assert accepts(tmp_path, net.format(2, ""), "dy/da = z")


def test_A16_elu_and_its_one_sided_derivatives() -> None:
    out, slope = at("elu(z)", -1)
    assert out == pytest.approx(-0.632121, abs=5e-7)
    assert slope == pytest.approx(0.367879, abs=5e-7)
    left, right = (at("elu(z, alpha=2)", z)[1] for z in (-1e-12, 1e-12))
    assert (left, right) == (pytest.approx(2, abs=1e-9), 1.0)


def test_A17_maxout_lets_the_gradient_flow_to_the_active_line() -> None:
    pieces = "param w1 = {}; param w2 = {}; y = max(w1*z, w2*z)"
    for z in (2, -2):
        assert value("y", "-e", pieces.format(0, 1), "--set", f"z={z}") == max(0, z)
        assert value("y", "-e", pieces.format(-1, 1), "--set", f"z={z}") == abs(z)
        found = gradients("-e", pieces.format(-1, 1), "--set", f"z={z}")
        assert (found["w1"], found["w2"]) == ((0.0, 2.0) if z > 0 else (-2.0, 0.0))
    unit = nodes("-e", "input x = [1, 2]; y = maxout(x, 2, pieces=3)")
    assert unit["y.W"]["shape"] == [3, 2, 2]
    assert unit["y"]["value"] == [max(column) for column in zip(*unit["y.z"]["value"], strict=True)]


def test_A18_the_absolute_value_is_leaky_relu_with_slope_minus_one() -> None:
    for z in (-2.5, 3):
        assert at("abs(z)", z) == at("leaky_relu(z, alpha=-1)", z) == (abs(z), z / abs(z))
    assert "no derivative exists" in shown("run", "-e", "y = abs(z)", "--set", "z=0")


def test_A19_the_fast_sigmoid(tmp_path: Path) -> None:
    assert at("softsign(z)", 2) == (pytest.approx(2 / 3), pytest.approx(1 / 9))
    assert accepts(tmp_path, "input z = 2\ny = softsign(z)", "dy/dz = 1/(1 + abs(z))^2")


def test_A20_softmax_does_not_change_when_1000_is_added() -> None:
    for offset in (0, 1000):
        z = [offset + 1, offset + 2, offset + 3]
        p = value("y", "-e", f"input z = {z}; y = softmax(z)")
        assert p == pytest.approx([0.090031, 0.244728, 0.665241], abs=5e-7)
        assert sum(p) == pytest.approx(1, abs=1e-15)


def test_A21_the_jacobian_of_softmax_is_full(tmp_path: Path) -> None:
    found = data("run", "-e", "input z = [1, 2, 3]; y = softmax(z)", "--jacobian")
    assert found["jacobian"]["z"][0] == pytest.approx([0.081925, -0.022033, -0.059892], abs=5e-7)
    net = "input z = [1, 2, 3]\np = softmax(z)\ny = p[1]"
    assert accepts(tmp_path, net, "dy/dz[1] = p[1]*(1 - p[1])")
    assert not accepts(tmp_path, net, "dy/dz = [p[1]*(1 - p[1]), 0, 0]")


def test_A22_softmax_of_two_is_the_sigmoid_of_the_difference(tmp_path: Path) -> None:
    net = "input a = 2\ninput b = 0\np = softmax([a, b])\ny = p[1]"
    assert value("y", "-e", net.replace("\n", "; ")) == pytest.approx(0.880797, abs=5e-7)
    assert accepts(tmp_path, net, "y = sigmoid(a - b)")


def test_A26_the_pairs_of_output_and_loss_have_simple_gradients(tmp_path: Path) -> None:
    net = "input z = 0.7\ninput y = 1\np = sigmoid(z)\nloss L = bce(p, y)"
    assert accepts(tmp_path, net, "dL/dz = sigmoid(z) - y")
    net = "input z = [1, 2, 3]\nconst t = [0, 0, 1]\np = softmax(z)\nloss L = cross_entropy(p, t)"
    found = gradients("-e", net.replace("\n", "; "))["z"]
    assert found == pytest.approx([0.090031, 0.244728, 0.665241 - 1], abs=5e-7)
