"""Show a plain training run: a line per step, the update rule in numbers, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from graphgrad.graph.graph import Graph
from graphgrad.layers.training.log import Run
from graphgrad.layers.training.recipe import Plan
from graphgrad.layers.training.state import Iterate
from graphgrad.messages.catalogue import text
from graphgrad.ops.row import PRODUCT
from graphgrad.views.tables.text_tables import Column, Row, layout_table
from graphgrad.views.text.numbers import inline, number, shape_of
from graphgrad.views.text.run_json import json_object, plain_data
from graphgrad.views.text.substitution import written

__all__ = [
    "FORMAT",
    "MOST_ROWS",
    "rule_lines",
    "some",
    "training_json",
    "training_table",
    "update_lines",
]

MOST_ROWS = 20
MOST_COLUMNS = 4
FORMAT = "graphgrad-train/1"
_RULE = "{w} ← {w} − {rate}·{g}"
_Shown = TypeVar("_Shown")


def training_table(graph: Graph, run: Run, plan: Plan, width: int = 80) -> Iterator[str]:
    """Yield what was trained, some of the steps, and the first update in numbers."""
    assert run.first is not None
    if graph.heading.title_in():
        yield from (graph.heading.title_in(), "")
    output, names = graph.name(graph.output), run.first.layout.shown
    heads = [text("train.step"), output, *names]
    rows = [
        Row([[str(entry.number)], [number(entry.loss)], *([number(entry.shown[n])] for n in names)])
        for entry in some(run.entries)
    ]
    yield from layout_table([Column(head, right=True) for head in heads], rows, width)
    yield ""
    yield from update_lines(graph, run.first, plan)
    yield text(
        "train.result",
        output=output,
        first=number(run.first.loss),
        last=number(run.end.loss),
        count=run.end.number,
    )


def update_lines(
    graph: Graph, iterate: Iterate, plan: Plan, most: int = MOST_COLUMNS
) -> Iterator[str]:
    """Yield the rule of plain descent for some parameters at a point, in names and in numbers."""
    output, step = graph.name(graph.output), number(iterate.rate)
    values = iterate.values
    for name, gradient in list(iterate.gradients.items())[:most]:
        rule = _RULE.format(w=name, g=f"d{output}/d{name}", rate=step)
        if shape_of(gradient):
            yield rule
            continue
        moved = values[name] - iterate.rate * gradient
        numbers = (
            _RULE.partition("←")[2]
            .strip()
            .format(w=inline(values[name]), g=written(gradient).within(PRODUCT), rate=step)
        )
        yield f"{rule} = {numbers} = {inline(moved)}"


def rule_lines(graph: Graph, iterate: Iterate, plan: Plan, most: int = 2) -> Iterator[str]:
    """Yield how an update is made: in numbers where it is plain descent, else as on a board."""
    if plan.optimizer.name == "gd" and not iterate.clipped:
        yield from update_lines(graph, iterate, plan, most)
    else:
        yield from plan.optimizer.row.rule


def training_json(graph: Graph, run: Sequence[Iterate], plan: Plan) -> str:
    """Return a training run as one JSON object."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "loss": graph.name(graph.output),
        "optimizer": plan.optimizer.name,
        "rate": plan.rate,
        "steps": [
            {
                "step": iterate.number,
                "loss": plain_data(iterate.loss),
                "values": {name: plain_data(v) for name, v in iterate.values.items()},
                "gradients": {name: plain_data(g) for name, g in iterate.gradients.items()},
            }
            for iterate in run
        ],
    }
    return json_object(data)


def some(run: Sequence[_Shown], most: int = MOST_ROWS) -> list[_Shown]:
    """Return the start, the end, and steps evenly between."""
    if len(run) <= most:
        return list(run)
    last = len(run) - 1
    return [run[round(k * last / (most - 1))] for k in range(most)]
