"""How times grow with the size of what is done: each step at sizes from a hundred to thousands."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from time import process_time
from typing import Any

import graphgrad as gg
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.derive.gradient import gradient_lines
from graphgrad.views.cells.ink import paint
from graphgrad.views.cells.placing import layout
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.run_boxes import cell_boxes

__all__ = ["curves"]

SIZES = (100, 300, 1_000, 3_000, 10_000)
_LARGEST = {
    "show, a chain": 1_000,
    "show, one sum of all": 1_000,
    "symbolic gradient, written": 3_000,
    "render to SVG, a chain": 3_000,
}
REPEATS = 3


def chain_text(count: int) -> str:
    """Return a file of so many lines."""
    lines = ["input x = 0.5", "param w = 0.9"]
    before = "x"
    for at in range(count):
        lines.append(f"h{at} = tanh(w*{before} + 0.1)")
        before = f"h{at}"
    return "\n".join(lines)


def fan_out(count: int) -> Any:
    """Return the end of x_{i+1} = x_i*x_i + x_{i-1}."""
    a, b = gg.param("x0", 0.01), gg.param("x1", 0.01)
    for _ in range(count):
        a, b = b, b * b + a
    return b


def wide_text(count: int) -> str:
    """Return a file in which one line reads that many others."""
    lines = [f"input x{at} = 0.5" for at in range(count)]
    terms = " + ".join(f"x{at}" for at in range(count))
    return "\n".join([*lines, f"y = {terms}"])


def shown(graph: Any) -> Any:
    """Draw a graph in characters, as `graphgrad show` does."""
    boxes = cell_boxes(gg.trace(graph), "line")
    return paint(layout(boxes, size="full", charset="unicode", fit=120), charset="unicode")


def recorded(count: int) -> None:
    """Build a graph of handles and go back through it."""
    fan_out(count).backward()


def _made(count: int) -> dict[str, Callable[[], Any]]:
    """Return the steps at a size; graphs are made before the clock runs."""
    text = chain_text(count)
    graph, wide, end = read_gg(text), read_gg(wide_text(min(count, 1_000))), fan_out(count // 2)
    shared = end.graph()
    return {
        "read a file": lambda: read_gg(text),
        "record and backward": partial(recorded, count // 2),
        "freeze": end.graph,
        "run": lambda: gg.trace(graph),
        "steps": lambda: len(gg.trace(graph).steps),
        "gradient graph": lambda: gg.gradient_graph(shared),
        "symbolic gradient, written": lambda: gradient_lines(graph),
        "show, a chain": lambda: shown(graph),
        "show, one sum of all": lambda: shown(wide),
        "render to SVG, a chain": lambda: svg_of(scene_of(gg.trace(graph), SceneOptions())),
    }


def curves() -> dict[str, list[list[float]]]:
    """Return per step the sizes and the least processor seconds at each."""
    found: dict[str, list[list[float]]] = {}
    for size in SIZES:
        for name, step in _made(size).items():
            if size > _LARGEST.get(name, size):
                continue
            sizes, seconds = found.setdefault(name, [[], []])
            sizes.append(size)
            seconds.append(_least(step))
    return found


def _least(step: Callable[[], Any]) -> float:
    gc.collect()
    least = float("inf")
    for _ in range(REPEATS):
        start = process_time()
        step()
        least = min(least, process_time() - start)
    return least
