"""Show updates taken apart: what each sample adds, the sum, and what becomes of the parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from graphgrad.layers.training.layout import length
from graphgrad.layers.training.loop import Training
from graphgrad.layers.training.told import plan_text
from graphgrad.layers.training.updates import Update
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
    if graph.heading.title:
        yield from (graph.heading.title, "")
    yield text("train.told.recipe", recipe=plan_text(training.plan))
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
    graph, layout = training.objective.graph, training.objective.layout
    output, iterate = graph.name(graph.output), update.iterate
    entries = layout.entries(MOST_COLUMNS)
    places = [place for _, place in entries]
    descends = training.plan.optimizer.name == "gd" and training.plan.clip is None
    factor = -iterate.rate if descends else 1.0
    names = [name for name, _ in entries]
    heads = [text("train.head.row"), output]
    heads += [f"Δ{name}" if descends else f"d{output}/d{name}" for name in names]

    def cells(head: str, loss: str, vector: Any, scale: float = 1.0) -> Row:
        return Row([[head], [loss], *([number(scale * float(vector[p]))] for p in places)])

    samples = update.samples[:MOST_SAMPLES]
    rows = [cells(str(s.row), number(s.loss), s.gradient, factor) for s in samples]
    if len(update.samples) > MOST_SAMPLES:
        rows.append(Row([["…"]] + [[""]] * (len(heads) - 1)))
    if len(update.samples) > 1:
        rows.append(cells(text("train.update.sum"), "", update.total, factor))
    if update.divisor > 1:
        mean = text("train.update.mean", count=update.divisor)
        rows.append(cells(mean, "", update.total / update.divisor, factor))
    if not descends:
        if iterate.clipped:
            rows.append(cells(text("training.kind.clip"), "", iterate.used))
        rows.append(cells("Δ", "", update.change))
    rows.append(cells(text("train.update.new"), "", update.after))
    return layout_table([Column(head, right=True) for head in heads], rows, width)


def _spread(update: Update) -> Iterator[str]:
    """Say how far the gradients of single samples lie from their mean."""
    count = len(update.samples)
    if count < 2:
        return
    mean = update.total / count
    squares = sum(length(sample.gradient - mean) ** 2 for sample in update.samples)
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
