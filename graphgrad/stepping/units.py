"""List the units of a layer: a row per neuron with its numbers and its weights as shades."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from graphgrad.graph.depth import closed_groups
from graphgrad.graph.groups import groups_around
from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import to_float
from graphgrad.stepping.heat import strip
from graphgrad.stepping.known_text import UNKNOWN
from graphgrad.views.text.numbers import number, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphgrad.graph.graph import Graph
    from graphgrad.ops.shapes import Shape
    from graphgrad.trace.trace import State

__all__ = ["UnitColumn", "unit_columns", "unit_lines"]

MOST_UNITS = 1_000
_SHORTER = ((4, True), (3, True), (3, False), (2, False))
"""Digits, and whether the adjoints of parameters are told too, the most first."""
_FEWEST = 2
_MORE = "…"
_NARROWEST = 6
_GAP = 2
_NUMBER = 3
_MOST_SHADES = 100
_Cell = tuple[str, str]
"""A value, and an adjoint that may be empty."""
_NUMBERED = re.compile(r"(.*?)[_\[]?(?<!\d)(?<!\d[_,])(\d++(?:[_,]\d++)*+)\]?")


class UnitColumn(NamedTuple):
    """What is told of every unit: a number, or its weights.

    Attributes:
        name: of the array, or of the family of lines.
        nodes: the node of each unit; one node for all of them if it is an array.
        is_weights: whether each unit has a row of numbers.
        channels: the axis of the units, where each of them is a kernel or a map and its range of
            numbers is told.
    """

    name: str
    nodes: tuple[tuple[int, ...], ...]
    is_weights: bool
    channels: int | None = None


def unit_lines(state: State, node: int, width: int) -> list[str]:
    """Return a heading and a row per unit of the layer of a node; nothing where there is none.

    Args:
        state: the moment.
        node: a node of the layer.
        width: the cells of a row; dots end weights that go on.
    """
    columns = unit_columns(state.trace.graph, node)
    columns.sort(key=lambda column: (column.is_weights, _is_asked(column, node)))
    count = max((len(column.nodes) for column in columns), default=0)
    if count < _FEWEST and not any(column.is_weights for column in columns):
        return []
    rows = _fitting(state, columns, width)
    note = [text("units.first_row")] if any(_is_batch(state, column) for column in columns) else []
    return [*rows, *note]


def _is_asked(column: UnitColumn, node: int) -> bool:
    """Tell whether channels are those of the node itself: the last column is the last to go."""
    return column.channels is not None and column.nodes[0][0] == node


def _fitting(state: State, columns: list[UnitColumn], width: int) -> list[str]:
    """Return the fullest table that fits: at last adjoints below values, and columns left out."""
    shades = [_shades(state, column) if column.is_weights else [] for column in columns]
    for digits, both in _SHORTER:
        told = [
            shaded or _cells(state, column, digits, of_leaves=both)
            for column, shaded in zip(columns, shades, strict=True)
        ]
        rows = _table(
            columns, [[" ".join(cell).strip() for cell in cells] for cells in told], width
        )
        if max(map(len, rows)) <= width:
            return rows
    for first in range(len(columns)):
        kept = columns[first:]
        upper, lower = (
            _table(kept, _part(kept, told[first:], part), width - _GAP) for part in (0, 1)
        )
        rows = _between(upper, lower)
        if max(map(len, rows)) <= width - _GAP:
            break
    return [f"{rows[0]} {_MORE}" if first else rows[0], *rows[1:]]


def _part(columns: list[UnitColumn], told: list[list[_Cell]], part: int) -> list[list[str]]:
    """Return the values, or the adjoints, as wide as both; weights have values alone."""
    return [
        [
            cell[part] if column.is_weights else f"{cell[part]:>{max(map(len, cell))}}"
            for cell in cells
        ]
        for column, cells in zip(columns, told, strict=True)
    ]


def _between(upper: list[str], lower: list[str]) -> list[str]:
    """Return a row of adjoints, without its number, below each row of values."""
    found = upper[:1]
    for values, adjoints in zip(upper[1:], lower[1:], strict=True):
        below = f"{'':{_NUMBER}}{adjoints[_NUMBER:]}".rstrip()
        found += [values, below] if below else [values]
    return found


def _table(columns: list[UnitColumn], told: list[list[str]], width: int) -> list[str]:
    """Return a heading and a row per unit; the weights, which come last, are cut to the width."""
    count = max(map(len, told), default=0)
    head = f"{'#':>{_NUMBER}}"
    rows = [f"{unit:{_NUMBER}}" for unit in range(1, min(count, MOST_UNITS) + 1)]
    for column, cells in zip(columns, told, strict=True):
        wide = max(len(column.name), *map(len, cells))
        if column.is_weights:
            wide = min(wide, max(_NARROWEST, width - len(head) - _GAP))
        head += f"{'':{_GAP}}{column.name[:wide]:>{wide}}"
        for unit in range(len(rows)):
            cell = cells[unit] if unit < len(cells) else ""
            cell = cell if len(cell) <= wide else f"{cell[: wide - 1]}…"
            rows[unit] += f"{'':{_GAP}}{cell:>{wide}}"
    return [head, *(row.rstrip() for row in rows)]


def _is_batch(state: State, column: UnitColumn) -> bool:
    """Tell whether there are more rows of an array than the one that is told."""
    value = state.trace.values[column.nodes[0][0]]
    return not column.is_weights and len(shape_of(value)) > 1 and column.channels != 0


def unit_columns(graph: Graph, node: int) -> list[UnitColumn]:
    """Return what can be told of the units of the layer that a node belongs to.

    The layer is the group of the node, with the parameters that it reads; the units are the last
    axis of what it computes, or the lines of a family, ``h[1]``, ``h[2]``, where every entry is a
    line of its own.
    """
    lines = _layer(graph, node)
    arrays = [line for line in lines if graph.columns.shape(graph.line(line).root)]
    if arrays:
        return list(_of_arrays(graph, arrays, lines))
    return list(_of_families(graph, lines))


def _layer(graph: Graph, node: int) -> list[int]:
    """Return the lines of the layer of a node: what it computes first, then its parameters."""
    name = graph.line(graph.line_of(node)).group
    for group in reversed(groups_around(name)) if name else ():
        for found in closed_groups(graph, [group]):
            parameters = [graph.line_of(p) for p in (*found.parameters, *found.shared)]
            if any(not graph.is_leaf(graph.line(at).root) for at in found.lines):
                return [*dict.fromkeys([*found.lines, *parameters])]
            return _reader(graph, found.lines) or [*found.lines]
    return _family(graph, node)


def _reader(graph: Graph, leaves: tuple[int, ...]) -> list[int]:
    """Return the layer that reads parameters which stand in a group of their own."""
    roots = {graph.line(at).root for at in leaves}
    for line in graph.lines():
        reads = {p for n in line.nodes for p in graph.columns.parents_of(n)}
        if line.group and reads & roots and not graph.is_leaf(line.root):
            return _layer(graph, line.root)
    return []


def _family(graph: Graph, node: int) -> list[int]:
    """Return the lines named as a node's with another number, and the parameters they read."""
    stem, numbers = _split(graph.line_names[graph.line_of(node)])
    if not numbers:
        return []
    found: dict[int, None] = {}
    read: dict[int, None] = {}
    for line in graph.lines():
        other, places = _split(line.name)
        if other == stem and len(places) == len(numbers) and places[:-1] == numbers[:-1]:
            found[line.index] = None
            for n in line.nodes:
                for parent in graph.columns.parents_of(n):
                    if parent < line.nodes.start and graph.role(parent) == "parameter":
                        read[graph.line_of(parent)] = None
    return [*found, *read]


