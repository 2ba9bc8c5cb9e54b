"""Say what a page gives up, in order: what keeps the subject first, then what folds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import inf
from typing import NamedTuple, Protocol

from graphgrad.views.figure.content.collapse import MOST_OPEN
from graphgrad.views.figure.content.scene_options import NO_LABELS, SceneOptions
from graphgrad.views.figure.layout.estimate import Way
from graphgrad.views.figure.scene.scene import Scene

__all__ = ["KINDS", "LEAST", "LOSSES", "SHORT", "Drawing", "Sketch", "losing", "rungs"]

_CLOSE: dict[str, object] = {"compact": True}
SHORT: dict[str, object] = {**_CLOSE, "brief": 1, "digits": 3}
_NOTED: dict[str, object] = {**SHORT, "numbered": True}
_FIRST: dict[str, object] = {**_NOTED, "first_of_kind": True}
_BARE: dict[str, object] = {**SHORT, "brief": NO_LABELS}
_ENDS: dict[str, object] = {**_BARE, "short_arrays": True}
_SIGNS: dict[str, object] = {**_BARE, "short_signs": True}
LEAST: dict[str, object] = {**_ENDS, "short_signs": True, "digits": 2}
KINDS: dict[str, object] = {**LEAST, "short_layers": True}
_FOLDED = (SHORT, _FIRST, _BARE, _ENDS, _SIGNS, LEAST)
_SPARE: tuple[tuple[str, ...], ...] = (("adjoints",), ("adjoints", "values"))
"""Numbers that are given up before the lines, the steps or the layers of which they are."""
_GIVEN_UP: tuple[dict[str, object], ...] = (
    *({}, _CLOSE, SHORT, _NOTED, _FIRST, _BARE),
    *(_ENDS, _SIGNS, LEAST),
)
"""In turn: nothing, air, digits and sums in boxes, the place of long derivatives on their edges,
texts of edges that repeat a kind, all texts of edges; the middle of arrays, the names in signs of
adjoints, or both."""
_LISTED: dict[str, object] = {**_CLOSE, "digits": 3, "numbered": True}
_OF_NEURONS: tuple[dict[str, object], ...] = ({}, _CLOSE, _LISTED, _BARE, _ENDS, LEAST)
_UNNAMED: dict[str, object] = {**KINDS, "short_units": True}
"""Of neurons: their names, where their layers have one."""
_OF_WORKSHEETS = ("numbered", "digits", "digits_asked", "short_arrays")
_LAYERS = "@layer"
_FOLDS = (
    *("repeats", _LAYERS, "@layer+repeats"),
    *("@families", "@layer+@families", "@layer+@steps", "@block"),
)
"""Whole groups and lines that say the same: never neighbours that share nothing but their order."""
LOSSES = "@losses"
"""What the author wrote as one line, a call of a loss, is one box once its arrows say nothing."""
_SUBJECT = 0.6
"""A box that holds more of all computed lines holds what the figure is about."""
_FEWEST_BLOCKS = 150
"""So many boxes that nothing else folds are drawn as stretches of lines, as without a page."""


class Sketch(NamedTuple):
    """What is known of a figure before it is laid out.

    Attributes:
        smallest: the size of the smallest letters.
        below: the height of the notes below it.
        ways: in which it may be laid out, with about their sizes.
    """

    smallest: float
    below: float
    ways: Sequence[Way]


class Drawing(Protocol):
    """What can be sketched and composed with different options.

    Attributes:
        about_values: whether values are what it is about.
    """

    about_values: bool

    def room(self, options: SceneOptions) -> tuple[float, float]:
        """Return the size of the smallest letters and the area of all boxes, nothing else told."""
        ...

    def boxes(self, options: SceneOptions) -> int:
        """Return how many boxes are left after folding."""
        ...

    def largest(self, options: SceneOptions) -> float:
        """Return the share of all computed lines that the fullest folded box holds."""
        ...

    def ghosts(self, options: SceneOptions) -> int:
        """Return how many boxes more there are with shared parameters beside each use."""
        ...

    def sketched(self, options: SceneOptions) -> Sketch:
        """Return about how large it gets."""
        ...

    def composed(self, options: SceneOptions) -> Scene:
        """Return the scene at its natural size."""
        ...


def rungs(options: SceneOptions, drawing: Drawing) -> Iterator[SceneOptions]:
    """Yield what is asked for, losing more and more; a fold that folds nothing more is left out.

    What keeps the subject goes first, at last without numbers; then what folds it.
    """
    if options.style == "neurons":
        yield from _rungs_of_neurons(options, drawing)
        return
    free = options.collapse == "auto"
    last = (KINDS,) if options.detail in ("layer", "block") else ()  # a slide of layers alone
    whole = options._replace(collapse="none") if free else options
    left = drawing.boxes(whole)
    open_ones = left <= MOST_OPEN
    called = options._replace(collapse=LOSSES)
    if open_ones or not free:
        for lost in (*_GIVEN_UP, *last):
            bare = free and lost.get("brief") == NO_LABELS  # whose arrows say nothing any more
            yield losing(called if bare else whole, lost)
    if not free:
        return
    folds = _Folds(options, drawing, left)
    layers = folds.layers
    for fold in layers:
        yield from (losing(fold, lost) for lost in _FOLDED)
    bare = (layers or folds.rest.lossy) and not drawing.about_values
    spare = _SPARE if bare else _SPARE[:1]
    for numbers in spare:
        for fold in (*([called] if open_ones else ()), *layers):
            yield from _without(numbers, fold)
    others = (*folds.rest.kept, *folds.rest.lossy)
    for fold in others:
        yield from (losing(fold, lost) for lost in (*_FOLDED, *last))
    for numbers in _SPARE:
        for fold in others:
            yield from _without(numbers, fold)
    if folds.rest.fewest > _FEWEST_BLOCKS:
        yield losing(options, LEAST)


def _rungs_of_neurons(options: SceneOptions, drawing: Drawing) -> Iterator[SceneOptions]:
    """Yield what is asked for, losing more and more: at last all behind the neurons is one box."""
    yield from (losing(options, lost) for lost in _OF_NEURONS)
    closed = options._replace(collapse="@loss")
    folds = options.collapse == "@open" and drawing.boxes(closed) < drawing.boxes(options)
    ways = [options, closed] if folds else [options]
    for lost in (LEAST, _UNNAMED):
        for numbers in ((), *_SPARE):
            kept = [kind for kind in numbers if kind != f"{options.heat}s"]
            show = tuple(kind for kind in options.show if kind not in kept)
            for way in ways:
                spared = show != options.show
                yield losing(way._replace(show=show, spared=spared), lost)


class _Rest(NamedTuple):
    """The folds that keep the subject, those in which it is one box, and the fewest boxes."""

    kept: Sequence[SceneOptions]
    lossy: Sequence[SceneOptions]
    fewest: int


class _Folds:
    """What may be folded: whole layers, which go first; the rest is found where these do not do.

    A fold that folds nothing more than another is left out.

    Args:
        options: what is asked for.
        drawing: what is drawn.
        left: how many boxes there are without a fold.
    """

    def __init__(self, options: SceneOptions, drawing: Drawing, left: int) -> None:
        self.options, self.drawing, self.left = options, drawing, left
        self.tried = {left, drawing.boxes(options._replace(collapse=LOSSES))}
        self.layers, self.lossy = self._found([how for how in _FOLDS if how == _LAYERS])

    @cached_property
    def rest(self) -> _Rest:
        """Return all but the folds of whole layers that keep the subject."""
        kept, lossy = self._found([how for how in _FOLDS if how != _LAYERS])
        lossy = sorted([*self.lossy, *lossy], key=lambda fold: _FOLDS.index(fold.collapse))
        return _Rest(kept, lossy, min(self.tried))

    def _found(self, ways: Sequence[str]) -> tuple[list[SceneOptions], list[SceneOptions]]:
        """Return the folds that keep the subject, and those in which it is one box."""
        kept, lossy = list[SceneOptions](), list[SceneOptions]()
        closed = self.options.detail in ("layer", "block")  # each layer is one box already
        tensors = self.options.style == "layers"  # which are none in a box around them
        for way in ways:
            how = way.removeprefix(f"{_LAYERS}+") if closed else way
            if (closed and how == _LAYERS) or (tensors and how == "@block"):
                continue
            folded = self.options._replace(collapse=how)
            boxes, share = self.drawing.boxes(folded), self.drawing.largest(folded)
            if boxes not in self.tried and (share < inf or self.left > MOST_OPEN):
                self.tried.add(boxes)
                (lossy if share > _SUBJECT else kept).append(folded)
        return kept, lossy


def _without(numbers: Sequence[str], options: SceneOptions) -> Iterator[SceneOptions]:
    """Yield options without some numbers in boxes, unless none is there or a pupil writes them."""
    show = tuple(kind for kind in options.show if kind not in numbers)
    if show == options.show or options.blank or options.style != "formula":
        return
    for lost in (SHORT, _FIRST, _BARE, LEAST):
        yield losing(options._replace(show=show, spared=True), lost)


def losing(options: SceneOptions, lost: dict[str, object]) -> SceneOptions:
    """Return options with what is given up; what was asked for by hand is no more than asked."""
    changes = dict(lost)
    if "digits" in changes:
        changes["digits"] = min(options.digits, int(str(changes["digits"])))
        changes["digits_asked"] = options.digits
    if options.blank or options.whole:
        for whole in _OF_WORKSHEETS:  # filled in where it asks, from all that it gives
            changes.pop(whole, None)
    return options._replace(**changes)  # type: ignore[arg-type]
