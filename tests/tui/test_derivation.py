"""The derivation beside the graph, and how much of the graph is drawn."""

from __future__ import annotations

import os
import re

import pytest

from graphgrad.messages.catalogue import set_language
from graphgrad.stepping.worked_lines import MOST, current_stage, worked, worked_lines
from graphgrad.views.text.stops import Stops
from graphgrad_tui.deeds import copy_and_export
from graphgrad_tui.widgets.graph_pane import GraphPane
from graphgrad_tui.widgets.text_panes import DerivationPane
from tests.tui.screens import LARGE, REGRESSION, SHARED, SMALL, app_of, notices, shown, traced

SIZES = pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40", marks=pytest.mark.slow)],
)
LONG = "param w = 0.5\n" + "\n".join(f"a{k} = {f'a{k - 1}' if k else 'w'}*1.1" for k in range(90))


async def derived(app, pilot):
    await app.workers.wait_for_complete()
    await pilot.pause()


def lines_at(source, position, name=None, fold="line"):
    trace = traced(source)
    stop = Stops(trace, fold).stop(position)
    node = None if name is None else trace.graph.find(name)
    found = worked(trace, node, fold, max(stop.node, 0))
    lines = list(worked_lines(found, trace.state(stop.last)))
    here = current_stage(trace, stop)
    return lines, [line.text for line in lines if (line.node, line.part) == here]


def test_what_is_not_known_yet_is_a_question_mark_and_the_step_is_marked():
    lines, here = lines_at(SHARED, 2)
    assert here == ["z2 = w2·(z1 + X) = 9"]
    told = [line.text for line in lines]
    assert "yhat = w1·(z1 + z2) = ?" in told
    assert told.count("  = ?") == 5
    lines, here = lines_at(SHARED, 7)
    assert here[0].startswith("dyhat/dz1 =")
    assert here[-1] == "  = 1·2 + 2·3 = 2 + 6 = 8"


def test_a_pullback_is_about_the_adjoint_it_contributes_to():
    trace = traced(REGRESSION)
    stops = Stops(trace, "edge")
    pullback = next(k for k in range(len(stops)) if stops.stop(k).phase == "pullback")
    node, part = current_stage(trace, stops.stop(pullback))
    assert (trace.graph.name(node), part) == ("e", "adjoint")


def test_of_a_long_graph_the_part_near_the_step_is_derived():
    lines, here = lines_at(LONG, 60)
    assert here == ["a59 = a58·1.1 = " + here[0].rpartition("= ")[2]]
    assert sum(line.part == "value" for line in lines) <= MOST
    assert "more" in lines[-1].text


def test_the_partial_that_is_asked_for_is_hidden():
    trace = traced(REGRESSION)
    e, loss = trace.graph.find("e"), trace.graph.find("L")
    assert e is not None
    assert loss is not None
    found = worked(trace, None, "line", 0)
    told = [line.text for line in worked_lines(found, trace.state(5), {(loss, e)})]
    assert not [line for line in told if "2e" in line]


@SIZES
@pytest.mark.parametrize("language", ["en", pytest.param("es", marks=pytest.mark.slow)])
async def test_the_derivation_follows_time_beside_the_graph(size, language):
    set_language(language)
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("n", "n", "d")
        await derived(app, pilot)
        assert "▸ yhat = z + b = 7" in shown(app)
        await pilot.press("G")
        await derived(app, pilot)
        assert "▸ dL/dx" in shown(app)
        await pilot.press("colon", "w", "enter")
        await derived(app, pilot)
        told = "\n".join(line for _, line in app.query_one(DerivationPane)._lines)
        assert "= -4·3 = -12" in told
        assert "dL/db" not in told
        await pilot.press("d")
        await pilot.pause()
        assert not app.query_one(DerivationPane).display


async def test_the_derivation_gives_no_answer_away():
    app = app_of()
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("d", "5", "n", "x", "X")
        await derived(app, pilot)
        assert app.round.quiz is not None
        pane = app.query_one(DerivationPane)
        while app.round.quiz.question is not None and app.round.quiz.question.kind != "partial":
            await pilot.press("escape", "r", "n", "X")
            await derived(app, pilot)
        if app.round.quiz.question is not None:
            told = "\n".join(line for _, line in pane._lines)
            assert f"·{app.round.quiz.question.answer}" not in told