def _of_arrays(graph: Graph, arrays: list[int], lines: list[int]) -> Iterator[UnitColumn]:
    shapes = [(at, graph.columns.shape(graph.line(at).root)) for at in arrays]
    kernels = [s for at, s in shapes if len(s) > 2 and _is_parameter(graph, at)]
    if kernels:
        yield from _of_channels(graph, shapes, kernels[0])
        return
    computed = [s for at, s in shapes if not graph.is_leaf(graph.line(at).root)]
    units = (computed or [s for _, s in shapes])[-1][-1]
    for at, shape in shapes:
        root = graph.line(at).root
        is_matrix = len(shape) == 2 and _is_parameter(graph, at)
        weights = is_matrix and shape[0] == units  # gates in one matrix have no rows of their own
        if weights or (shape[-1] == units and not is_matrix):
            name = graph.line_names[at]
            name = name if graph.is_leaf(root) else _short(name)
            yield UnitColumn(name, ((root,),) * units, weights)


def _of_channels(
    graph: Graph, shapes: list[tuple[int, Shape]], kernel: Shape
) -> Iterator[UnitColumn]:
    """Yield the columns of a convolution, whose units are its channels: a kernel and a map each."""
    units = kernel[0]
    for at, shape in shapes:
        root = graph.line(at).root
        if graph.is_leaf(root):
            axis, name = 0, graph.line_names[at]
        else:
            axis, name = len(shape) - len(kernel) + 1, _short(graph.line_names[at])
        if axis in (0, 1) and axis < len(shape) and shape[axis] == units:
            yield UnitColumn(name, ((root,),) * units, False, axis)


