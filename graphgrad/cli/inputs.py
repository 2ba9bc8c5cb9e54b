"""Turn arguments and options into a graph, a point and a trace of finite numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.cli.output import complain, write
from graphgrad.errors import (
    GraphgradError,
    NonFiniteError,
    Place,
    ShapeError,
    SourceError,
    UsageError,
)
from graphgrad.expr.dialect import COMMA, STRICT
from graphgrad.expr.tokens import tokenize
from graphgrad.files.reading import is_model_name, read_standard_input
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded, near, text
from graphgrad.messages.keywords import meant
from graphgrad.ops.shapes import shape_text
from graphgrad.source.gg import load, read_gg
from graphgrad.source.leaves import literal
from graphgrad.source.relations import broken_relations
from graphgrad.source.statements import KEYWORDS
from graphgrad.source.text import decode, read_text
from graphgrad.trace.trace import Trace
from graphgrad.views.text.trouble import trouble_error

__all__ = [
    "Source",
    "at_line",
    "check_names",
    "find_line",
    "finite_trace",
    "note_row",
    "point_and_names",
    "read_point",
    "seed_value",
    "warn_of_row",
]

_COLUMNS = re.compile(r"\[\s*\[[^\[\]]*;")
_FREE_NAMES = ("y", "f", "out", *(f"y{index}" for index in range(1000)))


class Source:
    """FILE, standard input (``-``) or the text of ``-e``: read once, a graph per row of its data.

    Args:
        file: a path, ``-``, or None.
        expression: the text of ``-e``, or None.
        point: values given on the command line: an array among them declares the shape of an
            input of ``-e`` that has none.
        zoom: ``array``, or ``scalar`` for a graph of numbers, entry by entry.
        state: the file of a saved training whose parameters the graph takes, as at inference.
        stable: whether lines are computed in stable forms; which ones became others is told.
        drawn: whether large values are drawn; a count of layers needs none.

    Raises:
        UsageError: if there is neither file nor expression, or both.
    """

    def __init__(
        self,
        file: str | None,
        expression: str | None = None,
        point: dict[str, Any] | None = None,
        zoom: str = "array",
        state: str | None = None,
        *,
        stable: bool = False,
        drawn: bool = True,
    ) -> None:
        self.zoom, self.drawn = zoom, drawn
        self.stable, self.stable_told = stable, False
        self.state = state
        self.model_told = False
        self.learned: dict[str, Any] | None = None
        self.trained_by: str | None = None  # the recipe of the saved training
        if file is not None and expression is not None:
            raise UsageError("usage.two_sources", file=file)
        if file is None and expression is None:
            raise UsageError("usage.no_source")
        self.file = file
        self.expression = _assigned(expression)
        self.input_shapes = {
            name: value.shape for name, value in (point or {}).items() if hasattr(value, "shape")
        }
        self.point = point or {}
        self.sizes: dict[str, Any] | None = None
        self.name = "-e" if file is None else "stdin" if file == "-" else file

    def graph(self, row: int | None = None) -> Graph:
        """Return the graph, with the values of a row of its data; the first if None.

        Raises:
            UsageError: if there is no such row; else as `graphgrad.source.gg.load`.
        """
        graph = self._read(None)
        if row is None:
            return graph
        table = graph.heading.table
        if table is None:
            raise UsageError("usage.no_rows", got=row)
        if row > len(table.rows):
            raise UsageError("usage.no_such_row", got=row, limit=len(table.rows))
        return self._read(row)

    def graph_of(self, rows: Sequence[int] | None, *, training: bool = True) -> Graph:
        """Return the graph that takes some rows of its data as arrays, or that of another mode.

        Args:
            rows: after ``data all``, the rows to take, counted from 1; None for the usual ones.
            training: whether layers build what they are in training.
        """
        how: dict[str, Any] = {"rows": rows, "training": training}
        if self.file is not None and self.file != "-":
            return self._in_stable_forms(load(self.file, **how))
        graph = read_gg(
            self._text(),
            free_inputs=self.expression is not None,
            input_shapes=self.input_shapes,
            **how,
        )
        return self._in_stable_forms(graph)

    def place(self, number: int) -> Place | None:
        """Return the place of a line, by its number in the text; None where it is not known."""
        if self.file is not None and is_model_name(self.file):
            return None
        lines = self._text().split("\n")
        if not 1 <= number <= len(lines):
            return None
        line = lines[number - 1]
        indent = len(line) - len(line.lstrip())
        shown = line.rstrip()
        return Place(
            number,
            indent + 1,
            shown,
            self.name,
            length=max(1, len(shown) - indent),
        )

    def place_of_word(self, word: str, part: str = "") -> Place | None:
        """Return the place of the first line that starts with a word; None if there is none.

        Args:
            word: in English; a line may have the Spanish one.
            part: an expression for the part of the line that is meant; the whole if empty.
        """
        for number, line in enumerate(self._text().split("\n"), 1):
            if [meant(first) for first in line.split(maxsplit=1)[:1]] != [word]:
                continue
            place, found = self.place(number), re.search(part, line) if part else None
            if place is None or found is None:
                return place
            return place._replace(column=found.start() + 1, length=found.end() - found.start())
        return None

    def _read(self, row: int | None) -> Graph:
        graph = self._read_arrays(row)
        if self.sizes is None:
            self.sizes = {n: self.point[n] for n in graph.heading.sizes if n in self.point}
            if self.sizes:
                complain(text("source.read_again", names=", ".join(self.sizes)))
                graph = self._read_arrays(row)
        if self.state is not None and self.learned is None:
            self.learned = self._learned(graph)
        graph = self._in_stable_forms(graph)
        if self.zoom != "scalar":
            return graph
        from graphgrad.graph.zooms.scalar import scalar_graph

        return scalar_graph(graph, (self.learned or {}) | self.point)

    def at(self, graph: Graph, wrt: Sequence[str] = ()) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Return the point of the command line on a graph, and the names of ``--wrt`` checked.

        An array stands for its entries; what a training has learned stands where nothing is given.

        Raises:
            UsageError: as `check_names`; ShapeError if an array has other entries than the graph.
        """
        return point_and_names(graph, (self.learned or {}) | self.point, wrt)

    def _in_stable_forms(self, graph: Graph) -> Graph:
        """Return a graph in stable forms, where they were asked for; say which once."""
        if not self.stable:
            return graph
        from graphgrad.autodiff.stable import rewritten

        found, rewrites = rewritten(graph)
        if not self.stable_told:
            self.stable_told = True
            for one in rewrites:
                complain(text("run.rewritten", line=one.line, before=one.before, after=one.after))
            if not rewrites:
                complain(text("run.stable_already"))
        return found

    def _learned(self, graph: Graph) -> dict[str, Any]:
        """Return the parameters of the saved training, and say which they are."""
        from graphgrad.layers.training.saved_run import learned

        path = str(self.state)
        found = learned(read_text(path), graph, path)
        told = "training.state.taken_mean" if found.averaged else "training.state.taken"
        complain(text(told, path=path, number=found.number, averaged=found.averaged))
        self.trained_by = found.recipe
        return found.values

    def _read_arrays(self, row: int | None) -> Graph:
        training = self.state is None
        if self.file is not None and self.file != "-":
            if is_model_name(self.file):
                return self._model(self.file)
            return load(self.file, row=row, sizes=self.sizes, training=training, drawn=self.drawn)
        try:
            return read_gg(
                self._text(),
                row=row,
                free_inputs=self.expression is not None,
                input_shapes=self.input_shapes,
                sizes=self.sizes,
                training=training,
                drawn=self.drawn,
            )
        except GraphgradError as error:
            raise error.in_file(self.name) from None

    def _model(self, path: str) -> Graph:
        """Return the graph of a model, and say which inputs have drawn values."""
        graph = load(path, values=self.point)
        inputs = [line for line in graph.lines() if graph.columns.row(line.root).name == "input"]
        drawn = [
            f"{line.name} ({shape_text(graph.columns.shape(line.root))})"
            for line in inputs
            if line.name not in self.point
        ]
        if drawn and not self.model_told:
            complain(text("import.drawn", path=path, names=", ".join(drawn)))
            self.model_told = True
        return graph

    def _text(self) -> str:
        if self.expression is not None:
            return self.expression
        if self.file != "-":
            return read_text(str(self.file))
        return self._piped

    @cached_property
    def _piped(self) -> str:
        return decode(read_standard_input(), "-")


