"""Refuse to write more steps than anyone leafs through."""

from __future__ import annotations

from graphgrad.errors import LimitError
from graphgrad.graph.graph import Graph
from graphgrad.messages import Worded
from graphgrad.trace.trace import Trace
from graphgrad.views.scene.options import SceneOptions
from graphgrad.views.stops import Stops, usual_fold

__all__ = ["MOST_STEPS", "check_steps"]

MOST_STEPS = 2_000
"""Of one figure: a deck of more fills a disk before it is of use."""


def check_steps(source: Trace | Graph, options: SceneOptions) -> None:
    """Refuse a figure of too many steps before it is laid out.

    Args:
        source: what is drawn; a graph has no steps.
        options: what one step is.

    Raises:
        LimitError: if there are more than `MOST_STEPS`.
    """
    if not isinstance(source, Trace):
        return
    fold = options.fold or usual_fold(options.detail)
    found = len(Stops(source, fold))
    if found > MOST_STEPS:
        fewer = fold != "line" and len(Stops(source, "line")) <= MOST_STEPS
        hint = Worded("format.hint.fold" if fewer else "format.hint.one")
        raise LimitError("format.too_many_steps", got=found, limit=MOST_STEPS, hint=hint)
