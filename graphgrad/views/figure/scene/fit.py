"""Fit a scene to a page: turned, wrapped, set closer, shortened or folded until it can be read.

What is given up goes in the order of the rungs below, and no more than the letters need. A rung is
chosen by its estimated size; only what is likely to fit is laid out, four times at most. What can
be read and is a tangle of lines is tried in other ways: shared parameters repeated, or a rung on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from math import inf, sqrt
from typing import NamedTuple

from graphgrad.views.figure.content.scene_options import NO_LABELS, SceneOptions
from graphgrad.views.figure.geometry.places import Size
from graphgrad.views.figure.layout.tangles import Run, tangles
from graphgrad.views.figure.scene.on_page import LARGEST, filling
from graphgrad.views.figure.scene.pages import enlarged_on, least_letters, page_of, read_from_afar
from graphgrad.views.figure.scene.proposed_style import Drawn, advised, drawn_letters
from graphgrad.views.figure.scene.rungs import (
    KINDS,
    LEAST,
    LOSSES,
    SHORT,
    Drawing,
    losing,
    rungs,
)
from graphgrad.views.figure.scene.scene import Scene

__all__ = ["fitted"]

_MARGIN = 0.97
_ONLY_AIR = 3
"""So many rungs give up nothing but air, digits and sums in boxes."""
_MOST_RUNS = 4
_HOPE, _HOPE_OF_OWN = 0.92, 0.96
"""An estimate may be so much too low; columns are measured, without what has no margin left."""
_KNOWN, _ENOUGH = 0.96, 1.06
"""The same of neurons, which are laid out for it; so much larger than needed is large enough."""
_SURE, _SURE_OF_OWN = 1.25, 1.07
"""An estimate is seldom more than so much too high: frames and notes are not in it."""
_MOST_WAYS = 3
_MOST_GHOSTS, _GHOSTS = 24, 1.5
"""How many boxes more ghosts may make, and how many crossings they are worth."""
_RUNG, _RETURN = 0.5, 0.1
"""How many crossings the loss of a rung is worth, and how much larger letters a way without a line
back that another has."""
_MOST_UNTANGLED = 60
_WORTH = 1.01
"""How much larger letters must get for one more loss, where none can be read."""


def fitted(options: SceneOptions, drawing: Drawing) -> Scene:
    """Return a scene on the page asked for, that loses no more than its letters need.

    Args:
        options: with ``fit`` set.
        drawing: what is drawn.
    """
    least, afar = least_letters(options.fit), read_from_afar(options.fit)
    if afar > least:  # on a body: as large as on a whole slide, if only air and digits go for it
        large = _Fitting(options, drawing, afar)
        large.look(_ONLY_AIR)
        if large.readable is not None:
            return large.scene()
    return _Fitting(options, drawing, least).scene()


class _Try(NamedTuple):
    """A way to draw a rung.

    Attributes:
        lost: the number of the rung.
        options: what is asked for.
        letters: about how large letters get.
        returns: how many lines run back between rows, beside the one that leads on.
        measured: whether its size is that of places which are known already.
    """

    lost: int
    options: SceneOptions
    letters: float
    returns: int = 0
    measured: bool = False

    @property
    def promise(self) -> float:
        """Return how good it is likely to be: large letters, few lines that run back."""
        turned = self.options.layout == "dot" and self.options.rows > 1
        return self.letters / (1 + _RETURN * (self.returns + turned))

    def is_like(self, other: _Try) -> bool:
        """Tell whether another one comes out as large, since nothing of what it drops is there."""
        return self.letters == other.letters and _kind(self.options) == _kind(other.options)


class _Fitting:
    """Look for the first rung whose letters can be read."""

    def __init__(self, options: SceneOptions, drawing: Drawing, least: float) -> None:
        self.options, self.drawing = options, drawing
        self.page, self.least = page_of(options.fit), least
        self.neurons = options.style == "neurons"
        self.enough = self.least * _ENOUGH if self.neurons else inf
        self.runs: list[_Try] = []
        self.hopes: dict[tuple[object, ...], float] = {}
        self.right: dict[tuple[object, ...], float] = {}
        self.best: Scene | None = None
        self.worth = 0.0
        self.readable: _Try | None = None
        self.tangled = inf
        self.left: list[_Try] = []
        self.hopeless: list[tuple[int, SceneOptions]] = []

    def look(self, most: int | None = None) -> None:
        """Try rungs, at most so many of them, until one can be read."""
        for lost, rung in enumerate(islice(rungs(self.options, self.drawing), most)):
            if self._is_settled(lost, rung):
                break
            if self._hope(rung) < self.least * _HOPE:
                self.hopeless.append((lost, rung))
                continue
            found = sorted(self._ways(lost, rung), key=lambda way: -way.promise)
            self.left += found
            for way in [way for way in found if self._may_be_read(way)][:_MOST_WAYS]:
                if self._is_settled(lost, rung) or not self._has_run_left():
                    break
                self._try(way)

    def scene(self) -> Scene:
        """Return the scene; if its letters are too small, with what may be asked for instead."""
        if self.readable is None:
            self.look()
        if self.readable is not None:
            return self._told()
        left = self.left
        reached = max((way.letters for way in left), default=0.0)
        for lost, rung in self.hopeless:
            left += self._ways(lost, rung) if self._hope(rung) > reached else ()
        while len(self.runs) < _MOST_RUNS and self.readable is None:
            left = [way for way in left if not any(way.is_like(run) for run in self.runs)]
            if not left:
                break
            self._try(self._safest(left))
        if self.readable is not None:
            return self._told()
        return self._advised(self._drawn())

    def _safest(self, left: Sequence[_Try]) -> _Try:
        """Return the way that loses least of those that are sure to be read; else the largest."""
        sure = [
            way
            for way in left
            if self._letters(way) >= self.least * (_SURE_OF_OWN if way.measured else _SURE)
        ]
        if sure:
            return min(sure, key=lambda way: (way.lost, -way.promise))
        return max(left, key=lambda way: self._worth(self._letters(way), way))

    def _worth(self, letters: float, way: _Try) -> float:
        """Return how good letters of a size are, by what is lost for them."""
        return min(letters, self.enough) / _WORTH**way.lost

    def _is_settled(self, lost: int, rung: SceneOptions) -> bool:
        """Tell whether what can be read is clear, or would not be worth the loss of a rung."""
        if self.readable is None:
            return False
        same = self.readable.options
        another = (_fold_of(rung), rung.show) != (_fold_of(same), same.show)
        gained = self.tangled - _RUNG * (lost - self.readable.lost)
        return another or gained <= self._repeated(same) or len(self.runs) == _MOST_RUNS

    def _repeated(self, options: SceneOptions) -> float:
        """Return what it costs that what is shared is repeated though nobody asked for that."""
        return _GHOSTS * (options.shared != self.options.shared)

    def _has_run_left(self) -> bool:
        """Tell whether the layout may run again; the last time is kept for what cannot be read."""
        return len(self.runs) < _MOST_RUNS - (self.readable is None)

    def _may_be_read(self, way: _Try) -> bool:
        own = _KNOWN if self.neurons else _HOPE_OF_OWN
        hope = own if way.measured or self.neurons else _HOPE
        big = self._letters(way) >= self.least * hope
        return big and not any(way.is_like(run) for run in self.runs)

    def _told(self) -> Scene:
        """Return the scene; on a body, where letters may be smaller, with what its slide says."""
        drawn = self._drawn()
        small = drawn.size < read_from_afar(self.options.fit)
        return self._advised(drawn) if small else self._found()

    def _advised(self, drawn: Drawn) -> Scene:
        return advised(self._found(), self.options, drawn, self._is_enough)

    def _is_enough(self, options: SceneOptions) -> bool:
        """Tell whether letters are likely to be large enough with other options."""
        folds = {options.collapse, *(run.options.collapse for run in self.runs)}
        tried = folds if options.collapse == self.options.collapse else {options.collapse}
        ways = [losing(options._replace(blank=(), collapse=fold), SHORT) for fold in tried]
        letters = max((w.letters for one in ways for w in self._ways(0, one)), default=0.0)
        return letters >= read_from_afar(options.fit) * _MARGIN

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
            least = KINDS if options.short_layers else LEAST
            smallest, area = self.drawing.room(losing(options, least))
            self.hopes[how] = smallest * sqrt(self.page.width * self.page.height / max(area, 1.0))
        return self.hopes[how]

    def _found(self) -> Scene:
        assert self.best is not None
        return self.best

    def _ways(self, lost: int, options: SceneOptions) -> Iterator[_Try]:
        """Yield the ways to draw a rung: shared parameters once, or again beside each use."""
        ghosts = self.drawing.ghosts(options) if options.style == "formula" else 0
        yield from self._ways_of(lost, options, shared=ghosts)
        if options.shared == "once" and 0 < ghosts <= _MOST_GHOSTS:
            yield from self._ways_of(lost, options._replace(shared="ghosts"))

    def _ways_of(self, lost: int, options: SceneOptions, shared: int = 0) -> Iterator[_Try]:
        """Yield the ways to draw a rung; of an engine's one takes that as many uses cross."""
        sketch = self.drawing.sketched(options)
        for way in sketch.ways:
            size = Size(way.size.width, way.size.height + sketch.below)
            scale = min(way._replace(size=size).scale_on(self.page) * _MARGIN, LARGEST)
            rows = way.rows or int(way.layout != "dot")
            chosen = options._replace(direction=way.direction, rows=rows, layout=way.layout)
            returns = shared // 2 if way.layout == "dot" and way.rows else way.returns
            measured = way.layout != "dot"
            yield _Try(lost, chosen, sketch.smallest * scale, returns, measured)

    def _letters(self, way: _Try) -> float:
        """Return about how large letters get, by what the same way of laying out came to before."""
        return way.letters * self.right.get(_laid(way.options), 1.0)

    def _try(self, way: _Try) -> None:
        """Lay out a rung, note how far off its estimate was, and keep it if it is the best."""
        self.runs.append(way)
        natural = self.drawing.composed(way.options)
        scene = filling(natural, self.page, _MARGIN)
        if _letters(scene) < self.least <= _letters(scene) / _MARGIN:
            scene = filling(natural, self.page)
        letters = _letters(scene)
        if letters >= self.least and not scene.crowded:
            self._keep(way, scene)
            return
        self.right[_laid(way.options)] = letters / way.letters
        worth = self._worth(letters, way) / (1.5 ** len(scene.crowded))
        if self.readable is None and (self.best is None or worth > self.worth):
            self.best, self.worth = scene, worth

    def _keep(self, way: _Try, scene: Scene) -> None:
        """Keep what can be read, if its lines are easier to follow, losses told as crossings."""
        runs = [Run(edge.source, edge.target, edge.curve) for edge in scene.edges]
        few = len(scene.boxes) <= _MOST_UNTANGLED and not self.neurons  # whose lines have to cross
        tangled = tangles(runs) if few else 0
        tangled += way.returns if way.options.layout != "dot" else 0
        cost = tangled + self._repeated(way.options)
        before = self.readable
        if before is None or cost + _RUNG * (way.lost - before.lost) < self.tangled:
            self.best, self.readable, self.tangled = scene, way, cost


def _fold_of(options: SceneOptions) -> str:
    """Return what is folded beside the calls of losses."""
    return "none" if options.collapse == LOSSES else options.collapse


def _kind(options: SceneOptions) -> tuple[object, ...]:
    """Return what two rungs that come out the same have in common."""
    return *_laid(options), options.show


def _laid(options: SceneOptions) -> tuple[object, ...]:
    """Return what the error of an estimate depends on."""
    how = options.direction, options.rows, options.layout, options.collapse, options.shared
    return *how, options.brief == NO_LABELS


def _letters(scene: Scene) -> float:
    """Return the size of the smallest letters on the page, in points."""
    return scene.smallest * scene.scale
