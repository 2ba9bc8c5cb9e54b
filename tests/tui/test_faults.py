"""A fault inside a step, a command or the words of a node is told, and the app lives on."""

from __future__ import annotations

import pytest

from graphgrad_tui import panes
from graphgrad_tui.deeds import table
from graphgrad_tui.texts.moment_texts import MomentTexts
from tests.tui.screens import SMALL, app_of, notices


def broken(*_words: object, **_options: object) -> None:
    raise ZeroDivisionError("injected [b]fault")


async def test_a_fault_in_the_words_of_a_step_is_told(monkeypatch):
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        with monkeypatch.context() as patch:
            patch.setattr(MomentTexts, "step", broken)
            await pilot.press("b")  # the next step may have been worded ahead
            await pilot.pause()
            assert "ZeroDivisionError: injected [b]fault" in notices(app)
        await pilot.press("n")
        await pilot.pause()
        assert app.is_running
        assert app.cursor == app.session.stops.seed + 1


async def test_a_fault_in_drawing_is_told(monkeypatch):
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        monkeypatch.setattr(panes, "active_edges", broken)
        await pilot.press("n", "n", "p")
        await pilot.pause()
        assert "injected" in notices(app)
        assert app.is_running


@pytest.mark.parametrize("key", ["W", "B", "y"])
async def test_a_fault_in_a_command_is_told(monkeypatch, key):
    names = {"W": "watch", "B": "break", "y": "copy"}
    monkeypatch.setitem(table.DEEDS, names[key], broken)
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(key, "n")
        await pilot.pause()
        assert "injected" in notices(app)
        assert (app.is_running, app.cursor) == (True, 1)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("D", "graphgrad.stepping.side_reports.check_report"),
        ("T", "graphgrad_tui.screens.train_screen.training_of"),
    ],
)
async def test_a_fault_in_a_worker_is_told(monkeypatch, key, name):
    monkeypatch.setattr(name, broken)
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(key)
        await app.workers.wait_for_complete([w for w in app.workers if not w.is_finished])
        await pilot.pause()
        assert "injected" in notices(app)
        await pilot.press("escape", "n")
        await pilot.pause()
        assert (app.is_running, app.cursor) == (True, 1)
