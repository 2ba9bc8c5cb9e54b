"""Derive one gradient by the chain rule."""

from __future__ import annotations

from graphgrad.autodiff.record import settled
from graphgrad.cli.command import argument, command_of
from graphgrad.cli.inputs import (
    Source,
    at_line,
    finite_trace,
    note_row,
    read_point,
    seed_value,
)
from graphgrad.cli.options import (
    detail_option,
    entries_option,
    exact_option,
    json_option,
    point_options,
    seed_option,
    stable_option,
    state_option,
)
from graphgrad.cli.output import line_width, rounded_lines, write
from graphgrad.errors import UsageError
from graphgrad.symbolic.derive.chain_rule import derivation
from graphgrad.views.text.derivation import derivation_report
from graphgrad.views.text.derivation_paths import derivation_json
from graphgrad.views.text.entries import Detail
from graphgrad.views.text.numbers import as_in_file

__all__ = ["command"]

_MOST_NAMES = 20
EXAMPLE = """\
graphgrad explain samples/linear_regression.gg w
graphgrad explain samples/shared_weights.gg w1 --set X=2\
"""


@command_of("explain", example=EXAMPLE)
@argument("file", help="argument.file")
@argument("name", metavar="word.name", help="explain.argument.name")
@point_options
@state_option
@stable_option
@detail_option
@entries_option
@seed_option
@exact_option
@json_option
def command(
    file: str,
    name: str,
    settings: tuple[str, ...],
    row: int | None,
    state: str | None,
    stable: bool,
    detail: Detail,
    zoom: str,
    seed: str | None,
    exact: bool,
    as_json: bool,
) -> None:
    """Show the chain rule for one name: symbols, numbers, paths."""
    start = seed_value(seed)
    source = Source(file, None, read_point(settings), zoom, state, stable=stable)
    graph = source.graph(row)
    point, names = source.at(graph, [name])
    if len(names) > 1:
        raise UsageError("explain.one_entry", name=name, known=", ".join(names[:_MOST_NAMES]))
    name = names[0]
    node = graph.find(name) or 0
    if not graph.variable[node]:
        raise UsageError("explain.constant", name=name)
    trace = finite_trace(source, graph, point, seed=start, exact=exact)
    if trace.adjoints is None:
        error = UsageError("explain.no_backward", output=graph.name(graph.output))
        raise at_line(error, source, graph, graph.output)
    if as_json:
        write(derivation_json(trace, name, derivation(trace, name, detail)))
        return
    trace, zeros = settled(trace)
    found = derivation(trace, name, detail)
    report = [*derivation_report(trace, name, found, line_width()), *rounded_lines(zeros)]
    write(as_in_file(trace.graph, "\n".join(report)))
    note_row(graph, row)
