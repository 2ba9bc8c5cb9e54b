"""The app asks before it replaces a file, and a picture of the screen takes a free name."""

from __future__ import annotations

import pytest

from graphgrad_tui.widgets.command_bar import CommandBar
from tests.tui.screens import SMALL, app_of, notices

MINE = "mine"


@pytest.mark.parametrize(("answer", "replaced"), [("n", False), ("", False), ("y", True)])
async def test_a_file_that_is_there_is_asked_about(tmp_path, monkeypatch, answer, replaced):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graphgrad-L-0.svg").write_text(MINE, "utf-8")
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("E")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        bar = app.query_one(CommandBar)
        assert bar.display
        assert "exists already. Replace it?" in bar.placeholder
        assert (tmp_path / "graphgrad-L-0.svg").read_text("utf-8") == MINE
        await pilot.press(*answer, "enter")
        await pilot.pause()
        said = "Written" if replaced else "left as it is"
        assert said in notices(app)
    assert ((tmp_path / "graphgrad-L-0.svg").read_text("utf-8") == MINE) is not replaced


async def test_a_name_that_is_typed_replaces_the_proposed_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("E")
        await pilot.pause()
        await pilot.press(*"my.dot", "enter")
        await pilot.pause()
    assert [path.name for path in tmp_path.iterdir()] == ["my.dot"]


async def test_escape_leaves_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graphgrad-L-0.svg").write_text(MINE, "utf-8")
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("E")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("escape", "n", "n")
        await pilot.pause()
        assert app.cursor == 2
    assert (tmp_path / "graphgrad-L-0.svg").read_text("utf-8") == MINE


async def test_a_picture_of_the_screen_takes_a_free_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graphgrad-L-0.txt").write_text(MINE, "utf-8")
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("s", "s")
        await pilot.pause()
    assert (tmp_path / "graphgrad-L-0.txt").read_text("utf-8") == MINE
    for name in ("graphgrad-L-0-2", "graphgrad-L-0-3"):
        assert (tmp_path / f"{name}.svg").read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize("name", ["[b]x[/i].svg", "a[/].svg", "n/[red]o.svg"])
async def test_brackets_in_a_name_are_no_markup(tmp_path, monkeypatch, name):
    """A name such as ``x[/i].svg`` ended the app: what is said in passing quotes it."""
    monkeypatch.chdir(tmp_path)
    app = app_of()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("E")
        await pilot.pause()
        await pilot.press(*name, "enter")
        await pilot.pause()
        await pilot.pause()
        assert name in notices(app)
        assert app.screen.query("Toast")
