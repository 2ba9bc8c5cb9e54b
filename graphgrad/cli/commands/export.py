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
from graphgrad.files.writing import write_output
from graphgrad.graph.copying import with_values
from graphgrad.source.writing.graph_text import to_gg

__all__ = ["command"]

TARGETS = {"gg": to_gg}
"""Form of a graph as text, by the word of ``--to``."""
EXAMPLE = """\
graphgrad export samples/linear_regression.gg --to gg
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
    written = TARGETS[target](with_values(graph, point))
    if output:
        write_output(output, written, force=force)
    else:
        write(written, end="")
