"""Hold the worked examples as the cases give them, and what graphgrad makes of them.

A program is a function that receives a case and returns one value per output, by the output's
name. It takes its numbers from the case; it takes no result from it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import graphgrad as gg
from graphgrad.autodiff.lines import line_partials

DATA = Path(__file__).parent.parent / "data"
SAMPLES = Path(__file__).parent.parent.parent / "samples"
RELATIVE = 1e-12

Case = dict[str, Any]
Program = Callable[[Case], dict[str, Any]]
Programs = dict[str, Program]


class Near(NamedTuple):
    """A value with a wider tolerance, and why the case's own number is no better."""

    value: Any
    absolute: float
    why: str


def read_cases(file: str) -> Any:
    return json.loads((DATA / file).read_text(encoding="utf-8"))


def register(programs: Programs, *ids: str) -> Callable[[Program], Program]:
    """Return a decorator that registers a program for some cases."""

    def keep(program: Program) -> Program:
        for id_ in ids:
            assert id_ not in programs, f"{id_} has two programs"
            programs[id_] = program
        return program

    return keep


LECTURES: Programs = {}


def example(*ids: str) -> Callable[[Program], Program]:
    """Register a program for worked examples of the lectures."""
    return register(LECTURES, *ids)


# ---- comparing ----


def deviation(got: Any, want: Any) -> str:
    """Return how a value deviates from the recomputed one, or an empty text."""
    absolute = 0.0
    if isinstance(got, Near):
        got, absolute = got.value, got.absolute
    found, known = np.asarray(got, dtype=float), np.asarray(want, dtype=float)
    if found.shape != known.shape:
        return f"shape {found.shape}, not {known.shape}"
    bound = np.maximum(absolute, RELATIVE * np.where(known == 0, 1.0, np.abs(known)))
    return "" if (np.abs(found - known) <= bound).all() else f"{found!r}, not {known!r}"


def agrees(got: Any, output: Case) -> bool:
    """Tell whether a value is the printed one, rounded as printed."""
    value = got.value if isinstance(got, Near) else got
    found, printed = (np.asarray(one, dtype=float) for one in (value, output["printed"]))
    if found.shape != printed.shape:
        return False
    decimals = output["printed_decimals"]
    half_unit = 1e-12 if decimals is None else 0.5 * 10.0**-decimals
    return bool((np.abs(found - printed) <= half_unit + 1e-12 * np.abs(printed)).all())


# ---- running ----


def run(text: str, **point: Any) -> gg.Trace:
    """Run a text of the expression language, at some values of its leaves."""
    return gg.trace(gg.parse(text), point)


def sample(name: str, *, row: int | None = None, **point: Any) -> gg.Trace:
    """Run a shipped sample, at some values of its leaves."""
    return gg.trace(gg.load(SAMPLES / f"{name}.gg", row=row), point)


def written(value: Any) -> str:
    """Return a number or a nested list as the expression language writes it."""
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return repr(value)


def partial(trace: gg.Trace, of: str, by: str) -> Any:
    """Return the local derivative of a line in another one it uses, composed over its ops."""
    graph = trace.graph
    found = line_partials(trace, graph.line(graph.line_index[of]))
    return next(entry.value for entry in found if entry.source == graph.find(by))


def newton(graph: gg.Graph, start: dict[str, Any], **data: Any) -> dict[str, Any]:
    """Return where one Newton step leads: the minimum, if the output is a square of the leaves."""
    names, point = list(start), start | data
    gradients = gg.trace(graph, point).gradients
    slope = np.concatenate([np.ravel(gradients[name]) for name in names])
    blocks = gg.hessian(graph, point, wrt=names)
    sizes = [np.size(point[name]) for name in names]
    curvature = np.block(
        [[np.reshape(blocks[a, b], (m, n)) for b, n in zip(names, sizes, strict=True)]
         for a, m in zip(names, sizes, strict=True)]
    )  # fmt: skip
    moved = np.split(-np.linalg.solve(curvature, slope), np.cumsum(sizes)[:-1])
    return {
        name: np.asarray(point[name], dtype=float) + step.reshape(np.shape(point[name]))
        for name, step in zip(names, moved, strict=True)
    }
