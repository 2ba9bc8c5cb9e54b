"""Count dead and saturated units over the data, and how far activations are from both.

A unit is dead where the derivative of its activation is exactly 0 on every sample: then the
gradient of all its weights is 0. It is saturated on a sample where that derivative is below a share
of the largest there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from graphgrad.messages.catalogue import Worded, text
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.row import Elementwise
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.samples import sample_axes
from graphgrad.views.lenses.slopes import (
    derivative_at,
    largest_slope,
    learned_arguments,
    node_slopes,
)
from graphgrad.views.lenses.stages import Stage
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Plot, bars
from graphgrad.views.text.numbers import number

__all__ = ["UNITS", "Dead", "dead_units"]

_MOST_NAMED = 12
_CUT = {"relu", "maximum"}
_CONVOLUTIONS = {"conv1d": 1, "conv2d": 2, "conv_transpose1d": 1, "conv_transpose2d": 2}
"""Layers of kernels, and how many axes behind the channels there are."""
_COLUMNS = (
    *("layer", "activation", "units", "samples", "dead", "dead_percent", "active"),
    *("saturated_percent", "slope", "mean", "deviation"),
)


class _Layer(NamedTuple):
    """One activation: its derivatives and values, samples first, then its units in a row."""

    name: str
    activation: str
    slopes: Any
    outputs: Any
    largest: float
    flat_side: bool
    stage: Stage
    node: int
    axis: int | None


class Dead(NamedTuple):
    """Units of a layer that no sample wakes.

    Attributes:
        node: the activation.
        layer: its name.
        activation: the function.
        kernels: whether they are kernels, with all their places, and no single units.
        numbers: which they are, from 1.
        among: of all units, or kernels, of the layer.
        samples: how many samples there are.
    """

    node: int
    layer: str
    activation: str
    kernels: bool
    numbers: list[int]
    among: int
    samples: int


def dead_units(subject: Subject) -> Iterator[Dead]:
    """Yield the layers with dead units; of a convolution a kernel is dead if it is everywhere."""
    for layer in _layers(subject):
        if not layer.flat_side:
            continue
        dead = _dead(layer)
        shape = subject.graph.columns.shape(layer.node)
        image = len(shape) - (layer.axis is not None) == 3
        kernels = image or layer.stage.kind in _CONVOLUTIONS
        if kernels:
            axes = 2 if image else _CONVOLUTIONS[layer.stage.kind]
            channels = shape[-axes - 1]
            dead = dead.reshape(-1, channels, dead.size // channels).all(axis=(0, 2))
        if dead.any():
            numbers = [int(place) + 1 for place in dead.nonzero()[0]]
            yield Dead(
                layer.node, layer.name, layer.activation, kernels, numbers, dead.size,
                len(layer.slopes),
            )  # fmt: skip


def _dead(layer: _Layer) -> Any:
    """Return which units have a derivative of 0 on every sample."""
    import numpy as np

    return np.all(layer.slopes == 0, axis=0) & layer.flat_side


def _compute(subject: Subject, *, saturated: float) -> Report:
    import numpy as np

    layers = list(_layers(subject))
    rows: list[tuple[Any, ...]] = []
    dead_names: list[str] = []
    numbers: dict[str, Any] = {}
    totals = [0, 0]
    for layer in layers:
        samples, units = layer.slopes.shape
        dead = _dead(layer)
        flat = np.abs(layer.slopes) < saturated * layer.largest
        active = np.any(layer.slopes != 0, axis=0)
        names = (f"{layer.name}[{k + 1}]" if units > 1 else layer.name for k in range(units))
        dead_names += [name for name, is_dead in zip(names, dead, strict=True) if is_dead]
        found: dict[str, Any] = {
            "dead": int(dead.sum()),
            "dead_percent": 100 * float(dead.mean()),
            "active": int(active.sum()),
            "saturated_percent": 100 * float(flat.mean()),
            "slope": float(np.abs(layer.slopes).mean()),
            "mean": float(layer.outputs.mean()),
            "deviation": float(layer.outputs.std()),
        }
        totals = [totals[0] + found["dead"], totals[1] + units]
        numbers |= {f"{layer.name}.{key}": value for key, value in found.items()}
        rows.append((layer.name, layer.activation, units, samples, *found.values()))
    numbers = _overall(layers, numbers, totals) | numbers
    told = tuple(_verdicts(layers, numbers, dead_names, totals))
    heading = Worded("lens.units.heading", share=number(100 * saturated))
    sheet = Sheet("layers", _COLUMNS, tuple(rows), heading, digits=3)
    return Report("units", (sheet,), told, numbers, lambda: _plot(layers, numbers))


def _layers(subject: Subject) -> Iterator[_Layer]:
    import numpy as np

    graph, columns, axes = subject.graph, subject.graph.columns, sample_axes(subject.graph)
    traces = subject.traces
    known = dict[Any, tuple[float, bool]]()
    for stage in subject.stages:
        for node in stage.activations if not stage.loss else ():
            row, settings = columns.row(node), columns.settings_of(node)
            if not isinstance(row, Elementwise):
                continue
            given = [np.asarray(node_slopes(trace, node)) for trace in traces]
            axis = axes.get(node)
            if axis is not None:
                given = [np.moveaxis(value, axis, 0) for value in given]
            rows = np.concatenate(
                [v.reshape(v.shape[0] if axis is not None else 1, -1) for v in given]
            )
            learned = learned_arguments(traces[0], node)
            key = (row.name, repr(settings), *learned)
            if key not in known:  # layers are often alike, and a slope takes long to find
                known[key] = (
                    max(largest_slope(row, settings, rest)[0] for rest in learned),
                    any(_has_flat_side(row, settings, rest) for rest in learned),
                )
            outs = [np.ravel(to_float(trace.values[node])) for trace in traces]
            yield _Layer(
                stage.name if len(stage.activations) == 1 else graph.name(node),
                row.name,
                rows,
                np.concatenate(outs),
                *known[key],
                stage,
                node,
                axis,
            )


def _has_flat_side(
    row: Elementwise, settings: dict[str, Any], rest: tuple[float, ...] = ()
) -> bool:
    """Tell whether a derivative is 0 near 0 already, and not only rounded to 0 far out."""
    import numpy as np

    near = np.array([-3.0, -0.5, 0.5, 3.0])
    return bool(np.any(derivative_at(row, near, settings, rest) == 0))


def _overall(layers: list[_Layer], numbers: dict[str, Any], totals: list[int]) -> dict[str, Any]:
    if not layers:
        return {}
    first, last = layers[0].name, layers[-1].name
    return {
        "dead": totals[0],
        "dead_percent": 100 * totals[0] / totals[1],
        "active": sum(numbers[f"{layer.name}.active"] for layer in layers),
        "units": totals[1],
        "saturated_percent": max(numbers[f"{layer.name}.saturated_percent"] for layer in layers),
        "first_deviation": numbers[f"{first}.deviation"],
        "last_deviation": numbers[f"{last}.deviation"],
        "last_saturated_percent": numbers[f"{last}.saturated_percent"],
    }


def _verdicts(
    layers: list[_Layer], numbers: dict[str, Any], dead: list[str], totals: list[int]
) -> Iterator[Verdict]:
    if not layers:
        yield Verdict("no_activation", Worded("lens.units.none"))
        return
    if dead:
        names = ", ".join(dead[:_MOST_NAMED]) + (", …" if len(dead) > _MOST_NAMED else "")
        share = number(numbers["dead_percent"], 3)
        fields = {"names": names, "count": totals[0], "units": totals[1], "share": share}
        yield Verdict("dead", Worded("lens.units.dead", **fields))
    cut = [layer for layer in layers if layer.activation in _CUT]
    if cut:
        active = sum(numbers[f"{layer.name}.active"] for layer in cut)
        units = sum(layer.slopes.shape[1] for layer in cut)
        yield Verdict("active", Worded("lens.units.active", active=active, units=units))
    full = [
        layer
        for layer in layers
        if numbers[f"{layer.name}.saturated_percent"] >= 50 and not layer.flat_side
    ]
    if full:
        names = ", ".join(layer.name for layer in full)
        least = min(numbers[f"{layer.name}.saturated_percent"] for layer in full)
        kinds = ", ".join(dict.fromkeys(layer.activation for layer in full))
        fields = {"names": names, "share": number(least, 3), "activation": kinds}
        yield Verdict("saturated", Worded("lens.units.saturated", **fields))
    if not dead and not full:
        yield Verdict("alive", Worded("lens.units.alive"))


def _plot(layers: list[_Layer], numbers: dict[str, Any]) -> Plot:
    shares = [(layer.name, numbers[f"{layer.name}.saturated_percent"]) for layer in layers]
    return bars(shares, title=text("lens.units.plot"), x="%")


UNITS = Lens(
    name="units",
    spanish="neuronas",
    compute=_compute,
    options=(Option("saturated", "number", 0.05),),
    source="Lu, Shin, Su and Karniadakis, Dying ReLU and Initialization, 2020, section 1.",
)
