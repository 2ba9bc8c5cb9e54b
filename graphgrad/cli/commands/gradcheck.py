"""Compare reverse mode, forward mode, symbolic derivatives and central differences."""

from __future__ import annotations

from graphgrad.cli.command import command_of, option
from graphgrad.cli.inputs import Source, finite_trace, note_row, read_point
from graphgrad.cli.option_types import Real
from graphgrad.cli.options import (
    json_option,
    point_options,
    source_options,
    stable_option,
    state_option,
)
from graphgrad.cli.output import line_width, write
from graphgrad.testing.gradcheck import gradcheck
from graphgrad.views.tables.check_table import check_json, check_table
from graphgrad.views.text.numbers import as_in_file

__all__ = ["command"]

EXAMPLE = """\
graphgrad gradcheck samples/linear_regression.gg
graphgrad gradcheck -e "L = sin(x)*exp(-x^2)" --set x=0.7 --tolerance 1e-8\
"""


@command_of("gradcheck", example=EXAMPLE)
@source_options
@point_options
@state_option
@stable_option
@option(
    "--tolerance",
    kind=Real(positive=True),
    metavar="word.number",
    default=1e-6,
    help="gradcheck.option.tolerance",
)
@json_option
def command(
    file: str | None,
    expression: str | None,
    settings: tuple[str, ...],
    row: int | None,
    state: str | None,
    stable: bool,
    tolerance: float,
    as_json: bool,
) -> int:
    """Show four derivatives per entry of every leaf.

    The exit status is 1 if they disagree, and 5 if nothing could be compared.
    """
    source = Source(file, expression, read_point(settings), state=state, stable=stable)
    graph = source.graph(row)
    point, _ = source.at(graph)
    finite_trace(source, graph, point)
    check = gradcheck(graph, point, tolerance=tolerance)
    if as_json:
        write(check_json(check, tolerance))
    else:
        told = "\n".join(check_table(graph, check, tolerance, line_width()))
        write(as_in_file(graph, told))
        note_row(graph, row)
    return 0 if check.ok else 5 if check.undecided else 1
