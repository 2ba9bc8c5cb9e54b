"""Word where a run leaves the finite numbers, and what is taken where no derivative exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from graphgrad.errors import NonFiniteError
from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Names, Worded, text
from graphgrad.ops.flat import is_flat
from graphgrad.ops.row import Condition
from graphgrad.trace.kinks import Kink, kink_at, kinks
from graphgrad.trace.trace import Trace
from graphgrad.trace.trouble import (
    Trouble,
    broken,
    broken_condition,
    is_finite,
)
from graphgrad.views.text.numbers import inline, number, shape_of

if TYPE_CHECKING:
    from graphgrad.layers.row import Layer  # only a loss that is infinite needs it
    from graphgrad.layers.training.state import Iterate

__all__ = [
    "blocked_sentence",
    "convention_at",
    "convention_lines",
    "formula_of",
    "training_error",
    "trouble_error",
]

COMPARISONS = frozenset({"greater", "less", "equal"})
"""Ops that are expected to be flat: they choose between branches."""

_MOST_ENTRIES = 5
_LARGEST = 20_000
"""Nodes of a graph in which a stable form is looked for."""


def training_error(last: Iterate) -> NonFiniteError | None:
    """Return why a training ended before its last step, with the step and the node, or None."""
    trace = last.trouble
    error = None if trace is None else trouble_error(trace)
    if trace is None or error is None or trace.trouble is None:
        return None
    what = Worded(error.message_id, **error.fields)
    if last.number and not _of_data(trace.graph, trace.trouble):
        return NonFiniteError("train.trouble", step=last.number, what=what)
    if last.row is not None:
        return NonFiniteError("train.bad_data", step=last.number, row=last.row, what=what)
    return NonFiniteError("train.bad_start", step=last.number, what=what)


def _of_data(graph: Graph, trouble: Trouble) -> bool:
    """Tell whether no parameter has a part in a trouble: then no rate would avoid it."""
    columns = graph.columns
    start = trouble.node
    if trouble.reason == "domain" and trouble.slot is not None:
        start = columns.parents_of(start)[trouble.slot]
    found, open_nodes = {start}, [start]
    while open_nodes:
        node = open_nodes.pop()
        if graph.role(node) == "parameter":
            return False
        new = set(columns.parents_of(node)) - found
        found |= new
        open_nodes += new
    return True


def trouble_error(trace: Trace, *, first: int = 1) -> NonFiniteError | None:
    """Return the trouble of a run as an error in the author's words, or None.

    Args:
        trace: the run.
        first: what subscripts are counted from: 1 in files, 0 in Python.
    """
    trouble = trace.trouble
    if trouble is None:
        return None
    graph = trace.graph
    fields: dict[str, Any] = {
        "node": graph.line(graph.line_of(trouble.node)).name,
        "formula": _told_formula(graph, trouble.node),
        "value": inline(trace.values[trouble.node]),
        "argument": "",
        "condition": "",
        "stable": _stable_form(trace, trouble),
    }
    if trouble.slot is not None:
        fields |= _argument(trace, trouble, first)
    reason = _said_reason(trace, trouble)
    if reason == "domain_of_number":
        condition = broken_condition(trace, trouble)
        fields["condition"] = "" if condition is None else condition.told("").strip()
    if reason in ("target", "class"):
        fields["why"] = Worded(_kind_of_target(graph, trouble.node))
    return NonFiniteError(f"trouble.{reason}", **fields)


def _kind_of_target(graph: Graph, node: int) -> str:
    """Return the id of the sentence that says what a target is for the loss that takes it."""
    settings = graph.columns.settings_of(node)
    step = settings.get("step", 1)  # one_hot counts classes
    if step == 0:
        return "target.probability"
    return "target.class" if step == 1 else "target.sign"


def _stable_form(trace: Trace, trouble: Trouble) -> Worded:
    """Return the stable form of the line in which the trouble shows, as a sentence."""
    graph = trace.graph
    if trouble.reason == "given":
        return Worded("near.none")
    loss = _of_probabilities(graph, trouble.node)
    if loss is not None:
        return Worded("trouble.logits", loss=_named(loss.name), stable=_named(loss.logits))
    if len(graph) > _LARGEST:
        return Worded("near.none")
    from graphgrad.autodiff.stable import rewritten

    own = graph.line(graph.line_of(trouble.node)).name
    found, rewrites = rewritten(graph)
    for rewrite in rewrites:
        touched = trouble.node in rewrite.nodes or rewrite.line == own
        if touched and _is_finite_at(trace, found, rewrite.line):
            return Worded("trouble.stable", line=rewrite.line, after=rewrite.after)
    return Worded("near.none")


def _is_finite_at(trace: Trace, found: Graph, line: str) -> bool:
    """Tell whether a line of another form of the graph has a finite value where the pass ran.

    The logarithm of 0 has no better form of its own; x*log(x) has one at 0.
    """
    from graphgrad.autodiff.record import record

    graph = trace.graph
    leaves = [one for one in graph.lines() if graph.is_leaf(one.root)]
    point = {one.name: trace.values[one.root] for one in leaves if found.find(one.name) is not None}
    return is_finite(record(found, point, backward=False, refuse=False).value(line))


def _named(name: str) -> Names:
    """Return what a layer is called in either language: in Spanish its first other name."""
    from graphgrad.layers.registry import LAYERS

    return Names(name, next(iter(LAYERS[name].aliases), name))


def _of_probabilities(graph: Graph, node: int) -> Layer | None:
    """Return the row of a loss of probabilities that a node belongs to, or None."""
    return next((row for row in _layers_around(graph, node) if row.logits), None)


def _layers_around(graph: Graph, node: int) -> list[Layer]:
    """Return the rows of the layers and losses that a node's group was made by."""
    if not graph.heading.blocks:
        return []
    from graphgrad.layers.registry import LAYERS

    group = graph.line(graph.line_of(node)).group
    kinds = (block.kind for block in graph.heading.blocks if block.group == group)
    return [LAYERS[kind] for kind in kinds if kind in LAYERS]


