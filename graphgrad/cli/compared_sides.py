"""Read the two things that ``--compare`` names: files, runs of one file, or an answer sheet.

A side is another file (``.gg``), or FILE in another way: ``.`` as it is, ``w=2; b=1`` at other
values, a saved training (``.json``), ``step:0.1`` after one step of gradient descent, or the
numbers of an answer sheet (``.txt``) instead of those of the pass.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from graphgrad.autodiff.record import record
from graphgrad.cli.inputs import Source, point_and_names, read_point, written_value
from graphgrad.errors import SourceError, UsageError
from graphgrad.exercises.reading.answer_sheet import Sheet, read_sheet
from graphgrad.exercises.reading.meaning import vocabulary_of
from graphgrad.expr.dialect import COMMA, STRICT
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.source.leaves import literal
from graphgrad.source.text import read_text
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.scene.compare import Pair, Side

__all__ = ["Given", "pair_of"]

_AS_IT_IS = "."
_STEPS = ("step:", "paso:")


class Given(NamedTuple):
    """What the command line says of FILE, which sides may do in another way."""

    file: str | None
    expression: str | None
    settings: tuple[str, ...]
    zoom: str
    state: str | None
    row: int | None
    stable: bool = False

    def run(self, settings: tuple[str, ...] = (), state: str | None = None) -> Trace:
        """Return the pass of FILE at other values, or with other parameters."""
        point = read_point(self.settings) | read_point(settings)
        source = Source(
            self.file, self.expression, point, self.zoom, state or self.state, stable=self.stable
        )
        graph = source.graph(self.row)
        return record(graph, source.at(graph)[0])


def pair_of(sides: tuple[str, str], given: Given) -> Pair:
    """Return what is compared.

    Args:
        sides: as on the command line.
        given: what the rest of the command line says.

    Raises:
        UsageError: if a side is none of those there are.
    """
    names = [side.strip() for side in sides]
    first, second = (_side(name, given) for name in names)
    if names[0] == _AS_IT_IS and names[1].startswith(_STEPS):
        first = first._replace(title=text("render.before_a_step"))
    return Pair(first, second)


def _side(side: str, given: Given) -> Side:
    ending = Path(side).suffix.lower()
    if side == _AS_IT_IS:
        return Side(Path(given.file).name if given.file else given.expression or "-e", given.run())
    if side.startswith(_STEPS):
        written = side.partition(":")[2].strip()
        rate = written_value("--compare", written, example="step:0.1")
        if not (isinstance(rate, Fraction) and rate > 0):
            raise UsageError("usage.bad_positive", option="--compare", got=side)
        title = text("render.after_a_step", rate=written)
        return Side(title, _after_a_step(given.run(), float(rate)))
    if ending == ".gg":
        other = given._replace(file=side, expression=None, settings=(), state=None)
        return Side(Path(side).name, other.run())
    if ending == ".json":
        return Side(Path(side).name, given.run(state=side))
    if ending == ".txt":
        run = given.run()
        return Side(Path(side).name, run, _answered(read_text(side), run.graph))
    if "=" in side:
        return Side(side, given.run(tuple(part for part in side.split(";") if part.strip())))
    raise UsageError("render.unknown_side", got=side)


def _after_a_step(trace: Trace, rate: float) -> Trace:
    """Return the pass after one step of gradient descent of all parameters that are not frozen."""
    graph = trace.graph
    frozen = graph.heading.frozen
    known = {name: trace.value(name) for name in trace.gradients}
    moved = {
        name: trace.value(name) - rate * gradient
        for name, gradient in trace.gradients.items()
        if name not in frozen and graph.role(graph.find(name) or 0) == "parameter"
    }
    return record(graph, point_and_names(graph, known | moved)[0])


def _answered(written: str, graph: Graph) -> dict[str, Any]:
    """Return the numbers of a sheet: values by name, adjoints by ``d`` and the name."""
    names = [line.name for line in graph.lines()]
    shapes = {line.name: graph.columns.shape(line.root) for line in graph.lines()}
    output = graph.name(graph.output)
    sheet = read_sheet(written, vocabulary_of(names, shapes=shapes, output=output))
    found: dict[str, Any] = {}
    for answer in sheet.answers:
        target = answer.target
        if target is None or target.entry or not answer.links:
            continue
        number = _number(answer.links[-1].text, sheet)
        if number is None:
            continue
        if target.kind == "value":
            found[target.name] = number
        elif target.kind == "derivative" and target.name == output:
            found[f"d{target.wrt}"] = number
    return found


def _number(text: str, sheet: Sheet) -> Any:
    """Return what a link says where it is a number or an array; None for a formula."""
    try:
        return literal(text.strip(), COMMA if sheet.decimal == "comma" else STRICT)
    except SourceError:
        return None
