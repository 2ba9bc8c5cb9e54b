"""List the mistakes with arrays that need the graph around an operation: batch, time and layers.

They are made with another layer's error or input, with an earlier value, with one use of a shared
weight, with a kernel turned round, or with a weight that is updated too early.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from graphgrad.exercises.algebra.building import shape_of
from graphgrad.exercises.algebra.functions import arrays
from graphgrad.exercises.misconceptions.mutated import EdgeView, NodeView
from graphgrad.exercises.reading.targets import Target
from graphgrad.exercises.truth.quantities import declared_layout
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.terms_of_graph import Derivation
from graphgrad.graph.graph import Graph, Line
from graphgrad.ops.shapes import entries

__all__ = [
    "ArrayMistake",
    "around",
    "around_edge",
    "around_line",
    "averaged_windows",
    "flipped_kernel",
    "is_bias_correction",
    "is_statistic",
    "is_use",
    "rates",
    "with_flipped_kernel",
    "wrong_order",
]

Backward = Callable[[EdgeView], Any]

_STATISTICS = ("mean", "var")
_LARGEST_SQUARE = 6


def flipped_kernel(reference: Reference, node: int) -> tuple[int, int] | None:
    """Return which factor of a product is a kernel, and how many entries it has a channel.

    None where the other factor is not made of the windows of an image.
    """
    graph = reference.graph
    if graph.columns.row(node).name != "matmul":
        return None
    for slot, parent in enumerate(graph.columns.parents_of(node)):
        above = parent
        while graph.columns.row(above).name in ("reshape", "transpose"):
            above = graph.columns.parents_of(above)[0]
        if graph.columns.row(above).name == "windows":
            size = graph.columns.settings_of(above).get("size", ())
            count = 1
            for length in size if isinstance(size, tuple) else (size,):
                count *= int(length)
            return 1 - slot, count
    return None


def reversed_kernel(kernel: Any, count: int, *, by_row: bool) -> Any:
    """Return a kernel turned round, each channel for itself."""
    turned = kernel if by_row else kernel.T
    shape = shape_of(turned)
    blocks = turned.reshape(shape[0], shape[1] // count, count)[:, :, ::-1].reshape(shape)
    return blocks if by_row else blocks.T


def with_flipped_kernel(slot: int, count: int, view: NodeView) -> Any:
    """Return a product with the kernel turned round: a convolution for a cross-correlation."""
    args = list(view.args)
    args[slot] = reversed_kernel(args[slot], count, by_row=slot == 0)
    return args[0] @ args[1]


def averaged_windows(graph: Graph, node: int) -> Callable[[NodeView], Any] | None:
    """Return what takes means in place of the largest entries along axes; None for others."""
    axes = _axes(graph, node)
    return None if axes is None else lambda view: view.args[0].mean(axis=axes)


def _axes(graph: Graph, node: int) -> tuple[int, ...] | None:
    """Return the axes of an array along which the largest, or smallest, entries are taken."""
    if graph.columns.row(node).name not in ("max", "min") or not graph.columns.shape(node):
        return None
    settings = graph.columns.settings_of(node)
    axis = settings.get("axis")
    if axis is None or settings.get("keepdims"):
        return None
    return tuple(axis) if isinstance(axis, tuple) else (int(axis),)


def _spread_along(axes: tuple[int, ...], edge: EdgeView, *, parts: bool) -> Any:
    """Return adjoints given to all entries of their windows, whole or in equal parts."""
    wide = arrays().expand_dims(edge.adjoint, axes)
    count = len(entries(edge.args[0])) // len(entries(edge.out))
    return 0 * edge.right + (wide / count if parts else wide)


def is_use(graph: Graph, node: int, slot: int, root: int) -> bool:
    """Tell whether an edge begins at a leaf itself: one of its uses."""
    return graph.columns.parents_of(node)[slot] == root


def around(
    reference: Reference, of: int, wrt: int, node: int, slot: int
) -> Iterator[tuple[str, Backward]]:
    """Yield what an operation carries back from other things around it."""
    for change in _with_updated_weight(reference, of, node, slot):
        yield "updated_weight", change
    graph = reference.graph
    kernel = flipped_kernel(reference, node)
    if kernel is not None and kernel[0] != slot:
        yield "kernel_flipped", partial(_back_through_flipped, *kernel)
    axes = _axes(graph, node)
    if axes is not None:
        for parts in (True, False):
            yield "spread", partial(_spread_along, axes, parts=parts)
    root = graph.line(wrt).root
    product = graph.columns.row(node).name in ("matmul", "outer", "dot", "mul")
    if product and is_use(graph, node, slot, root):
        for label, change in other_factors(reference, of, node, slot):
            yield label, change


def _back_through_flipped(slot: int, count: int, edge: EdgeView) -> Any:
    args = list(edge.args)
    args[slot] = reversed_kernel(args[slot], count, by_row=slot == 0)
    return edge.again(edge.adjoint, tuple(args))


def _with_updated_weight(reference: Reference, of: int, node: int, slot: int) -> Iterator[Backward]:
    """Yield what a product carries back when its weight was updated too early.

    Source: Mazur's article after training; the weights of a layer must be those of the forward
    pass while the layer below is worked.
    """
    graph = reference.graph
    op = graph.columns.row(node).name
    weight = graph.columns.parents_of(node)[1 - slot] if op in ("mul", "matmul", "dot") else -1
    if weight < 0 or graph.role(weight) != "parameter":
        return
    if op == "mul" and shape_of(reference.truth.at(weight)):
        return
    gradient = reference.truth.swept(of, graph.line_of(weight))
    for rate in rates(reference):
        updated = reference.truth.at(weight) - rate * gradient
        yield partial(_carried if op == "mul" else partial(_through, 1 - slot), updated)


def _through(slot: int, value: Any, edge: EdgeView) -> Any:
    """Return what a product carries back with another factor."""
    args = list(edge.args)
    args[slot] = value
    return edge.again(edge.adjoint, tuple(args))


def _carried(value: Any, edge: EdgeView) -> Any:
    """Return an adjoint times a given partial."""
    return edge.adjoint * value


def rates(reference: Reference) -> list[Any]:
    """Return the learning rate that is declared, else the usual ones."""
    named = [line for line in reference.graph.lines() if line.name in ("eta", "lr", "alpha", "η")]
    if named:
        return [reference.truth.value(named[0].index)]
    return [reference.pool.number(Fraction(rate)) for rate in ("1", "0.5", "0.1", "0.01")]


def is_bias_correction(graph: Graph, node: int) -> bool:
    """Tell whether an operation divides by 1 - c^t, as Adam's estimates are."""
    columns = graph.columns
    below = columns.parents_of(node)[1]
    if columns.row(below).name != "sub":
        return False
    one = columns.parents_of(below)[0]
    return graph.is_constant(one) and graph.defaults.get(one) == 1 and not graph.variable[below]


