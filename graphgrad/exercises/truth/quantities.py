"""Work out what is no line of a graph: shapes, counts of parameters, errors δ, updated weights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import prod
from typing import Any

from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.building import in_shape
from graphgrad.exercises.algebra.operations import differentiated
from graphgrad.exercises.algebra.terms import Pool
from graphgrad.exercises.reading.targets import Target
from graphgrad.exercises.truth.terms_of_graph import Derivation, leaf_terms
from graphgrad.graph.graph import Graph
from graphgrad.graph.kinds import kind_of
from graphgrad.ops.rows import activation_rows
from graphgrad.ops.shapes import entries

__all__ = [
    "QUANTITIES", "activated", "counted", "counted_as_given", "declared_layout", "delta_sign",
    "errors_of", "plainly_descends", "quantity", "rate_of", "shaped_as_given", "wrong_quantities",
]  # fmt: skip

QUANTITIES = ("shape", "count", "update", "delta", "second")
_ACTIVATIONS = (*(row.name for row in activation_rows.ACTIVATIONS), "tanh", "softmax")
_LARGEST_HESSIAN = 400
_RATES = ("eta", "lr", "alpha", "η", "rate")
_MINUS = re.compile(
    r"(?:δ|delta)\s*+(?:=|:|is|es)?\s*+(?:-|−|minus|menos|negative|negativo|negativa)"
)


def quantity(graph: Graph, target: Target, derivation: Derivation) -> Any:
    """Return what a target comes to, as terms; None where it has no meaning.

    Args:
        graph: the exercise.
        target: one of the kinds of `QUANTITIES`.
        derivation: where to take values and derivatives from.
    """
    pool = derivation.pool
    if target.kind == "count":
        sizes = counted(graph, target.name)
        return pool.number(sum(sizes.values())) if sizes else None
    line = graph.line_index.get(target.name)
    if line is None:
        return None
    if target.kind == "shape":
        shape = graph.columns.shape(graph.line(line).root)
        return _numbers(pool, shape) if shape else None
    if target.kind == "second":
        return _second(graph, target, derivation)
    of = graph.line_of(graph.output)
    if graph.columns.shape(graph.output) or line >= of:
        return None
    gradient = derivation.given_totals.get((of, line))
    if gradient is None:
        gradient = derivation.swept(of, line)
    if target.kind == "delta":
        return delta_sign(graph) * gradient
    rate = rate_of(graph, derivation)
    return None if rate is None else derivation.value(line) - rate * gradient


def _second(graph: Graph, target: Target, derivation: Derivation) -> Any:
    """Return the second derivative of a number in a leaf: a matrix for a vector."""
    of, wrt = graph.line_index.get(target.name), graph.line_index.get(target.wrt)
    if of is None or wrt is None or graph.columns.shape(graph.line(of).root):
        return None
    root, pool = graph.line(wrt).root, derivation.pool
    shape = graph.columns.shape(root)
    variables = entries(leaf_terms(pool, target.wrt, shape))
    if not graph.is_leaf(root) or len(variables) ** 2 > _LARGEST_HESSIAN:
        return None
    first = entries(derivation.swept(of, wrt))
    names = [pool.held[variable.id] for variable in variables]
    return in_shape([differentiated(t, name) for t in first for name in names], shape + shape)


def _numbers(pool: Pool, numbers: tuple[int, ...]) -> Any:
    return in_shape([pool.number(number) for number in numbers], (len(numbers),))


def counted(graph: Graph, name: str) -> dict[str, int]:
    """Return the sizes of the parameters of a layer, or of the line that it gives; all for ''."""
    found = {}
    for line in graph.lines():
        if graph.role(line.root) == "parameter" and _belongs(graph, line.name, name):
            size = 1
            for length in graph.columns.shape(line.root):
                size *= length
            found[line.name] = size
    return found


def counted_as_given(
    graph: Graph, pool: Pool, name: str, given: Mapping[str, Any]
) -> tuple[Any, list[str]]:
    """Return how many parameters there are with the counts of parts that were given, and of which.

    Args:
        graph: the exercise.
        pool: of terms.
        name: a layer; empty for all of the graph.
        given: what was answered, by layer; the largest parts are taken, the rest is true.
    """
    left = counted(graph, name)
    sum_, used = pool.number(0), []
    parts = {part: counted(graph, part) for part in given}
    for part, sizes in sorted(parts.items(), key=lambda each: -len(each[1])):
        if sizes and len(sizes) < len(counted(graph, name)) and sizes.keys() <= left.keys():
            left = {each: size for each, size in left.items() if each not in sizes}
            sum_ = sum_ + given[part]
            used.append(part)
    return sum_ + pool.number(sum(left.values())), used


def shaped_as_given(
    graph: Graph, pool: Pool, name: str, given: Mapping[str, tuple[int, ...]]
) -> tuple[Any, list[str]]:
    """Return the shape of a line that given shapes lead to, and which; None where none fits."""
    columns = graph.columns
    line = graph.line(graph.line_index.get(name, 0))
    known = {graph.line(graph.line_index[each]).root: each for each in given if given[each]}
    shapes: dict[int, tuple[int, ...]] = {}
    from_: dict[int, frozenset[str]] = {}
    for node in range(line.root + 1):
        parents = columns.parents_of(node)
        from_[node] = frozenset().union(*(from_[parent] for parent in parents))
        shapes[node] = columns.shape(node)
        if node in known and node != line.root:
            shapes[node], from_[node] = given[known[node]], frozenset({known[node]})
        elif from_[node]:
            above = tuple(shapes[parent] for parent in parents)
            settings = columns.settings_of(node)
            if columns.row(node).name == "reshape" and len(shapes[node]) == 1:  # flattened
                settings = {**settings, "shape": (prod(above[0]),)}
            try:
                shapes[node] = kind_of(columns.codes[node], above, settings).shape
            except GraphgradError:
                from_[node] = frozenset()  # nothing follows by way of what does not fit
    shape = shapes[line.root]
    return (_numbers(pool, shape) if shape else None), sorted(from_[line.root])


def _belongs(graph: Graph, parameter: str, name: str) -> bool:
    """Tell whether a parameter is of a layer, of the call that gives a line, or of the line."""
    if not name or parameter == name or parameter.startswith(f"{name}."):
        return True
    for block in graph.heading.blocks:
        if name in (block.group, block.owner, *block.outputs) and parameter in block.parameters:
            return True
    index = graph.line_index.get(name)
    return index is not None and any(
        graph.find(parameter) in graph.columns.parents_of(node) for node in graph.line(index).nodes
    )


def rate_of(graph: Graph, derivation: Derivation) -> Any:
    """Return the rate of a step of gradient descent: of `train`, or a line such as eta; or None."""
    plan = _plan(graph)
    if not plainly_descends(graph):
        return None
    if plan is not None and plan.rate is not None:
        return derivation.pool.number(Fraction(str(plan.rate)))
    named = [line.index for line in graph.lines() if line.name in _RATES]
    return derivation.value(named[0]) if named else None


def plainly_descends(graph: Graph) -> bool:
    """Tell whether an update is a rate times the derivative: no memory, decay or clipping."""
    plan = _plan(graph)
    if plan is None:
        return True
    plain = plan.optimizer.name == "gd" and not plan.optimizer.settings.get("weight_decay")
    return plain and plan.clip is None


def _plan(graph: Graph) -> Any:
    """Return how the file trains, in either language; None where it does not say."""
    if graph.heading.recipe is None:
        return None
    from graphgrad.layers.training.recipe import check_recipe  # most exercises train nothing

    return check_recipe(graph.heading.recipe)


def declared_layout(graph: Graph) -> str:
    """Return how the exercise says that Jacobians are written; empty where it does not.

    In the denominator layout a column belongs to one output, in the numerator layout a row.
    """
    said = " ".join(graph.heading.conventions).lower()
    words = {"denominator": "denominad|denominator", "numerator": "numerad|numerator"}
    return next((name for name, found in words.items() if re.search(found, said)), "")


def delta_sign(graph: Graph) -> int:
    """Return -1 where the exercise says that δ is the negative derivative, else 1."""
    said = " ".join(graph.heading.conventions).lower()
    return -1 if _MINUS.search(said) else 1


def wrong_quantities(graph: Graph, target: Target, pool: Pool) -> Iterator[tuple[str, Any]]:
    """Yield wrong counts and sizes: without bias, off by one, without padding, turned round."""
    if target.kind == "count":
        sizes = counted(graph, target.name)
        biases = [size for name, size in sizes.items() if name.rpartition(".")[2].startswith("b")]
        if biases and len(biases) < len(sizes):
            yield "bias_not_counted", pool.number(sum(sizes.values()) - sum(biases))
            doubled = sum(sizes.values()) + sum(biases)
            yield "bias_counted_twice", pool.number(doubled)
    line = graph.line_index.get(target.name)
    if target.kind != "shape" or line is None:
        return
    shape = graph.columns.shape(graph.line(line).root)
    if len(shape) > 1 and shape != shape[::-1]:
        yield "transposed", _numbers(pool, shape[::-1])
    yield from _wrong_sizes(graph, line, shape, pool)


def _wrong_sizes(
    graph: Graph, line: int, shape: tuple[int, ...], pool: Pool
) -> Iterator[tuple[str, Any]]:
    """Yield the sizes of a convolution's or a pooling's output with one slip in its formula."""
    before = f"{graph.line_names[line]}."
    nodes = [
        node
        for each in graph.lines()
        if each.index == line or each.name.startswith(before)
        for node in each.nodes
    ]
    window = next((n for n in nodes if graph.columns.row(n).name == "windows"), None)
    if window is None:
        return
    settings = graph.columns.settings_of(window)
    size, stride = _pair(settings.get("size", 1)), _pair(settings.get("stride", 1))
    rank = len(size)
    spatial = shape[-rank:] if len(shape) >= rank else ()
    stride = stride * rank if len(stride) == 1 else stride
    if not spatial:
        return
    inputs = graph.columns.shape(graph.columns.parents_of(window)[0])[-rank:]
    padded = any(graph.columns.row(n).name == "pad" for n in nodes)
    ways = {
        "size_off_by_one": tuple(n - 1 for n in spatial),
        "stride_forgotten": tuple(n - k + 1 for n, k in zip(inputs, size, strict=True)),
    }
    if padded:
        node = next(n for n in nodes if graph.columns.row(n).name == "pad")
        bare = graph.columns.shape(graph.columns.parents_of(node)[0])[-rank:]
        ways["padding_forgotten"] = tuple(
            (n - k) // s + 1 for n, k, s in zip(bare, size, stride, strict=True)
        )
    for label, wrong in ways.items():
        if wrong != spatial and all(n > 0 for n in wrong):
            yield label, _numbers(pool, (*shape[: len(shape) - rank], *wrong))


def _pair(value: Any) -> tuple[int, ...]:
    return tuple(int(n) for n in value) if isinstance(value, tuple | list) else (int(value),)


def activated(graph: Graph) -> list[str]:
    """Return the lines that an activation acts on, in the order of the file."""
    before = set()
    for node in range(len(graph)):
        if graph.columns.row(node).name in _ACTIVATIONS:
            before.add(graph.columns.parents_of(node)[0])
    return [
        line.name
        for line in graph.lines()
        if line.root in before and not graph.is_leaf(line.root) and graph.variable[line.root]
    ]


def errors_of(graph: Graph) -> dict[str, str]:
    r"""Return what δ of each line stands for in a formula; under "" that of the only activated one.

    >>> from graphgrad.source.gg import read_gg
    >>> errors_of(read_gg("input x = 1\nparam w = 2\nz = w*x\na = tanh(z)\nloss L = a^2"))[""]
    'dL/dz'
    """
    if graph.columns.shape(graph.output):
        return {}
    output = graph.line_names[graph.line_of(graph.output)]
    sign = "-" if delta_sign(graph) < 0 else ""
    found = {
        line.name: f"{sign}d{output}/d{line.name}"
        for line in graph.lines()
        if line.root < graph.output and line.name.isidentifier() and graph.variable[line.root]
    }
    before = activated(graph)
    if len(before) == 1 and before[0] in found:
        found[""] = found[before[0]]
    return found