# ---- sizes and neighbourhoods ----


@SIZES
async def test_boxes_get_larger_and_smaller_and_fit_again(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        graph = app.query_one(GraphPane)
        first = graph.plan.layout.size
        sizes, said = [], []
        for key in ("z", "z", "z", "z", "Z", "Z", "Z", "Z", "Z"):
            await pilot.press(key)
            await pilot.pause()
            sizes.append(graph.plan.layout.size)
            said.append(notices(app))
        assert sizes[3:] == ["large", "full", "compact", "dense", "mini", "mini"]
        assert "the largest boxes" in said[3]
        assert "the smallest boxes" in said[-1]
        await pilot.press("equals_sign")
        await pilot.pause()
        assert graph.plan.layout.size == first


async def test_fit_draws_the_whole_graph_of_a_net_that_needs_scrolling():
    net = "input x = [1, 2]\nh = dense(x, 8, act=tanh)\nz = dense(h, 3)\nL = sum(z^2)"
    app = app_of(net)
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        graph = app.query_one(GraphPane)
        assert not graph.plan.fits(*graph.size)
        await pilot.press("equals_sign")
        await pilot.pause()
        assert graph.plan.fits(*graph.size)
        names = [app.trace.graph.name(box.key) for box in graph.plan.boxes]
        assert all(re.search(rf"[║\[]{re.escape(name)} *[║\]]", shown(app)) for name in names)
        await pilot.press("z")
        await pilot.pause()
        assert graph.plan.layout.size == "dense"
        assert "∇" in shown(app)


@SIZES
async def test_a_neighbourhood_gets_wider_and_narrower(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("greater_than_sign")
        assert "The whole graph is drawn" in notices(app)
        await pilot.press("n", "F", "less_than_sign")
        await pilot.pause()
        graph = app.query_one(GraphPane)
        near = {box.key for box in graph.plan.boxes if box.key >= 0}
        names = {app.trace.graph.name(key) for key in near}
        assert names >= {"w", "x", "z", "yhat"}
        assert "L" not in names
        await pilot.press("greater_than_sign", "greater_than_sign")
        await pilot.pause()
        assert len([box for box in graph.plan.boxes if box.key >= 0]) > len(near)
        await pilot.press("F")
        await pilot.pause()
        assert graph.plan.inner is None


@pytest.mark.slow
async def test_a_neighbourhood_reaches_one_to_nine_edges_and_each_key_moves_it_by_one():
    app = app_of(LONG)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("colon", "a", "2", "0", "enter", "F")
        graph, reached = app.query_one(GraphPane), []
        for key in (*["greater_than_sign"] * 9, *["less_than_sign"] * 10):
            await pilot.press(key)
            await pilot.pause()
            drawn = {app.trace.graph.name(box.key) for box in graph.plan.boxes if box.key >= 0}
            reached.append(max(k for k in range(40) if f"a{k}" in drawn) - 20)
            assert drawn == {f"a{k}" for k in range(20 - reached[-1], 21 + reached[-1])}
            assert f"Up to {reached[-1]} edges from a20" in notices(app)
        assert reached == [3, 4, 5, 6, 7, 8, 9, 9, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1, 1]


# ---- the picture of a step ----


async def test_a_picture_is_drawn_and_its_path_is_said_over_ssh(monkeypatch, tmp_path):
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1")
    monkeypatch.setattr(copy_and_export, "own_folder", lambda: tmp_path)
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("n", "o")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert str(tmp_path / "step-1.svg") in notices(app)
    assert "<svg" in (tmp_path / "step-1.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("environment", "system", "some"),
    [
        ({"SSH_TTY": "/dev/pts/1"}, "darwin", False),
        ({}, "darwin", True),
        ({}, "win32", True),
        ({}, "linux", False),
    ],
)
def test_a_viewer_is_used_only_where_somebody_sees_it(environment, system, some):
    assert bool(copy_and_export.viewer(environment, system)) == some
    assert "DISPLAY" in os.environ or not copy_and_export.viewer({}, "linux")
