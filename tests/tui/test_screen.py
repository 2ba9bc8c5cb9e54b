"""What the screen shows: the graph, the node, the step; sizes, colours, characters."""

from __future__ import annotations

import pytest

from graphgrad_tui.widgets.graph_pane import GraphPane
from graphgrad_tui.widgets.text_panes import NodePane, PlainPane
from graphgrad_tui.widgets.title_bar import title_line
from tests.tui.screens import LARGE, REGRESSION, SHARED, SMALL, app_of, grid, shown

SIZES = pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40", marks=pytest.mark.slow)],
)


async def test_the_regression_at_80_by_24():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("9", "n")
        await pilot.pause()
        rows = [row.rstrip() for row in grid(app)]
    assert (
        rows[0] == " Linear regression                                   BACKWARD  step 9/13  L = 4"
    )
    assert " │ v 2   │━┓ ╔ z = w·x ═╗" in rows
    assert any("║━┓ ┌ yhat = z + b ─┐" in row for row in rows)
    assert " dL/dz = dL/dyhat·∂yhat/∂z = -4·1 = -4" in rows
    assert " ∂z/∂w = x = 3" in rows
    assert any("The adjoint of z is -4." in row for row in rows)


@SIZES
async def test_shared_weights_sum_their_terms_beside_the_heavy_trunk(size):
    app = app_of(SHARED)
    async with app.run_test(size=size) as pilot:
        await pilot.press("colon", *"to w1", "enter")
        await pilot.pause()
        await pilot.press("G")
        await pilot.press("p")
        await pilot.pause()
        screen = shown(app)
    assert "∇ 19" in screen
    assert "━" in screen
    assert "11 + 8 = 19" in screen


@SIZES
async def test_what_is_not_known_is_on_no_visible_cell(size):
    app = app_of("input a = 0.7109\ninput y = 1\ne = a - y\nloss L = e^2")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "0.2891" not in shown(app)
        await pilot.press("n")
        await pilot.pause()
        assert "0.2891" in shown(app)
        assert "0.08358" not in shown(app)


