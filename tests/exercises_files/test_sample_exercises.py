"""The exercises that are shipped: their variants are fit, distinct, and earn their points."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graphgrad.exercises.files.lint import findings
from graphgrad.exercises.files.read_exercise import load_exercise, read_exercise
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.grading.graded_sheet import mark_sheet
from graphgrad.exercises.sheets.worked_steps import Work
from tests.exercises_files.test_exercise_files import SAMPLES

FILES = sorted((SAMPLES / "exercises").glob("*.md"))
WITH_COLLISIONS = {
    "sigmoid_neuron",  # a target of 0 or 1 makes some mistakes alike
    "adam_two_steps",  # its first step is the rate, whatever the gradient
}
DRAWS = range(1, 9)


def test_there_are_a_dozen_in_both_languages() -> None:
    languages = [load_exercise(path).language for path in FILES]
    assert len(FILES) >= 12
    assert languages.count("es") >= 5
    assert languages.count("en") >= 5
    assert len({load_exercise(path).id for path in FILES}) == len(FILES)


@pytest.mark.parametrize(("page", "name"), [("exercises", "neuron"), ("ejercicios", "neurona")])
def test_the_exercise_of_the_manual_is_one(page: str, name: str) -> None:
    source = (SAMPLES.parent / "docs" / f"{page}.md").read_text("utf-8")
    found = re.search(rf"`{name}\.md`:\n\n```text\n(.*?)^```$", source, re.DOTALL | re.MULTILINE)
    assert found is not None
    family = Family(read_exercise(found[1]))
    assert findings(family, 20) == []
    assert family.exercise.total == 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_its_variants_are_fit_and_its_key_earns_everything(path: Path) -> None:
    family = Family(load_exercise(path))
    assert findings(family, 12) == []
    exercise = family.exercise
    different = set()
    for draw in DRAWS:
        variant = family.variant(draw)
        different.add(str(sorted((k, str(v)) for k, v in variant.values.items())))
        work = Work(variant)
        lines = [f"{step.id} = {work.answer(step)}" for step in exercise.steps]
        marked = mark_sheet(variant, "\n".join(lines))
        for step in marked.steps:
            assert step.points == step.step.points, (draw, step.step.id, step.mark)
        if path.stem not in WITH_COLLISIONS:
            assert family.collisions.count(variant.values) == 0, draw
    assert len(different) >= 4
