"""Tracks of one channel: as few as the demands allow, and none shared where nets meet."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graphgrad.views.cells.channels import Channel, Fan, Wire, route


@st.composite
def fan_lists(draw: st.DrawFn) -> list[Fan]:
    rows = draw(st.lists(st.integers(0, 14), unique=True, min_size=1, max_size=9))
    exits = draw(st.lists(st.integers(0, 14), unique=True, min_size=len(rows), max_size=15))
    owned: list[list[int]] = [[row] for row in exits[: len(rows)]]
    for row in exits[len(rows) :]:
        owned[draw(st.integers(0, len(rows) - 1))].append(row)
    return [Fan(row, tuple(sorted(own))) for row, own in zip(rows, owned, strict=True)]


def all_wires(channel: Channel) -> list[Wire]:
    return [wire for group in channel.wires for wire in group]


@given(fan_lists())
def test_wires_in_one_track_do_not_meet(fans: list[Fan]) -> None:
    for one, other in combinations(all_wires(route(fans)), 2):
        if one.track == other.track:
            assert one.high < other.low or other.high < one.low


@given(fan_lists())
def test_on_one_row_the_net_that_comes_in_turns_left_of_the_one_that_goes_out(
    fans: list[Fan],
) -> None:
    wires = all_wires(route(fans))
    for one in wires:
        for other in wires:
            if one is not other and one.fan != other.fan and one.entry in other.exits:
                assert one.track < other.track


@given(fan_lists())
def test_every_exit_is_fed_by_one_wire_or_is_straight(fans: list[Fan]) -> None:
    channel = route(fans)
    for fan, wires in zip(fans, channel.wires, strict=True):
        fed = [row for wire in wires if not wire.bent for row in wire.exits]
        fed += [row for row in fan.exits if row == fan.entry]
        assert sorted(fed) == list(fan.exits)
        assert all(wire.track < channel.tracks for wire in wires)


@given(fan_lists())
def test_moving_all_rows_changes_nothing_else(fans: list[Fan]) -> None:
    moved = [Fan(fan.entry + 7, tuple(row + 7 for row in fan.exits)) for fan in fans]
    before, after = route(fans), route(moved)
    assert before.tracks == after.tracks
    assert [wire.track for wire in all_wires(before)] == [wire.track for wire in all_wires(after)]


def test_a_straight_net_needs_no_track() -> None:
    assert route([Fan(3, (3,)), Fan(5, (5,))]).tracks == 0


def test_nested_bends_do_not_cross() -> None:
    channel = route([Fan(0, (6,)), Fan(1, (7,)), Fan(2, (8,))])
    assert [wire.track for wire in all_wires(channel)] == [2, 1, 0]


def test_a_circle_is_opened_by_a_bend_over_a_free_row() -> None:
    channel = route([Fan(1, (4,)), Fan(4, (1,))])
    bent = [wire for wire in all_wires(channel) if wire.bent]
    assert [wire.exits for wire in bent] == [(2,)]


def test_junctions_of_two_nets_are_kept_apart() -> None:
    """`┤├` in neighbouring cells would be read as one wire."""
    (left,), (right,) = route([Fan(4, (1, 7)), Fan(9, (2, 4))]).wires
    assert right.track - left.track >= 2


def test_ends_of_through_nets_do_not_meet_in_one_track() -> None:
    """`┴` above `┬` would be read as one wire, in ASCII as two pluses."""
    channel = route([Fan(3, (1, 3)), Fan(4, (4, 6))])
    assert sorted(wire.track for wire in all_wires(channel)) == [0, 1]
