"""Break a text into rows of terminal cells, between words where that is possible."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import cell_len, chop_cells

__all__ = ["wrapped"]

_WORD = re.compile(r"\s*\S+\s*")


@lru_cache(maxsize=4096)
def wrapped(text: str, width: int) -> tuple[str, ...]:
    """Return the rows of a text; a word longer than a row is broken.

    >>> wrapped("dL/dw = 12 + 13", 10)
    ('dL/dw = 12', '+ 13')
    >>> wrapped(" + abcdef", 5), wrapped("", 5)
    ((' +', 'abcde', 'f'), ('',))
    """
    if cell_len(text) <= width:
        return (text,)
    rows: list[str] = []
    row = ""
    for word in _WORD.findall(text):
        if row and cell_len(row) + cell_len(word.rstrip()) > width:
            rows.append(row.rstrip())
            row = ""
        *full, last = chop_cells(word, width) if cell_len(word.rstrip()) > width else [word]
        rows.extend(full)
        row += last
    return (*rows, row.rstrip())
