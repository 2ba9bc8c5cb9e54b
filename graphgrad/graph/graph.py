"""Hold a computational graph: flat, immutable, cut into named lines.

Grammar of what is stored::

    graph  ::= line* output
    line   ::= name group node+              the last node is the line's value
    node   ::= op settings parent*           parents have smaller ids; repeated where used twice
    leaf   ::= input | param | const         a node without parents, with a default value

The order of nodes is the order of the steps (a Wengert list).
Source: Griewank and Walther, Evaluating Derivatives, 2nd ed., section 2.2.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import index
from typing import Any, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.graph import display
from graphgrad.graph.blocks import Block, Recipe, StepLine
from graphgrad.graph.columns import Columns
from graphgrad.graph.named import adjoints_of, free_name
from graphgrad.messages.catalogue import language, quoted
from graphgrad.ops.registry import code_of
from graphgrad.ops.row import Leaf, Row
from graphgrad.ops.shapes import Shape

__all__ = ["Edge", "Graph", "Heading", "Line", "Node", "Table"]


class Edge(NamedTuple):
    """One use of a node: x*x has two edges from x, told apart by slot."""

    source: int
    target: int
    slot: int


class Node(NamedTuple):
    """A thin view of one node."""

    id: int
    name: str
    row: Row
    parents: tuple[int, ...]
    settings: dict[str, Any]
    shape: Shape
    role: str


class Line(NamedTuple):
    """A thin view of one line: a leaf, or the ops of one right-hand side."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which no one needs here
    name: str
    group: str
    label: str
    nodes: range
    root: int


class Table(NamedTuple):
    """Samples of a file: named columns and rows of exact numbers; each row is a point.

    Attributes:
        names: the columns.
        rows: a number, or an exact object array, per column.
        shapes: the shape of one entry of each column; empty where all are numbers.
        parts: each part's word (``train``, ``valid``, ``test``) with its first row, from 1.
        whole: whether the graph takes the table as arrays, rows first, as after ``data all``.
        labels: the words of each column that holds words, in the order of their numbers, which
            count from 0; empty where all are numbers.
        heads: what the first row of its file calls each cell, in the order of the columns; empty
            where no file says it.
    """

    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    shapes: tuple[Shape, ...] = ()
    parts: tuple[tuple[str, int], ...] = ()
    whole: bool = False
    labels: tuple[tuple[str, ...], ...] = ()
    heads: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        rows = len(self.rows) == len(other.rows) and all(
            bool(same.all()) if hasattr(same := a == b, "all") else same
            for left, right in zip(self.rows, other.rows, strict=True)
            for a, b in zip(left, right, strict=True)
        )
        return rows and self._said() == other._said()

    def __hash__(self) -> int:
        return hash((self.names, self.shapes, len(self.rows)))  # rows may hold arrays

    def _said(self) -> tuple[Any, ...]:
        """Return what is said of the rows; how another file calls their cells is no part of it."""
        return tuple(self._replace(rows=[], heads=()))

    def part(self, row: int) -> str:
        """Return the word of the part that a row, counted from 1, is in.

        >>> table = Table(("x",), [(1,), (2,), (3,)], parts=(("train", 1), ("valid", 3)))
        >>> [table.part(row) for row in (1, 2, 3)]
        ['train', 'train', 'valid']
        """
        begun = bisect_right(self.parts, row, key=lambda part: part[1])
        return self.parts[begun - 1][0] if begun else "train"

    def training_rows(self) -> list[int]:
        """Return the rows that losses and gradients are means over, counted from 1.

        All of them, where the table has no parts or none of its rows trains.
        """
        every = list(range(1, len(self.rows) + 1))
        return [row for row in every if self.part(row) == "train"] or every

    def point(self, row: int) -> dict[str, Any]:
        """Return a row, counted from 1, as values of the inputs named like the columns."""
        return dict(zip(self.names, self.rows[row - 1], strict=True))


