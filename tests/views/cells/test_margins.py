"""Tags at the edge of the view, and the map of the whole."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from graphgrad.views.cells.boxes import CellBox
from graphgrad.views.cells.ink import paint
from graphgrad.views.cells.margins import View, minimap, viewport_tags
from graphgrad.views.cells.placing import layout
from graphgrad.views.text.cell_width import width
from tests.views.cells.graphs import REGRESSION, graphs, network

CHAIN = layout([CellBox(0, "x", (), ())] + [CellBox(k, f"log{k}", (), (k - 1,)) for k in (1, 2)])
views = st.builds(
    View, st.integers(0, 60), st.integers(0, 30), st.integers(1, 40), st.integers(1, 20)
)


def test_a_wire_that_leaves_the_view_says_where_to() -> None:
    (tag,) = viewport_tags(CHAIN, View(0, 0, 8, 3))
    assert tag == (5, 1, "→l…", "right", (1,))
    (tag,) = viewport_tags(CHAIN, View(16, 0, 30, 3))
    assert tag == (16, 1, "←l…", "left", (1,))


def test_a_wire_through_the_view_is_tagged_at_both_sides() -> None:
    boxes = [CellBox(0, "x", (), ()), *(CellBox(k, f"f{k}", (), (k - 1,)) for k in range(1, 9))]
    drawn = layout([*boxes, CellBox(9, "sum", (), (0, 8))])
    skip = max(drawn.wired[0].runs, key=lambda run: run.x1 - run.x0).y0
    tags = [tag for tag in viewport_tags(drawn, View(20, 0, 16, 9)) if tag.y == skip]
    assert [(tag.text, tag.side, tag.keys) for tag in tags] == [
        ("← x", "left", (0,)),
        ("→ sum", "right", (9,)),
    ]


def test_wires_up_and_down_are_tagged_on_the_first_and_last_row() -> None:
    boxes = [CellBox(0, "w", (), ())] + [CellBox(k, f"u{k}", (), (0,)) for k in range(1, 9)]
    drawn = layout(boxes)
    middle = drawn.placed[0].exit
    tags = viewport_tags(drawn, View(0, middle - 2, drawn.width, 5))
    assert [(tag.y - middle, tag.text, tag.side) for tag in tags] == [
        (-2, "↑ u1 +2", "top"),
        (2, "↓ u6 +2", "bottom"),
    ]


def test_nothing_is_said_when_all_is_in_view() -> None:
    assert viewport_tags(CHAIN, View(0, 0, CHAIN.width, CHAIN.height)) == ()


def test_tags_can_be_painted_in_ascii() -> None:
    drawn = layout(REGRESSION)
    tags = viewport_tags(drawn, View(9, 0, 20, 10), charset="ascii")
    assert tags
    assert all(tag.text.isascii() for tag in tags)


@given(graphs(most=25), views)
@settings(max_examples=60, deadline=None)
def test_tags_lie_in_the_view_and_cover_no_box_nor_each_other(
    boxes: tuple[CellBox, ...], view: View
) -> None:
    drawn = layout(boxes)
    picture = paint(drawn)
    covered: set[tuple[int, int]] = set()
    for tag in viewport_tags(drawn, view):
        cells = {(tag.x + offset, tag.y) for offset in range(width(tag.text))}
        assert cells
        assert all(view.holds(cell) for cell in cells)
        assert not cells & covered
        covered |= cells
        owners = [picture.owner(*cell) for cell in cells]
        assert not [owner for owner in owners if owner and owner.kind == "box"]
        for key in tag.keys:
            placed = drawn.placed[key]
            last = (placed.x + placed.width - 1, placed.y + placed.height - 1)
            assert not (view.holds((placed.x, placed.y)) and view.holds(last))


@given(graphs(most=25), views)
@settings(max_examples=60, deadline=None)
def test_every_wire_seen_to_leave_sideways_is_tagged(
    boxes: tuple[CellBox, ...], view: View
) -> None:
    """Read from the picture: the same net in the last column and in the next one."""
    drawn = layout(boxes)
    picture = paint(drawn)
    right = view.x + view.width - 1
    tagged = {tag.y for tag in viewport_tags(drawn, view) if right in range(tag.x, tag.x + 40)}
    for y in range(view.y, min(view.y + view.height, drawn.height)):
        here, there = picture.owner(right, y), picture.owner(right + 1, y)
        if here == there and here is not None and here.kind == "net":
            assert y in tagged


def test_minimap_fits_and_marks_the_current_box_and_the_view() -> None:
    drawn = layout(network((4, 5, 2)))
    lines = minimap(drawn, 28, 10, view=View(0, 0, 60, 30), current=0)
    assert len(lines) <= 10
    assert max(map(len, lines)) <= 28
    text = "".join(lines)
    assert text.count("◆") == 1
    assert "■" in text
    assert "·" in text
    assert "".join(minimap(drawn, 28, 10, charset="ascii")).isascii()


def test_minimap_of_nothing_is_empty() -> None:
    assert minimap(layout([]), 10, 5) == ()
