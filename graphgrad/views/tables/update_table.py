"""Show updates taken apart: what each sample adds, the sum, and what becomes of the parameters."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

from graphgrad.layers.training.layout import length
from graphgrad.layers.training.loop import Training
from graphgrad.layers.training.told import plan_text
from graphgrad.layers.training.updates import Sample, Update
from graphgrad.messages.catalogue import text
from graphgrad.views.tables.text_tables import Column, Row, layout_table
from graphgrad.views.tables.training_table import FORMAT
from graphgrad.views.text.numbers import number
from graphgrad.views.text.run_json import json_object, plain_data

__all__ = ["one_update", "update_table", "updates_json"]

MOST_COLUMNS: Final = 4
MOST_SAMPLES: Final = 12


def update_table(training: Training, updates: Sequence[Update], width: int = 80) -> Iterator[str]:
    """Yield the updates: a row per sample, the sum, the mean, the change and the new values."""
    graph = training.objective.graph
    if graph.heading.title_in():
        yield from (graph.heading.title_in(), "")
    yield text("train.told.recipe", recipe=plan_text(training.plan, whole=True))
    for update in updates:
        yield ""
        yield from one_update(training, update, width)


def one_update(training: Training, update: Update, width: int = 80) -> Iterator[str]:
    """Yield one update taken apart."""
    yield _title(update)
    yield from _table(training, update, width)
    yield from _spread(update)


def _title(update: Update) -> str:
    one = update.iterate
    rows = ", ".join(map(str, one.rows[:MOST_SAMPLES])) + (
        ", …" if len(one.rows) > MOST_SAMPLES else ""
    )
    return text("train.update.title", number=one.number + 1, epoch=one.epoch + 1, rows=rows)


def _table(training: Training, update: Update, width: int) -> list[str]:
    """Return a row per sample, with what is accumulated where there is room, then what is made."""
    output, iterate = training.objective.graph.name(training.objective.graph.output), update.iterate
    entries = training.objective.layout.entries(MOST_COLUMNS)
    descends = training.plan.optimizer.name == "gd" and training.plan.clip is None
    factor = -iterate.rate if descends else 1.0
    names = [f"Δ{name}" if descends else f"d{output}/d{name}" for name, _ in entries]
    sums = [f"Σ {name}" for name in names] if len(update.samples) > 1 and len(names) < 3 else []

    def cells(vector: Any, scale: float = 1.0) -> list[list[str]]:
        return [[number(scale * float(vector[place]))] for _, place in entries]

    def sample_row(sample: Sample) -> Row:
        added = cells(sample.total, factor) if sums else []
        return Row(
            [[str(sample.row)], [number(sample.loss)], *cells(sample.gradient, factor), *added]
        )

    blank: list[list[str]] = [[""] for _ in sums]
    rows = [sample_row(sample) for sample in update.samples[:MOST_SAMPLES]]
    if len(update.samples) > MOST_SAMPLES:
        rows.append(Row([["…"], *([""] for _ in range(1 + len(names) + len(sums)))]))
    for head, vector, scale in _made(update, factor, descends=descends):
        rows.append(Row([[head], [""], *cells(vector, scale), *blank]))
    columns = [text("train.head.row"), output, *names, *sums]
    return layout_table([Column(head, right=True) for head in columns], rows, width)


def _made(update: Update, factor: float, *, descends: bool) -> Iterator[tuple[str, Any, float]]:
    """Yield what is made of the sum: a heading, a vector, and what it is shown times."""
    iterate = update.iterate
    if len(update.samples) > 1:
        yield text("train.update.sum"), update.total, factor
    if update.divisor > 1:
        mean = text("train.update.mean", count=update.divisor)
        yield mean, update.total / update.divisor, factor
    if not descends:
        if iterate.clipped:
            yield text("train.update.clipped"), iterate.used, 1.0
        yield "Δ", update.change, 1.0
    yield text("train.update.new"), update.after, 1.0


def _spread(update: Update) -> Iterator[str]:
    """Say how far the gradients of single samples lie from their mean."""
    count = len(update.samples)
    if count < 2:
        return
    mean = update.total / count
    squares = math.fsum(length(sample.gradient - mean) ** 2 for sample in update.samples)
    spread = (squares / count) ** 0.5
    yield text("train.told.noise", spread=number(spread), norm=number(length(mean)))


def updates_json(training: Training, updates: Sequence[Update]) -> str:
    """Return the updates as one JSON object; every parameter, every sample."""
    graph = training.objective.graph
    data = {
        "format": FORMAT,
        "loss": graph.name(graph.output),
        "recipe": plan_text(training.plan),
        "updates": [_update(training, update) for update in updates],
    }
    return json_object(data)


def _update(training: Training, update: Update) -> dict[str, Any]:
    def named(vector: Any) -> dict[str, Any]:
        values = training.objective.layout.by_name(vector)
        return {name: plain_data(value) for name, value in values.items()}

    iterate = update.iterate
    return {
        "update": iterate.number + 1,
        "epoch": iterate.epoch + 1,
        "rate": iterate.rate,
        "samples": [
            {
                "row": sample.row,
                "loss": plain_data(sample.loss),
                "gradient": named(sample.gradient),
                "increment": named(-iterate.rate * sample.gradient),
                "accumulated": named(-iterate.rate * sample.total),
            }
            for sample in update.samples
        ],
        "divided_by": update.divisor,
        "used": named(iterate.used),
        "kept": {name: named(slot) for name, slot in update.slots.items()},
        "before": named(iterate.vector),
        "change": named(update.change),
        "after": named(update.after),
    }
