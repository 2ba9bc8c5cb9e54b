"""Bound a derivative: its exact extremes, found in symbols, with numbers as witness.

A claim such as ``<= 1/4`` is proved where the exact maximum says so, refuted by a point otherwise.
"""

from __future__ import annotations

import math
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded, near, text
from graphgrad.ops.registry import find, function_names
from graphgrad.ops.row import Elementwise
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.slopes import derivative_at, value_at
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import curve
from graphgrad.views.text.numbers import number

__all__ = ["BOUNDS", "activation_row", "derivative_bounds"]

_RELATIONS = ("<=", ">=", "<", ">", "≤", "≥")
_CLOSE = 1e-9
_REACH = 40.0
_COUNT = 8001


def _compute(subject: Subject | None, *, of: str | None, claim: str | None) -> Report:
    name, row, settings = _function(subject, of)
    low, high, exact = derivative_bounds(row, settings)
    columns = ("bound", "exact", "value", "at", "taken")
    rows = tuple(
        (Worded(f"lens.bounds.{side}"), one[0] if exact else None, one[1], one[2], one[3])
        for side, one in (("smallest", low), ("largest", high))
    )
    numbers: dict[str, Any] = {"smallest": low[1], "largest": high[1], "exact": exact}
    numbers["at"] = high[2]
    fields = {"name": name, "low": low[0], "high": high[0]}
    verdicts = [
        Verdict(
            "exact" if exact else "numeric",
            Worded("lens.bounds.exact" if exact else "lens.bounds.numeric", **fields),
        )
    ]
    if claim:
        verdicts.insert(0, _judged(claim, row, settings, low, high))
        numbers["holds"] = verdicts[0].code == "holds"
    heading = Worded("lens.bounds.heading", name=name)
    sheet = Sheet("bounds", columns, rows, heading)
    return Report("bounds", (sheet,), tuple(verdicts), numbers, lambda: _plot(name, row, settings))


def derivative_bounds(
    row: Elementwise, settings: dict[str, Any]
) -> tuple[tuple[str, float, float, bool], tuple[str, float, float, bool], bool]:
    """Return the smallest and largest derivative of a function of one number.

    Each as text, as a number, where, and whether it is taken there; last whether both are exact.
    The numbers of a fine grid are the witness: where they contradict the symbols, they stand.
    """
    import sympy

    from graphgrad.symbolic.sympy_rows.on_sympy import EXPANDED, real_symbol
    from graphgrad.symbolic.sympy_rows.on_sympy import number as sympy_number
    from graphgrad.views.lenses.calculus.maximum import extremes

    z = real_symbol("z")
    chosen = {key: sympy_number(value) for key, value in (row.defaults | settings).items()}
    found = extremes(sympy.diff(row.formula(EXPANDED, z, **chosen), z), z)
    seen = _seen(row, settings)
    if found is not None:
        exact = [float(one.value) for one in found]
        inside = all(math.isfinite(value) for value in exact)
        slack = _CLOSE * max(1.0, *map(abs, exact)) if inside else math.inf
        holds = exact[0] - slack <= seen[0][0] and seen[1][0] <= exact[1] + slack
        if holds:
            told = [(str(one.value), float(one.value), float(one.at), one.taken) for one in found]
            return told[0], told[1], True
    return (
        (f"≈{number(seen[0][0])}", *seen[0], True),
        (f"≈{number(seen[1][0])}", *seen[1], True),
        False,
    )


def activation_row(name: str) -> Elementwise:
    """Return the row of a function of one number.

    Raises:
        UsageError: if there is none of that name.
    """
    row = find(name)
    if isinstance(row, Elementwise) and len(row.arguments) == 1:
        return row
    known = [n for n in function_names() if _one_argument(n)]
    raise UsageError(
        "lens.unknown_function", name=name, known=", ".join(known), near=near(name, known)
    )


def _one_argument(name: str) -> bool:
    row = find(name)
    return isinstance(row, Elementwise) and len(row.arguments) == 1 and name == row.name


def _function(subject: Subject | None, of: str | None) -> tuple[str, Elementwise, dict[str, Any]]:
    """Return the function that is meant: named, or the first activation of the graph."""
    if of is not None:
        row = activation_row(of.removesuffix("'").removesuffix("(z)"))
        return row.name, row, {}
    found = None if subject is None else _first_activation(subject.graph, subject)
    if found is None:
        raise UsageError("lens.which_function")
    return found[0].name, *found


def _first_activation(graph: Graph, subject: Subject) -> tuple[Elementwise, dict[str, Any]] | None:
    for stage in subject.stages:
        for node in stage.activations:
            row = graph.columns.row(node)
            if isinstance(row, Elementwise) and len(row.arguments) == 1:
                return row, graph.columns.settings_of(node)
    return None


def _seen(row: Elementwise, settings: dict[str, Any]) -> tuple[tuple[float, float], ...]:
    """Return the smallest and largest derivative on a grid that is dense near 0, and where."""
    import numpy as np

    even = np.linspace(-1.0, 1.0, _COUNT)
    places = _REACH * even**3
    slopes = np.array(derivative_at(row, places, settings), dtype=float)
    slopes = np.where(np.isfinite(slopes), slopes, np.nan)
    low, high = int(np.nanargmin(slopes)), int(np.nanargmax(slopes))
    return tuple((float(slopes[k]), float(places[k])) for k in (low, high))


def _judged(claim: str, row: Elementwise, settings: dict[str, Any], low: Any, high: Any) -> Verdict:
    """Return whether ``<= 1/4`` holds of the derivative everywhere, else a point where it fails."""
    relation = next((r for r in _RELATIONS if claim.strip().startswith(r)), None)
    try:
        above, _, below = claim.strip().removeprefix(relation or " ").partition("/")
        bound = float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        relation = None
        bound = 0.0
    if relation is None:
        raise UsageError("lens.bad_claim", got=claim)
    relation = {"≤": "<=", "≥": ">="}.get(relation, relation)
    side = high if relation.startswith("<") else low
    value, taken = side[1], side[3]
    strict = len(relation) == 1
    beyond = value > bound + _CLOSE if relation.startswith("<") else value < bound - _CLOSE
    touches = strict and taken and abs(value - bound) <= _CLOSE
    fields = {"claim": f"{relation} {number(bound)}", "name": row.name, "value": number(value)}
    if not beyond and not touches:
        return Verdict("holds", Worded("lens.bounds.holds", **fields))
    spot = side[2] if math.isfinite(side[2]) else math.copysign(30.0, side[2])
    slope = float(derivative_at(row, float(spot), settings))
    point = {"z": number(spot), "slope": number(slope)}
    return Verdict("fails", Worded("lens.bounds.fails", **fields, **point))


def _plot(name: str, row: Elementwise, settings: dict[str, Any]) -> Any:
    return activation_plot(name, row, settings, -5.0, 5.0, text("lens.activation.plot", name=name))


def activation_plot(
    name: str, row: Elementwise, settings: dict[str, Any], low: float, high: float, title: str
) -> Any:
    """Return the plot of a function and its derivative."""
    import numpy as np

    xs = np.linspace(low, high, 201)
    series = [
        (f"{name}(z)", xs, value_at(row, xs, settings)),
        (f"{name}′(z)", xs, derivative_at(row, xs, settings)),
    ]
    return curve(series, title=title, x="z")


BOUNDS = Lens(
    name="bounds",
    spanish="cotas",
    compute=_compute,
    options=(Option("of", "name"), Option("claim", "name")),
    free=True,
    source="Oviedo course 000, Desvanecimiento del gradiente: ejemplo.",
)
