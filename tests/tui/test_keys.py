"""Every binding, at both sizes, by a pilot."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette

from graphgrad.messages.catalogue import set_language, text
from graphgrad.stepping.commands import APP_COMMANDS as COMMANDS
from graphgrad_tui.screens.help_screen import HelpScreen
from graphgrad_tui.widgets.graph_pane import GraphPane
from graphgrad_tui.widgets.text_panes import NodePane
from tests.tui.screens import (
    LARGE,
    REGRESSION,
    SHARED,
    SMALL,
    app_of,
    grid,
    node_named,
    settled,
    shown,
)

SIZES = pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40", marks=pytest.mark.slow)],
)
LAST = 13
"""Stops of the regression, line by line: 4 forward, the seed, 8 backward."""


# keys to press first, the keys of the binding, the position after each of them
TRAVELS = [
    ([], ["n", "space", "right", "l"], 1),
    (["5", "n"], ["p", "left", "h"], 4),
    (["5", "n"], ["g"], 0),
    *(
        pytest.param(*travel, marks=pytest.mark.slow)
        for travel in (([], ["G"], LAST), (["9", "n"], ["f"], 1), ([], ["b"], 5))
    ),
]


@SIZES
@pytest.mark.parametrize(("first", "keys", "position"), TRAVELS)
async def test_keys_that_travel(size, first, keys, position):
    for key in keys:
        app = app_of()
        async with app.run_test(size=size) as pilot:
            await pilot.press(*first, key)
            await pilot.pause()
            assert app.cursor == position, key
            assert f"step {position}/{LAST}" in grid(app)[0]


@SIZES
async def test_a_number_before_a_command_repeats_it(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("1")
        await pilot.pause()
        assert "1…" in grid(app)[0]
        await pilot.press("2", "n")
        assert (app.cursor, app.typed) == (12, "")
        await pilot.press("3", "p")
        assert app.cursor == 9
        await pilot.press("4", "G")
        assert app.cursor == 4
        await pilot.press("7", "escape", "n")
        assert app.cursor == 5
        await pilot.press("0", "n")
        assert app.cursor == 6


@SIZES
@pytest.mark.parametrize(
    "source",
    [
        pytest.param(REGRESSION, id="regression", marks=pytest.mark.slow),
        pytest.param(SHARED, id="shared"),
    ],
)
async def test_back_is_exactly_the_inverse_of_forward(size, source):
    app = app_of(source)
    async with app.run_test(size=size) as pilot:
        seen = [await settled(app, pilot)]
        for _ in range(len(app.session.stops)):
            await pilot.press("n")
            seen.append(grid(app))
        assert len({"\n".join(screen) for screen in seen}) == len(seen)
        for position in range(len(app.session.stops) - 1, -1, -1):
            await pilot.press("p")
            assert grid(app) == seen[position]


@pytest.mark.slow
@SIZES
async def test_up_and_down_select_without_moving_in_time(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("n", "n")
        start = app.node
        walk = []
        for _ in range(8):
            await pilot.press("down")
            walk.append(app.node)
        assert app.cursor == 2
        assert len(set(walk)) > 2
        for key in ["k", "up"] * 4:
            await pilot.press(key)
        await pilot.press("j")
        assert app.cursor == 2
        assert "▸" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.node == start
        assert "▸" not in shown(app)


@SIZES
async def test_run_to_goes_to_the_value_then_the_adjoint(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("colon", "z", "enter")
        await pilot.pause()
        await pilot.press("t")
        assert app.state.value(node_named(app, "z")) == 6
        await pilot.press("t")
        assert app.state.adjoint(node_named(app, "z")) == -4


@SIZES
async def test_breakpoints_continue_and_continue_back(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("colon", "e", "enter")
        await pilot.pause()
        await pilot.press("B")
        await pilot.pause()
        assert "◈e" in shown(app)
        assert shown(app).count("◆") == 2
        await pilot.press("c")
        assert app.cursor == 3
        await pilot.press("c")
        assert app.cursor == 7
        await pilot.press("c")
        assert app.cursor == LAST
        await pilot.press("C")
        assert app.cursor == 7
        await pilot.press("C", "C")
        assert app.cursor == 0
        await pilot.press("colon", "e", "enter")
        await pilot.pause()
        await pilot.press("B")
        assert app.session.breakpoints == {}


@SIZES
async def test_help_lists_every_command_and_closes(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        for opening, closing in (("question_mark", "escape"), ("question_mark", "q")):
            await pilot.press(opening)
            await pilot.pause()
            assert isinstance(app.screen, HelpScreen)
            assert "next step" in shown(app)
            await pilot.press(closing)
            await pilot.pause()
            assert not isinstance(app.screen, HelpScreen)
        assert app.is_running


@pytest.mark.slow
@SIZES
async def test_the_palette_runs_commands(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"backward pass")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.cursor == 5


@pytest.mark.slow
async def test_every_command_is_in_the_palette_and_does_something():
    app = app_of()
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        found = {command.title: command for command in app.get_system_commands(app.screen)}
        assert len(found) == len(COMMANDS) - 2
        for command in COMMANDS:
            if command.name in ("palette", "escape", "quit", "theme", "help", "goto", "search"):
                continue
            await found[f"{text(f'app.key.{command.name}')}  ({command.shown})"].callback()
            await pilot.pause()
        assert app.is_running


@SIZES
async def test_the_node_text_scrolls(size):
    terms = " + ".join(f"w*{i}.5" for i in range(1, 30))
    lines = "\n".join(f"y{i} = w*{i}" for i in range(1, 45))
    app = app_of(f"param w = 2\n{lines}\nloss L = {' + '.join(f'y{i}' for i in range(1, 45))}")
    assert terms
    async with app.run_test(size=size) as pilot:
        await pilot.press("G", "g", "J", "J")
        await pilot.pause()
        pane = app.query_one(NodePane)
        scrolled = pane.top
        await pilot.press("K")
        await pilot.pause()
        assert scrolled == 0 or pane.top < scrolled


@SIZES
async def test_q_quits(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


@SIZES
async def test_the_theme_can_be_changed(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert isinstance(app.screen, CommandPalette)
        await pilot.press("escape")


@SIZES
async def test_a_click_selects_a_box_and_a_click_on_the_axis_travels(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        graph = app.query_one(GraphPane)
        assert graph.plan is not None
        placed = graph.plan.layout.placed[node_named(app, "e")]
        left, above = graph.indent
        await pilot.click(GraphPane, offset=(placed.x + left + 2, placed.y + above + 1))
        await pilot.pause()
        assert app.selected == node_named(app, "e")
        await pilot.click("Timeline", offset=(size[0] // 2, 0))
        await pilot.pause()
        assert 3 < app.cursor < 10


def test_every_command_has_words_in_both_languages_and_a_key_of_its_own():
    keys = [key for command in COMMANDS for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))
    for command in COMMANDS:
        words = {text(f"app.help.{command.name}", code) for code in ("en", "es")}
        assert len(words) == 2, command.name
        assert text(f"app.key.{command.name}", "es")
    assert sum(command.footer for command in COMMANDS) <= 7


@SIZES
async def test_the_app_speaks_spanish(size):
    set_language("es")
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("b")
        await pilot.pause()
        screen = shown(app)
        assert "ATRÁS  paso 5/13" in screen
        assert "n Siguiente" in screen
        await pilot.press("question_mark")
        await pilot.pause()
        assert "paso siguiente" in shown(app)


@pytest.mark.slow
async def test_enter_forgets_the_number_before_it_and_does_nothing_else():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        closed = set(app.session.groups.closed)
        for digit in "789":
            await pilot.press(digit)
            assert app.typed == digit
            await pilot.press("enter")
            assert app.typed == ""
            assert app.session.groups.closed == closed
        await pilot.press("5", "n", "enter")
        assert app.session.groups.closed != closed


@pytest.mark.parametrize("key", ["B", "W", "z", "slash", "y", "u", "question_mark"])
async def test_a_key_that_takes_no_number_forgets_it(key):
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("4", key)
        assert app.typed == ""


async def test_a_line_named_as_a_command_is_meant():
    app = app_of("input q = 2\nend = q*3\nloss L = end^2")
    async with app.run_test(size=SMALL) as pilot:
        for name in ("q", "end"):
            await pilot.press("colon", *name, "enter")
            await pilot.pause()
            assert app.trace.graph.name(app.node) == name
        assert (app.is_running, app.cursor) == (True, 0)
