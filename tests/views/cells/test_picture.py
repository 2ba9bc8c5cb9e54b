"""What a picture tells a renderer: owners, runs and tags."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from graphgrad.views.cells.boxes import CellBox, CellLayout, relabel
from graphgrad.views.cells.ink import CellPicture, CellRun, paint
from graphgrad.views.cells.nets import Owner
from graphgrad.views.cells.placing import layout
from tests.views.cells.graphs import REGRESSION, graphs, network
from tests.views.cells.reading import Reading


@given(graphs(most=20))
@settings(max_examples=40, deadline=None)
def test_owner_of_every_cell_is_the_box_or_the_net_that_is_seen_there(
    boxes: tuple[CellBox, ...],
) -> None:
    picture = paint(layout(boxes))
    reading = Reading(picture)
    seen = {cell: Owner("box", placed.box.key) for cell, placed in reading.box_at.items()}
    for placed in picture.layout.boxes:
        walk = reading.follow(placed)
        own = walk.cells - walk.hopped
        seen |= dict.fromkeys(own, Owner("net", placed.box.key))
    for y in range(-1, picture.height + 1):
        for x in range(-1, picture.width + 1):
            assert picture.owner(x, y) == seen.get((x, y))


@given(graphs(most=15), st.integers(0, 20), st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_a_window_shows_the_same_cells_as_the_whole(
    boxes: tuple[CellBox, ...], start: int, size: int
) -> None:
    picture = paint(layout(boxes), current=0)
    stop = start + size
    for y in range(picture.height):
        whole = _cells(picture.runs(y))
        part = _cells(picture.runs(y, start, stop))
        wanted = {x: cell for x, cell in whole.items() if start <= x < stop}
        assert part.keys() == wanted.keys()
        assert all(part[x][1:] == wanted[x][1:] for x in part)


def _cells(runs: tuple[CellRun, ...]) -> dict[int, tuple[str, str, Owner | None]]:
    return {
        x: (run.text, run.tag, run.owner) for run in runs for x in range(run.x, run.x + run.width)
    }


def test_runs_of_a_row_spell_its_line() -> None:
    picture = paint(layout(network((2, 2, 1))))
    for y, line in enumerate(picture.lines):
        assert "".join(run.text for run in picture.runs(y)).rstrip() == line


def test_half_a_wide_character_becomes_a_blank() -> None:
    picture = paint(layout([CellBox(0, "層", ("v 1",), ())]))
    assert picture.lines[0] == "┌ 層 ─┐"
    assert "".join(run.text for run in picture.runs(0, 0, 3)) == "┌  "
    assert "".join(run.text for run in picture.runs(0, 3)) == "  ─┐"


def test_rows_out_of_the_picture_are_empty() -> None:
    picture = paint(layout(REGRESSION))
    assert picture.runs(-1) == picture.runs(picture.height) == picture.runs(0, 5, 5) == ()


def test_tags_name_parts_current_box_states_and_active_edges() -> None:
    boxes = [replace(box, state="error") if box.title == "y" else box for box in REGRESSION]
    picture = paint(layout(boxes), current=4, active=frozenset({(2, 4, 0)}))
    tags = {
        (run.owner, run.tag) for y in range(picture.height) for run in picture.runs(y) if run.tag
    }
    current, failed, net = Owner("box", 4), Owner("box", 1), Owner("net", 2)
    assert {tag for owner, tag in tags if owner == current} == {
        "box.current",
        "title.current",
        "value.current",
        "adjoint.current",
    }
    assert {tag for owner, tag in tags if owner == failed} == {
        "box.error",
        "title.error",
        "value.error",
        "adjoint.error",
    }
    assert {tag for owner, tag in tags if owner == net} == {"net.active"}
    assert (Owner("net", 0), "net") in tags


def test_only_the_active_branch_of_a_trunk_is_heavy() -> None:
    boxes = [CellBox(0, "w", ("v 1",), ())]
    boxes += [CellBox(key, f"u{key}", ("v 1",), (0,)) for key in range(1, 4)]
    assert paint(layout(boxes), active=frozenset({(0, 3, 0)})).lines == (
        "           ┌ u1 ─┐",
        "         ╭─│ v 1 │",
        "         │ └─────┘",
        "┌ w ──┐  │ ┌ u2 ─┐",
        "│ v 1 │━┱┴─│ v 1 │",
        "└─────┘ ┃  └─────┘",
        "        ┃  ┌ u3 ─┐",
        "        ┗━━│ v 1 │",
        "           └─────┘",
    )


def test_edges_that_are_not_there_are_ignored() -> None:
    drawn = layout(REGRESSION)
    assert paint(drawn, active=frozenset({(99, 4, 0), (2, 4, 7)})).lines == paint(drawn).lines


@given(graphs(most=12), st.data())
@settings(max_examples=40, deadline=None)
def test_rows_not_said_to_change_are_the_same(
    boxes: tuple[CellBox, ...], data: st.DataObject
) -> None:
    found = layout(boxes)
    keys = [box.key for box in boxes]
    edges = [(s, box.key, slot) for box in boxes for slot, s in enumerate(box.sources)]

    def moment(before: CellLayout) -> CellPicture:
        shorter = data.draw(st.sets(st.sampled_from(keys)))
        now = [replace(b, title="", state="off") if b.key in shorter else b for b in boxes]
        active = data.draw(st.sets(st.sampled_from(edges))) if edges else set()
        current = data.draw(st.sampled_from([None, *keys]))
        return paint(relabel(before, now), current=current, active=active)

    old = moment(found)
    new = moment(old.layout)
    changed = new.changed_rows(old)
    for y in range(found.height):
        if y not in changed:
            assert new.runs(y) == old.runs(y)
