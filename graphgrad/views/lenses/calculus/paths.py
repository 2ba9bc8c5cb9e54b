"""Add a gradient up over all paths to the output: one product of partials per path.

Source: Baur and Strassen, The complexity of partial derivatives, 1983; Oviedo course 000, Redes
DAG: Pasada hacia atrás.
"""

from __future__ import annotations

from typing import Any

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import Worded, text
from graphgrad.ops.evaluate import to_float
from graphgrad.symbolic.derive.chain_rule import derivation
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Plot, bars
from graphgrad.views.text.derivation_paths import shown_count
from graphgrad.views.text.numbers import inline

__all__ = ["PATHS"]

_CLOSE = 1e-9


def _compute(subject: Subject, *, of: str | None) -> Report:
    import numpy as np

    subject.scalar_output()
    names = [*subject.parameters, *subject.inputs]
    if not names:
        raise UsageError("lens.nothing_to_vary")
    name = of or names[0]
    node = subject.node(name)
    if not subject.graph.variable[node]:
        raise UsageError("explain.constant", name=name)
    found = derivation(subject.trace, name, "line")
    rows = tuple(
        (
            k,
            " → ".join(path.nodes),
            "·".join(factor.name for factor in path.factors),
            path.contribution,
        )
        for k, path in enumerate(found.paths, 1)
    )
    whole = np.ravel(to_float(found.value))
    added = np.ravel(to_float(found.paths_sum)) if rows else whole * 0
    difference = float(np.max(np.abs(added - whole), initial=0.0))
    all_listed = len(rows) == found.path_count
    size = max(1.0, float(np.max(np.abs(whole), initial=0.0)))
    numbers: dict[str, Any] = {"paths": found.path_count, "listed": len(rows)}
    numbers |= {"gradient": found.value, "sum": found.paths_sum, "difference": difference}
    fields = {"count": shown_count(found.path_count), "name": name, "value": inline(found.value)}
    if not all_listed:
        verdict = Verdict("too_many", Worded("lens.paths.too_many", listed=len(rows), **fields))
    elif difference <= _CLOSE * size:
        verdict = Verdict("same", Worded("lens.paths.same", **fields))
    else:
        verdict = Verdict("differs", Worded("lens.paths.differs", **fields))
    columns = ("number", "path", "factors", "contribution")
    sheet = Sheet("paths", columns, rows, Worded("lens.paths.heading", name=name), most=50)
    scalar = rows and not getattr(found.value, "shape", ())
    plot = (lambda: _plot(rows, name)) if scalar and len(rows) > 1 else None
    return Report("paths", (sheet,), (verdict,), numbers, plot)


def _plot(rows: tuple[tuple[Any, ...], ...], name: str) -> Plot:
    shares = [(row[1], float(to_float(row[3]))) for row in rows]
    return bars(shares, title=text("lens.paths.plot", name=name))


PATHS = Lens(
    name="paths",
    spanish="caminos",
    compute=_compute,
    options=(Option("of", "name"),),
    plotted=False,
    source="Oviedo course 000, Redes DAG: Pasada hacia atrás.",
)
