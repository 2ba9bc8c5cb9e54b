"""Say which rows each update of a training goes over, the same for the same draw.

The order of an epoch depends on the draw and the epoch alone, so that a run can be
resumed anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Table
from graphgrad.layers.training.recipe import Plan
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.text import number_text

__all__ = ["Batch", "Parts", "batches", "parted", "parts_of"]


class Parts(NamedTuple):
    """The rows of a table by what they are for, counted from 1."""

    train: tuple[int, ...]
    valid: tuple[int, ...] = ()
    test: tuple[int, ...] = ()


class Batch(NamedTuple):
    """The rows of one update.

    Attributes:
        epoch: how many epochs were complete before it.
        rows: the rows, in the order in which they are visited.
        last: whether the epoch is complete after it.
    """

    epoch: int
    rows: tuple[int, ...]
    last: bool


def parts_of(table: Table | None, plan: Plan) -> Parts:
    """Return which rows train and which only judge.

    Raises:
        UsageError: if no row is left for training, or a batch is larger than the data.
    """
    _kept_apart(1, plan.valid)  # refused also where there are no rows
    parts = Parts((1,)) if table is None else _declared(parted(table, plan.valid))
    if not parts.train:
        raise UsageError("training.no_rows")
    count = len(parts.train)
    if plan.batch is not None and plan.batch > count and not plan.usual:
        raise UsageError("training.large_batch", batch=plan.batch, count=count)
    return parts


def parted(table: Table, valid: float | None) -> Table:
    """Return a table whose last rows are for validation, where it has no parts of its own.

    Args:
        table: the rows.
        valid: the share of rows kept apart, or their number from 1 on.
    """
    apart = _kept_apart(len(table.rows), valid)
    if table.parts or not apart:
        return table
    kept = max(0, len(table.rows) - apart)
    return table._replace(parts=(("train", 1), ("valid", kept + 1)))


def _kept_apart(count: int, valid: float | None) -> int:
    """Return how many of some rows validate: a share of them, or from 1 on their number."""
    if valid is None or valid < 1:
        return round(count * (valid or 0))
    if valid != int(valid):
        expected = Worded("training.expected.share_or_count")
        got = number_text(valid)
        raise UsageError(
            "training.setting_value", row="train", setting="valid", got=got, expected=expected
        )
    return int(valid)


def _declared(table: Table) -> Parts:
    """Return the parts that the table's own words make; rows before the first word train."""
    rows: dict[str, list[int]] = {"train": [], "valid": [], "test": []}
    for row in range(1, len(table.rows) + 1):
        rows[table.part(row)].append(row)
    return Parts(*(tuple(rows[word]) for word in ("train", "valid", "test")))


def batches(rows: Sequence[int], plan: Plan, start: int = 0) -> Iterator[Batch]:
    """Yield the batches of all epochs, without end.

    Args:
        rows: the rows that train.
        plan: batch size, order and draw.
        start: how many batches to leave out: those a resumed run has done.
    """
    size = min(plan.batch or len(rows), len(rows))
    per_epoch = plan.updates_per_epoch(len(rows))
    epoch, done = divmod(start, per_epoch)
    while True:
        order = epoch_order(rows, plan, epoch)
        for number in range(done, per_epoch):
            chosen = order[number * size : (number + 1) * size]
            yield Batch(epoch, chosen, number == per_epoch - 1)
        epoch, done = epoch + 1, 0


def epoch_order(rows: Sequence[int], plan: Plan, epoch: int) -> tuple[int, ...]:
    """Return the rows of an epoch in the order in which they are visited."""
    if plan.order == "file":
        return tuple(rows)
    import numpy as np

    stream = np.random.RandomState(crc32(f"{plan.draw}:epoch.{epoch}".encode()))
    count = len(rows)
    places = stream.permutation(count) if plan.order == "shuffled" else None
    if places is None:
        places = stream.randint(0, count, count)
    return tuple(rows[int(place)] for place in places)
