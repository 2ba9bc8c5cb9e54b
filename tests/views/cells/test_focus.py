"""The neighbourhood of a box."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphgrad.views.cells.boxes import CellBox
from graphgrad.views.cells.groups import neighbourhood
from graphgrad.views.cells.ink import paint
from graphgrad.views.cells.placing import layout
from tests.views.cells.graphs import REGRESSION, graphs, network
from tests.views.cells.test_wires import check_wires


def titles(boxes: tuple[CellBox, ...]) -> list[str]:
    return [box.title for box in boxes]


def test_one_hop_shows_operands_consumers_and_their_other_operands() -> None:
    assert titles(neighbourhood(REGRESSION, 5, hops=1)) == [
        "y",
        "b",
        "… z = w·x",
        "ŷ = z + b",
        "e = ŷ − y …",
    ]


def test_enough_hops_show_everything_unchanged() -> None:
    assert neighbourhood(REGRESSION, 5, hops=9) == REGRESSION


def test_no_hops_show_the_box_alone() -> None:
    (box,) = neighbourhood(REGRESSION, 5, hops=0)
    assert (box.title, box.sources) == ("… ŷ = z + b …", ())


def test_many_consumers_are_folded_and_a_single_one_too_many_is_not() -> None:
    fan = [CellBox(0, "w", (), ())] + [CellBox(key, f"u{key}", (), (0,)) for key in range(1, 16)]
    found = neighbourhood(fan, 0, hops=1)
    assert found[-1] == CellBox(-1, "… +9 more", (), (0,), state="fold")
    assert len(found) == 8
    assert titles(neighbourhood(fan[:8], 0, hops=1))[-1] == "u7"


def test_many_operands_come_from_a_fold_through_one_port_where_they_are_neighbours() -> None:
    leaves = [CellBox(key, f"x{key}", (), ()) for key in range(10)]
    total = CellBox(10, "sum", (), tuple(range(10)))
    found = neighbourhood([*leaves, total], 10, hops=1, fanout_limit=3)
    fold = found[-2]
    assert fold.title == "… +7 more"
    assert found[-1].sources == (0, 1, 2, fold.key)
    mixed = CellBox(10, "sum", (), (3, 0, 4, 5, 1, 2))
    found = neighbourhood([*leaves, mixed], 10, hops=1, fanout_limit=3)
    fold = found[-2]
    assert found[-1].sources == (3, 0, 4, fold.key)


def test_the_fold_can_be_worded_in_another_language() -> None:
    fan = [CellBox(0, "w", (), ())] + [CellBox(key, f"u{key}", (), (0,)) for key in range(1, 9)]
    found = neighbourhood(fan, 0, 1, 2, more="… {count} más")
    assert found[-1].title == "… 6 más"


def test_an_unknown_box_is_named() -> None:
    with pytest.raises(KeyError, match="no box has the key 77"):
        neighbourhood(REGRESSION, 77, hops=1)


@given(graphs(most=40), st.data(), st.integers(0, 3), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_every_neighbourhood_can_be_drawn(
    boxes: tuple[CellBox, ...], data: st.DataObject, hops: int, limit: int
) -> None:
    key = data.draw(st.sampled_from([box.key for box in boxes]))
    found = neighbourhood(boxes, key, hops, limit)
    by_key = {box.key: box for box in boxes}
    assert key in {box.key for box in found}
    folds = {box.key for box in found if box.state == "fold"}
    for box in found:
        if box.key not in folds and box.sources:
            kept = [source for source in box.sources if source not in folds]
            assert kept == [source for source in by_key[box.key].sources if source in kept]
    check_wires(paint(layout(found)))


def test_two_hops_of_a_large_graph_are_few_boxes() -> None:
    boxes = network((16, 16, 8))
    assert len(boxes) > 1000
    middle = next(box.key for box in boxes if box.title == "σ")
    assert len(neighbourhood(boxes, middle, hops=2)) < 40
