"""Feedback pages of a class: the graph, drawn once for all, with the first wrong node marked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graphgrad.exercises.classroom.class_marks import mark_class
from graphgrad.exercises.classroom.file_job import shared_picture
from graphgrad.exercises.classroom.submissions import Submission
from graphgrad.exercises.files.read_exercise import load_exercise
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.sheets.sheet import structure_of

SAMPLES = Path(__file__).parents[2] / "samples" / "exercises"


@pytest.mark.parametrize("name", ["linear_neuron", "convolution", "recurrent_two_steps"])
def test_the_picture_holds_no_number_of_any_variant(name: str) -> None:
    family = Family(load_exercise(SAMPLES / f"{name}.md"))
    pictures = {structure_of(family.variant(draw), "en").svg for draw in (1, 2, 3, 4)}
    assert pictures == {shared_picture(family, "en")}


def test_every_page_has_the_graph_and_its_own_first_wrong_node() -> None:
    family = Family(load_exercise(SAMPLES / "linear_neuron.md"))
    files = []
    steps = [step.id for step in family.exercise.steps]
    for draw, wrong in ((1, steps[0]), (2, steps[-1]), (3, "")):
        variant = family.variant(draw)
        lines = [
            f"{name} = {variant.truth[name].floats[0] + (3.7 if name == wrong else 0):.8g}"
            for name in steps
        ]
        text = "\n".join([f"variant: {draw}", *lines])
        files.append(Submission(f"s{draw}.txt", "", f"s{draw}", data=text.encode()))
    marks = mark_class(family, files, workers=1)
    pages = [marks.page(entry.marks) for entry in marks.entries if entry.marks is not None]
    assert len(pages) == 3
    figures = {
        re.sub(
            r"<figcaption.*?</figcaption>", "", p[p.index("<figure>") :].partition("</figure>")[0]
        )
        for p in pages
    }
    assert len(figures) == 1
    red = [re.findall(r'data-node="([^"]+)"\] > rect', page) for page in pages]
    assert red[0] == [steps[0]]
    assert red[1] == [steps[-1].partition("/d")[2] or steps[-1]]
    assert red[2] == []
    assert "figcaption" in pages[0]
    assert "figcaption" not in pages[2]
