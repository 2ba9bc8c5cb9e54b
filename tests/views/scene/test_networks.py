"""Graphs that lecturers draw: on a slide nothing is lost, and every gradient can be read off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.source.gg import load, read_gg
from graphgrad.symbolic.write.words_latex import words_of_text
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.scene import Scene, SceneBox

from .overlaps import overlaps_of
from .reading import ROOT, picture_of

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


def traced(path: Path) -> Trace:
    return record(load(path))


def slide(path: Path) -> Scene:
    return scene_of(traced(path), SceneOptions(fit="beamer169"))


def test_there_are_fifteen_and_ten_more() -> None:
    assert (len(LECTURED), len(OWN)) == (15, 10)


# ---- nothing is lost ----


def printed(box: SceneBox) -> Iterator[str]:
    """Yield the names that a folded box prints, ranges written out."""
    words = " ".join(words_of_text(t.tex) or "" for t in box.texts if t.kind == "group")
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
    trace = traced(path)
    scene = scene_of(trace, SceneOptions(fit="beamer169"))
    drawn = {box.name for box in scene.boxes}
    told = {
        line.name
        for box in scene.boxes
        for line in box.held
        if {line.name, line.name.rpartition(".")[2]} & set(printed(box))
    }
    graph = trace.graph
    given = [n.name for n in graph.lines() if graph.role(n.root) in ("input", "parameter")]
    assert [name for name in given if name not in drawn | told] == []


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


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(SceneOptions(), id="plain"),
        pytest.param(SceneOptions(fit="beamer169"), id="slide"),
        pytest.param(SceneOptions(detail="layer"), id="layer"),
        pytest.param(SceneOptions(style="operator"), id="operator", marks=pytest.mark.slow),
        pytest.param(SceneOptions(style="wire"), id="wire", marks=pytest.mark.slow),
        pytest.param(SceneOptions(style="layers"), id="layers"),
        pytest.param(SceneOptions(heat="contribution"), id="heat", marks=pytest.mark.slow),
    ],
)
@EVERY
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
