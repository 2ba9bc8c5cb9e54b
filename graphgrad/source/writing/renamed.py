"""Cut lines of a graph into a line per node, and give lines names that a file can have."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.source.statements import KEYWORDS
from graphgrad.source.writing.line_check import is_line_name, lines_to_split

__all__ = ["Writable", "writable"]

_UNFIT = re.compile(r"\W+")


class Writable(NamedTuple):
    """A graph whose lines can be written, each as one statement.

    Attributes:
        graph: with the same nodes.
        renamed: the names that could not be kept, with the new ones.
        parts: the names of lines that are parts of another line's formula.
    """

    graph: Graph
    renamed: dict[str, str]
    parts: tuple[str, ...]


def writable(graph: Graph) -> Writable:
    """Return a graph with the same nodes whose lines a file can hold."""
    names, renamed = list(graph.line_names), {}
    labelled = {names[index] for index in graph.labels} & KEYWORDS
    taken = {name for name in names if name not in labelled and is_line_name(name)}
    kept = set(taken)
    taken |= labelled
    for place, name in enumerate(names):
        if name not in kept:
            names[place] = renamed[name] = _unused(name, taken)
    named = _with_lines(graph, graph.line_ends, names, graph.line_groups, graph.labels)
    split = lines_to_split(named)
    if not split:
        return Writable(named, renamed, ())
    ends, names, groups, labels = array("I"), list[str](), array("I"), dict[int, str]()
    parts: list[str] = []
    for line in named.lines():
        for node in line.nodes if line.index in split else (line.root,):
            if node == line.root:
                names.append(line.name)
                if line.label:
                    labels[len(ends)] = line.label
            else:
                names.append(_unused(named.name(node), taken))
                parts.append(names[-1])
            ends.append(node + 1)
            groups.append(named.line_groups[line.index])
    return Writable(_with_lines(named, ends, names, groups, labels), renamed, tuple(parts))


def _unused(name: str, taken: set[str]) -> str:
    """Return a name for files that is like another one, and take it."""
    found = next(known for known in _attempts(name) if known not in taken and is_line_name(known))
    taken.add(found)
    return found


def _attempts(name: str) -> Iterator[str]:
    plain = _UNFIT.sub("_", name).strip("_") or "v"
    plain = plain if is_line_name(plain) else f"v_{plain}"
    plain = plain if is_line_name(plain) else "v"
    yield plain
    count = 2
    while True:
        yield f"{plain}_{count}"
        count += 1


def _with_lines(
    graph: Graph,
    ends: array[int],
    names: list[str],
    groups: array[int],
    labels: dict[int, str],
) -> Graph:
    return Graph(
        graph.columns,
        ends,
        names,
        groups,
        graph.groups,
        labels,
        graph.defaults,
        output=graph.output,
        loss=graph.has_loss,
        heading=replace(graph.heading, places=array("I"), blocks=()),
    )
