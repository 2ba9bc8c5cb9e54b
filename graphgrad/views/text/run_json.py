"""Write a run as one JSON object, one line per node."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from graphgrad.graph.blocks import Depth
from graphgrad.ops.evaluate import is_exact, to_float
from graphgrad.trace.trace import Trace
from graphgrad.views.text.depth_entries import entries_at
from graphgrad.views.text.entries import (
    COMPOSITE,
    Entry,
    PartialEntry,
    gradients_of,
)

__all__ = ["FORMAT", "exact_data", "json_object", "plain_data", "run_json"]

FORMAT = "graphgrad-run/1"


def run_json(
    trace: Trace,
    *,
    detail: Depth = "line",
    collapse: tuple[str, ...] = (),
    wrt: tuple[str, ...] = (),
    jacobian: Mapping[str, Any] | None = None,
) -> Iterator[str]:
    """Yield the object in pieces, so that a large graph is never held as one text.

    Args:
        trace: the run.
        detail: an entry per block, layer, line, or node.
        collapse: groups that are open where the depth closes them, or the other way round.
        wrt: the gradients to list; all of them if empty.
        jacobian: the derivative of the output in each name, if it was asked for.
    """
    graph = trace.graph
    output = graph.name(graph.output)
    yield f'{{"format": {_json(FORMAT)},\n "loss": {_json(output if graph.has_loss else None)},\n'
    if not graph.has_loss:
        yield f' "output": {_json(output)},\n'
    yield ' "nodes": ['
    for position, entry in enumerate(entries_at(trace, detail, collapse)):
        yield (",\n  " if position else "\n  ") + _json(_entry(entry, exact=trace.exact))
    yield "],\n"
    found = gradients_of(trace, wrt)
    yield f' "gradients": {_json({name: plain_data(value) for name, value in found.items()})}'
    if trace.exact:
        exact = {name: exact_data(value) for name, value in found.items()}
        yield f',\n "exact_gradients": {_json(exact)}'
    if jacobian is not None:
        yield f',\n "jacobian": {_json({k: plain_data(v) for k, v in jacobian.items()})}'
    yield "}"


def json_object(items: Mapping[str, Any]) -> str:
    """Return an object with one key per line; a list of objects has one per line too.

    >>> print(json_object({"rows": [{"row": 1}, {"row": 2}], "loss": None}))
    {"rows": [
      {"row": 1},
      {"row": 2}],
     "loss": null}
    """
    parts = []
    for key, value in items.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            inside = ",\n  ".join(map(_json, value))
            parts.append(f"{_json(key)}: [\n  {inside}]")
        else:
            parts.append(f"{_json(key)}: {_json(value)}")
    return "{" + ",\n ".join(parts) + "}"


def plain_data(value: Any) -> Any:
    """Return a number or array as JSON holds it: floats, nested lists, text where not finite.

    >>> plain_data(Fraction(1, 2)), plain_data(float("inf"))
    (0.5, 'inf')
    """
    if value is None:
        return None
    value = to_float(value)
    return _finite(value) if isinstance(value, float) else _each(value.tolist(), _finite)


def exact_data(value: Any) -> Any:
    """Return a rational or an array of them as text such as 1/3; None for floats."""
    if value is None or not is_exact(value):
        return None
    return str(value) if isinstance(value, Fraction) else _each(value.tolist(), str)


def _each(entries: Any, convert: Any) -> Any:
    if isinstance(entries, list):
        return [_each(entry, convert) for entry in entries]
    return convert(entries)


def _finite(value: float) -> float | str:
    if math.isfinite(value):
        return value
    return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")


def _entry(entry: Entry, *, exact: bool) -> dict[str, Any]:
    data: dict[str, Any] = {"name": entry.name, "op": entry.op, "role": entry.role}
    data["group"] = entry.group
    if entry.op == COMPOSITE:
        data["formula"] = entry.formula
    data["inputs"] = entry.inputs
    data["shape"] = list(getattr(entry.value, "shape", ()))
    data["value"] = plain_data(entry.value)
    data["adjoint"] = plain_data(entry.adjoint)
    if exact:
        data["exact"] = exact_data(entry.value)
        data["exact_adjoint"] = exact_data(entry.adjoint)
    data["partials"] = [_partial(partial, exact=exact) for partial in entry.partials]
    return data


def _partial(partial: PartialEntry, *, exact: bool) -> dict[str, Any]:
    data = {
        "slot": partial.slot,
        "wrt": partial.wrt,
        "symbolic": partial.symbolic,
        "latex": partial.latex,
        "value": plain_data(partial.value),
        "contribution": plain_data(partial.contribution),
    }
    if exact:
        data["exact"] = exact_data(partial.value)
        data["exact_contribution"] = exact_data(partial.contribution)
    return data


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False)
