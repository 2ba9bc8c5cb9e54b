"""Tell whether the gradients of all weights of a unit share a sign: the zig-zag of sigmoid inputs.

dL/dw_i = delta * s_i, so that on one sample the sign is that of delta wherever all inputs s_i of a
unit have one sign. The mean over a batch may differ.
Source: LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998, section 4.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.evaluate import to_float
from graphgrad.trace.trace import Trace
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject

__all__ = ["SIGNS"]

_MOST_NAMED = 12


def _compute(subject: Subject, *, draws: int, draw: int) -> Report:
    subject.scalar_output()
    subject.allow(draws + 1)
    units = dict(_units(subject))
    shared = dict.fromkeys(units, 0)
    counted = dict.fromkeys(units, 0)
    for trace in _drawn(subject, draws, draw):
        for name, places in units.items():
            signs = _signs(trace, places)
            if len(signs) > 1:
                counted[name] += 1
                shared[name] += len(set(signs)) == 1
    own = {name: _own_signs(subject, places) for name, places in units.items()}
    rows = tuple(
        (name, len(_entries(subject, units[name])), shared[name], counted[name], own[name])
        for name in units
        if counted[name]
    )
    always = [name for name in units if counted[name] and shared[name] == counted[name]]
    numbers = {f"{name}.shared": shared[name] for name in units if counted[name]}
    numbers["always"] = len(always)
    told = []
    if always:
        names = ", ".join(always[:_MOST_NAMED]) + (", …" if len(always) > _MOST_NAMED else "")
        told.append(Verdict("zigzag", Worded("lens.signs.zigzag", names=names, draws=draws)))
    elif rows:
        told.append(Verdict("free", Worded("lens.signs.free")))
    else:
        told.append(Verdict("none", Worded("lens.signs.none")))
    columns = ("unit", "weights", "shared", "draws", "mean_signs")
    sheet = Sheet("units", columns, rows, Worded("lens.signs.heading", draws=draws))
    return Report("signs", (sheet,), tuple(told), numbers)


def _units(subject: Subject) -> Iterator[tuple[str, tuple[tuple[str, Any], ...]]]:
    """Yield each unit and the places of its weights: a parameter, and which entries of it."""
    graph, columns = subject.graph, subject.graph.columns
    for stage in subject.stages:
        for line in dict.fromkeys(map(graph.line_of, stage.nodes)):
            scalars: list[tuple[str, Any]] = []
            for node in graph.line(line).nodes:
                parents = columns.parents_of(node)
                if columns.row(node).name not in ("mul", "matmul", "dot") or len(parents) != 2:
                    continue
                for slot, parent in enumerate(parents):
                    found = _parameter(graph, parent)
                    if found is None:
                        continue
                    name, turned = found
                    shape = columns.shape(parent)
                    if len(shape) == 2:
                        by_row = (slot == 0) != turned
                        count = shape[0] if slot == 0 else shape[1]
                        for k in range(count):
                            entry: Any = (k, slice(None)) if by_row else (slice(None), k)
                            yield f"{graph.line(line).name}[{k + 1}]", ((name, entry),)
                    elif len(shape) == 1:
                        yield graph.line(line).name, ((name, slice(None)),)
                    else:
                        scalars.append((name, ()))
            if len(scalars) > 1:
                yield graph.line(line).name, tuple(scalars)


def _parameter(graph: Any, node: int) -> tuple[str, bool] | None:
    """Return the parameter that an operand is, and whether it is transposed; None if it is none."""
    turned = False
    while graph.columns.row(node).name in ("transpose", "identity"):
        turned ^= graph.columns.row(node).name == "transpose"
        node = graph.columns.parents_of(node)[0]
    return (graph.name(node), turned) if graph.role(node) == "parameter" else None


def _drawn(subject: Subject, draws: int, draw: int) -> Iterator[Trace]:
    """Yield a pass per draw: every input and parameter from the standard normal distribution."""
    import numpy as np

    stream = np.random.RandomState(draw)
    leaves = subject.parameters | subject.inputs
    shapes = {name: subject.graph.columns.shape(node) for name, node in leaves.items()}
    for _ in range(draws):
        drawn = {n: to_float(stream.normal(size=s)) for n, s in shapes.items()}
        yield record(subject.graph, drawn, refuse=False)  # targets are drawn too, for their signs


def _signs(trace: Trace, places: tuple[tuple[str, Any], ...]) -> list[int]:
    import numpy as np

    pieces = [np.ravel(np.asarray(to_float(trace.adjoint(name)))[entry]) for name, entry in places]
    found = np.sign(np.concatenate(pieces)).astype(int)
    return [int(sign) for sign in found if sign]


def _own_signs(subject: Subject, places: tuple[tuple[str, Any], ...]) -> str:
    """Return the signs of the mean gradient over the samples, as text."""
    import numpy as np

    sums: dict[str, Any] = {}
    for trace in subject.traces:
        for name, _ in places:
            sums[name] = sums.get(name, 0.0) + np.asarray(to_float(trace.adjoint(name)))
    pieces = [np.ravel(sums[name][entry]) for name, entry in places]
    marks = ["0+-"[int(sign)] for sign in np.sign(np.concatenate(pieces))]
    return " ".join(marks[:16]) + (" …" if len(marks) > 16 else "")


def _entries(subject: Subject, places: tuple[tuple[str, Any], ...]) -> list[Any]:
    import numpy as np

    values = [np.ravel(np.asarray(subject.at(name))[entry]) for name, entry in places]
    return list(np.concatenate(values))


SIGNS = Lens(
    name="signs",
    spanish="signos",
    compute=_compute,
    options=(Option("draws", "whole", 100), Option("draw", "whole", 1)),
    plotted=False,
    source="LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998, section 4.3.",
)
