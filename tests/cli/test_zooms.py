"""How closely a command looks: entries, depth, two graphs compared, a graph as text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphgrad.cli.program import program

SAMPLES = Path(__file__).parents[2] / "samples"
MLP = str(SAMPLES / "mlp_vectorized.gg")
RNN = """\
title "RNN"
input x[1] = [1, 0]
input x[2] = [0, 1]
input y = 1
layer cell = elman(3)
const h[0] = [0, 0, 0]
for t = 1:2
  h[t] = cell(x[t], h[t-1])
end
layer out = dense(1)
yhat = out(h[2])
loss L = mse(yhat, y)
"""
LARGE = "input x: 784\nparam W: 256x784 = he_normal(draw=1)\nz = W@x\nloss L = sum(z)\n"


def call(*words: str) -> Result:
    return CliRunner().invoke(program, list(words))


@pytest.fixture
def rnn(tmp_path: Path) -> str:
    path = tmp_path / "rnn.gg"
    path.write_text(RNN, encoding="utf-8")
    return str(path)


def nodes_of(*words: str) -> dict[str, Any]:
    result = call("run", *words, "--json")
    assert result.exit_code == 0, result.output
    return {node["name"]: node for node in json.loads(result.stdout)["nodes"]}


# ---- entries ----


def test_run_has_the_numbers_of_the_arrays() -> None:
    whole, parts = nodes_of(MLP), nodes_of(MLP, "--entries", "scalar")
    assert parts["W1[2,1]"]["adjoint"] == pytest.approx(whole["W1"]["adjoint"][1][0], rel=1e-12)
    assert parts["x2[2]"]["value"] == pytest.approx(whole["x2"]["value"][1], rel=1e-12)
    assert parts["z1[3]"]["inputs"] == ["W1[3,1]", "x0[1]", "W1[3,2]", "x0[2]", "b1[3]"]


def test_values_may_be_given_for_the_array_or_for_an_entry() -> None:
    given = nodes_of(MLP, "--entries", "scalar", "--set", "x0=[3, 4]", "--set", "b1[2]=7")
    assert [given[name]["value"] for name in ("x0[1]", "x0[2]", "b1[2]")] == [3, 4, 7]
    result = call("run", MLP, "--entries", "scalar", "--set", "x0=[1, 2, 3]")
    assert result.exit_code == 3
    assert "x0" in result.stderr


def test_wrt_an_array_is_wrt_all_its_entries() -> None:
    result = call("run", MLP, "--entries", "scalar", "--wrt", "b1", "--json")
    assert list(json.loads(result.stdout)["gradients"]) == ["b1[1]", "b1[2]", "b1[3]"]


@pytest.mark.parametrize(("lang", "words"), [("en", "602896 nodes"), ("es", "602896 nodos")])
def test_what_is_too_large_says_the_count_and_the_advice(
    tmp_path: Path, lang: str, words: str
) -> None:
    path = tmp_path / "large.gg"
    path.write_text(LARGE.replace("input x: 784", "input x: 784\ninput q = 1"), encoding="utf-8")
    result = call("run", str(path), "--entries", "scalar", "--lang", lang)
    assert result.exit_code == 6
    assert words in result.stderr
    assert "--entries array" in result.stderr


@pytest.mark.parametrize("name", ["explain", "show", "render", "step"])
def test_every_command_has_both_zooms(name: str, tmp_path: Path) -> None:
    words = {
        "explain": ("explain", MLP, "W1[2,1]"),
        "show": ("show", MLP),
        "render": ("render", MLP, "-o", str(tmp_path / "net.svg")),
        "step": ("step", MLP, "--plain", "--at", "x2[1]"),
    }[name]
    result = CliRunner().invoke(program, [*words, "--entries", "scalar"], input="")
    assert result.exit_code == 0, result.output
    shown = result.output
    if name == "render":
        shown = (tmp_path / "net.svg").read_text(encoding="utf-8")
    assert "x2[1]" in shown


def test_explain_asks_for_one_entry() -> None:
    result = call("explain", MLP, "W1", "--entries", "scalar")
    assert result.exit_code == 2
    assert "W1[1,1], W1[1,2]" in result.stderr


ENTRIES = "z1[1] = -0.6\ndJ/dW2[2,1] = -0.188466\ndJ/dw2_12 = 0.656193\n"
ARRAYS = "z1 = [-0.6, -0.7, 1.5]\ndJ/db2 = [-1.08575, 0.350928]\nx1 = tanh(W1@x0 + b1)\n"


@pytest.mark.parametrize("zoom", ["array", "scalar"])
@pytest.mark.parametrize("sheet", [ENTRIES, ARRAYS])
def test_an_answer_for_one_zoom_marks_against_the_other(
    tmp_path: Path, zoom: str, sheet: str
) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text(sheet.replace("dJ/dw2_12", "dJ/dW2[1,2]"), encoding="utf-8")
    result = call("check", MLP, str(answers), "--entries", zoom, "--json")
    assert result.exit_code == 0, result.output


def test_a_matrix_answers_in_lower_case(tmp_path: Path) -> None:
    net = tmp_path / "net.gg"
    net.write_text("input x = [3, -1]\nparam W = [[1, 2], [0, -1]]\nloss L = sum((W@x)^2)\n")
    answers = tmp_path / "answers.txt"
    answers.write_text("dL/dw12 = -2\ndL/dw_21 = 6\ndL/dW[2,2] = -2\n")
    for zoom in ("array", "scalar"):
        result = call("check", str(net), str(answers), "--entries", zoom)
        assert result.exit_code == 0, result.output
    answers.write_text("dL/dw12 = 5\n")
    assert call("check", str(net), str(answers), "--entries", "scalar").exit_code == 1


# ---- depth ----


def test_a_layer_is_one_entry_with_its_parameters(rnn: str) -> None:
    nodes = nodes_of(rnn, "--detail", "layer")
    assert list(nodes) == [
        *("x[1]", "x[2]", "y", "cell.W", "cell.U", "cell.b", "h[1]", "h[2]", "yhat", "L")
    ]
    assert (nodes["h[2]"]["op"], nodes["yhat"]["op"]) == ("elman", "dense")
    lines = nodes_of(rnn)
    assert nodes["h[2]"]["value"] == lines["h[2]"]["value"]
    assert nodes["h[2]"]["adjoint"] == lines["h[2]"]["adjoint"]
    table = call("run", rnn, "--detail", "layer").stdout
    assert "dense" in table
    assert "W 1×3" in table


def test_line_is_what_there_was(rnn: str) -> None:
    for command in ("run", "show"):
        assert call(command, rnn).stdout == call(command, rnn, "--detail", "line").stdout


def test_an_exception_opens_a_group(rnn: str) -> None:
    nodes = nodes_of(rnn, "--detail", "layer", "--collapse", "h[1]")
    assert {"h[1].z", "h[1]", "cell.W"} <= set(nodes)
    assert "h[2].z" not in nodes


def test_show_draws_closed_groups_with_their_numbers(rnn: str) -> None:
    shown = call("show", rnn, "--detail", "layer").stdout
    assert shown.count("elman, W 3×2, U 3×3, b 3") == 1
    assert "h[1] = cell(x[1], h[0])" in shown
    assert shown.count("elman 2→3, tanh") == 2
    assert "h[1].z" not in shown
    alone = call("show", rnn, "--collapse", "h[1]").stdout
    assert "h[2].z" in alone
    assert "h[1].z" not in alone


@pytest.mark.parametrize("ending", ["svg", "dot", "tex"])
def test_figures_at_the_depth_of_layers(rnn: str, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"net.{ending}"
    result = call("render", rnn, "-o", str(out), "--detail", "layer")
    assert result.exit_code == 0, result.output
    text = out.read_text(encoding="utf-8")
    assert "h[2]" in text or "h₂" in text
    text = re.sub(r' data-lines="[^"]*"', "", text)  # for programs
    assert "h[1].z" not in text


def test_steps_of_a_page_are_those_of_its_boxes(rnn: str, tmp_path: Path) -> None:
    counts = []
    for detail in ("layer", "line"):
        out = tmp_path / f"{detail}.html"
        assert call("render", rnn, "-o", str(out), "--detail", detail).exit_code == 0
        counts.append(out.read_text(encoding="utf-8").count("Forward: "))
    assert counts[0] < counts[1]


def test_style_does_not_change_which_nodes_exist(tmp_path: Path) -> None:
    boxes = []
    for style in ("formula", "operator", "wire"):
        out = tmp_path / f"{style}.svg"
        call("render", MLP, "-o", str(out), "--detail", "line", "--style", style)
        boxes.append(out.read_text(encoding="utf-8").count('class="node computation'))
    assert len(set(boxes)) == 1
    assert boxes[0] > 0


def test_step_goes_layer_by_layer() -> None:
    result = CliRunner().invoke(program, ["step", MLP, "--plain", "--detail", "layer"], input="n")
    assert "[1/11] Forward: x1" in result.stdout
    assert "capa1: 2→3, W1 3×2, b1 3, tanh (z1, x1)" in result.stdout


def test_check_asks_for_the_steps_of_a_depth(tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("J = 0.400516\n")
    result = call("check", MLP, str(answers), "--detail", "layer", "--json")
    asked = [mark["id"] for mark in json.loads(result.stdout)["steps"]]
    assert "x1" in asked
    assert "z1" not in asked


def test_a_group_that_is_not_there_is_named_with_those_that_are() -> None:
    result = call("run", MLP, "--detail", "layer", "--collapse", "capa9")
    assert result.exit_code == 2
    assert "capa1, capa2, costo" in result.stderr


# ---- two graphs ----


def test_n05_a_threshold_as_weight_of_one_is_a_bias_after_a_rewrite(tmp_path: Path) -> None:
    first, second = tmp_path / "a.gg", tmp_path / "b.gg"
    first.write_text("const x0 = 1\ninput x = 2\nparam t0 = 3\nparam t1 = 4\nphi = t0*x0 + t1*x\n")
    second.write_text("input x = 2\nparam w = 4\nparam b = 3\nphi = w*x + b\n")
    result = call("same", str(first), str(second))
    assert result.exit_code == 0
    assert "t0*x0 = t0, because x0 = 1" in result.stdout
    assert "t0 → b" in result.stdout


def test_g15_factored_and_expanded_are_two_graphs_of_one_function(tmp_path: Path) -> None:
    first, second = tmp_path / "a.gg", tmp_path / "b.gg"
    head = "param w = 2\ninput z1 = 3\ninput z2 = 4\n"
    first.write_text(head + "y = w*(z1 + z2)\n")
    second.write_text(head + "y = w*z1 + w*z2\n")
    result = call("same", str(first), str(second))
    assert result.exit_code == 1
    assert "y = w*(z1 + z2)" in result.stdout
    assert "y = w*z1 + w*z2" in result.stdout
    assert "Operations: 2 in graph 1, 3 in graph 2." in result.stdout
    assert "the same output and the same gradients" in result.stdout
    data = json.loads(call("same", str(first), str(second), "--json").stdout)
    assert (data["same"], data["agree"], data["operations"]) == (False, True, [2, 3])


def test_same_needs_two_graphs() -> None:
    assert call("same", MLP).exit_code == 2
    assert call("same", MLP, MLP, "-e", "y = x").exit_code == 2


# ---- a graph as text ----


def test_an_unrolled_net_reads_back(rnn: str, tmp_path: Path) -> None:
    out = tmp_path / "unrolled.gg"
    assert call("export", rnn, "--to", "gg", "-o", str(out)).exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert "for" not in text.split()
    assert "[h[2]]\nh[2].z = cell.W @ x[2] + (cell.U @ h[1] + cell.b)" in text
    again = call("same", rnn, str(out))
    assert again.exit_code == 0
    assert call("run", rnn, "--json").stdout == call("run", str(out), "--json").stdout


def test_export_takes_values_and_zooms() -> None:
    text = call("export", MLP, "--set", "b2=[5, 6]").stdout
    assert "= [5, 6]" in text
    text = call("export", MLP, "--entries", "scalar").stdout
    assert "z1[1] " in text
