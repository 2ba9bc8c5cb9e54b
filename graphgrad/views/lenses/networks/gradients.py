"""Measure the gradient by layer: its norms from the last layer back, and what bounds them.

Source: Hochreiter, Untersuchungen zu dynamischen neuronalen Netzen, 1991, section 4; Glorot and
Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from graphgrad.messages.catalogue import Worded, text
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.row import Elementwise
from graphgrad.trace.trace import Trace
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.slopes import jacobian_bound, largest_slope
from graphgrad.views.lenses.stages import Stage
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Plot, bars
from graphgrad.views.text.numbers import number

__all__ = ["GRADIENTS", "Depth", "depths"]


class Depth(NamedTuple):
    """The gradient at one layer, as means over the samples.

    Attributes:
        stage: the layer.
        parameters: the norm of the gradient of what it reads as parameters.
        out: the norm of the adjoint of what it hands on.
        into: the norm of the adjoint of what it is given, as far as this layer makes it.
        slope: the largest derivative of its activation; None without one.
        gain: the norm of its weights, 1 without any; None where it is no plain product.
        bound: what the norm of its Jacobian is at most, from norms and largest derivatives alone;
            None where they do not tell.
    """

    stage: Stage
    parameters: float
    out: float
    into: float
    slope: float | None
    gain: float | None
    bound: float | None = None


def depths(traces: Sequence[Trace], layers: Sequence[Stage]) -> list[Depth]:
    """Return the gradient at each layer, the first one first."""
    return [
        Depth(
            stage,
            _parameter_norm(traces, stage),
            _mean(_norm(trace.adjoint(stage.output)) for trace in traces),
            _mean(_entering_norm(trace, stage) for trace in traces),
            _slope(stage),
            _gain(traces[0], stage),
            jacobian_bound(traces[0], stage),
        )
        for stage in layers
    ]


def _compute(subject: Subject, *, vanishing: float, exploding: float) -> Report:
    output = subject.scalar_output()
    layers = [stage for stage in subject.stages if not stage.loss]
    found = depths(subject.traces, layers)
    weighted = [depth for depth in found if depth.stage.parameters]
    numbers = _numbers(found, weighted)
    rows = tuple(
        (
            depth.stage.name,
            _activation_names(depth.stage) or None,
            ", ".join(depth.stage.parameters) or None,
            depth.parameters if depth.stage.parameters else None,
            depth.out,
            depth.into / depth.out if depth.out else None,
        )
        for depth in found
    )
    columns = ("layer", "activation", "parameters", "gradient_norm", "adjoint_norm", "factor")
    verdicts = tuple(_verdicts(found, weighted, numbers, vanishing, exploding))
    count = len(subject.traces)
    several = "lens.gradients.heading_of_samples" if count > 1 else "lens.gradients.heading"
    sheet = Sheet("layers", columns, rows, Worded(several, output=output, count=count))
    plot = (lambda: _plot(weighted, output)) if weighted else None
    return Report("gradients", (sheet,), verdicts, numbers, plot)


def _numbers(found: list[Depth], weighted: list[Depth]) -> dict[str, Any]:
    numbers: dict[str, Any] = {"layers": len(found)}
    if weighted:
        first, last = weighted[0].parameters, weighted[-1].parameters
        numbers |= {"first": first, "last": last, "ratio": first / last if last else math.nan}
    if found:
        into = found[0].into if found[0].stage.data else found[0].out
        out = found[-1].out
        numbers["factor"] = into / out if out else math.nan
        numbers["reach"] = found[0].out / out if out else math.nan
    bound = _bound(found)
    if bound is not None:
        numbers["bound"] = bound
    numbers |= {f"layer.{depth.stage.name}": depth.parameters for depth in weighted}
    return numbers


def _verdicts(
    found: list[Depth],
    weighted: list[Depth],
    numbers: dict[str, Any],
    vanishing: float,
    exploding: float,
) -> Iterator[Verdict]:
    ratio, reach = numbers.get("ratio", math.nan), numbers.get("reach", math.nan)
    if any(depth.parameters == 0 for depth in weighted):
        names = ", ".join(d.stage.name for d in weighted if d.parameters == 0)
        yield Verdict("zero", Worded("lens.gradients.zero", names=names))
    code = _course((ratio, reach), vanishing, exploding)
    if code:
        factor = numbers.get("factor", math.nan)
        told = factor if _course((factor,), vanishing, exploding) == code else reach
        fields = {"factor": number(told), "count": len(found)}
        yield Verdict(code, Worded(f"lens.gradients.{code}", **fields))
    if len(weighted) > 1 and math.isfinite(ratio):
        first, last = weighted[0].stage.name, weighted[-1].stage.name
        told = Worded("lens.gradients.ratio", ratio=number(ratio), first=first, last=last)
        yield Verdict("ratio", told)
    yield from _bound_verdict(found)


def _course(measured: Sequence[float], vanishing: float, exploding: float) -> str:
    """Return what gradients measured at the first layer, over those at the last, say.

    What the first layer hands on to the data does not count: weights of 0 pass nothing on, but
    learn.
    """
    seen = [value for value in measured if math.isfinite(value)]
    if not seen:
        return ""
    if max(seen) > exploding:
        return "exploding"
    return "vanishing" if min(seen) < vanishing else "steady"


def _bound_verdict(found: list[Depth]) -> Iterator[Verdict]:
    """Yield what the derivatives of the activations and the weights alone allow."""
    bound = _bound(found)
    if bound is None:
        return
    slopes = {depth.slope for depth in found}
    small = all(depth.gain is not None and depth.gain <= 1.0 for depth in found)
    slope = found[0].slope
    if small and len(slopes) == 1 and slope is not None and slope < 1:
        value = number(slope ** len(found))
        fields = {"slope": number(slope), "count": len(found), "bound": value}
        yield Verdict("power_bound", Worded("lens.gradients.power_bound", **fields))
    told = number(bound)
    yield Verdict("bound", Worded("lens.gradients.bound", bound=told))


def _bound(found: list[Depth]) -> float | None:
    """Return the product of the layers' bounds; None where one has none, or they are no chain."""
    before = [depth.stage.output for depth in found]
    chained = all(
        depth.stage.data == (output,) for depth, output in zip(found[1:], before, strict=False)
    )
    bounds = [depth.bound for depth in found if depth.bound is not None]
    return math.prod(bounds) if found and chained and len(bounds) == len(found) else None


