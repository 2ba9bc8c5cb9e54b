"""A block per layer: the tensor it makes, what made it, its shape and its parameters."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pytest

from graphgrad.autodiff.record import record
from graphgrad.source.gg import load
from graphgrad.symbolic.write.words_latex import words_of_text
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Point, Rect, sampled
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.scene import Scene, SceneBox
from graphgrad.views.figure.typeset.solids import solid_size

from .reading import ROOT
from .test_networks import LECTURED, OWN

LENET = ROOT / "tests" / "data" / "figures" / "lenet.gg"
LAYERS = SceneOptions(style="layers")


def drawn(path: Path = LENET) -> Scene:
    return scene_of(record(load(path)), LAYERS)


def words(box: SceneBox) -> list[str]:
    return [words_of_text(text.tex) or "" for text in box.texts if text.kind == "group"]


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
