"""Summarize a network: shapes, parameters and hyperparameters by layer, and what each costs.

Source: Goodfellow, Bengio and Courville, Deep Learning, section 6.4; counts by
`graphgrad.views.lenses.costs`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from graphgrad.graph.graph import Graph
from graphgrad.layers.registry import LAYERS as ROWS
from graphgrad.messages.catalogue import Names, Worded, text, worded
from graphgrad.messages.keywords import setting_typed
from graphgrad.views.lenses.costs import Cost, backward_cost, forward_cost
from graphgrad.views.lenses.lens import Lens, Report, Sheet, Verdict
from graphgrad.views.lenses.stages import Stage
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Plot, bars
from graphgrad.views.text.name_ranges import shape_words
from graphgrad.views.text.numbers import number

__all__ = ["LAYERS"]

_NORMS = {"batch_norm", "layer_norm", "rms_norm", "group_norm"}
"""Layers that do not count for the depth, though they have parameters."""


def _compute(subject: Subject) -> Report:
    graph = subject.graph
    counted: set[str] = set()
    rows, hyper = [], []
    forward_all = backward_all = Cost(0, 0)
    for stage in subject.stages:
        own = [name for name in stage.parameters if name not in counted]
        shared = [name for name in stage.parameters if name in counted]
        counted.update(own)
        forward, backward = _costs(graph, stage.nodes)
        forward_all, backward_all = forward_all.plus(forward), backward_all.plus(backward)
        rows.append(
            (
                stage.name,
                _what(stage),
                graph.columns.shape(stage.output),
                _listed(graph, own, shared) or None,
                _count(graph, own),
                forward.products,
                forward.total,
                backward.total,
            )
        )
        hyper += _settings(stage)
    layers = [stage for stage in subject.stages if stage.parameters and stage.kind not in _NORMS]
    widths = [graph.columns.shape(stage.output) for stage in layers]
    total = _count(graph, subject.parameters)
    hyper += [("", "depth", str(len(layers)))]
    hyper += [("", "widths", ", ".join(_width(shape) for shape in widths))]
    numbers: dict[str, Any] = {
        "parameters": total,
        "depth": len(layers),
        "multiply_adds": forward_all.products,
        "forward": forward_all.total,
        "backward": backward_all.total,
        "backward_products": backward_all.products,
        "ratio": backward_all.total / forward_all.total if forward_all.total else math.nan,
    }
    columns = ("layer", "what", "shape", "parameters", "count", "products", "forward", "backward")
    sheets = (
        Sheet("layers", columns, tuple(rows), Worded("lens.layers.heading")),
        Sheet(
            "hyperparameters",
            ("layer", "settings"),
            tuple(_by_layer(hyper)),
            Worded("lens.layers.hyperparameters"),
        ),
    )
    ratio = number(numbers["ratio"], 3)
    fields = {"parameters": total, "leaves": len(subject.parameters), "depth": len(layers)}
    costs = {"forward": forward_all.total, "backward": backward_all.total, "ratio": ratio}
    verdicts = (
        Verdict("count", Worded("lens.layers.count", **fields)),
        Verdict("cost", Worded("lens.layers.cost", **costs)),
    )
    return Report("layers", sheets, verdicts, numbers, lambda: _plot(rows))


def _costs(graph: Graph, nodes: Iterable[int]) -> tuple[Cost, Cost]:
    forward = backward = Cost(0, 0)
    for node in nodes:
        forward = forward.plus(forward_cost(graph, node))
        backward = backward.plus(backward_cost(graph, node))
    return forward, backward


def _what(stage: Stage) -> str | Worded:
    """Return what a layer is: its kind and its activations."""
    if stage.loss:
        return Worded("lens.layers.loss")
    columns = stage.graph.columns
    names = list(dict.fromkeys(columns.row(node).name for node in stage.activations))
    acts = ", ".join(names)
    told = " ".join(filter(None, (stage.kind, acts)))
    if not told:
        return Worded("lens.layers.linear")
    kinds = ROWS[stage.kind].aliases if stage.kind in ROWS else ()
    return Names(told, " ".join(filter(None, (kinds[0] if kinds else stage.kind, acts))))


def _listed(graph: Graph, own: list[str], shared: list[str]) -> str:
    told = []
    for name in own:
        shape = graph.columns.shape(graph.find(name) or 0)
        told.append(f"{name} {shape_words(shape)}".rstrip())
    told += [f"({name})" for name in shared]
    return ", ".join(told)


def _count(graph: Graph, names: Iterable[str]) -> int:
    return sum(math.prod(graph.columns.shape(graph.find(name) or 0)) for name in names)


def _settings(stage: Stage) -> list[tuple[str, str, str]]:
    columns = stage.graph.columns
    if stage.settings or stage.loss:
        return [(stage.name, n, _written(v)) for n, v in stage.settings if v not in (None, "")]
    found = []
    for node in stage.activations:
        row = columns.row(node)
        found.append((stage.name, "act", row.name))
        chosen = row.defaults | columns.settings_of(node)
        found += [(stage.name, key, _written(value)) for key, value in chosen.items()]
    return found


def _by_layer(hyper: list[tuple[str, str, str]]) -> Iterator[tuple[str | None, str]]:
    """Yield each layer with all its settings, what belongs to the whole network last."""
    for layer in dict.fromkeys(layer for layer, _, _ in hyper):
        own = [(name, value) for one, name, value in hyper if one == layer]
        english = ", ".join(f"{name}={value}" for name, value in own)
        spanish = ", ".join(f"{setting_typed(_told(name))}={_told(value)}" for name, value in own)
        yield layer or None, Names(english, spanish)


def _told(word: str) -> str:
    """Return the Spanish word for a truth value and for the depth; any other as it is."""
    known = ("true", "false", "depth")
    return worded(f"lens.layers.{word}", "es") if word in known else word


def _written(value: Any) -> str:
    """Return a setting as a file writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(map(_written, value))
    return str(value)


def _width(shape: tuple[int, ...]) -> str:
    """Return the width of a layer: its units, or the whole shape of its maps."""
    return str(math.prod(shape)) if len(shape) < 2 else shape_words(shape)


def _plot(rows: list[tuple[Any, ...]]) -> Plot:
    counts = [(str(row[0]), row[4]) for row in rows if row[4]] or [("–", 0)]
    largest = max(count for _, count in counts)
    smallest = min(count for _, count in counts)
    log = largest > 50 * max(1, smallest)
    return bars(counts, title=text("lens.layers.plot"), log=log)


LAYERS = Lens(
    name="layers",
    spanish="capas",
    compute=_compute,
    plotted=False,
    valued=False,
    source="Goodfellow, Bengio and Courville, Deep Learning, section 6.4.",
)