@SIZES
async def test_the_graph_is_drawn_without_colours(size, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_of()
    async with app.run_test(size=size) as pilot:
        for key in ("n", "down", "B", "b", "question_mark", "escape", "G"):
            await pilot.press(key)
            await pilot.pause()
        screen = shown(app)
        assert "╔" in screen
        assert app.is_running


async def test_every_segment_of_the_graph_has_a_style():
    app = app_of(SHARED)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("3", "n", "down", "B")
        await pilot.pause()
        pane = app.query_one(GraphPane)
        for y in range(pane.size.height):
            strip = pane.render_line(y)
            assert strip.cell_length == pane.size.width
            assert all(segment.style is not None for segment in strip)


@pytest.mark.parametrize("theme", ["textual-light", "textual-dark", "gruvbox", "ansi-dark"])
async def test_themes_reach_the_graph(theme):
    app = app_of()
    async with app.run_test(size=LARGE) as pilot:
        app.theme = theme
        await pilot.pause()
        pane = app.query_one(GraphPane)
        background = pane.rich_style.bgcolor
        styles = [s.style for s in pane.render_line(pane.size.height // 2) if s.style]
        assert any(style.bgcolor == background for style in styles)
        assert any(style.color != style.bgcolor for style in styles)


@pytest.mark.slow
async def test_another_theme_gives_the_graph_another_background():
    app = app_of()
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        pane = app.query_one(GraphPane)
        dark = [s.style.bgcolor for s in pane.render_line(0) if s.style]
        app.theme = "textual-light"
        await pilot.pause()
        assert [s.style.bgcolor for s in pane.render_line(0) if s.style] != dark


async def test_ascii_leaves_no_other_character_in_the_graph():
    app = app_of(SHARED, charset="ascii")
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("7", "n", "down", "B")
        await pilot.pause()
        pane = app.query_one(GraphPane)
        for y in range(pane.size.height):
            assert pane.render_line(y).text.isascii()


@pytest.mark.parametrize(
    "size", [(50, 20), pytest.param((80, 12), marks=pytest.mark.slow), (30, 8), (20, 5)]
)
async def test_a_small_terminal_gets_one_column_of_text(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("n")
        await pilot.pause()
        assert app.query_one(PlainPane).display
        assert not app.query_one("#panes").display
        assert "Forward: z" in shown(app)
        await pilot.press("G", "b", "n", "p")
        assert app.is_running


@pytest.mark.slow
async def test_resizing_changes_the_arrangement_and_keeps_the_step():
    app = app_of()
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("4", "n")
        await pilot.pause()
        beside = app.query_one(NodePane).region
        assert beside.x > 0
        for width, height in ((80, 24), (40, 10), (120, 40), (61, 17), (200, 60), (80, 24)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            assert app.cursor == 4
        below = app.query_one(NodePane).region
        assert below.x == 0
        assert "L = 4" in shown(app)


@pytest.mark.slow
async def test_a_graph_wider_than_the_pane_keeps_the_step_in_view():
    lines = "\n".join(f"value{i} = sigmoid(value{i - 1})" for i in range(1, 40))
    app = app_of(f"input value0 = 0.5\n{lines}\nloss L = value39^2")
    async with app.run_test(size=SMALL) as pilot:
        for position in range(1, len(app.session.stops) + 1):
            await pilot.press("n")
            await pilot.pause()
            name = app.trace.graph.name(app.stop.node)
            assert f"{name} ═" in shown(app) or f"╔ {name}" in shown(app), position


async def test_a_large_graph_shows_the_neighbourhood_of_the_step():
    lines = "\n".join(f"y{i} = y{i - 1} + 1" if i else "y0 = x + 0.5" for i in range(400))
    app = app_of(f"input x = 1\n{lines}")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "0", "0", "n")
        await pilot.pause()
        assert "y199" in shown(app)
        assert "v 200.5" in shown(app)
        await pilot.press("n")
        await pilot.pause()
        assert "v 201.5" in shown(app)


async def test_trouble_is_shown_and_marked():
    app = app_of("input x = -1\ny = log(x)\nloss L = y^2")
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("n")
        await pilot.pause()
        assert "v nan !" in shown(app)
        assert "outside the domain" in " ".join(shown(app).split())


@pytest.mark.parametrize("fold", ["line", "node", pytest.param("edge", marks=pytest.mark.slow)])
async def test_all_ways_to_step(fold):
    app = app_of(SHARED, fold=fold)
    async with app.run_test(size=LARGE) as pilot:
        for _ in range(len(app.session.stops)):
            await pilot.press("n")
        await pilot.pause()
        assert app.cursor == len(app.session.stops)
        assert "∇ 19" in shown(app)


async def test_it_starts_at_a_name():
    app = app_of(at="yhat")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert app.cursor == 2
        assert "║ v 7" in shown(app)


async def test_arrays_and_a_graph_without_backward_pass():
    app = app_of("input x = [[1, 2], [3, 4]]\ny = x^2")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("G", "b")
        await pilot.pause()
        assert "∇ ·" in shown(app)


@pytest.mark.parametrize("width", [0, 1, 5, 20, 80, 200])
def test_the_title_bar_is_as_wide_as_the_screen(width):
    line = title_line("Título largo, muy largo", "step 12/19", width)
    assert len(line) == width or width < len(" step 12/19 ") + 2


async def test_the_title_of_the_regression_is_in_the_bar():
    app = app_of(REGRESSION)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert grid(app)[0].startswith(" Linear regression")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_cursor_of_the_terminal_is_on_the_title_of_the_node(size):
    app = app_of(SHARED)
    async with app.run_test(size=size) as pilot:
        for keys in (["n"], ["b", "n"], ["down"], ["G"]):
            await pilot.press(*keys)
            await pilot.pause()
            x, y = app.cursor_position
            name = app.trace.graph.name(app.node)
            assert grid(app)[y][x:].lstrip("▸").startswith(name)


async def test_a_theme_can_be_asked_for_and_wins_over_that_of_a_projector():
    app = app_of(theme="gruvbox", present=True)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert app.theme == "gruvbox"


async def test_the_plain_stepper_gives_way_to_the_graph_when_there_is_room():
    app = app_of()
    async with app.run_test(size=(59, 30)) as pilot:
        await pilot.press("2", "n")
        for size, plain in (((60, 16), False), ((120, 15), True), ((60, 15), True), (SMALL, False)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.pause()
            assert app.query_one(PlainPane).display == plain, size
            assert app.cursor == 2
        assert "╔ yhat" in shown(app)
