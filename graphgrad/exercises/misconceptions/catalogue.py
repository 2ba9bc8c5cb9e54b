"""Gather every one-mistake answer to a step, so that a wrong one can be looked up by its value.

Values are exact where they can be: with enough digits a mistake is told from a rounding, as 0.5 for
tanh(0.5) is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.building import as_terms, shape_of
from graphgrad.exercises.algebra.enclosures import Ball, ball, precision
from graphgrad.exercises.misconceptions.array_context import (
    around,
    around_edge,
    around_line,
    averaged_windows,
    flipped_kernel,
    is_bias_correction,
    is_statistic,
    is_use,
    with_flipped_kernel,
    wrong_order,
)
from graphgrad.exercises.misconceptions.array_rules import (
    array_backward_rules,
    array_forward_rules,
)
from graphgrad.exercises.misconceptions.mutated import (
    BackwardMistake,
    EdgeView,
    ForwardMistake,
    NodeView,
    chain_mistakes,
    extra_factors,
)
from graphgrad.exercises.misconceptions.rules import (
    backward_rules,
    forward_rules,
    jacobian_rules,
    whole_rules,
)
from graphgrad.exercises.reading.answer_sheet import Target
from graphgrad.exercises.reading.number_rule import same
from graphgrad.exercises.truth.quantities import (
    QUANTITIES,
    delta_sign,
    rate_of,
    wrong_quantities,
)
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import Asked, ReadLink
from graphgrad.exercises.truth.terms_of_graph import Derivation
from graphgrad.exercises.truth.unrolled import step_line
from graphgrad.graph.blocks import StepLine
from graphgrad.ops.shapes import entries

__all__ = ["Mistake", "at_entry", "is_exactly_a_mistake", "mistakes_of"]


_MOST_NODES = 400
_MOST_EDGES = 120
_UNSEEN = 1e-6

Forward = Callable[[NodeView], Any]
Backward = Callable[[EdgeView], Any]


class Mistake(NamedTuple):
    """One mistake and what it makes of the answer.

    Attributes:
        label: its name in the catalogue, without the prefix.
        where: the line in which it is made.
        op: the operation at which it is made.
        value: the answer, as a term or an array of terms.
    """

    label: str
    where: str
    op: str
    value: Any


def mistakes_of(
    reference: Reference, target: Target, given: Mapping[Target, Any] | None = None
) -> list[Mistake]:
    """Return the mistakes of a step, without those that change nothing.

    Args:
        reference: the truth about the graph.
        target: the step.
        given: earlier answers to build on, as terms; where a right one is given, mistakes made
            before it are no mistakes of this step.
    """
    if len(reference.graph) > _MOST_NODES:
        return []
    if target.entry:
        whole = mistakes_of(reference, target._replace(entry=()), given)
        return at_entry(reference, whole, target)
    given = given or {}
    try:
        found = list(_found(reference, target, given))
    except GraphgradError:  # too large to be compared in symbols
        return []
    right = [t.id for t in entries(reference.asked(target).wanted[0].value)]
    distinct: dict[tuple[Any, ...], Mistake] = {}
    for mistake in found:
        key = tuple(t.id for t in entries(mistake.value))
        if list(key) != right:
            distinct.setdefault((mistake.label, mistake.where, key), mistake)
    return list(distinct.values())


def at_entry(reference: Reference, whole: Iterable[Mistake], target: Target) -> list[Mistake]:
    """Return what the mistakes of a whole array make of one entry, where they change it."""
    place = tuple(k - 1 for k in target.entry)
    right = [t.id for t in entries(reference.asked(target).wanted[0].value)]
    found = []
    for mistake in whole:
        shape = shape_of(mistake.value)
        if len(shape) >= len(place) and all(k < n for k, n in zip(place, shape, strict=False)):
            value = mistake.value[place]
            if [t.id for t in entries(value)] != right:
                found.append(mistake._replace(value=value))
    return found


def _found(reference: Reference, target: Target, given: Mapping[Target, Any]) -> Iterator[Mistake]:
    if target.kind in QUANTITIES:
        yield from _of_quantity(reference, target, given)
        return
    index = reference.graph.line_index
    of = index.get(target.name)
    if of is None:
        return
    step = step_line(reference.graph, target.name) if target.kind == "value" else None
    if step is not None and step.part not in ("value", "inner"):
        yield from _of_step(reference, step, given)
    elif target.kind == "value":
        yield from _of_value(reference, of, given)
    elif target.kind == "derivative" and target.wrt in index:
        yield from _of_derivative(reference, of, index[target.wrt], given)


def _of_quantity(
    reference: Reference, target: Target, given: Mapping[Target, Any]
) -> Iterator[Mistake]:
    """Yield wrong counts and sizes; of an error δ or an update those of its derivative."""
    graph, pool = reference.graph, reference.pool
    for label, value in wrong_quantities(graph, target, pool):
        yield Mistake(label, target.name, "", value)
    if target.kind not in ("delta", "update"):
        return
    output = graph.line_names[graph.line_of(graph.output)]
    wrong = mistakes_of(reference, Target("derivative", output, target.name), given)
    right = reference.asked(target).wanted[0].value
    if target.kind == "delta":
        yield Mistake("sign", target.name, "", -right)
        yield from (m._replace(value=delta_sign(graph) * m.value) for m in wrong)
        return
    own, rate = reference.named(target.name), rate_of(graph, reference.truth)
    yield Mistake("ascent", target.name, "", 2 * own - right)
    yield Mistake("rate_forgotten", target.name, "", own - (own - right) / rate)
    yield Mistake("step_for_weight", target.name, "", right - own)
    for mistake in wrong:
        whole = mistake.label == "update" or (mistake.label == "sign" and not mistake.op)
        if not whole and shape_of(mistake.value) == shape_of(own):
            yield mistake._replace(value=own - rate * mistake.value)


def _of_step(
    reference: Reference, line: StepLine, given: Mapping[Target, Any]
) -> Iterator[Mistake]:
    """Yield the mistakes of what an unrolled update computes: a derivative, or the optimizer's."""
    from graphgrad.exercises.misconceptions.training_steps import (  # few exercises have updates
        gradients_elsewhere,
        update_mistakes,
    )

    graph = reference.graph
    if line.of:
        lines = {step.line: step for step in graph.heading.steps if step.of}
        derived = {
            Target("derivative", lines[known.name].of, lines[known.name].wrt): value
            for known, value in given.items()
            if known.name in lines and known.name != line.line
        }
        yield from mistakes_of(reference, Target("derivative", line.of, line.wrt), derived)
        yield from (Mistake(*found) for found in gradients_elsewhere(reference, line))
        return
    values = {graph.line_index[t.name]: v for t, v in given.items() if t.kind == "value"}
    found = (Mistake(*told) for told in update_mistakes(reference, line, values))
    own = [one._replace(value=as_terms(reference.pool, one.value)) for one in found]
    yield from own
    told = [reference.balls(mistake.value) for mistake in own]
    for mistake in _of_value(reference, graph.line_index[line.line], given):
        if not any(_are_same(reference.balls(mistake.value), balls) for balls in told):
            yield mistake