def _said_reason(trace: Trace, trouble: Trouble) -> str:
    """Return the reason in the words of the op: a division, an inverse, a target."""
    name = trace.graph.columns.row(trouble.node).name
    if trouble.reason == "domain" and _is_reciprocal(trace.graph, trouble.node):
        divisor = trace.graph.columns.parents_of(trouble.node)[-1]
        return "divided_by_zero" if trace.graph.is_constant(divisor) else "division"
    if name == "inverse" and trouble.reason == "undefined":
        return "singular"
    shapes = map(trace.graph.columns.shape, trace.graph.columns.parents_of(trouble.node))
    if trouble.reason in ("overflow", "undefined") and any(0 in shape for shape in shapes):
        return "empty"
    graph, line = trace.graph, trace.graph.line(trace.graph.line_of(trouble.node))
    if trouble.reason == "given" and graph.is_constant(trouble.node) and line.root != trouble.node:
        return "given_number"
    if name in ("target", "one_hot") and trouble.reason == "domain":
        made_by = _layers_around(graph, trouble.node)
        if name == "one_hot" and not made_by:
            return "class"
        return "row" if any(row.name == "embedding" for row in made_by) else "target"
    return "domain_of_number" if _of_numbers(trace.graph, trouble) else trouble.reason


def _of_numbers(graph: Graph, trouble: Trouble) -> bool:
    """Tell whether what is outside a domain is written in the formula, as in log(0)."""
    if trouble.reason != "domain" or trouble.slot is None:
        return False
    argument = graph.columns.parents_of(trouble.node)[trouble.slot]
    named = graph.line(graph.line_of(argument)).root == argument
    return not named and not graph.variable[argument]


def _is_reciprocal(graph: Graph, node: int) -> bool:
    """Tell whether an op divides by its last argument: a quotient, or a power such as x^-1."""
    row = graph.columns.row(node).name
    return row == "div" or (row == "powi" and graph.columns.settings_of(node)["n"] < 0)


