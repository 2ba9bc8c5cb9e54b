"""Two zooms of one graph: entry by entry, and gathered into arrays again."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import LimitError, ShapeError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.check import check_graph
from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.entry_count import MOST_ENTRIES, entry_count
from graphgrad.graph.zooms.entry_names import entry_name, places_of, scalar_point
from graphgrad.graph.zooms.gathered import gathered, gathered_point
from graphgrad.graph.zooms.scalar import scalar_graph
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise, Row, Structural
from graphgrad.source.gg import load, read_gg
from graphgrad.source.samples import samples
from graphgrad.source.writing.graph_text import to_gg

TOLERANCE = 1e-12
SMALL = [sample.path for sample in samples() if sample.path.parent.name != "data"]

NET = """\
input x = [0.5, -1]
input y = [1, 0]
param W1: 3x2 = he_normal(draw=1)
param b1 = [0.1, 0.2, 0.3]
param W2: 2x3 = he_normal(draw=2)
param b2 = [0, 0]
[model]
z1 = W1@x + b1
a1 = relu(z1)
p = softmax(W2@a1 + b2)
[loss]
loss L = -sum(y*log(p))
"""


def assert_same_run(whole: Graph, parts: Graph) -> None:
    """Compare every line and every gradient of two zooms, entry by entry."""
    one, two = record(whole, refuse=False), record(parts, refuse=False)
    for line in whole.lines():
        value = one.values[line.root]
        for place in places_of(whole.columns.shape(line.root)):
            node = parts.find(entry_name(line.name, place))
            assert node is not None, (line.name, place)
            expected = value[place] if place else value
            assert two.values[node] == pytest.approx(expected, rel=TOLERANCE, abs=TOLERANCE)
            if one.adjoints is not None and parts.variable[node]:  # a zero of its own has none
                adjoint = one.adjoint(line.root)
                wanted = adjoint[place] if place else adjoint
                got = two.adjoint(node)
                assert got == pytest.approx(wanted, rel=TOLERANCE, abs=TOLERANCE), line.name


def _cases() -> list[Any]:
    cases = []
    for row in ROWS:
        if isinstance(row, Structural):
            cases += [pytest.param(row, *example, id=row.name) for example in row.examples]
        elif isinstance(row, Elementwise):
            settings = {"n": 3} if row.name == "powi" else {}
            for shapes in product([(), (3,), (2, 3)], repeat=len(row.arguments)):
                if any(shapes):
                    cases.append(pytest.param(row, shapes, settings, id=row.name))
    return cases


@pytest.mark.parametrize(("row", "shapes", "settings"), _cases())
def test_every_row_has_the_values_and_gradients_of_its_arrays(
    row: Row, shapes: tuple[tuple[int, ...], ...], settings: dict[str, Any]
) -> None:
    draw = np.random.default_rng(7)
    low, high = getattr(row, "sample", (-2.0, 2.0))
    builder = GraphBuilder()
    parents = []
    for number, shape in enumerate(shapes):
        value = draw.uniform(low, high, shape)
        value = value if shape else float(value)
        parents.append(builder.leaf_line(f"x{number}", "param", value, shape))
    out = builder.apply(row.name, parents, **settings)
    builder.end_line("out")
    shape = builder.columns.shape(out)
    weights = builder.constant(draw.normal(size=shape) if shape else 2.0, shape)
    total = builder.apply("mul", (out, weights))
    if shape:
        total = builder.apply("sum", (total,))
    builder.end_line("L")
    whole = builder.freeze(output=total, loss=True)
    parts = scalar_graph(whole)
    check_graph(parts)
    assert not any(parts.columns.shapes)
    assert_same_run(whole, parts)


@pytest.mark.parametrize("path", SMALL, ids=str)
def test_every_sample_has_two_zooms(path: Path) -> None:
    whole = load(path)
    parts = scalar_graph(whole)
    check_graph(parts)
    if parts is whole:
        assert not any(whole.columns.shapes)
        return
    if whole.columns.shape(whole.output):
        seed = np.ones(whole.columns.shape(whole.output))
        assert record(parts, seed=seed).adjoints is not None
        return
    assert_same_run(whole, parts)


def test_a_line_per_entry_with_the_formula_of_the_lecture() -> None:
    graph = scalar_graph(read_gg(NET))
    lines = {line.name: line_formula(graph, line) for line in graph.lines()}
    assert lines["z1[2]"] == "W1[2,1]*x[1] + W1[2,2]*x[2] + b1[2]"
    assert lines["a1[3]"] == "relu(z1[3])"
    assert lines["p.sum"] == "p.exp[1] + p.exp[2]"
    assert lines["p[1]"] == "p.exp[1]/p.sum"
    assert lines["L"] == "-(y[1]*log(p[1]) + y[2]*log(p[2]))"


def test_groups_order_and_titles_are_kept() -> None:
    graph = scalar_graph(read_gg(NET.replace("z1 =", 'z1 "z^{(1)}" =')))
    groups = {line.name: line.group for line in graph.lines()}
    assert (groups["W1[1,1]"], groups["z1[1]"], groups["p.exp[2]"], groups["L"]) == (
        "", "model", "model", "loss",
    )  # fmt: skip
    bare = [name.partition("[")[0].partition(".")[0] for name in graph.line_names]
    assert list(dict.fromkeys(bare)) == ["x", "y", "W1", "b1", "W2", "b2", "z1", "a1", "p", "L"]
    labels = {graph.line_names[index]: label for index, label in graph.labels.items()}
    assert labels["W1[2,1]"] == "w^{(1)}_{21}"
    assert labels["z1[3]"] == "z^{(1)}_{3}"


def test_a_number_under_a_row_of_exponentials_is_looked_at_as_one() -> None:
    graph = read_gg("param w = 2\nloss L = logsumexp(w)*w")
    assert record(scalar_graph(graph)).gradients == {"w": 4.0}


def test_a_graph_of_numbers_is_the_same_graph() -> None:
    graph = read_gg("input x = 3\nparam w = 2\nloss L = (w*x)^2")
    assert scalar_graph(graph) is graph
    assert gathered(graph) is graph


def test_rationals_stay_exact() -> None:
    whole = read_gg("param W = [[1/3, 0.1], [2, 3]]\nloss L = mean(W)")
    trace = record(scalar_graph(whole), exact=True)
    assert str(trace.values[trace.graph.output]) == "163/120"


def test_a_missing_value_stays_missing() -> None:
    whole = read_gg("input x: 2\nloss L = sum(x)")
    assert not scalar_graph(whole).defaults


def test_an_output_that_is_an_array_is_put_together() -> None:
    whole = read_gg("param W = [[1, 2], [3, 4]]\noutput y = W*W")
    parts = scalar_graph(whole)
    seed = np.array([[1.0, 0.0], [0.5, 2.0]])
    one, two = record(whole, seed=seed), record(parts, seed=seed)
    assert np.array_equal(one.values[whole.output], two.values[parts.output])
    assert two.gradients["W[2,2]"] == one.gradients["W"][1, 1] == 16.0


def test_a_table_of_arrays_has_a_column_per_entry() -> None:
    whole = read_gg("input x = [1, 2]\nparam w = 3\nloss L = w*sum(x)")
    table = whole.heading.table
    assert table is None
    from dataclasses import replace

    from graphgrad.graph.graph import Table
    from graphgrad.graph.zooms.entry_names import in_entries

    rows: list[tuple[Any, ...]] = [(np.array([1.0, 2.0]), 5), (np.array([3.0, 4.0]), 6)]
    heading = replace(whole.heading, table=Table(("x", "t"), rows, ((2,), ())))
    vars(whole)["heading"] = heading
    found = in_entries(whole).table
    assert found is not None
    assert found.names == ("x[1]", "x[2]", "t")
    assert found.rows[1] == (3.0, 4.0, 6)


def test_a_point_of_arrays_is_a_point_of_entries() -> None:
    parts = scalar_graph(read_gg(NET))
    point = scalar_point(parts, {"x": np.array([2.0, 3.0]), "b1[2]": 7})
    assert point == {"x[1]": 2.0, "x[2]": 3.0, "b1[2]": 7}
    with pytest.raises(ShapeError) as error:
        scalar_point(parts, {"x": np.array([2.0, 3.0, 4.0])})
    assert error.value.fields["expected"] == "2"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("input x: 784\nparam W: 256x784\nz = W@x\nloss L = sum(z)", 602_895),
        ("input x: 2000\nparam W: 2000x2000\nz = W@x\nloss L = sum(z)", None),
        ("param A: 900x900\nB = A@A\nloss L = sum(B)", None),
    ],
)
def test_what_is_too_large_is_counted_and_refused(text: str, count: int | None) -> None:
    graph = read_gg(text)
    assert entry_count(graph) == count
    with pytest.raises(LimitError) as error:
        scalar_graph(graph)
    assert error.value.fields["limit"] == MOST_ENTRIES


def test_the_count_is_the_number_of_nodes() -> None:
    graph = read_gg(NET)
    parts = scalar_graph(graph)
    constants = sum(map(parts.is_constant, range(len(parts))))
    assert entry_count(graph) == len(parts) - constants


def test_gathered_entries_are_arrays_again() -> None:
    whole = read_gg(NET)
    back = gathered(scalar_graph(whole))
    check_graph(back)
    assert back.line_names == [
        "x", "y", "W1", "b1", "W2", "b2", "z1", "a1", "p.exp", "p.sum", "p", "L",
    ]  # fmt: skip
    one, two = record(whole), record(back)
    for name, gradient in one.gradients.items():
        assert two.gradients[name] == pytest.approx(gradient, rel=TOLERANCE, abs=TOLERANCE)


def test_a_recurrence_is_not_gathered() -> None:
    builder = GraphBuilder()
    before = builder.leaf_line("h[1]", "input", 1.0)
    for step in (2, 3):
        before = builder.apply("tanh", (before,))
        builder.end_line(f"h[{step}]")
    graph = builder.freeze(output=before)
    assert gathered(graph) is graph


def test_a_point_of_entries_is_a_point_of_the_gathered_array() -> None:
    parts = scalar_graph(read_gg(NET))
    point = gathered_point(parts, {"x[2]": 4.0})
    assert list(point) == ["x"]
    assert point["x"].tolist() == [0.5, 4.0]


def test_words_of_a_table_stay_with_their_column() -> None:
    written = "data x: 2, y\n  1 2 no\n  3 4 yes\nparam w = [1, 1]\nloss L = (w@x - y)^2"
    table = scalar_graph(read_gg(written)).heading.table
    assert table is not None
    assert table.names == ("x[1]", "x[2]", "y")
    assert table.labels == ((), (), ("no", "yes"))
    again = read_gg(to_gg(scalar_graph(read_gg(written)))).heading.table
    assert again == table


@pytest.mark.parametrize("scores", ["[800, -3, 799]", "[-900, -901, -1000]", "[1000, 1000, 1]"])
@pytest.mark.parametrize(
    "formula",
    ["w @ softmax(z)", "w @ log_softmax(z)", "logsumexp(z)", "sum(softmax([z, 2*z], axis=2)@w)"],
)
def test_large_scores_stay_finite_in_numbers_too(scores: str, formula: str) -> None:
    whole = read_gg(f"input z = {scores}\nparam w = [1, 2, 3]\nloss L = {formula}")
    assert_same_run(whole, scalar_graph(whole))


def test_small_scores_are_written_as_on_the_board_and_the_point_decides() -> None:
    whole = read_gg("input z = [1, 2]\nloss L = sum(softmax(z)^2)")
    plain = scalar_graph(whole)
    assert not any("max" in line.name for line in plain.lines())
    large = {"z": np.array([900.0, 1.0])}
    assert any("max" in line.name for line in scalar_graph(whole, large).lines())
    free = read_gg("input z: 2\nloss L = sum(softmax(z)^2)")
    assert not any("max" in line.name for line in scalar_graph(free).lines())


def test_a_table_taken_as_arrays_is_one_row_of_entries() -> None:
    written = (
        "data all x: 2, y\n  1 2 no\n  3 4 yes\nvalid\n  5 6 no\n"
        "param w = [1, 1]\nloss L = sum((x@w - y)^2)"
    )
    parts = scalar_graph(read_gg(written))
    table = parts.heading.table
    assert table is not None
    assert table.names == ("x[1,1]", "x[1,2]", "x[2,1]", "x[2,2]", "y[1]", "y[2]")
    assert table.rows == [(1, 2, 3, 4, 0, 1)]
    assert table.labels[-1] == ("no", "yes")
    again = read_gg(to_gg(parts))
    assert again.heading.table == table._replace(labels=())
    assert_same_run(read_gg(written), again)


@pytest.mark.parametrize("shape", [(0, 4), (3, 0)])
def test_the_mean_of_nothing_is_0_by_0_in_every_form(shape: tuple[int, int]) -> None:
    import graphgrad as gg

    graph = gg.graph(gg.param("x", np.zeros(shape)).mean())
    names: dict[str, Any] = {}
    exec(gg.export(graph, "numpy").partition("if __name__")[0], names)
    found = [record(scalar_graph(graph)).values[-1], gg.compile(graph)().value]
    with np.errstate(all="ignore"):  # where the module stands alone, NumPy warns of 0/0
        found += [record(graph).values[graph.output], names["program"](np.zeros(shape))[0]]
    assert np.isnan(found).all()
