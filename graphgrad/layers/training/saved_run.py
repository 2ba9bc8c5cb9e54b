"""Save a training as JSON: go on with it later, to the same bytes, or use what it has learned."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from math import prod
from typing import Any, Final, NamedTuple

from graphgrad.errors import LimitError, SourceError, UsageError
from graphgrad.files.checked import Checked, DataError, checked_json
from graphgrad.graph.graph import Graph
from graphgrad.layers.training.layout import Layout
from graphgrad.layers.training.log import Entry, Run
from graphgrad.layers.training.loop import Training
from graphgrad.layers.training.recipe import Plan
from graphgrad.layers.training.state import Best, State
from graphgrad.layers.training.told import plan_text
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.shapes import shape_text

__all__ = ["FORMAT", "Learned", "check_saved", "learned", "run_from_json", "run_to_json"]

FORMAT: Final = "graphgrad-training/1"
_MOST_PARAMETERS = 500_000
"""An optimizer keeps up to six numbers for each, and each is a line of the file."""


def check_saved(layout: Layout) -> None:
    """Refuse parameters that are too many to be saved as text.

    Raises:
        LimitError: if they are.
    """
    if layout.size > _MOST_PARAMETERS:
        raise LimitError("training.large", got=layout.size, limit=_MOST_PARAMETERS)


def run_to_json(plan: Plan, layout: Layout, state: State, run: Run) -> str:
    """Return a training as JSON text.

    Args:
        plan: how it is gone about.
        layout: where each parameter stands.
        state: where it is.
        run: its log.

    Raises:
        LimitError: if there are more parameters than a text is for.
    """
    check_saved(layout)
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
        "best": None if best is None else [_out(best.loss), best.number, _listed(best.vector)],
        "ended": state.ended,
        "running": {name: _listed(value) for name, value in state.running.items()},
        "start": _listed(run.start),
        "length": _out(run.length),
        "log": [_plain(entry) for entry in run.entries],
    }
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def run_from_json(text: str, training: Training, path: str = "") -> tuple[State, Run]:
    """Return where a saved training was, and its log.

    Args:
        text: what `run_to_json` wrote.
        training: the same training at its start; what it keeps is what must be in the text.
        path: the file, for messages.

    Raises:
        SourceError: if the text is no saved training.
        UsageError: if it was one of other parameters or with another recipe.
    """
    layout = training.objective.layout
    try:
        data = checked_json(text)
        data["format"].one_of([FORMAT])
        _refuse_other(data, training.plan, layout)
        entries = [_entry(entry, layout) for entry in data["log"].items()]
        start = _vector(data["start"], (layout.size,))
        run = Run(entries, start=start, length=data["length"].float())
        return _state(data, training), run
    except DataError as error:
        raise SourceError("training.not_saved", path=path, why=error.why) from None


class Learned(NamedTuple):
    """What a saved training says of a graph.

    Attributes:
        values: its parameters by name, and the running statistics that judging takes.
        number: after which update.
        averaged: of how many points the parameters are the mean; 0 where of none.
        recipe: how it was gone about.
    """

    values: dict[str, Any]
    number: int
    averaged: int
    recipe: str = ""


def learned(text: str, graph: Graph, path: str) -> Learned:
    """Return the values that a saved training has found for a graph.

    Args:
        text: what `run_to_json` wrote.
        graph: what was trained, in the mode in which it judges.
        path: the file, for messages.

    Raises:
        SourceError: if the text is no saved training.
        UsageError: if it is one of another graph, with the parameter in which they differ.
    """
    layout = Layout(graph)
    try:
        data = checked_json(text)
        data["format"].one_of([FORMAT])
        parameters = data["parameters"].pairs().items()
        saved = {name: tuple(n.whole(0) for n in shape.items()) for name, shape in parameters}
        differs = _difference(dict(zip(layout.names, layout.shapes, strict=True)), saved)
        if differs is not None:
            raise UsageError("training.state.other_graph", path=path, why=differs)
        number, averaged = data["number"].whole(0), data["averaged"].whole(0)
        recipe = data["recipe"].text()
        vector = _vector(data["vector" if data["average"].is_null else "average"], (layout.size,))
        values = layout.by_name(vector)
        for name, value in data["running"].pairs().items():
            node = graph.find(name)
            if node is not None:
                shape = graph.columns.shape(node)
                values[name] = _vector(value, shape)
    except DataError as error:
        raise SourceError("training.not_saved", path=path, why=error.why) from None
    return Learned(values, number, averaged, recipe)


def _difference(own: dict[str, Any], saved: dict[str, Any]) -> Worded | None:
    """Return the first parameter in which two networks differ, in words; None if in none."""
    for name, shape in own.items():
        if name not in saved:
            return Worded("training.state.missing", name=name, saved=", ".join(saved))
        if saved[name] != tuple(shape):
            shapes = {"got": shape_text(saved[name]), "expected": shape_text(shape)}
            return Worded("training.state.shape", name=name, **shapes)
    more = next((name for name in saved if name not in own), None)
    return None if more is None else Worded("training.state.more", name=more, own=", ".join(own))


def _refuse_other(data: Checked, plan: Plan, layout: Layout) -> None:
    shapes = {name: list(s) for name, s in zip(layout.names, layout.shapes, strict=True)}
    saved = data["parameters"].pairs()
    if {name: shape.value for name, shape in saved.items()} != shapes:
        raise UsageError("training.other_parameters", got=", ".join(shapes), saved=", ".join(saved))
    recipe = data["recipe"].text()
    if recipe != plan_text(plan):
        raise UsageError("training.other_recipe", got=plan_text(plan), saved=recipe)


def _state(data: Checked, training: Training) -> State:
    """Return the state, which keeps what a fresh one keeps, by the same names and sizes."""
    import numpy as np

    fresh, size = training.state, (training.objective.layout.size,)
    best, average, stops = data["best"], data["average"], fresh.stops
    averages = training.plan.average is not None
    modes = training.objective.modes
    running = {} if modes is None else modes.initial
    slots = data["slots"].named(fresh.slots)
    saved_stops = data["stops"].items(len(stops))
    given = data["running"].named(list(running) if data["running"].value else [])
    return State(
        number=data["number"].whole(0),
        vector=_vector(data["vector"], size),
        slots={name: _vector(slot, size) for name, slot in slots.items()},
        schedule=_remembered(data["schedule"], fresh.schedule),
        stops=[_remembered(*pair) for pair in zip(saved_stops, stops, strict=True)],
        average=None if average.is_null or not averages else _vector(average, size),
        averaged=data["averaged"].whole(0),
        best=None if best.is_null else _best(best, size),
        ended=data["ended"].flag(),
        running={name: _vector(value, np.shape(running[name])) for name, value in given.items()},
    )


def _best(data: Checked, size: tuple[int, ...]) -> Best:
    loss, number, vector = data.items(3)
    return Best(loss.float(), number.whole(0), _vector(vector, size))


def _vector(data: Checked, shape: tuple[int, ...]) -> Any:
    import numpy as np

    return np.array([value.float() for value in data.items(prod(shape))]).reshape(shape)


def _remembered(data: Checked, kept: Iterable[str]) -> dict[str, float]:
    return {name: value.float() for name, value in data.named(kept).items()}


def _entry(data: Checked, layout: Layout) -> Entry:
    """Return an entry of the log, its fields in the order in which `_plain` wrote them."""
    fields = dict(zip(Entry._fields, data.items(len(Entry._fields)), strict=True))
    found: dict[str, Any] = {
        name: None if value.is_null else value.float()
        for name, value in fields.items()
        if name not in ("number", "epoch", "norms", "shown", "restored")
    }
    for name in ("loss", "rate", "norm"):
        found[name] = fields[name].float()
    return Entry(
        number=fields["number"].whole(0),
        epoch=fields["epoch"].whole(0),
        norms=_remembered(fields["norms"], layout.layers),
        shown=_remembered(fields["shown"], layout.shown),
        restored=fields["restored"].flag(),
        **found,
    )


# ---- numbers: JSON has no infinity ----


def _memory(memory: dict[str, float]) -> dict[str, Any]:
    return {name: _out(value) for name, value in memory.items()}


def _listed(vector: Any) -> list[Any]:
    return [_out(value) for value in vector.tolist()]


def _out(value: float) -> Any:
    return value if math.isfinite(value) else str(value)


def _plain(entry: Entry) -> list[Any]:
    return [_told(value) for value in entry]


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        return _memory(value)
    return _out(value) if isinstance(value, float) else value
