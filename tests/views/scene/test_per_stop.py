"""Steps folded per line or node: the same geometry, everything known at the stop that says it."""

from __future__ import annotations

import pytest

from graphgrad.views.scene import SceneOptions, scene_of
from graphgrad.views.scene.runs import overlaid
from graphgrad.views.stops import Stops

from .reading import SAMPLES, picture_of, sample, sample_scene


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("fold", ["line", "node"])
def test_a_frame_per_stop(name: str, fold: str) -> None:
    scene = sample_scene(name, SceneOptions(fold=fold))  # type: ignore[arg-type]
    events = sample_scene(name)
    stops = Stops(sample(name), fold)  # type: ignore[arg-type]
    assert scene.last_step == len(stops)
    assert len(scene.acts) == len(scene.captions) == len(stops) + 1
    assert [box.rect for box in scene.boxes] == [box.rect for box in events.boxes]
    for position in (0, scene.last_step // 2, scene.last_step):
        folded, event = picture_of(scene, step=position), stops.stop(position).last
        plain = picture_of(events, step=event)
        for found, expected in zip(folded.root.iter(), plain.root.iter(), strict=True):
            for told in ("data-value", "data-adjoint", "data-partial", "visibility", "points"):
                assert found.get(told) == expected.get(told)


def test_each_stop_acts_on_something_and_says_what() -> None:
    scene = scene_of(sample("linear_regression"), SceneOptions(fold="line"))
    assert scene.last_step == 13
    assert all(scene.acts[1:])
    assert scene.captions[1] == "Forward: z: From w = 2 and x = 3 follows z = 6."
    assert scene.captions[13].startswith("Backward: x: The adjoint of x is -8.")


def test_of_several_contents_each_says_its_frames() -> None:
    frames = [["a", "", "x"], ["a", "b", "y"], ["a", "b", "x"], ["a", "", "x"]]
    first, second, third = overlaid(frames)
    assert first[0].stays(4)
    assert not second[0].stays(4)
    assert [(run.content, run.spans) for run in second] == [("b", ((1, 2),))]
    assert [(run.content, run.spans) for run in third] == [
        ("x", ((0, 0), (2, 3))),
        ("y", ((1, 1),)),
    ]
