"""Average the gradients of all mini-batches of a size: the mean is the full gradient.

Source: Buenos Aires course 002, SGD: the gradient of a mini-batch is an estimate without bias.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

from graphgrad.errors import LimitError, UsageError
from graphgrad.messages.catalogue import Worded, text
from graphgrad.ops.evaluate import to_float
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Plot, bars
from graphgrad.views.text.numbers import number

__all__ = ["BATCHES"]

_MOST_BATCHES = 100_000
_LISTED = 200
_CLOSE = 1e-12


def _compute(subject: Subject, *, size: int) -> Report:
    import numpy as np

    subject.scalar_output()
    count = len(subject.points)
    if count < 2 or not subject.parameters:
        raise UsageError("lens.needs_rows")
    if not 1 <= size <= count:
        raise UsageError("lens.batch_size", got=size, limit=count)
    batches = math.comb(count, size)
    if batches > _MOST_BATCHES:
        raise LimitError("lens.too_many_batches", got=batches, most=_MOST_BATCHES)
    each = np.array([_gradient(subject, trace) for trace in subject.traces])
    full = each.mean(axis=0)
    total, spread = np.zeros_like(full), 0.0
    rows: list[tuple[Any, ...]] = []
    for chosen in combinations(range(count), size):
        found = each[list(chosen)].mean(axis=0)
        total += found
        spread += float(np.sum((found - full) ** 2))
        if len(rows) < _LISTED:
            label = ", ".join(str(k + 1) for k in chosen)
            off = float(np.linalg.norm(found - full))
            rows.append(
                (label, found if found.size <= 6 else None, float(np.linalg.norm(found)), off)
            )
    mean = total / batches
    difference = float(np.max(np.abs(mean - full)))
    numbers: dict[str, Any] = {
        "batches": batches,
        "full_norm": float(np.linalg.norm(full)),
        "difference": difference,
        "noise": math.sqrt(spread / batches),
    }
    scale = max(1.0, float(np.max(np.abs(full))))
    same = difference <= _CLOSE * scale
    fields = {"batches": batches, "size": size, "difference": number(difference, 3)}
    code = "same" if same else "differs"
    verdicts = (
        Verdict(code, Worded(f"lens.batches.{code}", **fields)),
        Verdict("noise", Worded("lens.batches.noise", noise=number(numbers["noise"]), size=size)),
    )
    names = ", ".join(subject.parameters)
    heading = Worded("lens.batches.heading", names=names, full=_vector(full))
    sheet = Sheet("batches", ("rows", "gradient", "norm", "off"), tuple(rows), heading, most=20)
    return Report("batches", (sheet,), verdicts, numbers, lambda: _plot(rows))


def _gradient(subject: Subject, trace: Any) -> Any:
    import numpy as np

    return np.concatenate([np.ravel(to_float(trace.adjoint(name))) for name in subject.parameters])


def _vector(values: Any) -> str:
    shown = ", ".join(number(float(v)) for v in values[:6])
    return f"({shown}{', …' if len(values) > 6 else ''})"


def _plot(rows: list[tuple[Any, ...]]) -> Plot:
    return bars([(row[0], row[3]) for row in rows[:30]], title=text("lens.batches.plot"))


BATCHES = Lens(
    name="batches",
    spanish="lotes",
    compute=_compute,
    options=(Option("size", "whole", 2),),
    plotted=False,
    source="Buenos Aires course 002, SGD.",
)
