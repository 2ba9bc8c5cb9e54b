"""Check graphs: edges, names, equality, copies, passes and invariants."""

from __future__ import annotations

import copy
import pickle
from array import array

import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import SourceError
from graphgrad.graph.check import check_graph
from graphgrad.graph.copying import merge_common
from graphgrad.graph.graph import Edge
from graphgrad.graph.json import graph_from_data, graph_to_data
from graphgrad.graph.nx import to_networkx
from graphgrad.source.gg import read_gg

REGRESSION = """
input x = 3
input y = 9
param w = 2
param b = 1
[model]
z = w*x
yhat = z + b
[loss]
e = yhat - y
loss L = e^2
"""


def test_a_square_as_a_product_has_two_edges_told_apart_by_slot() -> None:
    graph = read_gg("input x = 3\ny = x*x")
    assert list(graph.edges()) == [Edge(0, 1, 0), Edge(0, 1, 1)]
    assert list(to_networkx(graph).edges(keys=True)) == [("x", "y", 0), ("x", "y", 1)]


def test_a_difference_is_one_node_with_its_operands_in_order() -> None:
    graph = read_gg("input a = 1\ninput b = 2\nd = b - a")
    assert len(graph) == 3
    assert graph.node(2).row.name == "sub"
    assert [graph.name(parent) for parent in graph.node(2).parents] == ["b", "a"]


def test_operations_inside_a_line_are_numbered_in_the_order_of_evaluation() -> None:
    graph = read_gg("input x = 3\nparam w = 2\nloss L = (w*x + 1 - x)^2")
    names = [graph.name(node) for node in range(len(graph))]
    assert names == ["x", "w", "L.1", "L.c1", "L.2", "L.3", "L"]
    assert [graph.find(name) for name in names] == list(range(7))


def test_roles_groups_and_lines() -> None:
    graph = read_gg(REGRESSION)
    roles = {line.name: graph.role(line.root) for line in graph.lines()}
    assert roles["x"] == "input"
    assert roles["w"] == "parameter"
    assert roles["z"] == "computation"
    assert roles["L"] == "loss"
    assert graph.line(graph.line_index["yhat"]).group == "model"


def test_a_graph_equals_its_copy_its_pickle_and_its_json() -> None:
    graph = read_gg(REGRESSION)
    assert copy.copy(graph) is graph
    assert copy.deepcopy(graph) is graph
    assert pickle.loads(pickle.dumps(graph)) == graph
    assert graph_from_data(graph_to_data(graph)) == graph
    assert graph != read_gg(REGRESSION.replace("x = 3", "x = 4"))
    assert graph != read_gg(REGRESSION.replace("yhat - y", "y - yhat"))


def test_a_pickle_survives_another_order_of_registration() -> None:
    columns = read_gg(REGRESSION).columns
    state = columns.__getstate__()
    state["ops"] = {code + 1: name for code, name in state["ops"].items()}
    state["codes"] = array("H", (code + 1 for code in state["codes"]))
    other = type(columns).__new__(type(columns))
    other.__setstate__(state)
    assert other == columns


def test_common_subexpressions_merge_only_when_asked() -> None:
    graph = read_gg("input x = 3\nparam w = 2\na = w*x + 1\nb = w*x + 1\nL = a*b")
    assert len(graph) == 9
    merged = merge_common(graph)
    check_graph(merged)
    assert merged.line_names == ["x", "w", "a", "L"]
    assert list(merged.node(merged.output).parents) == [4, 4]


def test_a_line_merged_into_the_inside_of_another_stays_a_line() -> None:
    graph = read_gg("input x = 3\ninput y = 2\na = x*y + 1\nloss b = x*y")
    merged = merge_common(graph)
    check_graph(merged)
    assert merged.line_names == ["x", "y", "a", "b"]
    arrays = read_gg("input x = [1, 2]\na = x*[1, 2]\nloss L = sum(a + x*[1, 2])")
    assert len(merge_common(arrays)) < len(arrays)


def test_a_graph_cannot_be_changed() -> None:
    graph = read_gg(REGRESSION)
    with pytest.raises(AttributeError):
        graph.output = 0


def test_two_inputs_with_the_same_value_stay_two() -> None:
    merged = merge_common(read_gg("input a = 1\ninput b = 1\ny = a*b"))
    assert merged.line_names == ["a", "b", "y"]


@pytest.mark.parametrize(
    ("rule", "damage"),
    [
        (1, lambda g: g.columns.parents.__setitem__(0, 7)),
        (2, lambda g: g.columns.codes.__setitem__(4, g.columns.codes[7])),
        (3, lambda g: (g.columns.shape_table.append((2,)), g.columns.shapes.__setitem__(4, 1))),
        (4, lambda g: g.line_ends.__setitem__(0, 2)),
        (4, lambda g: g.line_names.__setitem__(0, "y")),
        (5, lambda g: g.columns.codes.__setitem__(0, 2) or g.defaults.pop(0)),
        (6, lambda g: vars(g).__setitem__("output", 99)),
    ],
)
def test_each_invariant_is_checked(rule: int, damage: object) -> None:
    graph = pickle.loads(pickle.dumps(read_gg(REGRESSION)))
    check_graph(graph)
    damage(graph)  # type: ignore[operator]
    with pytest.raises(SourceError) as caught:
        check_graph(graph)
    assert caught.value.fields["rule"] == rule


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2", "2", True),
        ("2", "3", False),
        ("0.1", "0.1000000000000001", False),
        ("2", "-2", False),
        ("[1, 2]", "[1, 2]", True),
        ("[1, 2]", "[2, 1]", False),
        ("[1, 2]", "[[1, 2]]", False),
        ("[1]", "1", False),
        ("[[1], [2]]", "[1, 2]", False),
    ],
)
def test_only_constants_of_one_value_and_shape_are_merged(
    first: str, second: str, same: bool
) -> None:
    graph = read_gg(f"input x = [[1, 1], [1, 1]]\na = x*{first}\nb = x*{second}\nL = sum(a + 3*b)")
    merged = merge_common(graph)
    check_graph(merged)
    assert record(merged).values[merged.output] == record(graph).values[graph.output]
    assert ("b" in merged.line_names) == (not same)
