"""Columns beside the engine's layouts: who stands where, what is kept, and how good they are."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from graphgrad.autodiff.record import record
from graphgrad.source.gg import load, read_gg
from graphgrad.views.figure.content.diagram_of import diagram_of
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.layout.columns.standing import columns_of
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.scene import Scene, SceneBox

from .layouts import GRAPHS, WAYS, read_table, rows_of
from .overlaps import overlaps_of
from .reading import ROOT, picture_of, traced

RNN = ROOT / "tests" / "data" / "networks" / "short" / "rnn.gg"
MAZUR = ROOT / "samples" / "mazur.gg"
LONG = ("elman", "encoder_decoder")
"""Samples that are as deep as others and take seconds."""
RECOMPUTED = ("circuit", "rnn_scalar", "mazur", "wide_sum")


def drawn(path: Path, **options: Any) -> Scene:
    return scene_of(record(load(path)), SceneOptions(**options))


def box(scene: Scene, name: str) -> SceneBox:
    return next(box for box in scene.boxes if box.name == name)


# ---- who stands where ----


def test_layers_stand_in_columns_from_the_inputs_to_the_loss() -> None:
    scene = drawn(MAZUR, layout="columns", direction="LR", rows=1)
    layers = (("i1", "i2", "b1"), ("net_h1", "net_h2"), ("out_h1", "out_h2"))
    layers += (("net_o1", "net_o2"), ("out_o1", "out_o2"), ("E_o1", "E_o2"), ("E_total",))
    middles = [[box(scene, name).rect.centre.x for name in layer] for layer in layers]
    for column in middles:
        assert max(column) - min(column) < 1.0
    assert middles == sorted(middles)
    assert box(scene, "net_h1").rect.bottom < box(scene, "net_h2").rect.top


def test_a_parameter_stands_beside_the_box_that_alone_uses_it() -> None:
    scene = drawn(MAZUR, layout="columns", direction="LR", rows=1)
    for name, user in (("w1", "net_h1"), ("w2", "net_h1"), ("w8", "net_o2")):
        above, below = box(scene, name).rect, box(scene, user).rect
        assert 0 < below.top - above.bottom < 80
        assert below.left - below.width < above.centre.x < below.right + below.width
    assert box(scene, "t1").rect.top > box(scene, "E_o1").rect.bottom


def test_a_shared_parameter_stands_once_with_an_edge_per_use() -> None:
    scene = drawn(RNN, layout="time")
    uses = [edge for edge in scene.edges if edge.source == box(scene, "cell.W").id]
    assert len(uses) == 4
    assert len([b for b in scene.boxes if b.name == "cell.W"]) == 1


def test_the_steps_of_a_recurrence_stand_in_one_row() -> None:
    scene = drawn(RNN, layout="time", detail="layer", show=("values",))
    steps = [box(scene, f"h[{k}]").rect.centre for k in range(1, 5)]
    assert [p.x for p in steps] == sorted(p.x for p in steps)
    assert max(p.y for p in steps) - min(p.y for p in steps) < 1.0


def test_a_skip_runs_over_the_top_of_what_it_skips() -> None:
    scene = drawn(ROOT / "samples" / "residual_block.gg", layout="columns", direction="LR", rows=1)
    skip = next(e for e in scene.edges if (box(scene, "s0").id == e.source and e.texts) or e.label)
    assert skip.curve
    passed = [b.rect for b in scene.boxes if b.name in ("phi1", "s1", "phi2")]
    uses = [edge for edge in scene.edges if edge.source == box(scene, "s0").id]
    assert len(uses) == 2
    far = max(uses, key=lambda edge: edge.curve[-1].x)
    assert min(p.y for p in far.curve) < min(rect.top for rect in passed)


def test_a_fold_stands_before_what_reads_it_though_it_reads_a_later_line() -> None:
    assert not overlaps_of(picture_of(drawn(ROOT / "samples" / "elman.gg", fit="beamer169")))


def test_columns_hold_each_box_once() -> None:
    diagram = diagram_of(record(load(MAZUR)), SceneOptions())
    columns = columns_of(diagram)
    standing = [b for column in columns.columns for b in column]
    beside = list(columns.holder())
    assert sorted(standing + beside) == sorted(b.id for b in diagram.boxes)


# ---- what is kept ----


@pytest.mark.parametrize(
    "path",
    [pytest.param(p, id=p.stem, marks=pytest.mark.slow if p.stem in LONG else ()) for p in GRAPHS],
)
def test_in_columns_nothing_overlaps(path: Path) -> None:
    assert overlaps_of(picture_of(drawn(path, layout="columns", collapse="none"))) == []


@pytest.mark.parametrize("rows", [2, 3])
@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_wrapped_columns_overlap_nothing_and_lead_each_edge_to_its_box(
    rows: int, direction: Any
) -> None:
    scene = drawn(RNN, layout="columns", rows=rows, direction=direction)
    assert overlaps_of(picture_of(scene)) == []
    rects = {b.id: b.rect.grown(0.5) for b in scene.boxes}
    for edge in scene.edges:
        for end, place in ((edge.source, edge.curve[0]), (edge.target, edge.curve[-1])):
            rect = rects[end]
            assert rect.left <= place.x <= rect.right
            assert rect.top <= place.y <= rect.bottom


@pytest.mark.parametrize("name", ["circuit", "neuron"])
@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_wires_with_their_numbers_stand_in_columns_too(name: str, direction: Any) -> None:
    path = ROOT / "tests" / "data" / "figures" / f"{name}.gg"
    scene = drawn(path, layout="columns", style="wire", direction=direction)
    assert overlaps_of(picture_of(scene)) == []
    assert all(edge.texts for edge in scene.edges[:-1] if edge.contribution)


def test_what_an_engine_draws_well_stays_as_it_is() -> None:
    for name in ("linear_regression", "colah", "three_paths"):
        trace = record(load(ROOT / "samples" / f"{name}.gg"))
        assert scene_of(trace).engine != "graphgrad"
        assert scene_of(trace).boxes == scene_of(trace, SceneOptions(layout="dot")).boxes


def test_many_boxes_are_laid_out_without_an_engine() -> None:
    lines = [f"param w{k} = 0.5\nh{k} = tanh(w{k}*{f'h{k - 1}' if k else 'x'})" for k in range(150)]
    graph = read_gg("\n".join(["input x = 1", *lines]))
    scene = scene_of(graph, SceneOptions(collapse="none"))
    assert (scene.engine, len(scene.boxes)) == ("graphgrad", 301)


# ---- how good they are ----


@pytest.mark.parametrize("name", RECOMPUTED)
def test_the_table_of_layouts_is_fresh(name: str) -> None:
    path = next(path for path in GRAPHS if path.stem == name)
    table = read_table()
    for row in rows_of(path, ("columns", "time")):
        words = row.split()
        kept = table[name, words[3]]
        assert (int(words[4]), *map(float, words[5:])) == tuple(kept)


def test_forty_graphs_are_judged_in_every_way() -> None:
    table = read_table()
    assert len(GRAPHS) == 40
    for path in GRAPHS:
        assert {way for name, way in table if name == path.stem} >= set(WAYS) - {"time"}


def test_columns_cross_less_and_are_larger_on_a_slide_than_ranks_of_an_engine() -> None:
    table = read_table()
    names = [path.stem for path in GRAPHS]
    crossings = {way: sum(table[n, way].crossings for n in names) for way in WAYS if way != "time"}
    assert crossings["columns"] == min(crossings.values())
    letters = {way: median(table[n, way].letters for n in names) for way in WAYS if way != "time"}
    assert letters["columns"] > 1.25 * max(letters["across"], letters["down"])


# ---- ghosts ----


@pytest.mark.parametrize("options", [{}, {"fit": "beamer169"}, {"style": "wire"}])
def test_ghosts_repeat_a_shared_parameter_and_their_contributions_sum_to_its_adjoint(
    options: Any,
) -> None:
    path = ROOT / "tests" / "data" / "figures" / "rnn_scalar.gg"
    trace = record(load(path))
    scene = scene_of(trace, SceneOptions(shared="ghosts", collapse="none", **options))
    assert overlaps_of(picture_of(scene)) == []
    for name in ("w", "u", "b"):
        places = [b.id for b in scene.boxes if b.name == name]
        assert len(places) == 4
        assert [bool(b.adjoint) for b in scene.boxes if b.name == name] == [True] + [False] * 3
        brought = [float(e.contribution) for e in scene.edges if e.source in places]
        assert sum(brought) == pytest.approx(float(trace.adjoint(name)), rel=1e-12)
    assert any("under the same mark: w, u, b" in note for note in scene.notes)


def test_what_is_used_once_has_no_ghost() -> None:
    trace = record(load(ROOT / "tests" / "data" / "figures" / "lenet.gg"))
    once = scene_of(trace)
    ghosts = scene_of(trace, SceneOptions(shared="ghosts"))
    assert once == ghosts


def test_an_input_drawn_entry_by_entry_says_in_its_data_which_entry_a_number_is_of() -> None:
    trace = traced(
        "input x = [[1, 2], [3, 4]]; param w = [1, 1]; a = w*x[1]; b = w*x[2]; loss L = sum(a*b)"
    )
    picture = picture_of(scene_of(trace, SceneOptions(shared="ghosts")))
    parts = [g for g in picture.root.iter() if g.get("data-part")]
    assert [g.get("data-part") for g in parts] == ["x[1]", "x[2]"]
    found = [json.loads(g.get("data-adjoint") or "") for g in parts]
    assert found == trace.adjoint("x").tolist()
    assert [g[0].text for g in parts if "x[2], input" in (g[0].text or "")]
