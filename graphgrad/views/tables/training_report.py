"""Show a training by a recipe: what was asked for, a table, how it ended; the log as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.layers.training.accuracy import Classes
from graphgrad.layers.training.batches import Parts
from graphgrad.layers.training.choices import call_text
from graphgrad.layers.training.log import Entry, Run
from graphgrad.layers.training.recipe import Plan
from graphgrad.layers.training.told import plan_text
from graphgrad.messages.catalogue import Worded, text
from graphgrad.views.tables.answer_table import how_judged
from graphgrad.views.tables.text_tables import Column, Row, layout_table
from graphgrad.views.tables.training_table import FORMAT, some
from graphgrad.views.text.numbers import number
from graphgrad.views.text.rate_series import robbins_monro
from graphgrad.views.text.run_json import json_object, plain_data

__all__ = ["SHOWN", "Told", "report", "report_json"]

MOST_LAYERS: Final = 12


class Told(NamedTuple):
    """A training, and everything that is told of it.

    Attributes:
        graph: what was trained.
        plan: how.
        parts: the rows by what they are for.
        run: its log.
        averaged: how many points the average holds.
        average_loss: the loss at the average; None without one.
        classes: how the output whose classes are counted names one; None where none are.
        right: rows put in their class, and all, of each part.
    """

    graph: Graph
    plan: Plan
    parts: Parts
    run: Run
    averaged: int = 0
    average_loss: float | None = None
    classes: Classes | None = None
    right: dict[str, tuple[int, int]] = {}  # noqa: RUF012  # a mapping that no one writes to


Cell = Callable[[Entry], float | None]


def report(told: Told, show: str, width: int = 80) -> Iterator[str]:
    """Yield the lines of a report.

    Args:
        told: the training.
        show: a key of `SHOWN`.
        width: columns of the terminal.
    """
    if told.graph.heading.title_in():
        yield from (told.graph.heading.title_in(), "")
    yield text("train.told.recipe", recipe=plan_text(told.plan, whole=True))
    yield from _going(told)
    if any(stop.name == "early" for stop in told.plan.stops):
        part = Worded(f"train.part.{'valid' if told.parts.valid else 'train'}")
        yield text("train.told.watched", output=told.graph.name(told.graph.output), part=part)
    yield ""
    yield from _table(told, show, width)
    yield ""
    if show == "schedule":
        yield from _conditions(told.plan)
    yield from _ending(told)


def _conditions(plan: Plan) -> Iterator[str]:
    """Say whether the rates meet the conditions of Robbins and Monro."""
    found = robbins_monro(plan)
    if found is None:
        return
    fine = found.diverges and found.squares_converge
    yield text(
        "train.told.robbins",
        formula=found.formula,
        sum=Worded(f"train.sum.{_SUMS[found.diverges]}"),
        squares=found.squares or Worded(f"train.sum.{_SQUARES[found.squares_converge]}"),
        verdict=Worded("train.robbins.yes" if fine else "train.robbins.no"),
    )


_SUMS: Final = {True: "infinite", False: "finite", None: "unknown"}
_SQUARES: Final = {False: "infinite", True: "finite", None: "unknown"}


def _going(told: Told) -> Iterator[str]:
    """Yield how often the data are gone through, where a table is."""
    count = len(told.parts.train)
    size = min(told.plan.batch or count, count)
    if size == count:
        return
    updates, last = told.plan.updates_per_epoch(count), count % size
    message = "train.told.going_last" if last else "train.told.going"
    yield text(message, updates=updates, batch=size, count=count, last=last)


def _table(told: Told, show: str, width: int) -> list[str]:
    entries = told.run.entries
    if show == "epochs" or (show == "auto" and _by_epoch(told)):
        entries = [entry for entry in entries if entry.full is not None] or entries
    columns = SHOWN["steps" if show in ("auto", "epochs") else show](told, entries)
    rows = [Row([[_cell(cell(entry))] for _, cell in columns]) for entry in some(entries)]
    return layout_table([Column(head, right=True) for head, _ in columns], rows, width)


def _by_epoch(told: Told) -> bool:
    return told.plan.updates_per_epoch(len(told.parts.train)) > 1


def _cell(value: float | None) -> str:
    return "" if value is None else number(value)


def _steps(told: Told, entries: Sequence[Entry]) -> list[tuple[str, Cell]]:
    """Return the usual columns: epoch, step, loss, validation, rate, parameters."""
    output = told.graph.name(told.graph.output)
    columns: list[tuple[str, Cell]] = []
    if _by_epoch(told):
        columns.append((text("train.epoch"), lambda entry: entry.epoch))
    columns.append((text("train.step"), lambda entry: entry.number))
    columns.append((output, lambda entry: entry.loss if entry.full is None else entry.full))
    if told.parts.valid:
        columns.append((text("train.head.valid"), lambda entry: entry.valid))
    if len({entry.rate for entry in entries}) > 1:
        columns.append((text("train.head.rate"), lambda entry: entry.rate))
    names = list(entries[0].shown)
    return columns + [(name, lambda entry, name=name: entry.shown[name]) for name in names]


def _norms(told: Told, entries: Sequence[Entry]) -> list[tuple[str, Cell]]:
    """Return the length of the gradient, of all and of each layer."""
    output = told.graph.name(told.graph.output)
    layers = some(list(entries[0].norms), MOST_LAYERS)
    return [
        (text("train.step"), lambda entry: entry.number),
        (output, lambda entry: entry.loss),
        (text("train.head.norm"), lambda entry: entry.norm),
        *((layer, lambda entry, layer=layer: entry.norms.get(layer)) for layer in layers),
    ]


def _schedule(_told: Told, _entries: Sequence[Entry]) -> list[tuple[str, Cell]]:
    return [
        (text("train.step"), lambda entry: entry.number),
        (text("train.head.rate"), lambda entry: entry.rate),
    ]


def _decrease(told: Told, entries: Sequence[Entry]) -> list[tuple[str, Cell]]:
    """Return the loss that a first-order step predicts, and the one that came."""
    after = {one.number: two.loss for one, two in pairwise(entries)}
    output = told.graph.name(told.graph.output)
    return [
        (text("train.step"), lambda entry: entry.number),
        (output, lambda entry: entry.loss),
        (text("train.head.predicted"), lambda entry: entry.predicted),
        (text("train.head.actual"), lambda entry: after.get(entry.number)),
    ]


SHOWN: Final[dict[str, Callable[[Told, Sequence[Entry]], list[tuple[str, Cell]]]]] = {
    "steps": _steps,
    "norms": _norms,
    "schedule": _schedule,
    "decrease": _decrease,
}
"""What a table may list: from a training and its entries to columns."""


def _ending(told: Told) -> Iterator[str]:
    """Yield how it ended, and what a reader should know."""
    entries, output = told.run.entries, told.graph.name(told.graph.output)
    first, last = entries[0], entries[-1]
    ends = {"first": number(_loss(first)), "last": number(_loss(last))}
    yield text("train.result", output=output, count=last.number, **ends)
    before = entries[-2] if last.restored else last
    lengths = {"length": number(told.run.length), "straight": number(told.run.straight)}
    yield text("train.told.path", **lengths)
    if told.run.fired is not None:
        yield text("train.told.fired", count=before.number, stop=call_text(told.run.fired))
    elif told.plan.stops:
        yield text("train.told.ended", count=last.number)
    if last.restored:
        yield text("train.told.restored", step=last.number)
    if last.valid is not None:
        fields = {"count": len(told.parts.valid), "loss": number(last.valid)}
        yield text("train.told.valid", output=output, **fields)
    for part, (right, count) in told.right.items():
        share = {"right": right, "count": count, "percent": f"{100 * right / count:.1f}"}
        name = Worded(f"train.part.{part}")
        node = "" if told.classes is None else told.classes.node
        yield text("train.told.accuracy", name=node, part=name, **share)
    if told.classes is not None:
        yield from how_judged(told.classes)
    if told.average_loss is not None:
        losses = {"loss": number(told.average_loss), "last": number(_loss(last))}
        yield text("train.told.average", count=told.averaged, output=output, **losses)
    negative = next((entry for entry in entries if entry.rate < 0), None)
    if negative is not None:
        yield text("train.told.negative", rate=number(negative.rate), step=negative.number)
    turned = [entry.turned for entry in entries[:-1] if entry.turned is not None]
    if turned:
        yield text("train.told.clipped", count=len(turned), angle=number(max(turned), 3))


def _loss(entry: Entry) -> float:
    return entry.loss if entry.full is None else entry.full


# ---- JSON ----


def report_json(told: Told) -> str:
    """Return the log of a training as one JSON object."""
    run, last = told.run, told.run.end
    data: dict[str, Any] = {
        "format": FORMAT,
        "loss": told.graph.name(told.graph.output),
        "optimizer": told.plan.optimizer.name,
        "rate": told.plan.rate,
        "recipe": plan_text(told.plan),
        "rows": {name: len(rows) for name, rows in told.parts._asdict().items()},
        "bit_exact": False,
        "steps": [_entry(entry) for entry in run.entries],
        "path_length": plain_data(run.length),
        "stopped": None if run.fired is None else call_text(run.fired),
        "values": {name: plain_data(value) for name, value in last.values.items()},
    }
    if told.right:
        data["accuracy"] = {part: list(counts) for part, counts in told.right.items()}
        if told.classes is not None and told.classes.compared:
            data["compared"] = told.classes.compared
    if last.average is not None:
        values = last.layout.by_name(last.average)
        data["average"] = {
            "points": told.averaged,
            "loss": plain_data(told.average_loss),
            "values": {name: plain_data(value) for name, value in values.items()},
        }
    return json_object(data)


def _entry(entry: Entry) -> dict[str, Any]:
    data: dict[str, Any] = {
        "step": entry.number,
        "epoch": entry.epoch,
        "loss": plain_data(entry.loss),
        "rate": plain_data(entry.rate),
        "norm": plain_data(entry.norm),
        "norms": {layer: plain_data(norm) for layer, norm in entry.norms.items()},
    }
    found = {"full": entry.full, "valid": entry.valid, "predicted": entry.predicted}
    found["turned"] = entry.turned
    data |= {name: plain_data(value) for name, value in found.items() if value is not None}
    return data | ({"restored": True} if entry.restored else {})
