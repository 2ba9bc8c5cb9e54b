"""Average an output over all masks of a dropout layer, and compare with the mask's mean in one run.

The masks are the entries of the named leaves, each kept with a probability. Kept entries are 1, or
1/keep where dropout is inverted.
Source: Srivastava et al., Dropout, JMLR 15, 2014, section 2; Sevilla course 004, Dropout como
ensamble.
"""

from __future__ import annotations

import math
from itertools import product
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.errors import LimitError, UsageError
from graphgrad.messages.catalogue import Worded, text
from graphgrad.ops.evaluate import to_float
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.plane import prediction
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Plot, bars
from graphgrad.views.text.numbers import inline, number

__all__ = ["MASKS"]

_MOST_MASKS = 1 << 16
_LISTED = 64
_CLOSE = 1e-12


def _compute(
    subject: Subject,
    *,
    mask: tuple[str, ...] | None,
    keep: float,
    inverted: str,
    of: str | None,
) -> Report:
    import numpy as np

    names = mask or _masks_of(subject)
    if not 0 < keep <= 1:
        raise UsageError("lens.keep", got=number(keep))
    shapes = {name: subject.graph.columns.shape(_leaf(subject, name)) for name in names}
    units = sum(math.prod(shape) for shape in shapes.values())
    if 2**units > _MOST_MASKS:
        raise LimitError("lens.too_many_masks", got=units, most=int(math.log2(_MOST_MASKS)))
    subject.allow(2**units)
    node = prediction(subject, of)
    kept = 1 / keep if inverted == "yes" else 1.0
    mean: Any = 0.0
    rows: list[tuple[Any, ...]] = []
    for bits in product((0, 1), repeat=units):
        chance = math.prod(keep if bit else 1 - keep for bit in bits)
        value = _value(subject, node, shapes, [bit * kept for bit in bits])
        mean = mean + chance * value
        if len(rows) < _LISTED:
            rows.append(("".join(map(str, bits)), chance, value))
    once = _value(subject, node, shapes, [keep * kept] * units)
    difference = float(np.max(np.abs(np.asarray(mean) - np.asarray(once))))
    scale = max(1.0, float(np.max(np.abs(mean))))
    same = difference <= _CLOSE * scale * 2**units
    numbers: dict[str, Any] = {"masks": 2**units, "mean": mean, "scaled": once}
    numbers["difference"] = difference
    fields = {
        "count": 2**units,
        "name": subject.graph.name(node),
        "mean": inline(mean),
        "once": inline(once),
        "factor": number(keep * kept),
    }
    code = "same" if same else "differs"
    verdict = Verdict(code, Worded(f"lens.masks.{code}", **fields))
    heading = Worded("lens.masks.heading", names=", ".join(names), keep=number(keep))
    sheet = Sheet("masks", ("mask", "chance", "value"), tuple(rows), heading)
    scalar = not getattr(mean, "shape", ())
    plot = (lambda: _plot(rows, subject.graph.name(node))) if scalar else None
    return Report("masks", (sheet,), (verdict,), numbers, plot)


def _masks_of(subject: Subject) -> tuple[str, ...]:
    """Return the masks that layers own, else the constant arrays and numbers of 0 and 1."""
    import numpy as np

    graph = subject.graph
    named = [
        line.name
        for line in graph.lines()
        if graph.role(line.root) == "constant"
        and line.root in graph.defaults
        and set(np.ravel(to_float(graph.defaults[line.root])).tolist()) <= {0.0, 1.0}
    ]
    owned = [name for name in named if name.rpartition(".")[2] == "mask"]
    if not named:
        raise UsageError("lens.no_mask")
    return tuple(owned or named)


def _leaf(subject: Subject, name: str) -> int:
    node = subject.node(name)
    if not subject.graph.is_leaf(node):
        raise UsageError("lens.mask_is_no_leaf", name=name)
    return node


def _value(
    subject: Subject, node: int, shapes: dict[str, tuple[int, ...]], entries: list[float]
) -> Any:
    import numpy as np

    point, first = dict(subject.points[0]), 0
    for name, shape in shapes.items():
        size = math.prod(shape)
        part = np.array(entries[first : first + size])
        point[name] = to_float(part.reshape(shape)) if shape else float(part[0])
        first += size
    return to_float(record(subject.graph, point, backward=False).values[node])


def _plot(rows: list[tuple[Any, ...]], name: str) -> Plot:
    values = [(row[0], float(row[2])) for row in rows[:32]]
    return bars(values, title=text("lens.masks.plot", name=name))


MASKS = Lens(
    name="masks",
    spanish="mascaras",
    compute=_compute,
    options=(
        Option("mask", "names"),
        Option("keep", "number", 0.5),
        Option("inverted", "word", "no", ("no", "yes")),
        Option("of", "name"),
    ),
    plotted=False,
    source="Srivastava et al., Dropout, JMLR 15, 2014, section 2.",
)