def _are_same(left: list[Ball] | None, right: list[Ball] | None) -> bool:
    """Tell whether values agree at the exercise's point."""
    if left is None or right is None or len(left) != len(right):
        return False
    with precision():
        pairs = zip(left, right, strict=True)
        return all(
            not isinstance(a, str) and not isinstance(b, str) and a.overlaps(b) for a, b in pairs
        )


def _of_value(reference: Reference, line: int, given: Mapping[Target, Any]) -> Iterator[Mistake]:
    graph, pool = reference.graph, reference.pool
    own = graph.line(line)
    values = {
        other.index: given.get(Target("value", other.name), reference.truth.value(other.index))
        for other in graph.lines()
        if other.index < line
    }
    for node in own.nodes:
        op = graph.columns.row(node).name
        for label, change in _forward(reference, node):
            try:
                value = ForwardMistake(graph, pool, values, node, change).derived(line)
            except (GraphgradError, ValueError, ZeroDivisionError):
                continue
            if shape_of(value) == graph.columns.shape(own.root):
                yield Mistake(label, own.name, op, value)
    if step_line(graph, own.name) is None:  # unrolled updates have mistakes of their own
        for found in around_line(reference, line, values):
            yield Mistake(*found)
    right = reference.truth.derived(line)
    for label, value in whole_rules(right, reference.graph_count):
        yield Mistake(label, own.name, "", value)


def _forward(reference: Reference, node: int) -> Iterator[tuple[str, Forward]]:
    """Yield the mistakes made when an operation is computed."""
    graph = reference.graph
    op = graph.columns.row(node).name
    value = reference.truth.at(node)
    fixed = not reference.pool.names(term.id for term in entries(value))
    if _is_nothing(reference, node):
        return
    for label, change in (*forward_rules(op), *array_forward_rules(op)):
        if fixed and label == "lost_term":
            continue  # who leaves 0.9 out of 1 - 0.9 leaves the whole correction out
        corrected = label == "lost_factor" and op == "div" and is_bias_correction(graph, node)
        yield ("no_bias_correction" if corrected else label), change
    averaged = averaged_windows(graph, node)
    if averaged is not None:
        yield "mean_for_max", averaged
    kernel = flipped_kernel(reference, node)
    if kernel is not None:
        yield "kernel_flipped", partial(with_flipped_kernel, *kernel)


