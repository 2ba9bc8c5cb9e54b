"""The stepper on networks: depth, entries, a row per neuron, the file beside the graph."""

from __future__ import annotations

import re

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.source.gg import read_gg
from graphgrad.stepping.entry_rule import entry_terms
from graphgrad.stepping.work import Work
from graphgrad_tui.settings import Settings
from graphgrad_tui.stepper_app import StepperApp
from graphgrad_tui.widgets.graph_pane import GraphPane
from graphgrad_tui.widgets.text_panes import ListingPane, NodePane, UnitsPane
from tests.tui.networks import SAMPLES, work_of
from tests.tui.screens import LARGE, REGRESSION, SMALL, app_of, grid, notices

SIZES = pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40", marks=pytest.mark.slow)],
)


def network(name: str, **options: object) -> StepperApp:
    return StepperApp(work_of(name), Settings(**options))  # type: ignore[arg-type]


def text_of(pane: object) -> str:
    return "\n".join(text for _, text in pane._lines)  # type: ignore[attr-defined]


# ---- depth and entries ----


@SIZES
async def test_a_key_leads_from_blocks_to_operations_and_back(size):
    app = network("lenet")
    async with app.run_test(size=size) as pilot:
        seen = []
        for key in ("M", "M", "m", "m", "m", "M"):
            await pilot.press(key)
            await pilot.pause()
            graph = app.query_one(GraphPane)
            seen.append((app.session.depth, len(graph.plan.boxes)))
        depths = [depth for depth, _ in seen]
        assert depths in (
            ["layer", "block", "layer", "line", "op", "line"],
            ["layer", "layer", "line", "op", "op", "line"],
        )
        counts = dict(seen)
        assert counts["layer"] < counts["line"] < counts["op"]


async def test_the_step_stays_when_the_depth_changes():
    app = network("lenet")
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("colon", *"to h", "enter", "t")
        await pilot.pause()
        name, phase = app.trace.graph.name(app.stop.node), app.stop.phase
        await pilot.press("m")
        await pilot.pause()
        assert (app.trace.graph.name(app.stop.node), app.session.fold) == (name, "node")
        await pilot.press("M")
        await pilot.pause()
        assert (app.trace.graph.name(app.stop.node), app.stop.phase) == (name, phase)


async def test_arrays_are_taken_apart_and_put_together():
    app = network("mlp_arrays")
    async with app.run_test(size=LARGE) as pilot:
        arrays = app.trace.graph.line_names
        await pilot.press("G", "a")
        await pilot.pause()
        assert "h2.W[3,2]" in app.trace.graph.line_names
        assert app.trace.value("L") == pytest.approx(work_of("mlp_arrays").trace.value("L"))
        assert app.stop.phase != "forward"
        await pilot.press("a")
        await pilot.pause()
        assert app.trace.graph.line_names == arrays


async def test_a_graph_of_numbers_has_nothing_to_take_apart():
    app = app_of()
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert "no array" in notices(app)


# ---- arrays: heat, an entry and its chain rule ----


@SIZES
async def test_an_entry_has_a_chain_rule_of_its_own_beside_its_grid(size):
    app = network("mlp_arrays")
    async with app.run_test(size=size) as pilot:
        await pilot.press("G", "colon", *"h2.W[3,2]", "enter")
        await pilot.pause()
        trace = app.trace
        told = text_of(app.query_one(NodePane))
        adjoint, value = trace.adjoint("h2.W")[2, 1], trace.value("h2.W")[2, 1]
        assert f"h2.W[3,2] = {value:.6g}" in told
        assert f"∂L/∂h2.W[3,2] = {adjoint:.6g}" in told
        a, delta = trace.value("a")[1], trace.adjoint("b.z")[2]
        assert f"∂L/∂b.z[3]·∂b.z[3]/∂h2.W[3,2] = {delta:.6g}·{a:.6g}" in told
        rows = [line for kind, line in app.query_one(NodePane)._lines if kind == "grid"]
        assert any(line.startswith("▸") for line in rows)
        assert any("▾" in line for line in rows)
        await pilot.press("full_stop")
        await pilot.pause()
        assert app.entry == (2, 2)
        await pilot.press("shift+down")
        await pilot.pause()
        assert app.entry == (3, 2)
        await pilot.press("escape")
        await pilot.pause()
        assert app.entry is None


