from __future__ import annotations

import pytest

from tests.views.figure.pictures import MATRIX, REGRESSION, SKIP, Picture, box, drawn, edge, traced


@pytest.mark.parametrize("source", [REGRESSION, SKIP, MATRIX])
@pytest.mark.parametrize("detail", ["line", "op"])
def test_every_step_has_the_same_layout(source, detail):
    everything = drawn(source, detail=detail)
    ids = [found.id for found in everything.boxes]
    whole = Picture(everything).geometry(ids)
    for step in range(len(traced(source).steps) + 1):
        picture = Picture(drawn(source, detail=detail, step=step))
        assert picture.geometry(ids) == whole, step


def test_what_is_not_known_is_nowhere_in_the_picture():
    unknown = "−0.2891"
    source = "input a = 0.7109\ninput y = 1\ne = a - y\nloss L = e^2"
    assert unknown in "".join(Picture(drawn(source)).texts())
    picture = Picture(drawn(source, step=0))
    assert unknown not in picture.bytes.decode()
    assert picture.texts("n0") == ["a", "v", " = 0.7109"]


def test_values_adjoints_and_partials_appear_step_by_step():
    start, forward, seeded, end = (drawn(REGRESSION, step=k) for k in (0, 1, 5, 19))
    assert box(start, "x").value_known
    assert not box(start, "z").value_known
    assert box(forward, "z").value_known
    assert box(seeded, "L").adjoint_known
    assert not box(seeded, "e").adjoint_known
    assert all(found.adjoint_known for found in end.boxes)
    assert not edge(seeded, "e", "L").known
    assert edge(drawn(REGRESSION, step=6), "e", "L").known


def test_the_step_is_marked_in_the_picture():
    forward = drawn(REGRESSION, step=2)
    assert [b.name for b in forward.boxes if b.current] == ["ŷ"]
    assert [e.target for e in forward.edges if e.current] == [box(forward, "ŷ").id] * 2
    pullback = drawn(REGRESSION, step=6)
    assert not any(b.current for b in pullback.boxes)
    current = [e for e in pullback.edges if e.current]
    assert [(e.source, e.state) for e in current] == [(box(pullback, "e").id, "backward")]
    gathered = drawn(SKIP, step=14)
    assert sum(e.current for e in gathered.edges) >= 0
    assert Picture(forward).group(box(forward, "ŷ").id).get("class") == "node computation current"


def test_a_line_of_several_operations_is_marked_while_it_runs():
    steps = traced(SKIP).steps
    inside = [k for k in range(1, len(steps) + 1) if steps.step(k).phase == "forward"]
    for k in inside:
        figure = drawn(SKIP, step=k)
        assert sum(b.current for b in figure.boxes) == 1


def test_edges_go_from_pending_to_forward_to_backward():
    states = [edge(drawn(REGRESSION, step=k), "ŷ", "e").state for k in range(20)]
    assert states[:3] == ["pending"] * 3
    assert sorted(set(states), key=states.index) == ["pending", "forward", "backward"]
    assert edge(drawn(REGRESSION), "ŷ", "e").state == "forward"
    assert all(e.state == "backward" for e in drawn(REGRESSION, step=19).edges)


def test_an_edge_used_twice_inside_a_line_is_pulled_back_when_both_are():
    source = "input x = 3\nloss L = x*x + x"
    steps = traced(source).steps
    known = [edge(drawn(source, step=k), "x", "L").known for k in range(len(steps) + 1)]
    assert known.count(True) >= 1
    assert known == sorted(known)
    assert known.index(True) == max(
        step.index
        for step in steps
        if step.phase == "pullback"
        and step.slot is not None
        and traced(source).graph.columns.parents_of(step.node)[step.slot] == 0
    )
