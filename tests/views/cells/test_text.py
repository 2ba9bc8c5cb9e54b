"""Text in boxes: wide and combining characters, ASCII spellings, too little room."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from graphgrad.views.cells.ascii_spelling import ascii_text
from graphgrad.views.cells.boxes import CellBox, relabel
from graphgrad.views.cells.ink import paint
from graphgrad.views.cells.placing import layout
from graphgrad.views.text.cell_width import clipped, split, width
from tests.views.cells.graphs import REGRESSION, graphs
from tests.views.cells.reading import cells_of


@pytest.mark.parametrize(
    "title", ["層の重み", "ŷ = z + b", "y\u0302\u0332", "ñandú ½", "한글", "x\u200b\u202ey", "🙂 b"]
)
@pytest.mark.parametrize("size", ["full", "compact"])
def test_wide_and_combining_titles_keep_the_right_border_in_line(title: str, size: str) -> None:
    boxes = [CellBox(0, title, ("v 1",), ()), CellBox(1, "plain", ("v 2",), (0,))]
    boxes += [CellBox(2, "other", ("v 2",), (0, 0))]
    for drawn in (layout(boxes, size=size), layout(boxes, size=size, fit=1)):
        picture = paint(drawn)
        grid = [cells_of(line, picture.width) for line in picture.lines]
        for placed in drawn.boxes:
            borders = {
                grid[y][placed.x + placed.width - 1]
                for y in range(placed.y, placed.y + placed.height)
            }
            assert borders <= set("┐│┘]"), "\n".join(picture.lines)


def test_escape_sequences_do_not_reach_the_screen() -> None:
    boxes = [CellBox(0, "a\x1b[2Jb\nc\td", ("v \x07",), ())]
    text = "".join(paint(layout(boxes)).lines)
    assert not [char for char in text if unicodedata.category(char).startswith("C")]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20))
def test_text_becomes_cells_and_is_cut_to_any_room(text: str) -> None:
    cells = split(text)
    assert width(text) == len(cells)
    for room in range(5):
        cut = clipped(text, room)
        assert len(cut) <= room
        assert not cut or cut[0]
    for index, cell in enumerate(cells):
        wide = bool(cell) and unicodedata.east_asian_width(cell[0]) in "WF"
        assert not wide or cells[index + 1] == ""


@pytest.mark.parametrize("text", ["v 0.48", "∇ -4", "ŷ = z + b", "σ(w₁·x²)", "層", "한글", "½"])
def test_widths_agree_with_those_of_the_terminal_library(text: str) -> None:
    assert width(text) == cell_len(text)


@given(graphs(most=12), st.sampled_from(["full", "compact", "mini"]))
@settings(max_examples=50, deadline=None)
def test_ascii_pictures_hold_no_other_character(boxes: tuple[CellBox, ...], size: str) -> None:
    current, active = boxes[-1].key, frozenset((s, boxes[-1].key, 0) for s in boxes[-1].sources)
    for drawn in (layout(boxes, size=size), layout(boxes, size=size, charset="ascii")):
        picture = paint(drawn, charset="ascii", current=current, active=active)
        text = "".join(picture.lines)
        assert text.isascii()
        assert not text or text.isprintable()


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("∇ -4", "g -4"),
        ("∇ ·", "g ."),
        ("w·x", "w*x"),
        ("a × b − c", "a * b - c"),
        ("e²", "e^2"),
        ("x₁₂", "x_12"),
        ("σ(z)", "sigmoid(z)"),
        ("ŷ", "yhat"),
        ("y\u0302", "yhat"),
        ("x̄", "xbar"),
        ("∂L/∂θ", "dL/dtheta"),
        ("Δ", "Delta"),
        ("pérdida, año, übung", "perdida, ano, ubung"),
        ("½", "1/2"),
        ("… +9 more", "... +9 more"),
        ("→ log", "-> log"),
        ("‖∇‖", "||g||"),
        ("層", "?"),
    ],
)
def test_mathematics_is_spelled_in_ascii(text: str, spelled: str) -> None:
    assert ascii_text(text) == spelled


def test_ascii_layout_makes_room_for_longer_spellings() -> None:
    lines = "\n".join(paint(layout(REGRESSION, charset="ascii")).lines)
    assert "+ yhat = z + b +" in lines
    assert "~" not in lines


def test_unicode_layout_painted_in_ascii_cuts_what_does_not_fit() -> None:
    boxes = [CellBox(0, "σ(σ(σ(z)))", ("v 1",), ())]
    lines = paint(layout(boxes), charset="ascii").lines
    assert {len(line) for line in lines} == {14}
    assert "~" in lines[0]


def test_relabelled_boxes_stay_where_they_are() -> None:
    before = layout(REGRESSION)
    fresh = [replace(box, rows=("v 123456789", "∇ ?"), state="new") for box in REGRESSION]
    after = relabel(before, fresh)
    assert [(p.x, p.y, p.width) for p in after.boxes] == [(p.x, p.y, p.width) for p in before.boxes]
    assert after.nets == before.nets
    text = "\n".join(paint(after).lines)
    assert "│ v 1234… │" in text
    assert "│ v 123456… │" in text


def test_relabelling_a_layout_works_its_wires_out_only_once() -> None:
    before = layout(REGRESSION)
    one, other = relabel(before, REGRESSION), relabel(before, REGRESSION)
    assert one.wiring is other.wiring


def test_relabelling_with_other_wires_is_refused() -> None:
    changed = [*REGRESSION[:-1], replace(REGRESSION[-1], sources=(0,))]
    with pytest.raises(ValueError, match=r"call layout\(\) for a new graph"):
        relabel(layout(REGRESSION), changed)


def test_long_titles_are_cut() -> None:
    drawn = layout([CellBox(0, "x" * 200, ("v " + "9" * 200,), ())])
    assert drawn.width == 36
    assert paint(drawn).lines[0].count("…") == 1
