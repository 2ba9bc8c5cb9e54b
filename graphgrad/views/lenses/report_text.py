"""Write what is seen through a lens: tables, sentences and the plot as text; all of it as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from graphgrad.messages.catalogue import Names, Worded, language, text
from graphgrad.views.cells.characters import Charset
from graphgrad.views.lenses.lens import Report, Sheet
from graphgrad.views.plots.plot_text import plot_text
from graphgrad.views.tables.text_tables import Column, Row, layout_table
from graphgrad.views.text.name_ranges import shape_words
from graphgrad.views.text.numbers import inline, number
from graphgrad.views.text.run_json import json_object, plain_data

__all__ = ["FORMAT", "report_data", "report_json", "report_text"]

FORMAT = "graphgrad-inspect/1"
_SHORT = 18


def report_text(
    report: Report, width: int = 80, *, plotted: bool = True, charset: Charset = "unicode"
) -> Iterator[str]:
    """Yield a report as lines.

    Args:
        report: what is seen.
        width: the most columns to use.
        plotted: whether its plot is drawn too.
        charset: the characters of the plot.
    """
    yield text(f"lens.{report.lens}.doc")
    for sheet in report.sheets:
        if not sheet.rows:
            continue
        yield ""
        if sheet.heading is not None:
            yield from textwrap.wrap(_said(sheet.heading), width)
        yield from _table(sheet, width)
    if report.lines:
        yield ""
        yield from report.lines
    if plotted and report.plot is not None:
        yield ""
        yield from plot_text(report.plot(), width, charset=charset)
    if report.verdicts:
        yield ""
    for verdict in report.verdicts:
        yield from textwrap.wrap(
            "• " + _said(verdict.said), width, subsequent_indent="  ", break_on_hyphens=False
        )


def report_data(report: Report) -> dict[str, Any]:
    """Return a report as plain data: what `report_json` writes."""
    return {
        "format": FORMAT,
        "lens": report.lens,
        "numbers": {name: _plain(value) for name, value in report.numbers.items()},
        "verdicts": [{"code": v.code, "text": _said(v.said)} for v in report.verdicts],
        "tables": {
            sheet.key: [
                dict(zip(sheet.columns, map(_plain, row), strict=True)) for row in sheet.rows
            ]
            for sheet in report.sheets
        },
    }


def report_json(report: Report) -> str:
    """Return a report as one JSON object."""
    return json_object(report_data(report))


def cell_text(value: Any, digits: int = 6, limit: int = 28) -> str:
    """Return a cell as text."""
    if value is None:
        return "–"
    if isinstance(value, Names) and language() == "es":
        return value.spanish
    if isinstance(value, Worded):
        return _said(value)
    if isinstance(value, bool):
        return text("lens.yes" if value else "lens.no")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float | Fraction):
        return number(value, digits)
    if isinstance(value, tuple):
        return shape_words(value) if value else text("shape.scalar")
    return value if isinstance(value, str) else inline(value, limit, digits)


def _table(sheet: Sheet, width: int) -> Iterator[str]:
    shown = sheet.rows if len(sheet.rows) <= sheet.most else _some(sheet)
    columns = [
        Column(
            text(f"lens.column.{name}"),
            right=all(_is_number(row[k]) for row in sheet.rows),
            wraps=any(len(_words(row[k])) > _SHORT for row in sheet.rows),
        )
        for k, name in enumerate(sheet.columns)
    ]
    rows = [Row([[cell_text(cell, sheet.digits)] for cell in row]) for row in shown]
    if len(shown) < len(sheet.rows):
        told = text("lens.rows_left_out", count=len(sheet.rows) - len(shown))
        rows.insert(len(shown) // 2, Row(banner="  " + told))
    yield from layout_table(columns, rows, width)


def _words(value: Any) -> str:
    """Return a cell of words, which may be wrapped; nothing for numbers."""
    return _said(value) if isinstance(value, Worded) else value if isinstance(value, str) else ""


def _some(sheet: Sheet) -> tuple[tuple[Any, ...], ...]:
    half = sheet.most // 2
    return (*sheet.rows[:half], *sheet.rows[-half:])


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float | Fraction) and value is not True)


def _said(worded: Worded) -> str:
    return text(worded.message_id, **worded.fields)


def _plain(value: Any) -> Any:
    if isinstance(value, Worded):
        return _said(value)
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return plain_data(value)
