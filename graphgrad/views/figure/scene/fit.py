"""Fit a scene to a page: turned, wrapped, set closer, shortened or folded until it can be read.

What is given up goes in the order of the rungs below, and no more than the letters need. A rung is
chosen by its estimated size; only what is likely to fit is laid out, four times at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf, sqrt
from typing import NamedTuple, Protocol

from graphgrad.views.figure.content.collapse import MOST_OPEN
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Size
from graphgrad.views.figure.layout.estimate import Way
from graphgrad.views.figure.scene.on_page import LARGEST, filling
from graphgrad.views.figure.scene.pages import enlarged_on, least_letters, page_of, read_from_afar
from graphgrad.views.figure.scene.proposed_style import Drawn, advised, drawn_letters
from graphgrad.views.figure.scene.scene import Scene

__all__ = ["NO_LABELS", "Sketch", "fitted"]

_MARGIN = 0.97
NO_LABELS = 4
_CLOSE: dict[str, object] = {"compact": True}
_SHORT: dict[str, object] = {**_CLOSE, "brief": 1, "digits": 3}
_NOTED: dict[str, object] = {**_SHORT, "numbered": True}
_FIRST: dict[str, object] = {**_NOTED, "first_of_kind": True}
_BARE: dict[str, object] = {**_SHORT, "brief": NO_LABELS}
_ENDS: dict[str, object] = {**_BARE, "short_arrays": True}
_SIGNS: dict[str, object] = {**_BARE, "short_signs": True}
_LEAST: dict[str, object] = {**_ENDS, "short_signs": True, "digits": 2}
_KINDS: dict[str, object] = {**_LEAST, "short_layers": True}
_FOLDED = (_SHORT, _FIRST, _BARE, _ENDS, _SIGNS, _LEAST)
_SPARE: tuple[tuple[str, ...], ...] = (("adjoints",), ("adjoints", "values"))
"""Numbers that are given up before the lines, the steps or the layers of which they are."""
_GIVEN_UP: tuple[dict[str, object], ...] = (
    *({}, _CLOSE, _SHORT, _NOTED, _FIRST, _BARE),
    *(_ENDS, _SIGNS, _LEAST),
)
"""In turn: nothing, air, digits and sums in boxes, the place of long derivatives on their edges,
texts of edges that repeat a kind, all texts of edges; the middle of arrays, the names in signs of
adjoints, or both."""
_LISTED: dict[str, object] = {**_CLOSE, "digits": 3, "numbered": True}
_OF_NEURONS: tuple[dict[str, object], ...] = ({}, _CLOSE, _LISTED, _BARE, _ENDS, _LEAST)
_UNNAMED: dict[str, object] = {**_KINDS, "short_units": True}
"""Of neurons: their names, where their layers have one."""
_FOLDS = (
    *("repeats", "@layer", "@layer+repeats"),
    *("@families", "@layer+@families", "@layer+@steps", "@block"),
)
"""Whole groups and lines that say the same: never neighbours that share nothing but their order."""
_SUBJECT = 0.6
"""A box that holds more of all computed lines holds what the figure is about."""
_MOST_RUNS = 4
_HOPE = 0.92
"""An estimate may be so much too low."""
_KNOWN, _ENOUGH = 0.96, 1.06
"""The same of neurons, which are laid out for it; so much larger than needed is large enough."""
_WORTH = 1.01
"""How much larger letters must get for one more loss, where none can be read."""
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

    def sketched(self, options: SceneOptions) -> Sketch:
        """Return about how large it gets."""
        ...

    def composed(self, options: SceneOptions) -> Scene:
        """Return the scene at its natural size."""
        ...


def fitted(options: SceneOptions, drawing: Drawing) -> Scene:
    """Return a scene on the page asked for, that loses no more than its letters need.

    Args:
        options: with ``fit`` set.
        drawing: what is drawn.
    """
    return _Fitting(options, drawing).scene()


class _Try(NamedTuple):
    """A rung: how much is lost on it, what is asked for, and about how large letters get."""

    lost: int
    options: SceneOptions
    letters: float

    def is_like(self, other: _Try) -> bool:
        """Tell whether another one comes out as large, since nothing of what it drops is there."""
        return self.letters == other.letters and _kind(self.options) == _kind(other.options)


class _Fitting:
    """Look for the first rung whose letters can be read."""

    def __init__(self, options: SceneOptions, drawing: Drawing) -> None:
        self.options, self.drawing = options, drawing
        self.page, self.least = page_of(options.fit), least_letters(options.fit)
        exact = options.style == "neurons"
        self.likely = self.least * (_KNOWN if exact else _HOPE)
        self.enough = self.least * _ENOUGH if exact else inf
        self.runs = 0
        self.hopes: dict[tuple[object, ...], float] = {}
        self.right: dict[tuple[object, ...], float] = {}
        self.best: Scene | None = None
        self.worth = 0.0

    def scene(self) -> Scene:
        """Return the scene; if its letters are too small, with what may be asked for instead."""
        left: list[_Try] = []
        hopeless: list[tuple[int, SceneOptions]] = []
        for lost, rung in enumerate(_rungs(self.options, self.drawing)):
            if self._hope(rung) < self.likely:
                hopeless.append((lost, rung))
                continue
            found = sorted(self._ways(lost, rung), key=lambda way: -way.letters)
            left += found
            for way in found[:2]:
                too_small = self._letters(way) < self.likely
                if too_small or self.runs == _MOST_RUNS - 1:
                    break
                left = [other for other in left if not way.is_like(other)]
                if self._reached(way):
                    return self._told()
        reached = max((way.letters for way in left), default=0.0)
        for lost, rung in hopeless:
            left += self._ways(lost, rung) if self._hope(rung) > reached else ()
        while left and self.runs < _MOST_RUNS:
            best = max(left, key=lambda way: self._worth(self._letters(way), way))
            left = [other for other in left if not best.is_like(other)]
            if self._reached(best):
                return self._told()
        return advised(self._found(), self.options, self._drawn())

    def _told(self) -> Scene:
        """Return the scene; on a body, where letters may be smaller, with what its slide says."""
        drawn = self._drawn()
        small = drawn.size < read_from_afar(self.options.fit)
        return advised(self._found(), self.options, drawn) if small else self._found()

    def _drawn(self) -> Drawn:
        scene, slide, grown = self._found(), self.options.slide, 1.0
        if slide and not self.options.fit.endswith(
            "-body"
        ):  # of another size than the page that was fitted
            grown = enlarged_on(slide, Size(self.page.width, self.page.height))
        return drawn_letters(scene, grown * scene.scale)

    def _hope(self, options: SceneOptions) -> float:
        """Return how large letters could get if boxes at their smallest filled the page."""
        if options.style in ("neurons", "wire"):
            return inf
        how = options.collapse, options.show, options.short_layers
        if how not in self.hopes:
            least = _KINDS if options.short_layers else _LEAST
            smallest, area = self.drawing.room(_lossy(options, least))
            self.hopes[how] = smallest * sqrt(self.page.width * self.page.height / max(area, 1.0))
        return self.hopes[how]

    def _found(self) -> Scene:
        assert self.best is not None
        return self.best

    def _ways(self, lost: int, options: SceneOptions) -> Iterator[_Try]:
        sketch = self.drawing.sketched(options)
        for way in sketch.ways:
            size = Size(way.size.width, way.size.height + sketch.below)
            scale = min(way._replace(size=size).scale_on(self.page) * _MARGIN, LARGEST)
            rows = way.rows or int(way.layout != "dot")
            chosen = replace(options, direction=way.direction, rows=rows, layout=way.layout)
            yield _Try(lost, chosen, sketch.smallest * scale)

    def _letters(self, way: _Try) -> float:
        """Return about how large letters get, by what the same way of laying out came to before."""
        return way.letters * self.right.get(_kind(way.options), 1.0)

    def _worth(self, letters: float, way: _Try) -> float:
        """Return how good letters of a size are, by what is lost for them."""
        return min(letters, self.enough) / _WORTH**way.lost

    def _reached(self, way: _Try) -> bool:
        """Lay out a rung, note how far off its estimate was, and tell whether it can be read."""
        self.runs += 1
        natural = self.drawing.composed(way.options)
        scene = filling(natural, self.page, _MARGIN)
        if _letters(scene) < self.least <= _letters(scene) / _MARGIN:
            scene = filling(natural, self.page)
        letters = _letters(scene)
        readable = letters >= self.least and not scene.crowded
        worth = self._worth(letters, way) / (1.5 ** len(scene.crowded))
        if self.best is None or worth > self.worth or readable:
            self.best, self.worth = scene, worth
        if not readable:
            self.right[_kind(way.options)] = letters / way.letters
        return readable


def _kind(options: SceneOptions) -> tuple[object, ...]:
    """Return what the error of an estimate depends on."""
    how = options.direction, options.rows, options.layout, options.collapse
    return *how, options.show, options.brief == NO_LABELS


def _rungs(options: SceneOptions, drawing: Drawing) -> Iterator[SceneOptions]:
    """Yield what is asked for, losing more and more; a fold that folds nothing more is left out.

    What keeps the subject goes first, at last without numbers; then what folds it.
    """
    if options.style == "neurons":
        yield from _rungs_of_neurons(options, drawing)
        return
    free = options.collapse == "auto"
    last = (_KINDS,) if options.detail in ("layer", "block") else ()  # a slide of layers alone
    whole = replace(options, collapse="none") if free else options
    left = drawing.boxes(whole)
    open_ones = left <= MOST_OPEN
    if open_ones or not free:
        yield from (_lossy(whole, lost) for lost in (*_GIVEN_UP, *last))
    if not free:
        return
    kept, lossy, fewest = _folds(options, drawing, left)
    layers = [fold for fold in kept if fold.collapse == "@layer"]
    for fold in layers:
        yield from (_lossy(fold, lost) for lost in _FOLDED)
    bare = (lossy or layers) and not drawing.about_values
    spare = _SPARE if bare else _SPARE[:1]
    for fold in (*([whole] if open_ones else ()), *layers):
        for numbers in spare:
            yield from _without(numbers, fold)
    for fold in (*(fold for fold in kept if fold not in layers), *lossy):
        yield from (_lossy(fold, lost) for lost in (*_FOLDED, *last))
    if fewest > _FEWEST_BLOCKS:
        yield _lossy(options, _LEAST)


def _rungs_of_neurons(options: SceneOptions, drawing: Drawing) -> Iterator[SceneOptions]:
    """Yield what is asked for, losing more and more: at last all behind the neurons is one box."""
    yield from (_lossy(options, lost) for lost in _OF_NEURONS)
    closed = replace(options, collapse="@loss")
    folds = options.collapse == "@open" and drawing.boxes(closed) < drawing.boxes(options)
    ways = [options, closed] if folds else [options]
    for lost in (_LEAST, _UNNAMED):
        for numbers in ((), *_SPARE):
            kept = [kind for kind in numbers if kind != f"{options.heat}s"]
            show = tuple(kind for kind in options.show if kind not in kept)
            for way in ways:
                spared = show != options.show
                yield _lossy(replace(way, show=show, spared=spared), lost)


def _folds(
    options: SceneOptions, drawing: Drawing, left: int
) -> tuple[list[SceneOptions], list[SceneOptions], int]:
    """Return the folds that keep the subject, those in which it is one box, and the fewest boxes.

    Args:
        options: what is asked for.
        drawing: what is drawn.
        left: how many boxes there are without a fold.
    """
    tried, kept, lossy = {left}, list[SceneOptions](), list[SceneOptions]()
    closed = options.detail in ("layer", "block")  # each layer is one box already
    tensors = options.style == "layers"  # which are no longer tensors in a box around them
    for fold in _FOLDS:
        if (closed and "@layer" in fold) or (tensors and fold == "@block"):
            continue
        folded = replace(options, collapse=fold)
        boxes, share = drawing.boxes(folded), drawing.largest(folded)
        if boxes not in tried and (share < inf or left > MOST_OPEN):
            tried.add(boxes)
            (lossy if share > _SUBJECT else kept).append(folded)
    return kept, lossy, min(tried)


def _without(numbers: Sequence[str], options: SceneOptions) -> Iterator[SceneOptions]:
    """Yield options without some numbers in boxes, unless none is there or a pupil writes them."""
    show = tuple(kind for kind in options.show if kind not in numbers)
    if show == options.show or options.blank or options.style != "formula":
        return
    for lost in (_SHORT, _FIRST, _BARE, _LEAST):
        yield _lossy(replace(options, show=show, spared=True), lost)


def _lossy(options: SceneOptions, lost: dict[str, object]) -> SceneOptions:
    """Return options with what is given up; what was asked for by hand is no more than asked."""
    changes = dict(lost)
    if "digits" in changes:
        changes["digits"] = min(options.digits, int(str(changes["digits"])))
        changes["digits_asked"] = options.digits
    if options.blank:
        changes.pop("numbered", None)  # a worksheet is filled in where it asks
    return replace(options, **changes)  # type: ignore[arg-type]


def _letters(scene: Scene) -> float:
    """Return the size of the smallest letters on the page, in points."""
    return scene.smallest * scene.scale
