"""Tell the steps of a scene, and fold them: a frame per line or per node instead of per event.

The steps are told when a writer asks for it: a picture of one frame has no captions. A figure of
more steps than anyone leafs through is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import copy_context
from functools import cached_property, partial

from graphgrad.errors import LimitError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded, in_language
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.depth_folds import stops_of
from graphgrad.views.figure.content.known_at import Later
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.scene import Scene, SceneBox, SceneEdge, SceneHeat, SceneText
from graphgrad.views.text.stops import Stops

__all__ = ["MOST_STEPS", "check_steps", "per_stop"]


Position = Callable[[int], int]
_MOST_TOLD = 400
MOST_STEPS = 2_000
"""Of one figure: a deck of more fills a disk before it is of use."""


def per_stop(scene: Scene, trace: Trace, stops: Stops) -> Scene:
    """Return a scene whose steps are the stops of a trace, told in words, in the same geometry.

    Very long passes are not told.

    Args:
        scene: of the trace, one step per event.
        trace: the pass.
        stops: the steps it is to have.
    """
    fold = stops.fold
    captions: Sequence[str] = ()
    headings: Sequence[str] = ()
    if len(stops) <= _MOST_TOLD:
        with in_language(scene.language):
            told = _Told(trace, stops)
        captions, headings = (told.later(which) for which in (0, 1))
    if fold == "edge":
        return scene._replace(captions=captions, headings=headings)

    def position(step: int) -> int:
        return min(stops.of_index(step), len(stops)) if step else 0

    return scene._replace(
        boxes=tuple(_box(box, position) for box in scene.boxes),
        edges=tuple(_edge(edge, position) for edge in scene.edges),
        legend=tuple(
            entry._replace(text=_texts((entry.text,), position)[0]) for entry in scene.legend
        ),
        last_step=len(stops),
        acts=Later(len(stops) + 1, partial(_acts, scene, stops)),
        captions=captions,
        headings=headings,
    )


def _box(box: SceneBox, position: Position) -> SceneBox:
    return box._replace(
        texts=_texts(box.texts, position),
        heat=_cells(box.heat, position),
        value_step=position(box.value_step),
        adjoint_step=position(box.adjoint_step),
    )


def _edge(edge: SceneEdge, position: Position) -> SceneEdge:
    return edge._replace(
        texts=_texts(edge.texts, position),
        heat=_cells(edge.heat, position),
        level_step=position(edge.level_step),
        forward_step=position(edge.forward_step),
        backward_step=position(edge.backward_step),
    )


def _texts(texts: tuple[SceneText, ...], position: Position) -> tuple[SceneText, ...]:
    return tuple(text._replace(known_step=position(text.known_step)) for text in texts)


def _cells(heat: tuple[SceneHeat, ...], position: Position) -> tuple[SceneHeat, ...]:
    return tuple(cells._replace(known_step=position(cells.known_step)) for cells in heat)


def _acts(scene: Scene, stops: Stops) -> list[tuple[str, ...]]:
    """Return per stop what any of its steps acts on, in the order of the steps."""
    acts, done = [scene.acts[0]], 0
    for place in range(1, len(stops) + 1):
        last = stops.stop(place).last
        found = [part for step in range(done + 1, last + 1) for part in scene.acts[step]]
        acts.append(tuple(dict.fromkeys(found)))
        done = last
    return acts


class _Told:
    """The steps of a pass in words, in the language and with the digits of when it was made."""

    def __init__(self, trace: Trace, stops: Stops) -> None:
        self.trace, self.stops = trace, stops
        self._context = copy_context()

    @cached_property
    def texts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return captions and headings."""
        return self._context.run(_told, self.trace, self.stops)

    def later(self, which: int) -> Later[str]:
        """Return one of them, worked out where it is read."""
        return Later(len(self.stops) + 1, lambda: self.texts[which])


def _told(trace: Trace, stops: Stops) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return captions and headings."""
    from graphgrad.views.text.narrate_stops import leaf_sum, stop_text

    fold = stops.fold
    told = [stop_text(trace, stops.stop(place), fold) for place in range(len(stops) + 1)]
    captions = [told[0].caption]
    for place, stop in enumerate(told[1:], start=1):
        leaf = leaf_sum(trace, stops.stop(place), fold)
        captions.append(f"{stop.title}: {stop.caption} {leaf}".rstrip())
    return tuple(captions), (told[0].caption, *(stop.title for stop in told[1:]))


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
    stops = stops_of(source, options)
    found, fold = len(stops), stops.fold
    if found > MOST_STEPS:
        fewer = fold != "line" and len(Stops(source, "line")) <= MOST_STEPS
        hint = Worded("format.hint.fold" if fewer else "format.hint.one")
        raise LimitError("format.too_many_steps", got=found, limit=MOST_STEPS, hint=hint)
