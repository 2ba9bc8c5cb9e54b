"""Every lens, on every sample and in both languages: an answer, or an error in words."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.errors import GraphgradError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import catalogue, set_language
from graphgrad.source.gg import load, read_gg
from graphgrad.views.lenses.advice import RULES, advice
from graphgrad.views.lenses.lens import Report
from graphgrad.views.lenses.networks.glossary import WORDS
from graphgrad.views.lenses.registry import LENSES, find_lens, look
from graphgrad.views.lenses.report_text import report_json, report_text
from graphgrad.views.plots.plot_svg import plot_svg

ROOT = Path(__file__).parents[3]
QUICK = {"linear_regression", "recurrent"}
SAMPLES = [
    pytest.param(path, id=path.stem, marks=() if path.stem in QUICK else pytest.mark.slow)
    for path in sorted((ROOT / "samples").glob("*.gg"))
]
FREE = {"bounds": {"of": "tanh"}, "activation": {"of": "elu"}, "neuron": {"samples": 1000}}
LAYERED = """\
gg 1
data x1 x2 y
     0  0  0
     0  1  1
     1  0  1
     1  1  0
x = [x1, x2]
h = dense(x, 4, act=tanh)
p = dense(h, 1, act=sigmoid)
loss L = bce(p, y)
"""


def seen(graph: Graph | None, name: str) -> Report | None:
    """Return a report, or None where the lens says in both languages why there is none."""
    try:
        return look(graph, name, FREE.get(name, {}))
    except GraphgradError as error:
        said = [error.text(language) for language in ("en", "es")]
        return None if all(said) else pytest.fail(str(error.message_id))


def check(report: Report) -> None:
    for language in ("en", "es"):
        set_language(language)
        lines = list(report_text(report, 80))
        assert lines[0] == catalogue()[f"lens.{report.lens}.doc"][language == "es"]
        assert report.verdicts
        assert json.loads(report_json(report))["lens"] == report.lens
        if report.plot is not None:
            ElementTree.fromstring(plot_svg(report.plot()))


@pytest.mark.parametrize("path", SAMPLES)
def test_every_lens_on_every_sample(path: Path) -> None:
    graph = load(path)
    answered = 0
    for name in LENSES:
        report = seen(graph, name)
        if report is not None and name not in FREE:
            check(report)
            answered += 1
    assert answered >= 5


def test_every_lens_on_a_network_of_layers() -> None:
    graph = read_gg(LAYERED)
    silent = {name for name in LENSES if seen(graph, name) is None}
    assert silent == {"along", "steepest", "critical", "masks", "series"}


@pytest.mark.parametrize("name", FREE)
def test_a_free_lens_needs_no_graph(name: str) -> None:
    report = seen(None, name)
    assert report is not None
    check(report)


@pytest.mark.parametrize("text", ["input x = 3\noutput y = x^2", "param w = 0\nloss L = (w*0)^2"])
def test_the_gradients_of_a_graph_say_no_ratio_that_there_is_not(text: str) -> None:
    report = look(read_gg(text), "gradients", {})
    assert "nan" not in "\n".join(report_text(report, 80))


def test_the_same_look_gives_the_same_bytes() -> None:
    graph = read_gg(LAYERED)
    for name in LENSES:
        first, second = seen(graph, name), seen(graph, name)
        if first is not None and second is not None:
            assert report_json(first) == report_json(second)
            if first.plot is not None and second.plot is not None:
                assert plot_svg(first.plot()) == plot_svg(second.plot())


@pytest.mark.parametrize("lens", LENSES.values(), ids=lambda lens: lens.name)
def test_a_row_is_worded_and_found_by_both_names(lens) -> None:
    assert f"lens.{lens.name}.doc" in catalogue()
    assert lens.source
    assert find_lens(lens.spanish) is lens
    for option in lens.options:
        assert f"lens.option.{option.name}" in catalogue()
        assert f"lens.kind.{option.kind}" in catalogue()


def test_rules_and_words_are_worded() -> None:
    for rule in RULES:
        assert {f"lint.{rule.name}", f"lint.{rule.name}.repair"} <= set(catalogue())
    for word in WORDS:
        assert {f"glossary.{word}", f"glossary.{word}.means"} <= set(catalogue())


@pytest.mark.parametrize(
    ("text", "rule", "name"),
    [
        ("input x = 1\nparam w = 1\nparam b = 0\nparam v = 1\nparam c = 0\n"
         "h = sigmoid(w*x + b)\nloss L = (v*h + c)^2", "hidden_sigmoid", "h"),
        ("input x = [1, 2]\nparam W = [0, 0; 0, 0]\nparam b = [0, 0]\nparam v = [1, 2]\n"
         "param c = 0\nh = relu(W @ x + b)\ny = dot(v, h) + c\nloss L = y^2", "zero_start", "W"),
        ("input x = [1, 2]\nparam W = [1, 2; 1, 2]\nparam b = [0, 0]\nparam v = [1, 2]\n"
         "param c = 0\nh = relu(W @ x + b)\ny = dot(v, h) + c\nloss L = y^2", "same_units", "W"),
        ("input x = 1\nparam w = 1\nh = tanh(w*x)\nloss L = (h - 1)^2", "missing_bias", "h"),
        ("input x = 1\nparam w = 1\nparam b = 0\nh = step(w*x + b)\nloss L = (h - 1)^2",
         "cannot_learn", "w"),
    ],
)  # fmt: skip
def test_each_rule_finds_what_it_names(text: str, rule: str, name: str) -> None:
    graph = read_gg(text)
    found = [(one.rule, graph.line(graph.line_of(one.node)).name) for one in advice(graph)]
    assert (rule, name) in found


def test_a_sigmoid_that_answers_at_every_step_is_an_output() -> None:
    assert advice(load(ROOT / "samples" / "elman.gg")) == []


def test_a_sound_network_gets_no_advice() -> None:
    assert advice(read_gg(LAYERED)) == []
    assert advice(load(ROOT / "samples" / "linear_regression.gg")) == []


def test_large_columns_are_to_be_centred_and_scaled(tmp_path: Path) -> None:
    text = "data x: 2, y\n200 0 a\n210 0.5 b\n190 1 a\nz = dense(x, 2)\n"
    text += "loss L = cross_entropy_with_logits(z, y)\ntrain adam, epochs=2"
    path = tmp_path / "net.gg"
    path.write_text(text, "utf-8")
    [found] = advice(load(path))
    assert found.rule == "unscaled_input"
    assert found.fields["mean"] == "[200, 0.5]"
    assert found.fields["deviation"] == "[8.16, 0.408]"
    for lang, said in (("en", "has advice on this network"), ("es", "tiene un consejo")):
        told = CliRunner().invoke(program, ["--lang", lang, "train", str(path), "--rate", "1e-9"])
        assert said in told.stdout
    repair = "x1 = (x - [200, 0.5])/[8.16, 0.408]\nz = dense(x1, 2)"
    path.write_text(text.replace("z = dense(x, 2)", repair), "utf-8")
    assert advice(load(path)) == []
    inside = "z = dense((x - [200, 0.5])/[8.16, 0.408], 2)"
    path.write_text(text.replace("z = dense(x, 2)", inside), "utf-8")
    assert advice(load(path)) == []
    path.write_text(text.replace("z = dense(x, 2)", "z = dense(reshape(x, shape=2), 2)"), "utf-8")
    assert [one.rule for one in advice(load(path))] == ["unscaled_input"]
    typed = "data x y\n300 1\n400 2\nparam w = 1\nloss L = (w*x - y)^2"
    assert "unscaled_input" not in [one.rule for one in advice(read_gg(typed))]


RESIDUAL = """\
data x: 2, y: 1
0 0 0
0 1 1
1 0 1
layer a1 = dense(3, act=tanh, init=zeros)
layer a2 = dense(3, act=tanh, init=zeros)
layer o = dense(1)
h1 = a1(x)
h2 = a2(h1) + h1
yhat = o(h2)
loss L = mse(yhat, y)
"""


def test_a_branch_of_zeros_beside_a_shortcut_is_sound() -> None:
    assert advice(read_gg(RESIDUAL)) == []
    report = look(read_gg(RESIDUAL), "gradients", {})
    assert [one.code for one in report.verdicts] == ["steady", "ratio"]
    assert report.numbers["factor"] == 0  # of what the data would get, which do not learn
    assert report.numbers["reach"] > 0.1


def test_zeros_without_a_shortcut_are_told_with_what_they_do() -> None:
    plain = read_gg(RESIDUAL.replace(" + h1", ""))
    found = [
        (one.rule, one.fields["name"], one.fields["effect"].message_id) for one in advice(plain)
    ]
    assert found == [
        ("zero_start", "a1.W", "lint.zero_start.units"),
        ("zero_start", "a2.W", "lint.zero_start.before"),
    ]
    assert "vanishing" in [one.code for one in look(plain, "gradients", {}).verdicts]


@pytest.mark.parametrize(("act", "reason"), [("relu", "steep"), ("tanh", "flat")])
def test_an_image_gets_one_centre_and_one_scale(act: str, reason: str) -> None:
    rows = "\n".join(f"{20 + k} 30 -900 {4 * k} 1e4 2 3 4 5 {k % 2}" for k in range(4))
    text = f"data image: 1x3x3, digit\n{rows}\nlayer c = conv2d(2, 2, act={act})\n"
    text += "layer f = flatten()\nlayer d = dense(2)\nz = d(f(c(image)))\n"
    text += "loss L = cross_entropy_with_logits(z, digit)"
    [found] = advice(read_gg(text))
    assert found.fields["effect"].message_id == f"lint.unscaled_input.{reason}"
    line = "scaled = (image - {mean})/{deviation}\n".format(**found.fields)
    mended = text.replace("z = d(f(c(image)))", f"{line}z = d(f(c(scaled)))")
    assert advice(read_gg(mended)) == []


LEARNED = """\
input x = [1, -2, 3]
layer k = prelu(count=3)
d = [1, 2, -3]*x
h = k(d)
loss L = sum(h^2)
"""


@pytest.mark.parametrize("name", [*LENSES])
def test_every_lens_takes_an_activation_with_a_slope_that_is_learned(name: str) -> None:
    seen(read_gg(LEARNED), name)


def test_the_slope_of_an_activation_is_that_of_its_learned_argument() -> None:
    graph = read_gg(LEARNED)
    [units] = [row for sheet in seen(graph, "units").sheets for row in sheet.rows]
    assert units[-3] == pytest.approx((1 + 0.25 + 0.25) / 3)
    [g] = [r for s in seen(graph, "cached").sheets for r in s.rows if r[1] == "G"]
    assert list(g[4]) == [1, 0.25, 0.25]


FROZEN = "input x = 2\nparam frozen k = 3\nparam w = 0.5\nloss L = (k*w*x - 1)^2\n"


@pytest.mark.parametrize("name", [*LENSES])
def test_every_lens_takes_a_parameter_that_is_frozen(name: str) -> None:
    seen(read_gg(FROZEN), name)


def test_descent_leaves_a_frozen_parameter_alone_unless_it_is_named() -> None:
    graph = read_gg(FROZEN)
    numbers = look(graph, "descent", {"rate": [0.001], "steps": 1}).numbers
    assert numbers["0.001.point"] == pytest.approx(0.5 - 0.001 * 2 * (3 * 0.5 * 2 - 1) * 6)
    named = look(graph, "descent", {"rate": [0.001], "steps": 1, "over": ["k"]}).numbers
    assert named["0.001.point"] == pytest.approx(3 - 0.001 * 2 * (3 * 0.5 * 2 - 1) * 1)
