"""Runs of a training: XOR with every optimizer, properties of updates, saving, modes, trouble."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.autodiff.record import record
from graphgrad.errors import NonFiniteError, UsageError
from graphgrad.graph.blocks import Call, Recipe
from graphgrad.layers.training.choices import OPTIMIZERS
from graphgrad.layers.training.loop import Training, training
from graphgrad.layers.training.many_rows import ColumnObjective, judge_of, objective_of
from graphgrad.layers.training.objective import Objective
from graphgrad.layers.training.recipe import check_recipe, plain_plan
from graphgrad.layers.training.update_graph import update_graph
from graphgrad.layers.training.updates import updates_of
from graphgrad.source.gg import read_gg
from graphgrad.source.writing.graph_text import to_gg
from tests.layers.commands import data, rows, shown, train

XOR = """gg 1
data x: 2, y
0 0 0
0 1 1
1 0 1
1 1 0
layer hidden = dense(4, act=tanh)
layer out = dense(1)
h = hidden(x)
z = out(h)
p = sigmoid(z[1])
loss L = -(y*log(p) + (1 - y)*log(1 - p))
"""
REGRESSION = "input x = 3\ninput y = 9\nparam w = 2\nparam b = 1\nloss L = (w*x + b - y)^2"
POINTS = """gg 1
data x1 x2 y
0.5 -1 1
1 2 0
-0.3 0.7 1
2 0.1 0
-1 -1 1
0.2 0.4 0
param w1 = 0.3
param w2 = -0.2
param b = 0.1
a = tanh(w1*x1 + w2*x2 + b)
loss L = (a - y)^2 + 0.01*w1^2
"""
NORMED = """gg 1
data all X: 2, y
0 0 0
0 1 1
1 0 1
1 1 0
0.5 0.2 1
0.1 0.9 1
layer h = dense(3, act=tanh)
layer n = batch_norm(eps=1e-5)
layer o = dense(1)
a = h(X)
b = n(a)
z = o(b)
p = sigmoid(z[:, 1])
loss L = mse(p, y)
train adam(rate=0.1), epochs=8, batch=3
"""
DROPPED = NORMED.replace("z = o(b)", "c = inverted_dropout(b, keep=1/2)\nz = o(c)")


def plan(optimizer: str = "gd", **keys: object):
    settings = tuple((name, keys.pop(name)) for name in ("rate",) if name in keys)
    return check_recipe(Recipe(Call(optimizer, settings), tuple(keys.items())))


@pytest.fixture
def file(tmp_path: Path):
    def write(text: str) -> str:
        path = tmp_path / "net.gg"
        path.write_text(text, "utf-8")
        return str(path)

    return write


# ---- it learns ----


def stated(page: str) -> tuple[str, dict[str, tuple[float, int]]]:
    """Return the file of a page and its table: what each optimizer needs, rate and updates."""
    text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    section = text[re.search(r"^## XOR .*$", text, re.MULTILINE).start() :]
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+) \| (\d+) \|$", section, re.MULTILINE)
    net = re.search(r"```text\n(.*?)```", section, re.DOTALL)[1]
    return net, {name: (float(rate), int(updates)) for name, rate, updates in rows}


STATED = {page: stated(page) for page in ("training.md", "entrenamiento.md")}


def test_every_optimizer_is_stated_alike_in_both_languages():
    (english, rows), (spanish, filas) = STATED.values()
    assert list(rows) == list(OPTIMIZERS)
    assert rows == filas
    assert read_gg(english).columns.entries() == read_gg(spanish).columns.entries()


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_xor_is_learned_within_the_stated_updates(name):
    """The loss over the four rows falls below 0.01, with the rate and the count of the pages."""
    net, rows = STATED["training.md"]
    rate, updates = rows[name]
    stop = Call("target", (("loss", 0.01),))
    run = list(training(read_gg(net), plan(name, rate=rate, steps=updates, stop=stop)))
    assert run[-1].loss < 0.01
    assert run[-1].number == updates
    assert run[-2].loss > 0.01


def test_the_whole_table_at_once_and_row_by_row_are_the_same_run():
    text = POINTS.replace("data x1 x2 y", "data all x1, x2, y").replace(
        "loss L = (a - y)^2 + 0.01*w1^2", "loss L = mean((a - y)^2) + 0.01*w1^2"
    )
    by_row = list(training(read_gg(POINTS), plan("adam", rate=0.1, steps=20)))
    at_once = list(training(read_gg(text), plan("adam", rate=0.1, steps=20)))
    np.testing.assert_allclose(by_row[-1].vector, at_once[-1].vector, rtol=1e-10)
    np.testing.assert_allclose(by_row[-1].loss, at_once[-1].loss, rtol=1e-10)


def test_a_run_by_columns_is_that_by_rows():
    graph = read_gg(POINTS)
    rows_, columns = Objective(graph), objective_of(graph)
    assert isinstance(columns, ColumnObjective)
    chosen, vector = (1, 3, 4, 6, 2), rows_.start()
    one, other = rows_.at(vector, chosen), columns.at(vector, chosen)
    assert one.loss == pytest.approx(other.loss, rel=1e-14)
    np.testing.assert_allclose(one.gradient, other.gradient, rtol=1e-13)


def test_the_batch_gradient_is_the_mean_of_rows_and_that_of_differences():
    objective = objective_of(read_gg(POINTS))
    vector, chosen = objective.start(), (1, 2, 3, 4, 5, 6)
    found = objective.at(vector, chosen).gradient
    singles = [objective.one(vector, row).gradient for row in chosen]
    np.testing.assert_allclose(found, np.mean(singles, axis=0), rtol=1e-13)
    for place in range(len(vector)):
        step = np.zeros(len(vector))
        step[place] = 1e-6
        up, down = (objective.at(vector + s, chosen).loss for s in (step, -step))
        assert found[place] == pytest.approx((up - down) / 2e-6, abs=1e-8)


def test_frozen_parameters_stay():
    graph = read_gg(POINTS.replace("param b", "param frozen b"))
    last = list(training(graph, plan("adam", rate=0.1, steps=5)))[-1]
    assert set(last.values) == {"w1", "w2"}


# ---- the update as a graph ----


CLIPS = (None, Call("norm", (("limit", 0.01),)), Call("value", (("limit", 0.01),)))


@pytest.mark.parametrize("clip", CLIPS, ids=["none", "norm", "value"])
@pytest.mark.parametrize("source", [REGRESSION, POINTS, XOR], ids=["whole", "samples", "arrays"])
@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_a_step_of_the_graph_of_the_update_is_the_numeric_step(name, source, clip):
    clips = {} if clip is None else {"clip": clip}
    run = Training(objective_of(read_gg(source)), plan(name, rate=0.1, steps=3, **clips))
    for update in updates_of(run, 3):
        graph = update_graph(run, update)
        trace = record(graph)
        for parameter, value in run.objective.layout.by_name(update.after).items():
            np.testing.assert_allclose(trace.value(f"{parameter}.new"), value, rtol=1e-12)


@pytest.mark.parametrize(
    "settings",
    [
        ("adam", {"amsgrad": 1}), ("adam", {"correction": "none"}), ("rmsprop", {"centered": 1}),
        ("rmsprop", {"inside": 0, "mu": 0.5}), ("momentum", {"form": "torch", "nesterov": 1}),
        ("momentum", {"form": "torch", "dampening": 0.2}), ("gd", {"weight_decay": 0.1}),
        ("adamw", {"amsgrad": 1}), ("nadam", {"decoupled": 1, "weight_decay": 0.1}),
        ("adagrad", {"slowing": 0.1, "initial": 0.5}),
    ],
    ids=str,
)  # fmt: skip
def test_every_setting_has_its_graph(settings):
    name, given = settings
    recipe = Recipe(Call(name, (("rate", 0.1), *given.items())), (("steps", 4),))
    run = Training(objective_of(read_gg(POINTS)), check_recipe(recipe))
    for update in updates_of(run, 4):
        trace = record(update_graph(run, update))
        after = run.objective.layout.by_name(update.after)
        for parameter, value in after.items():
            assert trace.value(f"{parameter}.new") == pytest.approx(value, rel=1e-12)


def test_the_graph_of_an_update_is_written_and_read_again(file, tmp_path):
    out = tmp_path / "update.gg"
    shown(file(REGRESSION), "--optimizer", "adam(rate=0.1)", "--steps", "1", "--update", str(out))
    trace = record(read_gg(out.read_text("utf-8")))
    assert trace.value("w.new") == pytest.approx(2.1, abs=1e-6)
    assert trace.value("w.m_new") == pytest.approx(-1.2)
    run = Training(objective_of(read_gg(POINTS)), plan("momentum", rate=0.1, steps=1))
    [update] = updates_of(run, 1)
    text = to_gg(update_graph(run, update, ["w1"]))
    assert "w1.total = w1.g1 + w1.g2 + w1.g3 + w1.g4 + w1.g5 + w1.g6" in text
    assert "w1.m_new = mu*w1.m - rate*w1.g" in text


def test_the_graph_of_an_update_is_drawn(file, tmp_path):
    out = tmp_path / "update.svg"
    shown(file(REGRESSION), "--optimizer", "momentum", "--rate", "0.1", "--update", str(out))
    assert out.read_text("utf-8").startswith("<svg") or "<svg" in out.read_text("utf-8")[:200]


# ---- saved and resumed ----


@pytest.mark.parametrize(
    "text", [POINTS, XOR, NORMED, DROPPED], ids=["columns", "rows", "whole", "masks"]
)
@pytest.mark.parametrize(
    "options",
    [
        ("--optimizer", "adam(rate=0.05)", "--batch", "2"),
        ("--optimizer", "momentum(rate=0.05)", "--batch", "3", "--average", "swa"),
        ("--optimizer", "nadam(rate=0.05)", "--batch", "3", "--schedule", "plateau(patience=0)"),
        ("--optimizer", "nesterov(rate=0.05)", "--batch", "2", "--stop", "early(patience=50)"),
    ],
    ids=["adam", "swa", "plateau", "early"],
)
def test_a_resumed_run_gives_the_bytes_of_an_uninterrupted_one(file, tmp_path, text, options):
    name = file(text)
    half, joined, whole = (str(tmp_path / f"{n}.json") for n in ("half", "joined", "whole"))
    shown(name, *options, "--steps", "7", "--save", half)
    call = (name, *options, "--steps", "16", "--save")
    resumed = shown(*call, joined, "--resume", half)
    assert resumed == shown(*call, whole)
    assert Path(joined).read_bytes() == Path(whole).read_bytes()
    log = shown(*call, joined, "--resume", half, "--json", "--force")
    assert log == shown(*call, whole, "--json", "--force")


def test_what_was_saved_of_another_training_is_refused(file, tmp_path):
    name, saved = file(POINTS), str(tmp_path / "saved.json")
    shown(name, "--optimizer", "adam", "--steps", "3", "--save", saved)
    other = train(name, "--optimizer", "gd", "--rate", "0.1", "--resume", saved)
    assert other.exit_code == 2
    assert "was saved with `adam`" in other.output
    other = train("param w = 1; loss L = w^2", "--optimizer", "adam", "--resume", saved)
    assert "has the parameters w1, w2, b" in other.output
    Path(saved).write_text("[1, 2]", "utf-8")
    other = train(name, "--optimizer", "adam", "--resume", saved)
    assert other.exit_code == 3
    assert "no saved training" in other.output


SPOILT = [
    ("slots", lambda slots: {**slots, "n": slots["v"]}, "slots.n"),
    ("slots", lambda slots: {"m": slots["m"]}, "slots.v"),
    ("slots", lambda slots: {**slots, "v": slots["v"][1:]}, "slots.v"),
    ("schedule", lambda _: {}, "schedule.factor"),
    ("stops", lambda stops: stops * 2, "stops"),
    ("stops", lambda _: [{"best": "x", "bad": 0, "last": 0}], "stops[0].best"),
    ("log", lambda log: [[*entry[:6], {}, *entry[7:]] for entry in log], "log[0][6]"),
    ("running", lambda _: {"n.mean": [0.0]}, "running.n.mean"),
    ("vector", lambda vector: [None, *vector[1:]], "vector[0]"),
]


@pytest.mark.parametrize(("key", "spoil", "where"), SPOILT, ids=lambda part: str(part)[:12])
def test_a_saved_run_keeps_what_a_fresh_one_keeps(file, tmp_path, key, spoil, where):
    """What an optimizer, a schedule or a rule looks for later is asked for at once."""
    name, saved = file(POINTS), tmp_path / "saved.json"
    recipe = ("--optimizer", "adam", "--schedule", "plateau", "--stop", "early")
    shown(name, *recipe, "--steps", "3", "--save", str(saved))
    data = json.loads(saved.read_text("utf-8"))
    data[key] = spoil(data[key])
    saved.write_text(json.dumps(data), "utf-8")
    found = train(name, *recipe, "--steps", "9", "--resume", str(saved))
    assert found.exit_code == 3, found.output
    assert where in found.output


def test_the_same_draw_is_the_same_run(file):
    call = (file(POINTS), "--mode", "stochastic", "--epochs", "4", "--rate", "0.1", "--json")
    assert shown(*call, "--draw", "3") == shown(*call, "--draw", "3")
    assert shown(*call, "--draw", "3") != shown(*call, "--draw", "4")


# ---- train and eval ----


def test_running_statistics_are_kept_beside_the_graph_and_judge():
    """A new batch weighs 0.1; its variance is the unbiased one, as in PyTorch."""
    run, graph_of = prepared(NORMED)
    mean, variance = np.zeros(3), np.ones(3)
    for iterate in run.run():
        last = iterate
        if run.state.number == run.total:
            break
        objective = run.objective.of_size(iterate.rows)
        point = run.objective.stacked(iterate.rows) | iterate.values
        trace = record(objective.graph, point, backward=False)
        count = len(iterate.rows)
        mean = 0.9 * mean + 0.1 * np.ravel(trace.value("b.mean"))
        unbiased = np.ravel(trace.value("b.var")) * count / (count - 1)
        variance = 0.9 * variance + 0.1 * unbiased
    np.testing.assert_allclose(run.state.running["n.mean"], mean, rtol=1e-10)
    np.testing.assert_allclose(run.state.running["n.var"], variance, rtol=1e-10)
    judged = graph_of(training=False)
    point = run.state.running | last.values
    assert last.full == pytest.approx(record(judged, point, backward=False).value("L"))


def test_masks_are_drawn_anew_for_each_update_and_judging_drops_nothing():
    run, graph_of = prepared(DROPPED)
    modes = run.objective.modes
    seen = []
    for number in range(4):
        modes.begin(number, {})
        seen.append(modes.masks(run.objective.graph)["c.mask"])
    assert len({mask.tobytes() for mask in seen}) > 1
    assert set(np.unique(seen)) == {0.0, 1.0}
    modes.begin(2, {})
    np.testing.assert_array_equal(modes.masks(run.objective.graph)["c.mask"], seen[2])
    assert graph_of(training=False).find("c.mask") is None
    assert len({iterate.loss for iterate in run.run()}) > 10


def prepared(text: str):
    """Return a training by the recipe of a text, and how to get its graph."""

    def graph_of(rows=None, *, training=True):
        return read_gg(text, rows=rows, training=training)

    graph = graph_of()
    recipe = check_recipe(graph.heading.recipe)
    objective = objective_of(graph, graph_of=graph_of)
    judge = judge_of(objective, graph_of, recipe.draw)
    return Training(objective, recipe, judge=judge), graph_of


# ---- trouble ----


def test_a_rate_that_diverges_is_reported_with_step_and_node(file):
    result = train(file(REGRESSION), "--rate", "100", "--steps", "500")
    assert result.exit_code == 1
    assert "at step" in result.output
    assert "Choose a smaller --rate" in result.output
    with pytest.raises(NonFiniteError):
        gg.train(read_gg(POINTS.replace("tanh", "exp")), "gd(rate=1e6)", steps=50)


def test_nan_in_the_data_is_reported_with_row_and_node():
    graph = read_gg(POINTS)
    table = graph.heading.table
    assert table is not None
    table.rows[2] = (float("nan"), *table.rows[2][1:])
    last = list(training(graph, plan("adam", rate=0.1, steps=3)))[-1]
    assert last.trouble is not None
    assert (last.number, last.row) == (0, 3)
    assert graph.name(last.trouble.trouble.node) == "x1"
    with pytest.raises(NonFiniteError, match="row 3 of the data"):
        gg.train(graph, "adam")


def test_a_plain_training_is_what_it_was():
    run = list(training(read_gg(REGRESSION), plain_plan(steps=2, rate=0.01)))
    assert [one.loss for one in run] == [4.0, (2.12 * 3 + 1.04 - 9) ** 2, run[2].loss]
    said = shown(REGRESSION.replace("\n", "; ").replace("input ", ""), "--set", "x=3", "--set",
                 "y=9", "--steps", "1", "--rate", "0.01")  # fmt: skip
    assert "w ← w − 0.01·dL/dw = 2 − 0.01·(-12) = 2.12" in said


# ---- pictures ----


def test_the_curve_and_the_boundary(file, tmp_path):
    call = (file(POINTS), "--optimizer", "adam(rate=0.1)", "--batch", "2", "--epochs", "20")
    said = shown(*call, "--curve", "-", "--boundary", "-", "--smooth", "0.5")
    assert "batch, L" in said
    assert "x2" in said
    for ending, start in ((".svg", b"<"), (".png", b"\x89PNG")):
        curve, area = tmp_path / f"c{ending}", tmp_path / f"b{ending}"
        shown(*call, "--curve", str(curve), "--boundary", str(area))
        assert curve.read_bytes().startswith(start)
        assert area.read_bytes().startswith(start)
    kept = tmp_path / "notes.svg"
    kept.write_text("mine", "utf-8")
    refused = train(*call, "--curve", str(kept))
    assert refused.exit_code == 4
    assert kept.read_text("utf-8") == "mine"
    shown(*call, "--curve", str(kept), "--force")
    assert kept.read_text("utf-8") != "mine"
    wrong = train(*call, "--curve", "curve.bmp")
    assert wrong.exit_code == 2
    assert not Path("curve.bmp").exists()
    wrong = train("param w = 1; loss L = w^2", "--boundary", "-")
    assert "this picture needs 2 numbers" in wrong.output


def test_the_rows_in_their_class_are_counted(file):
    name = file(XOR)
    call = ("--optimizer", "adam(rate=0.05)", "--accuracy", "p", "--steps")
    assert data(name, *call, "200")["accuracy"] == {"train": [4, 4]}
    assert "p is right on 4 of 4 rows for training: 100.0 %." in shown(name, *call, "200")
    assert data(name, *call, "0")["accuracy"]["train"][0] < 4
    whole = file(NORMED)
    right, count = data(whole, "--accuracy", "p", "--epochs", "60")["accuracy"]["train"]
    assert count == 6
    assert right >= 5
    wrong = train("param w = 1; loss L = w^2", "--rate", "0.1", "--accuracy", "L")
    assert wrong.exit_code == 2


def test_a_recipe_of_the_file_and_options_before_it(file):
    name = file(POINTS + "train adam(rate=0.05), epochs=3, batch=2\n")
    assert "train adam(rate=0.05), batch=2, order=shuffled" in shown(name)
    assert "train adam(rate=0.1), batch=2" in shown(name, "--rate", "0.1")
    assert "train adam(rate=0.05), batch=1" in shown(name, "--mode", "online").replace(
        ", order=shuffled", ""
    )
    log = data(name)
    assert log["steps"][-1]["step"] == 9
    assert json.loads(shown(name, "--json"))["recipe"].startswith("adam")
    assert len(rows(shown(name, "--show", "steps"))) == 10


# ---- in Python ----


def test_gg_train_on_a_handle_changes_its_parameters():
    w, b = gg.param("w", [1.0, -2.0]), gg.param("b", 0.5)
    x = gg.input("x", [0.3, 0.7])
    loss = ((w * x).sum() + b - 1) ** 2
    found = gg.train(loss, "adam(rate=0.1)", steps=200)
    assert found.loss < 1e-6
    assert loss.value == pytest.approx(found.loss)
    assert found.losses[0] == pytest.approx((0.3 - 1.4 + 0.5 - 1) ** 2)


def test_gg_train_takes_any_function_of_k():
    found = gg.train(
        read_gg("param w = 1\nloss L = w^2"), "gd", steps=3, schedule=lambda k: 0.1 / (1 + k)
    )
    assert [entry.rate for entry in found.log] == pytest.approx([0.1, 0.05, 0.1 / 3, 0.025])


def test_gg_optim_trains_and_says_that_zero_grad_is_not_needed():
    w = gg.param("w", [1.0, 2.0])
    opt = gg.optim.Adam([w], lr=0.1)
    scheduler = gg.optim.lr_scheduler.StepLR(opt, step_size=10, gamma=0.5)
    for _ in range(20):
        with pytest.warns(UserWarning, match="not needed"):
            opt.zero_grad()
        (w * w).sum().backward()
        opt.step()
        scheduler.step()
    assert scheduler.get_last_lr() == pytest.approx([0.025])
    saved = opt.state_dict()
    v = gg.param("w", w.value)
    other = gg.optim.Adam([v])
    other.load_state_dict(saved)
    for leaf, one in ((w, opt), (v, other)):
        (leaf * leaf).sum().backward()
        one.step()
    np.testing.assert_array_equal(w.value, v.value)
    with pytest.raises(UsageError, match="betas"):
        gg.optim.Adam([w], beta1=0.5)
    with pytest.raises(UsageError):
        gg.optim.SGD([3.0], lr=0.1)


def test_parameters_too_many_for_a_text_are_refused_before_the_training(file, tmp_path):
    name, saved = file("param w: 1000x600 = normal(draw=1)\nloss L = sum(w^2)"), tmp_path / "s.json"
    told = train(name, "--rate", "0.1", "--steps", "1000000", "--save", str(saved))
    assert told.exit_code == 6
    assert "600000 parameters: the limit" in told.output
    assert not saved.exists()
