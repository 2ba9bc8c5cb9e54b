"""Tell all that a row says, one fact a line.

``python -m tests.ops.rows`` writes the facts of all rows to ``rows.txt``: read the difference
before it is committed, for names, aliases and texts are what users type and read.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from graphgrad.errors import ShapeError
from graphgrad.graph.settings import complete_settings
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise, Leaf, Row, Structural

__all__ = ["RECORDED", "facts"]

RECORDED = Path(__file__).with_name("rows.txt")
GRID = (-1.0, 0.0, 0.5, 2.0)
TRIED = {"powi": [{"n": n} for n in (-2, -1, 0, 0.5, 1, 2)], "elu": [{"alpha": 1}, {"alpha": 2}]}
SHAPES = [(), (3,), (2, 3), (3, 2), (2, 2, 3)]
"""Row by row what it says about shapes: pairs that fit, and the error of those that do not."""


def facts() -> str:
    """Return the facts of every row."""
    return "\n".join(line for row in ROWS for line in _facts(row)) + "\n"


def _facts(row: Row) -> Iterator[str]:
    yield f"{row.name}({', '.join(row.arguments)})"
    for name in ("settings", "notation", "latex", "latex_level", "latex_argument_levels"):
        yield f"    {name}: {getattr(row, name)!r}"
    for name in ("aliases", "doc", "source", "variadic", "defaults"):
        yield f"    {name}: {getattr(row, name)!r}"
    if isinstance(row, Leaf):
        yield f"    role: {row.role}"
        return
    assert isinstance(row, Elementwise | Structural)
    yield f"    convention: {row.convention!r}"
    yield from _numbers(row) if isinstance(row, Elementwise) else _shapes(row)


def _numbers(row: Elementwise) -> Iterator[str]:
    """Yield where the row is defined, and how far points of a grid are from its kinks."""
    yield f"    sample: {row.sample}"
    numbers = arithmetic()
    for settings in TRIED.get(row.name, [row.defaults]):
        told = f" {settings}" if settings else ""
        yield f"    domain{told}: {row.domain(settings)}"
        chosen = numbers.settings(settings)
        distances = [
            f"{args}: {numbers.kink_distances(row, args, chosen)}"
            for args in product(GRID[:3], repeat=len(row.arguments))
        ]
        yield f"    from kinks{told}: {'; '.join(distances) if row.kinks else 'none'}"
        for args in product(GRID, repeat=min(2, len(row.arguments))):
            full = args + (-1.0,) * (len(row.arguments) - len(args))
            yield f"    at{told} {full}: {_exact(row, full, settings)}"


def _exact(row: Elementwise, args: tuple[float, ...], settings: dict[str, Any]) -> str:
    """Return value and partials, as rationals where they are rational, alone and in an array."""
    numbers, given = arithmetic(exact=True), tuple(map(Fraction, args))
    out = numbers.value(row, given, settings, scalar=True)
    found = [out]
    found += [numbers.partial(row, k, out, given, settings) for k in range(len(row.partials))]
    arrays = tuple(np.array([arg], dtype=object) for arg in given)
    (entry,) = numbers.value(row, arrays, settings, scalar=False)
    assert _number(entry) == _number(out), (row.name, args)
    return ", ".join(map(_number, found))


def _number(value: Any) -> str:
    return str(value) if isinstance(value, Fraction) else f"{float(value) + 0.0:.10g}"


def _shapes(row: Structural) -> Iterator[str]:
    count = 2 if row.variadic else len(row.arguments)
    for shapes, settings in row.examples:
        yield f"    example {shapes} {settings}: {_shape(row, shapes, settings)}"
    for shapes in product(SHAPES, repeat=count) if not _asks(row) else ():
        yield f"    shape {shapes}: {_shape(row, shapes, {})}"


def _asks(row: Structural) -> bool:
    """Tell whether a row has settings without a meaningful default: a shape, a key."""
    return any(
        setting.kind in ("shape", "key") or (setting.kind == "integer" and setting.default is None)
        for setting in row.settings
    )


def _shape(row: Structural, shapes: tuple[Any, ...], settings: dict[str, Any]) -> str:
    try:
        return str(row.shape(*shapes, **complete_settings(row, settings, shapes)))
    except ShapeError as error:
        return f"{error.message_id} {error.fields}"


if __name__ == "__main__":
    RECORDED.write_text(facts(), "utf-8")
