"""Advise on a network: one row per rule, with the reason, the line and the repair.

Sources: Sevilla course 003, Funciones de activación: pautas prácticas; Goodfellow, Bengio and
Courville, Deep Learning, sections 6.2.2 (outputs and losses) and 8.4 (symmetry).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.row import Elementwise
from graphgrad.views.lenses.calculus.blocked import cut_off
from graphgrad.views.lenses.loss_advice import loss_output, swapped_loss
from graphgrad.views.lenses.networks.units import dead_units
from graphgrad.views.lenses.slopes import derivative_at
from graphgrad.views.lenses.stages import Stage, stages
from graphgrad.views.lenses.starts import (
    ALMOST,
    PASSED_ON,
    all_equal,
    first_passes,
    reached,
    starved,
)
from graphgrad.views.lenses.subject import Subject

__all__ = ["RULES", "Advice", "Rule", "advice"]

_GATED = {"lstm", "gru", "lstm_sequence", "gru_sequence", "attention", "multi_head_attention"}
_NO_BIAS_NEEDED = {*_GATED, "embedding", "noise"}
_PRODUCTS = {"mul", "matmul", "dot", "outer"}
_LARGE = 8.0
"""Numbers so far from 0, in the square mean, leave the middle of every activation."""
_FAR, _FLAT = 50.0, 0.01
_MOST_NAMED = 12
_CARRIES = PASSED_ON | {"concat", "stack", "pad", "windows", "unfold"}


class Advice(NamedTuple):
    """One finding.

    Attributes:
        rule: its rule; what is wrong and why is ``lint.RULE``, the repair ``lint.RULE.repair``.
        node: where.
        fields: of both messages.
    """

    rule: str
    node: int
    fields: dict[str, Any]

    @property
    def reason(self) -> str:
        """Return what two findings have in common if the second is the same of something else."""
        effect = self.fields.get("effect")
        return f"{self.rule} {effect.message_id} {effect.fields}" if effect else self.rule


class Rule(NamedTuple):
    """One row: its name and what finds it."""

    name: str
    find: Callable[[Graph, list[Stage]], Iterator[tuple[int, dict[str, Any]]]]


def advice(graph: Graph) -> list[Advice]:
    r"""Return all findings, in the order of the graph.

    >>> from graphgrad.source.gg import read_gg
    >>> net = "input x = 1\nparam w = 2\nparam b = 0\nparam v = 1\nparam c = 0\n"
    >>> net += "h = sigmoid(w*x + b)\ny = v*h + c\nloss L = (y - 1)^2"
    >>> [(one.rule, graph.name(one.node)) for graph in [read_gg(net)] for one in advice(graph)]
    [('hidden_sigmoid', 'h')]
    """
    layers = stages(graph)
    found = [Advice(rule.name, *one) for rule in RULES for one in rule.find(graph, layers)]
    return sorted(found, key=lambda one: one.node)


# ---- rules ----


def _hidden_sigmoid(graph: Graph, layers: list[Stage]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Find sigmoids that a layer of parameters reads; gates are meant to be sigmoids."""
    for place, stage in enumerate(layers):
        for node in stage.activations:
            if graph.columns.row(node).name == "sigmoid" and stage.kind not in _GATED:
                later_nodes = reached(graph, node)
                later = (one for one in layers[place + 1 :] if one.parameters)
                if any(later_nodes[edge.source] for one in later for edge in one.entering):
                    yield node, {"name": stage.name}


