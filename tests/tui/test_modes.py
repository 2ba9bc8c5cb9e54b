"""Gradient check, training, copies and files, groups, presenting, other keys."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest
from textual.widgets import DataTable

from graphgrad.errors import GraphgradError
from graphgrad.layers.training.loop import training
from graphgrad.layers.training.recipe import plain_plan
from graphgrad.messages.catalogue import text
from graphgrad.source.gg import read_gg
from graphgrad.stepping.commands import APP_COMMANDS as COMMANDS
from graphgrad.stepping.conditions import Condition, nodes_where, read_condition
from graphgrad.stepping.side_reports import check_report
from graphgrad.stepping.work import Work
from graphgrad.views.cells.boxes import relabel
from graphgrad.views.cells.ink import paint
from graphgrad_tui.graph_view.cast import active_edges
from graphgrad_tui.graph_view.closed_groups import MOST_OPEN, ClosedGroups
from graphgrad_tui.graph_view.plan import plan_for
from graphgrad_tui.graph_view.window import Room
from graphgrad_tui.keymap import action_of, default_keymap, read_keymap, with_keys
from graphgrad_tui.screens.check_screen import CheckScreen
from graphgrad_tui.screens.train_screen import TrainScreen
from graphgrad_tui.session import Session
from graphgrad_tui.texts.moment_texts import MOST_LISTED
from graphgrad_tui.widgets.graph_pane import GraphPane, OverviewMap
from tests.tui.screens import (
    LARGE,
    REGRESSION,
    SHARED,
    SMALL,
    app_of,
    node_named,
    notices,
    shown,
    traced,
)

SIZES = pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40", marks=pytest.mark.slow)],
)
GROUPED = "\n".join(
    ["input x = 1"]
    + [f"[g.a{k}]\na{k} = {'x' if not k else f'b{k - 1}'}*1.5\nb{k} = a{k} + x" for k in range(40)]
    + ["[]\nloss L = b39^2"]
)


# ---- searching, watching, paths ----


@pytest.mark.parametrize(
    ("text", "names"),
    [("v>5", {"z", "yhat", "y"}), ("|v| < 2", {"b"}), ("g<-5", set()), ("v=9", {"y"})],
)
def test_conditions_look_only_at_what_is_known(text, names):
    trace = traced(REGRESSION)
    condition = read_condition(text)
    assert condition is not None
    roots = [line.root for line in trace.graph.lines()]
    found = nodes_where(trace.state(2), roots, condition)
    assert {trace.graph.name(node) for node in found} == names
    assert len(nodes_where(trace.state(19), roots, Condition("g", False, "<", -5.0))) == 2


@pytest.mark.parametrize("text", ["v", "v>", "x>1", "|v>1", "v>one"])
def test_other_texts_are_no_conditions(text):
    assert read_condition(text) is None


@SIZES
async def test_a_search_for_numbers_and_a_watch(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("G", "slash", *"|g|>10", "enter")
        await pilot.pause()
        assert app.node == node_named(app, "w")
        await pilot.press("W", "g")
        await pilot.pause()
        assert "w = 2   dL/dw = ?" in shown(app)
        await pilot.press("G")
        await pilot.pause()
        assert "w = 2   dL/dw = -12" in shown(app)


def test_paths_are_shown_once_the_adjoint_is_known():
    session = Session(Work(traced(SHARED)), "line")
    node = session.trace.graph.find("w1")
    assert node is not None
    assert session.texts.paths(session.trace.state(3), node, 40) == []
    lines = session.texts.paths(session.trace.state(99), node, 40)
    told = "\n".join(line.text for line in lines)
    assert "3 paths" in told
    assert "= 19" in told


def test_many_paths_are_counted_not_listed():
    lines = "\n".join(f"y{k} = y{k - 1}*y{k - 1}" for k in range(1, 70))
    session = Session(Work(traced(f"param y0 = 1\n{lines}")), "line")
    end = session.trace.state(9999)
    for back, count in ((2, 4), (3, 8), (69, 2**69)):
        told = [line.text for line in session.texts.paths(end, 69 - back, 400)]
        assert str(count) in told[1]
        assert (len(told) == 2) == (count > MOST_LISTED)


# ---- groups and large graphs ----


def test_groups_open_level_by_level():
    class Part:
        def __init__(self, node, group):
            self.node, self.group = node, group

    parts = [Part(0, ""), *(Part(k, f"g.a{k}") for k in range(1, MOST_OPEN + 2))]
    folding = ClosedGroups(parts)
    assert folding.closed == {"g"}
    assert folding.toggle(3)
    assert "g" not in folding.closed
    assert "g.a3" in folding.closed
    assert folding.toggle(3)
    assert "g.a3" not in folding.closed
    assert folding.close(3)
    assert "g.a3" in folding.closed
    assert folding.open_level()
    assert not folding.open_level()
    assert not folding.close(0)


@pytest.mark.slow
@SIZES
async def test_a_large_graph_opens_with_its_groups_closed(size):
    app = app_of(GROUPED)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "┌ g ─" in shown(app)
        await pilot.press("3", "n")
        await pilot.pause()
        assert "╔ g ═" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "╔ g.a1 ═" in shown(app)
        assert app.query_one(OverviewMap).display == (size == LARGE)
        await pilot.press("plus")
        await pilot.pause()
        assert "2→1" not in shown(app)
        await pilot.press("minus")
        await pilot.pause()
        assert app.session.groups.closed
        await pilot.press("G", "p", "p", "g")
        assert app.is_running


async def test_without_groups_the_keys_say_so():
    app = app_of(SHARED)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("enter", "plus")
        await pilot.pause()
        assert "no group" in notices(app)


# ---- gradient check and training ----


async def test_the_gradient_check_is_shown():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("D")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, CheckScreen)
        assert "All four agree: 4 entries" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, CheckScreen)


def test_a_check_that_cannot_be_made_says_why():
    work = Work(traced("param w = 2\nloss L = log(w - 2)"))
    assert check_report(work, 80)


def test_training_takes_the_mean_over_rows():
    source = "data x y\n1 2\n3 4\n\nparam w = 0\nloss L = (w*x - y)^2"
    run = list(training(read_gg(source), plain_plan(steps=2, rate=0.01)))
    assert [iterate.number for iterate in run] == [0, 1, 2]
    assert run[0].loss == 10
    assert run[0].gradients["w"] == (2 * -2 * 1 + 2 * -4 * 3) / 2
    assert run[1].values["w"] == pytest.approx(0.14)
    assert run[2].loss < run[1].loss


@pytest.mark.slow
@SIZES
async def test_every_iterate_can_be_entered(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await pilot.press("T")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, TrainScreen)
        await pilot.press("minus")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen.rate == 0.01
        assert "w ← w − 0.01·dL/dw = 2 − 0.01·(-12) = 2.12" in shown(app)
        assert app.screen.query_one(DataTable).row_count == 101
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.trace.value("w") == pytest.approx(2.12)
        await pilot.press("n", "u")
        assert app.trace.value("w") == 2


@pytest.mark.slow
async def test_training_that_leaves_the_numbers_says_so():
    app = app_of(REGRESSION.replace("e^2", "exp(e^2)"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("T", *["plus"] * 12)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "At step 1: " in shown(app)


async def test_a_recipe_is_trained_by_and_an_update_taken_apart():
    rows = "data x y\n0 1\n1 3\n2 5\nparam w = 0\nparam b = 0\nloss L = (w*x + b - y)^2\n"
    app = app_of(f"{rows}train adam(rate=0.1), steps=6, batch=2, order=file")
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("T")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "adam(rate=0.1), batch=2" in str(app.screen.query_one("#train-frame").border_title)
        assert app.screen.query_one(DataTable).row_count == 7
        assert "w ← w − rate/(√(v/(1−beta2^k)) + eps)" in shown(app)
        await pilot.press("down", "a")
        await pilot.pause()
        said = shown(app)
        assert "Update 2, epoch 1: rows 3" in said
        assert "dL/dw" in said
        await pilot.press("m")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen.query_one(DataTable).row_count == 107


async def test_nothing_to_train():
    app = app_of("input x = 1\nloss L = x^2")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("T")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "there is nothing to train" in shown(app)


# ---- copies and files ----


@pytest.mark.slow
async def test_copies_and_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    app = app_of()
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("G", "colon", "w", "enter")
        await pilot.pause()
        await pilot.press("y")
        assert "dL/dw = dL/dz·∂z/∂w" in app.clipboard
        await pilot.press("Y")
        assert "\\frac" in app.clipboard
        await pilot.press("ctrl+y")
        assert app.clipboard.startswith("digraph")
        await pilot.press("s")
        await pilot.pause()
        assert "yhat = z + b" in (tmp_path / "graphgrad-L-13.txt").read_text("utf-8")
        assert (tmp_path / "graphgrad-L-13.svg").read_text("utf-8").startswith("<svg")
        await pilot.press("E")
        await pilot.pause()
        await pilot.press("end", "backspace", "backspace", "backspace", *"dot", "enter")
        await pilot.pause()
        assert "digraph" in (tmp_path / "graphgrad-L-13.dot").read_text("utf-8")
        await pilot.press("E")
        await pilot.pause()
        await pilot.press("end", "x", "enter")
        await pilot.pause()
        assert ".svgx" in notices(app)


async def test_nothing_is_given_away_while_a_question_is_open():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("x", "escape", "Y", "D", "T", "E", "e", "u", "ctrl+y")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert app.clipboard == ""
        assert "A question is open" in notices(app)


# ---- presenting and keys ----


@pytest.mark.parametrize(("at", "known"), [("dL/dz", "adjoint"), ("z", "value"), ("no", "")])
async def test_it_starts_at_a_line_or_an_adjoint(at, known):
    app = app_of(at=at)
    async with app.run_test(size=SMALL):
        z = node_named(app, "z")
        assert (app.state.adjoint(z) is not None) == (known == "adjoint")
        assert (app.state.value(z) is not None) == bool(known)


async def test_presenting_is_light_and_obeys_a_clicker():
    app = app_of(present=True, at="dL/dz")
    async with app.run_test(size=(70, 20)) as pilot:
        await pilot.pause()
        assert not app.current_theme.dark
        place = app.cursor
        await pilot.press("pagedown")
        assert app.cursor == place + 1
        await pilot.press("pageup", "pageup")
        assert app.cursor == place - 1
        plan = app.query_one(GraphPane).plan
        assert plan is not None
        assert plan.layout.size == "full"


def test_keys_can_be_changed(tmp_path, monkeypatch):
    path = tmp_path / "keys.toml"
    path.write_text('[keys]\nnext = "n, enter"\nfold = "v"\n', "utf-8")
    assert read_keymap(str(path)) == {"next": "n,enter", "fold": "v"}
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert read_keymap(None) == {}
    assert default_keymap().parent.name == "graphgrad"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[keys", "not valid TOML"),
        ("keys = 3", "expected one table"),
        ('[kyes]\nnext = "n"', "line 1, column 2: expected one table"),
        ('[keys]\nnext = ["n"]', "line 2, column 1: expected a text"),
        ('[keys]\nnext = "spacebar"', "spacebar cannot be a key of next: expected names"),
        ('[keys]\nnexd = "n"', "Did you mean next"),
        ('[keys]\nnext = "q"\nquit = "q"', "line 3, column 1: the key q is given to next"),
        ('[keys]\nnext = "."\nquit = "full_stop"', "is given to next and to quit"),
        ('[keys]\nnext = "5"', "Digits count"),
    ],
)
def test_wrong_keymaps_are_refused(tmp_path, text, said):
    path = tmp_path / "keys.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(GraphgradError, match=said):
        read_keymap(str(path))


async def test_other_keys_work_and_are_listed():
    app = app_of(keys={"next": "z"})
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("z", "z", "n")
        assert app.cursor == 2
        await pilot.press("question_mark")
        await pilot.pause()
        assert "z  " in shown(app)


async def test_a_key_of_the_file_is_taken_from_the_command_that_has_it_by_default(tmp_path):
    path = tmp_path / "keys.toml"
    path.write_text('[keys]\nnext = "a,m,N,."\nprevious = "question_mark"\n', "utf-8")
    keys = read_keymap(str(path))
    left = {command.name: (command.keys, command.shown) for command in with_keys(keys)}
    assert left["entries"] == left["deeper"] == left["units"] == left["help"] == ("", "")
    assert left["next_entry"] == ("shift+right", "shift+→")
    app = app_of(keys=keys)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("a", "m", "N", "full_stop", "question_mark")
        assert app.cursor == 3
        palette = [command.title for command in app.get_system_commands(app.screen)]
        assert text("app.key.units") in palette


# ---- cost ----


def cost_of_steps(count):
    """Return the shortest processor time of some steps of a graph in twenty groups, all closed."""
    names = ["x"] + [f"a{k}" for k in range(count)]
    lines = "\n".join(
        f"[g{20 * k // count}]\na{k} = {names[k]}*w + {names[max(0, k - 3)]}" for k in range(count)
    )
    session = app_of(f"input x = 1\nparam w = 0.5\n{lines}\n[]\nloss L = a{count - 1}^2").session
    session.groups.closed = frozenset(session.groups.all)
    plan = plan_for(session.boxes, Room(120, 40), 0, session.groups.closed)
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for position in range(1, 40):
            state = session.trace.state(session.stops.stop(position).last)
            active = plan.edges(active_edges(session.boxes, session.stops.stop(position)))
            drawn = session.boxes.at(plan.boxes, state, {})
            picture = paint(relabel(plan.layout, drawn), active=active)
            for row in range(picture.height):
                picture.runs(row)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.slow
def test_a_step_costs_no_more_in_a_graph_ten_times_as_large():
    assert cost_of_steps(1_200) < 3 * cost_of_steps(120)


def test_training_on_the_command_line(tmp_path):
    from click.testing import CliRunner

    from graphgrad.cli.program import program

    path = tmp_path / "f.gg"
    path.write_text(REGRESSION, "utf-8")
    words = ["train", str(path), "--steps", "3", "--rate", "0.01"]
    found = CliRunner().invoke(program, [*words, "--json"])
    data = json.loads(found.stdout)
    assert [step["step"] for step in data["steps"]] == [0, 1, 2, 3]
    assert data["steps"][1]["values"]["w"] == pytest.approx(2.12)
    assert "L went from 4 to" in CliRunner().invoke(program, words).stdout
    bad = CliRunner().invoke(program, ["train", str(path), "--steps", "3000", "--rate", "1"])
    assert bad.exit_code == 1
    assert "at step" in bad.stderr


def test_every_deed_is_a_command():
    from graphgrad_tui.deeds.table import DEEDS

    actions = {action_of(command.name) for command in COMMANDS}
    deeds = {f"do('{deed}')" for deed in DEEDS}
    assert deeds == {action for action in actions if action.startswith("do(")}


def test_what_is_rarely_used_is_not_loaded_before_the_first_frame():
    code = (
        "import sys, graphgrad_tui.app\n"
        "late = ('sympy', 'flint', 'networkx', 'graphgrad.testing', 'graphgrad.exercises')\n"
        "print([name for name in late if name in sys.modules])"
    )
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert found.stdout.strip() == "[]"
