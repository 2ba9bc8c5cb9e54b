"""Draw the graph of a file as a figure."""

from __future__ import annotations

from graphgrad.autodiff.record import record
from graphgrad.cli.command import command_of, option
from graphgrad.cli.kinds import Whole
from graphgrad.cli.options import detail_option, point_options, source_options, wrt_option
from graphgrad.cli.reading import Source, check_names, read_point
from graphgrad.views.entries import Detail
from graphgrad.views.figure import FigureOptions, render, shown_parts, writer_of

__all__ = ["command"]

EXAMPLE = """\
graphgrad render samples/linear_regression.gg -o regression.svg
graphgrad render samples/linear_regression.gg -o step07.png --step 7 --show values,adjoints
graphgrad render -e "L = (w*x - y)^2" --set w=2 --set x=3 --set y=9 -o loss.dot --detail op\
"""


@command_of("render", example=EXAMPLE)
@source_options
@option("-o", "--output", metavar="word.file", help="render.option.output", required=True)
@point_options
@detail_option
@option("--show", metavar="render.word.parts", help="render.option.show")
@option("--step", kind=Whole(0), metavar="word.whole", help="render.option.step")
@wrt_option
@option("--engine", metavar="word.name", help="render.option.engine")
def command(
    file: str | None,
    expression: str | None,
    output: str,
    settings: tuple[str, ...],
    row: int | None,
    detail: Detail,
    show: str | None,
    step: int | None,
    wrt: tuple[str, ...],
    engine: str | None,
) -> None:
    """Write the figure of a file; what is not finite is drawn and marked."""
    writer_of(output)  # an unknown ending is refused before anything is read
    options = FigureOptions(detail=detail, step=step, wrt=wrt)
    if show is not None:
        options = FigureOptions(detail=detail, step=step, wrt=wrt, show=shown_parts(show))
    point = read_point(settings)
    graph = Source(file, expression, point).graph(row)
    check_names(graph, point, wrt)
    render(record(graph, point), output, options, engine=engine)
