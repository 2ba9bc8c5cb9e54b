"""Help of the pane in focus, in both languages."""

from __future__ import annotations

import pytest

from graphgrad.messages.catalogue import LANGUAGES, set_language
from graphgrad_tui.screens import page_screen
from graphgrad_tui.screens.page_screen import PAGES, PageScreen
from graphgrad_tui.widgets.graph_pane import GraphPane
from graphgrad_tui.widgets.text_panes import NodePane
from graphgrad_tui.widgets.timeline import Timeline
from tests.tui.screens import LARGE, SMALL, app_of, shown

SIZES = pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40", marks=pytest.mark.slow)],
)


def test_every_pane_with_a_page_exists():
    import graphgrad_tui.screens.check_screen
    import graphgrad_tui.screens.lens_screen
    import graphgrad_tui.screens.open_screen
    import graphgrad_tui.screens.samples_screen
    import graphgrad_tui.screens.train_screen
    from graphgrad_tui import stepper_app
    from graphgrad_tui.widgets import quiz_bar as answer_line
    from graphgrad_tui.widgets import text_panes

    places = [
        stepper_app,
        answer_line,
        text_panes,
        graphgrad_tui.screens.check_screen,
        graphgrad_tui.screens.lens_screen,
        graphgrad_tui.screens.open_screen,
        graphgrad_tui.screens.samples_screen,
        graphgrad_tui.screens.train_screen,
    ]
    assert all(any(hasattr(place, name) for place in places) for name in PAGES)


@SIZES
async def test_each_pane_in_focus_has_its_page(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert "the graph  (1/" in shown(app)
        await pilot.press("escape", "tab")
        assert isinstance(app.focused, GraphPane)
        await pilot.press("tab", "f1")
        await pilot.pause()
        assert "the node  (2/" in shown(app)
        await pilot.press("right")
        await pilot.pause()
        assert "the derivation  (3/" in shown(app)
        await pilot.press("left", "left")
        await pilot.pause()
        assert "the graph  (1/" in shown(app)
        await pilot.press("f1")
        await pilot.click(Timeline)
        await pilot.press("f1")
        await pilot.pause()
        assert "the time axis" in shown(app)


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        (["D"], "gradient check  ("),
        *(
            pytest.param(*page, marks=pytest.mark.slow)
            for page in (
                (["T"], "training  ("),
                (["S"], "samples  ("),
                (["ctrl+o"], "opening a file  ("),
                (["x"], "predicting  ("),
            )
        ),
        (["colon"], "the command line  ("),
        (["d", "tab", "tab"], "the derivation  ("),
    ],
)
async def test_screens_and_lines_have_their_pages(keys, title):
    app = app_of()
    async with app.run_test(size=LARGE) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, PageScreen)
        assert title in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, PageScreen)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_page_is_worded(language):
    set_language(language)
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        for page in dict.fromkeys(PAGES.values()):
            app.push_screen(page_screen.PageScreen(page))
            await pilot.pause()
            assert page_screen.text(f"page.{page}.title") in shown(app)
            await pilot.press("escape")


async def test_keys_in_a_focused_pane_still_travel():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("4", "n", "tab", "tab")
        assert isinstance(app.focused, NodePane)
        await pilot.press("n", "pagedown", "space")
        assert app.cursor == 7
        await pilot.press("shift+tab", "up")
        assert app.selected is not None
