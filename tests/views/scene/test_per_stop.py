"""Steps folded per line or node: the same geometry, everything known at the stop that says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import LimitError
from graphgrad.source.gg import read_gg
from graphgrad.views.figure.content.known_at import overlaid
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.in_words import step_captions
from graphgrad.views.figure.scene.per_stop import check_steps
from graphgrad.views.figure.tex.documents import beamer_of
from graphgrad.views.figure.writers import draw
from graphgrad.views.text.entries import Detail
from graphgrad.views.text.stops import Fold, Stops
from tests.crossed import crossed

from .reading import SAMPLE_CASES, picture_of, sample, sample_scene, traced


@crossed(name=SAMPLE_CASES, fold=["line", "node"])
def test_a_frame_per_stop(name: str, fold: str) -> None:
    scene = sample_scene(name, SceneOptions(fold=fold))  # type: ignore[arg-type]
    events = sample_scene(name)
    stops = Stops(sample(name), fold)  # type: ignore[arg-type]
    assert scene.last_step == len(stops)
    assert len(scene.acts) == len(scene.captions) == len(scene.headings) == len(stops) + 1
    assert all(
        c.startswith(f"{h}: ") for c, h in zip(scene.captions[1:], scene.headings[1:], strict=True)
    )
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


@pytest.mark.parametrize(("detail", "fold"), [("line", "line"), ("op", "node")])
def test_a_step_is_what_a_box_is_unless_said_otherwise(detail: Detail, fold: Fold) -> None:
    trace = sample("xor_sigmoid")
    usual, asked = (SceneOptions(detail=detail, fold=choice) for choice in (None, fold))
    assert scene_of(trace, usual) == scene_of(trace, asked)
    assert scene_of(trace, usual).last_step < len(trace.steps)


@pytest.mark.parametrize("fold", ["line", "node", "edge"])
def test_captions_are_in_the_language_of_the_scene(fold: Fold) -> None:
    scene = scene_of(sample("linear_regression"), SceneOptions(fold=fold, language="es"))
    assert scene.captions[1] == "Hacia delante: z: De w = 2 y x = 3 se obtiene z = 6."
    assert not any("Forward" in heading or "Backward" in heading for heading in scene.headings)


def test_no_file_of_more_steps_than_anyone_leafs_through(tmp_path: Path) -> None:
    lines = [f"h{n} = sin(h{n - 1})" for n in range(1, 1_200)]
    trace = traced("\n".join(["input h0 = 0.5", *lines]))
    for fold, hint in (("edge", "smaller graph"), (None, "smaller graph")):
        with pytest.raises(LimitError, match=rf"has \d+ steps: .* 2000 .*{hint}"):
            draw(trace, tmp_path / "deck.html", SceneOptions(fold=fold))
    shorter = traced("\n".join(["input h0 = 0.5", *lines[:900]]))
    with pytest.raises(LimitError, match="--fold line"):
        check_steps(shorter, SceneOptions(fold="edge"))
    check_steps(shorter, SceneOptions())
    assert not list(tmp_path.iterdir())


def test_captions_write_numbers_of_names_low_and_tex_sets_them() -> None:
    trace = record(read_gg("input x_1 = 2\nparam w_1 = 3\nz_1 = w_1*x_1\nloss L = z_1^2"))
    scene = scene_of(trace, SceneOptions())
    told = " ".join(step_captions(scene))
    assert "z₁" in told
    assert "z_1" not in told
    assert r"z\ensuremath{_{1}}" in beamer_of(scene).decode("utf-8")
