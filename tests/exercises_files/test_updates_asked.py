"""Exercise files for a `.gg` file: the rate of an update, and updates that are not asked for."""

from __future__ import annotations

import pytest

from graphgrad.exercises.files.from_graph import Wish, exercise_from
from graphgrad.exercises.files.read_exercise import read_exercise
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.sheets.worked_steps import Work
from graphgrad.source.gg import read_gg

LINES = "input x = 3\nparam w = 2\nz = w*x\nloss L = z^2\n"


def written(source: str) -> str:
    wish = Wish(("update",), nice=False)
    return exercise_from(read_gg(source), source, "net.gg", wish)


@pytest.mark.parametrize(
    ("train", "key"),
    [
        ("", 2 - 0.1 * 36),
        ("train gd\n", 2 - 0.1 * 36),
        ("train sgd(rate=0.5)\n", 2 - 0.5 * 36),
        ("train sgd, rate=0.5, epochs=3\n", 2 - 0.5 * 36),
        ("entrena gd(tasa=0.5), épocas=10\n", 2 - 0.5 * 36),
        ("entrena descenso(tasa=1/4)\n", 2 - 0.25 * 36),
    ],
)
def test_the_update_goes_at_the_rate_of_the_file(train: str, key: float) -> None:
    exercise = read_exercise(written(LINES + train), "net.md")
    answer = Family(exercise).variant(1).truth["new w"]
    assert float(answer.entries[0]) == pytest.approx(key, rel=1e-12)


def test_a_file_with_decimal_commas_gets_its_rate_with_one() -> None:
    source = "decimal coma\n" + LINES
    text = written(source)
    assert "const eta = 0,1" in text
    Family(read_exercise(text, "net.md")).variant(1)
    assert "eta" not in written(source + "entrena gd(tasa=0,5)\n")


HIDDEN = """\
data x: 2, t
  1 0 1
  0 1 0
layer hid = dense(2, act=relu)
layer out = dense(1)
h = hid(x)
y = out(h)
loss L = squared_error(y, t)
"""


def test_a_dotted_name_is_one_name_where_numbers_are_put_in() -> None:
    wish = Wish(("delta",), rows=(1, 2))
    text = exercise_from(read_gg(HIDDEN), HIDDEN, "net.gg", wish)
    work = Work(Family(read_exercise(text, "net.md")).variant(2))
    steps = work.variant.exercise.steps
    parts = [part for step in steps if "delta(h.z)" in step.id for part in work.chain(step).parts]
    assert any(part.endswith("[h.z > 0]") for part in parts)
    assert not any(".z" in part.replace("h.z", "") for part in parts)