def is_statistic(graph: Graph, node: int) -> bool:
    """Tell whether an operation belongs to a line that is a mean or a variance of an array."""
    root = graph.line(graph.line_of(node)).root
    return graph.columns.row(root).name in _STATISTICS and root != graph.output


def other_factors(
    reference: Reference, of: int, node: int, slot: int
) -> Iterator[tuple[str, Backward]]:
    """Yield a weight's gradient with another layer's error, or another layer's input."""
    graph, truth = reference.graph, reference.truth
    if graph.columns.row(node).name == "mul" and graph.columns.shape(node):
        return
    adjoints = truth.sweep(of, -1)
    shape = graph.columns.shape(node)
    factor = graph.columns.shape(graph.columns.parents_of(node)[1 - slot])
    for line in graph.lines():
        root = line.root
        own = shape or _is_weighed(graph, line)  # by chance a number meets others
        if own and root in adjoints and root != node and graph.columns.shape(root) == shape:
            yield "other_delta", partial(_with_adjoint, adjoints[root])
        same = graph.columns.shape(root) == factor and graph.role(root) != "parameter"
        if same and factor and line.index < graph.line_of(node):
            yield "other_input", partial(_with_factor, 1 - slot, truth.at(root))


def _is_weighed(graph: Graph, line: Line) -> bool:
    """Tell whether a line is computed from parameters themselves, as the sum of a unit is."""
    parents = (p for node in line.nodes for p in graph.columns.parents_of(node))
    return not graph.is_leaf(line.root) and any(graph.role(p) == "parameter" for p in parents)


def _with_adjoint(adjoint: Any, edge: EdgeView) -> Any:
    return edge.again(adjoint, edge.args) if edge.partial is None else adjoint * edge.partial


def _with_factor(slot: int, value: Any, edge: EdgeView) -> Any:
    return edge.again(edge.adjoint, (*edge.args[:slot], value, *edge.args[slot + 1 :]))


class ArrayMistake(NamedTuple):
    """A mistake's label, the line where it is made, the operation, and what it gives."""

    label: str
    where: str
    op: str
    value: Any


def around_line(reference: Reference, line: int, values: dict[int, Any]) -> Iterator[ArrayMistake]:
    """Yield what a line comes to from an earlier value of one of its quantities: v[1] for v[2].

    Args:
        reference: the truth.
        line: the line.
        values: the values of all lines before it.
    """
    graph = reference.graph
    own = graph.line(line)
    used = {graph.line_of(p) for node in own.nodes for p in graph.columns.parents_of(node)}
    for other in sorted(used - {line}):
        for earlier in _earlier(reference, other):
            changed = {**values, other: values[earlier]}
            value = Derivation(graph, reference.pool, values=changed).derived(line)
            yield ArrayMistake("earlier_value", own.name, "", value)


