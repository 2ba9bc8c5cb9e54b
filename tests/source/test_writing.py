"""Graph to text to graph: the same nodes, names, groups and values."""

from __future__ import annotations

import contextlib
import itertools
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graphgrad as gg
from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError, ShapeError, UsageError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph, Heading, Table
from graphgrad.graph.zooms.scalar import scalar_graph
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise
from graphgrad.source.gg import load, read_gg
from graphgrad.source.samples import samples
from graphgrad.source.statements import KEYWORDS
from graphgrad.source.writing.graph_text import to_gg
from graphgrad.source.writing.line_check import is_line_name
from graphgrad.source.writing.value_texts import content

SMALL = [sample.path for sample in samples() if sample.path.parent.name != "data"]
NAMES = ["x", "w_1", "yhat", "input", "loss", "e", "my weight", "2nd", "π", "T", "a.b", "z", "L"]
GROUPS = ["", "model", "model.h", "two words", "out"]
NUMBERS = [Fraction(1, 3), Fraction(-5, 2), 3, -7, 0.1, -1e-9, 1e300, 5e-324, 0.0, 2.5]


def assert_same(graph: Graph, again: Graph) -> None:
    """Compare what a text must keep; lines may have been split, which no node shows."""
    assert graph.columns == again.columns, to_gg(graph)
    assert (graph.output, graph.has_loss) == (again.output, again.has_loss)
    assert graph.defaults.keys() == again.defaults.keys()
    for node, value in graph.defaults.items():
        assert content(value) == content(again.defaults[node])
    for line in graph.lines():
        other = again.line(again.line_of(line.root))
        assert other.root == line.root
        assert (other.group, other.label) == (line.group, line.label)
        if is_line_name(line.name) and not (line.label and line.name in KEYWORDS):
            assert other.name == line.name


EMPTY = [(row.name, setting.name) for row in ROWS for setting in getattr(row, "settings", ())
         if setting.kind in ("shape", "axes")]  # fmt: skip


@pytest.mark.parametrize(("op", "setting"), EMPTY)
def test_no_axis_and_the_shape_of_a_number_read_back(op: str, setting: str) -> None:
    read = 0
    for shape in ((), (1,), (1, 1), (2,)):
        x = gg.param("x", np.full(shape, 3.0).tolist())
        with contextlib.suppress(GraphgradError, ValueError, TypeError, IndexError):
            made = getattr(gg, op)(x, **{setting: ()})
            graph = gg.graph(made * 2)
            record(graph)
            read += 1
            assert_same(graph, read_gg(to_gg(graph)))
    assert read or op not in ("reshape", "broadcast", "sum", "mean", "max", "var"), op


def test_a_list_without_entries_is_read_nowhere_else() -> None:
    assert read_gg("input x = [3]\ny = reshape(x, shape=[])").columns.shape(1) == ()
    for line in ("y = x + []", "y = pad(x, width=[])", "y = reshape(x, [])", "y = f(shape=[])"):
        with pytest.raises(GraphgradError):
            read_gg(f"input x = [3]\n{line}")


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_every_sample_reads_back(path: Path) -> None:
    graph = load(path)
    text = to_gg(graph)
    again = read_gg(text)
    assert_same(graph, again)
    assert graph.line_names == again.line_names
    assert graph.heading.title == again.heading.title
    assert graph.heading.assumptions == again.heading.assumptions
    assert graph.heading.conventions == again.heading.conventions
    assert graph.heading.table == again.heading.table
    assert to_gg(again) == text


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_every_sample_reads_back_entry_by_entry(path: Path) -> None:
    graph = scalar_graph(load(path))
    assert_same(graph, read_gg(to_gg(graph)))


