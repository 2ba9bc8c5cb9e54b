"""The lecture's graphs look as they did when somebody last looked at them.

`UPDATE_GOLDEN=1 pytest tests/views/cells/test_golden.py` writes the files anew; look at them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from graphgrad.views.cells.boxes import CellBox
from graphgrad.views.cells.groups import neighbourhood
from graphgrad.views.cells.ink import paint
from graphgrad.views.cells.placing import layout
from tests.views.cells.graphs import REGRESSION, SKIP, XOR, network

if TYPE_CHECKING:
    from graphgrad.views.cells.boxes import Size
    from graphgrad.views.cells.characters import Charset

GOLDEN: Final = Path(__file__).parent / "golden"
GRAPHS: Final = {
    "regression": REGRESSION,
    "skip": SKIP,
    "xor": XOR,
    "focus": neighbourhood(network((3, 8, 1)), 1, hops=2),
}
KEYS: Final = {
    name: {box.title.split(" ")[0]: box.key for box in boxes} for name, boxes in GRAPHS.items()
}
COLUMNS: Final = {"regression": 76, "skip": 76, "xor": 120, "focus": 76}
# What the golden pictures show: the backward step through one box.
CURRENT: Final = {"regression": "ŷ", "skip": "w1", "xor": "x1", "focus": "x1"}


def active_edges(boxes: tuple[CellBox, ...], current: int) -> frozenset[tuple[int, int, int]]:
    """The edges that leave the current box, as in its accumulation."""
    return frozenset(
        (current, box.key, slot)
        for box in boxes
        for slot, source in enumerate(box.sources)
        if source == current
    )


def golden_text(name: str, size: Size, charset: Charset) -> str:
    boxes = GRAPHS[name]
    current = KEYS[name][CURRENT[name]]
    drawn = layout(boxes, size=size, charset=charset, fit=COLUMNS[name])
    picture = paint(drawn, current=current, active=active_edges(boxes, current))
    return "\n".join(picture.lines) + "\n"


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize("size", ["full", "compact", "mini"])
@pytest.mark.parametrize("charset", ["unicode", "ascii"])
def test_picture_is_as_it_was(name: str, size: Size, charset: Charset) -> None:
    text = golden_text(name, size, charset)
    path = GOLDEN / f"{name}-{size}-{charset}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("name", "columns", "rows"), [("regression", 76, 20), ("skip", 76, 20)])
def test_small_graphs_fit_a_small_terminal(name: str, columns: int, rows: int) -> None:
    for charset in ("unicode", "ascii"):
        lines = golden_text(name, "full", charset).splitlines()
        assert max(map(len, lines)) <= columns
        assert len(lines) <= rows


def test_xor_fits_a_wide_terminal_and_its_compact_form_a_small_one() -> None:
    drawn = layout(XOR)
    assert drawn.width <= 120
    assert drawn.height <= 30
    named = [CellBox(b.key, b.title.split(" ")[0], b.rows, b.sources) for b in XOR]
    drawn = layout(named, size="compact", fit=70)
    assert drawn.width <= 70
    assert drawn.height <= 20


def test_picture_does_not_depend_on_the_hash_seed() -> None:
    program = (
        "from tests.views.cells.graphs import random_graph\n"
        "from graphgrad.views.cells.placing import layout\n"
        "from graphgrad.views.cells.ink import paint\n"
        "print(repr(layout(random_graph(120, 20, 3)).nets))"
    )
    outputs = {
        subprocess.run(  # the program is the one above
            [sys.executable, "-c", program],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(Path(__file__).parents[3]),
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
