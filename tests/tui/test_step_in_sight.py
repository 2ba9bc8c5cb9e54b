"""At every step of the backward pass all that takes part in it is on the screen, and whole."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from graphgrad_tui.settings import Settings
from graphgrad_tui.stepper_app import StepperApp
from graphgrad_tui.widgets.caption import Caption
from graphgrad_tui.widgets.graph_pane import GraphPane
from tests.crossed import crossed
from tests.tui.networks import NETWORKS, SIZES, work_of
from tests.tui.screens import grid

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.pilot import Pilot

DEPTHS = ("", "MM", "M", "m")
"""Keys that lead to lines, blocks, layers and operations."""


def cut_out(app: StepperApp, region: Region) -> list[str]:
    """Return the rows of a pane, as a terminal shows them."""
    rows = grid(app)[region.y : region.bottom]
    return [row[region.x : region.right] for row in rows]


def partners(app: StepperApp) -> set[int]:
    """Return the boxes that give to the box of a step or get from it, from the trace alone."""
    trace, stop, boxes = app.trace, app.stop, app.session.boxes
    graph = trace.graph
    if stop.phase == "seed":  # nothing flows yet
        return set()
    line = graph.line(graph.line_of(stop.node))
    nodes = line.nodes if app.session.fold == "line" else (stop.node,)
    givers = {edge.target for edge in trace.uses(stop.node)}
    read = {p for node in nodes for p in graph.columns.parents_of(node)}
    receivers = {p for p in read if graph.variable[p] and not graph.is_constant(p)}
    found = {boxes.owner[node] for node in (*givers, *receivers) if node in boxes.owner}
    return found - {boxes.owner[stop.node]}


def check(app: StepperApp) -> None:
    """Check one step: acting box, givers, receivers, sentence; what is cut says so."""
    pane = app.query_one(GraphPane)
    plan, window = pane.drawn, pane.window
    assert plan is not None
    acting = plan.shown(app.session.boxes.owner[app.stop.node])
    seen = cut_out(app, pane.content_region)
    screen = "\n".join(seen)
    for key in {acting, *(plan.shown(node) for node in partners(app))}:
        assert key in plan.layout.placed, (app.cursor, key)
        box = plan.layout.placed[key]
        assert window.x <= box.x, (app.cursor, box.box.title, screen)
        assert box.x + box.width <= max(window.x + window.width, plan.layout.width), screen
        if not plan.layout.width <= window.width:
            assert box.x + box.width <= window.x + window.width, (app.cursor, box.box.title, screen)
        assert window.y <= box.y, (app.cursor, box.box.title, screen)
        assert box.y + box.height <= window.y + window.height, (box.box.title, screen)
        told = box.box.title.strip() if key < 0 else app.trace.graph.name(key)
        if plan.layout.placed[key].box.state != "group":
            assert known_texts(screen, told), (app.cursor, told, screen)
    assert "╔" in screen or "║" in screen
    told = app.session.texts.step(app.cursor)
    rows = cut_out(app, app.query_one(Caption).content_region)
    caption = " ".join(" ".join(row.rstrip(" ▐") for row in rows).split())
    assert " ".join(told.sentence.split()) in caption, (told.sentence, caption)
    check_cuts(app, seen)


def known_texts(screen: str, told: str) -> set[str]:
    """Return the spellings of a title, with blanks or without, that are on a screen."""
    return {text for text in (told[:20], told.replace(" ", "")[:20]) if text in screen}


def check_cuts(app: StepperApp, seen: list[str]) -> None:
    """Check that a box which the edge of the pane cuts ends in dots, and holds no half number."""
    pane = app.query_one(GraphPane)
    assert pane.drawn is not None
    assert pane.picture is not None
    window, (left, above) = pane.window, pane.indent
    for tag in pane._tags:
        for x in range(tag.x, tag.x + cell_len(tag.text)):
            assert not any(box.covers(x, tag.y) for box in pane.picture.layout.boxes), tag
    for placed in pane.picture.layout.boxes:
        first, last = placed.x - window.x + left, placed.x + placed.width - window.x + left
        for y in range(placed.y, placed.y + placed.height):
            row = y - window.y + above
            if not 0 <= row < len(seen) or last <= 0 or first >= len(seen[row]):
                continue
            if first < 0:
                assert "…" in seen[row][:last], seen[row]
            if last > len(seen[row]):
                assert "…" in seen[row][max(0, first) :], seen[row]
        beyond = placed.y < window.y or placed.y + placed.height > window.y + window.height
        inside = [
            seen[y - window.y + above][max(0, first) : last]
            for y in range(placed.y, placed.y + placed.height)
            if 0 <= y - window.y + above < len(seen)
        ]
        if beyond and inside and last > 1 and first < len(seen[0]) - 1:
            assert any("…" in row for row in inside), inside


async def at_steps(
    name: str, size: tuple[int, int], fractions: list[float], keys: str = ""
) -> None:
    """Check steps of a network after some keys, as those that lead to layers and to blocks."""
    app = StepperApp(work_of(name), Settings())
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        stops = app.session.stops
        for fraction in fractions:
            await go(app, pilot, stops.seed + round(fraction * (len(stops) - stops.seed)))
            check(app)


async def go(app: StepperApp, pilot: Pilot[object], position: int) -> None:
    app.cursor = position
    await pilot.pause()
    for _ in range(20):
        if not app._waiting:
            break
        await pilot.pause()


@given(
    st.sampled_from(NETWORKS),
    st.sampled_from(SIZES),
    st.lists(st.floats(0, 1), min_size=3, max_size=8),
    st.sampled_from(DEPTHS),
)
@settings(max_examples=6, deadline=None)
def test_all_that_takes_part_is_seen(
    name: str, size: tuple[int, int], fractions: list[float], keys: str
) -> None:
    asyncio.run(at_steps(name, size, fractions, keys))


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keys", DEPTHS[1:], ids=["block", "layer", "op"])
@pytest.mark.parametrize("name", ["lenet", "lstm", "mlp_arrays", "wide_layer"])
def test_all_that_takes_part_is_seen_at_every_depth(
    name: str, keys: str, size: tuple[int, int]
) -> None:
    asyncio.run(at_steps(name, size, [k / 40 for k in range(41)], keys))


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [n for n in NETWORKS if n not in ("chain", "mlp_scalars")])
def test_all_that_takes_part_is_seen_at_every_step(name: str, size: tuple[int, int]) -> None:
    count = len(StepperApp(work_of(name), Settings()).session.stops)
    asyncio.run(at_steps(name, size, [k / count for k in range(count + 1)]))


@crossed(name=list(NETWORKS), size=SIZES)
def test_the_ends_of_the_backward_pass(name: str, size: tuple[int, int]) -> None:
    asyncio.run(at_steps(name, size, [0.0, 0.5, 1.0]))
