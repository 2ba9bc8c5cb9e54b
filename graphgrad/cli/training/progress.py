"""Run a training with a progress bar, where someone looks."""

from __future__ import annotations

import sys

from graphgrad.layers.training.log import Run, kept
from graphgrad.layers.training.loop import Training
from graphgrad.messages.catalogue import text

__all__ = ["watched"]

_LEAST = 200
"""Shorter trainings are over before a bar could be read."""


def watched(training: Training, run: Run) -> Run:
    """Run a training to its end; on a terminal, standard error shows how far it is."""
    if training.total - training.state.number < _LEAST or not sys.stderr.isatty():
        return kept(training.run(), run)
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn(text("train.step")),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[loss]}"),
        TimeRemainingColumn(),
    )
    output = training.objective.graph.name(training.objective.graph.output)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=training.total, loss="")
        return kept(
            training.run(),
            run,
            lambda it: bar.update(task, completed=it.number, loss=f"{output} = {it.loss:.6g}"),
        )
