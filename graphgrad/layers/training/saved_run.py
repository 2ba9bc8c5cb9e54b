"""Save a training as JSON and go on with it later, to the same bytes as without the break."""

from __future__ import annotations

import json
import math
from typing import Any, Final

from graphgrad.errors import SourceError, UsageError
from graphgrad.layers.training.layout import Layout
from graphgrad.layers.training.log import Entry, Run
from graphgrad.layers.training.recipe import Plan
from graphgrad.layers.training.state import Best, State
from graphgrad.layers.training.told import plan_text

__all__ = ["FORMAT", "run_from_json", "run_to_json"]

FORMAT: Final = "graphgrad-training/1"


def run_to_json(plan: Plan, layout: Layout, state: State, run: Run) -> str:
    """Return a training as JSON text.

    Args:
        plan: how it is gone about.
        layout: where each parameter stands.
        state: where it is.
        run: its log.
    """
    best = state.best
    data = {
        "format": FORMAT,
        "recipe": plan_text(plan),
        "parameters": {
            name: list(shape) for name, shape in zip(layout.names, layout.shapes, strict=True)
        },
        "number": state.number,
        "vector": _listed(state.vector),
        "slots": {name: _listed(slot) for name, slot in state.slots.items()},
        "schedule": _memory(state.schedule),
        "stops": [_memory(memory) for memory in state.stops],
        "average": None if state.average is None else _listed(state.average),
        "averaged": state.averaged,
        "best": None if best is None else [best.loss, best.number, _listed(best.vector)],
        "ended": state.ended,
        "running": {name: _listed(value) for name, value in state.running.items()},
        "start": _listed(run.start),
        "length": _out(run.length),
        "log": [_plain(entry) for entry in run.entries],
    }
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def run_from_json(text: str, plan: Plan, layout: Layout) -> tuple[State, Run]:
    """Return where a saved training was, and its log.

    Raises:
        SourceError: if the text is no saved training.
        UsageError: if it was one of other parameters or with another recipe.
    """
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise ValueError(data["format"])
        _refuse_other(data, plan, layout)
        entries = [_entry(entry) for entry in data["log"]]
        start = _vector(data["start"])
        return _state(data), Run(entries, start=start, length=_number(data["length"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, UsageError):
            raise
        raise SourceError("training.not_saved") from None


def _refuse_other(data: dict[str, Any], plan: Plan, layout: Layout) -> None:
    shapes = {name: list(s) for name, s in zip(layout.names, layout.shapes, strict=True)}
    if data["parameters"] != shapes:
        raise UsageError(
            "training.other_parameters",
            got=", ".join(shapes),
            saved=", ".join(data["parameters"]),
        )
    if data["recipe"] != plan_text(plan):
        raise UsageError("training.other_recipe", got=plan_text(plan), saved=data["recipe"])


def _state(data: dict[str, Any]) -> State:
    vector = _vector
    best = data["best"]
    return State(
        number=int(data["number"]),
        vector=vector(data["vector"]),
        slots={name: vector(slot) for name, slot in data["slots"].items()},
        schedule={name: _number(value) for name, value in data["schedule"].items()},
        stops=[{n: _number(value) for n, value in memory.items()} for memory in data["stops"]],
        average=vector(data["average"]),
        averaged=int(data["averaged"]),
        best=None if best is None else Best(_number(best[0]), best[1], vector(best[2])),
        ended=bool(data["ended"]),
        running={name: vector(value) for name, value in data["running"].items()},
    )


# ---- numbers: JSON has no infinity ----


def _vector(listed: Any) -> Any:
    import numpy as np

    return None if listed is None else np.array([_number(value) for value in listed])


def _memory(memory: dict[str, float]) -> dict[str, Any]:
    return {name: _out(value) for name, value in memory.items()}


def _listed(vector: Any) -> list[Any]:
    return [_out(value) for value in vector.tolist()]


def _out(value: float) -> Any:
    return value if math.isfinite(value) else str(value)


def _number(value: Any) -> float:
    return float(value)


def _plain(entry: Entry) -> list[Any]:
    return [_out(value) if isinstance(value, float) else value for value in entry]


def _entry(values: list[Any]) -> Entry:
    entry = Entry(*values)
    return entry._replace(loss=_number(entry.loss), norm=_number(entry.norm))