def point_and_names(
    graph: Graph, point: dict[str, Any], wrt: Sequence[str] = ()
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return a point and the names of ``--wrt`` checked; see `Source.at`."""
    names = list(wrt)
    if any("[" in name for name in graph.line_names):
        from graphgrad.graph.zooms.entry_names import entries_named, scalar_point

        known = [entries_named(graph, name) if graph.find(name) is None else [] for name in wrt]
        names = [entry for name, found in zip(wrt, known, strict=True) for entry in found or [name]]
        point = scalar_point(graph, point)
    if point:
        from graphgrad.graph.zooms.entry_names import array_point

        point = array_point(graph, point)
    check_names(graph, point, names)
    return point, tuple(names)


def read_point(settings: Iterable[str]) -> dict[str, Any]:
    """Return the values of ``--set NAME=VALUE``, exact.

    Raises:
        UsageError: if one is not written as a name and a value, or a name comes twice;
            or the value is not written out.

    >>> read_point(["w=2", "b=1/3"])
    {'w': Fraction(2, 1), 'b': Fraction(1, 3)}
    """
    point: dict[str, Any] = {}
    for setting in settings:
        name, equals, value = (part.strip() for part in setting.partition("="))
        if not (equals and name and value):
            raise UsageError("usage.setting", got=setting)
        if name in point:
            raise UsageError("usage.setting_twice", name=name)
        point[name] = written_value(f"--set {name}", value, example=f"{name}=2")
    return point


def seed_value(seed: str | None) -> Any:
    """Return the value of ``--seed``, exact, or None."""
    return None if seed is None else written_value("--seed", seed, example="--seed '[1, 0]'")


def written_value(option: str, value: str, *, example: str) -> Any:
    """Return a written-out number or array.

    Raises:
        SourceError: if the text is none.
    """
    try:
        try:
            return literal(value, STRICT)
        except SourceError as error:
            if error.message_id != "source.decimal_comma":
                raise
            return literal(value, COMMA)
    except SourceError as error:
        plain = error.message_id == "source.not_written_out" or "," in value.partition("[")[0]
        why = Worded("usage.value.plain") if plain else error.body(None).rstrip(".")
        raise UsageError(
            "usage.value", option=option, got=value, why=why, example=example
        ) from None


def check_names(graph: Graph, point: Iterable[str], wrt: Iterable[str] = ()) -> None:
    """Refuse names that the graph does not have, with names near them.

    Raises:
        UsageError: for a name of ``--set`` that is no leaf or of ``--wrt`` that is no line.
    """
    leaves = [line.name for line in graph.lines() if graph.is_leaf(line.root)]
    for name in point:
        if name in leaves:
            _check_shape(graph, name, point)
            continue
        known = ", ".join(leaves)
        if graph.find(name) is not None:
            raise UsageError("usage.setting_computed", name=name, known=known)
        raise UsageError("usage.setting_unknown", name=name, known=known, near=near(name, leaves))
    for name in wrt:
        find_line(graph, name)


def _check_shape(graph: Graph, name: str, point: Iterable[str]) -> None:
    """Refuse a value of ``--set`` of another shape than the name has in the file.

    Raises:
        ShapeError: naming both, as the command line writes them.
    """
    node = graph.find(name)
    if node is None or not isinstance(point, Mapping):
        return
    got, expected = getattr(point[name], "shape", ()), graph.columns.shape(node)
    if tuple(got) != expected:
        raise ShapeError(
            "usage.set_shape", name=name, got=shape_text(got), expected=shape_text(expected)
        )


def finite_trace(
    source: Source,
    graph: Graph,
    point: dict[str, Any] | None = None,
    *,
    row: int | None = None,
    seed: Any = None,
    exact: bool = False,
) -> Trace:
    """Return the run of a graph at a point.

    Args:
        source: where the graph was read from, for messages.
        graph: the graph.
        point: values given on the command line.
        row: the row of the graph's data to run; None leaves the graph's own values.
        seed: the adjoint the backward pass starts from.
        exact: whether to keep rationals exact.

    Raises:
        NonFiniteError: if a value or partial is not a finite number, with the line it stands on.
    """
    table = graph.heading.table
    by_row = table is not None and not table.whole and row is not None
    start = table.point(row) if table is not None and by_row and row is not None else {}
    given = point or {}
    try:
        trace = record(graph, start | given, seed=seed, exact=exact, refuse=False)
    except ShapeError as misfit:
        raise _of_seed(misfit, source, graph) from None
    warn_of_relations(trace)
    _note_columns(source, graph)
    _note_powers(graph)
    error = trouble_error(trace)
    if error is None:
        return trace
    by_hand = error.fields["node"] in given
    if row is not None:
        what = Worded(error.message_id, **error.fields)
        error = NonFiniteError("rows.trouble", row=row, what=what)
    trouble = trace.trouble
    if by_hand or trouble is None:
        raise error
    raise at_line(error, source, graph, trouble.node)


def _of_seed(error: ShapeError, source: Source, graph: Graph) -> GraphgradError:
    """Return the error of a seed that does not fit as the command line has it; others as is."""
    if error.fields.get("name") != "seed":
        return error
    fields = {key: error.fields[key] for key in ("got", "expected")}
    made = ShapeError("usage.seed_shape", output=graph.name(graph.output), **fields)
    return at_line(made, source, graph, graph.output)


def at_line(error: GraphgradError, source: Source, graph: Graph, node: int) -> GraphgradError:
    """Return an error with the place of a node's line, where that is known."""
    places = graph.heading.places
    if source.expression is not None or len(places) != len(graph.line_ends):
        return error
    place = source.place(places[graph.line_of(node)])
    return error if place is None else error.at(place)


def _note_columns(source: Source, graph: Graph) -> None:
    """Say which shape a list of columns has, for a matrix may have been meant."""
    for line, number in zip(graph.lines(), graph.heading.places, strict=False):
        shape = graph.columns.shape(line.root)
        if graph.is_leaf(line.root) and len(shape) > 2 and shape[-1] == 1:
            place = source.place(number)
            if place is not None and _COLUMNS.search(place.text):
                complain(text("note.columns", name=line.name, shape=shape_text(shape)))


def _note_powers(graph: Graph) -> None:
    """Say what a negative power of a square matrix means, for the inverse may have been meant."""
    columns = graph.columns
    for node in range(len(graph)):
        shape = columns.shape(node)
        if len(shape) == 2 and shape[0] == shape[1] > 1 and columns.row(node).name == "powi":
            n = columns.settings_of(node)["n"]
            if n == int(n) and n < -1:
                name = graph.line_names[graph.line_of(node)]
                complain(text("note.entrywise_power", name=name, n=int(n)))


def warn_of_relations(trace: Trace) -> None:
    """Say on standard error which declared relations the values given by hand break."""
    for broken in broken_relations(trace.graph, trace.values):
        fields = {"relation": broken.relation, "values": broken.values}
        complain(text("warning.broken_relation", **fields))


def note_row(graph: Graph, row: int | None) -> None:
    """Say that the first row of the data was used, where there are others."""
    told = _first_row(graph, row)
    if told:
        write("\n" + told)


def warn_of_row(graph: Graph, row: int | None) -> None:
    """Say the same on standard error, of what is written elsewhere."""
    told = _first_row(graph, row)
    if told:
        complain(told)


def _first_row(graph: Graph, row: int | None) -> str:
    table = graph.heading.table
    if row is not None or table is None or len(table.rows) < 2 or table.whole:
        return ""
    return text("rows.first", count=len(table.rows))


def find_line(graph: Graph, name: str) -> int:
    """Return the node of a name that the user wrote.

    Raises:
        UsageError: if there is none, with names near it.
    """
    node = graph.find(name)
    if node is None:
        from graphgrad.graph.zooms.entry_names import entry_of

        array, _ = entry_of(graph, name)
        if array:
            raise UsageError("name.entry", name=name, array=array)
        names = graph.line_names
        shown = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
        raise UsageError("name.unknown", name=name, near=near(name, names), known=shown)
    return node


def _assigned(expression: str | None) -> str | None:
    """Return a formula without a name as a line with a free name."""
    if expression is None or ";" in expression or "\n" in expression:
        return expression
    try:
        tokens = tokenize(expression, STRICT)
    except GraphgradError:
        return expression
    depth = 0
    for token in tokens:
        depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
        if token.value == "=" and depth == 0:
            return expression
    if not tokens or tokens[0].value in KEYWORDS:
        return expression
    used = {token.value for token in tokens}
    return f"{next(name for name in _FREE_NAMES if name not in used)} = {expression}"
