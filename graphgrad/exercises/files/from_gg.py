"""Take a `.gg` file as an exercise: every line is asked for, then every derivative."""

from __future__ import annotations

import os
from pathlib import Path

from graphgrad.exercises.files.model import Exercise, Part, Step
from graphgrad.graph.graph import Graph
from graphgrad.source.gg import load, read_gg
from graphgrad.source.text import read_text

__all__ = ["exercise_of_gg", "exercise_of_text", "targets_of"]


def exercise_of_gg(path: str | os.PathLike[str], asked: tuple[str, ...] = ()) -> Exercise:
    """Return the exercise that a `.gg` file is.

    Args:
        path: the file.
        asked: the steps; all where none is named.

    Raises:
        FileError: if the file cannot be read; SourceError if it is not valid.
    """
    return _exercise(load(path), read_text(path), str(path), asked)


def exercise_of_text(text: str, path: str = "", asked: tuple[str, ...] = ()) -> Exercise:
    """Return the exercise that the text of a `.gg` file is.

    Raises:
        SourceError: if it is not valid.
    """
    return _exercise(read_gg(text, path=path), text, path, asked)


def _exercise(graph: Graph, text: str, path: str, asked: tuple[str, ...]) -> Exercise:
    steps = tuple(Step(name, name) for name in asked or targets_of(graph))
    return Exercise(
        Path(path).stem or "exercise",
        path,
        title=graph.heading.title,
        assumptions=graph.heading.assumptions,
        steps=steps,
        parts=tuple(Part("step", step=number) for number in range(len(steps))),
        source=text,
        lines=tuple(text.split("\n")),
    )


def targets_of(graph: Graph) -> list[str]:
    """Return the computed lines, then the derivatives of a scalar output, as on the board."""
    lines = list(graph.lines())
    computed = [line for line in lines if not graph.is_leaf(line.root)]
    found = [line.name for line in computed]
    if graph.columns.shape(graph.output):
        return found
    output = graph.name(graph.output)
    roles = {graph.role(line.root) for line in lines}
    left = "input" if "parameter" in roles else ""
    for line in reversed(lines):
        root = line.root
        if root != graph.output and graph.variable[root] and graph.role(root) != left:
            found.append(f"d{output}/d{line.name}")
    return found
