"""Build the graph of an exercise with the values of one variant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.errors import GraphgradError
from graphgrad.exercises.files.exercise import Exercise
from graphgrad.graph.copying import with_values
from graphgrad.graph.graph import Graph
from graphgrad.source.gg import read_gg

__all__ = ["graph_of", "source_of", "spelled"]


def graph_of(exercise: Exercise, values: Mapping[str, Any]) -> Graph:
    """Return the graph of an exercise.

    Args:
        exercise: the exercise.
        values: of its drawn variables.

    Raises:
        SourceError: if a formula is wrong, with its place in the exercise file.
    """
    if exercise.source:
        return _with_values(exercise, values)
    graph = _read(exercise, values, "output")
    if exercise.loss or graph.columns.shape(graph.output):
        return graph if not exercise.loss else _read(exercise, values, "loss")
    return _read(exercise, values, "loss")


def _with_values(exercise: Exercise, values: Mapping[str, Any]) -> Graph:
    """Return the graph of a whole file with the values of the exercise's variables.

    Raises:
        SourceError: if it has no such leaf.
    """
    graph = read_gg(exercise.source, path=exercise.path)
    point = {}
    for variable in exercise.variables:
        value = variable.value if variable.value is not None else values.get(variable.name)
        line = graph.line_index.get(variable.name)
        if line is None or not graph.is_leaf(graph.line(line).root):
            raise exercise.error("classroom.var.no_leaf", variable.line, name=variable.name)
        if value is not None:
            point[variable.name] = value
    graph = with_values(graph, point)
    return _unrolled(exercise, graph) if exercise.updates else graph


def _unrolled(exercise: Exercise, graph: Graph) -> Graph:
    """Return the first updates of the training that a file describes, as one graph."""
    from graphgrad.layers.training.recipe import check_recipe  # most exercises train nothing
    from graphgrad.layers.training.step_graph import step_graph

    if graph.heading.recipe is None:
        line = next((k for k, t in enumerate(exercise.lines, 1) if t.startswith("updates")), 1)
        raise exercise.error("classroom.file.no_train", line)
    return step_graph(graph, check_recipe(graph.heading.recipe), exercise.updates)


def source_of(exercise: Exercise, values: Mapping[str, Any], output: str = "output") -> str:
    """Return the exercise as the text of a `.gg` file."""
    return "\n".join(line for line, _ in _lines(exercise, values, output)) + "\n"


def _read(exercise: Exercise, values: Mapping[str, Any], output: str) -> Graph:
    lines = _lines(exercise, values, output)
    try:
        return read_gg("\n".join(line for line, _ in lines), path=exercise.path)
    except GraphgradError as error:
        raise _replaced(error, exercise, [place for _, place in lines]) from None


def _lines(exercise: Exercise, values: Mapping[str, Any], output: str) -> list[tuple[str, int]]:
    """Return the lines of the graph's text, each with its line in the exercise file."""
    title = exercise.title.replace('"', "'").replace("#", "")
    lines: list[tuple[str, int]] = [("gg 1", 1)]
    if title.strip():
        lines.append((f'title "{title}"', 1))
    for variable in exercise.variables:
        value = variable.value if variable.value is not None else values.get(variable.name)
        given = "" if value is None else f" = {spelled(value)}"
        lines.append((f"{variable.role} {variable.name}{given}", variable.line))
    lines += [(f"assume {text}", 1) for text in exercise.assumptions]
    for line in exercise.definitions:
        written = line.text or f"{line.name} = {line.formula}"
        rows = written.split("\n") if line.text else [written]
        lines += [(row, line.line + k) for k, row in enumerate(rows)]
    last = exercise.loss or _last_derived(exercise)
    if last:
        lines.append((f"{output} {last}", 1))
    return lines


def _last_derived(exercise: Exercise) -> str:
    """Return the latest line that a step derives; the last line where none does."""
    derived = {step.id[1:].partition("/")[0] for step in exercise.steps if "/" in step.id}
    names = [line.name for line in exercise.definitions if not line.text]
    found = [name for name in names if name in derived]
    return found[-1] if found else (names[-1] if names else "")


def spelled(value: Any) -> str:
    """Return an exact value as `.gg` files write it.

    >>> from fractions import Fraction
    >>> spelled(Fraction(-1, 2))
    '-1/2'
    """
    if getattr(value, "shape", ()):
        return f"[{', '.join(spelled(entry) for entry in value)}]"
    return str(value)


def _replaced(error: GraphgradError, exercise: Exercise, places: list[int]) -> GraphgradError:
    """Return an error with its place in the exercise file."""
    place = error.place
    if place is None or not 1 <= place.line <= len(places):
        error.place = place and exercise.place(1)
        return error
    for around in error.within:
        line = around.fields.get("line", 0)
        if 1 <= line <= len(places):
            around.fields["line"] = places[line - 1]
    number = places[place.line - 1]
    text = exercise.lines[number - 1] if 1 <= number <= len(exercise.lines) else place.text
    name, equals, formula = place.text.partition(" = ")
    start = text.find(formula) if equals and formula else -1
    before = len(name) + len(equals)
    if start >= 0 and place.column > before:
        column = start + place.column - before
        error.place = place._replace(line=number, column=column, text=text, path=exercise.path)
    else:
        error.place = exercise.place(number)
    return error
