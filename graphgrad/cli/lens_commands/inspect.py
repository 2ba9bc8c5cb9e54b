"""Look at a file's graph through a lens: text, JSON, or a picture."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphgrad.cli.command import argument, command_of, option
from graphgrad.cli.inputs import Source, read_point
from graphgrad.cli.options import (
    force_option,
    json_option,
    point_options,
    stable_option,
    state_option,
)
from graphgrad.cli.output import line_width, original_encoding, write
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import language, text
from graphgrad.messages.keywords import setting_typed
from graphgrad.views.cells.characters import Charset
from graphgrad.views.text.numbers import as_in_file

__all__ = ["command"]

EXAMPLE = """\
graphgrad inspect samples/vanishing_gradient_10.gg gradients
graphgrad inspect -e "f = x^2" --set x=1 descent rate=0.1,0.5,1,1.1
graphgrad inspect samples/xor_sigmoid_data.gg boundary -o boundary.svg\
"""


@command_of("inspect", example=EXAMPLE)
@argument("words", help="inspect.argument.words", metavar="inspect.word", required=False, many=True)
@option("-e", "--expression", "expression", metavar="word.text", help="option.expression")
@point_options
@state_option
@stable_option
@option("-o", "--output", metavar="word.file", help="inspect.option.output")
@force_option
@option("--theme", metavar="word.name", default="light", help="render.option.theme")
@json_option
def command(
    words: tuple[str, ...],
    expression: str | None,
    settings: tuple[str, ...],
    row: int | None,
    state: str | None,
    stable: bool,
    output: str | None,
    force: bool,
    theme: str,
    as_json: bool,
) -> None:
    """Read the file and the lens from the words, look, and write what is seen."""
    from graphgrad.views.lenses.registry import find_lens, look
    from graphgrad.views.lenses.report_text import report_json, report_text

    file, name, options = _parted(words, expression)
    if name is None:
        write("\n".join(listing()))
        return
    lens = find_lens(name)
    point = read_point(settings)
    graph = None
    if file is not None or expression is not None:
        valued = lens.valued or state is not None
        source = Source(file, expression, point, state=state, stable=stable, drawn=valued)
        graph = source.graph(row)
        point, _ = source.at(graph)
    commas = graph is not None and graph.heading.comma
    options = {word: _pointed(value) if commas else value for word, value in options.items()}
    report = look(graph, name, options, point=point, row=row)
    if output is not None:
        _draw(output, report, theme, force=force)
        return
    if as_json:
        write(report_json(report))
        return
    lines = report_text(report, line_width(), plotted=lens.plotted, charset=_charset())
    told = "\n".join([*lines, *_looked_at(graph, row)])
    write(told if graph is None else as_in_file(graph, told))


def _pointed(value: str) -> str:
    """Return numbers with a decimal comma, apart by semicolons, as lenses read them."""
    numbers = value and all(sign.isdigit() or sign in "+-,;[] " for sign in value)
    return value.replace(",", ".").replace(";", ",") if numbers else value


def _looked_at(graph: Graph | None, row: int | None) -> list[str]:
    """Return a line about the rows that are left out, where some only judge."""
    table = None if graph is None else graph.heading.table
    if table is None or table.whole or row is not None:
        return []
    count, every = len(table.training_rows()), len(table.rows)
    return [] if count == every else ["", text("rows.looked_at", all=every, count=count)]


def listing() -> list[str]:
    """Return the table of lenses: name, what it is for, its settings."""
    from graphgrad.views.lenses.registry import LENSES
    from graphgrad.views.tables.text_tables import Column, Row, layout_table

    heads = ("inspect.lens", "inspect.for", "inspect.settings")
    columns = [Column(text(heads[0])), Column(text(heads[1]), wraps=True)]
    columns.append(Column(text(heads[2]), wraps=True))
    spanish = language() == "es"
    rows = []
    for lens in LENSES.values():
        words = [setting_typed(one.name) if spanish else one.name for one in lens.options]
        name = lens.spanish if spanish else lens.name
        rows.append(Row([[name], [text(f"lens.{lens.name}.doc")], [" ".join(words)]]))
    return [*layout_table(columns, rows, line_width()), "", text("inspect.how")]


def _parted(
    words: tuple[str, ...], expression: str | None
) -> tuple[str | None, str | None, dict[str, Any]]:
    """Return the file, the lens and its settings.

    Raises:
        UsageError: if a word is none of them.
    """
    plain = [word for word in words if "=" not in word]
    options: dict[str, Any] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if equals:
            if name in options:
                raise UsageError("usage.setting_twice", name=name)
            options[name] = value
    from graphgrad.views.lenses.registry import LENSES

    names = {name for lens in LENSES.values() for name in (lens.name, lens.spanish)}
    file = None
    if expression is None and plain and not (len(plain) == 1 and _is_lens(plain[0], names)):
        file = plain.pop(0)
    if len(plain) > 1:
        raise UsageError("usage.extra_argument", got=" ".join(plain[1:]))
    return file, (plain[0] if plain else ("layers" if file or expression else None)), options


def _is_lens(word: str, names: set[str]) -> bool:
    """Tell whether a word alone names a lens, and not a file of that name."""
    if os.path.exists(word) or word == "-":
        return False
    return word in names or not ("." in word or os.sep in word)


def _draw(path: str, report: Any, theme: str, *, force: bool) -> None:
    """Write the picture of a report.

    Raises:
        UsageError: if it has none, or the ending is not one that can be written.
    """
    from graphgrad.files.writing import PNG_MARK, write_output
    from graphgrad.views.plots.plot_svg import PLOT_MARK, plot_png, plot_svg

    writers: Mapping[str, Any] = {".svg": plot_svg, ".png": plot_png}
    ending = Path(path).suffix.lower()
    if ending not in writers:
        raise UsageError("inspect.format", got=path, known=", ".join(writers))
    if report.plot is None:
        raise UsageError("inspect.no_picture", lens=report.lens)
    own = PLOT_MARK if ending == ".svg" else PNG_MARK
    write_output(path, writers[ending](report.plot(), theme), own=own, force=force)


def _charset() -> Charset:
    from graphgrad.stepping.charset import charset_of

    return charset_of(original_encoding(), os.environ) if sys.stdout.isatty() else "unicode"
