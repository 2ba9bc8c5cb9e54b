"""Exercises are not drawn dead: where every relu is off there is nothing to compute."""

from __future__ import annotations

import pytest

from graphgrad.exercises.files.by_hand import is_dead
from graphgrad.exercises.files.from_graph import Wish, exercise_from
from graphgrad.exercises.files.read_exercise import read_exercise
from graphgrad.exercises.files.variants import Family
from graphgrad.source.gg import read_gg

NETS = {
    "layers": "input x = [1, -1]\nlayer a = dense(2, act=relu)\nlayer b = dense(1)\n"
    "loss L = squared_error(b(a(x)), 1)",
    "typed": "input x = 2\nparam w = 1\nparam b = 1\nparam v = 1\nh = relu(w*x + b)\n"
    "loss L = (v*h - 3)^2",
    "rows": "data x y\n1 0\n-2 1\nparam w = 1\nparam v = 1\nh = relu(w*x)\nloss L = (v*h - y)^2",
}


def family(name: str, avoided: str) -> Family:
    text = NETS[name]
    written = exercise_from(read_gg(text), text, f"{name}.gg", Wish())
    assert '"dead"]' in written
    return Family(read_exercise(written.replace(', "dead"]', avoided), f"{name}.md"))


@pytest.mark.parametrize("name", NETS)
def test_no_draw_is_dead(name: str) -> None:
    alive = family(name, ', "dead"]')
    for draw in range(1, 25):
        assert not is_dead(alive.graph, alive.variant(draw).values)


@pytest.mark.parametrize("name", ["layers", "typed"])
def test_without_the_rule_some_are(name: str) -> None:
    any_draw = family(name, "]")
    dead = [is_dead(any_draw.graph, any_draw.variant(draw).values) for draw in range(1, 60)]
    assert any(dead)
    assert not all(dead)
