"""Say whether two graphs are the same: the renaming, or the first difference in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.graph.formula import line_formula, node_formula, written_value
from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.entry_names import entry_name, places_of
from graphgrad.graph.zooms.renaming import Difference, Sameness
from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import entries, shape_text
from graphgrad.trace.trace import Trace
from graphgrad.views.text.numbers import number
from graphgrad.views.text.run_json import json_object

__all__ = ["same_json", "same_report"]

_MOST_NAMES = 60
_TOLERANCE = 1e-12


def same_report(first: Graph, second: Graph, found: Sameness) -> Iterator[str]:
    """Yield what a comparison has found, and what the numbers of both graphs say."""
    yield text(f"same.{found.level}" if found.same else "same.no")
    for which, rewrites in enumerate(found.rewrites, 1):
        for rewrite in rewrites if found.level == "rewrite" and found.same else ():
            key = "same.rewritten" if rewrite.because else "same.rewritten_number"
            yield "  " + text(key, which=which, **rewrite._asdict())
    if found.difference is not None:
        yield "  " + _in_words(first, second, found.difference)
        yield text("same.counts", first=_operations(first), second=_operations(second))
    else:
        yield from _renaming(first, second, found)
    yield from _numbers(first, second, found)


def _renaming(first: Graph, second: Graph, found: Sameness) -> Iterator[str]:
    pairs = _named_pairs(first, second, found)
    if not pairs:
        yield text("same.no_other_names")
        return
    yield ""
    yield text("same.renaming")
    width = max(len(name) for name, _ in pairs[:_MOST_NAMES])
    yield from (f"  {name.ljust(width)} → {other}" for name, other in pairs[:_MOST_NAMES])
    if len(pairs) > _MOST_NAMES:
        yield f"  … ({len(pairs)})"


def _named_pairs(first: Graph, second: Graph, found: Sameness) -> list[tuple[str, str]]:
    """Return the names that differ, where one of them is a line's."""
    lines = set(first.line_names), set(second.line_names)
    return [
        (name, other)
        for name, other in found.renaming.items()
        if name != other and (name in lines[0] or other in lines[1])
    ]


def _operations(graph: Graph) -> int:
    return sum(not graph.is_leaf(node) for node in range(len(graph)))


def _in_words(first: Graph, second: Graph, difference: Difference) -> str:
    """Return the first difference in words."""
    if difference.kind == "shared":
        once, twice = (first, second), difference.second
        if len(difference.first) > 1:
            once, twice = (second, first), difference.first
        key = "same.shared.first" if once[0] is first else "same.shared.second"
        one = difference.first if once[0] is first else difference.second
        names = [_written(once[1], node) for node in twice]
        return text(key, one=_written(once[0], one[0]), a=names[0], b=names[1])
    if difference.kind == "unused":
        return text(
            "same.unused",
            first=_names(first, difference.first),
            second=_names(second, difference.second),
        )
    node, other = difference.first[0], difference.second[0]
    return text("same.op", first=_written(first, node), second=_written(second, other))


def _names(graph: Graph, nodes: tuple[int, ...]) -> str:
    return ", ".join(graph.name(node) for node in nodes[:_MOST_NAMES]) or text("same.none")


def _written(graph: Graph, node: int) -> str:
    """Return a node as it is defined; a leaf with its role and shape."""
    name = graph.name(node)
    line = graph.line(graph.line_of(node))
    if graph.is_leaf(node):
        if graph.is_constant(node) and node != line.root:
            return written_value(graph, node).text
        role = text(f"role.{graph.role(node)}")
        shape = graph.columns.shape(node)
        return f"{name} ({role}{' ' + shape_text(shape) if shape else ''})"
    formula = line_formula(graph, line) if node == line.root else node_formula(graph, node)
    return f"{name} = {formula}"


# ---- numbers ----