@pytest.mark.parametrize("name", ["lenet", "lstm", "mlp_arrays", "wide_layer"])
def test_the_terms_of_an_entry_sum_to_its_adjoint(name):
    """The tangents pushed through each line are a second way to what the backward pass found."""
    trace = work_of(name).trace
    random = np.random.default_rng(7)
    for line in trace.graph.lines():
        shape = trace.graph.columns.shape(line.root)
        if not shape or line.root == trace.graph.output or trace.adjoints[line.root] is None:
            continue
        place = tuple(int(random.integers(size)) for size in shape)
        terms = list(entry_terms(trace, line.root, place, "line"))
        total = sum(term.adjoint * term.partial for term in terms)
        expected = float(np.asarray(trace.adjoint(line.root))[place])
        assert total == pytest.approx(expected, rel=1e-9, abs=1e-14), (line.name, place)


async def test_shades_follow_the_numbers():
    app = app_of("input x = [1, -0.5, 0, 0.25]\nloss L = sum(x^2)")
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("G")
        await pilot.pause()
        rows = [line for kind, line in app.query_one(NodePane)._lines if kind == "grid"]
        assert rows[2] == "▸  █-▒ · ░"


# ---- a row per neuron ----


@SIZES
@pytest.mark.parametrize("name", ["mlp_arrays", "mlp_scalars", "wide_layer"])
async def test_a_layer_has_a_row_per_neuron(name, size):
    app = network(name)
    asked, count = ("a", 16) if name == "mlp_arrays" else ("a[3]", 16)
    asked, count = ("Z", 256) if name == "wide_layer" else (asked, count)
    async with app.run_test(size=size) as pilot:
        await pilot.press("G", "colon", *asked, "enter", "N")
        await pilot.pause()
        await pilot.pause()
        pane = app.query_one(UnitsPane)
        assert pane.display
        rows = [line for kind, line in pane._lines if kind == "grid"]
        units = [row for row in rows if re.match(r" *\d+  ", row)]
        assert [int(row.split()[0]) for row in units] == list(range(1, count + 1))
        assert all(len(row) <= pane.size.width for row in rows), max(rows, key=len)
        value = app.trace.value(asked)
        first = (
            value[0, 0]
            if name == "wide_layer"
            else value[2]
            if count and name == "mlp_arrays"
            else value
        )
        row = units[0] if name == "wide_layer" else units[2]
        assert f"{float(first):.2g}"[:4] in row
        await pilot.press("N")
        await pilot.pause()
        assert not pane.display
        assert app.query_one(NodePane).display


# ---- the text of the file ----


@SIZES
async def test_the_text_of_the_file_has_the_line_of_the_step_marked(size):
    app = network("mlp_arrays")
    async with app.run_test(size=size) as pilot:
        await pilot.press("f2", "n")
        await pilot.pause()
        lines = app.session.work.origin.text.splitlines()
        pane = app.query_one(ListingPane)
        for _ in range(len(app.session.stops) - 1):
            marked = [row for kind, row in pane._lines if kind == "current"]
            assert len(marked) == 1
            name = app.trace.graph.line(app.trace.graph.line_of(app.node)).name
            number = app.trace.graph.heading.places[app.trace.graph.line_of(app.node)]
            assert lines[number - 1] in marked[0], name
            assert any("▸" in row for row in grid(app)[pane.region.y : pane.region.bottom])
            await pilot.press("n")
            await pilot.pause()


async def test_a_graph_without_a_text_says_so():
    app = StepperApp(Work(record(read_gg(REGRESSION))), Settings())
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        assert "not read from a text" in notices(app)


# ---- all of a small network ----

