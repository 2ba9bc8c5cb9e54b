"""The screen of lenses shows one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphgrad.autodiff.record import record
from graphgrad.source.gg import load
from graphgrad.stepping.side_reports import LENS_NAMES, lens_report
from graphgrad.stepping.work import Work
from graphgrad_tui.screens.lens_screen import LensScreen
from tests.tui.screens import SMALL, app_of, shown

XOR = Path(__file__).parents[2] / "samples" / "xor_sigmoid_data.gg"


def work() -> Work:
    return Work(record(load(XOR)))


def test_a_lens_is_looked_through_with_settings() -> None:
    lines = lens_report(work(), "gradients vanishing=0.9")
    assert lines[0].startswith("Gradient norms by layer")
    assert any("vanishes" in line for line in lines)


def test_a_mistake_is_said_and_not_raised() -> None:
    assert "there is no lens fo." in lens_report(work(), "fo")[0]
    assert "has no setting x" in lens_report(work(), "gradients x=1")[0]
    assert "mini-batch of 9 rows" in lens_report(work(), "batches size=9")[0]


@pytest.mark.slow  # quick: tests/views/lenses/test_every_lens.py, on a network of layers
def test_every_lens_answers_or_says_why_not() -> None:
    for name in LENS_NAMES:
        lines = lens_report(work(), name, 60)
        assert lines
        assert lines[0]


async def test_the_arrows_lead_from_lens_to_lens() -> None:
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("L")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, LensScreen)
        assert "2 parameters in 2 leaves" in shown(app)
        await pilot.press("right")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "gradients  (2/" in shown(app)
        await pilot.press("left", "left")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert f"({len(LENS_NAMES)}/{len(LENS_NAMES)})" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, LensScreen)
