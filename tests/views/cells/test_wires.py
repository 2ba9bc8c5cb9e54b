"""Every wire can be followed on the painted screen, and only to where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphgrad.views.cells.bands import wrapped
from graphgrad.views.cells.ink import paint
from graphgrad.views.cells.placing import layout
from tests.views.cells.graphs import REGRESSION, SKIP, XOR, graphs, network, random_graph
from tests.views.cells.reading import Reading

if TYPE_CHECKING:
    from graphgrad.views.cells.boxes import CellBox, CellLayout, Size
    from graphgrad.views.cells.characters import Charset
    from graphgrad.views.cells.ink import CellPicture

SIZES = ("full", "compact", "mini")
CHARSETS = ("unicode", "ascii")
sizes = st.sampled_from(SIZES)
charsets = st.sampled_from(CHARSETS)


def check_boxes(picture: CellPicture, reading: Reading) -> None:
    """No box is overwritten: its four corners, or brackets, or dots are on the screen."""
    plain, current = {
        "full": ("┌┐└┘", "╔╗╚╝"),
        "compact": ("[][]", "║║║║"),
        "mini": ("■■■■", "◆◆◆◆"),
    }[picture.layout.size]
    if picture.charset == "ascii":
        plain = {"full": "++++", "compact": "[][]", "mini": "oooo"}[picture.layout.size]
        current = "@@@@" if picture.layout.size == "mini" else "####"
    for placed in picture.layout.boxes:
        left, right = placed.x, placed.x + placed.width - 1
        top, bottom = placed.y, placed.y + placed.height - 1
        corners = [(left, top), (right, top), (left, bottom), (right, bottom)]
        expected = current if placed.box.key == picture.current else plain
        assert "".join(map(reading.glyph, corners)) == expected


def check_wires(picture: CellPicture) -> None:
    """Follow every net from its box, cell by cell, and compare with the graph."""
    reading = Reading(picture)
    check_boxes(picture, reading)
    level: set[tuple[int, int]] = set()
    upright: set[tuple[int, int]] = set()
    hops: set[tuple[int, int]] = set()
    for placed in picture.layout.boxes:
        walk = reading.follow(placed)
        assert sorted(walk.arrivals) == sorted(ports_of(picture.layout, placed.box.key))
        assert not level & walk.level, "two nets share a level run"
        assert not upright & walk.upright, "two nets share an upright run"
        level |= walk.level
        upright |= walk.upright
        hops |= walk.hopped
    assert reading.ink() == level | upright, "there is ink that belongs to no net"
    assert hops <= upright, "a wire hops over nothing"


def ports_of(drawn: CellLayout, source: int) -> list[tuple[int, int]]:
    """Where the edges of a source have to arrive: one row per operand, from the first row down."""
    first = 1 if drawn.size == "full" else 0
    return [
        (placed.x, placed.y + first + slot)
        for placed in drawn.boxes
        for slot, operand in enumerate(placed.box.sources)
        if operand == source
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize(
    "boxes",
    [REGRESSION, SKIP, XOR, network((2, 2, 1)), network((3, 4, 2)), random_graph(200, 30, 1)],
    ids=["regression", "skip", "xor", "network221", "network342", "random200"],
)
def test_known_graphs_can_be_followed(
    boxes: tuple[CellBox, ...], size: Size, charset: Charset
) -> None:
    check_wires(paint(layout(boxes, size=size, charset=charset)))


@given(graphs(), sizes, charsets)
@settings(max_examples=80, deadline=None)
def test_random_graphs_can_be_followed(
    boxes: tuple[CellBox, ...], size: Size, charset: Charset
) -> None:
    check_wires(paint(layout(boxes, size=size, charset=charset), current=0))


@given(graphs(most=30), sizes, charsets, st.sampled_from([0.3, 0.5, 0.8]))
@settings(max_examples=60, deadline=None)
def test_wires_of_a_wrapped_picture_can_be_followed(
    boxes: tuple[CellBox, ...], size: Size, charset: Charset, share: float
) -> None:
    whole = layout(boxes, size=size, charset=charset)
    found = wrapped(whole, int(share * whole.width) + 12, 10_000)
    if found is not None:
        check_wires(paint(found, current=0))
        assert found.width <= int(share * whole.width) + 12
        assert set(found.placed) == set(whole.placed)


@pytest.mark.parametrize("boxes", [REGRESSION, SKIP, XOR], ids=["regression", "skip", "xor"])
def test_a_picture_wider_than_its_pane_has_as_few_bands_as_it_can(
    boxes: tuple[CellBox, ...],
) -> None:
    whole = layout(boxes)
    found = wrapped(whole, int(0.75 * whole.width), 10_000)
    assert found is not None
    check_wires(paint(found))
    assert whole.height < found.height <= 3 * whole.height
    assert wrapped(whole, int(0.75 * whole.width), whole.height) is None


@pytest.mark.slow
@given(graphs(most=200), sizes, charsets)
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
def test_large_random_graphs_can_be_followed(
    boxes: tuple[CellBox, ...], size: Size, charset: Charset
) -> None:
    check_wires(paint(layout(boxes, size=size, charset=charset)))


@pytest.mark.slow
@pytest.mark.parametrize("draw", range(60))
@pytest.mark.parametrize("reach", [2, 8, 40, 200])
def test_drawn_graphs_can_be_followed(reach: int, draw: int) -> None:
    boxes = random_graph(200, reach, draw)
    size: Size = ("full", "compact", "mini")[draw % 3]
    for charset in CHARSETS:
        check_wires(paint(layout(boxes, size=size, charset=charset)))


@given(graphs(most=25), st.randoms(use_true_random=False), sizes)
@settings(max_examples=60, deadline=None)
def test_heavy_wires_lead_to_the_active_ports_only(
    boxes: tuple[CellBox, ...], chance: st.Random, size: Size
) -> None:
    edges = [(source, box.key, slot) for box in boxes for slot, source in enumerate(box.sources)]
    active = frozenset(edge for edge in edges if chance.random() < 0.4)
    picture = paint(layout(boxes, size=size), active=active)
    check_wires(picture)
    reading = Reading(picture)
    for placed in picture.layout.boxes:
        reached = reading.follow(placed, "HEAVY").arrivals
        wanted = [
            (found.x, found.y + (size == "full") + slot)
            for source, target, slot in active
            if source == placed.box.key
            for found in [picture.layout.placed[target]]
        ]
        assert sorted(reached) == sorted(wanted)


@given(graphs(most=25), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_active_wires_end_in_equals_signs_in_ascii(
    boxes: tuple[CellBox, ...], chance: st.Random
) -> None:
    edges = [(source, box.key, slot) for box in boxes for slot, source in enumerate(box.sources)]
    active = frozenset(edge for edge in edges if chance.random() < 0.4)
    picture = paint(layout(boxes, charset="ascii"), active=active)
    check_wires(picture)
    reading = Reading(picture)
    for source, target, slot in edges:
        placed = picture.layout.placed[target]
        glyph = reading.glyph((placed.x - 1, placed.y + 1 + slot))
        assert glyph == ("=" if (source, target, slot) in active else "-")


@pytest.mark.parametrize(
    ("boxes", "most"),
    [
        (REGRESSION, 0),
        (SKIP, 0),
        (XOR, 6),
        (network((2, 2, 1)), 7),
        (network((3, 4, 2)), 68),
        (random_graph(60, 15, 1), 82),
        (random_graph(200, 30, 1), 639),
    ],
    ids=["regression", "skip", "xor", "network221", "network342", "random60", "random200"],
)
def test_wires_cross_no_more_often_than_they_did(boxes: tuple[CellBox, ...], most: int) -> None:
    """A ratchet: lower the numbers when a change of the layout does better."""
    picture = paint(layout(boxes))
    reading = Reading(picture)
    assert sum(len(reading.follow(placed).hopped) for placed in picture.layout.boxes) <= most
