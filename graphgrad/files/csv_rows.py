"""Read the rows of a CSV file that others have written."""

from __future__ import annotations

import csv
import io

from graphgrad.errors import LimitError, Place, SourceError

__all__ = ["MOST_CELLS", "csv_rows"]

MOST_CELLS = 2_000_000


def csv_rows(text: str, delimiter: str = ",", path: str = "", line: int = 1) -> list[list[str]]:
    """Return the rows of a text; empty lines are empty rows.

    Args:
        text: lines that end with a line feed, or with the carriage return of an old machine.
        delimiter: what stands between cells.
        path: the file, for messages.
        line: the number of the first line.

    Raises:
        SourceError: if it is no CSV, or a cell is longer than any of a table.
        LimitError: if there are more cells than memory should hold.

    >>> csv_rows("a;b;'c'", ";")
    [['a', 'b', "'c'"]]
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(lines), delimiter=delimiter)
    rows, cells = list[list[str]](), 0
    try:
        for row in reader:
            cells += len(row) + 1
            if cells > MOST_CELLS:
                raise LimitError("file.too_many_cells", path=path or "-", limit=MOST_CELLS)
            rows.append(row)
        return rows
    except csv.Error:
        number = max(1, reader.line_num)
        shown = next(iter(lines.split("\n")[number - 1 : number]), "")[:200]
        place = Place(line + number - 1, 1, shown, path)
        raise SourceError("file.csv", place=place) from None
