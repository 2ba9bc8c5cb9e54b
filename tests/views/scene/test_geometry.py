"""Geometry of figures, read back from the SVG itself."""

from __future__ import annotations

from typing import Any

import pytest

from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.compose import scene_of
from tests.golden_outputs.cases import BRIEF

from .overlaps import overlaps_of
from .reading import SAMPLES, picture_of, sample, sample_scene, traced

LONG = ("elman", "encoder_decoder")
"""Samples that are as deep as others and take seconds."""
STYLES: dict[str, dict[str, Any]] = {
    "operator": {"style": "operator"},
    "wire": {"style": "wire"},
    "operations": {"detail": "op"},
    "across": {"direction": "LR"},
    "down": {"direction": "TB"},
    "contributions": {"show": ("values", "adjoints", "partials", "contributions")},
    "worksheet": {"blank": ("adjoints", "partials")},
    "commas": {"decimal_comma": True, "digits": 3},
    "beamer": {"fit": "beamer169"},
    "column": {"fit": "a4-column"},
    "legend": {"legend": True},
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.slow if name in LONG else ()) for name in SAMPLES],
)
def test_nothing_overlaps_in_a_sample(name: str) -> None:
    assert overlaps_of(picture_of(sample_scene(name))) == []


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in BRIEF])
def test_nothing_overlaps_in_any_style(name: str, style: str) -> None:
    scene = scene_of(sample(name), SceneOptions(**STYLES[style]))
    assert overlaps_of(picture_of(scene)) == []


def test_a_skip_edge_crosses_no_box() -> None:
    text = "input x = 1; a = x + 1; b = a*2; c = tanh(b); d = c + a; e = d^2; L = e + d + a"
    picture = picture_of(scene_of(traced(text)))
    assert overlaps_of(picture) == []


def test_a_shared_parameter_is_one_box_with_one_edge_per_use() -> None:
    picture = picture_of(sample_scene("shared_weights"))
    shared = (picture.node("w1").get("id") or "").rpartition("-")[2]
    assert sum(source == shared for source, _ in picture.ends.values()) == 2


def test_a_square_of_a_name_has_two_edges() -> None:
    picture = picture_of(scene_of(traced("input x = 3; y = x*x")))
    assert len(picture.curves) == 2
    assert len(set(map(tuple, picture.curves.values()))) == 2


def test_the_main_chain_is_straight() -> None:
    scene = sample_scene("linear_regression")
    boxes = {box.name: box.rect.centre.y for box in scene.boxes}
    assert (
        max(boxes[n] for n in ("z", "yhat", "e", "L"))
        - min(boxes[n] for n in ("z", "yhat", "e", "L"))
        < 1.0
    )


def test_a_direction_can_be_asked_for() -> None:
    trace = traced("input x = 1; y = x^2; z = tanh(y)")
    across = scene_of(trace, SceneOptions(direction="LR"))
    down = scene_of(trace, SceneOptions(direction="TB"))
    assert across.boxes[-1].rect.left > across.boxes[0].rect.right
    assert down.boxes[-1].rect.top > down.boxes[0].rect.bottom