def _plot(weighted: list[Depth], output: str) -> Plot:
    values = [(depth.stage.name, depth.parameters) for depth in weighted]
    log = len([v for _, v in values if v > 0]) > 0 and _span(values) > 20
    title, axis = text("lens.gradients.plot"), text("lens.gradients.axis", output=output)
    return bars(values, title=title, x=axis, log=log)


def _span(values: list[tuple[str, float]]) -> float:
    known = [value for _, value in values if value > 0]
    return max(known) / min(known)


# ---- one layer ----


def _parameter_norm(traces: Sequence[Trace], stage: Stage) -> float:
    """Return the norm of the mean gradient of what a layer reads as parameters."""
    import numpy as np

    sums: dict[int, Any] = {}
    for trace in traces:
        for edge in stage.entering:
            if stage.graph.role(edge.source) == "parameter" and _reached(trace, edge.target):
                term = np.asarray(to_float(trace.contribution(edge)))
                sums[edge.source] = sums[edge.source] + term if edge.source in sums else term
    return math.sqrt(math.fsum(_norm(total / len(traces)) ** 2 for total in sums.values()))


def _entering_norm(trace: Trace, stage: Stage) -> float:
    import numpy as np

    sums: dict[int, Any] = {}
    for edge in stage.entering:
        if edge.source in stage.data and _reached(trace, edge.target):
            term = np.asarray(to_float(trace.contribution(edge)))
            sums[edge.source] = sums[edge.source] + term if edge.source in sums else term
    return math.sqrt(math.fsum(_norm(total) ** 2 for total in sums.values()))


def _reached(trace: Trace, node: int) -> bool:
    return trace.adjoints is not None and trace.adjoints[node] is not None


def _slope(stage: Stage) -> float | None:
    """Return the product of the largest derivatives of a layer's activations."""
    columns = stage.graph.columns
    slopes = []
    for node in stage.activations:
        row = columns.row(node)
        if not isinstance(row, Elementwise) or len(columns.parents_of(node)) != 1:
            return None
        slopes.append(largest_slope(row, columns.settings_of(node))[0])
    return math.prod(slopes) if slopes else None


def _gain(trace: Trace, stage: Stage) -> float | None:
    """Return the norm of a layer's weights, where it is one product of weights and data."""
    import numpy as np

    columns = stage.graph.columns
    depends = _on_data(stage)
    gains = []
    for node in stage.nodes:
        parents = columns.parents_of(node)
        from_data = [parent for parent in parents if parent in depends]
        name = columns.row(node).name
        if len(from_data) > 1:
            return None  # a shortcut, or a product of data: no plain layer
        if name in ("mul", "matmul", "dot") and len(parents) == 2 and from_data:
            other = parents[0] if parents[1] in depends else parents[1]
            weights = np.asarray(to_float(trace.values[other]))
            plain = weights.ndim == 2
            gains.append(float(np.linalg.norm(weights, 2 if plain else None)))
        elif from_data and node not in stage.activations and name not in _HARMLESS:
            return None
    return math.prod(gains)


_HARMLESS = {"add", "sub", "neg", "identity", "transpose", "reshape"}


def _on_data(stage: Stage) -> set[int]:
    """Return the nodes that depend on what a layer is given, and that themselves."""
    found = set(stage.data)
    for node in stage.nodes:
        if any(parent in found for parent in stage.graph.columns.parents_of(node)):
            found.add(node)
    return found


def _activation_names(stage: Stage) -> str:
    names = (stage.graph.columns.row(node).name for node in stage.activations)
    return ", ".join(dict.fromkeys(names))


def _norm(value: Any) -> float:
    import numpy as np

    return float(np.linalg.norm(np.ravel(to_float(value))))


def _mean(values: Iterator[float]) -> float:
    known = list(values)
    return math.fsum(known) / len(known)


GRADIENTS = Lens(
    name="gradients",
    spanish="gradientes",
    compute=_compute,
    options=(Option("vanishing", "number", 1e-3), Option("exploding", "number", 1e3)),
    source="Glorot and Bengio, Understanding the difficulty of training deep feedforward neural "
    "networks, AISTATS 2010, section 3.",
)