def formula_of(graph: Graph, node: int) -> str:
    """Return a node in the author's words: its name, or its formula if it is inside a line."""
    line = graph.line(graph.line_of(node))
    if graph.is_leaf(node):
        return graph.name(node)
    return line_formula(graph, line._replace(nodes=range(line.nodes.start, node + 1), root=node))


def _told_formula(graph: Graph, node: int) -> str:
    """Return a node's formula; between dots where it is inside a line, whose name it has not."""
    formula = formula_of(graph, node)
    return formula if graph.line(graph.line_of(node)).root == node else f"… {formula} …"


def _argument(trace: Trace, trouble: Trouble, first: int) -> dict[str, str]:
    """Return the argument at fault, the entry of it, and the condition it breaks."""
    graph = trace.graph
    parent = graph.columns.parents_of(trouble.node)[trouble.slot or 0]
    value = trace.values[parent]
    line = graph.line(graph.line_of(parent))
    name = line.name if parent == line.root else formula_of(graph, parent)
    condition = broken_condition(trace, trouble)
    if condition is not None and shape_of(value):
        entry = _first_outside(trace, trouble, condition)
        name = name if parent == line.root else f"({name})"
        name = f"{name}[{', '.join(str(i + first) for i in entry)}]"
        value = value[entry]
    relation = "" if condition is None else condition.told(name)
    shown = inline(value) if shape_of(value) else number(value)
    return {"argument": name, "value": shown, "condition": relation}


def _args(trace: Trace, trouble: Trouble) -> tuple[Any, ...]:
    return tuple(trace.values[parent] for parent in trace.graph.columns.parents_of(trouble.node))


def _first_outside(trace: Trace, trouble: Trouble, condition: Condition) -> tuple[int, ...]:
    """Return the first entry of the argument at fault, of its own shape."""
    outside = broken(condition, _args(trace, trouble)).nonzero()
    first = tuple(int(axis[0]) for axis in outside)
    shape = shape_of(_args(trace, trouble)[condition.argument])
    own = first[len(first) - len(shape) :]
    return tuple(0 if length == 1 else at for at, length in zip(own, shape, strict=True))


def convention_at(trace: Trace, node: int) -> Worded | None:
    """Return the convention taken at a node; None where none mattered."""
    kink = kink_at(trace, node)
    return None if kink is None else Worded(kink.convention, **kink.settings)


def convention_lines(trace: Trace, nodes: Iterable[int]) -> Iterator[str]:
    """Yield one sentence per node whose partial is a convention, or lets no gradient pass."""
    shown = list(nodes)
    taken = {kink.node: kink for kink in kinks(trace, shown)}
    for node in shown:
        if node in taken:
            fields = {"formula": formula_of(trace.graph, node), "entries": _entries(taken[node])}
            convention = Worded(taken[node].convention, **taken[node].settings)
            yield text("run.convention", **fields, convention=convention)
        elif blocked := blocked_sentence(trace, node):
            yield blocked


def blocked_sentence(trace: Trace, node: int) -> str:
    """Say that a node passes no gradient, empty where it does; comparisons go without saying."""
    graph = trace.graph
    row = graph.columns.row(node)
    reads = any(graph.variable[parent] for parent in graph.columns.parents_of(node))
    if not reads or row.name in COMPARISONS or not is_flat(row):
        return ""
    why = "run.held" if row.name == "stop_gradient" else "run.no_gradient"
    return text(why, formula=formula_of(graph, node))


def _entries(kink: Kink) -> Worded:
    """Return the entries of an array, counted from 1, as part of a sentence."""
    if not kink.entries:
        return Worded("near.none")
    named = (f"[{', '.join(str(i + 1) for i in entry)}]" for entry in kink.entries[:_MOST_ENTRIES])
    more = ", ..." if len(kink.entries) > _MOST_ENTRIES else ""
    return Worded("run.convention_entries", entries=", ".join(named) + more)
