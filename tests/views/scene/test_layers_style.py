"""A block per layer: the tensor it makes, what made it, its shape and its parameters."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pytest

from graphgrad.autodiff.record import record
from graphgrad.graph.depth import closed_at
from graphgrad.source.gg import load, read_gg
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Point, Rect, sampled
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.pages import least_letters
from graphgrad.views.figure.scene.scene import Scene, SceneBox
from graphgrad.views.figure.typeset.solids import solid_size

from .reading import ROOT, words_in
from .test_networks import LECTURED, OWN

LENET = ROOT / "tests" / "data" / "figures" / "lenet.gg"
LAYERS = SceneOptions(style="layers")


def drawn(path: Path = LENET) -> Scene:
    return scene_of(record(load(path)), LAYERS)


def words(box: SceneBox) -> list[str]:
    return [words_in(text.tex) for text in box.texts if text.kind == "group"]


def test_a_convolution_is_a_block_with_its_sizes() -> None:
    boxes = {box.name: box for box in drawn().boxes}
    assert words(boxes["a1"]) == ["conv2d 3×3, tanh", "2×6×6, parameters: 20"]
    assert words(boxes["p1"]) == ["avg_pool2d", "2×3×3"]
    assert words(boxes["h"]) == ["dense, tanh", "10, parameters: 50"]
    assert words(boxes["image"]) == ["8×8"]
    solids = [boxes[name].solid for name in ("a1", "v", "image")]
    assert [solid is not None and solid.depth > 0 for solid in solids] == [True, False, False]


@pytest.mark.parametrize("path", [*LECTURED, *OWN], ids=lambda path: path.stem)
def test_the_parameters_of_all_layers_are_those_of_the_graph(path: Path) -> None:
    graph = load(path)
    scene = drawn(path)
    told = 0
    for box in scene.boxes:
        if box.solid is not None:
            counts = [w.rpartition("parameters: ")[2] for w in words(box) if "parameters: " in w]
            told += sum(map(int, counts))
    for box in scene.boxes:
        if box.solid is None:
            named = [line.name for line in box.held] or [box.name]
            found = [graph.find(name) for name in named]
            told += sum(
                math.prod(graph.columns.shape(node))
                for node in found
                if node is not None and graph.role(node) == "parameter"
            )
    whole = (
        graph.columns.shape(n.root) for n in graph.lines() if graph.role(n.root) == "parameter"
    )
    assert told == sum(map(math.prod, whole))


@pytest.mark.parametrize("path", [*LECTURED, *OWN], ids=lambda path: path.stem)
def test_arrows_end_at_the_blocks_and_nothing_overlaps(path: Path) -> None:
    scene = drawn(path)
    boxes = {box.id: box for box in scene.boxes}
    for edge in scene.edges:
        for end, point in ((edge.source, edge.curve[0]), (edge.target, edge.curve[-1])):
            solid = boxes[end].solid
            if solid is None:
                continue
            whole = solid.front.grown(solid.depth + 1.0)
            assert whole.left <= point.x <= whole.right, edge.id
        for box in scene.boxes:
            inner = box.rect.grown(-1.5)
            on = [p for p in sampled(edge.curve) if holds(inner, p)]
            assert box.id in (edge.source, edge.target) or not on, (edge.id, box.name)
    rects = [(box.name, box.rect) for box in scene.boxes]
    for place, (one, rect) in enumerate(rects):
        assert [n for n, other in rects[place + 1 :] if rect.overlaps(other)] == [], one


def holds(rect: Rect, point: Point) -> bool:
    return rect.left < point.x < rect.right and rect.top < point.y < rect.bottom


def test_larger_tensors_are_larger() -> None:
    for small, large in pairwise([(4,), (16,), (784,)]):
        assert solid_size(small)[1] < solid_size(large)[1]
    assert solid_size((6, 28, 28))[2] < solid_size((16, 28, 28))[2]


# ---- what a fold to fit a page keeps ----


def fitted(text: str, **asked: object) -> Scene:
    options = SceneOptions(style="layers", **asked)  # type: ignore[arg-type]
    return scene_of(record(read_gg(text)), options)


def deep(*kinds: str) -> str:
    """Return a network of one layer after the other."""
    given = ["x", *(f"h{place}" for place in range(1, len(kinds) + 1))]
    lines = ["gg 1", "input x: 3 = [1, 0, 1]"]
    lines += [f"layer a{place} = {kind}" for place, kind in enumerate(kinds, 1)]
    lines += [f"h{k} = a{k}({given[k - 1]})" for k in range(1, len(kinds) + 1)]
    return "\n".join([*lines, f"loss L = mse({given[-1]}, [1, 1, 1])"])


def test_layers_of_one_kind_fold_and_say_how_many_parameters_they_hold() -> None:
    scene = fitted(deep(*["dense(3, act=tanh)"] * 5), collapse="repeats")
    fold = next(box for box in scene.boxes if box.role == "folded")
    assert fold.name == "h1 … h5"
    assert words(fold) == ["dense, tanh, parameters: 60"]
    assert "x" in {box.name for box in scene.boxes}


@pytest.mark.parametrize(
    "kinds",
    [
        ["dense(3, act=tanh)", "dense(3, act=relu)", "dense(3)", "dense(3, act=tanh)"],
        ["dense(4, act=tanh)", "dense(5, act=tanh)", "dense(4, act=tanh)", "dense(3, act=tanh)"],
    ],
    ids=["kinds", "shapes"],
)
def test_layers_that_share_nothing_but_their_order_stay_apart(kinds: list[str]) -> None:
    names = {box.name for box in fitted(deep(*kinds), collapse="repeats").boxes}
    assert {"h1", "h2", "h3", "h4"} <= names


def test_what_is_given_to_a_cell_stays_drawn_and_its_weights_are_no_tensor() -> None:
    trace = record(load(ROOT / "samples" / "rnn_bptt.gg"))
    scene = scene_of(trace, SceneOptions(style="layers", collapse="repeats"))
    boxes = {box.name: box for box in scene.boxes}
    assert words(boxes["x"]) == ["4×2"]
    assert words(boxes["cell"]) == ["parameters: 18"]
    assert words(boxes["h[1] … h[4]"]) == ["elman, tanh"]


def test_a_layer_of_numbers_counts_its_units() -> None:
    boxes = {box.name: box for box in drawn(ROOT / "samples" / "xor_sigmoid.gg").boxes}
    assert words(boxes["oculta"]) == ["sigmoid", "2, parameters: 4"]
    assert words(boxes["salida"]) == ["sigmoid", "1, parameters: 2"]


def test_a_long_chain_of_layers_runs_on_in_rows_to_be_read() -> None:
    scene = scene_of(record(load(LENET)), SceneOptions(style="layers", fit="beamer169"))
    assert {"a1", "p1", "a2", "p2", "v", "h"} <= {box.name for box in scene.boxes}
    tops = {b.name: b.solid.front.top for b in scene.boxes if b.solid is not None}
    assert tops["v"] > tops["image"] + 100  # the second row
    assert scene.smallest * scene.scale >= least_letters("beamer169")


WRAPPED = """\
input x: 4x3 = uniform(draw=1)
[net]
layer inp = dense(6, act=tanh)
layer mid = dense(6, act=tanh)
layer rear = dense(6, act=tanh)
layer out = dense(2)
h_one = inp(x)
h_two = mid(h_one)
h_three = rear(h_two)
y = out(h_three)
[loss]
loss L = sum(y^2)
"""


def test_a_slide_opens_the_group_that_is_around_a_whole_network() -> None:
    scene = scene_of(record(read_gg(WRAPPED)), SceneOptions(detail="layer", fit="beamer169"))
    names = {box.name for box in scene.boxes}
    assert {"h_one", "h_two", "h_three", "y"} <= {name.rpartition(".")[2] for name in names}, names
    assert scene.smallest * scene.scale >= least_letters("beamer169")
    assert any("digits" in note for note in scene.notes)


def test_layers_have_the_nouns_of_their_rows_in_spanish() -> None:
    told = {}
    for language in ("en", "es"):
        scene = scene_of(record(read_gg(WRAPPED)), SceneOptions(style="layers", language=language))
        texts = [words_in(text.tex) for box in scene.boxes for text in box.texts]
        told[language] = " ".join(texts)
    assert "dense, tanh" in told["en"]
    assert "capa densa" in told["es"]
    assert "tgh" in told["es"]
    assert "dense" not in told["es"]


NESTED = """\
input image: 1x8x8 = normal(draw=1)
layer c1 = conv2d(2, 3, act=tanh)
layer flat = flatten()
layer out = dense(3)
logits = out(flat(c1(image)))
loss L = mean(logits)
"""


def test_every_call_of_a_nested_line_is_a_layer_the_last_one_too() -> None:
    graph = read_gg(NESTED)
    closed = [group.name for group in closed_at(graph, "layer")]
    assert closed == ["logits.c1", "logits.flat", "logits.out"]
    scene = scene_of(record(graph), LAYERS)
    tensors = {box.name: box for box in scene.boxes if box.solid is not None}
    titles = [next(t.tex for t in tensors[n].texts if t.kind == "name") for n in ("c1", "out")]
    assert [*tensors] == ["image", "c1", "flat", "out"]
    assert titles == ["c_{1}", r"\mathrm{out}"]
    assert words(tensors["out"]) == ["dense", "3, parameters: 219"]
    line = scene_of(record(graph), SceneOptions(detail="layer"))
    said = " ".join(t.tex for box in line.boxes for t in box.texts)
    assert r"\mathrm{logits} = \operatorname{out}" in said
    assert r"\mathrm{logits}.c_{1} = \operatorname{c1}" in said


def test_a_page_of_layers_never_turns_tensors_into_boxes() -> None:
    scene = scene_of(record(read_gg(NESTED)), SceneOptions(style="layers", fit="beamer169"))
    assert [b.name for b in scene.boxes if b.solid is not None] == ["image", "c1", "flat", "out"]
    assert scene.smallest * scene.scale >= least_letters("beamer169")


def test_a_folded_layer_is_named_in_the_language_and_heads_all_it_defines() -> None:
    cell = "input x = [0.5, -1]\nlayer cell = lstm_cell(2)\nh, c = cell(x)\nloss L = sum(h*c)"
    layer = "input x = [1, 2]\nlayer f = dense(3, act=tanh)\nh = f(x)\nloss L = mean(h)"
    for language, noun in (("en", "dense 2→3"), ("es", "capa densa 2→3")):
        options = SceneOptions(detail="layer", language=language)
        told = next(b for b in scene_of(record(read_gg(layer)), options).boxes if b.name == "h")
        assert any(noun in line for line in words(told))
        both = next(b for b in scene_of(record(read_gg(cell)), options).boxes if b.name == "h")
        assert both.texts[0].tex.startswith("h, c")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_room_that_puts_a_tensor_in_the_middle_is_not_kept_free(language: str) -> None:
    trace = record(load(ROOT / "tests" / "data" / "imports" / "unet.onnx"))
    scene = scene_of(trace, SceneOptions(style="layers", fit="beamer169", language=language))
    assert scene.smallest * scene.scale >= 10
    for box in (box for box in scene.boxes if box.solid):
        bottom = max(box.solid.front.bottom, *(text.rect.bottom for text in box.texts))
        assert box.rect.bottom - bottom < 12


def test_small_letters_of_layers_are_told_what_to_ask_for() -> None:
    path = ROOT / "samples" / "encoder_decoder.gg"
    small = scene_of(record(load(path)), SceneOptions(style="layers", fit="beamer169"))
    assert "--style formula" in small.notes[-1]
    assert small.smallest * small.scale < 10
    asked = scene_of(record(load(path)), SceneOptions(fit="beamer169"))
    assert asked.smallest * asked.scale >= 10


BOTH_WAYS = """\
input x: 3x2 = [1, 0; 0, 1; 1, 1]
input y = 1
layer f = elman(3)
layer g = elman(3)
layer out = dense(1)
const h[0] = [0, 0, 0]
const k[4] = [0, 0, 0]
h[1] = f(x[1], h[0])
h[2] = f(x[2], h[1])
h[3] = f(x[3], h[2])
k[3] = g(x[3], k[4])
k[2] = g(x[2], k[3])
k[1] = g(x[1], k[2])
z = out(concat(h[3], k[1]))
loss L = mse(z, y)
"""


@pytest.mark.parametrize("language", ["en", "es"])
def test_steps_of_a_recurrence_are_one_box_before_letters_get_small(language: str) -> None:
    trace = record(read_gg(BOTH_WAYS))
    scene = scene_of(trace, SceneOptions(style="layers", fit="beamer169", language=language))
    assert scene.smallest * scene.scale >= 10
    folded = [box for box in scene.boxes if box.held and " … " in box.name]
    assert not any(text.kind in ("value", "adjoint") for box in folded for text in box.texts)
