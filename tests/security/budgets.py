"""List the budgets: what a file that others have written may make us do, and what is said then.

Each row has a way to exceed it, which `test_budgets.py` takes; `docs/reliability.md` prints them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from graphgrad.messages.catalogue import worded

__all__ = ["BUDGETS", "Budget"]


class Budget(NamedTuple):
    """A bound.

    Attributes:
        where: the reader or the command that holds it.
        what: what is counted.
        limit: how many.
        message: the id of what is said.
        exceed: goes beyond it, in a folder of its own.
    """

    where: str
    what: str
    limit: str
    message: str
    exceed: Callable[[Path], Any]

    def told(self) -> str:
        """Return the first sentence of what is said, in English, its fields as dots."""
        text = re.sub(r"\{[^{}]*\}", "…", worded(self.message, "en")).removeprefix("…: ")
        return re.split(r"(?<=[.])\s|[:;]\s", text, maxsplit=1)[0].replace("|", "\\|").rstrip(".")


def gg(text: str) -> Callable[[Path], Any]:
    """Read a file of expressions."""
    from graphgrad.source.gg import read_gg

    return lambda folder: read_gg(text, path=str(folder / "a.gg"))


def answer(text: str) -> Callable[[Path], Any]:
    """Read and decide an answer."""
    from graphgrad.exercises.reading.equivalence import equivalent

    return lambda _folder: equivalent(text, "x")


def _large_file(folder: Path) -> Any:
    from graphgrad.files.reading import read_bytes

    with (folder / "large.gg").open("wb") as file:
        file.truncate(64 * 1024**2 + 1)
    return read_bytes(folder / "large.gg")


def _many_cells(_folder: Path) -> Any:
    from graphgrad.files.csv_rows import MOST_CELLS, csv_rows

    return csv_rows("," * (MOST_CELLS + 1))


def _many_values(_folder: Path) -> Any:
    from graphgrad.trace.saved import trace_from_json

    return trace_from_json("[" + "1," * 8_000_001 + "1]")


def _deep_product(_folder: Path) -> Any:
    from graphgrad.source.gg import read_gg
    from graphgrad.symbolic.derive.expanded import expanded_gradient

    lines = [f"x{i} = x{i - 1}^2 + x{i - 1}" for i in range(1, 40)]
    text = "\n".join(["input x0 = 0.5", *lines, "loss L = x39"])
    return expanded_gradient(read_gg(text), "x0")


def _wide_jacobian(_folder: Path) -> Any:
    from graphgrad.autodiff.jacobian import jacobian
    from graphgrad.source.gg import read_gg

    return jacobian(read_gg("param v: 20000 = normal(draw=1)\ny = v^2"))


def _many_checks(_folder: Path) -> Any:
    from graphgrad.source.gg import read_gg
    from graphgrad.testing.gradcheck import gradcheck

    return gradcheck(read_gg("param v: 30000 = normal(draw=1)\nloss L = sum(v^2)"))


def _chain(count: int) -> str:
    lines = [f"x{i} = sin(x{i - 1})" for i in range(1, count)]
    return "\n".join(["input x0 = 0.5", *lines, f"loss L = x{count - 1}"])


def _large_figure(_folder: Path) -> Any:
    from graphgrad.autodiff.record import record
    from graphgrad.source.gg import read_gg
    from graphgrad.views.figure.content.scene_options import SceneOptions
    from graphgrad.views.figure.scene.compose import scene_of

    return scene_of(record(read_gg(_chain(25_000))), SceneOptions())


def _entry_by_entry(_folder: Path) -> Any:
    from graphgrad.graph.zooms.scalar import scalar_graph
    from graphgrad.source.gg import read_gg

    return scalar_graph(read_gg("param v: 200000 = normal(draw=1)\nloss L = sum(v^2)"))


def _nested_label(_folder: Path) -> Any:
    from graphgrad.views.figure.typeset.typeset import typeset

    return typeset(r"\frac{a}{1+" * 100 + "x" + "}" * 100, 10.0)


def _wide_label(_folder: Path) -> Any:
    """Typeset many signs in many braces, which are measured once more at each level."""
    from graphgrad.views.figure.typeset.typeset import typeset

    return typeset(r"\mathbf{W_{" * 28 + "{x}+" * 700 + "}" * 56, 12.0)


def _many_answers(_folder: Path) -> Any:
    from graphgrad.exercises.marking.marker import check
    from graphgrad.source.gg import read_gg

    return check(read_gg("input x = 1\nloss L = x^2"), "L = 1\n" * 3_000)


def _large_exercise(_folder: Path) -> Any:
    from graphgrad.exercises.files.read_exercise import exercise_of_text
    from graphgrad.exercises.files.variants import Family

    lines = "param v: 70000 = normal(draw=1)\na = v^2\nb = sin(a)\nloss L = sum(b)"
    return Family(exercise_of_text(lines))


_LINE = "input x = 3\nparam w = 1\nloss L = (w*x - 1)^2"


def train(text: str, steps: int, *, whole: bool = False) -> Callable[[Path], Any]:
    """Return a call that begins a training, of which every point is kept if ``whole``."""

    def begin(_folder: Path) -> Any:
        from graphgrad.layers.training.log import check_points
        from graphgrad.layers.training.loop import Training
        from graphgrad.layers.training.objective import Objective
        from graphgrad.layers.training.recipe import plain_plan
        from graphgrad.source.gg import read_gg

        objective = Objective(read_gg(text))
        training = Training(objective, plain_plan(steps=steps, rate=0.1))
        check_points(objective.layout, training.total if whole else 0)
        return training

    return begin


def _slow(folder: Path) -> Any:
    from graphgrad.cli.patience import stopped_after

    with stopped_after(0.2):
        while True:
            folder.exists()


def _slow_worker(_folder: Path) -> Any:
    from graphgrad.cli.limited import limited

    return limited(_never_ends, None, 0.5)


def _never_ends(_job: Any) -> Any:
    while True:
        pass


_FILES = "files (.gg), `-e`"
BUDGETS: tuple[Budget, ...] = (
    Budget("every file", "bytes", "64 MB; an exercise 1 MB, an answer 256 KB",
           "file.too_large", _large_file),
    Budget(_FILES, "characters of a line", "10,000", "source.long_line", gg("y = " + "1+" * 6000)),
    Budget(_FILES, "levels of brackets", "200", "source.too_deep",
           gg("input x = 1\ny = " + "(" * 300 + "x" + ")" * 300)),
    Budget(_FILES, "digits of a number", "1,000", "source.long_number",
           gg("input x = 1\ny = x + " + "9" * 1_001)),
    Budget(_FILES, "passes of loops and repetitions", "50,000", "source.many_passes",
           gg("input x = 1\nfor i = 1:2000000\n  y[i] = x\nend")),
    Budget(_FILES, "operations that loops and calls make",
           "50,000, and one per character of the file", "source.many_nodes",
           gg("\n".join(["input x = 1", "def f0(x) = sin(x)"]
                        + [f"def f{n}(x) = f{n - 1}(f{n - 1}(x))" for n in range(1, 30)]
                        + ["y = f29(x)"]))),
    Budget(_FILES, "levels of loops", "50", "source.deep_bodies",
           gg("\n".join([f"for i{n} = 1:1" for n in range(60)] + ["x = 1"] + ["end"] * 60))),
    Budget(_FILES, "numbers of an array that is drawn", "10,000,000", "source.many_entries",
           gg("param A: 100000x100000 = normal(draw=1)\nloss L = sum(A)")),
    Budget(_FILES, "numbers of all arrays", "10,000,000", "source.many_entries",
           gg("input x: 20000 = normal(draw=1)\nloss L = sum(outer(x, x))")),
    Budget(_FILES, "classes of `one_hot`, `argmax` and losses", "300,000", "op.classes",
           gg("input k = 1\nh = one_hot(k, classes=300001)")),
    Budget("tables (CSV)", "cells", "2,000,000", "file.too_many_cells", _many_cells),
    Budget("saved passes and trainings (JSON)", "values", "8,000,000", "trace.unreadable",
           _many_values),
    Budget("`explain`, formulas in symbols", "size of a formula", "2,000 symbols and operations",
           "symbolic.too_large", _deep_product),
    Budget("`run --jacobian`", "entries", "1,000,000", "jacobian.too_large", _wide_jacobian),
    Budget("`gradcheck`", "entries; numbers of all arrays", "2,000; 20,000",
           "gradcheck.too_many", _many_checks),
    Budget("`train`", "updates", "1,000,000", "training.long", train(_LINE, 1_000_001)),
    Budget("`train --json`, stepping through a training", "parameters and gradients of all points",
           "20,000,000", "training.kept",
           train("param v: 1000 = normal(draw=1)\nloss L = sum(v^2)", 10_000, whole=True)),
    Budget("`render`", "boxes of a figure", "20,000", "figure.too_many", _large_figure),
    Budget("`--entries scalar`", "entries", "100,000", "entries.too_many", _entry_by_entry),
    Budget("labels", "levels of braces", "60", "scene.bad_latex", _nested_label),
    Budget("labels", "signs that are measured, once for each bracket around them", "40,000",
           "scene.bad_latex", _wide_label),
    Budget("an answer", "characters; numbers, names and signs", "600; 400", "answer.too_long",
           answer("x+" * 250 + "x")),
    Budget("an exercise", "numbers that its graph holds", "200,000", "classroom.too_large",
           _large_exercise),
    Budget("a sheet of answers", "lines", "2,000", "answer.too_many", _many_answers),
    Budget("`check`, `check-notes`, a file of `ex grade`", "seconds, in a process of its own",
           "60, 120, 20 (`--seconds`); 4 GB", "limit.seconds", _slow_worker),
    Budget("every other command but `step`, `serve`, `ex enter`", "seconds",
           "300; `train` and `sweep` 3,600 (GRAPHGRAD_SECONDS)", "limit.time", _slow),
)  # fmt: skip
