"""Compare two graphs up to names."""

from __future__ import annotations

from graphgrad.cli.command import argument, command_of, option
from graphgrad.cli.inputs import Source
from graphgrad.cli.options import entries_option, json_option
from graphgrad.cli.output import write
from graphgrad.errors import UsageError
from graphgrad.graph.zooms.renaming import same
from graphgrad.views.tables.same_table import same_json, same_report

__all__ = ["command"]

EXAMPLE = """\
graphgrad same -e "phi = t1*x1 + t0" -e "phi = w0*1 + w1*x1"
graphgrad same samples/xor_relu.gg samples/xor_sigmoid.gg --json\
"""


@command_of("same", example=EXAMPLE)
@argument("files", help="argument.file", required=False, many=True)
@option(
    "-e",
    "--expression",
    "expressions",
    multiple=True,
    metavar="word.text",
    help="same.option.expression",
)
@entries_option
@json_option
def command(files: tuple[str, ...], expressions: tuple[str, ...], zoom: str, as_json: bool) -> int:
    """Show the renaming, or the first difference; exit with 1 if the graphs differ."""
    if len(files) + len(expressions) != 2:
        raise UsageError("same.two", got=len(files) + len(expressions))
    sources = [Source(file, zoom=zoom) for file in files]
    sources += [Source(None, expression, zoom=zoom) for expression in expressions]
    first, second = (source.graph() for source in sources)
    found = same(first, second)
    if as_json:
        write(same_json(first, second, found))
    else:
        write("\n".join(same_report(first, second, found)))
    return 0 if found.same else 1
