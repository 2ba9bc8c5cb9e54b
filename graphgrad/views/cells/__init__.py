r"""Graphs drawn in the character cells of a terminal.

Boxes stand in layers from left to right, every operand arrives on a row of its own, and all edges
of one source are one net: a trunk with branches. Plain data in, plain text and style tags out.

>>> boxes = [
...     CellBox(0, "w", ("v 2", "∇ -12"), ()),
...     CellBox(1, "x", ("v 3", "∇ -8"), ()),
...     CellBox(2, "z = w·x", ("v 6", "∇ -4"), (0, 1)),
... ]
>>> picture = paint(layout(boxes), current=2, active={(0, 2, 0)})
>>> print("\n".join(picture.lines))
┌ w ────┐
│ v 2   │━┓
│ ∇ -12 │ ┃ ╔ z = w·x ╗
└───────┘ ┗━║ v 6     ║
┌ x ────┐ ╭─║ ∇ -4    ║
│ v 3   │─╯ ╚═════════╝
│ ∇ -8  │
└───────┘
>>> picture.owner(10, 2), picture.owner(12, 2)
(Owner(kind='net', key=0), Owner(kind='box', key=2))
>>> [(run.text, run.tag) for run in picture.runs(3, start=10, stop=17)]
[('┗━', 'net.active'), ('║ ', 'box.current'), ('v 6', 'value.current')]
"""

from graphgrad.views.cells.focus import Surroundings, neighbourhood
from graphgrad.views.cells.groups import Collapsed, collapse
from graphgrad.views.cells.margins import EdgeTag, Side, View, viewport_tags
from graphgrad.views.cells.model import (
    CellBox,
    CellLayout,
    Charset,
    Net,
    PlacedBox,
    Port,
    Run,
    Size,
    relabel,
)
from graphgrad.views.cells.overview import minimap
from graphgrad.views.cells.picture import CellPicture, CellRun, paint
from graphgrad.views.cells.placing import layout
from graphgrad.views.cells.spelling import ascii_text
from graphgrad.views.cells.wiring import Owner

__all__ = [
    "CellBox",
    "CellLayout",
    "CellPicture",
    "CellRun",
    "Charset",
    "Collapsed",
    "EdgeTag",
    "Net",
    "Owner",
    "PlacedBox",
    "Port",
    "Run",
    "Side",
    "Size",
    "Surroundings",
    "View",
    "ascii_text",
    "collapse",
    "layout",
    "minimap",
    "neighbourhood",
    "paint",
    "relabel",
    "viewport_tags",
]
