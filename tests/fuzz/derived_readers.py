"""Read what is derived from a file: forms for other programs, second derivatives, stable forms."""

from __future__ import annotations

import math
import random
from functools import cache
from typing import Any

import numpy as np

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
from graphgrad.source.gg import load
from graphgrad.source.text import decode
from tests.fuzz.network_readers import LARGEST, graph_of
from tests.fuzz.pieces import NASTY, NUMBERS
from tests.fuzz.reader import SAMPLES

__all__ = ["LOOKS", "SWEEPS", "drawn_look", "drawn_sweep", "read_exports", "read_look"]
__all__ += ["read_second", "read_sweep"]


def read_exports(data: bytes) -> None:
    """Write a file in every form there is; what is Python must be read by Python."""
    from graphgrad.views.exports.targets import TARGETS

    graph = graph_of(data)
    if len(graph) > LARGEST:
        return
    for name, target in TARGETS.items():
        try:
            written = target.write(graph)
        except GraphgradError as error:
            error.text("es")
            continue
        if name in ("numpy", "pytorch", "jax"):
            compile(written, f"{name}.py", "exec")


def read_second(data: bytes) -> None:
    """Derive a small file twice, forward and backward, and in stable forms."""
    from graphgrad.autodiff.gradient_graph import gradient_graph
    from graphgrad.autodiff.jacobian import jacobian
    from graphgrad.autodiff.jvp import jvp
    from graphgrad.autodiff.stable import stable
    from graphgrad.compile.second_order import hessian, hessian_vector_product

    graph = graph_of(data)
    leaves = {name: graph.find(name) for name in graph.line_names}
    shapes = {name: graph.columns.shape(node) for name, node in leaves.items()
              if graph.is_leaf(node) and graph.variable[node]}  # fmt: skip
    if len(graph) > 80 or sum(map(math.prod, shapes.values())) > 30:
        return
    ones = {name: np.ones(shape) for name, shape in shapes.items()}
    deeds = (
        lambda: record(stable(graph)), lambda: jvp(graph, ones), lambda: jacobian(graph),
        lambda: record(gradient_graph(graph)), lambda: hessian(graph),
        lambda: hessian_vector_product(graph, ones),
    )  # fmt: skip
    for deed in deeds:
        try:
            deed()
        except GraphgradError as error:
            error.text("es")


# ---- lenses with settings, and tables over switches ----

LOOKS = ("descent\nrate=0.1,1\nsteps=3", "grid\nx=w\ny=b", "bounds\nepsilon=0.1", "series\norder=3")
SWEEPS = ("w=1:3\n--show\nloss", "w=0.1,1/2\nb=0,1\n--show\ngradients.ratio,loss", "draw=1:2")
_OF_KIND = {
    "number": ("0.1", "1", "0", "-1", "1/3", "1e308", "-1e308", "1e-320", "5", "0.5", "1e16"),
    "whole": ("0", "1", "2", "3", "7", "100", "4294967295", "4294967296", "50000000", "1000000"),
    "numbers": ("0.1", "1:3", "3:1", "0.1,1", "1e308,-1e308", "0,0", "0", "1:9999", "-1"),
    "name": ("w", "x", "b", "L", "z", "W", "yhat", "loss", "h", "y"),
    "names": ("w", "w,b", "b,w", "x,w,b", "w,w", "W", "x", "h,L"),
    "word": ("x",),
}
_SWEPT = ("w", "b", "x", "y", "draw", "skip", "sigmoid", "relu", "rate", "epochs", "mode", "n", "")


@cache
def looked() -> tuple[Any, ...]:
    """Return the graphs that are looked at: numbers, arrays, a table."""
    names = ("linear_regression", "matrix_gradient", "xor_sigmoid_data")
    return tuple(load(SAMPLES / f"{name}.gg") for name in names)


def _value(rng: random.Random, right: tuple[str, ...]) -> str:
    pool = rng.choice((right, right, NUMBERS, NASTY, ("w", "x", "b", "L", "W", "w,x", "z", "loss")))
    parts = [rng.choice(pool).replace("\n", " ") for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    return rng.choice((",", ",", ":")).join(parts)


def drawn_look(rng: random.Random) -> bytes:
    """Compose a lens with settings: its own mostly, of its kind mostly."""
    from graphgrad.views.lenses.registry import LENSES

    lens = rng.choice(list(LENSES.values()))
    lines = [lens.name]
    for option in rng.sample(lens.options, min(len(lens.options), rng.choice((0, 1, 2, 3)))):
        right = option.words or _OF_KIND[option.kind]
        value = rng.choice(right) if rng.random() < 0.85 else _value(rng, right)
        lines.append(f"{option.name}={value}")
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def read_look(data: bytes) -> None:
    """Look through a lens with settings, at a graph that the bytes choose, in every form."""
    from graphgrad.views.lenses.registry import look
    from graphgrad.views.lenses.report_text import report_json, report_text
    from graphgrad.views.plots.plot_svg import plot_svg

    name, *lines = decode(data, "look").split("\n")[:8]
    options = dict(line.partition("=")[::2] for line in lines if line)
    report = look(looked()[len(data) % 3], name, options)
    list(report_text(report, 80))
    report_json(report)
    if report.plot is not None:
        plot_svg(report.plot())


def drawn_sweep(rng: random.Random) -> bytes:
    """Compose the words of a sweep."""
    right = ("0.1", "1", "2", "on", "off", "tanh", "batch", "1/3")
    lines = [f"{rng.choice(_SWEPT)}={_value(rng, right)}" for _ in range(rng.choice((1, 1, 2, 3)))]
    shown = (
        "loss",
        "gradients.ratio",
        "layers.parameters",
        "descent.x",
        "train.loss",
        "x.y",
        ".",
        "loss,",
    )
    return "\n".join([*lines, "--show", rng.choice(shown)]).encode("utf-8", "surrogateescape")


def read_sweep(data: bytes) -> None:
    """Read the words of a sweep, and make a small table; trainings are tried elsewhere."""
    from graphgrad.cli.lens_commands.sweep import _csv, _json, _read, _text
    from graphgrad.views.lenses.sweep import swept
    from graphgrad.views.lenses.sweep_words import TRAIN, axis_of, shown_of

    words, _, shown = decode(data, "sweep").partition("\n--show\n")
    axes = [axis_of(word) for word in words.split("\n")[:4]]
    columns = [shown_of(one.strip()) for one in (shown.split("\n")[0] or "loss").split(",")]
    if math.prod(len(axis.values) for axis in axes) > 6 or any(c.lens == TRAIN for c in columns):
        return
    names = ("linear_regression", "vanishing_gradient_10")
    table = swept(_read, [str(SAMPLES / f"{names[len(data) % 2]}.gg")], axes, columns, {})
    _text(table)
    _csv(table)
    _json(table)
