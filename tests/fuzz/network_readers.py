"""Read what the language of networks says: files, trainings, saved runs, lenses, figures, text."""

from __future__ import annotations

import random
import zlib
from functools import cache
from itertools import islice
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
from graphgrad.source.gg import read_gg
from graphgrad.source.text import decode
from tests.fuzz.programs import drawn_recipe
from tests.fuzz.reader import REGRESSION, ROOT, folder, placed

__all__ = ["network_seeds", "read_lens", "read_network", "read_recipe"]
__all__ += [
    "read_train",
    "read_training",
    "read_written",
    "recipes",
    "small_seeds",
    "training_files",
    "trainings",
]


def small_seeds() -> list[bytes]:
    """Return the seeds that a figure shows on one page."""
    return [data for data in network_seeds() if len(data) < 450]


LARGEST = 400
"""Nodes above which only reading and the pass are tried."""


def network_seeds() -> list[bytes]:
    """Return the files of networks, and the examples of the pages on the language."""
    found = [p.read_bytes() for p in sorted((ROOT / "tests/data/networks").glob("*/*.gg"))]
    for page in ("language.md", "layers.md", "training.md"):
        blocks = (ROOT / "docs" / page).read_text("utf-8").split("```gg\n")[1:]
        found += [block.split("```")[0].encode() for block in blocks]
    return found


def graph_of(data: bytes) -> Any:
    return read_gg(decode(data, "a.gg"), path=str(folder() / "a.gg"))


def read_network(data: bytes) -> None:
    """Run a file: at its three depths, with the table that `run` prints."""
    from graphgrad.views.tables.run_table import run_table

    trace = record(graph_of(data))
    if len(trace.graph) > LARGEST:
        return
    depths: tuple[Any, ...] = ("block", "layer", "line")
    for depth in depths:
        list(run_table(trace, detail=depth))


def read_written(data: bytes) -> None:
    """Write a graph as text: it must read back as the same values."""
    from graphgrad.source.writing.graph_text import to_gg

    graph = graph_of(data)
    if len(graph) > 4 * LARGEST:
        return
    one, other = (_output_of(of) for of in (graph, read_gg(to_gg(graph))))
    if repr(one) != repr(other) and not _close(one, other):
        raise AssertionError(f"{one!r} became {other!r}"[:200])


def _output_of(graph: Any) -> Any:
    """Run a graph and keep its output alone: two passes at once are no command's memory."""
    return record(graph).values[graph.output]


def _close(one: Any, other: Any) -> bool:
    import numpy as np

    return np.shape(one) == np.shape(other) and bool(
        np.allclose(np.asarray(one, float), np.asarray(other, float), 1e-9, 1e-12, equal_nan=True)
    )


def read_compiled(data: bytes) -> None:
    """Compile a file: the program must give what the interpreter gives, and be a module."""
    from graphgrad.compile.plan import Plan

    graph = graph_of(data)
    if len(graph) > LARGEST:
        return
    trace, plan = record(graph), Plan(graph)
    run = plan()
    compile(plan.source(), "program.py", "exec")
    wanted = {graph.name(graph.output): (run.value, trace.values[graph.output])}
    if trace.adjoints is not None:
        wanted |= {name: (got, trace.gradients[name]) for name, got in run.gradients.items()}
    for name, (got, right) in wanted.items():
        if not _close(got, right):
            raise AssertionError(f"{name} is {got!r}, interpreted {right!r}"[:200])


def read_asked(data: bytes) -> None:
    """Make an exercise of a file, of what its bytes choose, and read it back with a variant."""
    from graphgrad.exercises.files.from_graph import ASKS, Wish, exercise_from
    from graphgrad.exercises.files.read_exercise import read_exercise
    from graphgrad.exercises.files.variants import Family

    text = decode(data, "a.gg")
    graph = graph_of(data)
    if len(graph) > (120 if zlib.crc32(data) % 8 == 0 else 50):
        return
    rows = (1,) if graph.heading.table is not None and not graph.heading.table.whole else ()
    rng = random.Random(zlib.crc32(data))
    asks = (
        ("value", "adjoint") if rng.random() < 0.5 else tuple(rng.sample(ASKS, rng.randint(1, 3)))
    )
    wish = Wish(asks, rows, nice=rng.random() < 0.3, language=rng.choice(("en", "es")))
    written = exercise_from(graph, text, "a.gg", wish)
    try:
        read = read_exercise(written, "e.md")
    except GraphgradError as error:
        raise AssertionError(f"what was written is refused: {error}"[:200]) from error
    Family(read).variant(1)


def read_lens(data: bytes) -> None:
    """Look at a file through a lens that its bytes choose; then advice on it."""
    from graphgrad.views.lenses.advice import advice
    from graphgrad.views.lenses.registry import LENSES, look
    from graphgrad.views.lenses.report_text import report_json, report_text
    from graphgrad.views.plots.plot_svg import plot_svg

    graph = graph_of(data)
    if len(graph) > LARGEST:
        return
    list(advice(graph))
    names = list(LENSES)
    report = look(graph, names[sum(data) % len(names)], {})
    list(report_text(report, 80))
    report_json(report)
    if report.plot is not None:
        plot_svg(report.plot())


