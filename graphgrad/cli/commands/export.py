"""Write the graph of a file in another form."""

from __future__ import annotations

from graphgrad.cli.command import command_of, option
from graphgrad.cli.inputs import Source, read_point
from graphgrad.cli.option_types import OneOf
from graphgrad.cli.options import (
    entries_option,
    force_option,
    point_options,
    source_options,
    stable_option,
    state_option,
)
from graphgrad.cli.output import write
from graphgrad.errors import UsageError
from graphgrad.files.writing import write_output
from graphgrad.graph.copying import with_values
from graphgrad.views.exports.targets import TARGETS

__all__ = ["command"]

EXAMPLE = """\
graphgrad export samples/mlp_vectorized.gg --to pytorch -o mlp.py
graphgrad export samples/linear_regression.gg --to latex
graphgrad export samples/xor_relu.gg --to gg --entries scalar -o neurons.gg\
"""


@command_of("export", example=EXAMPLE)
@source_options
@option("--to", kind=OneOf(*TARGETS), default="gg", help="export.option.to", name="target")
@option("-o", "--output", metavar="word.file", help="export.option.output")
@point_options
@state_option
@stable_option
@entries_option
@force_option
def command(
    file: str | None,
    expression: str | None,
    target: str,
    output: str | None,
    settings: tuple[str, ...],
    row: int | None,
    state: str | None,
    stable: bool,
    zoom: str,
    force: bool,
) -> None:
    """Write the graph, its leaves with the values of ``--set``."""
    source = Source(file, expression, read_point(settings), zoom, state, stable=stable)
    graph = source.graph(row)
    point, _ = source.at(graph)
    form = TARGETS[target]
    if form.ending and not output:
        raise UsageError("export.needs_file", target=form.title, ending=form.ending)
    written = form.write(with_values(graph, point))
    if output:
        write_output(output, written, force=force)
    else:
        write(str(written), end="")
