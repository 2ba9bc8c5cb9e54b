"""Where boxes stand and how large they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from graphgrad.views.cells.boxes import CellBox
from graphgrad.views.cells.ink import paint
from graphgrad.views.cells.placing import layout
from tests.views.cells.graphs import REGRESSION, graphs, network
from tests.views.cells.reading import Reading

FOUR = [CellBox(key, f"x{key}", ("v 1", "∇ 2"), ()) for key in range(4)]


@pytest.mark.parametrize(("size", "height"), [("full", 4), ("compact", 2), ("mini", 1)])
def test_boxes_have_the_rows_of_their_size(size: str, height: int) -> None:
    assert {placed.height for placed in layout(FOUR, size=size).boxes} == {height}


@pytest.mark.parametrize(("size", "height"), [("full", 6), ("compact", 4), ("mini", 4)])
def test_a_box_grows_with_its_operands(size: str, height: int) -> None:
    total = CellBox(9, "sum", ("v 4", "∇ 1"), (0, 1, 2, 3))
    placed = layout([*FOUR, total], size=size).placed[9]
    assert placed.height == height
    assert len(set(placed.ports)) == 4


def test_operands_arrive_in_slot_order_and_repeated_ones_twice() -> None:
    boxes = [*FOUR[:2], CellBox(5, "b − a", (), (1, 0)), CellBox(6, "x·x", (), (5, 5))]
    drawn = layout(boxes)
    assert drawn.placed[1].y < drawn.placed[0].y
    assert drawn.placed[6].ports == (drawn.placed[6].y + 1, drawn.placed[6].y + 2)
    assert [port.slot for port in drawn.wired[5].ports] == [0, 1]


def test_a_leaf_stands_beside_its_first_consumer() -> None:
    drawn = layout(REGRESSION)
    x, y, w, b, z, yhat, *_ = (drawn.placed[box.key] for box in REGRESSION)
    assert x.x + x.width == w.x + w.width
    assert b.x + b.width == z.x + z.width
    assert y.x + y.width == yhat.x + yhat.width


def test_a_tree_has_no_crossings() -> None:
    boxes = [CellBox(key, f"x{key}", ("v 1",), ()) for key in range(16)]
    level = list(range(16))
    while len(level) > 1:
        for left, right in list(zip(level[::2], level[1::2], strict=True)):
            boxes.append(CellBox(len(boxes), "+", ("v 1",), (left, right)))
            level.append(len(boxes) - 1)
        level = level[-(len(level) // 3) :]
    picture = paint(layout(boxes))
    reading = Reading(picture)
    assert not any(reading.follow(placed).hopped for placed in picture.layout.boxes)


def test_long_wires_are_straight() -> None:
    """A skip over a chain bends at most once at either end."""
    boxes = [CellBox(0, "x", ("v 1",), ())]
    boxes += [CellBox(key, f"h{key}", ("v 1",), (key - 1,)) for key in range(1, 9)]
    boxes.append(CellBox(9, "+", ("v 2",), (0, 8)))
    (net,) = [net for net in layout(boxes).nets if net.source == 0]
    long = net.path(net.ports[-1])
    assert len(long) <= 6
    chain = layout(boxes).boxes[1:9]
    assert len({placed.exit for placed in chain}) == 1


def test_a_layout_does_not_depend_on_when_it_is_made() -> None:
    boxes = network((3, 4, 2))
    assert layout(boxes) == layout(boxes)


@given(graphs(most=15))
@settings(max_examples=40, deadline=None)
def test_picture_is_as_large_as_its_layout_says(boxes: tuple[CellBox, ...]) -> None:
    for size in ("full", "compact", "mini"):
        drawn = layout(boxes, size=size)
        assert len(paint(drawn).lines) == drawn.height
        assert min(placed.x for placed in drawn.boxes) >= 0
        assert max(placed.x + placed.width for placed in drawn.boxes) == drawn.width


def test_no_boxes_make_an_empty_picture() -> None:
    drawn = layout([])
    assert (drawn.width, drawn.height, paint(drawn).lines) == (0, 0, ())


def test_boxes_without_text_are_drawn() -> None:
    drawn = layout([CellBox(0, "", (), ()), CellBox(1, "", (), (0,))])
    assert paint(drawn).lines == ("┌──┐   ┌──┐", "│  │───│  │", "└──┘   └──┘")


def test_depth_is_no_recursion() -> None:
    boxes = [CellBox(0, "x", (), ())]
    boxes += [CellBox(key, "f", (), (key - 1,)) for key in range(1, 3000)]
    assert layout(boxes, size="mini").height == 1


def test_source_out_of_order_is_named() -> None:
    with pytest.raises(ValueError, match=r"box 1 \('z'\): source 2 is no earlier box"):
        layout([CellBox(1, "z", (), (2,)), CellBox(2, "x", (), ())])


def test_repeated_key_is_named() -> None:
    with pytest.raises(ValueError, match=r"box 1 \('z'\): the key is taken"):
        layout([CellBox(1, "x", (), ()), CellBox(1, "z", (), ())])
