"""Graphs that lecturers draw: on a slide nothing is lost, and every gradient can be read off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from graphlib import TopologicalSorter
from itertools import pairwise, product
from math import hypot
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.layers.registry import find_layer
from graphgrad.source.gg import load, read_gg
from graphgrad.symbolic.write.words_latex import words_of_text
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Point, sampled
from graphgrad.views.figure.layout.tangles import Run, tangles
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.scene import Scene, SceneBox
from tests.crossed import crossed

from .overlaps import overlaps_of
from .reading import ROOT, picture_of, words_in

DATA = ROOT / "tests" / "data"
LECTURED = (
    *(DATA / "figures" / f"{name}.gg" for name in ("circuit", "neuron", "conv_pool")),
    *(DATA / "figures" / f"{name}.gg" for name in ("l2_regression", "xor_mlp", "moons")),
    *(ROOT / "samples" / f"{name}.gg" for name in ("cs231n_sigmoid", "mazur", "residual_block")),
    *(ROOT / "samples" / f"{name}.gg" for name in ("softmax_cross_entropy", "siamese", "lstm")),
    *(ROOT / "samples" / f"{name}.gg" for name in ("batch_norm", "attention")),
    DATA / "networks" / "short" / "rnn.gg",
)
OWN = tuple(sorted({*(DATA / "figures").glob("*.gg")} - {*LECTURED}))
LEAST_POINTS = 10.0
EVERY = pytest.mark.parametrize("path", [*LECTURED, *OWN], ids=lambda path: path.stem)
_RANGE = re.compile(r"(.+?)\[([\d…,]+)\]|(\D+)(\d+)…\3(\d+)")


@cache
def traced(path: Path) -> Trace:
    return record(load(path))


@cache
def slide(path: Path, language: str = "en") -> Scene:
    return scene_of(traced(path), SceneOptions(fit="beamer169", language=language))


def runs_of(scene: Scene) -> list[Run]:
    return [Run(edge.source, edge.target, edge.curve) for edge in scene.edges]


def told(scene: Scene) -> str:
    words = (words_of_text(text.tex) or text.tex for box in scene.boxes for text in box.texts)
    return "\n".join(words)


def test_there_are_fifteen_and_ten_more() -> None:
    assert (len(LECTURED), len(OWN)) == (15, 10)


# ---- nothing is lost ----


def printed(box: SceneBox) -> Iterator[str]:
    """Yield the names that a folded box prints, ranges written out."""
    for joint in ("_", ""):
        words = " ".join(words_in(t.tex, joint) for t in box.texts if t.kind == "group")
        if " … " in box.name:
            words += f", {box.name.replace(' … ', '…')}"
        for phrase in re.split(r",\s+", words):
            yield from expanded(phrase.split(" ")[0])


def expanded(word: str) -> Iterator[str]:
    """Yield the names of a range such as ``w[1…3,2]``, ``x[1]…x[12]`` or ``w1…w8``."""
    ends = re.fullmatch(r"(.+)\[(\d+)\]…\1\[(\d+)\]", word)
    match = _RANGE.fullmatch(word)
    if ends:
        yield from (f"{ends[1]}[{k}]" for k in range(int(ends[2]), int(ends[3]) + 1))
    elif match and match[3]:
        yield from (f"{match[3]}{k}" for k in range(int(match[4]), int(match[5]) + 1))
    elif match and "…" in match[2]:
        axes = [axis.split("…") for axis in match[2].split(",")]
        spans = [range(int(a[0]), int(a[-1]) + 1) for a in axes]
        for place in np.ndindex(*(len(span) for span in spans)):
            numbers = (str(span[k]) for span, k in zip(spans, place, strict=True))
            yield f"{match[1]}[{','.join(numbers)}]"
    else:
        yield word


@EVERY
def test_on_a_slide_every_input_and_parameter_is_drawn_or_printed_by_name(path: Path) -> None:
    trace, scene = traced(path), slide(path)
    drawn = {box.name for box in scene.boxes}
    folded = {
        line.name
        for box in scene.boxes
        for line in box.held
        if {line.name, line.name.rpartition(".")[2]} & set(printed(box))
    }
    graph = trace.graph
    given = [n.name for n in graph.lines() if graph.role(n.root) in ("input", "parameter")]
    assert [name for name in given if name not in drawn | folded] == []


@EVERY
def test_on_a_slide_letters_can_be_read(path: Path) -> None:
    scene = slide(path)
    assert scene.smallest * scene.scale >= LEAST_POINTS
    assert not any("too small" in note for note in scene.notes)


def test_what_cannot_be_read_says_what_to_ask_for() -> None:
    options = SceneOptions(fit="beamer169", collapse="none")
    scene = scene_of(traced(DATA / "networks" / "short" / "rnn.gg"), options)
    assert scene.smallest * scene.scale < LEAST_POINTS
    assert any("--wrt" in note for note in scene.warnings)


@EVERY
def test_on_a_slide_nothing_overlaps(path: Path) -> None:
    assert overlaps_of(picture_of(slide(path))) == []


# ---- lines that can be followed ----


@EVERY
def test_on_a_slide_lines_can_be_followed(path: Path) -> None:
    """One crossing is left where a way round leads over the chain that is drawn back and forth."""
    assert tangles(runs_of(slide(path))) <= 1


@pytest.mark.parametrize("name", ["figures/rnn_scalar", "networks/short/rnn"])
def test_on_a_slide_a_recurrence_repeats_what_its_steps_share(name: str) -> None:
    scene = slide(DATA / f"{name}.gg")
    assert tangles(runs_of(scene)) == 0
    shared = "w" if "scalar" in name else "cell"
    assert [box.name for box in scene.boxes].count(shared) == 4
    assert any("under the same mark" in note for note in scene.notes)


def test_each_step_has_the_entry_that_it_reads_beside_it() -> None:
    path = DATA / "networks" / "short" / "rnn.gg"
    scene = scene_of(traced(path), SceneOptions(shared="ghosts", collapse="none"))
    entries = [box for box in scene.boxes if box.name == "x"]
    assert [json.loads(box.value) for box in entries] == [[1, 0], [0, 1], [1, 1], [0, 0]]
    adjoint = np.asarray(traced(path).adjoint("x"), dtype=float)
    assert np.array([json.loads(str(box.adjoint)) for box in entries]) == pytest.approx(adjoint)
    assert sorted(text.tex for box in entries for text in box.texts if text.kind == "name") == [
        f"x_{{{step}}}" for step in range(1, 5)
    ]


def test_a_crossing_and_an_arrow_on_the_head_of_another_are_counted() -> None:
    def line(*ends: tuple[float, float]) -> tuple[Point, ...]:
        (a, b), (c, d) = ends
        return tuple(Point(a + (c - a) * k / 3, b + (d - b) * k / 3) for k in range(4))

    across, down = Run("a", "b", line((0, 5), (30, 5))), Run("c", "d", line((15, 0), (15, 30)))
    assert tangles([across, down]) == 1
    on_its_head = Run("b", "e", line((31, 6), (60, 40)))
    assert tangles([across, on_its_head]) == 1
    assert tangles([across, Run("b", "e", line((31, 20), (60, 40)))]) == 0


@pytest.mark.parametrize("name", ["deep_chain", "moons"])
def test_what_runs_on_in_the_next_row_arrives_straight(name: str) -> None:
    scene = slide(DATA / "figures" / f"{name}.gg")
    assert any("run on" in note for note in scene.notes)
    for edge in scene.edges:
        points = sampled(edge.curve)
        tip = points[-1]
        head = [p for p in points if hypot(p.x - tip.x, p.y - tip.y) < 9.5]
        turned = len({round(p.x) for p in points}) > 2 and len({round(p.y) for p in points}) > 2
        if turned and len(edge.curve) > 10:  # round corners, not bent
            off = min(max(abs(p.x - tip.x) for p in head), max(abs(p.y - tip.y) for p in head))
            assert off < 1.0


def test_ways_back_keep_clear_of_the_frames_of_groups() -> None:
    path = DATA / "figures" / "tied_autoencoder.gg"
    for direction in ("LR", "TB"):
        how: Any = {"layout": "columns", "direction": direction, "compact": True, "brief": 4}
        scene = scene_of(traced(path), SceneOptions(rows=2, **how))
        assert scene.groups
        for edge, group in product(scene.edges, scene.groups):
            rect, pieces = group.rect, list(pairwise(sampled(edge.curve)))
            level = [p for p, q in pieces if abs(p.y - q.y) < 0.1]
            for side in (rect.top, rect.bottom):
                near = [p for p in level if abs(p.y - side) < 3.0]
                along = [p for p in near if rect.left < p.x < rect.right]
                assert len(along) < 4, (direction, edge.id, group.name)


def test_the_check_of_a_target_is_no_box_on_a_slide() -> None:
    text = "input x = [1, 0]\ninput t = 1\nparam w = [2, -1]\nyhat = sigmoid(w @ x)\n"
    trace = record(read_gg(text + "loss L = bce(yhat, t)"))
    scene = scene_of(trace, SceneOptions(fit="beamer169"))
    if any(box.name == "L.t" for box in scene.boxes):
        assert any(edge.texts for edge in scene.edges)  # the arrows say what that line is for
    small = scene_of(trace, SceneOptions(fit="200x140"))
    assert [box.name for box in small.boxes if box.name == "L.t"] == []
    assert "bce" in told(small)


def test_a_product_with_a_logarithm_is_written_as_one() -> None:
    text = "input t = 1\nparam p = 0.5\nloss L = bce(p, t)"
    scene = scene_of(record(read_gg(text)), SceneOptions())
    assert "xlogy" not in told(scene)


@pytest.mark.parametrize("name", ["lenet", "conv_pool", "two_losses", "norm_block"])
def test_a_spanish_slide_names_layers_and_losses_in_spanish(name: str) -> None:
    english = ("max pool", "avg pool", "cross entropy", "flatten", "mse", "dense", "conv2d")
    words = (
        told(slide(DATA / "figures" / f"{name}.gg", "es")).replace("_", " ").replace("\u2009", " ")
    )
    assert [word for word in english if re.search(rf"\b{word}\b", words)] == []


def test_the_results_of_a_call_stand_in_the_order_of_its_head() -> None:
    scene = slide(ROOT / "samples" / "lstm.gg")
    box = next(box for box in scene.boxes if box.name == "h[1]")
    values = [text.tex for text in box.texts if text.kind == "value"]
    assert [tex[0] for tex in values] == ["h", "c"]


def test_a_call_prints_the_number_that_it_is_given() -> None:
    text = "input x = 0.3\nparam w = 2\np = sigmoid(w*x)\na = bce(p, 1)\nb = bce(p, 0)\n"
    scene = scene_of(record(read_gg(f"{text}loss L = a + b")), SceneOptions(detail="layer"))
    calls = [text.tex for box in scene.boxes for text in box.texts if "bce" in text.tex]
    assert [tex.rpartition(" ")[2].split(r"\right")[0] for tex in calls] == ["1", "0"]


def test_values_stay_while_letters_can_be_read() -> None:
    scene = slide(DATA / "figures" / "conv_pool.gg")
    assert all(box.value is not None for box in scene.boxes if box.role != "folded")
    assert any(text.kind == "adjoint" for box in scene.boxes for text in box.texts)


# ---- the gradient from the picture alone ----


def numbers(text: str) -> Any:
    return np.array(json.loads(text), dtype=float)


def attributes(scene: Scene, name: str) -> list[dict[str, str]]:
    return [dict(part.attrib) for part in picture_of(scene).root.iter() if part.get(name)]


def brought(edge: dict[str, str], box: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield what an edge brings back, by the line that it is brought to."""
    if "data-contribution" in edge:
        yield box["data-node"], numbers(edge["data-contribution"])
    for name, value in json.loads(edge.get("data-contributions", "{}")).items():
        yield name, numbers(value)


