"""Say what the lines of unrolled updates are: whose derivative, and how answers name them.

``step 2: dL/dw``, ``step 2: g`` and ``g[2]`` are one line.
"""

from __future__ import annotations

from collections.abc import Iterator

from graphgrad.exercises.reading.asked_words import step_key
from graphgrad.graph.blocks import StepLine
from graphgrad.graph.graph import Graph

__all__ = ["differentiated", "step_line", "step_names"]

_ALSO = {"m": ("v", "velocity", "velocidad"), "v": ("s", "r", "G"), "r": ("s", "v", "G")}
"""Other letters of what an optimizer keeps, where it keeps nothing of that name."""
_RATES = ("rate", "eta", "lr", "alpha", "tasa")


def step_line(graph: Graph, name: str) -> StepLine | None:
    """Return what a line is in an update; None where nothing is unrolled."""
    return next((line for line in graph.heading.steps if line.line == name), None)


def differentiated(graph: Graph, line: int) -> tuple[int, int] | None:
    """Return of which line in which other line a line is the derivative; None for other lines."""
    found = step_line(graph, graph.line_names[line])
    if found is None or not found.of:
        return None
    of, wrt = graph.line_index.get(found.of), graph.line_index.get(found.wrt)
    return None if of is None or wrt is None else (of, wrt)


def step_names(graph: Graph) -> dict[tuple[str, int], str]:
    """Return the line that each name means in an update, by the name's key and the update.

    What means several lines, as m where two parameters have one, means none.
    """
    lines = graph.heading.steps
    parts = {line.part for line in lines}
    parameters = {line.name for line in lines if line.part == "new"}
    output = graph.name(graph.output).partition("[")[0]
    found: dict[tuple[str, int], str] = {}
    double = set()
    for line in lines:
        if not line.number:
            continue
        for name in _spellings(line, parts, output, alone=len(parameters) == 1):
            key = step_key(name, line.beside), line.number
            if found.setdefault(key, line.line) != line.line:
                double.add(key)
    return {key: line for key, line in found.items() if key not in double}


def _spellings(line: StepLine, parts: set[str], output: str, *, alone: bool) -> Iterator[str]:
    """Yield what a line is called in its update."""
    part, name = line.part, line.name
    if part == "rate":
        yield from _RATES
    elif part in ("value", "inner", "new"):
        yield name
        yield f"new {name}"
    elif part in ("adjoint", "g"):
        yield f"d{output}/d{name}"
        yield f"delta_{name}"
        if part == "g":
            yield from _of(("g", "grad"), name, alone=alone)
    else:
        others = _ALSO.get(part, ()) if not parts & {"m_hat", "v_hat"} else ()
        yield from _of((part, *(o for o in others if o not in parts)), name, alone=alone)


def _of(parts: tuple[str, ...], name: str, *, alone: bool) -> Iterator[str]:
    for part in parts:
        yield from (f"{part}_{name}", f"{name}.{part}", f"{part}({name})")
        if alone:
            yield part
