"""Check that loops, definitions and layers may stand in the ``gg`` blocks of an exercise file."""

from __future__ import annotations

import pytest

from graphgrad.errors import GraphgradError
from graphgrad.exercises.files.instance import graph_of
from graphgrad.exercises.files.read_exercise import read_exercise

TEXT = """\
+++
format = "graphgrad-exercise/1"
id = "loop"
loss = "L"
[vars]
x = 2
w = { value = 3, role = "param" }
+++
```gg
const h[0] = 1
def cell(x, h)
  z = x*h + x
  y = z^2
end
for t = 1:2
  h[t] = cell(w, h[t-1])
end
L = h[2] + x
```
```step h[2]
```
```step dL/dh[1]
```
"""


def test_a_block_may_hold_bodies() -> None:
    exercise = read_exercise(TEXT)
    assert [step.id for step in exercise.steps] == ["h[2]", "dL/dh[1]"]
    graph = graph_of(exercise, {})
    assert graph.line_names == ["x", "w", "h[0]", "h[1].z", "h[1]", "h[2].z", "h[2]", "L"]


def test_an_error_inside_a_body_has_its_line_in_the_exercise() -> None:
    exercise = read_exercise(TEXT.replace("z = x*h + x", "z = x*q + x"))
    with pytest.raises(GraphgradError) as caught:
        graph_of(exercise, {})
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (12, 9)
    around = [(found.fields.get("name"), found.fields["line"]) for found in caught.value.within]
    assert around == [("cell", 16), (None, 15)]


def test_a_body_without_an_end_is_told_where_it_begins() -> None:
    with pytest.raises(GraphgradError) as caught:
        read_exercise(TEXT.replace("end\nL", "L"))
    assert caught.value.message_id == "source.no_end"
    assert caught.value.place is not None
    assert caught.value.place.line == 15


def test_a_step_for_what_no_line_defines_is_refused() -> None:
    with pytest.raises(GraphgradError) as caught:
        read_exercise(TEXT.replace("step h[2]", "step g[2]"))
    assert caught.value.message_id == "classroom.step.no_formula"
