from __future__ import annotations

import pytest

from graphgrad.views.figure.content.known_at import frame_of
from tests.views.figure.pictures import MATRIX, REGRESSION, SKIP, Picture, box, drawn, edge, traced


@pytest.mark.parametrize("source", [REGRESSION, SKIP, MATRIX])
@pytest.mark.parametrize("detail", ["line", "op"])
def test_every_step_has_the_same_layout(source, detail):
    everything = drawn(source, detail=detail)
    ids = [found.id for found in everything.boxes]
    whole = Picture(everything).geometry(ids)
    for step in range(len(traced(source).steps) + 1):
        picture = Picture(everything, step=step)
        assert picture.geometry(ids) == whole, step


def test_what_is_not_known_is_nowhere_in_the_picture():
    unknown = "−0.2891"
    source = "input a = 0.7109\ninput y = 1\ne = a - y\nloss L = e^2"
    assert unknown in "".join(Picture(drawn(source)).texts())
    picture = Picture(drawn(source), step=0)
    assert unknown not in picture.bytes.decode()
    assert picture.texts("n0") == ["a", "v", " = 0.7109"]


def test_values_adjoints_and_partials_appear_step_by_step():
    figure = drawn(REGRESSION)
    start, forward, seeded, pulled, end = (frame_of(figure, k) for k in (0, 1, 5, 6, 19))
    z, e, last = (box(figure, name) for name in "zeL")
    assert start.knows(box(figure, "x").value_step)
    assert not start.knows(z.value_step)
    assert forward.knows(z.value_step)
    assert seeded.has_pulled(last.adjoint_step)
    assert not seeded.has_pulled(e.adjoint_step)
    assert all(end.has_pulled(found.adjoint_step) for found in figure.boxes)
    assert not seeded.has_pulled(edge(figure, "e", "L").backward_step)
    assert pulled.has_pulled(edge(figure, "e", "L").backward_step)


def _current(figure, step):
    """Return the boxes and the edges that a step acts on."""
    acts = frame_of(figure, step).acts
    return [b for b in figure.boxes if b.id in acts], [e for e in figure.edges if e.id in acts]


def _state(found, figure, step=None):
    return frame_of(figure, step).edge_state(found.forward_step, found.backward_step)


def test_the_step_is_marked_in_the_picture():
    figure = drawn(REGRESSION)
    boxes, edges = _current(figure, 2)
    assert [b.label for b in boxes] == ["ŷ"]
    assert [e.target for e in edges] == [box(figure, "ŷ").id] * 2
    boxes, edges = _current(figure, 6)
    assert boxes == []
    assert [(e.source, _state(e, figure, 6)) for e in edges] == [(box(figure, "e").id, "backward")]
    found = Picture(figure, step=2).group(box(figure, "ŷ").id)
    assert found.get("class") == "node computation current"


def test_a_line_of_several_operations_is_marked_while_it_runs():
    steps, figure = traced(SKIP).steps, drawn(SKIP)
    for k in range(1, len(steps) + 1):
        if steps.step(k).phase == "forward":
            assert len(_current(figure, k)[0]) == 1


def test_edges_go_from_pending_to_forward_to_backward():
    figure = drawn(REGRESSION)
    found = edge(figure, "ŷ", "e")
    states = [_state(found, figure, k) for k in range(20)]
    assert states[:3] == ["pending"] * 3
    assert sorted(set(states), key=states.index) == ["pending", "forward", "backward"]
    assert _state(found, figure) == "forward"
    assert all(_state(e, figure, 19) == "backward" for e in figure.edges)


def test_an_edge_used_twice_inside_a_line_is_pulled_back_when_both_are():
    source = "input x = 3\nloss L = x*x + x"
    steps, figure = traced(source).steps, drawn(source)
    since = edge(figure, "x", "L").backward_step
    known = [frame_of(figure, k).has_pulled(since) for k in range(len(steps) + 1)]
    assert known.count(True) >= 1
    assert known == sorted(known)
    assert known.index(True) == max(
        step.index
        for step in steps
        if step.phase == "pullback"
        and step.slot is not None
        and traced(source).graph.columns.parents_of(step.node)[step.slot] == 0
    )
