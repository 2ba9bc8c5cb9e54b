"""Geometry of figures, read back from the SVG itself."""

from __future__ import annotations

import pytest

from graphgrad.views.scene import SceneOptions, scene_of

from .reading import SAMPLES, Picture, picture_of, sample_scene, traced

NARROW = {"xor_sigmoid", "mazur"}


def _crossed(picture: Picture) -> list[tuple[str, str]]:
    """Return edges that run through a box, except where they leave and arrive."""
    return [
        (edge, box)
        for edge, points in picture.curves.items()
        for box, rect in picture.boxes.items()
        if any(rect.holds(x, y, 2.0 if box in picture.ends[edge] else 0.0) for x, y in points)
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_no_edge_runs_through_a_box(name: str) -> None:
    assert _crossed(picture_of(sample_scene(name))) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_boxes_do_not_overlap(name: str) -> None:
    boxes = list(picture_of(sample_scene(name)).boxes.items())
    for index, (first, rect) in enumerate(boxes):
        for second, other in boxes[index + 1 :]:
            assert not rect.meets(other), (first, second)


@pytest.mark.parametrize("name", SAMPLES)
def test_labels_overlap_no_box_and_no_label(name: str) -> None:
    picture = picture_of(sample_scene(name))
    labels = list(picture.labels.items())
    for index, (edge, label) in enumerate(labels):
        for box, rect in picture.boxes.items():
            assert not label.meets(rect), (edge, box)
        for second, other in labels[index + 1 :]:
            assert not label.meets(other), (edge, second)


@pytest.mark.parametrize("name", SAMPLES)
def test_each_label_is_nearest_to_its_own_edge_and_on_no_other(name: str) -> None:
    picture = picture_of(sample_scene(name))
    for edge, label in picture.labels.items():
        away = {
            other: min(label.distance(x, y) for x, y in points)
            for other, points in picture.curves.items()
        }
        nearest = (
            min(distance for other, distance in away.items() if other != edge)
            if len(away) > 1
            else 1e9
        )
        assert nearest > 0.0, edge
        assert away[edge] < nearest, edge


@pytest.mark.parametrize("name", SAMPLES)
def test_texts_stay_inside_their_boxes_and_everything_on_the_page(name: str) -> None:
    scene = sample_scene(name)
    for box in scene.boxes:
        for text in box.texts:
            assert text.rect.left >= box.rect.left
            assert text.rect.right <= box.rect.right
            assert text.rect.top >= box.rect.top
            assert text.rect.bottom <= box.rect.bottom
    picture = picture_of(scene)
    for points in picture.curves.values():
        assert all(0 <= x <= scene.width and 0 <= y <= scene.height for x, y in points)


def test_a_skip_edge_crosses_no_box() -> None:
    text = "input x = 1; a = x + 1; b = a*2; c = tanh(b); d = c + a; e = d^2; L = e + d + a"
    picture = picture_of(scene_of(traced(text)))
    assert _crossed(picture) == []


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
