"""Rows A of the curriculum that a lens or the lint answers."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphgrad as gg
from graphgrad.ops.registry import remove_row
from tests.curriculum.runner import call, data, file, numbers, sample, shown, verdicts


def test_A04_the_largest_derivative_of_sigmoid_is_a_quarter_at_0() -> None:
    found = data("inspect", "bounds", "of=sigmoid")
    largest = found["tables"]["bounds"][1]
    assert (largest["exact"], largest["at"], largest["taken"]) == ("1/4", 0.0, True)
    assert verdicts("bounds", "of=sigmoid", "claim=<=1/4")[0] == "holds"
    assert verdicts("bounds", "of=sigmoid", "claim=<1/4")[0] == "fails"
    wrong = shown("inspect", "bounds", "of=sigmoid", "claim=<=0.2")
    assert "at z = 0 the derivative is 0.25" in wrong


def test_A05_the_threshold_at_a_half_is_the_sign_of_z(tmp_path: Path) -> None:
    net = file(tmp_path, "input x = 1\nparam w = 2\nparam b = -1\nz = w*x + b\nyhat = sigmoid(z)")
    words = ("grid", "of=sign(yhat - 0.5)", "target=sign(z)")
    assert numbers(net, *words)["equal"] == numbers(net, *words)["points"] == 129
    assert verdicts(net, *words) == ["equal"]
    assert verdicts(net, "grid", "of=sign(yhat - 0.6)", "target=sign(z)") == ["largest"]
    slope = "of=sign(yhat*(1 - yhat))"
    assert numbers(net, "grid", slope, "target=1")["largest"] == 0, "it rises: it keeps order"


_THREE_INPUTS = """\
data a b c y
     1 2 -3 9
     0 1 1 -9
param w1 = 1
param w2 = -1
param w3 = 0.5
s1 = sigmoid(a)
s2 = {f}(b)
s3 = sigmoid(c)
z = w1*s1 + w2*s2 + w3*s3
loss L = (z - y)^2
"""


def test_A06_all_weights_behind_sigmoids_share_a_sign(tmp_path: Path) -> None:
    found = data("inspect", file(tmp_path, _THREE_INPUTS.format(f="sigmoid")), "signs")
    [unit] = found["tables"]["units"]
    assert (unit["weights"], unit["shared"], unit["draws"]) == (3, 100, 100)
    assert len(set(unit["mean_signs"].split())) == 2, "the mean over the two samples differs"
    mixed = file(tmp_path, _THREE_INPUTS.format(f="tanh"), "tanh.gg")
    assert data("inspect", mixed, "signs")["tables"]["units"][0]["shared"] < 100


@pytest.mark.parametrize(("lang", "said"), [("en", "No gradient passes"), ("es", "no pasa gradi")])
def test_A11_a_sign_says_that_no_gradient_passes(lang: str, said: str, tmp_path: Path) -> None:
    net = file(tmp_path, "input z = 2\nloss g = sign(z)")
    assert said in shown("run", net, lang=lang)
    assert said in shown("explain", net, "z", lang=lang)
    jump = shown("run", "-e", "g = sign(z)", "--set", "z=0", lang=lang)
    assert {"en": "jump", "es": "salto"}[lang] in jump
    assert said not in shown("run", "-e", "y = relu(z)", "--set", "z=-2", lang=lang)


def test_A23_a_dead_unit_is_flagged_and_its_repairs_are_not() -> None:
    dead = sample("dead_relu")
    assert verdicts(dead, "units")[0] == "dead"
    assert numbers(dead, "gradients")["layer.h"] == 0.0
    table = data("sweep", dead, "relu=relu,leaky_relu", "--show", "units.dead",
                 "--show", "gradients.layer.h")["rows"]  # fmt: skip
    assert [row["units.dead"] for row in table] == [1, 0]
    assert table[0]["gradients.layer.h"] == 0.0 != table[1]["gradients.layer.h"]
    assert numbers(dead, "units", "--set", "b=0.01")["active"] == 1


def test_A24_two_of_four_dead_units_are_50_per_cent(tmp_path: Path) -> None:
    net = "input X = [0, 0; 0, 1; 1, 0; 1, 1]\nparam W = [1, 1, 1, 1; 1, 1, 1, 1]\n"
    net += "param b = [0.1, -10, 0.2, -10]\nh = relu(X @ W + b)\nloss L = mean(h^2)"
    found = data("inspect", file(tmp_path, net), "units")
    [layer] = found["tables"]["layers"]
    assert (layer["units"], layer["samples"], layer["dead"]) == (4, 4, 2)
    assert layer["dead_percent"] == 50.0
    assert "h[2], h[4]" in found["verdicts"][0]["text"]


_PAIRED = """\
gg 1
data x1 x2 y
     0  1  1
     1  1  0
    -1  2  1
     2 -2  0
    -2 -1  1
x = [x1, x2]
h = dense(x, 3, act={hidden})
p = dense(h, 1, act={output})
loss L = {loss}(p, y)
"""


@pytest.mark.parametrize(
    ("hidden", "output", "loss", "rules"),
    [
        ("relu", "sigmoid", "bce", []),
        ("sigmoid", "sigmoid", "bce", ["hidden_sigmoid"]),
        ("relu", "relu", "bce", ["loss_output"]),
        ("tanh", "sigmoid", "bce_with_logits", ["loss_output"]),
        ("relu", "identity", "mse", []),
    ],
)
def test_A25_lint_says_what_the_guidelines_say(
    hidden: str, output: str, loss: str, rules: list[str], tmp_path: Path
) -> None:
    net = file(tmp_path, _PAIRED.format(hidden=hidden, output=output, loss=loss))
    result = call("lint", net)
    assert result.exit_code == (1 if rules else 0)
    found = call("lint", net, "--json").stdout
    assert [rule for rule in ("hidden_sigmoid", "loss_output") if f'"{rule}"' in found] == rules


def test_A25_lint_reads_losses_that_are_typed_out() -> None:
    typed = call("lint", sample("bce_sigmoid"), "--json").stdout
    assert '"loss_output"' not in typed
    relu = "input x = 1\ninput y = 1\nparam w = 1\nparam b = 1\np = relu(w*x + b)\n"
    relu += "loss L = -(y*log(p) + (1 - y)*log(1 - p))"
    assert [line.split(" ")[:3] for line in gg.lint(gg.parse(relu))] == [["the", "loss", "bce"]]


def test_A27_any_registered_activation_is_plotted_with_its_derivative(tmp_path: Path) -> None:
    shown_text = shown("inspect", "activation", "of=gelu")
    assert "gelu(z), gelu′(z)" in shown_text
    picture = tmp_path / "gelu.svg"
    shown("inspect", "activation", "of=gelu", "-o", str(picture))
    assert picture.read_text("utf-8").count('class="series"') == 2
    gg.register(name="half_tanh", arguments=("z",), formula=lambda m, z: m.tanh(z / 2))
    try:
        seen = gg.inspect(lens="activation", of="half_tanh")
        assert seen["slope_at_0"] == pytest.approx(0.5)
        assert b"half_tanh" in seen._repr_mimebundle_()["image/svg+xml"].encode("utf-8")
    finally:
        remove_row("half_tanh")
