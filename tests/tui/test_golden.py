"""Whole screens as they were when a person looked at them: characters, and colours for some.

Characters and colours stand as grids of text, not as SVG: a new Textual that words its SVG
otherwise breaks nothing, and a difference can be read. After a wished change, look at the new
screens, then: ``UPDATE_GOLDEN=1 python -m pytest tests/tui/test_golden.py``.
"""

from __future__ import annotations

import os
import string
from pathlib import Path

import pytest

from graphgrad.autodiff.record import record
from graphgrad.messages.catalogue import set_language
from graphgrad.source.gg import load
from graphgrad.source.samples import samples_folder
from graphgrad.stepping.work import Work
from graphgrad.views.cells.placing import layout
from graphgrad_tui.settings import Settings
from graphgrad_tui.stepper_app import StepperApp
from tests.tui.screens import LARGE, SHARED, SMALL, app_of, grid

GOLDEN = Path(__file__).parent / "golden"

SCREENS = {
    "start": [],
    "forward": ["3", "n"],
    "sum": ["W", "G", "p"],
    "predict": ["b", "n", "x", "7", "enter"],
    "derivation": ["b", "2", "n", "d"],
    "edited": ["G", "colon", *"w1", "enter", "e", "ctrl+u", "5", "enter"],
    "trained": ["T", "down"],
    "checked": ["D"],
    "page": ["f1"],
}
COLOURED = {"sum": "textual-dark", "predict": "textual-light"}
SIZES = pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40", marks=pytest.mark.slow)],
)


async def shown_after(app, size, keys):
    """Return the app's rows, and its styles, after some keys."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        return [row.rstrip() for row in grid(app)], styles(app)


def styles(app):
    """Return a letter per cell, and what each letter means."""
    letters: dict[str, str] = {}
    rows = []
    for strip in app.screen._compositor.render_strips():
        row = ""
        for segment in strip:
            name = str(segment.style.without_color if segment.style else "")
            colours = segment.style and (segment.style.color, segment.style.bgcolor)
            told = f"{[c and c.name for c in colours or ()]} {name}"
            letter = letters.setdefault(told, string.ascii_letters[len(letters) % 52])
            row += letter * segment.cell_length
        rows.append(row)
    return [*rows, *(f"{letter} = {told}" for told, letter in letters.items())]


def compare(name, rows):
    path = GOLDEN / f"{name}.txt"
    found = "\n".join(rows) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text("utf-8")


@SIZES
@pytest.mark.parametrize("name", SCREENS)
async def test_screens(name, size):
    app = app_of(SHARED)
    rows, _ = await shown_after(app, size, SCREENS[name])
    assert len(rows) == size[1]
    compare(f"{name}-{size[0]}", rows)


@pytest.mark.parametrize("name", COLOURED)
async def test_colours(name):
    app = app_of(SHARED, theme=COLOURED[name])
    _, colours = await shown_after(app, SMALL, SCREENS[name])
    compare(f"{name}-{COLOURED[name]}", colours)


@SIZES
@pytest.mark.parametrize("language", ["es"])
async def test_a_sample_in_spanish(size, language):
    set_language(language)
    app = StepperApp(Work(record(load(samples_folder() / "xor_sigmoid.gg"))), Settings(at="dL/dz"))
    rows, _ = await shown_after(app, size, [])
    compare(f"xor-{language}-{size[0]}", rows)


@pytest.mark.parametrize("name", ["linear_regression", "skip_connection", "shared_weights"])
async def test_small_samples_fit_the_small_screen_without_scrolling(name):
    from graphgrad_tui.widgets.graph_pane import GraphPane

    app = StepperApp(Work(record(load(samples_folder() / f"{name}.gg"))), Settings())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        pane = app.query_one(GraphPane)
        assert pane.plan is not None
        assert pane.plan.fits(*pane.size)
        assert layout(pane.plan.boxes, fit=76).width <= 76