def _earlier(reference: Reference, line: int) -> list[int]:
    """Return the lines of the same name with another number that a line is computed from."""
    graph = reference.graph
    stem, shape = _stem(graph.line_names[line]), graph.columns.shape(graph.line(line).root)
    if not stem:
        return []
    return [
        other
        for other in range(line)
        if _stem(graph.line_names[other]) == stem
        and graph.columns.shape(graph.line(other).root) == shape
        and reference.depends(line, other)
    ]


def _stem(name: str) -> str:
    """Return a name without the number that it ends with; empty where it has none.

    >>> _stem("v[2]"), _stem("w1"), _stem("loss")
    ('v', 'w', '')
    """
    bare = name.rstrip("0123456789[]_,")
    return bare if bare != name and any(sign.isdigit() for sign in name[len(bare) :]) else ""


def around_edge(
    reference: Reference, of: int, wrt: int, totals: dict[tuple[int, int], Any]
) -> Iterator[ArrayMistake]:
    """Yield wrong derivatives that need more than one operation to be seen."""
    graph, name = reference.graph, reference.graph.line_names
    root = graph.line(wrt).root
    derivation = Derivation(graph, reference.pool, totals=totals)
    adjoints = derivation.sweep(of, -1, lambda line, own: totals.get((of, line), own))
    for node in range(root + 1, graph.line(of).root + 1):
        parents = graph.columns.parents_of(node)
        if root not in parents or node not in adjoints:
            continue
        where, op = name[graph.line_of(node)], graph.columns.row(node).name
        if op in ("add", "sub") and shape_of(adjoints[node]) != graph.columns.shape(root):
            yield from _of_bias(adjoints[node], graph.columns.shape(root), where, op)
        if op == "matmul" and root == parents[0]:
            delta, entering = adjoints[node], derivation.at(parents[1])
            if len(shape_of(delta)) == 1 and shape_of(delta) == shape_of(entering):
                yield ArrayMistake("inner_for_outer", where, op, delta @ entering)
    statistics = [
        line
        for line in range(wrt + 1, of)
        if graph.columns.row(graph.line(line).root).name in _STATISTICS
        and graph.line(line).root in adjoints
        and reference.depends(line, wrt)
    ]
    for lines in ([line] for line in statistics):
        yield _constant(reference, of, wrt, lines, totals, adjoints)
    if len(statistics) > 1:  # mean and variance together
        yield _constant(reference, of, wrt, statistics, totals, adjoints)


def wrong_order(reference: Reference, of: int, wrt: int) -> Iterator[ArrayMistake]:
    """Yield a derivative whose Jacobians were multiplied the wrong way round.

    Only square ones can be; there are two of them between three lines of one shape.
    """
    graph, names = reference.graph, reference.graph.line_names
    shape = graph.columns.shape(graph.line(wrt).root)
    if len(shape) != 1 or not 1 < shape[0] <= _LARGEST_SQUARE:
        return
    between = [
        line
        for line in range(wrt + 1, of + 1)
        if graph.columns.shape(graph.line(line).root) == shape and reference.depends(line, wrt)
    ]
    whole = not graph.columns.shape(graph.line(of).root)
    for last in between if whole else between[-1:]:
        for middle in between:
            if middle >= last or not reference.depends(last, middle):
                continue
            outer, inner = _jacobian(reference, last, middle), _jacobian(reference, middle, wrt)
            if outer is None or inner is None:
                continue
            order = (outer, inner) if declared_layout(graph) == "denominator" else (inner, outer)
            value = order[0] @ order[1]
            if whole:
                adjoint = reference.truth.swept(of, last)
                value = value @ adjoint if order[0] is outer else adjoint @ value
            yield ArrayMistake(
                "wrong_order", names[middle], "", value
            )  # vaguer than a slip in one place


def _jacobian(reference: Reference, of: int, wrt: int) -> Any:
    names = reference.graph.line_names
    found = reference.candidates(Target("derivative", names[of], names[wrt]))
    return next((c.value for c in found if c.reading == "jacobian"), None)


def _constant(
    reference: Reference,
    of: int,
    wrt: int,
    lines: list[int],
    totals: dict[tuple[int, int], Any],
    adjoints: dict[int, Any],
) -> ArrayMistake:
    """Return the derivative with some lines taken as constants."""
    graph = reference.graph
    without = {(of, line): 0 * adjoints[graph.line(line).root] for line in lines}
    value = Derivation(graph, reference.pool, totals=totals | without).swept(of, wrt)
    where = graph.line_names[lines[0]] if len(lines) == 1 else ""
    return ArrayMistake("statistic_as_constant", where, "", value)


def _of_bias(adjoint: Any, shape: tuple[int, ...], where: str, op: str) -> Iterator[ArrayMistake]:
    """Yield a bias's gradient that is not the sum over the batch."""
    yield ArrayMistake("not_summed", where, op, adjoint)
    if len(shape_of(adjoint)) == 2 and shape == shape_of(adjoint)[1:]:
        yield ArrayMistake("mean_for_sum", where, op, adjoint.sum(axis=0) / len(adjoint))
        for row in adjoint:
            yield ArrayMistake("one_row", where, op, row)