def _numbers(first: Graph, second: Graph, found: Sameness) -> Iterator[str]:
    """Yield which values differ; of different graphs, whether they come to the same numbers."""
    if found.same:
        roles = [
            f"{name} ({text(f'role.{one}')}) → {renamed} ({text(f'role.{two}')})"
            for name, renamed, one, two in _roles(first, second, found)
        ]
        if roles:
            yield ""
            yield text("same.roles", names="; ".join(roles[:_MOST_NAMES]))
        other = [
            _different(name, renamed, a, b)
            for name, renamed, a, b in _leaves(first, second, found)
            if not _close(a, b)
        ]
        if other:
            yield ""
            yield text("same.values", names="; ".join(other[:_MOST_NAMES]))
        return
    agreed = _agreement(first, second)
    if agreed is not None:
        yield text("same.agree" if agreed else "same.disagree")


def _roles(first: Graph, second: Graph, found: Sameness) -> Iterator[tuple[str, str, str, str]]:
    for name, renamed in found.renaming.items():
        roles = first.role(first.find(name) or 0), second.role(second.find(renamed) or 0)
        if roles[0] != roles[1] and "loss" not in roles:
            yield name, renamed, *roles


def _leaves(first: Graph, second: Graph, found: Sameness) -> Iterator[tuple[str, str, Any, Any]]:
    for name, renamed in found.renaming.items():
        a, b = first.find(name), second.find(renamed)
        if a is not None and b is not None and a in first.defaults and b in second.defaults:
            yield name, renamed, first.defaults[a], second.defaults[b]


def _agreement(first: Graph, second: Graph) -> bool | None:
    """Tell whether two runs give one output and gradients alike by name; None if one cannot run."""
    if len(first.defaults) < _given(first) or len(second.defaults) < _given(second):
        return None
    one, two = record(first), record(second)
    if one.gradients.keys() != two.gradients.keys() or one.adjoints is None:
        return None
    values = _output(one), _output(two)
    pairs = [values, *((one.gradients[name], two.gradients[name]) for name in one.gradients)]
    return all(_close(a, b) for a, b in pairs)


def _given(graph: Graph) -> int:
    return sum(graph.is_leaf(node) for node in range(len(graph)))


def _output(trace: Trace) -> Any:
    return trace.values[trace.graph.output]


def _close(a: Any, b: Any) -> bool:
    """Tell whether two values agree to 12 digits."""
    a, b = ([to_float(x) for x in entries(v)] for v in (a, b))
    if len(a) != len(b):
        return False
    return all(
        x == y or abs(x - y) <= _TOLERANCE * max(1.0, abs(x), abs(y))
        for x, y in zip(a, b, strict=True)
    )


def _different(name: str, renamed: str, a: Any, b: Any) -> str:
    """Return two values that differ; of arrays of one shape the first entries that do."""
    shapes = [tuple(getattr(value, "shape", ())) for value in (a, b)]
    if shapes[0] != shapes[1]:
        return f"{name} = {_shown(a)}, {renamed} = {_shown(b)}"
    if not shapes[0]:
        return f"{name} = {number(float(a))}, {renamed} = {number(float(b))}"
    apart = [place for place in places_of(shapes[0]) if not _close(a[place], b[place])]
    at = apart[0]
    told = (
        f"{entry_name(name, at)} = {number(float(a[at]))}, "
        f"{entry_name(renamed, at)} = {number(float(b[at]))}"
    )
    if len(apart) == 1:
        return told
    shape = shape_text(shapes[0])
    return text("same.entries", told=told, count=len(apart), name=name, shape=shape)


def _shown(value: Any) -> str:
    return shape_text(value.shape) if hasattr(value, "shape") else number(to_float(value))


def same_json(first: Graph, second: Graph, found: Sameness) -> str:
    """Return what a comparison has found as one JSON object."""
    difference = found.difference
    data: dict[str, Any] = {
        "format": "graphgrad-same/1",
        "same": found.same,
        "aside": found.level if found.same else None,
        "operations": [_operations(first), _operations(second)],
        "renaming": found.renaming,
        "rewrites": [[rewrite._asdict() for rewrite in rewrites] for rewrites in found.rewrites],
        "difference": None,
        "agree": None if found.same else _agreement(first, second),
    }
    if difference is not None:
        data["difference"] = {
            "kind": difference.kind,
            "first": [first.name(node) for node in difference.first],
            "second": [second.name(node) for node in difference.second],
            "words": _in_words(first, second, difference),
        }
    return json_object(data)
