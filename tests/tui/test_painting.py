"""A step draws what changes, once: no layout of the screen, only the rows that differ."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.screen import Screen

from graphgrad_tui.stepper_app import StepperApp
from graphgrad_tui.texts.moment_texts import Routes
from graphgrad_tui.texts.wrapping import wrapped
from graphgrad_tui.widgets.graph_pane import GraphPane
from graphgrad_tui.widgets.row_pane import RowPane
from graphgrad_tui.widgets.text_panes import thumb
from tests.tui.screens import LARGE, REGRESSION, app_of, grid

LONG = "\n".join(
    ["input x = 0.5", "param w = 0.3", "a0 = w*x"]
    + [f"a{k} = tanh(a{k - 1})*a{max(0, k - 4)}" for k in range(1, 200)]
)


@pytest.mark.parametrize("source", [REGRESSION, LONG], ids=["small", "long"])
async def test_a_step_needs_no_layout_and_one_frame(source, monkeypatch):
    layouts, frames = [], []
    laid_out = Screen._refresh_layout

    def counted(self, *words, **options):
        layouts.append(self)
        laid_out(self, *words, **options)

    def framed(self):
        frames.append(self)

    monkeypatch.setattr(Screen, "_refresh_layout", counted)
    monkeypatch.setattr(StepperApp, "post_display_hook", framed)
    app = app_of(source)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("b", "n")
        await pilot.pause()
        for _ in range(6):
            layouts.clear()
            frames.clear()
            await pilot.press("n")
            await pilot.pause()
            assert not layouts
            assert len(frames) <= 2  # the pilot's pause may fall between two


async def test_only_rows_that_differ_are_drawn(monkeypatch):
    drawn = []
    refresh = RowPane.refresh

    def counted(self, *regions, **options):
        if isinstance(self, GraphPane):
            drawn.extend(regions or ["all"])
        return refresh(self, *regions, **options)

    monkeypatch.setattr(RowPane, "refresh", counted)
    app = app_of()
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("b", "n")
        await pilot.pause()
        before = grid(app)
        pane = app.query_one(GraphPane).region
        drawn.clear()
        await pilot.press("n")
        await pilot.pause()
        after = grid(app)
        rows = {y for region in drawn for y in region.line_range}
        changed = {
            y
            for y in range(pane.height)
            if before[pane.y + y][pane.x : pane.right] != after[pane.y + y][pane.x : pane.right]
        }
        assert changed
        assert changed <= rows
        assert len(rows) < pane.height / 2


@pytest.mark.slow
async def test_what_was_drawn_step_by_step_is_what_is_drawn_anew():
    app = app_of()
    async with app.run_test(size=LARGE) as pilot:
        for key in ("n", "n", "B", "b", "n", "n", "p", "down", "W", "n"):
            await pilot.press(key)
            await pilot.pause()
            seen = grid(app)
            app.relayout()
            await pilot.pause()
            assert grid(app) == seen, key


def test_paths_are_not_listed_to_be_counted(monkeypatch):
    app = app_of(LONG)
    monkeypatch.setattr(Routes, "_listed", lambda *_words: pytest.fail("listed"))
    end = app.trace.state(len(app.trace.steps))
    told = app.session.texts.paths(end, app.session.boxes.keys[2], 38)
    assert len(told) == 2


@pytest.mark.parametrize("width", [1, 5, 12, 38])
def test_wrapped_rows_keep_the_words_and_the_width(width):
    text = " + dL/dyhat·∂yhat/∂z = 0.648993 層層層層層層 " * 3
    rows = wrapped(text, width)
    assert all(cell_len(row) <= max(width, 2) for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())


@pytest.mark.parametrize(("size", "total"), [(1, 2), (5, 100), (10, 11), (7, 8)])
def test_the_mark_of_a_scrolled_pane_stays_inside_and_moves(size, total):
    places = [thumb(size, total, start) for start in range(total - size + 1)]
    assert places[0].start == 0
    assert places[-1].stop == size
    assert [place.start for place in places] == sorted(place.start for place in places)