def _is_parameter(graph: Graph, line: int) -> bool:
    root = graph.line(line).root
    return graph.is_leaf(root) and graph.role(root) == "parameter"


def _of_families(graph: Graph, lines: list[int]) -> Iterator[UnitColumn]:
    """Yield a column per family; a number that all members share is no number of a unit."""
    families: dict[str, dict[tuple[int, ...], int]] = {}
    for at in lines:
        stem, numbers = _split(graph.line_names[at])
        if numbers:
            families.setdefault(stem, {})[numbers] = graph.line(at).root
    for stem, members in families.items():
        axes = list(zip(*members, strict=False))
        kept = [k for k, axis in enumerate(axes) if len(set(axis)) > 1]
        if not 0 < len(kept) <= 2:
            continue
        rows: dict[int, list[int]] = {}
        for numbers, root in members.items():
            rows.setdefault(numbers[kept[0]], []).append(root)
        nodes = tuple(tuple(rows[unit]) for unit in sorted(rows))
        name = stem if graph.is_leaf(nodes[0][0]) else _short(stem)
        yield UnitColumn(name, nodes, len(kept) == 2)


def _split(name: str) -> tuple[str, tuple[int, ...]]:
    """Return a name without the numbers at its end, and those.

    >>> _split("h1_2"), _split("a.z[3]"), _split("W[2,1]"), _split("loss")
    (('h', (1, 2)), ('a.z', (3,)), ('W', (2, 1)), ('loss', ()))
    """
    match = _NUMBERED.fullmatch(name)
    if match is None or not match[1]:
        return name, ()
    return match[1], tuple(map(int, re.split("[_,]", match[2])))


def _short(name: str) -> str:
    return name.rpartition(".")[2] or name


def _cells(state: State, column: UnitColumn, digits: int, *, of_leaves: bool) -> list[_Cell]:
    """Return what is shown of each unit: its value, and its adjoint where that is known."""
    graph, first = state.trace.graph, column.nodes[0][0]
    is_kernel = column.channels is not None and len(graph.columns.shape(first)) > 1
    quiet = not of_leaves and graph.is_leaf(first) and not is_kernel
    told = []
    for unit, nodes in enumerate(column.nodes):
        at = column.channels
        value = _number(state.value(nodes[0]), unit, digits, at)
        adjoint = _number(state.adjoint(nodes[0]), unit, digits, at)
        told.append((value, "" if quiet or adjoint == UNKNOWN else f"∇{adjoint}"))
    return told


def _shades(state: State, column: UnitColumn) -> list[_Cell]:
    """Return the weights of each unit as shades; the darkest is the largest of all of them."""
    rows = [_row(state, column, unit) for unit in range(len(column.nodes))]
    import numpy as np  # late: a graph of numbers needs none of it

    known = [np.abs(np.asarray(row, float)) for row in rows if row is not None]
    largest = max((float(row[np.isfinite(row)].max(initial=0.0)) for row in known), default=0.0)
    return [(UNKNOWN if row is None else _strip(row, largest), "") for row in rows]


def _strip(row: Any, largest: float) -> str:
    """Return the weights of a unit as shades, as many as a pane can hold."""
    return strip(row[:_MOST_SHADES], largest) + ("…" if len(row) > _MOST_SHADES else "")


def _row(state: State, column: UnitColumn, unit: int) -> Any:
    """Return the weights of a unit."""
    nodes = column.nodes[unit]
    value = state.value(nodes[0])
    if len(nodes) == 1 and shape_of(value):
        import numpy as np  # late: a graph of numbers needs none of it

        return np.asarray(to_float(value))[unit]
    values = [state.value(node) for node in nodes]
    return None if any(v is None for v in values) else [float(v) for v in values]


def _number(value: Any, unit: int, digits: int, channels: int | None) -> str:
    """Return the number of a unit, or the least and the largest of a channel.

    Of a batch it is that of its first row.
    """
    if value is None:
        return UNKNOWN
    shape = shape_of(value)
    if channels is not None and len(shape) > 1:
        return _range(value[(0,) * channels + (unit,)], digits)
    return number(value[(0,) * (len(shape) - 1) + (unit,)] if shape else value, digits)


def _range(value: Any, digits: int) -> str:
    """Return the least and the largest number of an array; one that is the same all over alone.

    >>> import numpy as np
    >>> _range(np.array([[0.5, -1.25], [2.0, 0.0]]), 3), _range(np.zeros(3), 3)
    ('-1.25…2', '0')
    """
    ends = [number(end, digits) for end in (value.min(), value.max())]
    return ends[0] if ends[0] == ends[1] else "…".join(ends)
