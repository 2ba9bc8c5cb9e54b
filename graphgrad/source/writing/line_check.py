"""Tell which lines of a graph can be written as one formula each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from graphgrad.errors import GraphgradError
from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph, Line
from graphgrad.graph.inputs import read_from_outside
from graphgrad.ops.shapes import shape_text
from graphgrad.source.gg import read_gg
from graphgrad.source.statements import read_statement
from graphgrad.source.writing.value_texts import content

__all__ = ["is_group_name", "is_line_name", "lines_to_split"]

_OUTSIDE = frozenset({"pi", "π", "T"})
"""Words of formulas that a file may declare, and that would then mean something else in it."""
_NUMBERED = re.compile(r"_[1-9]\d*$|\[[1-9]\d*\]$")


def is_line_name(name: str) -> bool:
    """Tell whether a file can define a line of a name and read it.

    >>> is_line_name("w_1"), is_line_name("my weight"), is_line_name("x₁")
    (True, False, False)
    """
    return _is_line_name(_NUMBERED.sub(lambda found: "[1]" if "[" in found[0] else "_1", name))


@lru_cache(maxsize=4096)
def _is_line_name(name: str) -> bool:
    """Tell it of a name, which has 1 for whatever number it ends in."""
    try:
        graph = read_gg(f"input {name}\noutput y_ = tanh({name})")
    except GraphgradError:
        return False
    return name not in _OUTSIDE and graph.line_names[0] == name and len(graph) == 2


def is_group_name(name: str) -> bool:
    """Tell whether a header can name a group."""
    try:
        from graphgrad.expr.dialect import STRICT

        return read_statement(f"[{name}]", STRICT).name == name
    except GraphgradError:
        return False


def lines_to_split(graph: Graph) -> set[int]:
    """Return the lines whose nodes need a line each, by position.

    Those are lines whose formula is read back otherwise, such as one that uses a part twice, and
    lines of which a part is read elsewhere.
    """
    roots = {line.root for line in graph.lines()}
    found: set[int] = set()
    for line in graph.lines():
        outside = read_from_outside(graph, line)
        found.update(graph.line_of(node) for node in outside if node not in roots)
        if len(line.nodes) > 1 and not _reads_back(graph, line, outside):
            found.add(line.index)
    return found


def _reads_back(graph: Graph, line: Line, outside: Iterable[int]) -> bool:
    """Tell whether reading a line's formula gives its nodes again."""
    known = {}
    text = []
    for count, node in enumerate(outside):
        shape = graph.columns.shape(node)
        text.append(f"input {graph.name(node)}{': ' + shape_text(shape) if shape else ''}")
        known[node] = count
    text.append(f"output {line.name} = {line_formula(graph, line, exact=True)}")
    try:
        read = read_gg("\n".join(text))
    except GraphgradError:
        return False
    if len(read) != len(known) + len(line.nodes):
        return False
    known |= {node: len(known) + at for at, node in enumerate(line.nodes)}
    return all(_same_node(graph, node, read, known) for node in line.nodes)


def _same_node(graph: Graph, node: int, read: Graph, known: dict[int, int]) -> bool:
    one, two, other = graph.columns, read.columns, known[node]
    parents = [known.get(parent, -1) for parent in one.parents_of(node)]
    return (
        one.codes[node] == two.codes[other]
        and one.settings_of(node) == two.settings_of(other)
        and one.shape(node) == two.shape(other)
        and parents == list(two.parents_of(other))
        and content(graph.defaults.get(node)) == content(read.defaults.get(other))
    )