def _is_nothing(reference: Reference, node: int) -> bool:
    """Tell whether an operation gives 0 whatever is drawn, or adds what is too small to be seen."""
    graph, held = reference.graph, reference.pool.value
    value = entries(reference.truth.at(node))
    if graph.columns.row(node).name == "mul" and all(held(t.id) == 0 for t in value):
        return True
    if graph.columns.row(node).name != "add":
        return False
    added = (entries(reference.truth.at(p)) for p in graph.columns.parents_of(node))
    numbers = (held(terms[0].id) for terms in added if len(terms) == 1)
    return any(n is not None and 0 < abs(n) < _UNSEEN for n in numbers)


def _of_derivative(
    reference: Reference, of: int, wrt: int, given: Mapping[Target, Any]
) -> Iterator[Mistake]:
    graph, pool = reference.graph, reference.pool
    yield from (Mistake(*found) for found in wrong_order(reference, of, wrt))
    if graph.columns.shape(graph.line(of).root):
        yield from _of_jacobian(reference, of, wrt)
        return
    name, root = graph.line_names[of], graph.line(wrt).root
    totals = {
        (of, line.index): given[Target("derivative", name, line.name)]
        for line in graph.lines()
        if wrt < line.index < of and Target("derivative", name, line.name) in given
    }
    blocked = {graph.line(line).root for _, line in totals}
    edges = _edges(reference, root, graph.line(of).root, blocked)
    uses = Counter(graph.columns.parents_of(node)[slot] for node, slot in edges)
    for node, slot in edges[:_MOST_EDGES]:
        op, where = graph.columns.row(node).name, graph.line_names[graph.line_of(node)]
        beside = around(reference, of, wrt, node, slot)
        for label, change in (*backward_rules(op), *array_backward_rules(op), *beside):
            if label == "lost_path" and uses[graph.columns.parents_of(node)[slot]] < 2:
                continue
            try:
                value = BackwardMistake(graph, pool, totals, node, slot, change).swept(of, wrt)
            except (GraphgradError, ValueError, ZeroDivisionError):
                continue
            if shape_of(value) == graph.columns.shape(root):
                lost = label == "lost_path" and is_statistic(graph, node)
                yield Mistake("statistic_as_constant" if lost else label, where, op, value)
                shared = graph.is_leaf(root) and uses[root] > 2
                if label == "lost_path" and shared and is_use(graph, node, slot, root):
                    whole = Derivation(graph, pool, totals=totals).swept(of, wrt)
                    yield Mistake("one_use", where, op, whole - value)
    for around_it in around_edge(reference, of, wrt, totals):
        yield Mistake(*around_it)
    right = reference.truth.swept(of, wrt)
    for label, value in whole_rules(right, reference.graph_count):
        yield Mistake(label, graph.line_names[wrt], "", value)
    for found in (*chain_mistakes(reference, of, wrt), *extra_factors(reference, of, wrt, right)):
        yield Mistake(*found)
    if graph.role(root) == "parameter":
        yield from _updates(reference, wrt, right)


def _of_jacobian(reference: Reference, of: int, wrt: int) -> Iterator[Mistake]:
    """Yield wrong forms of the derivative of a vector in a vector."""
    names = reference.graph.line_names
    asked = reference.asked(Target("derivative", names[of], names[wrt]))
    for each in asked.wanted:
        if each.reading == "jacobian":
            for label, wrong in jacobian_rules(reference.pool, each.value):
                yield Mistake(label, names[of], "jacobian", wrong)


def _updates(reference: Reference, wrt: int, right: Any) -> Iterator[Mistake]:
    """Yield a step of gradient descent in place of the gradient."""
    graph = reference.graph
    own = reference.truth.value(wrt)
    rates = [line for line in graph.lines() if line.name in ("eta", "lr", "alpha", "η")]
    rate = reference.truth.value(rates[0].index) if rates else 1
    for value in (own - rate * right, own + rate * right):
        yield Mistake("update", graph.line_names[wrt], "", value)


def _edges(reference: Reference, root: int, top: int, blocked: set[int]) -> list[tuple[int, int]]:
    """Return the edges on paths up from a node, not beyond nodes whose adjoint is given."""
    graph = reference.graph
    reached = {root}
    found = []
    for node in range(root + 1, top + 1):
        for slot, parent in enumerate(graph.columns.parents_of(node)):
            if parent in reached and (parent not in blocked or parent == root):
                found.append((node, slot))
                reached.add(node)
    return found


def is_exactly_a_mistake(reference: Reference, asked: Asked, read: ReadLink) -> bool:
    """Tell whether the numbers of an answer are, to the last digit, what one mistake gives."""
    if read.printed is None or asked.target is None:
        return False
    for mistake in mistakes_of(reference, asked.target):
        values = reference.balls(mistake.value)
        if values is None or len(values) != len(read.printed):
            continue
        with precision():
            pairs = zip(values, read.printed, strict=True)
            if all(not isinstance(v, str) and same(v, ball(p.value)) for v, p in pairs):
                return True
    return False