def sums_of(scene: Scene) -> dict[str, Any]:
    """Return per line the sum of what is drawn, and of what folded boxes keep inside."""
    boxes = {attrs["id"].rpartition("-")[2]: attrs for attrs in attributes(scene, "data-node")}
    total: dict[str, Any] = {}
    for box in boxes.values():
        for line in json.loads(box.get("data-lines", "[]")):
            if "inner" in line:
                total[line["name"]] = numbers(line["inner"])
    for edge in attributes(scene, "data-edge"):
        for name, value in brought(edge, boxes[edge["data-source"]]):
            total[name] = total[name] + value if name in total else value
    return total


@crossed(
    path=[*LECTURED, *OWN],
    options=[
        pytest.param(SceneOptions(), id="plain"),
        pytest.param(SceneOptions(fit="beamer169"), id="slide"),
        pytest.param(SceneOptions(detail="layer"), id="layer"),
        pytest.param(SceneOptions(style="operator"), id="operator"),
        pytest.param(SceneOptions(style="wire"), id="wire"),
        pytest.param(SceneOptions(style="layers"), id="layers"),
        pytest.param(SceneOptions(heat="contribution"), id="heat"),
    ],
)
def test_contributions_along_the_edges_sum_to_the_adjoints(
    path: Path, options: SceneOptions
) -> None:
    trace = traced(path)
    graph = trace.graph
    scene = scene_of(trace, options)
    sums = sums_of(scene)
    checked = 0
    for line in graph.lines():
        if line.root == graph.output or not graph.variable[line.root]:
            continue
        adjoint = np.asarray(trace.adjoint(line.name), dtype=float)
        if line.name in sums:
            assert sums[line.name] == pytest.approx(adjoint, rel=1e-9, abs=1e-12)
            checked += 1
        else:
            assert not adjoint.any(), line.name
    assert checked
    held = [line for box in scene.boxes for line in box.held if line.adjoint]
    for line in held:
        wanted = np.asarray(trace.adjoint(line.name), dtype=float)
        assert numbers(line.adjoint) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("how", ["@layer", "@layer+@families", "@block", "depth:0"])
