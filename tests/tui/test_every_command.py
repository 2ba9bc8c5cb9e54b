"""Every key and every command of the palette, at four sizes, in ASCII and without colours."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette

from graphgrad.messages.catalogue import set_language
from graphgrad.stepping.commands import APP_COMMANDS as COMMANDS
from graphgrad_tui.screens.page_screen import PAGES
from tests.tui.screens import app_of, grid, notices, shown

SIZES = [(40, 12), (80, 24), (120, 40), (200, 60)]
EVERY_KEY = [
    *[pytest.param(size, "unicode", False, id=f"{size[0]}x{size[1]}") for size in SIZES],
    pytest.param((80, 24), "ascii", False, id="80x24-ascii"),
    pytest.param((80, 24), "unicode", True, id="80x24-no-colour"),
]
"""Every size, and every form where there is little room: not each with each, for minutes."""
LEAVES = ("quit",)


def sizes(quick: tuple[int, int]) -> list[object]:
    """Return the four sizes; one belongs to the quick set."""
    marks = [() if size == quick else pytest.mark.slow for size in SIZES]
    return [
        pytest.param(size, id=f"{size[0]}x{size[1]}", marks=mark)
        for size, mark in zip(SIZES, marks, strict=True)
    ]


async def settled(pilot, app, size) -> None:
    """Check that the whole screen is drawn and nothing has failed."""
    await pilot.pause()
    rows = grid(app)
    assert len(rows) == size[1]
    assert "inside graphgrad" not in notices(app)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "charset", "colourless"), EVERY_KEY)
async def test_every_key(size, charset, colourless, monkeypatch):
    if colourless:
        monkeypatch.setenv("NO_COLOR", "1")
    app = app_of(charset=charset)
    async with app.run_test(size=size) as pilot:
        await pilot.press("6", "n")
        for command in COMMANDS:
            if command.name in LEAVES:
                continue
            for key in command.keys.split(","):
                await pilot.press(key)
                await settled(pilot, app, size)
                for _ in range(3):
                    if len(app.screen_stack) > 1 or app.focused is not None:
                        await pilot.press("escape")
                        await pilot.pause()
                assert len(app.screen_stack) == 1, command.name
        assert app.is_running


@pytest.mark.slow
@pytest.mark.parametrize("size", sizes((120, 40)))
async def test_every_command_of_the_palette(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("6", "n")
        commands = list(app.get_system_commands(app.screen))
        assert len(commands) == len(COMMANDS) - 2
        for title, _help, callback, *_ in commands:
            if title.startswith(("Quit", "Salir")):
                continue
            found = callback()
            if hasattr(found, "__await__"):
                await found
            await settled(pilot, app, size)
            for _ in range(3):
                if len(app.screen_stack) > 1 or app.focused is not None:
                    await pilot.press("escape")
                    await pilot.pause()
            assert len(app.screen_stack) == 1, title
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(app.screen, CommandPalette)


@pytest.mark.parametrize("size", sizes((80, 24)))
async def test_in_ascii_no_pane_shows_another_character(size):
    app = app_of(charset="ascii")
    async with app.run_test(size=size) as pilot:
        for keys in (["3", "n"], ["down", "B", "W"], ["b", "n", "n"], ["G"]):
            await pilot.press(*keys)
            await pilot.pause()
            assert shown(app).isascii(), shown(app)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "size"),
    [
        pytest.param("es", (80, 24), id="es-80x24"),
        pytest.param("en", (120, 40), id="en-120x40", marks=pytest.mark.slow),
    ],
)
async def test_in_ascii_no_screen_over_the_app_shows_another_character(language, size):
    set_language(language)
    app = app_of(charset="ascii")
    pages = [("right",)] * len(PAGES)
    opened = [("question_mark",), ("D",), ("T",), ("S", "down"), ("ctrl+o",), ("ctrl+p", "m")]
    opened += [("ctrl+t",), ("e",), ("slash", "q", "enter"), ("y",), ("x", "H"), ("7", "enter")]
    async with app.run_test(size=size) as pilot:
        await pilot.press("2", "n")
        for keys in (*opened, ("r",), ("f1",), *pages):
            await pilot.press(*keys)
            if keys[0] in "DTS":
                await app.workers.wait_for_complete()
            await pilot.pause()
            assert shown(app).isascii(), (keys, shown(app))
            if keys[0] not in ("x", "7", "f1", "right"):
                await pilot.press("escape")
