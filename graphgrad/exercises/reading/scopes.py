"""Read what an answer is about: a row of the exercise's data, or the mean or sum over all rows.

``row 2: z = 0.49`` is about one row, ``mean: L = 0.73`` about all of them.
"""

from __future__ import annotations

import re

__all__ = ["MEANS", "ROW_WORDS", "row_of", "row_scope", "scoped"]

ROW_WORDS = (
    "row", "fila", "sample", "muestra", "example", "ejemplo", "pattern", "patrón", "patron",
    "point", "punto",
)  # fmt: skip
MEANS = {
    **dict.fromkeys(("mean", "average", "media", "promedio"), "mean"),
    **dict.fromkeys(("sum", "total", "suma"), "sum"),
}
_SCOPE = re.compile(
    rf"\s*(?:[-*•]\s+)?(?:(?:{'|'.join(ROW_WORDS)})s?\s*(?:n[.ºo°]*\s*)?(?P<row>[0-9]{{1,6}})"
    rf"|(?P<over>{'|'.join(MEANS)})(?:\s+(?:of|over|de|sobre)\s+\w+(?:\s+\w+)?)?)\s*[:.]"
    r"(?P<rest>\s.*|)\Z",
    re.IGNORECASE,
)


def row_scope(row: int) -> str:
    """Return the scope of a row, counted from 1."""
    return f"row {row}"


def row_of(scope: str) -> int:
    """Return the row that a scope names; 0 if it names none.

    >>> row_of("row 2"), row_of("mean")
    (2, 0)
    """
    return int(scope[4:]) if scope.startswith("row ") else 0


def scoped(line: str, *, step: bool = False) -> tuple[str, str]:
    """Return the scope that a line, or the id of a step, begins with, and the rest of it.

    >>> scoped("fila 2: z = 1"), scoped("media: L = 3"), scoped("z = 1")
    (('row 2', 'z = 1'), ('mean', 'L = 3'), ('', 'z = 1'))
    """
    found = _SCOPE.match(line)
    if found is None:
        return "", line.strip()
    if found["over"] and not step and "=" not in found["rest"] and found["rest"].strip():
        return "", line.strip()
    over = MEANS.get((found["over"] or "").lower(), "")
    return over or row_scope(int(found["row"])), found["rest"].strip()
