"""Editing values and formulas, with undo and redo."""

from __future__ import annotations

from fractions import Fraction

import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
from graphgrad.source.gg import read_gg
from graphgrad.stepping.editing import edited, present_text
from graphgrad.stepping.work import Origin, Work, changes_between
from graphgrad_tui.widgets.caption import Caption
from graphgrad_tui.widgets.graph_pane import GraphPane
from tests.tui.screens import LARGE, REGRESSION, SMALL, app_of, grid, node_named, shown, traced


def work_of(source=REGRESSION, **origin):
    return Work(traced(source), Origin(source, **origin))


def node(work, name):
    return work.trace.graph.find(name)


def test_a_leaf_takes_another_value_and_everything_is_computed_anew():
    work = work_of()
    again = edited(work, node(work, "w"), "0,5")
    assert again.point == {"w": Fraction(1, 2)}
    assert (again.trace.value("L"), again.trace.adjoint("w")) == (42.25, -39)
    changed = changes_between(work.trace, again.trace, range(len(again.trace.graph)))
    assert changed[node(again, "L")].value == 4
    assert node(again, "x") not in changed or changed[node(again, "x")].value is None


def test_a_formula_is_read_anew_and_keeps_given_values():
    work = edited(work_of(), node(work_of(), "w"), "3")
    again = edited(work, node(work, "z"), "w*x^2  # squared")
    assert again.trace.value("z") == 27
    assert "z = w*x^2" in again.origin.text
    assert again.trace.graph.heading.title == "Linear regression"
    assert present_text(again, node(again, "z")).right == "w*x^2"
    assert present_text(again, node(again, "w")) == ("w", "3", 0)


def test_a_formula_over_several_rows_and_one_of_the_command_line():
    source = "param w = 2\nz = (w +\n  1)\nloss L = z^2"
    work = work_of(source)
    assert edited(work, node(work, "z"), "5*w").trace.value("L") == 100
    assert edited(work, node(work, "L"), "z^3").trace.value("L") == 27


NET = """\
def sq(x, n=2) = x^n
def unit(h, x)
  param W = 2
  z = W*h + x
  a = tanh(z)
end
input x = [1, 2]
const h[0] = 0
layer cell = unit()
for t = 1:2
  h[t] = cell(h[t-1], x[t])
  u[t] = 3*h[t] + x[t]      # twice
end
y = dense([h[1], h[2]], 3, act=tanh)
z = u[1] + u[2]
loss L = sq(z) + sum(y)
"""


