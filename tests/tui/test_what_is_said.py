"""What the stepper says of networks: sentences, sums, keys, the tour, edits, verdicts, titles."""

from __future__ import annotations

import re

import pytest

from graphgrad.autodiff.record import record
from graphgrad.messages.catalogue import set_language, text
from graphgrad.source.gg import read_gg
from graphgrad.stepping.told_step import told_step
from graphgrad.stepping.work import Origin, Work
from graphgrad.views.text.stops import Stops
from graphgrad_tui.deeds.tour import CARDS, TourBar, is_first_run
from graphgrad_tui.settings import Settings
from graphgrad_tui.stepper_app import StepperApp
from graphgrad_tui.widgets.caption import Caption
from graphgrad_tui.widgets.graph_pane import GraphPane, OverviewMap
from graphgrad_tui.widgets.key_bar import KeyBar
from graphgrad_tui.widgets.timeline import Timeline
from tests.tui.networks import NETWORKS, work_of
from tests.tui.screens import LARGE, REGRESSION, SMALL, app_of, grid, node_named, shown

SIZES = pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40", marks=pytest.mark.slow)],
)


def network(name: str, **options: object) -> StepperApp:
    return StepperApp(work_of(name), Settings(**options))  # type: ignore[arg-type]


def text_of(pane: object) -> str:
    return "\n".join(text for _, text in pane._lines)  # type: ignore[attr-defined]


# ---- what is said ----


def test_every_contribution_stands_on_a_line_of_its_own_in_symbols_and_numbers():
    trace = work_of("shared").trace
    stops = Stops(trace, "line")
    told = told_step(trace, stops.stop(len(stops)), "line")
    lines = [line for line in told.lines if "∂w" in line]
    assert len(lines) == 300
    assert all(re.search(r"= 1·0\.\d+ = 0\.\d+$", line) for line in lines)
    assert "sum of 300 contributions" in told.lines[0]


