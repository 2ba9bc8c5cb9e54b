"""An edit keeps the places of the boxes on the screen: rows and columns, at once and later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from graphgrad_tui.settings import Settings
from graphgrad_tui.stepper_app import StepperApp
from graphgrad_tui.widgets.graph_pane import GraphPane
from tests.tui.networks import work_of
from tests.tui.screens import LARGE, REGRESSION, SHARED, SMALL, app_of, notices

if TYPE_CHECKING:
    from textual.pilot import Pilot

DIAMOND = """
input x = 2
param a = 3
param b = 0.5
u = a*x
v = u + b
p = sigmoid(v)
q = v*u
loss L = (p + q)^2
"""


def places(app: StepperApp) -> dict[str, tuple[int, int]]:
    """Return where the exit of every box is on the screen, by name."""
    pane = app.query_one(GraphPane)
    assert pane.plan is not None
    (left, above), window = pane.window.indent(pane.plan.layout), pane.window
    return {
        app.trace.graph.name(key): (
            box.x + box.width + left - window.x,
            box.exit + above - window.y,
        )
        for key, box in pane.plan.layout.placed.items()
        if key >= 0
    }


async def type_edit(app: StepperApp, pilot: Pilot[None], name: str, typed: str) -> None:
    await pilot.press("colon", *name.replace("_", "underscore "), "enter")
    await pilot.pause()
    await pilot.press("e")
    await pilot.pause()
    assert isinstance(app.focused, Input), notices(app)
    app.focused.value = f"{name} = {typed}"
    await pilot.press("enter", "escape")
    await pilot.pause()
    await pilot.pause()


def columns(app: StepperApp) -> list[tuple[int, int]]:
    """Return where the columns of the picture end, and how wide they are."""
    pane = app.query_one(GraphPane)
    assert pane.plan is not None
    found: dict[int, int] = {}
    for box in pane.plan.layout.boxes:
        found[box.x + box.width] = max(found.get(box.x + box.width, 0), box.width)
    return sorted(found.items())


def check_columns(before: list[tuple[int, int]], after: list[tuple[int, int]]) -> None:
    """Check that a column moves by what it and those before it have become wider, no more."""
    assert len(before) == len(after)
    shift = 0
    for (end, wide), (new_end, new_wide) in zip(before, after, strict=True):
        shift += max(0, new_wide - wide)
        assert end <= new_end <= end + shift, (before, after)


@pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40", marks=pytest.mark.slow)],
)
@pytest.mark.parametrize(
    ("source", "name", "typed"),
    [
        (REGRESSION, "w", "3"),
        (REGRESSION, "z", "w*x^2"),
        pytest.param(SHARED, "z2", "w2*z1 + X", marks=pytest.mark.slow),
        pytest.param(DIAMOND, "a", "4", marks=pytest.mark.slow),
        pytest.param(DIAMOND, "q", "v*u*1", marks=pytest.mark.slow),
    ],
)
async def test_boxes_stay_where_they_are(source, name, typed, size):
    app = app_of(source)
    async with app.run_test(size=size) as pilot:
        await pilot.press("G")
        await pilot.pause()
        before, text = places(app), app.session.work
        await type_edit(app, pilot, name, typed)
        assert app.session.work is not text
        assert places(app) == before
        for key in ("p", "n", "p"):
            await pilot.press(key)
            await pilot.pause()
            assert places(app) == before, key
        await pilot.press("u")
        await pilot.pause()
        await pilot.pause()
        assert places(app) == before


@pytest.mark.parametrize(
    ("source", "name", "typed"),
    [
        (REGRESSION, "w", "-3.25"),
        pytest.param(DIAMOND, "p", "tanh(v)", marks=pytest.mark.slow),
        pytest.param(DIAMOND, "q", "v*u + sin(x)*x", marks=pytest.mark.slow),
        pytest.param(DIAMOND, "a", "-1.5", marks=pytest.mark.slow),
    ],
)
async def test_a_longer_number_moves_what_is_behind_it_by_its_cells(source, name, typed):
    app = app_of(source)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("G")
        await pilot.pause()
        before = columns(app)
        await type_edit(app, pilot, name, typed)
        check_columns(before, columns(app))
        edited = places(app)
        await pilot.press("p")  # the old numbers go, the places stay
        await pilot.pause()
        assert places(app) == edited


async def test_a_box_that_comes_later_moves_and_the_others_stay():
    app = app_of(DIAMOND)
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.press("G")
        await pilot.pause()
        before = places(app)
        await type_edit(app, pilot, "q", "p*u")  # q now waits for p
        after = places(app)
        assert {name: row for name, (_, row) in after.items()} == {
            name: row for name, (_, row) in before.items()
        }
        far = {name for name in before if after[name][0] - before[name][0] > 1}
        assert far == {"q", "L"}  # a number of the others became a cell longer


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "leaf", "typed"),
    [
        ("mlp_arrays", "y", "-12.625"),
        ("lstm", "x", "[[0.5, 3, 0.25], [1, 0.125, -0.5]]"),
        ("fan_in", "a3", "123.25"),
    ],
)
async def test_boxes_of_networks_stay_too(name, leaf, typed):
    app = StepperApp(work_of(name), Settings())
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("G")
        await pilot.pause()
        before, rows = columns(app), {k: y for k, (_, y) in places(app).items()}
        await type_edit(app, pilot, leaf, typed)
        check_columns(before, columns(app))
        edited = [end for end, _ in columns(app)]
        after = {k: y for k, (_, y) in places(app).items()}
        assert len({after[k] - y for k, y in rows.items()}) == 1  # the window follows the step
        await pilot.press("p")
        await pilot.pause()
        assert [end for end, _ in columns(app)] == edited