# ---- trainings ----

STEPS = 4


def read_train(data: bytes) -> None:
    """Train a file as its `train` line says, a few updates long, and report it in both forms."""
    from graphgrad.cli.inputs import Source

    decode(data, "a.gg")
    _trained(Source(placed(data, "a.gg")), None)


def read_recipe(data: bytes) -> None:
    """Read a `train` line beside a file that has rows; go through the whole run."""
    line = decode(data, "r").replace("\n", " ")
    read_train(f"{TABLED}{line}\n".encode())


def _trained(source: Any, saved: str | None) -> str:
    """Train as `graphgrad train` does, from where a run was saved; return what would be saved."""
    from graphgrad.cli.training.plan_options import plan_of
    from graphgrad.layers.training.log import Run, kept
    from graphgrad.layers.training.loop import Training, rated
    from graphgrad.layers.training.many_rows import judge_of, objective_of
    from graphgrad.layers.training.saved_run import run_from_json, run_to_json
    from graphgrad.views.tables.training_report import Told, report, report_json
    from graphgrad.views.text.trouble import training_error

    graph = source.graph()
    if len(graph) > LARGEST:
        return ""
    plan = plan_of(graph, {})
    objective = objective_of(graph, {}, graph_of=source.graph_of, at_once=not plan.plain)
    plan = rated(objective, plan)
    judge = judge_of(objective, source.graph_of, plan.draw)
    training, run = Training(objective, plan, judge=judge), Run()
    if saved is not None:
        state, run = run_from_json(saved, training)
        training = Training(objective, training.plan, state, judge)
    run = kept(islice(training.run(), STEPS), run)
    error = training_error(run.end) if run.entries else None
    if error is not None:
        raise error
    text = run_to_json(training.plan, objective.layout, training.saved, run)
    told = Told(graph, training.plan, training.parts, run, training.state.averaged, None)
    for show in ("auto", "norms", "schedule", "decrease"):
        list(report(told, show, 80))
    report_json(told)
    return text


TABLED = """gg 1
data p q
0 1
1 0
2 0.5
-1 2
param w = [0.5, -1]
param b = 0.1
loss L = (w[1]*p + w[2]*p^2 + b - q)^2
"""
SAVED = """gg 1
data p q
0 1
1 0
2 0.5
layer d = dense(2, act=tanh)
s = d([p, 1])
param w = 0.5
loss L = (w*sum(s) - q)^2
"""
NORMAL = """gg 1
data all x: 2, y
0 1 1
1 0 0
2 1 1
-1 1 0
layer n = batch_norm()
layer d = dense(1, act=sigmoid)
loss L = mse(d(n(x)), reshape(y, [4, 1]))
"""
RECIPES = (
    "train adam(rate=0.05), epochs=5, batch=2, stop=early(patience=2), average=swa",
    "train momentum(rate=0.1), steps=9, schedule=plateau(patience=1), clip=norm(limit=1)",
    "train gd(rate=0.1), mode=online, epochs=4, valid=0.3",
    "train rmsprop, steps=6, schedule=warm_up(steps=2, then=cosine(steps=4)), average=moving",
)


def recipes() -> list[bytes]:
    """Return `train` lines that are right, some written and some drawn."""
    rng = random.Random(4)
    return [*(line.encode() for line in RECIPES), *(drawn_recipe(rng).encode() for _ in range(30))]


def training_files() -> list[bytes]:
    """Return a few files with `train` lines; `trainings` are their saved runs, in order."""
    found = [f"{SAVED}{line}\n" for line in RECIPES]
    found += [f"{NORMAL}{RECIPES[1]}\n", f"{REGRESSION.decode()}\ntrain adam, steps=3\n"]
    return [text.encode() for text in found]


@cache
def started() -> list[Any]:
    """Return what the commands make of those files."""
    from graphgrad.cli.inputs import Source

    return [Source(placed(data, f"run{n}.gg")) for n, data in enumerate(training_files())]


def read_training(data: bytes) -> None:
    """Go on with a saved run that someone else may have written."""
    text = decode(data, "r.json")
    for place, source in enumerate(started()):
        try:
            _learned(source, text)
        except GraphgradError as error:
            error.text("es")
            if place != zlib.crc32(data) % len(started()):
                continue  # of another file; of one in six that is tried, too
        try:
            _trained(source, text)
        except GraphgradError as error:
            error.text("es")


def _learned(source: Any, saved: str) -> None:
    """Run a file with the parameters that were saved, as ``--state`` does."""
    from graphgrad.layers.training.saved_run import learned

    graph = _graph_of(source)
    found = learned(saved, graph, "r.json")
    record(graph, found.values)


@cache
def _graph_of(source: Any) -> Any:
    return source.graph()


def trainings() -> list[bytes]:
    """Return runs that were saved on the way."""
    return [_trained(source, None).encode() for source in started()]
