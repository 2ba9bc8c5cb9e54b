"""Plot a training: the loss against the updates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphgrad.graph.graph import Graph
from graphgrad.layers.optimizers.stops import moving_mean
from graphgrad.layers.training.log import Entry
from graphgrad.messages.catalogue import text
from graphgrad.views.plots.plot import Plot, Series, curve

__all__ = ["loss_curve"]


def loss_curve(graph: Graph, entries: Sequence[Entry], smooth: float | None = None) -> Plot:
    """Return the loss against the updates; over all rows and for validation where it is known.

    Args:
        graph: what was trained.
        entries: the log.
        smooth: the share that a moving mean keeps; None draws the numbers themselves.
    """
    entries = [entry for entry in entries if not entry.restored]
    output = graph.name(graph.output)
    whole = [entry for entry in entries if entry.full is not None]
    steps = [entry.number for entry in entries]
    losses = [entry.loss for entry in entries]
    if smooth is not None:
        losses = moving_mean(losses, smooth)
    series: list[Series | tuple[str, Sequence[Any], Sequence[Any]]] = []
    if len(whole) in (0, len(entries)):
        series.append((output, steps, losses))
    else:
        series.append((text("train.plot.batch"), steps, losses))
        series.append((output, [e.number for e in whole], [e.full or 0.0 for e in whole]))
    judged = [entry for entry in entries if entry.valid is not None]
    if judged:
        valid = [entry.valid for entry in judged]
        series.append((text("train.head.valid"), [entry.number for entry in judged], valid))
    return curve(series, title=graph.heading.title_in(), x=text("train.step"), y=output)
