"""Train the parameters of a file's graph."""

from __future__ import annotations

from graphgrad.cli.command import command_of, option
from graphgrad.cli.inputs import Source, check_names, read_point
from graphgrad.cli.option_types import OneOf, Real, Whole
from graphgrad.cli.options import json_option, point_options, source_options
from graphgrad.cli.output import line_width, write
from graphgrad.errors import NonFiniteError
from graphgrad.layers.optimizers import OPTIMIZERS
from graphgrad.layers.training import Iterate, starting_rate, training
from graphgrad.messages.catalogue import Worded
from graphgrad.views.text.trouble import trouble_error

__all__ = ["command"]

EXAMPLE = """\
graphgrad train samples/linear_regression.gg --rate 0.01
graphgrad train samples/xor_sigmoid_data.gg --steps 2000 --rate 1 --json\
"""


@command_of("train", example=EXAMPLE)
@source_options
@point_options
@option("--steps", kind=Whole(0), metavar="word.whole", default=100, help="train.option.steps")
@option("--rate", kind=Real(positive=True), metavar="word.number", help="train.option.rate")
@option("--optimizer", kind=OneOf(*OPTIMIZERS), default="gd", help="train.option.optimizer")
@json_option
def command(
    file: str | None,
    expression: str | None,
    settings: tuple[str, ...],
    row: int | None,
    steps: int,
    rate: float | None,
    optimizer: str,
    as_json: bool,
) -> None:
    """Make the output small step by step; a table of steps, or all of them as JSON."""
    from graphgrad.views.tables.training_table import training_json, training_table

    point = read_point(settings)
    graph = Source(file, expression, point).graph(row)
    check_names(graph, point)
    table = graph.heading.table
    if row is not None and table is not None:
        point = table.point(row) | point
    chosen = OPTIMIZERS[optimizer]
    if rate is None:
        rate = starting_rate(graph, chosen, point)
    run = list(training(graph, chosen, steps=steps, rate=rate, point=point))
    _refuse_trouble(run[-1])
    if as_json:
        write(training_json(graph, run, chosen, rate))
    else:
        write("\n".join(training_table(graph, run, chosen, rate, line_width())))


def _refuse_trouble(last: Iterate) -> None:
    """Raise what went wrong in the last step.

    Raises:
        NonFiniteError: if a value left the finite numbers.
    """
    error = None if last.trouble is None else trouble_error(last.trouble)
    if error is not None:
        what = Worded(error.message_id, **error.fields)
        raise NonFiniteError("train.trouble", step=last.number, what=what)
