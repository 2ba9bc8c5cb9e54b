"""A projector of 70x20 cells: everything that matters is seen, with a clicker only."""

from __future__ import annotations

import re

import pytest

from graphgrad.autodiff.record import record
from graphgrad.messages.catalogue import set_language
from graphgrad.source.gg import load
from graphgrad.source.samples import samples_folder
from graphgrad.stepping.work import Work
from graphgrad_tui.settings import Settings
from graphgrad_tui.stepper_app import StepperApp
from graphgrad_tui.widgets.caption import Caption
from graphgrad_tui.widgets.graph_pane import GraphPane
from tests.tui.networks import work_of
from tests.tui.screens import app_of, grid, notices, shown

PROJECTOR = (70, 20)


def presented(at: str) -> StepperApp:
    work = Work(record(load(samples_folder() / "xor_sigmoid.gg")))
    return StepperApp(work, Settings(present=True, at=at))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("at", ["z", "dL/dz"])
async def test_every_operand_is_seen_whole(at, language):
    set_language(language)
    app = presented(at)
    async with app.run_test(size=PROJECTOR) as pilot:
        await pilot.pause()
        graph = app.query_one(GraphPane)
        assert graph.drawn is not None
        assert graph.drawn.fits(*graph.size), shown(app)
        screen = shown(app)
        assert not re.search(r"… \S+, |\+\d+", screen)  # nothing is folded
        assert all(f"{name} " in screen for name in ("h1", "h2", "w_2_1", "w_2_2", "z"))


@pytest.mark.slow
async def test_the_whole_sentence_is_seen_and_a_bar_tells_of_more():
    app = presented("dL/dL")
    async with app.run_test(size=PROJECTOR) as pilot:
        for _ in range(len(app.session.stops)):
            await pilot.press("pageup")
        for _ in range(len(app.session.stops)):
            await pilot.press("pagedown")
            await pilot.pause()
            caption = app.query_one(Caption)
            rows = grid(app)[caption.region.y : caption.region.bottom]
            told = " ".join(" ".join(row.rstrip(" ▐") for row in rows).split())
            assert app.session.texts.step(app.cursor).sentence in told
            assert caption.scrolls == any("▐" in row for row in rows)


@pytest.mark.slow
async def test_a_taller_terminal_has_its_timeline():
    app = app_of(present=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "0/13" in grid(app)[-2]


async def test_a_derivation_without_room_says_why():
    app = app_of(present=True)
    async with app.run_test(size=(70, 20)) as pilot:
        await pilot.press("d")
        await pilot.pause()
        assert "needs 100 columns" in notices(app)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["lstm", "mlp_arrays", "wide_layer"])
async def test_boxes_of_a_network_are_larger_than_without_a_projector(name):
    """At 120x40 a step of a network is drawn in the large boxes, as far as they find room."""
    app = StepperApp(work_of(name), Settings(present=True))
    large = count = 0
    async with app.run_test(size=(120, 40)) as pilot:
        for _ in range(len(app.session.stops)):
            await pilot.press("pagedown")
            await pilot.pause()
            drawn = app.query_one(GraphPane).drawn
            assert drawn is not None
            large, count = large + (drawn.layout.size == "large"), count + 1
    assert large > 0.6 * count, (large, count)


async def test_no_step_keeps_the_words_of_another_while_derivatives_are_loaded():
    app = app_of()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.has_symbols = False
        await pilot.press("n")
        await pilot.pause()
        caption = app.query_one(Caption)
        told = " ".join(grid(app)[caption.region.y : caption.region.bottom])
        assert "z = 6" in told
        assert "Start" not in told
