"""Arrange what neurons, biases and tensors say, and the boxes beside them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from graphgrad.views.figure.content.diagram import LEAF_ROLES, DiagramBox, DiagramEdge, Weight
from graphgrad.views.figure.typeset.label_rows import Label, LabelKind, LabelRow
from graphgrad.views.figure.typeset.labels import Labels
from graphgrad.views.figure.typeset.outlines_of_text import Ink
from graphgrad.views.figure.typeset.solids import solid_size
from graphgrad.views.text.name_ranges import shape_words
from graphgrad.views.text.numbers import shape_of

__all__ = ["NetworkLabels"]

_CELL, _BIAS_CELL = 10.0, 7.0
"""The cells that tell neurons which have no room for numbers, and their biases."""
_LEAST_CELL, _LEAST_BIAS_CELL = 4.6, 3.0
"""The same where a page has no room for words either."""
_NO_LABELS = 4
_NOTHING = Ink(0.0, 0.0, 0.0)


class NetworkLabels(Labels):
    """Write the labels of a scene that may be drawn as neurons or as tensors.

    Args:
        options: of the scene.
        largest: the largest number that it tells by colour.
    """

    def box(self, box: DiagramBox, terms: Sequence[Any] = ()) -> Label:
        """Return the label of a box; see `Labels.box`."""
        if box.drawn == "tensor":
            return Label(tuple(self._tensor(box)), self.density.leading)
        if self.options.style == "layers" and box.role != "folded":
            return Label(tuple(self._beside_tensors(box)), self.density.leading)
        if self.options.style == "layers" and " … " in box.name and not self.options.heat:
            box = replace(box, frontier=())  # tensors that repeat show no numbers either
        if box.drawn:
            return Label(tuple(self._neuron(box)), self.density.leading / 2)
        return super().box(box, terms)

    def edge(self, edge: DiagramEdge, upstream: str) -> Label:
        """Return the label of an edge; between tensors there is none, unless it is asked for."""
        asked = "contributions" in self.options.show or self.options.heat == "contribution"
        if self.options.style == "layers" and not asked:
            return Label()
        label = super().edge(edge, upstream)
        if edge.weight is not None and edge.weight.bias:
            self.notes.update(self._bias(edge, edge.weight, upstream.partition("/")[0]))
        if edge.weight is None or not edge.partial or not label.rows:
            return label
        rows = list(self._gradient(edge, upstream))
        if self.options.numbered:  # there is no room at the lines: all of it in the list
            self.notes.update((f"{edge.id} {n}", row) for n, row in enumerate((*label.rows, *rows)))
            return Label()
        if edge.weight.crossed:
            self.notes.update((edge.id, row) for row in rows)
            rows = []
        return Label((*label.rows, *rows), label.leading)

    def _gradient(self, edge: DiagramEdge, upstream: str) -> Iterator[LabelRow]:
        """Yield the adjoint of a weight that has its number beside its line.

        It stands below that, or where lines cross and leave no room, in the list below the graph.
        """
        weight, of = edge.weight, upstream.partition("/")[0]
        if weight is None or weight.gradient is None or not weight.alone or self.options.brief:
            return
        if "adjoints" in self.options.show and of and not shape_of(weight.gradient):
            sign = rf"{of}/\partial {edge.partial}"
            yield self._answer("adjoint", sign, weight.gradient, edge.backward_step)

    def _bias(self, edge: DiagramEdge, bias: Weight, of: str) -> Iterator[tuple[str, LabelRow]]:
        """Yield the numbers of a bias, whose square has no room: in the list below the graph.

        They stand there where those of weights stand on their lines.
        """
        if "partials" not in self.options.show or self.options.brief >= _NO_LABELS:
            return
        if bias.value is not None and not shape_of(bias.value):
            row = self._answer("partial", bias.bias, bias.value, 0, given=True)
            yield f"{bias.name} value", row
        wanted = "adjoints" in self.options.show and bias.alone and not self.options.brief
        if wanted and of and bias.gradient is not None and not shape_of(bias.gradient):
            sign = rf"{of}/\partial {bias.bias}"
            yield edge.id, self._answer("adjoint", sign, bias.gradient, edge.backward_step)

    def _tensor(self, box: DiagramBox) -> Iterator[LabelRow]:
        """Yield what made a tensor, the tensor in the very middle, its shape and parameters."""
        above = [self._row("name", [box.label])]
        above += self._phrases(box.summary, self.density.widest_name) if box.summary else []
        below = list(self._phrases(box.below, self.density.widest_name))
        shown = box.frontier[-1] if box.frontier else box
        below += list(self._heats(shown))
        leading = self.density.leading
        spare = _height(above, leading) - _height(below, leading)
        solid = LabelRow("name", "", _NOTHING, 1.0, solid=solid_size(box.solid))
        spacer = [_spacer(abs(spare) - leading)] if abs(spare) > leading else []
        yield from (*(spacer if spare < 0 else ()), *above, solid, *below)
        yield from spacer if spare > 0 else ()

    def _heats(self, box: DiagramBox) -> Iterator[LabelRow]:
        """Yield the cells of a tensor where its value or its adjoint is told by colour."""
        if self.options.heat == "value" and box.value is not None:
            yield self._value(box, "")
        if self.options.heat == "adjoint" and box.adjoint is not None:
            yield self._answer("adjoint", "", box.adjoint, box.adjoint_step)

    def _beside_tensors(self, box: DiagramBox) -> Iterator[LabelRow]:
        """Yield what a box says that is no layer: what it is, and the loss its value."""
        yield from self._head(box, 0.0)
        if box.role == "loss":
            shown = box.frontier[-1] if box.frontier else box
            if shown.value is not None and "values" in self.options.show:
                yield self._value(shown, "")
        else:
            told = box.below or shape_words(shape_of(box.value))
            yield from self._phrases(told, self.density.widest_name) if told else ()
        yield from self._heats(box)

    def _neuron(self, box: DiagramBox) -> Iterator[LabelRow]:
        """Yield the rows of a neuron or of a bias beside one: its name, and what has room."""
        crowded = bool(box.group)  # its layer has a title, since it has so many neurons
        small = crowded or box.drawn == "bias"
        bare = self.options.brief >= _NO_LABELS and box.drawn != "dots"
        if not (crowded and (bare or box.drawn == "bias")):
            row = self._row("name", [box.label])
            yield self._row("group", [box.label])._replace(kind="name") if small else row
        for kind, value in self._told(box):
            step = box.value_step if kind == "value" else box.adjoint_step
            given = kind == "value" and box.role in LEAF_ROLES
            row = self._answer(kind, "", value, step, given=given)
            if kind == self.options.heat and (small or self.options.short_units):
                least = bare and small
                cells = (_LEAST_CELL, _LEAST_BIAS_CELL) if least else (_CELL, _BIAS_CELL)
                size = cells[box.drawn == "bias" and crowded]
                row = row._replace(tex="", ink=_NOTHING, size=size)
            yield row

    def _told(self, box: DiagramBox) -> Iterator[tuple[LabelKind, Any]]:
        """Yield the numbers of a neuron that have room in it, or that a cell tells."""
        told: tuple[tuple[LabelKind, Any], ...] = (("value", box.value), ("adjoint", box.adjoint))
        for kind, value in told if box.drawn != "dots" else ():
            roomy = not (box.group or box.drawn == "bias" or shape_of(value))
            wanted = value is not None and f"{kind}s" in self.options.show
            if wanted and (roomy or kind == self.options.heat):
                yield kind, value


def _spacer(height: float) -> LabelRow:
    """Return an empty row, so that what is above a tensor is as high as what is below it."""
    return LabelRow("name", "", _NOTHING, 0.0, solid=(0.0, height, 0.0))


def _height(rows: Sequence[LabelRow], leading: float) -> float:
    return math.fsum(row.ascent + row.descent + leading for row in rows)
