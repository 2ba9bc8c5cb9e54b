"""Frames of a figure: one geometry, other colours; numbers read back from the SVG."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from graphgrad.errors import UsageError
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.svg.svg import svg_of

from .reading import HREF, SAMPLES, SVG, picture_of, read, sample, sample_scene, texts_of

LAST = 19


def test_numbers_of_the_last_frame_read_back() -> None:
    picture = picture_of(sample_scene("linear_regression"), step=LAST)
    values = {n: float(picture.node(n).get("data-value") or "nan") for n in "zeL"}
    assert values == {"z": 6.0, "e": -2.0, "L": 4.0}
    assert picture.node("yhat").get("data-value") == "7.0"
    adjoints = {n: float(picture.node(n).get("data-adjoint") or "nan") for n in "wbz"}
    assert adjoints == {"w": -12.0, "b": -4.0, "z": -4.0}
    partials = {edge.get("data-partial") for edge in picture.edges()}
    assert partials == {"1.0", "-1.0", "2.0", "3.0", "-4.0"}


def test_step_0_shows_leaves_alone() -> None:
    root = picture_of(sample_scene("linear_regression"), step=0).root
    assert not [g for g in root.iter() if g.get("data-adjoint") or g.get("data-partial")]
    assert not [g for g in root.iter() if "current" in (g.get("class") or "").split()]
    valued = [g.get("data-node") for g in root.iter() if g.get("data-value")]
    assert valued == ["x", "y", "w", "b"]
    for group in root.iter(f"{SVG}g"):
        if group.get("class") in ("text adjoint", "text partial"):
            assert group.get("visibility") == "hidden"
            assert len(group) == 0


def test_a_seed_step_marks_the_loss() -> None:
    picture = picture_of(sample_scene("linear_regression"), step=5)
    assert "current" in (picture.node("L").get("class") or "").split()
    assert picture.node("L").get("data-adjoint") == "1.0"


def test_backward_edges_are_dashed_and_turned_round() -> None:
    scene = sample_scene("linear_regression")
    before, after = picture_of(scene, step=5), picture_of(scene, step=6)
    edge = next(e for e in after.edges() if "backward" in (e.get("class") or "").split())
    ident = (edge.get("id") or "").rpartition("-")[2]
    line = next(p for p in edge if p.get("class") == "line")
    assert line.get("stroke-dasharray")
    source, target = after.ends[ident]
    tip_before, tip_after = before.curves[ident][-1], after.curves[ident][-1]
    assert before.boxes[target].distance(*tip_before) < 2
    assert after.boxes[source].distance(*tip_after) < 2


def test_pending_parts_are_grey() -> None:
    picture = picture_of(sample_scene("linear_regression"), step=1)
    states = [(e.get("class") or "").split()[1] for e in picture.edges()]
    assert states.count("forward") == 2
    assert states.count("pending") == 5
    assert "pending" in (picture.node("L").get("class") or "").split()


def test_a_step_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="no step 20"):
        svg_of(sample_scene("linear_regression"), step=20)


@pytest.mark.parametrize("name", SAMPLES)
def test_svg_is_self_contained_and_has_no_text_element(name: str) -> None:
    svg = svg_of(sample_scene(name))
    root = ElementTree.fromstring(svg)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags.isdisjoint({"text", "script", "image", "style", "foreignObject", "a"})
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    references = {element.get(HREF) for element in root.iter() if element.get(HREF)}
    assert references <= {f"#{name}" for name in ids}
    assert b"http" not in svg.replace(b"http://www.w3.org/", b"")


def test_the_same_figure_is_the_same_bytes() -> None:
    first = svg_of(scene_of(sample("xor_sigmoid")))
    assert svg_of(scene_of(sample("xor_sigmoid"))) == first


def test_two_figures_share_no_id() -> None:
    ids = [
        {e.get("id") for e in read(svg_of(sample_scene(n))).root.iter() if e.get("id")}
        for n in ("linear_regression", "xor_sigmoid")
    ]
    assert ids[0].isdisjoint(ids[1])


def test_title_description_and_words() -> None:
    root = picture_of(sample_scene("linear_regression"), step=LAST).root
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "Linear regression with one neuron"
    described = root[1].text or ""
    assert "State after step 19 of 19" in described
    assert "w, parameter: value 2, adjoint -12" in described
    assert "\\" not in described


def test_terms_of_a_sum_stand_in_the_box() -> None:
    scene = sample_scene("shared_weights")
    text = next(t for b in scene.boxes if b.name == "w1" for t in b.texts if t.kind == "adjoint")
    assert text.tex == r"\partial \hat{y}/\partial w^{(1)} = 11 + 8 = 19"
    assert texts_of(picture_of(scene).node("w1"), "adjoint")