@pytest.mark.parametrize("name", NETWORKS)
def test_no_word_of_a_program_reaches_a_learner(name):
    trace = work_of(name).trace
    stops = Stops(trace, "line")
    app = network(name)
    step = max(1, len(stops) // 60)
    for position in range(1, len(stops) + 1, step):
        stop = stops.stop(position)
        told = told_step(trace, stop, "line")
        node = app.session.texts.node(trace.state(stop.last), stop.node, frozenset())
        lines = [told.sentence, *told.lines, *(line.text for line in node)]
        name = trace.graph.name(stop.node)
        for line in lines:
            if line.startswith(f"{name} = "):
                continue  # what the line itself computes, as its author wrote it
            assert not re.search(r"scatter_add|outer\(|adj\(|broadcast\(|reshape\(|shape=", line), (
                line
            )


def test_a_bias_under_a_batch_names_the_sum_over_its_rows():
    trace = work_of("wide_layer").trace
    stops = Stops(trace, "line")
    node = trace.graph.find("l.b")
    told = told_step(trace, stops.stop(stops.adjoint_position(node)), "line")
    assert any("summed over the 32 rows" in line for line in told.lines)
    app = network("wide_layer")
    lines = app.session.texts.node(
        trace.state(len(trace.steps)), trace.graph.find("Z.z"), frozenset()
    )
    assert "∂Z.z/∂l.b = 1, summed over the 32 rows" in [line.text for line in lines]


async def test_a_saturated_unit_is_not_shown_as_one():
    app = app_of("param w = 8\ninput x = 1\nz = w*x\nh = tanh(z)\nloss L = (h - 2)^2")
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("G")
        await pilot.pause()
        box = next(
            b for b in app.query_one(GraphPane).picture.layout.boxes if b.box.title.startswith("h")
        )
        shown_value = float(box.box.rows[0].removeprefix("v "))
        slope = 1 - float(app.trace.value("h")) ** 2
        assert 1 - shown_value**2 == pytest.approx(slope, rel=0.05)


async def test_a_step_inside_a_closed_group_shows_its_values_on_the_group():
    app = network("mlp_arrays")
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("M", "colon", *"to b.z", "enter", "t")
        await pilot.pause()
        screen = shown(app)
        assert app.trace.graph.name(app.stop.node) == "b.z"
        assert re.search(r"▹ z v \S+", screen), screen
        assert re.search(r"▹ z ∇ [^?]\S*", screen), screen


@pytest.mark.parametrize("name", ["lenet", "fan_in"])
async def test_the_sentence_comes_first_and_the_rest_scrolls(name):
    app = network(name)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("b", "n", "n")
        await pilot.pause()
        caption = app.query_one(Caption)
        told = app.session.texts.step(app.cursor)
        assert caption._lines[0][1].endswith(told.sentence)
        assert caption.scrolls
        caption.focus()
        for _ in range(200):
            await pilot.press("down")
        await pilot.pause()
        last = [row for row in grid(app)[caption.region.y : caption.region.bottom] if row.strip()][
            -1
        ]
        assert told.lines[-1].split()[-1] in last


# ---- the first screen, the keys, what is said in passing ----


async def test_the_current_box_is_marked_at_the_start():
    app = network("lenet")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "╔ image" in shown(app)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("present", [False, True])
async def test_help_and_the_way_out_are_always_seen(language, present):
    set_language(language)
    app = app_of(present=present)
    async with app.run_test(size=LARGE) as pilot:
        for size in (LARGE, SMALL, (70, 20), (60, 16), (40, 12), (24, 10)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            row = grid(app)[-1]
            assert re.search(r" \? \w+  q \w+ *$", row), (size, row)


@pytest.mark.parametrize(
    ("language", "last"), [("en", "░ in view"), ("es", "░ a la vista")], ids=["en", "es"]
)
async def test_the_map_has_a_legend_none_of_which_is_cut(language, last):
    set_language(language)
    app = network("lenet")
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        region = app.query_one(OverviewMap).region
        legend = " ".join(row[region.x :].strip() for row in grid(app)[region.y : region.bottom])
        for mark in text("app.map", here="◆", seen="■", beyond="·", ground="░").split("  "):
            assert mark in legend
        assert legend.endswith(last)


@SIZES
async def test_what_is_said_in_passing_replaces_itself_and_leaves_the_graph_free(size):
    app = network("mlp_arrays")
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("colon", *"nobody", "enter")
        await pilot.press("slash", *"nothing_of_it", "enter")
        await pilot.pause()
        await pilot.pause()
        assert len(app._notifications) == 1
        toasts = list(app.screen.query("Toast"))
        graph = app.query_one(GraphPane).region
        assert toasts
        assert all(not toast.region.overlaps(graph) for toast in toasts), toasts[0].region


@SIZES
async def test_a_line_says_what_it_takes_and_how_to_leave(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        for keys, told in (
            (("n", "e"), "a formula"),
            (("E",), "its ending"),
            (("colon",), "a step"),
        ):
            await pilot.press(*keys)
            await pilot.pause()
            row = grid(app)[-1]
            assert "esc leaves" in row
            assert told in row
            await pilot.press("escape")
            await pilot.pause()
            assert "q Quit" in grid(app)[-1]
        await pilot.press("x")
        await pilot.pause()
        assert "Enter checks" in grid(app)[-1]
        assert "esc leaves" in grid(app)[-1]
        assert app.query_one(KeyBar).display
        assert app.query_one(Timeline).display


# ---- edits and training ----


async def test_an_edit_of_a_formula_leaves_the_boxes_where_they_are():
    app = app_of()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("3", "n")
        await pilot.pause()
        before = places(app)
        await pilot.press("e", "ctrl+u", *"e = y - yhat", "enter")
        await pilot.pause()
        assert app.trace.value("e") == 2
        assert places(app) == before


def places(app: StepperApp) -> dict[str, tuple[int, int]]:
    layout = app.query_one(GraphPane).picture.layout
    graph = app.trace.graph
    return {graph.name(key): (box.y, box.height) for key, box in layout.placed.items()}


@pytest.mark.parametrize("language", ["en", "es"])
async def test_entering_a_row_of_a_training_says_which(language):
    set_language(language)
    app = app_of()
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("T")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        title = grid(app)[0]
        assert {"en": "after 2 updates", "es": "tras 2 cambios"}[language] in title
        await pilot.press("u")
        await pilot.pause()
        assert "2" not in grid(app)[0].split("   ")[0]


@pytest.mark.parametrize("text", ["input x = 1\nz = 2*x\nloss L = z^2", REGRESSION])
async def test_boxes_for_a_projector_are_bigger(text):
    heights = {}
    for present in (False, True):
        app = app_of(text, present=present)
        async with app.run_test(size=LARGE) as pilot:
            await pilot.pause()
            boxes = app.query_one(GraphPane).picture.layout.boxes
            heights[present] = min((b.width, b.height) for b in boxes)
    assert heights[True][0] > heights[False][0]
    assert heights[True][1] > heights[False][1]


# ---- the tour ----


@pytest.mark.parametrize("language", ["en", "es"])
async def test_the_tour_goes_on_with_each_key_and_ends(language):
    set_language(language)
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("f4")
        presses = (("n",), ("b",), ("p",), ("down",), ("m",), ("e", "escape"), ("x", "escape", "x"))
        for number, keys in enumerate((*presses, ("question_mark", "escape")), 1):
            bar = app.screen_stack[0].query_one(TourBar)
            assert f"{number}/{len(CARDS)}" in str(bar.content)
            await pilot.press(*keys)
            await pilot.pause()
        assert "F4" in str(bar.content)
        await pilot.press("n")
        await pilot.pause()
        assert not bar.display


async def test_somebody_new_is_offered_the_tour_once(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert is_first_run()
    assert not is_first_run()
    app = app_of(is_first_run=True)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "First time here?" in shown(app)
        await pilot.press("n")
        await pilot.pause()
        assert "First time here?" not in shown(app)


# ---- questions ----


async def test_a_verdict_goes_with_its_step():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("X", *"6", "enter")
        await pilot.pause()
        assert "✓ right" in shown(app)
        await pilot.press("n")
        await pilot.pause()
        assert "✓ right" not in shown(app)
        await pilot.press("escape", "x")
        await pilot.pause()


# ---- titles ----


@pytest.mark.parametrize(("language", "title"), [("en", "An LSTM cell"), ("es", "Celda LSTM")])
async def test_a_sample_is_titled_in_the_language_of_the_session(language, title):
    set_language(language)
    app = network("lstm")
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        assert title in grid(app)[0]
        await pilot.press("S")
        await pilot.pause()
        assert {"en": "Attention", "es": "Atención"}[language] in shown(app)


def test_the_text_of_a_loop_is_marked_at_the_row_it_comes_from():
    text = "const n = 2\ninput x = 3\nh[0] = x + 0\nfor t = 1:n\nh[t] = 2*h[t-1]\nend\ny = h[n]\n"
    graph = read_gg(text)
    assert graph.heading.places[graph.line_index["h[2]"]] == 5
    assert Origin(text).text == text
    assert node_named(StepperApp(Work(record(graph), Origin(text)), Settings()), "y") is not None
