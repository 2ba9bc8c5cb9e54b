"""Show a training run: a line per step, the update rule in numbers, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from graphgrad.graph.graph import Graph
from graphgrad.layers.optimizers import Optimizer
from graphgrad.layers.training import Iterate
from graphgrad.messages.catalogue import text
from graphgrad.ops.row import PRODUCT
from graphgrad.views.tables.text_tables import Column, Row, layout_table
from graphgrad.views.text.numbers import inline, number, shape_of
from graphgrad.views.text.run_json import json_object, plain_data
from graphgrad.views.text.substitution import written

__all__ = ["training_json", "training_table", "update_lines"]

MOST_ROWS = 20
MOST_COLUMNS = 4
FORMAT = "graphgrad-train/1"


def training_table(
    graph: Graph, run: Sequence[Iterate], optimizer: Optimizer, rate: float, width: int = 80
) -> Iterator[str]:
    """Yield what was trained, some of the steps, and the first update in numbers."""
    if graph.heading.title:
        yield from (graph.heading.title, "")
    output = graph.name(graph.output)
    names = [name for name, value in run[0].values.items() if not shape_of(value)][:MOST_COLUMNS]
    heads = [text("train.step"), output, *names]
    rows = [
        Row([[str(i.number)], [number(i.loss)], *([number(i.values[n])] for n in names)])
        for i in _some(run)
    ]
    yield from layout_table([Column(head, right=True) for head in heads], rows, width)
    yield ""
    yield from update_lines(graph, run[0], optimizer, rate)
    yield text(
        "train.result",
        output=output,
        first=number(run[0].loss),
        last=number(run[-1].loss),
        count=run[-1].number,
    )


def update_lines(
    graph: Graph, iterate: Iterate, optimizer: Optimizer, rate: float, most: int = MOST_COLUMNS
) -> Iterator[str]:
    """Yield the update rule of some parameters at a point, in names and in numbers."""
    output, step = graph.name(graph.output), number(rate)
    for name, gradient in list(iterate.gradients.items())[:most]:
        rule = optimizer.rule.format(w=name, g=f"d{output}/d{name}", rate=step)
        if shape_of(gradient):
            yield rule
            continue
        moved, _ = optimizer.update(iterate.values[name], gradient, None, rate)
        numbers = (
            optimizer.rule.partition("←")[2]
            .strip()
            .format(w=inline(iterate.values[name]), g=written(gradient).within(PRODUCT), rate=step)
        )
        yield f"{rule} = {numbers} = {inline(moved)}"


def training_json(graph: Graph, run: Sequence[Iterate], optimizer: Optimizer, rate: float) -> str:
    """Return a training run as one JSON object."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "loss": graph.name(graph.output),
        "optimizer": optimizer.name,
        "rate": rate,
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


def _some(run: Sequence[Iterate]) -> list[Iterate]:
    """Return the start, the end, and steps evenly between."""
    if len(run) <= MOST_ROWS:
        return list(run)
    last = len(run) - 1
    return [run[round(k * last / (MOST_ROWS - 1))] for k in range(MOST_ROWS)]
