"""Graphs to draw: the lecture's, and random ones."""

from __future__ import annotations

import random
from typing import Final

from hypothesis import strategies as st

from graphgrad.views.cells.boxes import CellBox


def _rows(value: object, adjoint: object) -> tuple[str, str]:
    return (f"v {value}", f"∇ {adjoint}")


def named(*lines: tuple[str, object, object, str]) -> tuple[CellBox, ...]:
    """Boxes from `(title, value, adjoint, operands)`; a name is what stands before `=`."""
    keys: dict[str, int] = {}
    boxes: list[CellBox] = []
    for title, value, adjoint, operands in lines:
        sources = tuple(keys[name] for name in operands.split())
        keys[title.split(" ")[0]] = len(boxes)
        boxes.append(CellBox(len(boxes), title, _rows(value, adjoint), sources))
    return tuple(boxes)


REGRESSION: Final = named(
    ("x", 3, -8, ""),
    ("y", 9, 4, ""),
    ("w", 2, -12, ""),
    ("b", 1, -4, ""),
    ("z = w·x", 6, -4, "w x"),
    ("ŷ = z + b", 7, -4, "z b"),
    ("e = ŷ − y", -2, -4, "ŷ y"),
    ("L = e²", 4, 1, "e"),
)

# w1 is shared and X skips: z1 = w1 X, s = z1 + X, z2 = w2 s, t = z1 + z2, ŷ = w1 t.
SKIP: Final = named(
    ("X", 2, 2.5, ""),
    ("w1", 0.5, 14, ""),
    ("w2", 3, 1.5, ""),
    ("z1 = w1·X", 1, 2, "w1 X"),
    ("s = z1 + X", 3, 1.5, "z1 X"),
    ("z2 = w2·s", 9, 0.5, "w2 s"),
    ("t = z1 + z2", 10, 0.5, "z1 z2"),
    ("ŷ = w1·t", 5, 1, "w1 t"),
)

# The 2-2-1 network of the lectures at x = (0, 1), y = 1.
XOR: Final = named(
    ("x1", 0, -0.06996, ""),
    ("x2", 1, -0.02903, ""),
    ("w11", 0.96, 0, ""),
    ("w12", 0.89, 0, ""),
    ("w21", 0.28, -0.05588, ""),
    ("w22", 0.73, -0.01834, ""),
    ("v1", 0.6, -0.2163, ""),
    ("v2", 0.22, -0.2563, ""),
    ("y", 1, -0.4902, ""),
    ("h1 = σ(w11·x1 + w21·x2)", 0.5695, -0.2279, "w11 x1 w21 x2"),
    ("h2 = σ(w12·x1 + w22·x2)", 0.6748, -0.08357, "w12 x1 w22 x2"),
    ("ŷ = σ(v1·h1 + v2·h2)", 0.6201, -1.613, "v1 h1 v2 h2"),
    ("L = BCE(y, ŷ)", 0.4778, 1, "y ŷ"),
)


def network(sizes: tuple[int, ...]) -> tuple[CellBox, ...]:
    """A dense sigmoid network, one box per operation."""
    boxes: list[CellBox] = []

    def add(title: str, *sources: int) -> int:
        boxes.append(CellBox(len(boxes), title, _rows(0.5, -0.25), sources))
        return len(boxes) - 1

    units = [add(f"x{i}") for i in range(sizes[0])]
    for layer, width in enumerate(sizes[1:], 1):
        following: list[int] = []
        for unit in range(width):
            total = add(f"b{layer}{unit}")
            for index, source in enumerate(units):
                total = add("+", total, add("×", add(f"w{layer}{index}{unit}"), source))
            following.append(add("σ", total))
        units = following
    error = add("−", units[0], add("y"))
    add("² L", error)
    return tuple(boxes)


def random_graph(count: int, reach: int, draw: int) -> tuple[CellBox, ...]:
    """Boxes whose operands, often repeated, lie at most `reach` boxes back."""
    source = random.Random(draw)
    boxes: list[CellBox] = []
    for key in range(count):
        arity = source.choice((0, 1, 2, 2, 2, 3)) if key else 0
        low = max(0, key - reach)
        sources = tuple(source.randrange(low, key) for _ in range(arity))
        boxes.append(CellBox(key, f"n{key}", _rows(0.5, -0.25), sources))
    return tuple(boxes)


TEXTS: Final = st.text(alphabet="wxyz ·∇σŷ²₁層é\u0302\u200b\x1b-=|+┤■", min_size=0, max_size=9)


@st.composite
def graphs(draw: st.DrawFn, most: int = 40) -> tuple[CellBox, ...]:
    """Random graphs with shared boxes, repeated operands, loose ends and many operands."""
    count = draw(st.integers(1, most))
    reach = draw(st.sampled_from((1, 3, 10, most)))
    boxes: list[CellBox] = []
    for key in range(count):
        earlier = st.integers(max(0, key - reach), key - 1)
        sources = draw(st.lists(earlier, max_size=draw(st.sampled_from((2, 2, 5))))) if key else []
        title = draw(TEXTS)
        rows = tuple(draw(st.lists(TEXTS, max_size=3)))
        boxes.append(CellBox(key, title, rows, tuple(sources)))
    return tuple(boxes)
