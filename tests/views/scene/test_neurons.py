"""Circles per neuron, lines per weight: every gradient is in the picture, large ones are seen."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import LimitError, UsageError
from graphgrad.graph.zooms.scalar import scalar_graph
from graphgrad.source.gg import load, read_gg
from graphgrad.symbolic.write.names import name_latex
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.neurons.unit_layers import unit_layers
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import sampled
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.figure.svg.theme import THEMES
from tests.crossed import crossed

from .reading import ROOT
from .test_networks import LEAST_POINTS, LECTURED, OWN

DATA = ROOT / "tests" / "data" / "figures"
NEURONS = SceneOptions(style="neurons")
BATCH = """
input X = [[1, 2], [3, -4], [-0.5, 0.25]]
input Y = [[1, 0], [0, 1], [1, 0]]
layer a = dense(3, act=tanh, draw=2)
layer o = dense(2, act=softmax, draw=3)
h = a(X)
p = o(h)
loss L = mse(p, Y)
"""
WIDE = """
input x: 40 = uniform(draw=3)
layer a = dense(36, act=tanh, draw=2)
layer o = dense(1, draw=3)
h = a(x)
yhat = o(h)
loss L = sum((yhat - 1)^2)
"""
SKIP = """
input x: 3 = uniform(draw=1)
param W: 3x3 = uniform(draw=2)
param V: 1x3 = uniform(draw=3)
param b: 3 = uniform(draw=4)
h = tanh(W @ x + b)
s = h + x
loss L = sum((V @ s)^2)
"""


def drawn(trace: Trace, options: SceneOptions = NEURONS, theme: str = "light") -> Any:
    return ElementTree.fromstring(svg_of(scene_of(trace, options), theme=theme))


def edges_of(root: Any) -> list[dict[str, str]]:
    return [dict(e.attrib) for e in root.iter() if e.get("data-edge")]


def numbers(text: str) -> Any:
    return np.array(json.loads(text), dtype=float)


def entry(trace: Trace, name: str, axis: int = -1) -> Any:
    """Return the adjoint of a line, of an entry of it, or of its units along an axis."""
    graph = trace.graph
    if graph.find(name) is not None:
        return np.asarray(trace.adjoint(name), dtype=float)
    stem, _, inside = name.removesuffix("]").rpartition("[")
    found = np.asarray(trace.adjoint(stem), dtype=float)
    if "…" in inside:
        first, last = map(int, inside.split("…"))
        return found[first - 1 : last]
    place = tuple(int(part) - 1 for part in inside.split(","))
    return found[place] if len(place) == found.ndim else np.moveaxis(found, axis, 0)[place[0]]


# ---- the gradient from the picture alone ----


@pytest.mark.parametrize("path", [*LECTURED, *OWN], ids=lambda path: path.stem)
def test_what_lines_bring_back_sums_to_the_adjoints(path: Path) -> None:
    check_sums(record(load(path)))


@pytest.mark.parametrize("text", [BATCH, WIDE, SKIP], ids=["batch", "wide", "skip"])
def test_sums_hold_over_rows_dots_and_skips(text: str) -> None:
    check_sums(record(read_gg(text)))


def check_sums(trace: Trace) -> None:
    first = tuple(f"{layer}[" for layer in units_first(trace))
    root = drawn(trace)
    names = {
        str(box.get("id")).rpartition("-")[2]: str(box.get("data-node"))
        for box in root.iter()
        if box.get("data-node")
    }
    lines = {line.name for line in trace.graph.lines()}
    brought: dict[str, Any] = {}
    for edge in edges_of(root):
        name = names[edge["data-source"]]
        if "data-contribution" in edge and not edge["data-source"].startswith("b"):
            brought[name] = brought.get(name, 0.0) + numbers(edge["data-contribution"])
    for edge in edges_of(root):  # a parameter in a box that is a weight as well
        if edge.get("data-weight") in brought:
            brought[edge["data-weight"]] += numbers(edge["data-weight-gradient"])
    assert brought
    for name, total in brought.items():
        if name in lines or "[" in name:  # what is inside of a line has no name to ask for
            axis = 0 if name.startswith(first) else -1
            wanted = np.ravel(entry(trace, name, axis))
            assert np.ravel(total) == pytest.approx(wanted, rel=1e-9, abs=1e-12), name


def units_first(trace: Trace) -> set[str]:
    """Return the names of the lines whose units are rows, as in W @ X."""
    layers = unit_layers(trace.graph)
    units = [u for layer in layers for u in (layer.units, *(t.source for t in layer.terms))]
    return {trace.graph.name(u.node) for u in units if u.axis == 0}


def test_uses_of_weights_sum_to_their_gradients() -> None:
    for source in (load(DATA / "moons.gg"), load(ROOT / "samples" / "mazur.gg"), read_gg(BATCH)):
        trace = record(source)
        found: dict[str, float] = {}
        for edge in edges_of(drawn(trace)):
            if "data-weight" in edge:
                gradient = float(edge["data-weight-gradient"])
                found[edge["data-weight"]] = found.get(edge["data-weight"], 0.0) + gradient
        count = sum(
            math.prod(source.columns.shape(line.root))
            for line in source.lines()
            if source.role(line.root) == "parameter"
        )
        assert len(found) == count
        for name, gradient in found.items():
            wanted = float(np.ravel(entry(trace, name))[0])
            assert gradient == pytest.approx(wanted, rel=1e-9, abs=1e-12), name


def test_arrays_and_numbers_give_the_same_weights() -> None:
    graph = load(ROOT / "samples" / "mlp_vectorized.gg")
    told = [
        sorted(
            (e["data-weight"], float(e["data-weight-value"]), float(e["data-weight-gradient"]))
            for e in edges_of(drawn(record(source)))
            if "data-weight" in e
        )
        for source in (graph, scalar_graph(graph))
    ]
    assert len(told[0]) == 17
    for one, other in zip(*told, strict=True):
        assert one[0] == other[0]
        assert one[1:] == pytest.approx(other[1:], rel=1e-12)


# ---- large ones are seen ----


@crossed(kind=["adjoint", "value", "contribution"], theme=THEMES)
def test_the_five_largest_of_three_hundred_weights_have_the_widest_lines(
    kind: str, theme: str
) -> None:
    options = SceneOptions(style="neurons", heat=kind)  # type: ignore[arg-type]
    root = drawn(record(load(DATA / "moons.gg")), options, theme)
    attribute = {
        "adjoint": "data-weight-gradient",
        "value": "data-weight-value",
        "contribution": "data-contribution",
    }[kind]
    lines = []
    for place, group in enumerate(root.iter()):
        if group.get("data-weight") and not str(group.get("data-source")).startswith("b"):
            line = next(part for part in group if part.get("class") == "line")
            number = float(str(group.get(attribute)))
            lines.append((abs(number), float(str(line.get("stroke-width"))), place, number, line))
    assert len(lines) == 2 * 16 + 16 * 16 + 16
    by_size = sorted(lines, key=lambda found: -found[0])
    by_width = sorted(lines, key=lambda found: (-found[1], -found[2]))
    assert {n for n, *_ in by_size[:5]} == {n for n, *_ in by_width[:5]}
    median = by_width[len(lines) // 2][1]
    assert by_width[4][1] > 2 * median  # seen at a glance
    assert all(found[2] > by_size[-1][2] for found in by_size[:5])  # drawn over the small ones
    for _, _, _, number, line in lines:
        assert ("stroke-dasharray" in line.attrib) == (number < 0)


def test_negative_weights_have_another_colour() -> None:
    for theme in ("light", "dark", "colour-blind"):
        root = drawn(record(load(DATA / "xor_mlp.gg")), theme=theme)
        strong = {
            group.get("data-weight"): next(p for p in group if p.get("class") == "line").get(
                "stroke"
            )
            for group in root.iter()
            if group.get("data-weight")
        }
        red, _, blue = (int(str(strong["v1"])[k : k + 2], 16) for k in (1, 3, 5))
        other_red, _, other_blue = (int(str(strong["v2"])[k : k + 2], 16) for k in (1, 3, 5))
        assert red > blue
        assert other_blue > other_red


def dense(*sizes: int) -> Trace:
    """Return the pass of a network of layers of so many neurons."""
    layers = [f"layer d{k} = dense({size}, draw={k})" for k, size in enumerate(sizes[1:], 1)]
    calls = "".join(f"d{k}(" for k in range(len(sizes) - 1, 0, -1)) + "x" + ")" * (len(sizes) - 1)
    given = [f"input x: {sizes[0]} = uniform(draw=9)", f"input t: {sizes[-1]} = uniform(draw=8)"]
    return record(read_gg("\n".join([*given, *layers, f"y = {calls}", "loss L = mse(y, t)"])))


# ---- what is drawn ----


SETTINGS: dict[str, dict[str, str]] = {
    "plain": {},
    **{heat: {"heat": heat} for heat in ("value", "adjoint", "contribution")},
    **{page: {"fit": page} for page in ("beamer169", "pptx")},
}
ELMAN = ROOT / "samples" / "elman.gg"
LARGE = {"moons", "lstm", "gru_two", "attention", "wide_sum", "lenet", "norm_block"}


@pytest.mark.parametrize(
    "how", [pytest.param(how, marks=[pytest.mark.slow] * (how != "plain")) for how in SETTINGS]
)
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=[pytest.mark.slow] * (path.stem in LARGE))
        for path in (*LECTURED, *OWN, ELMAN)
    ],
)
def test_no_line_crosses_what_it_does_not_belong_to(path: Path, how: str) -> None:
    options = SceneOptions(style="neurons", **SETTINGS[how])  # type: ignore[arg-type]
    assert crossed(scene_of(record(load(path)), options)) == []


@pytest.mark.parametrize("close", [False, True], ids=["usual", "close"])
@pytest.mark.parametrize("sizes", [(1, 8, 2), (8, 1, 8), (3, 5, 7, 3), (2, 2, 2, 2, 2), (2, 16, 3)])
def test_biases_stand_beside_neurons_and_out_of_the_way(
    sizes: tuple[int, ...], *, close: bool
) -> None:
    scene = scene_of(dense(*sizes), NEURONS._replace(compact=close))
    assert sum(box.id.startswith("b") for box in scene.boxes) == sum(sizes[1:])
    assert crossed(scene) == []
    rects = [(box.name, box.rect.grown(-0.5)) for box in scene.boxes]
    for place, (one, rect) in enumerate(rects):
        assert not [other for other, there in rects[place + 1 :] if rect.overlaps(there)], one


def crossed(scene: Scene) -> list[tuple[str, str]]:
    """Return what lines cross: boxes, circles, biases, labels, titles of layers, notes."""
    found = []
    texts = [(f"title {group.title}", "", group.text.rect) for group in scene.groups]
    texts += [(f"note {entry.text.tex}", "", entry.text.rect) for entry in scene.legend]
    texts += [(edge.id, "", edge.label) for edge in scene.edges if edge.label and edge.texts]
    parts = [(box.id, box.shape, box.rect) for box in scene.boxes] + texts
    for edge in scene.edges:
        line = np.array(sampled(edge.curve))
        line = np.concatenate([line, (line[1:] + line[:-1]) / 2])  # every three points
        low, high = line.min(axis=0), line.max(axis=0)
        for name, shape, rect in parts:
            if name in (edge.id, edge.source, edge.target):
                continue
            if low[0] > rect.right or high[0] < rect.left:
                continue
            if low[1] > rect.bottom or high[1] < rect.top:
                continue
            away = np.abs(line - np.array(rect.centre))
            inside = (away < np.array([rect.width, rect.height]) / 2 - 0.5).all(axis=1)
            if shape == "circle":
                inside = np.hypot(*away.T) < rect.width / 2 - 0.5
            if inside.any():
                found.append((f"{edge.source}-{edge.target}", name))
    return found


@pytest.mark.parametrize("name", ["rnn", "lenet", "elman", "xor_mlp", "moons"])
def test_on_a_slide_neurons_are_read_and_what_is_left_out_is_told(name: str) -> None:
    path = next(path for path in (*LECTURED, *OWN, ELMAN) if path.stem == name)
    trace = record(load(path))
    scene = scene_of(trace, NEURONS._replace(fit="beamer169"))
    assert scene.smallest * scene.scale >= LEAST_POINTS
    assert not scene.warnings
    named = {box.name.partition("[")[0] for box in scene.boxes}
    named |= {edge.weight[0].partition("[")[0] for edge in scene.edges if edge.weight}
    named |= {held.name for box in scene.boxes for held in box.held if held.role != "computation"}
    graph = trace.graph
    given = [n.name for n in graph.lines() if graph.role(n.root) in ("input", "parameter")]
    assert [name for name in given if name.partition("[")[0] not in named] == []


def test_a_slide_says_that_weights_lost_their_numbers() -> None:
    trace = record(load(ROOT / "samples" / "mazur.gg"))
    scene = scene_of(trace, NEURONS._replace(fit="beamer169"))
    assert not any(edge.texts for edge in scene.edges)
    assert any("value and gradient of 10 weights and biases" in note for note in scene.notes)
    assert {line.name for box in scene.boxes for line in box.held} >= {"t1", "t2", "E_o1"}
    listed = scene_of(record(load(DATA / "xor_mlp.gg")), NEURONS._replace(fit="pptx"))
    told = [text.tex for edge in listed.edges for text in edge.texts]
    told += [entry.text.tex for entry in listed.legend]
    assert [tex for tex in told if tex.startswith("w_")]
    assert not any("weights and biases" in note for note in listed.notes)


def test_steps_stand_in_a_row_with_their_inputs_as_neurons() -> None:
    scene = scene_of(record(load(DATA.parent / "networks" / "short" / "rnn.gg")), NEURONS)
    boxes = {box.name: box for box in scene.boxes}
    assert {f"x[{t},{k}]" for t in range(1, 5) for k in (1, 2)} <= {*boxes}
    assert "x" not in boxes
    for unit in (1, 2, 3):
        heights = [boxes[f"h[{t}][{unit}]"].rect.centre.y for t in range(5)]
        assert max(heights) - min(heights) < boxes["h[1][1]"].rect.height / 2
    assert boxes["x[2,1]"].role == "input"
    assert boxes["x[2,1]"].rect.centre.x == boxes["h[1][1]"].rect.centre.x


def test_a_bias_of_several_steps_is_listed_once_and_with_no_part_of_its_gradient() -> None:
    scene = scene_of(record(load(ELMAN)), NEURONS)
    listed = [entry.text.tex for entry in scene.legend if entry.sample == "note"]
    assert len(listed) == len({*listed}) == 3
    assert not any("partial" in tex for tex in listed)


def test_an_input_of_which_a_part_is_not_read_stays_in_sight() -> None:
    text = "input x: 3x2 = uniform(draw=1)\nparam W: 2x2 = uniform(draw=2)\nh = W@x[1]\n"
    trace = record(read_gg(f"{text}loss L = sum(h^2)"))
    assert "x" in {box.name for box in scene_of(trace, NEURONS).boxes}
    check_sums(trace)


def test_labels_without_a_free_place_stand_in_the_list() -> None:
    scene = scene_of(record(load(ROOT / "samples" / "attention.gg")), NEURONS)
    at_lines = [text.tex for edge in scene.edges for text in edge.texts]
    listed = [entry.text.tex for entry in scene.legend]
    weights = [tex for tex in (*at_lines, *listed) if tex.startswith(r"\mathrm{W")]
    assert len(weights) == 12
    assert any(tex in listed for tex in weights)
    assert not scene.crowded


def test_a_bias_tells_its_value_where_weights_tell_theirs() -> None:
    trace = record(load(ROOT / "samples" / "mazur.gg"))
    told = [entry.text.tex for entry in scene_of(trace, NEURONS).legend]
    assert {tex for tex in told if tex.startswith("b_")} == {"b_{1} = 0.35", "b_{2} = 0.6"}
    silent = scene_of(trace, NEURONS._replace(show=("values",)))
    assert not [entry for entry in silent.legend if entry.text.tex.startswith("b_")]


def test_a_neuron_is_a_circle_and_its_bias_a_square() -> None:
    scene = scene_of(record(load(ROOT / "samples" / "mazur.gg")), NEURONS)
    boxes = {box.id: box for box in scene.boxes}
    circles = {box.name for box in scene.boxes if box.shape == "circle"}
    assert circles == {"i1", "i2", "out_h1", "out_h2", "out_o1", "out_o2"}
    biases = [edge for edge in scene.edges if edge.source.startswith("b")]
    assert [boxes[edge.source].name for edge in biases].count("b1") == 2
    for edge in biases:
        bias, neuron = boxes[edge.source].rect, boxes[edge.target].rect
        assert max(bias.width, bias.height) < neuron.width / 2
    held = {line.name for line in next(b for b in scene.boxes if b.name == "out_h1").held}
    assert held == {"net_h1", "out_h1"}


def test_few_weights_have_their_numbers_and_many_do_not() -> None:
    few = scene_of(record(load(ROOT / "samples" / "mazur.gg")), NEURONS)
    assert sum(bool(edge.texts) for edge in few.edges) == 8
    many = scene_of(record(load(DATA / "moons.gg")), NEURONS)
    assert not any(edge.texts for edge in many.edges)
    assert [group.title for group in many.groups] == ["x", "h1", "h2"]


def test_very_many_neurons_are_dots_that_say_how_many() -> None:
    scene = scene_of(record(read_gg(WIDE)), NEURONS)
    dots = [box.name for box in scene.boxes if "…" in box.name and box.role != "parameter"]
    assert dots == ["x[7…34]", "h[7…30]"]


@pytest.mark.parametrize("name", ["mazur", "mlp_vectorized", "residual_mlp", "xor_mlp"])
def test_no_box_lies_on_another(name: str) -> None:
    scene = scene_of(record(load(ROOT / "samples" / f"{name}.gg")), NEURONS)
    rects = [(box.name, box.rect.grown(-1.0)) for box in scene.boxes if box.role != "parameter"]
    for place, (one, rect) in enumerate(rects):
        for other, there in rects[place + 1 :]:
            assert not rect.overlaps(there), (one, other)
    names = [(e.id, e.label) for e in scene.edges if e.label is not None]
    assert all(not a.overlaps(b) for k, (_, a) in enumerate(names) for _, b in names[k + 1 :])


def test_only_what_a_weight_is_for_is_drawn() -> None:
    options = SceneOptions(style="neurons", wrt=("v1",))
    scene = scene_of(record(load(DATA / "xor_mlp.gg")), options)
    assert {box.name for box in scene.boxes} == {"h1", "h2", "c", "yhat", "y", "L"}
    with pytest.raises(UsageError, match="v9"):
        scene_of(record(load(DATA / "xor_mlp.gg")), SceneOptions(style="neurons", wrt=("v9",)))


def test_a_target_taken_off_is_no_input_of_a_neuron() -> None:
    graph = read_gg("input x = 2\ninput y = 1\nparam w = 3\nparam b = 1\nloss L = (w*x + b - y)^2")
    layer = unit_layers(graph)[0]
    assert [graph.name(term.source.node) for term in layer.terms] == ["x"]
    assert [graph.name(edge.source) for edge in layer.biases] == ["b"]


def test_steps_light_up_layer_after_layer() -> None:
    trace = record(load(ROOT / "samples" / "mlp_vectorized.gg"))
    scene = scene_of(trace, NEURONS)
    assert scene.last_step == len(scene.captions) - 1
    last = svg_of(scene, step=scene.last_step).decode()
    assert len(re.findall("data-weight-gradient", last)) == 17
    first = svg_of(scene, step=0).decode()
    assert "data-weight-gradient" not in first
    assert len(re.findall("data-weight-value", first)) == 17
    forward = svg_of(scene, step=2).decode()
    assert "pending" in forward
    assert "data-contribution" not in forward


def test_more_lines_than_a_figure_shows_are_refused_with_what_to_ask_for() -> None:
    trace = record(load(ROOT / "samples" / "data" / "next_letter.gg"))
    with pytest.raises(LimitError, match="--style layers"):
        scene_of(trace, NEURONS)


def test_a_bias_written_as_a_column_has_an_entry_per_neuron() -> None:
    trace = record(load(ROOT / "samples" / "xor_relu.gg"))
    check_sums(trace)
    scene = scene_of(trace, NEURONS)
    biases = {b.name: b.value for b in scene.boxes if b.id.startswith("b") and "[" in b.name}
    assert biases == {"b1[1]": "0.0", "b1[2]": "-1.0"}


def test_the_adjoint_of_each_weight_stands_at_its_line_or_where_lines_cross_in_the_list() -> None:
    trace = record(load(ROOT / "samples" / "xor_sigmoid.gg"))
    scene = scene_of(trace, NEURONS)
    at_lines = [text.tex for edge in scene.edges for text in edge.texts]
    listed = [entry.text.tex for entry in scene.legend]
    names = [edge.weight[0] for edge in scene.edges if edge.weight]
    assert sorted(names) == ["w_1_11", "w_1_12", "w_1_21", "w_1_22", "w_2_1", "w_2_2"]
    assert trace.adjoints is not None
    for name in names:
        adjoint = float(trace.adjoints[trace.graph.line(trace.graph.line_index[name]).root])
        told = rf"\partial L/\partial {name_latex(name)} = {adjoint:.4g}"
        found = [tex for tex in at_lines if tex == told], [tex for tex in listed if tex == told]
        assert tuple(map(len, found)) == ((0, 1) if name.startswith("w_1") else (1, 0)), name


def test_numbers_stacked_for_a_layer_are_its_units_with_a_line_per_weight() -> None:
    text = """
input x1 = 0.5
input x2 = -1
layer hidden = dense(2, act=tanh, draw=3)
h = hidden([x1, x2])
loss L = sum(h^2)
"""
    trace = record(read_gg(text))
    scene = scene_of(trace, NEURONS)
    assert not any(box.name == "h.x" for box in scene.boxes)
    weights = trace.value("hidden.W")
    lines = {e.weight[0]: float(e.weight[1]) for e in scene.edges if "W" in "".join(e.weight[:1])}
    assert lines == {f"hidden.W[{i},{j}]": weights[i - 1, j - 1] for i in (1, 2) for j in (1, 2)}
    sources = {e.source for e in scene.edges if e.weight and "W" in e.weight[0]}
    assert {box.name for box in scene.boxes if box.id in sources} == {"x1", "x2"}
