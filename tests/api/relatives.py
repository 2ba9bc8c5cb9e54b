"""Tell what comes of calls and files that are near relatives of those that once failed.

``python -m tests.api.relatives`` writes `tests/data/engine/outcomes.txt`: a call or a file a line,
and what came: a value, or the id of the message with its exit status. Read the difference before it
is committed: a value must be right, a refusal must name what is wrong.
"""

from __future__ import annotations

import decimal
import fractions
import math
import pickle
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import sympy

import graphgrad as gg
from graphgrad.errors import GraphgradError
from graphgrad.trace.trouble import Trouble
from graphgrad.views.text.trouble import trouble_error

__all__ = ["OUTCOMES", "calls", "files", "of_call", "of_file", "table"]

DATA = Path(__file__).parents[1] / "data" / "engine"
OUTCOMES = DATA / "outcomes.txt"
_NAMES: dict[str, Any] = {
    "np": np,
    "gg": gg,
    "math": math,
    "pickle": pickle,
    "sympy": sympy,
    "fractions": fractions,
    "decimal": decimal,
    "A": lambda: gg.param("A", [[1.0, 2.0], [3.0, 4.0]]),
    "v": lambda: gg.param("v", [1.0, 2.0, 3.0, 4.0, 5.0]),
    "x": lambda: gg.param("x", 2.0),
}
PYTHONS_OWN = {"AttributeError", "TypeError"}
"""What Python itself says of a name or an argument that is missing."""


def calls() -> list[str]:
    """Return the calls."""
    return _lines("calls.txt")


def files() -> list[str]:
    """Return the files."""
    return [line.replace("\\n", "\n") + "\n" for line in _lines("files.txt")]


def _lines(name: str) -> list[str]:
    return [t for t in (DATA / name).read_text("utf-8").split("\n") if t and not t.startswith("#")]


def of_call(call: str) -> str:
    """Return what comes of a call."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _shown(eval(call, dict(_NAMES)))
    except GraphgradError as error:
        return f"{type(error).__name__} {error.message_id}"
    except Exception as error:  # noqa: BLE001 -- what must not happen is told too
        ours = error.__cause__  # NumPy puts a ValueError of its own in front of what float(h) says
        if isinstance(ours, GraphgradError):
            return f"{type(ours).__name__} {ours.message_id}, behind {type(error).__name__}"
        return f"bare {type(error).__name__}"


def _shown(value: Any) -> str:
    if getattr(getattr(value, "dtype", None), "kind", "") == "b":
        return f"{value.tolist()} of shape {value.shape}"
    if hasattr(value, "tolist"):
        return f"{np.round(value, 6).tolist()} of shape {value.shape}"
    if isinstance(value, list | tuple):
        return f"({', '.join(map(_shown, value))})"
    return getattr(value, "__name__", "") or repr(value)


def of_file(text: str) -> str:
    """Return what comes of a file: gradients, or the message."""
    try:
        graph = gg.parse(text)
        trace = gg.trace(graph)
    except GraphgradError as error:
        return f"status {error.exit_status} {error.message_id}"
    trouble: Trouble | None = trace.trouble
    if trouble is not None:
        error = trouble_error(trace)
        assert error is not None
        stable = error.fields.get("stable")
        form = ", ".join(map(str, stable.fields.values())) if stable and stable.fields else ""
        offered = f", stable {form}" if form else ""
        return f"status 1 {error.message_id}{offered}"
    value = _shown(trace.values[graph.output])
    return f"{value}; " + ", ".join(f"d{n} {_shown(g)}" for n, g in trace.gradients.items())


def table() -> Iterator[str]:
    """Yield the lines of the table."""
    for call in calls():
        yield f"{call}  ->  {of_call(call)}"
    for text in files():
        yield f"{text.rstrip()!r}  ->  {of_file(text)}"


if __name__ == "__main__":
    OUTCOMES.write_text("\n".join(table()) + "\n", "utf-8")