def test_a_fold_of_operations_holds_all_of_its_lines(how: str) -> None:
    network = "data x: 2, y: 1\n0 1 1\n1 1 0\nlayer hidden = dense(3, act=tanh)\n"
    network += "layer out = dense(1, act=sigmoid)\nh = hidden(x)\nyhat = out(h)\n"
    trace = record(read_gg(f"{network}loss L = bce(yhat, y)"))
    scene = scene_of(trace, SceneOptions(detail="op", collapse=how))
    sources: dict[str, set[str]] = {}
    for edge in scene.edges:
        sources.setdefault(edge.target, set()).add(edge.source)
    assert list(TopologicalSorter(sources).static_order())  # raises CycleError on a cycle
    assert [box.role for box in scene.boxes] == ["input", "input", "folded", "folded", "loss"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_steps_of_two_recurrences_fit_with_their_values(language: str) -> None:
    scene = slide(ROOT / "samples" / "encoder_decoder.gg", language)
    assert scene.smallest * scene.scale >= LEAST_POINTS
    assert any(text.kind == "value" for box in scene.boxes for text in box.texts)


# ---- layers that are opened ----

INTERNAL = re.compile(r"keepdims|patches|\{(?:broadcast|fold|vec|reshape)\}|\{(?:shape|axis)\}=")


@pytest.mark.parametrize("detail", ["line", "op"])
@pytest.mark.parametrize("name", ["lenet", "conv_pool", "norm_block", "batch_norm"])
def test_an_opened_layer_is_written_as_on_the_board(name: str, detail: Any) -> None:
    folder = ROOT / "samples" if name == "batch_norm" else DATA / "figures"
    scene = scene_of(traced(folder / f"{name}.gg"), SceneOptions(detail=detail))
    texts = [text.tex for part in (*scene.boxes, *scene.edges) for text in part.texts]
    told = [box.words for box in scene.boxes] + [edge.formula for edge in scene.edges]
    assert not [
        words
        for words in told
        if re.search(r"keepdims|fold\(|(?<!X, computation, )reshape\(", words)
    ]
    ours = [tex for tex in texts if INTERNAL.search(tex)]
    assert [tex for tex in ours if not tex.startswith(("X = ", "v = "))] == []  # an author's own


def test_the_layers_of_xor_are_not_folded_on_a_slide() -> None:
    text = "input x = [0, 1]\ninput t = 1\nh = dense(x, 2, act=tanh)\n"
    graph = read_gg(f"{text}y = dense(h, 1, act=sigmoid)\nloss L = bce(y, t)")
    scene = scene_of(record(graph), SceneOptions(fit="beamer169"))
    assert scene.smallest * scene.scale >= LEAST_POINTS
    boxes = {box.name: box for box in scene.boxes}
    for name in ("h.W", "h.b", "y.W", "y.b"):
        assert {text.kind for text in boxes[name].texts} >= {"value", "adjoint"}
    rects = {name: box.rect for name, box in boxes.items()}
    beyond = max(rects["L"].right, *(rect.right for rect in rects.values()))
    assert rects["t"].right <= rects["L"].left < beyond  # the target is on the side of parameters


# ---- in the words and letters of a course ----


def rows_of(scene: Scene) -> list[str]:
    return [text.tex for box in scene.boxes for text in box.texts]


@pytest.mark.parametrize("call", ["cross_entropy", "cross_entropy_with_logits", "smooth_l1"])
def test_a_spanish_name_of_several_words_is_upright_text(call: str) -> None:
    row = find_layer(call)
    assert row is not None
    graph = read_gg(f"input p = [0.2, 0.8]\ninput t = [0, 1]\nloss L = {call}(p, t)")
    scene = scene_of(record(graph), SceneOptions(language="es", collapse="L"))
    first = row.spanish.split()[0]
    called = [tex for tex in rows_of(scene) if first in tex]
    assert called
    assert all(rf"\text{{{row.spanish}}}" in tex or tex.startswith(r"\text{") for tex in called)


GATES = """
input x = 0.5
input t = 1
param w_f = 0.3
param w_g = 0.4
param w_o = -0.2
[gates]
f = sigmoid(w_f*x)
g = tanh(w_g*x)
o = %s
[out]
h = o*tanh(f*g)
loss L = (h - t)^2
"""


@pytest.mark.parametrize(
    ("last", "named"), [("sigmoid(w_o*x)", ["sigmoid", "tanh"]), ("w_o*x", [])]
)
def test_a_box_names_every_activation_of_its_results_or_none(last: str, named: list[str]) -> None:
    scene = scene_of(record(read_gg(GATES % last)), SceneOptions(detail="layer"))
    gates = next(box for box in scene.boxes if box.name == "gates")
    summary = next(text.tex for text in gates.texts if text.kind == "group" and "→" in text.tex)
    assert [name for name in ("sigmoid", "tanh") if name in summary] == named
    assert "w_{f}" in summary


def test_a_fold_counts_the_turns_of_what_repeats() -> None:
    lines = "".join(f"z{t} = 2*h{t - 1} + 1\nh{t} = tanh(z{t})\n" for t in range(1, 7))
    graph = read_gg(f"input h0 = 0.1\n{lines}loss L = h6^2")
    scene = scene_of(record(graph), SceneOptions(collapse="repeats"))
    assert next(box.texts[0].tex for box in scene.boxes if "…" in box.name).endswith(r"(\times 4)")


@pytest.mark.parametrize("style", ["wire", "operator"])
def test_a_folded_loss_keeps_its_formula_and_its_number(style: str) -> None:
    text = "input p = [0.2]\ninput t = [1]\nloss L = bce(p, t)"
    options = SceneOptions(style=style, collapse="L")  # type: ignore[arg-type]
    scene = scene_of(record(read_gg(text)), options)
    box = next(box for box in scene.boxes if box.name == "L" and box.held)
    assert any("bce" in text.tex for text in box.texts)
    assert any("1.609" in text.tex for text in box.texts)
    assert [box.name for box in scene.boxes].count("L") == 1


def test_wires_are_wrapped_on_a_slide() -> None:
    text = "input x = 0.5\nparam w = 2\n" + "".join(
        f"h{k} = tanh(w*h{k - 1} + {k})\n" if k > 1 else "h1 = w*x\n" for k in range(1, 5)
    )
    trace = record(read_gg(f"{text}loss L = h4^2"))
    scene = scene_of(trace, SceneOptions(style="wire", fit="beamer169", collapse="none"))
    heights = {round(b.rect.centre.y) for b in scene.boxes if b.shape == "circle"}
    assert max(heights) - min(heights) > scene.height / 4
    assert scene.smallest * scene.scale >= 5


def test_only_advice_that_is_enough_is_given() -> None:
    path = ROOT / "samples" / "mazur.gg"
    options = SceneOptions(style="operator", fit="beamer169")
    scene = scene_of(traced(path), options)
    for warning in scene.warnings:
        if "--show none" in warning:
            bare = scene_of(traced(path), replace(options, show=()))
            assert bare.smallest * bare.scale >= LEAST_POINTS