@dataclass(frozen=True, slots=True)
class Heading:
    """Hold what a file says about itself beside its lines.

    Attributes:
        title: one line, for figures and listings; `title_in` has that of a language.
        assumptions: relations as the author wrote them, for the checker.
        conventions: choices that change numbers, as the author wrote them.
        table: the samples of a `data` statement; the graph itself holds the first or chosen row.
        blocks: what calls of layers and definitions made, in the order of the file.
        recipe: what a `train` line says.
        frozen: names of the parameters that training leaves alone.
        path: the file, for messages; not part of equality.
        places: where in the file each line is written, for messages; not part of equality.
        uses: where it is used: the line of the call for what stands in a definition.
        sizes: consts on which bounds and sizes depend; another value makes another graph.
        titles: the title in other languages, as pairs of a language's code and a text.
        steps: what lines are in updates that are unrolled into this graph.
        comma: whether the file's numbers have a decimal comma, and so what is told of them.
    """

    title: str = ""
    assumptions: tuple[str, ...] = ()
    conventions: tuple[str, ...] = ()
    table: Table | None = None
    blocks: tuple[Block, ...] = ()
    recipe: Recipe | None = None
    frozen: tuple[str, ...] = ()
    path: str = field(default="", compare=False)
    places: array[int] = field(default_factory=lambda: array("I"), compare=False)
    uses: array[int] = field(default_factory=lambda: array("I"), compare=False)
    sizes: tuple[str, ...] = field(default=(), compare=False)
    titles: tuple[tuple[str, str], ...] = ()
    steps: tuple[StepLine, ...] = ()
    comma: bool = field(default=False, compare=False)

    def title_in(self, code: str = "") -> str:
        """Return the title in a language, that in force if none is named, else the first one.

        >>> Heading("Line", titles=(("es", "Recta"),)).title_in("es")
        'Recta'
        """
        return dict(self.titles).get(code or language(), self.title)


