"""Turn arguments and options into a graph, a point and a trace."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from graphgrad.cli.kinds import near
from graphgrad.errors import GraphgradError, SourceError, UsageError
from graphgrad.expr import STRICT
from graphgrad.graph.graph import Graph
from graphgrad.source import load, read_gg
from graphgrad.source.leaves import literal
from graphgrad.source.text import decode

__all__ = ["check_names", "read_graph", "read_point", "seed_value"]


def read_graph(
    file: str | None,
    expression: str | None = None,
    *,
    row: int | None = None,
    point: dict[str, Any] | None = None,
) -> Graph:
    """Read FILE, standard input (``-``) or the text of ``-e``.

    Args:
        file: a path, ``-``, or None.
        expression: the text of ``-e``, or None.
        row: which row of the file's data to use.
        point: values given on the command line: an array among them declares the shape of an
            input of ``-e`` that has none.

    Raises:
        UsageError: if there is neither or both; else as `graphgrad.source.load`.
    """
    if file is not None and expression is not None:
        raise UsageError("usage.two_sources", file=file)
    if expression is not None:
        return _read_expression(expression, point or {})
    if file is None:
        raise UsageError("usage.no_source")
    if file != "-":
        return load(file, row=row)
    try:
        return read_gg(decode(sys.stdin.buffer.read(), "-"), row=row)
    except GraphgradError as error:
        raise error.in_file("-") from None


def read_point(settings: Iterable[str]) -> dict[str, Any]:
    """Return the values of ``--set NAME=VALUE``, exact.

    Raises:
        UsageError: if one is not written as a name and a value, or a name comes twice.

    >>> read_point(["w=2", "b=1/3"])
    {'w': Fraction(2, 1), 'b': Fraction(1, 3)}
    """
    point: dict[str, Any] = {}
    for setting in settings:
        name, equals, value = (part.strip() for part in setting.partition("="))
        if not (equals and name and value):
            raise UsageError("usage.setting", got=setting)
        if name in point:
            raise UsageError("usage.setting_twice", name=name)
        point[name] = written_value(f"--set {name}", value, example=f"{name}=2")
    return point


def seed_value(seed: str | None) -> Any:
    """Return the value of ``--seed``, exact, or None."""
    return None if seed is None else written_value("--seed", seed, example="--seed '[1, 0]'")


def written_value(option: str, value: str, *, example: str) -> Any:
    """Return a written-out number or array.

    Raises:
        UsageError: if the text is none.
    """
    try:
        return literal(value, STRICT)
    except SourceError as error:
        why = error.body(None).rstrip(".")
        raise UsageError(
            "usage.value", option=option, got=value, why=why, example=example
        ) from None


def check_names(graph: Graph, point: Iterable[str], wrt: Iterable[str] = ()) -> None:
    """Refuse names that the graph does not have, with names near them.

    Raises:
        UsageError: for a name of ``--set`` that is no leaf or of ``--wrt`` that is no line.
    """
    leaves = [line.name for line in graph.lines() if graph.is_leaf(line.root)]
    for name in point:
        if name in leaves:
            continue
        known = ", ".join(leaves)
        if graph.find(name) is not None:
            raise UsageError("usage.setting_computed", name=name, known=known)
        raise UsageError(
            "usage.setting_unknown", name=name, known=known, near=near(name, leaves)
        )
    for name in wrt:
        find_line(graph, name)


def find_line(graph: Graph, name: str) -> int:
    """Return the node of a name that the user wrote.

    Raises:
        UsageError: if there is none, with names near it.
    """
    node = graph.find(name)
    if node is None:
        names = graph.line_names
        shown = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
        raise UsageError("name.unknown", name=name, near=near(name, names), known=shown)
    return node


def _read_expression(expression: str, point: dict[str, Any]) -> Graph:
    """Read the text of ``-e``; inputs given as arrays are declared in front of it."""
    shapes = {name: value.shape for name, value in point.items() if hasattr(value, "shape")}
    before = [f"input {name}: {'x'.join(map(str, shape))}" for name, shape in shapes.items()]
    try:
        return read_gg("\n".join([*before, expression]), free_inputs=True)
    except GraphgradError as error:
        if before and error.place is not None:
            error.place = error.place.__class__(
                error.place.line - len(before),
                error.place.column,
                error.place.text,
                "-e",
                error.place.length,
            )
        raise error.in_file("-e") from None