@st.composite
def graphs(draw: Any) -> Graph:
    """Draw a graph as Python may build one: any rows, any cut into lines, any names."""
    builder = GraphBuilder()
    names = draw(st.permutations(NAMES + [f"v{i}" for i in range(20)]))
    shapes = st.sampled_from([(), (), (3,), (2, 3)])
    values: list[int] = []

    def end() -> None:
        label = draw(st.sampled_from(["", "", "z^{(1)}", 'a "quoted" \\ label']))
        group = draw(st.sampled_from(GROUPS))
        builder.end_line(names[len(builder.line_names)], label=label, group=group)

    def value(shape: tuple[int, ...]) -> Any:
        numbers = [draw(st.sampled_from(NUMBERS)) for _ in range(math.prod(shape))]
        if not shape:
            return numbers[0]
        return np.array([Fraction(n) for n in numbers], dtype=object).reshape(shape)

    for _ in range(draw(st.integers(1, 4))):
        shape = draw(shapes)
        role = draw(st.sampled_from(["input", "param", "const"]))
        given = value(shape) if role == "const" or draw(st.booleans()) else None
        values.append(builder.leaf(role, given, shape))
        end()
    for _ in range(draw(st.integers(1, 8))):
        for _ in range(draw(st.integers(1, 3))):
            values.append(_operation(draw, builder, values, value))
        end()
    loss = draw(st.booleans()) and not builder.columns.shape(values[-1])
    heading = Heading(draw(st.sampled_from(["", 'A "title" \\ here', "título"])))
    output = builder.line_ends[draw(st.integers(0, len(builder.line_ends) - 1))] - 1
    return builder.freeze(values[-1] if loss else output, loss=loss, heading=heading)