def _zero_start(graph: Graph, layers: list[Stage]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Find weights that are all 0 in a network of several layers, and do harm: it is measured.

    A branch that starts at 0 beside a shortcut harms nothing: the gradient takes the shortcut.
    """
    import numpy as np

    weighted = [stage for stage in layers if stage.parameters]
    zero = [
        (stage, node)
        for stage in (weighted if len(weighted) > 1 else ())
        for node in _weights(graph, stage)
        if node in graph.defaults and not np.any(to_float(graph.defaults[node]))
    ]
    traces = first_passes(graph) if zero else []
    for stage, node in zero:
        effect = starved(graph, traces, stage, weighted) or all_equal(traces, stage, node)
        if effect is not None:
            yield node, {"name": graph.name(node), "layer": stage.name, "effect": effect}


def _same_units(graph: Graph, layers: list[Stage]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Find weights whose units are all equal, and not 0: they will stay equal."""
    import numpy as np

    hidden = [stage for stage in layers if stage.parameters][:-1]
    for stage in hidden:
        for node in _weights(graph, stage):
            given = graph.defaults.get(node)
            values = None if given is None else np.asarray(to_float(given))
            if values is None or values.ndim != 2 or not np.any(values):
                continue
            units = values.shape[0] > 1 and bool(np.all(np.abs(values - values[:1]) <= ALMOST))
            turned = values.shape[1] > 1 and bool(np.all(np.abs(values - values[:, :1]) <= ALMOST))
            if units or turned:
                yield node, {"name": graph.name(node), "layer": stage.name}


def _missing_bias(graph: Graph, layers: list[Stage]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Find layers that multiply by weights and add none."""
    for stage in layers:
        weights = _weights(graph, stage)
        if stage.loss or not weights or stage.kind in _NO_BIAS_NEEDED:
            continue
        others = [graph.find(name) for name in stage.parameters]
        biased = any(node not in weights for node in others)
        settings = dict(stage.settings)
        if not biased and not settings.get("homogeneous") and not _has_ones(graph, stage):
            yield stage.output, {"name": stage.name, "weights": graph.name(weights[0])}


def _cannot_learn(graph: Graph, _layers: list[Stage]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Find parameters that reach the output only through ops that are flat."""
    for name in cut_off(graph):
        node = graph.find(name) or 0
        if graph.role(node) == "parameter":
            yield node, {"name": name, "output": graph.name(graph.output)}


def _unscaled_input(graph: Graph, layers: list[Stage]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Find layers that read a column of large numbers as it is.

    Source: LeCun et al., Efficient BackProp, 1998, section 4.3.
    """
    import numpy as np

    table = graph.heading.table
    for stage in layers:
        if table is None or stage.loss or not stage.kind or stage.kind == "embedding":
            continue
        for node in stage.data:
            name = graph.name(node)
            if name not in table.names or not _weights(graph, stage):
                continue
            if not _is_read(graph, stage, node):
                continue
            place = table.names.index(name)
            rows = (np.ravel(to_float(table.rows[row - 1][place])) for row in table.training_rows())
            values = np.array(list(rows))
            if float(np.sqrt(np.mean(values**2, axis=0)).max()) > _LARGE:
                if len(graph.columns.shape(node)) > 1:  # an image has one centre and one scale
                    values = values.reshape(-1, 1)
                spread = values.std(axis=0)
                fields = {"name": stage.name, "column": name, "mean": _rounded(values.mean(axis=0))}
                fields["deviation"] = _rounded(np.where(spread > 0, spread, 1.0))
                flat = any(_saturates(graph, one) for one in stage.activations)
                reason = "lint.unscaled_input.flat" if flat else "lint.unscaled_input.steep"
                yield stage.output, fields | {"effect": Worded(reason)}


def _is_read(graph: Graph, stage: Stage, column: int) -> bool:
    """Tell whether weights meet a column as it is: not what is left of it when it was scaled."""
    learned = bytearray(len(graph))
    for node in range(stage.output + 1):
        parents = graph.columns.parents_of(node)
        learned[node] = graph.role(node) == "parameter" or any(learned[one] for one in parents)
    carried = {column}
    for node in stage.nodes:
        if carried.isdisjoint(graph.columns.parents_of(node)):
            continue
        if learned[node]:
            return True
        if graph.columns.row(node).name in _CARRIES:
            carried.add(node)
    return False


def _dead_units(graph: Graph, _layers: list[Stage]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Find units, and kernels of convolutions, that no row of the data wakes."""
    try:
        found = list(dead_units(Subject(graph)))
    except GraphgradError:  # what cannot be run is told by `run`
        return
    for one in found:
        if one.samples > 1:
            shown = ", ".join(map(str, one.numbers[:_MOST_NAMED]))
            fields = one._asdict() | {
                "name": one.layer,
                "dead": len(one.numbers),
                "count": one.among,
                "numbers": shown + (", …" if len(one.numbers) > _MOST_NAMED else ""),
                "what": Worded(
                    "lint.dead_units.kernels" if one.kernels else "lint.dead_units.units"
                ),
            }
            yield one.node, fields


def _saturates(graph: Graph, node: int) -> bool:
    """Tell whether an activation is flat far from 0, on both sides: a relu is on one alone."""
    row = graph.columns.row(node)
    if not isinstance(row, Elementwise) or len(graph.columns.parents_of(node)) != 1:
        return False
    settings = graph.columns.settings_of(node)
    return all(abs(derivative_at(row, far, settings)) < _FLAT for far in (-_FAR, _FAR))


def _rounded(values: Any) -> str:
    """Return numbers with three digits, as a file writes them."""
    shown = [f"{float(f'{value:.3g}'):g}" for value in values]
    return shown[0] if len(shown) == 1 else f"[{', '.join(shown)}]"


RULES: tuple[Rule, ...] = (
    Rule("hidden_sigmoid", _hidden_sigmoid),
    Rule("loss_output", loss_output),
    Rule("swapped_loss", swapped_loss),
    Rule("zero_start", _zero_start),
    Rule("same_units", _same_units),
    Rule("missing_bias", _missing_bias),
    Rule("cannot_learn", _cannot_learn),
    Rule("dead_units", _dead_units),
    Rule("unscaled_input", _unscaled_input),
)
"""A new rule is one row here and two messages: ``lint.NAME`` and ``lint.NAME.repair``."""


# ---- what the rules ask ----


def _weights(graph: Graph, stage: Stage) -> list[int]:
    """Return the parameters of a layer that are multiplied with something."""
    columns = graph.columns
    carried: dict[int, int] = {}
    found: dict[int, None] = {}
    for node in stage.nodes:
        row = columns.row(node).name
        for parent in columns.parents_of(node):
            source = carried.get(parent, parent if graph.role(parent) == "parameter" else -1)
            if source < 0:
                continue
            if row in _PRODUCTS:
                found[source] = None
            elif row in PASSED_ON:
                carried[node] = source
    return list(found)


def _has_ones(graph: Graph, stage: Stage) -> bool:
    """Tell whether a 1 is put beside the layer's input: a bias as one more weight."""
    columns = graph.columns
    return any(
        columns.row(node).name == "concat"
        and any(graph.role(parent) == "constant" for parent in columns.parents_of(node))
        for node in (*stage.nodes, *stage.data)
    )
