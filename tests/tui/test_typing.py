"""What is typed after a colon or a slash, by a pilot."""

from __future__ import annotations

import pytest
from textual import events

from graphgrad_tui.widgets.command_bar import CommandBar
from tests.tui.screens import LARGE, SMALL, app_of, node_named, notices

SIZES = pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40", marks=pytest.mark.slow)],
)


@SIZES
async def test_typing_a_step_goes_there(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("colon")
        await pilot.pause()
        assert app.query_one(CommandBar).display
        await pilot.press("1", "2", "enter")
        await pilot.pause()
        assert app.cursor == 12
        assert not app.query_one(CommandBar).display
        await pilot.press("colon", "9", "9", "enter")
        await pilot.pause()
        assert app.cursor == 12
        assert "no step 99" in notices(app)


async def test_keys_that_arrive_all_at_once_are_not_lost():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        for key, character in (("colon", ":"), ("1", "1"), ("2", "2"), ("enter", "\r")):
            app.post_message(events.Key(key, character))
        await pilot.pause()
        await pilot.pause()
        assert app.cursor == 12


async def test_a_slash_can_be_searched_for():
    app = app_of("input x = 3\ny = x/2\nloss L = y + x")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("slash", "x", "slash", "2", "enter")
        await pilot.pause()
        assert app.selected == node_named(app, "y")


@SIZES
async def test_typing_a_name_selects_it_and_a_wrong_one_suggests(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("colon", *"yhat", "enter")
        await pilot.pause()
        assert app.selected == node_named(app, "yhat")
        assert app.cursor == 0
        await pilot.press("colon", *"yhatt", "enter")
        await pilot.pause()
        assert "Did you mean yhat" in notices(app)
        await pilot.press("colon", *"to b", "enter")
        await pilot.pause()
        assert app.state.adjoint(node_named(app, "b")) == -4
        await pilot.press("colon", "escape", "n")
        assert not app.query_one(CommandBar).display


@SIZES
async def test_search_finds_and_brackets_go_round(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("right_square_bracket")
        await pilot.pause()
        assert app.selected is None
        await pilot.press("slash", *"yhat", "enter")
        await pilot.pause()
        yhat, e = node_named(app, "yhat"), node_named(app, "e")
        assert app.selected == yhat
        await pilot.press("right_square_bracket")
        assert app.selected == e
        await pilot.press("right_square_bracket")
        assert app.selected == yhat
        await pilot.press("left_square_bracket")
        assert app.selected == e
        await pilot.press("slash", *"qqq", "enter")
        await pilot.pause()
        assert app.selected == e
        assert "qqq occurs in no name" in notices(app)


async def test_keys_typed_in_one_burst_keep_their_order():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("x")
        await pilot.pause()
        for key, character in (
            ("minus", "-"),
            ("5", "5"),
            *2 * [("backspace", "\x7f")],
            ("6", "6"),
        ):
            app.post_message(events.Key(key, character))
        app.post_message(events.Key("enter", "\r"))
        assert app.round.quiz is not None
        for _ in range(200):
            if app.round.quiz.closed or app.round.quiz.tries:
                break
            await pilot.pause(0.05)
        assert app.round.quiz.right == 1
