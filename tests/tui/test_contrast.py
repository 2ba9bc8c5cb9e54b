"""Every text of every theme can be read: a contrast of 4.5:1, computed from what is drawn."""

from __future__ import annotations

import pytest
from textual.theme import BUILTIN_THEMES

from graphgrad_tui.stepper_app import StepperApp
from tests.tui.screens import LARGE, SHARED, app_of

LEAST = 4.5
ANSI = {name for name in BUILTIN_THEMES if name.startswith("ansi")}
"""Their colours are the terminal's own: no program knows them."""


def luminance(colour: tuple[int, int, int]) -> float:
    parts = [c / 255 for c in colour]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faint(app: StepperApp) -> list[tuple[float, str, str]]:
    """Return what is drawn with too little contrast, with its colours."""
    found = []
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            if not segment.text.strip() or style is None or style.color is None:
                continue
            front, ground = style.color.triplet, style.bgcolor and style.bgcolor.triplet
            assert front, segment
            assert ground, segment
            assert not style.dim, segment
            if style.reverse:
                front, ground = ground, front
            light, dark = sorted((luminance(tuple(front)), luminance(tuple(ground))), reverse=True)
            ratio = (light + 0.05) / (dark + 0.05)
            if ratio < LEAST:
                found.append((round(ratio, 2), segment.text, str(style)))
    return found


SCREENS = [
    pytest.param((), id="start"),
    pytest.param(("b", "n", "down", "B", "W"), id="marks"),
    pytest.param(("x", "1", "2", "enter"), id="question"),
    pytest.param(("n", "e", "2"), id="edit"),
    pytest.param(("question_mark",), id="help"),
    pytest.param(("T",), id="training"),
    pytest.param(("S",), id="samples"),
    pytest.param(("d", "G"), id="derivation"),
    pytest.param(("ctrl+p",), id="palette"),
]


@pytest.mark.parametrize("keys", SCREENS)
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_every_text_of_a_screen_can_be_read(keys: tuple[str, ...], theme: str) -> None:
    app = app_of(SHARED, theme=theme)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert not faint(app)


@pytest.mark.slow
@pytest.mark.parametrize("theme", sorted(set(BUILTIN_THEMES) - ANSI))
async def test_every_theme_can_be_read(theme: str) -> None:
    app = app_of(SHARED, theme=theme)
    async with app.run_test(size=LARGE) as pilot:
        for case in SCREENS:
            keys = case.values[0]
            await pilot.press(*keys)
            await pilot.pause()
            assert not faint(app), keys
            await pilot.press("escape", "escape", "g")
            await pilot.pause()