@pytest.mark.parametrize(
    ("name", "shown", "typed"),
    [
        ("u[2]", ("u[t]", "3*h[t] + x[t]", 12), "4*h[t]"),
        ("h[1].z", ("z", "W*h + x", 4), "W*h - x"),
        ("h[2]", ("a", "tanh(z)", 5), "z^3"),
        ("y.z", ("y", "dense([h[1], h[2]], 3, act=tanh)", 14), "dense([h[1], h[2]], 3, act=relu)"),
        ("z", ("z", "u[1] + u[2]", 0), "u[1]*u[2]"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_line_of_a_loop_or_a_definition_is_edited_where_it_is_written(name, shown, typed):
    work = work_of(NET)
    now = present_text(work, node(work, name))
    assert now == shown
    again = edited(work, node(work, name), typed)
    written = f"{now.left} = {now.right}"
    assert written in NET
    assert again.trace.value("L") == traced(NET.replace(written, f"{now.left} = {typed}")).value(
        "L"
    )
    assert again.trace.value("L") != work.trace.value("L")


def test_an_entry_of_a_line_is_edited_as_the_whole_line():
    work = work_of(NET, zoom="scalar")
    scalar = edited(work, node(work, "x"), "[1, 5]")  # read again, entry by entry
    again = edited(scalar, node(scalar, "z"), "u[1]*u[2]")
    place = node(again, "y.z[2]")
    assert present_text(again, place).left == "y"
    assert edited(again, place, "[h[1], h[2], 3]").trace.value("y[3]") == 3


def test_one_line_of_a_command_line_may_hold_more_than_can_be_told_apart():
    text = "def sq(x) = x^2; input x = 3; y = sq(x) + 1"
    work = Work(record(read_gg(text, free_inputs=True)), Origin(text, free_inputs=True))
    assert edited(work, node(work, "y"), "sq(x) + 5").trace.value("y") == 14


async def test_the_app_offers_the_line_as_it_is_written_and_says_so():
    app = app_of(NET)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("colon", *"u", "left_square_bracket", "2", "right_square_bracket")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        assert "u[t] = 3*h[t] + x[t]" in shown(app)
        assert "u[2] comes from line 12 of the file" in " ".join(
            n.message for n in app._notifications
        )


@pytest.mark.parametrize(
    ("name", "typed"),
    [("z", "w*"), ("z", "w*yhat"), ("z", "q + 1"), ("w", "[1, 2]"), ("w", "two"), ("z", "1;2")],
)
def test_what_cannot_be_read_is_an_error(name, typed):
    work = work_of()
    with pytest.raises(GraphgradError):
        edited(work, node(work, name), typed)


def test_without_a_source_only_values_can_be_edited():
    work = Work(traced(REGRESSION))
    assert edited(work, node(work, "b"), "2").trace.value("yhat") == 8
    with pytest.raises(GraphgradError, match="cannot be edited"):
        edited(work, node(work, "z"), "w")


@pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40", marks=pytest.mark.slow)],
)
async def test_edit_shows_old_and_new_for_one_step_and_can_be_undone(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("5", "n", "colon", "w", "enter")
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("backspace", "3", "enter")
        await pilot.pause()
        assert app.trace.value("w") == 3
        assert app.cursor == 5
        assert "v 2→3" in shown(app)
        assert "v 6→9" in shown(app)
        assert "v = 2 → 3" in shown(app)  # also where its box has no room for both
        await pilot.press("n")
        await pilot.pause()
        assert "→3" not in shown(app)
        await pilot.press("u")
        await pilot.pause()
        assert app.trace.value("w") == 2
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert app.trace.value("w") == 3
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert "no edit to redo" in " ".join(n.message for n in app._notifications)


async def test_a_wrong_formula_shows_a_caret_and_the_graph_stays():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "n", "e")
        await pilot.pause()
        await pilot.press("plus", "plus", "q", "enter")
        await pilot.pause()
        assert "^" in shown(app)
        assert "║yhat" in shown(app)
        assert app.session.history.done == []
        await pilot.press("escape")
        await pilot.pause()
        assert "z + b++q" not in shown(app)
        await pilot.press("n")
        assert app.cursor == 3


async def test_marks_stay_with_their_names():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("colon", "e", "enter")
        await pilot.pause()
        await pilot.press("B", "W", "colon", "z", "enter")
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        await pilot.press(*"+w*w+1", "enter")
        await pilot.pause()
        assert app.trace.value("z") == 11
        assert list(app.session.breakpoints) == [node_named(app, "e")]
        assert list(app.session.watched) == [node_named(app, "e")]


async def test_after_an_edit_the_change_of_the_output_is_in_sight_at_80_columns():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("G", *"/w", "enter", "e", "ctrl+u", *"2.3456", "enter")
        await pilot.pause()
        plan = app.query_one(GraphPane).plan
        assert plan is not None
        assert plan.fits(*app.query_one(GraphPane).size)
        assert "L = 4 → 0.9278" in shown(app)
        assert "v = 2 → 2.3456" in shown(app)  # its box stays as wide as it was
        await pilot.press("p")
        await pilot.pause()
        assert "→ 0.9278" not in shown(app)


async def test_notices_leave_the_sentence_of_the_step_free():
    app = app_of()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("u")
        await pilot.pause(0.3)
        rows = [y for y, row in enumerate(grid(app)) if "There is no edit to undo." in row]
        assert rows
        assert max(rows) < app.query_one(Caption).region.y


async def test_the_entry_that_is_looked_at_is_edited_alone():
    app = app_of("param W = [[1, 2], [3, 4]]\nloss L = sum(W^2)")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("G", "full_stop", "full_stop", "e")
        await pilot.pause()
        assert "W[1,2] = 2" in shown(app)
        await pilot.press("ctrl+u", *"-5", "enter")
        await pilot.pause()
        assert app.trace.value("W").tolist() == [[1, -5], [3, 4]]
        assert app.trace.value("L") == 51
        await pilot.press("e", "ctrl+u", *"[1, 2]", "enter")
        await pilot.pause()
        assert "expected a number" in " ".join(shown(app).split())