TWO_TWO_ONE = "\n".join(
    [
        "input x1 = 0.5\ninput x2 = -1",
        *(f"param w{i}{k} = 0.{i}{k}" for i in (1, 2) for k in (1, 2)),
        "param b1 = 0\nparam b2 = 0.1\nparam v1 = 0.5\nparam v2 = -0.5\nparam c = 0",
        *(f"h{k} = sigmoid(w{k}1*x1 + w{k}2*x2 + b{k})" for k in (1, 2)),
        "y = sigmoid(v1*h1 + v2*h2 + c)\nloss L = (y - 1)^2",
    ]
)


@SIZES
async def test_a_2_2_1_network_is_whole(size):
    app = app_of(TWO_TWO_ONE)
    async with app.run_test(size=size) as pilot:
        await pilot.press("b")
        for _ in range(len(app.session.stops) - app.session.stops.seed):
            await pilot.press("n")
            await pilot.pause()
            pane = app.query_one(GraphPane)
            assert pane.drawn is pane.plan
            assert pane.window.fits(pane.plan.layout)
            region = pane.content_region
            rows = grid(app)[region.y : region.bottom]
            seen = "\n".join(row[region.x : region.right] for row in rows)
            for name in app.trace.graph.line_names:
                assert re.search(rf"[║\[ ]{name}\b", seen), (name, seen)
            assert "…" not in seen


async def test_mazurs_network_is_whole_above_the_text_about_the_box():
    app = app_of((SAMPLES / "mazur.gg").read_text("utf-8"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("b", "n")
        await pilot.pause()
        pane = app.query_one(GraphPane)
        for _ in range(len(app.session.stops) - app.session.stops.seed):
            assert pane.drawn is pane.plan
            assert (pane.plan.layout.size, pane.plan.unwrapped) == ("full", None)
            assert pane.window.fits(pane.plan.layout)
            await pilot.press("n")
        for beside in (True, False, True):  # a derivation stands beside the graph, and goes again
            await pilot.press("d")
            await pilot.pause()
            assert app.is_wide is beside


async def test_an_edit_leaves_the_text_below_where_it_is():
    app = app_of((SAMPLES / "mazur.gg").read_text("utf-8"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("G", "colon", *"w5", "enter", "e", "ctrl+u", *"w5 = 0.7", "enter")
        await pilot.pause()
        assert app.screen.has_class("-below")
        assert "0.4→0.7" in "\n".join(grid(app))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_a_small_matrix_shows_its_entries_where_there_is_room(size):
    text = "input x = [0.5, -1]\nparam W = [[0.1, 0.2], [0.3, 0.4]]\nh = tanh(W @ x)\n"
    app = app_of(f"{text}loss L = sum(h^2)")
    async with app.run_test(size=size) as pilot:
        await pilot.press("G")
        await pilot.pause()
        screen = "\n".join(grid(app))
        assert "v [[0.1,0.2], [0.3,0.4]]" in screen
        assert "h = tanh(W @ x)" in screen
        assert "2×2" not in screen
        await pilot.press("colon", *"W[1,2]", "enter", "e")
        await pilot.pause()
        placed = app.query_one(GraphPane).plan.layout.placed
        places = {key: (box.x + box.width, box.exit) for key, box in placed.items()}
        await pilot.press("ctrl+u", *"W[1,2] = 0.7", "enter")
        await pilot.pause()
        assert "[1,2] 0.2→0.7" in "\n".join(grid(app))
        placed = app.query_one(GraphPane).plan.layout.placed
        assert places == {key: (box.x + box.width, box.exit) for key, box in placed.items()}


async def test_the_app_tells_numbers_as_the_file_writes_them():
    text = "decimal comma\ninput x = [0,5; -1]\nparam W = [[0,1; 0,2]; [0,3; 0,4]]\nh = W @ x\n"
    app = app_of(f"{text}loss L = sum(h^2) + max(h[1]; 0,25)")
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("b")
        for key in ("n", "n", "n", "d", "n", "d", "e"):
            await pilot.press(key)
            await pilot.pause()
            assert not re.findall(r"\d\.\d", "\n".join(grid(app))), "\n".join(grid(app))
        assert "[[0,1;0,2]; [0,3;0,4]]" in "\n".join(grid(app))
