"""Opening another graph: files, samples, and the app without a file."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import DirectoryTree, Input, OptionList

from graphgrad.messages.catalogue import set_language
from graphgrad_tui.app import _work
from graphgrad_tui.screens.open_screen import OpenScreen, completed
from graphgrad_tui.screens.samples_screen import SamplesScreen
from graphgrad_tui.screens.start_screen import EXAMPLES, StartScreen
from graphgrad_tui.settings import Settings
from graphgrad_tui.stepper_app import StepperApp
from graphgrad_tui.widgets.prompt_line import Refusal
from tests.tui.screens import LARGE, SMALL, app_of, notices, shown

SIZES = pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40", marks=pytest.mark.slow)],
)


async def until(pilot, holds):
    """Wait for what a worker does behind the screen; the tree's own worker never ends."""
    for _ in range(600):
        if holds():
            return
        await pilot.pause(0.05)
    raise AssertionError(shown(pilot.app))


def unchosen():
    return StepperApp(_work(None, None, None), Settings(is_unchosen=True))


def test_paths_are_completed(tmp_path):
    (tmp_path / "net").mkdir()
    for name in ("neuron.gg", "neuron.txt"):
        (tmp_path / name).write_text("x = 1", "utf-8")
    assert completed(f"{tmp_path}/neu") == f"{tmp_path}/neuron.gg"
    assert completed(f"{tmp_path}/net") == f"{tmp_path}/net/"
    assert completed(f"{tmp_path}/zzz") is None
    assert completed("") is None
    assert completed("/nowhere/at/all") is None


async def test_a_bad_file_is_refused_in_place_and_a_good_one_replaces_the_graph(tmp_path):
    (tmp_path / "bad.gg").write_text("x = 3 *\n", "utf-8")
    (tmp_path / "good.gg").write_text("input a = 2\nloss M = a^3\n", "utf-8")
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("n", "n", "ctrl+o")
        await pilot.pause()
        assert isinstance(app.screen, OpenScreen)
        line = app.screen.query_one(Input)
        line.value = str(tmp_path / "bad.gg")
        await pilot.press("enter")
        await until(pilot, lambda: "x = 3 *" in shown(app))
        assert "^" in shown(app)
        assert app.trace.graph.find("yhat") is not None
        assert app.cursor == 2
        line.value = str(tmp_path / "no.gg")
        await pilot.press("enter")
        refusal = app.screen.query_one(Refusal)
        await until(pilot, lambda: "there is no such file" in str(refusal.content))
        line.value = str(tmp_path / "good.gg")
        await pilot.press("enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert app.cursor == 0
        await pilot.press("colon", *"M", "enter")
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        assert "M = a^3" in shown(app)  # the new file's text can be edited


async def test_a_file_can_be_chosen_in_the_tree(tmp_path):
    (tmp_path / "only.gg").write_text("input a = 2\nloss M = a^3\n", "utf-8")
    (tmp_path / "notes.txt").write_text("no graph", "utf-8")
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        app.push_screen(OpenScreen(tmp_path), lambda work: app.notify(work.origin.path))
        await pilot.pause()
        await pilot.press("tab")
        tree = app.screen.query_one(DirectoryTree)
        assert tree.has_focus
        while len(tree.root.children) == 0:
            await pilot.pause(0.05)
        assert [str(node.label) for node in tree.root.children] == ["only.gg"]
        await pilot.press("down", "enter")
        await until(pilot, lambda: "only.gg" in notices(app))


@SIZES
async def test_samples_are_previewed_and_opened(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("S")
        await pilot.pause()
        assert isinstance(app.screen, SamplesScreen)
        listed = app.screen.query_one(OptionList)
        listed.highlighted = [sample.name for sample in app.screen.samples].index("chain_rule_sine")
        await until(pilot, lambda: "y = sen(u)" in shown(app))
        assert "│ v ?" in shown(app)  # the graph, without its values
        await pilot.press("enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert app.trace.graph.find("u") is not None


async def test_every_sample_can_be_previewed_at_any_width():
    from graphgrad.source.samples import samples
    from graphgrad_tui.screens.samples_screen import preview

    for sample in samples():
        told = preview(sample, 44, "unicode").plain
        drawing = [line for line in told.splitlines() if "┌" in line or "│" in line]
        assert all(len(line) <= 44 for line in drawing), sample.name


@SIZES
@pytest.mark.parametrize("number", [1, 2, 3])
async def test_without_a_file_an_example_is_one_key_away(size, number):
    app = unchosen()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        assert all(f"{n}  " in shown(app) for n in (1, 2, 3))
        await pilot.press(str(number))
        await pilot.pause()
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert app.trace.graph.heading.path.endswith(f"{EXAMPLES[number - 1]}.gg")


async def test_without_a_file_leaving_a_screen_leads_back_to_the_greeting():
    set_language("es")
    app = unchosen()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert isinstance(app.screen, OpenScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        assert "Vea un cálculo" in shown(app)
        await pilot.press("n")
        assert app.cursor == 0
        await pilot.press("q")
    assert app.return_code == 0


async def test_nothing_is_opened_while_a_question_waits():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("x", "escape", "ctrl+o", "S")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert "A question is open" in notices(app)


async def test_a_path_typed_in_a_burst_keeps_its_order():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("ctrl+o")
        await pilot.pause()
        line = app.screen.query_one(Input)
        typed = [("a", "a"), ("b", "b"), ("backspace", "\x7f"), ("c", "c"), ("home", None)]
        for key, character in [*typed, ("d", "d"), ("end", None), ("e", "e")]:
            app.post_message(events.Key(key, character))
        await until(pilot, lambda: len(line.value) == 4)
        assert line.value == "dace"
