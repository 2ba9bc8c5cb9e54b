"""Lay a diagram out, with more room or the other way round where that reads better."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from graphgrad.graph.groups import within
from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.content.spine import spine_of
from graphgrad.views.figure.geometry.places import Rect, Size
from graphgrad.views.figure.layout.columns.axes import stood
from graphgrad.views.figure.layout.columns.laid import ENGINE, InColumns
from graphgrad.views.figure.layout.columns.standing import Columns, columns_of, lower
from graphgrad.views.figure.layout.columns.steps import steps_in
from graphgrad.views.figure.layout.dot_input import Plan, layout_source
from graphgrad.views.figure.layout.dot_output import Layout, laid_out
from graphgrad.views.figure.layout.estimate import Way, estimated
from graphgrad.views.figure.layout.frames import framed, tangled
from graphgrad.views.figure.layout.label_places import place_labels
from graphgrad.views.figure.layout.stretched import stretched
from graphgrad.views.figure.layout.wires_and_rows import (
    broken_rows,
    joined,
    straightened,
    turned_edges,
)
from graphgrad.views.figure.typeset.density import density_of
from graphgrad.views.figure.typeset.measured import Measured
from graphgrad.views.layout_engines.engine import Engine

__all__ = ["Arranged", "Arranging"]

_MOST_RANKS_ACROSS = 6
_MOST_TRIED = 60
_FACTORS = (1.0, 1.12, 1.25, 1.4, 1.6, 1.9)
_MOST_STRETCHED = 150
_MOST_BY_ENGINE, _MOST_BOTH_WAYS = 120, 600
"""An engine takes seconds for a thousand boxes, columns a tenth of one (`tests/benchmarks`)."""
_WIDER = (1.0, 1.3, 1.7, 2.2)
_PAGE = Size(1920.0, 1080.0)
_MARGIN = 6.0
_MOST_WRAPPED = 4
_PREFER_ACROSS = 1.08
_PREFER_COLUMNS = 1.2
"""Columns have few crossings, and no edge is long that need not be."""
_FEW, _MUCH = 16, 1.3  # so few boxes stay as an engine draws them, unless columns are much larger
_WORTH, _WORTH_WRAPPED = 1.3, 1.04
"""How much larger rows must make a figure: those of an engine hide what stands in one layer."""
_READABLE = 24.0 / 14.0
"""How far a figure must grow on a slide of 1920x1080 for its letters of 14 points to be 24 high."""


class Arranged(NamedTuple):
    """A diagram laid out, with its labels in their places.

    Attributes:
        layout: where boxes, curves and frames went.
        labels: the rectangle of each label, by id of the edge.
        crowded: ids of the edges whose label found no free place.
        direction: the direction chosen.
        rows: into how many rows the main chain is broken; 0 for none.
        way: the method: an engine's, or columns of our own.
        merged: numbers of the groups all of which stands beside boxes of others, without a frame.
        listed: ids of the edges whose label found no free place and so stands below, in a list.
    """

    layout: Layout
    labels: Mapping[str, Rect]
    crowded: Sequence[str]
    direction: Literal["LR", "TB"]
    rows: int = 0
    way: Literal["dot", "columns", "time"] = "dot"
    merged: frozenset[int] = frozenset()
    listed: tuple[str, ...] = ()


class Arranging:
    """A diagram whose labels are typeset, that may be laid out in several ways."""

    def __init__(self, diagram: Diagram, labels: Measured, options: SceneOptions) -> None:
        self.diagram, self.labels = diagram, labels
        self.density = density_of(compact=options.compact, narrow=options.short_signs)
        self.compact = options.compact
        self.spine = spine_of(diagram)
        self._columns: dict[tuple[str, bool], InColumns] = {}

    def ways(self, options: SceneOptions) -> list[Way]:
        """Return the ways in which it may be laid out, with their estimated sizes."""
        if options.style == "neurons":
            standing = self._neurons.layout
            return [Way("LR", 0, Size(standing.width, standing.height), "columns")]
        if options.layout in ("columns", "time"):
            across = options.layout == "time" and options.direction == "auto"
            directed = options._replace(direction="LR") if across else options
            own = self._directed(self._own(options.layout), directed)
            rows = options.rows or int(options.layout == "time" and not options.fit)
            return [way for way in own if max(way.rows, 1) == rows] or own
        if options.style == "layers" and options.layout == "auto":
            ahead = [way for way in self._own("columns") if way.direction == "LR"]
            chosen = [way for way in ahead if max(way.rows, 1) == options.rows]
            return chosen or (ahead if options.brief > 1 else ahead[:1])  # one row if readable
        if options.layout == "auto" and len(self.diagram.boxes) > _MOST_BY_ENGINE:
            return self._directed(self._own("columns"), options)
        found = [*self._by_engine]
        if options.rows:
            return [way for way in found if way.rows == options.rows] or found[1:2]
        if options.style == "wire":
            ours = self._own("columns") if options.fit and options.layout == "auto" else ()
            return found[:1] + [way for way in ours if way.direction == "LR"]
        if options.layout == "chain":
            return [way for way in found if way.rows] or found[1:2]
        if options.layout == "dot" or options.direction != "auto":
            found = [way for way in found if not way.rows]
        if options.layout == "auto":
            steps = [way for way in self._own("time") if way.direction == "LR" and self.has_steps]
            columns = self._own("columns")
            found += [way for way in columns if not steps or way.direction == "TB"] + steps
        return self._directed(found, options)

    def arranged(self, options: SceneOptions, engine: Callable[[], Engine]) -> Arranged:
        """Return the layout in the way asked for, or that is likely to fill a slide better.

        An engine runs once at most. Labels without a free place get one by pulling it apart.

        Args:
            options: which of the ways are open.
            engine: gives the engine; called where one is run.
        """
        if options.style == "neurons":
            return self._neurons
        way = self._way(options)
        if way.layout == "dot":
            return self._by_plan(way, options, engine())
        laid = self._laid(way.direction, in_rows=way.layout == "time").layout(max(way.rows, 1))
        diagram = stood(self.diagram, self.columns)
        found = self._with_labels(laid, diagram, frames=False)
        return found._replace(
            direction=way.direction, rows=way.rows, way=way.layout, merged=_empty(diagram)
        )

    @cached_property
    def _by_engine(self) -> tuple[Way, ...]:
        return tuple(estimated(self.diagram, self.spine, self.labels.reserved, self.density))

    @cached_property
    def _neurons(self) -> Arranged:
        """Return columns of neurons, wide enough for most labels of their lines."""
        from graphgrad.views.figure.layout.neuron_columns import in_neuron_columns

        best: Arranged | None = None
        reserved = self.labels.reserved
        for wider in _WIDER:
            standing = in_neuron_columns(self.diagram, reserved, wider, self.density.room)
            places, crowded = place_labels(standing, reserved.labels)
            if best is None or len(crowded) < len(best.listed):
                kept = {edge: rect for edge, rect in places.items() if edge not in crowded}
                best = Arranged(standing, kept, (), "LR", way="columns", listed=tuple(crowded))
            if not crowded:
                break
        assert best is not None
        return best

    @cached_property
    def has_steps(self) -> bool:
        """Tell whether it goes from step to step."""
        return steps_in(self.diagram)

    @cached_property
    def columns(self) -> Columns:
        """Return who stands in which column."""
        found = columns_of(self.diagram, *((0,) if self.labels.reserved.wires else ()))
        return lower(found, self.diagram) if self.compact else found

    def _own(self, layout: Literal["columns", "time"]) -> list[Way]:
        """Return the ways of our own, with their sizes: they are laid out, which costs little.

        Time runs across; it runs down only where that is asked for.
        """
        found: list[Way] = []
        directions: tuple[Literal["LR", "TB"], ...] = ("LR", "TB")
        for direction in directions[: 1 if len(self.diagram.boxes) > _MOST_BOTH_WAYS else 2]:
            laid = self._laid(direction, in_rows=layout == "time")
            for rows in range(1, min(laid.most_rows(), _MOST_WRAPPED) + 1):
                width, height = laid.size(rows)
                size = Size(width + 2 * _MARGIN, height + 2 * _MARGIN)
                several = rows if rows > 1 else 0
                found.append(Way(direction, several, size, layout, laid.returns(rows)))
        return found

    def _laid(self, direction: Literal["LR", "TB"], *, in_rows: bool) -> InColumns:
        key = direction, in_rows
        if key not in self._columns:
            self._columns[key] = InColumns(
                self.diagram,
                self.columns,
                self.spine,
                self.labels.reserved,
                direction,
                self.density,
                in_rows=in_rows,
            )
        return self._columns[key]

    @staticmethod
    def _directed(ways: list[Way], options: SceneOptions) -> list[Way]:
        return [way for way in ways if options.direction in ("auto", way.direction)]

    def _way(self, options: SceneOptions) -> Way:
        """Return the way asked for; else an engine's, or columns where it could not be read."""
        ways = self.ways(options)
        ours = [way for way in ways if way.layout != "dot"]
        by_engine = [way for way in ways if way.layout == "dot"]
        if not by_engine:
            return max(ours, key=_worth)
        best = self._by_engine_best(by_engine)
        if best.scale_on(_PAGE) >= _READABLE or not ours:
            return best
        much = _MUCH if len(self.diagram.boxes) <= _FEW and not self.has_steps else 1.0
        own = max(ours, key=_worth)
        return own if _worth(own) > _worth(best) * much else best

    def _by_engine_best(self, ways: Sequence[Way]) -> Way:
        """Return across if that is short, else what fills a slide better."""
        across = [way for way in ways if way.direction == "LR"]
        if across and self.spine.length <= _MOST_RANKS_ACROSS:
            return across[0]
        plain = [way for way in ways if not way.rows] or ways
        if len(self.diagram.boxes) > _MOST_TRIED:
            return plain[-1]
        best = max(plain, key=_worth)
        if best.scale_on(_PAGE) >= _READABLE or plain == ways:
            return best
        return max([best, *ways], key=_worth)

    def _by_plan(self, way: Way, options: SceneOptions, engine: Engine) -> Arranged:
        plan = self._plan(options, way, engine)
        source = layout_source(self.diagram, self.spine, self.labels.reserved, plan)
        laid = straightened(laid_out(source, engine), plan.turned)
        found = self._with_labels(laid, self.diagram, frames=plan.frames)
        return found._replace(direction=way.direction, rows=len(plan.rows))

    def _with_labels(self, laid: Layout, diagram: Diagram, *, frames: bool) -> Arranged:
        """Return a layout with its labels, pulled apart until they are free."""
        reserved = self.labels.reserved
        best: Arranged | None = None
        for factor in _FACTORS:
            apart = stretched(laid, factor) if factor > 1.0 else laid
            if not frames:
                apart = framed(diagram, apart, reserved)
            layout, rooms = joined(apart, reserved.wires)
            own = laid.engine == ENGINE  # it has put labels where they are free
            places, crowded = place_labels(layout, reserved.labels, free=own)
            placed = Arranged(layout, places | rooms, crowded, "LR")
            if best is None or len(crowded) < len(best.crowded):
                best = placed
            if not crowded or len(diagram.boxes) > _MOST_STRETCHED:
                break
        assert best is not None
        return best

    def _plan(self, options: SceneOptions, way: Way, engine: Engine) -> Plan:
        reserved = self.labels.reserved
        widths = {box: size.width for box, size in reserved.boxes.items()}
        rows = broken_rows(self.spine.chain, widths, way.rows)
        # engines lose edges of rows that leave a frame
        frames = not rows and not tangled(self.diagram)
        return Plan(
            way.direction,
            rows,
            turned_edges(self.diagram, rows),
            spaced=bool(reserved.labels) and len(self.diagram.boxes) <= _MOST_TRIED,
            tables=engine.html_labels,
            density=density_of(compact=options.compact, narrow=options.short_signs),
            frames=frames,
        )


def _worth(way: Way) -> float:
    """Return how far a layout can grow on a slide; what is easier to read is preferred a little."""
    scale = way.scale_on(_PAGE)
    if way.layout == "dot" and way.rows:
        return scale / _WORTH
    scale *= _PREFER_ACROSS if way.direction == "LR" else 1.0
    if way.layout == "dot":
        return scale
    return scale * _PREFER_COLUMNS / (_WORTH_WRAPPED if way.rows else 1.0)


def _empty(diagram: Diagram) -> frozenset[int]:
    """Return the numbers of the groups in which no box stands."""
    used = {box.group for box in diagram.boxes}
    return frozenset(
        number
        for number, group in enumerate(diagram.groups)
        if not any(within(name, group.name) for name in used)
    )