class Graph:
    """An immutable computational graph; two graphs with equal content compare equal."""

    columns: Columns
    line_ends: array[int]
    line_names: list[str]
    line_groups: array[int]
    groups: list[str]
    labels: dict[int, str]
    defaults: dict[int, Any]
    output: int
    has_loss: bool
    heading: Heading

    def __init__(
        self,
        columns: Columns,
        line_ends: array[int],
        line_names: list[str],
        line_groups: array[int],
        groups: list[str],
        labels: dict[int, str],
        defaults: dict[int, Any],
        *,
        output: int,
        loss: bool,
        heading: Heading,
    ) -> None:
        vars(self).update(
            columns=columns,
            line_ends=line_ends,
            line_names=line_names,
            line_groups=line_groups,
            groups=groups,
            labels=labels,
            defaults=defaults,
            output=output,
            has_loss=loss,
            heading=heading,
        )

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(name)

    def __len__(self) -> int:
        return len(self.columns)

    def __repr__(self) -> str:
        title = f"{self.heading.title!r}, " if self.heading.title else ""
        return f"<Graph {title}{len(self.line_ends)} lines, {len(self)} nodes>"

    # ---- lines ----

    def line(self, index: int) -> Line:
        """Return a line by its position in the file.

        Raises:
            UsageError: if it is no such position.
        """
        try:
            start = self.line_ends[index - 1] if index else 0
            end = self.line_ends[index]
        except (TypeError, IndexError):
            last = len(self.line_ends) - 1
            raise UsageError("graph.line", got=quoted(index), last=last) from None
        return Line(
            index,
            self.line_names[index],
            self.groups[self.line_groups[index]],
            self.labels.get(index, ""),
            range(start, end),
            end - 1,
        )

    def lines(self) -> Iterator[Line]:
        """Yield every line in the order of the file."""
        return map(self.line, range(len(self.line_ends)))

    def line_of(self, node: int) -> int:
        """Return the position of the line a node stands in.

        Raises:
            UsageError: if it is no number of a node.
        """
        try:
            found = bisect_right(self.line_ends, index(node))
        except TypeError:
            found = len(self.line_ends)
        if found == len(self.line_ends) or node < 0:
            count = len(self.columns.codes)
            raise UsageError("graph.node", got=quoted(node), count=count, last=count - 1)
        return found

    @cached_property
    def line_index(self) -> dict[str, int]:
        """Map each line's name to its position."""
        return {name: index for index, name in enumerate(self.line_names)}

    @cached_property
    def _adjoints(self) -> tuple[dict[str, str], set[str]]:
        names = adjoints_of(self.line_names, self.name(self.output))
        return names, {*names, *names.values()}

    def adjoint_name(self, name: str) -> str:
        """Return what the adjoint of a line is called where it is a line, by no name that is taken.

        It is ``dL_dw`` for the loss L and the leaf w; inner operations ``h.1`` give ``dL_dh_1``.
        """
        names, taken = self._adjoints
        if name in names:
            return names[name]
        line, _, number = name.rpartition(".")
        return free_name(f"{names.get(line, line)}.{number}", taken)

    def find(self, name: str) -> int | None:
        """Return the node of a name: a line, or an operation inside one such as ``yhat.1``.

        Blanks do not count: ``A[1, 2]`` is ``A[1,2]``.
        """
        if not isinstance(name, str):
            raise UsageError("graph.name", got=quoted(name))
        index = self.line_index.get(name)
        if index is None and " " in name:
            name = name.replace(" ", "")
            index = self.line_index.get(name)
        if index is not None:
            return self.line_ends[index] - 1
        head, dot, _ = name.rpartition(".")
        if dot and head in self.line_index:
            line = self.line(self.line_index[head])
            return next((node for node in line.nodes if self.name(node) == name), None)
        return None

    # ---- nodes ----

    def node(self, node: int) -> Node:
        """Return a thin view of a node."""
        columns = self.columns
        return Node(
            node,
            self.name(node),
            columns.row(node),
            tuple(columns.parents_of(node)),
            columns.settings_of(node),
            columns.shape(node),
            self.role(node),
        )

    def name(self, node: int) -> str:
        """Return a node's name: its line's, or ``line.k`` for the k-th operation inside it."""
        index = self.line_of(node)
        name = self.line_names[index]
        if node == self.line_ends[index] - 1:
            return name
        count = self._ordinals[node]
        return f"{name}.c{count}" if self.is_constant(node) else f"{name}.{count}"

    @cached_property
    def _ordinals(self) -> array[int]:
        """Count each node among those of its line: numbers apart from operations."""
        codes = self.columns.codes
        ordinals = array("I", bytes(4 * len(codes)))
        start = 0
        for end in self.line_ends:
            counts = [0, 0]
            for node in range(start, end):
                constant = codes[node] == _CONSTANT
                counts[constant] += 1
                ordinals[node] = counts[constant]
            start = end
        return ordinals

    def role(self, node: int) -> str:
        """Return input, parameter, constant, computation or loss."""
        row = self.columns.row(node)
        if isinstance(row, Leaf):
            return row.role
        return "loss" if self.has_loss and node == self.output else "computation"

    def is_leaf(self, node: int) -> bool:
        """Tell whether a node has no parents."""
        return isinstance(self.columns.row(node), Leaf)

    def is_constant(self, node: int) -> bool:
        """Tell whether a node is a number of the formula."""
        return self.columns.codes[node] == _CONSTANT

    def edges(self) -> Iterator[Edge]:
        """Yield every edge, by target and slot."""
        for target in range(len(self)):
            for slot, source in enumerate(self.columns.parents_of(target)):
                yield Edge(source, target, slot)

    @cached_property
    def variable(self) -> bytearray:
        """Mark the nodes that depend on an input or a parameter: only these get adjoints."""
        columns = self.columns
        marks = bytearray(len(columns))
        starts, parents = columns.starts, columns.parents
        first = 0
        for node in range(len(columns)):
            end = starts[node + 1]
            if first == end:
                marks[node] = columns.codes[node] != _CONSTANT
            elif end - first <= 2:  # nearly all
                marks[node] = marks[parents[first]] or marks[parents[end - 1]]
            else:
                marks[node] = any(marks[parent] for parent in parents[first:end])
            first = end
        return marks

    def compile(self, wrt: Iterable[str] | None = None, *, native: bool = False) -> Any:
        """Return a program of values and gradients, a `graphgrad.compile.plan.Plan`.

        Args:
            wrt: the inputs and parameters to differentiate by; all of them if None.
            native: whether to run machine code where that is faster than NumPy.
        """
        return display.compiled(self, wrt, native=native)

    # ---- value semantics ----

    def _content(self) -> tuple[Any, ...]:
        return (
            self.columns,
            self.line_ends,
            self.line_names,
            [self.groups[g] for g in self.line_groups],
            self.labels,
            self.output,
            self.has_loss,
            self.heading,
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Graph):
            return NotImplemented
        return self._content() == other._content() and _same_values(self.defaults, other.defaults)

    __hash__ = None  # type: ignore[assignment]  # compared by content, which may hold arrays

    def __copy__(self) -> Graph:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Graph:
        return self

    def __getstate__(self) -> dict[str, Any]:
        derived = ("line_index", "variable")
        kept = (name for name in vars(self) if name not in derived and not name.startswith("_"))
        return {name: getattr(self, name) for name in kept}

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return display.mimebundle(self, **options)


def _same_values(a: dict[int, Any], b: dict[int, Any]) -> bool:
    if a.keys() != b.keys():
        return False
    for key, value in a.items():
        same = value == b[key]
        if not (same.all() if hasattr(same, "all") else same):
            return False
    return True


_CONSTANT = code_of("const")
