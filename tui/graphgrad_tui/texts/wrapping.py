"""Break a text into rows of terminal cells, between words where that is possible."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["packed", "wrapped"]

_WORD = re.compile(r"(?:\A\s++)?\S++\s*+")
_NARROW = re.compile("[ -~·×∂∇Σ→−√…⊙≈≤≥ᵀ²³¹₀-₉á-ÿα-ωΑ-Ω█▓▒░▸▾┃│]*")
"""What has a cell per character: told at a glance, since to look each one up takes long."""


@lru_cache(maxsize=4096)
def wrapped(text: str, width: int) -> tuple[str, ...]:
    """Return the rows of a text; a word longer than a row is broken.

    >>> wrapped("dL/dw = 12 + 13", 10)
    ('dL/dw = 12', '+ 13')
    >>> wrapped(" + abcdef", 5), wrapped("", 5)
    ((' +', 'abcde', 'f'), ('',))
    """
    size = len(text) if _NARROW.fullmatch(text) else cell_len(text)
    if size <= width:
        return (text,)
    measure = len if size == len(text) else cell_len
    rows: list[str] = []
    row = ""
    for word in _WORD.findall(text):
        if row and measure(row) + measure(word.rstrip()) > width:
            rows.append(row.rstrip())
            row = ""
        *full, last = chop_cells(word, width) if measure(word.rstrip()) > width else [word]
        rows.extend(full)
        row += last
    return (*rows, row.rstrip())


def packed(items: Sequence[str], width: int) -> list[str]:
    """Return the items of a legend in as many rows as they need, none of them cut.

    >>> packed(["o here", ". there", "# everywhere"], 16)
    ['o here  . there', '# everywhere']
    """
    rows = list(items[:1])
    for item in items[1:]:
        longer = f"{rows[-1]}  {item}"
        rows[-1:] = [longer] if cell_len(longer) <= width else [rows[-1], item]
    return rows
