"""Closed groups."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from graphgrad.views.cells.boxes import CellBox
from graphgrad.views.cells.groups import collapse
from graphgrad.views.cells.ink import paint
from graphgrad.views.cells.placing import layout
from tests.views.cells.graphs import REGRESSION, graphs
from tests.views.cells.test_wires import check_wires

GROUPS = ("", "a", "a.b", "ab", "c")

NAMED = tuple(
    replace(box, group="loss" if box.title[0] in "eL" else "model" if box.sources else "")
    for box in REGRESSION
)


def test_a_closed_group_is_one_box_with_its_own_wires() -> None:
    found = collapse(NAMED, {"model"})
    assert [(box.title, box.sources) for box in found.boxes] == [
        ("x", ()),
        ("y", ()),
        ("w", ()),
        ("b", ()),
        ("model", (2, 0, 3)),
        ("e = ŷ − y", (4, 1)),
        ("L = e²", (6,)),
    ]
    assert (found.shown_by[4], found.shown_by[5], found.shown_by[6]) == (4, 4, 6)


def test_no_closed_group_changes_nothing() -> None:
    assert collapse(NAMED, set()).boxes == NAMED


def test_a_name_that_only_starts_alike_is_another_group() -> None:
    boxes = [CellBox(0, "x", (), (), "layer"), CellBox(1, "y", (), (0,), "layer2")]
    assert [box.title for box in collapse(boxes, {"layer"}).boxes] == ["layer", "y"]


def test_a_group_that_is_left_and_entered_again_becomes_two_boxes() -> None:
    boxes = [
        CellBox(0, "x", (), ()),
        CellBox(1, "h", (), (0,), "net"),
        CellBox(2, "between", (), (1,)),
        CellBox(3, "out", (), (2, 1), "net"),
    ]
    found = collapse(boxes, {"net"})
    assert [(box.title, box.sources) for box in found.boxes] == [
        ("x", ()),
        ("net 1", (0,)),
        ("between", (1,)),
        ("net 2", (2, 1)),
    ]


def test_two_groups_that_feed_each_other_make_no_circle() -> None:
    boxes = [
        CellBox(0, "a1", (), (), "a"),
        CellBox(1, "b1", (), (), "b"),
        CellBox(2, "a2", (), (1,), "a"),
        CellBox(3, "b2", (), (0,), "b"),
    ]
    found = collapse(boxes, {"a", "b"})
    assert [(box.title, box.sources) for box in found.boxes] == [
        ("b 1", ()),
        ("a", (1,)),
        ("b 2", (0,)),
    ]


@given(graphs(most=30), st.data())
@settings(max_examples=80, deadline=None)
def test_every_choice_of_groups_can_be_drawn(
    boxes: tuple[CellBox, ...], data: st.DataObject
) -> None:
    named = [replace(box, group=data.draw(st.sampled_from(GROUPS))) for box in boxes]
    closed = data.draw(st.sets(st.sampled_from(GROUPS[1:])))
    found = collapse(named, closed)
    drawn = {box.key: box for box in found.boxes}
    assert set(found.shown_by.values()) == drawn.keys()
    for box in named:
        for source in box.sources:
            ends = found.shown_by[source], found.shown_by[box.key]
            assert ends[0] == ends[1] or ends[0] in drawn[ends[1]].sources
    check_wires(paint(layout(found.boxes)))
