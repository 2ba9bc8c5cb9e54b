"""Compile a graph to a program of NumPy: show it, write it, or check it against the interpreter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.cli.command import command_of, flag, option
from graphgrad.cli.inputs import Source, finite_trace, read_point
from graphgrad.cli.options import (
    force_option,
    point_options,
    source_options,
    stable_option,
    state_option,
    wrt_option,
)
from graphgrad.cli.output import write
from graphgrad.compile.plan import Plan
from graphgrad.files.writing import write_output
from graphgrad.messages.catalogue import text
from graphgrad.trace.trace import Trace

__all__ = ["command"]

EXAMPLE = """\
graphgrad compile samples/linear_regression.gg --show --wrt w
graphgrad compile samples/mlp_vectorized.gg -o mlp.py\
"""


@command_of("compile", example=EXAMPLE)
@source_options
@flag("--show", name="shown", help="compile.option.show")
@flag("--native", help="compile.option.native")
@option("-o", "--output", metavar="word.file", help="compile.option.output")
@wrt_option
@point_options
@state_option
@stable_option
@force_option
def command(
    file: str | None,
    expression: str | None,
    shown: bool,
    native: bool,
    output: str | None,
    wrt: tuple[str, ...],
    settings: tuple[str, ...],
    row: int | None,
    state: str | None,
    stable: bool,
    force: bool,
) -> int:
    """Compile; without ``--show`` and ``-o``, exit with 1 if the program disagrees."""
    source = Source(file, expression, read_point(settings), state=state, stable=stable)
    graph = source.graph(row)
    point, _ = source.at(graph)
    plan = Plan(graph, wrt or None, native=native)
    if output:
        write_output(output, plan.source(point), force=force)
    if shown:
        write(plan.source(point), end="")
    if output or shown:
        return 0
    return _compared(plan, finite_trace(source, graph, point), point)


def _compared(plan: Plan, trace: Trace, point: Mapping[str, Any]) -> int:
    """Say how large the program is, and whether its numbers are the interpreter's."""
    graph = trace.graph
    run = plan(point)
    pairs = {graph.name(graph.output): (run.value, trace.values[graph.output])}
    pairs |= {name: (found, trace.gradients[name]) for name, found in run.gradients.items()}
    apart = [name for name, (found, wanted) in pairs.items() if not _agree(found, wanted)]
    operations = sum(not graph.is_leaf(node) for node in range(len(graph)))
    counts = {"operations": operations, "statements": len(plan.written(point).statements)}
    write(text("compile.counts", name=graph.name(graph.output), **counts))
    if plan.native:
        write(text("compile.machine" if plan.is_machine_code(point) else "compile.no_machine"))
    if apart:
        write(text("compile.differs", names=", ".join(apart)))
        return 1
    write(text("compile.agrees", gradients=len(run.gradients)))
    return 0


def _agree(found: Any, wanted: Any) -> bool:
    """Tell whether two results are equal to rounding, relative to their largest entry."""
    import numpy as np

    single = getattr(wanted, "dtype", None) == np.float32
    size = float(np.max(np.abs(wanted), initial=1e-300))
    return bool(np.max(np.abs(found - wanted), initial=0.0) <= (1e-5 if single else 1e-11) * size)