def _operation(draw: Any, builder: GraphBuilder, values: list[int], value: Any) -> int:
    """Append an op that fits some earlier nodes, or numbers of its own."""
    x = draw(st.sampled_from(values))
    shape = builder.columns.shape(x)
    rank = len(shape)
    if draw(st.integers(0, 9)) == 0:
        return builder.constant(math.pi, symbol="pi")
    rows = [row for row in ROWS if isinstance(row, Elementwise)]
    row = draw(st.sampled_from(rows))
    moves: list[tuple[str, tuple[int, ...], dict[str, Any]]] = []
    if rank:
        axis = draw(st.integers(0, rank - 1))
        moves = [
            ("sum", (x,), {"axis": (axis,), "keepdims": draw(st.booleans())}),
            ("max", (x,), {}),
            ("softmax", (x,), {"axis": axis}),
            ("logsumexp", (x,), {"axis": (axis,)}),
            ("transpose", (x,), {}),
            ("reshape", (x,), {"shape": (math.prod(shape),)}),
            ("broadcast", (x,), {"shape": (2, *shape)}),
            ("index", (x,), {"key": (shape[0] - 1,)}),
            ("index", (x,), {"key": ((shape[0] // 2, shape[0]),)}),
            ("concat", (x, x), {"axis": axis}),
            ("stack", (x, x), {"axis": axis}),
            ("scatter_add", (x,), {"key": (1,), "shape": (3, *shape)}),
            ("argmax_mask", (x,), {}),
        ]
    if moves and draw(st.booleans()):
        op, parents, settings = draw(st.sampled_from(moves))
        return builder.apply(op, parents, **settings)
    parents = []
    for _ in row.arguments:
        own = draw(st.integers(0, 3)) == 0
        like = shape if draw(st.booleans()) else ()
        node = builder.constant(value(like), like) if own else draw(st.sampled_from(values))
        parents.append(node)
    given = {"n": draw(st.sampled_from([2, -1, Fraction(1, 2), 3]))} if row.name == "powi" else {}
    if any(setting.name == "alpha" for setting in row.settings) and draw(st.booleans()):
        given = {"alpha": Fraction(1, 4)}
    try:
        return builder.apply(row.name, parents, **given)
    except ShapeError:
        return builder.apply("tanh", (x,))


@settings(max_examples=500, deadline=None)
@given(graphs())
def test_random_graphs_read_back(graph: Graph) -> None:
    assert_same(graph, read_gg(to_gg(graph)))


@pytest.mark.parametrize("shape", [(), (1,), (2,), (2, 3)], ids=str)
def test_every_number_of_a_setting_reads_back(shape: tuple[int, ...]) -> None:
    builder, settings_of = GraphBuilder(), []
    x = builder.leaf("input", Fraction(1) if not shape else np.full(shape, 0.5), shape)
    builder.end_line("x")
    for row in ROWS:
        numbers = [s.name for s in row.settings if s.kind in ("number", "integer")]
        for name, value in itertools.product(numbers, (-2, -1, 0, 1, 2, Fraction(1, 2))):
            with contextlib.suppress(GraphgradError):
                node = builder.apply(row.name, (x,) * len(row.arguments), **{name: value})
                builder.end_line(f"y{node}")
                settings_of.append(name)
    graph = builder.freeze(len(builder.columns) - 1)
    assert {"alpha", "low", "high"} <= set(settings_of)
    assert_same(graph, read_gg(to_gg(graph)))


def test_names_that_no_file_has_are_said() -> None:
    w = gg.param("T", 2)
    text = gg.to_gg(w * w + 1)
    assert "'T' → v_T" in text
    assert "param v_T = 2" in text
    assert gg.parse(text).columns == (w * w + 1).graph().columns


def test_a_shared_part_gets_a_line_of_its_own() -> None:
    builder = GraphBuilder()
    x = builder.leaf_line("x", "input", 2.0)
    part = builder.apply("tanh", (x,))
    y = builder.apply("mul", (part, part))
    builder.end_line("y")
    graph = builder.freeze(y)
    text = to_gg(graph)
    assert "y_1 = tanh(x)\ny = y_1*y_1" in text
    assert_same(graph, read_gg(text))


def test_a_table_is_written_with_its_rows() -> None:
    graph = read_gg("data x y\n1 2\n0.5 1/3\nparam w = 2\nloss L = (w*x - y)^2")
    assert "data x y\n     1 2\n     0.5 1/3\n" in to_gg(graph)
    assert read_gg(to_gg(graph)).heading.table == graph.heading.table


def test_a_table_of_arrays_names_its_shapes() -> None:
    builder = GraphBuilder()
    x = builder.leaf_line("x", "input", np.array([1.0, 2.0]), (2,))
    t = builder.leaf_line("t", "input", 3.0)
    y = builder.apply("sum", (x,))
    y = builder.apply("mul", (y, t))
    builder.end_line("y")
    rows: list[tuple[Any, ...]] = [(np.array([1.0, 2.0]), 3), (np.array([4.0, 5.0]), 6)]
    table = Table(("x", "t"), rows, ((2,), ()), (("train", 1), ("valid", 2)), whole=True)
    text = to_gg(builder.freeze(y, heading=Heading(table=table)))
    assert "data all x: 2, t\n     [1, 2] 3\n     valid\n     [4, 5] 6\n" in text


def test_a_long_array_is_folded_and_reads_back() -> None:
    values = np.random.default_rng(3).normal(size=(40, 30))
    builder = GraphBuilder()
    w = builder.leaf_line("W", "param", values, values.shape)
    y = builder.apply("sum", (w,))
    builder.end_line("y")
    graph = builder.freeze(y)
    text = to_gg(graph)
    assert max(map(len, text.split("\n"))) < 100
    assert record(read_gg(text)).values[0].tolist() == values.tolist()


def test_a_number_that_is_none_cannot_be_written() -> None:
    builder = GraphBuilder()
    x = builder.leaf_line("x", "input", math.nan)
    y = builder.apply("tanh", (x,))
    builder.end_line("y")
    assert "input x\n" in to_gg(builder.freeze(y))
    builder = GraphBuilder()
    c = builder.leaf_line("c", "const", math.inf)
    y = builder.apply("tanh", (c,))
    builder.end_line("y")
    with pytest.raises(UsageError) as error:
        to_gg(builder.freeze(y))
    assert error.value.fields["name"] == "c"
