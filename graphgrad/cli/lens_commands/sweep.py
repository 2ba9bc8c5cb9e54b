"""Write one table over switches, draws, rates or files; columns are numbers of lenses."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphgrad.cli.command import argument, command_of, flag, option
from graphgrad.cli.inputs import read_point
from graphgrad.cli.options import json_option, scheduler_option
from graphgrad.cli.output import line_width, progress_bar, write
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.views.text.numbers import with_comma

__all__ = ["command"]

EXAMPLE = """\
graphgrad sweep samples/vanishing_gradient_10.gg sigmoid=sigmoid,tanh,relu --show gradients.ratio
graphgrad sweep samples/xor_sigmoid_data.gg mode=batch,mini_batch,stochastic epochs=200 rate=1 \\
  --show train.per_epoch,train.loss\
"""

FORMAT = "graphgrad-sweep/1"


@command_of("sweep", example=EXAMPLE, seconds=3_600)
@argument("words", help="sweep.argument.words", metavar="sweep.word", many=True, required=False)
@option("--show", multiple=True, metavar="sweep.column", help="sweep.option.show")
@option("--set", "settings", multiple=True, metavar="word.setting", help="option.set")
@flag("--csv", name="as_csv", help="sweep.option.csv")
@scheduler_option
@json_option
def command(
    words: tuple[str, ...],
    show: tuple[str, ...],
    settings: tuple[str, ...],
    as_csv: bool,
    scheduler: str | None,
    as_json: bool,
) -> None:
    """Read every file with every position of the switches and show the columns."""
    from graphgrad.views.lenses.sweep import swept
    from graphgrad.views.lenses.sweep_words import axis_of, shown_of

    files = [word for word in words if "=" not in word]
    if not files:
        raise UsageError("usage.no_source")
    comma = any(map(_has_commas, files))
    axes = [axis_of(word, comma=comma) for word in words if "=" in word]
    names = [axis.name for axis in axes]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise UsageError("usage.setting_twice", name=twice)
    wanted = [one.strip() for text in show for one in text.split(",") if one.strip()]
    columns = [shown_of(one) for one in wanted or ("loss",)]
    table = swept(
        _read,
        files,
        axes,
        columns,
        read_point(settings),
        scheduler=scheduler,
        progress=progress_bar("sweep.progress") if scheduler is not None else None,
    )
    if as_json:
        write(_json(table))
    elif as_csv:
        write(_csv(table), end="")
    else:
        told = "\n".join(_text(table))
        write(with_comma(told) if comma else told)


def _has_commas(file: str) -> bool:
    """Tell whether a file's numbers are written with a comma."""
    from graphgrad.live.written import has_decimal_comma
    from graphgrad.source.text import read_text

    return has_decimal_comma(read_text(file))


def _read(file: str, sizes: Mapping[str, Any], draw: int | None) -> Graph:
    """Return the graph of a file with other consts and another draw."""
    from graphgrad.source.gg import read_named
    from graphgrad.source.text import read_text
    from graphgrad.views.lenses.switches import another_draw

    written = read_text(file)
    if draw is not None:
        written = another_draw(written, draw)
    consts = {name: value for name, value in sizes.items() if _is_const(written, name)}
    return read_named(written, file, sizes=consts or None)


def _is_const(written: str, name: str) -> bool:
    """Tell whether a file gives a const of a name; only those may be sizes and bounds."""
    starts = (line.split("#")[0].split("=")[0].split() for line in written.splitlines())
    return any(words[:2] == ["const", name] for words in starts)


def _text(table: Any) -> list[str]:
    from graphgrad.views.lenses.report_text import cell_text
    from graphgrad.views.tables.text_tables import Column, Row, layout_table

    heads = [*(text("sweep.file") if n == "file" else n for n in table.axes), *table.columns]
    width = len(table.axes)
    columns = [
        Column(head, right=k >= width or all(isinstance(row[k], int | float) for row in table.rows))
        for k, head in enumerate(heads)
    ]
    rows = [
        Row([[_name(cell) if k < width else cell_text(cell)] for k, cell in enumerate(row)])
        for row in table.rows
    ]
    told = [text(f"sweep.trained.{'same' if len(table.trained) == 1 else 'first'}",
                 recipe=table.trained[0])] if table.trained else []  # fmt: skip
    lines = [line for one in told for line in textwrap.wrap(one, line_width())]
    return [*layout_table(columns, rows, line_width()), *([""] if lines else []), *lines]


def _name(cell: Any) -> str:
    from graphgrad.views.lenses.report_text import cell_text

    return Path(cell).name if isinstance(cell, str) and cell.endswith(".gg") else cell_text(cell)


def _csv(table: Any) -> str:
    from graphgrad.views.text.run_json import plain_data

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*table.axes, *table.columns])
    for row in table.rows:
        kept = len(table.axes)
        writer.writerow([*row[:kept], *(_plain(cell, plain_data) for cell in row[kept:])])
    return stream.getvalue()


def _json(table: Any) -> str:
    from graphgrad.views.text.run_json import json_object, plain_data

    names = [*table.axes, *table.columns]
    rows = [
        {name: _plain(cell, plain_data) for name, cell in zip(names, row, strict=True)}
        for row in table.rows
    ]
    return json_object({"format": FORMAT, "axes": list(table.axes), "rows": rows})


def _plain(cell: Any, plain_data: Any) -> Any:
    return cell if cell is None or isinstance(cell, str | bool | int) else plain_data(cell)
