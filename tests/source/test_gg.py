"""Check the file format: statements, names, values, data, and where each becomes a node."""

from __future__ import annotations

import codecs
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import SourceError
from graphgrad.graph.check import check_graph
from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph
from graphgrad.source.gg import load, read_gg


def value(text: str, name: str = "y") -> object:
    graph = read_gg(text)
    check_graph(graph)
    return record(graph).value(name)


def formula(graph: Graph, name: str) -> str:
    return line_formula(graph, graph.line(graph.line_index[name]))


def test_numbers_are_exact_decimals() -> None:
    graph = read_gg("input a = 0.1\ninput b = 1/3\ninput c = -3\ninput d = 2.5e-3\ny = a")
    assert list(graph.defaults.values()) == [
        Fraction(1, 10),
        Fraction(1, 3),
        Fraction(-3),
        Fraction(1, 400),
    ]


def test_a_numeral_exponent_is_a_setting_and_other_numerals_are_constant_nodes() -> None:
    graph = read_gg("input x = 3\ny = x^2 + 2")
    ops = [graph.node(node).row.name for node in range(len(graph))]
    assert ops == ["input", "powi", "const", "add"]
    assert graph.node(1).settings == {"n": 2}
    assert graph.role(2) == "constant"


def test_a_copy_is_an_identity_node() -> None:
    graph = read_gg("input z = 3\na = z\nb = a")
    assert [graph.node(node).row.name for node in range(len(graph))] == [
        "input",
        "identity",
        "identity",
    ]


def test_keywords_are_names_where_an_equals_sign_follows() -> None:
    assert value("input = 3\nloss = 2*input\ny = loss + input") == 9.0
    assert value("assume = 3\nconvention = 2*assume\ny = convention") == 6.0


def test_e_and_pi_are_constants_unless_declared() -> None:
    assert value("input x = 1\ny = e^x") == pytest.approx(np.e)
    assert value("input x = 1\ny = pi*x") == pytest.approx(np.pi)
    assert value("input e = 3\ny = e^2") == 9.0
    with pytest.raises(SourceError) as caught:
        read_gg("input x = 1\ny = e^x\ne = 3*x")
    assert caught.value.message_id == "source.defined_later"


def test_the_output_is_the_loss_else_the_declared_output_else_the_last_line() -> None:
    text = "input x = 3\na = x^2\nb = 2*a\n"
    assert read_gg(text).name(read_gg(text).output) == "b"
    assert read_gg(text + "output a").output == 1
    graph = read_gg("input x = 3\nloss a = x^2\nb = 2*a\n")
    assert (graph.output, graph.has_loss) == (1, True)
    assert read_gg(text + "loss a").has_loss


def test_groups_nest_and_end() -> None:
    graph = read_gg("input x = 1\n[a]\nu = 2*x\n[a.b]\nv = u*u\n[]\nw = v - u")
    assert [line.group for line in graph.lines()] == ["", "a", "a.b", ""]


def test_lines_continue_inside_brackets_and_comments_end_them() -> None:
    text = "input x = 3  # three\ny = max(x,   # one\n  2*x,\n  # nothing\n)".replace(
        ",\n  # nothing", ""
    )
    assert value(text) == 6.0
    assert value('title "a # b"\ninput x = 3\ny = x  # done') == 3.0


def test_arrays_rows_columns_and_initial_values() -> None:
    graph = read_gg(
        "input A = [[1, 2], [3, 4]]\ninput B = [1, 2; 3, 4]\ninput c = [1; 2]\n"
        "param W: 3x2 = he_normal(draw=1)\nparam b: 2 = zeros()\nparam k: 2 = full(value=0.5)\n"
        "y = sum(A - B)"
    )
    shapes = [graph.columns.shape(line.root) for line in graph.lines()]
    assert shapes == [(2, 2), (2, 2), (2, 1), (3, 2), (2,), (2,), ()]
    again = read_gg("param W: 3x2 = he_normal(draw=1)\ny = sum(W)")
    np.testing.assert_array_equal(again.defaults[0], graph.defaults[3])
    np.testing.assert_allclose(
        np.random.RandomState(1).normal(0, np.sqrt(2 / 3), (3, 2)), graph.defaults[3]
    )


def test_subscripts_count_from_one_and_slices_include_their_end() -> None:
    text = "input W = [[1, 2, 3], [4, 5, 6]]\ninput x = [10, 20, 30, 40]\n"
    assert value(text + "y = W[1,2]") == 2.0
    assert value(text + "y = sum(x[2:3])") == 50.0
    assert value(text + "y = sum(W[2])") == 15.0
    assert value(text + "y = sum(W[:,1:2])") == 12.0
    assert value(text + "y = sum(x[3:])") == 70.0


def test_transposes_and_a_variable_named_T() -> None:
    text = "input X = [[1, 2], [3, 4]]\ninput v = [1, 10]\n"
    assert value(text + "y = (X^T @ v)[1]") == 31.0
    assert value(text + "y = (X.T @ v)[1]") == 31.0
    assert value("input T = 2\ninput x = 3\ny = x^T") == 9.0


def test_comparisons_and_where() -> None:
    text = "input a = 1\ninput b = 2\n"
    assert value(text + "y = where(a > b, 10, 20)") == 20.0
    assert value(text + "y = (a <= b) + (a >= b) + (a != b) + (a == a)") == 3.0


def test_max_and_min_of_two_are_entry_by_entry_and_of_one_over_all() -> None:
    text = "input x = [1, 5, 3]\n"
    assert value(text + "y = max(x)") == 5.0
    assert value(text + "y = sum(max(x, 2))") == 10.0
    assert value("input a = 2\ny = max(0, a) + maximo(a, 3)") == 5.0
    assert value("input a = 2\ny = max(0, a, 7, 1) - min(a, 3, 1)") == 6.0


def test_spanish_names_and_settings_by_position_or_keyword() -> None:
    assert value("input x = 0\ny = sen(x) + tg(x) + raiz(4)") == 2.0
    assert value("input x = -2\ny = leaky_relu(x, 0.1)") == pytest.approx(-0.2)
    assert value("input X = [[1, 2], [3, 4]]\ny = sum(X, axis=1)[2]") == 6.0
    assert value("input X = [[1, 2], [3, 4]]\ny = sum(X, axis=2)[2]") == 7.0


def test_a_stack_of_nodes_is_an_array() -> None:
    assert value("input a = 1\ninput b = 2\ny = sum([a, b; b, b] @ [a, b])") == 11.0


def test_decimal_comma_heads_a_file() -> None:
    text = "decimal comma\ninput x = 0,5\ninput W = [[0,96; 0,89]; [0,28; 0,73]]\n"
    assert value(text + "y = max(x; 0,25) + W[1;2]") == pytest.approx(1.39)


@pytest.mark.parametrize(
    ("line", "column", "fix"),
    [
        ("y = dense(x, 4, act=relu)", 12, "dense(x; 4; act=relu)"),
        ("net = dense(4, act=relu)", 14, "dense(4; act=relu)"),
        ("y = leaky_relu(x,0)", 17, "leaky_relu(x;0)"),
        ("param v = [1, 2]", 13, "[1; 2]"),
        ("train adam(rate=0,1), epochs=3", 21, "train adam(rate=0,1); epochs=3"),
        ("train adam(rate=0,1, b1=0,9)", 20, "adam(rate=0,1; b1=0,9)"),
        ("data k: 2, colour", 9, "2; colour"),
    ],
)
def test_under_a_decimal_comma_arguments_are_parted_by_semicolons(
    line: str, column: int, fix: str
) -> None:
    with pytest.raises(SourceError) as caught:
        read_gg(f"decimal comma\ninput x = 1\n{line}\n1 2 3\n")
    assert caught.value.message_id == "source.comma_apart"
    assert caught.value.fields["fix"] == fix
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (3, column)
    assert f"Escriba `{fix}`" in caught.value.text("es")


def test_titles_labels_assumptions_and_conventions_are_kept() -> None:
    graph = read_gg(
        'gg 1\ntitle "Uno"\ninput x = 1\nz1 "z^{(1)}" = 2*x\nassume x > 0\n'
        "input t = [0, 1]\ninput y = 1\n"
        "assume sum(t) = 1\nassume y in {0, 1}\n"
        "convention half in the loss\noutput z1\n"
    )
    assert graph.heading.title == graph.heading.title_in("en") == "Uno"
    assert graph.labels == {1: "z^{(1)}"}
    assert graph.heading.assumptions == ("x > 0", "sum(t) = 1", "y in {0, 1}")
    assert graph.heading.conventions == ("half in the loss",)


DATA = "data x1 x2 y\n0 0 0\n0 1 1\n1 0 1\n\nparam w = 0.5\nloss L = (w*x1 + w*x2 - y)^2\n"


def test_a_row_of_data_gives_the_inputs_their_values() -> None:
    assert record(read_gg(DATA)).value("L") == 0.0
    assert record(read_gg(DATA, row=2)).value("L") == 0.25
    assert [read_gg(DATA).role(node) for node in range(3)] == ["input"] * 3
    with pytest.raises(SourceError) as caught:
        read_gg(DATA, row=4)
    assert caught.value.message_id == "source.no_row"


def test_data_from_a_file_beside_the_source(tmp_path: Path) -> None:
    (tmp_path / "xor.csv").write_text("x1,x2,y\n0,0,0\n1,0,1\n", encoding="utf-8")
    source = tmp_path / "xor.gg"
    source.write_text('data "xor.csv"\nloss L = (x1 - y)^2 + x2', encoding="utf-8")
    assert record(load(source, row=2)).value("x1") == 1.0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, newline: str) -> None:
    text = 'title "Regresión"\ninput ŷ = 3\ny = ŷ^2\n'.replace("\n", newline)
    path = tmp_path / "a.gg"
    path.write_bytes(text.encode(encoding))
    graph = load(path)
    assert graph.heading.title == "Regresión"
    assert graph.line_names == ["ŷ", "y"]
    assert codecs.lookup(encoding)


def test_names_are_compared_in_normal_form_c() -> None:
    assert value("input y\u0302 = 3\ny = \u0177 + 1") == 4.0


def test_a_formula_on_the_command_line_declares_its_inputs() -> None:
    graph = read_gg("L = (w*x + b - y)^2", free_inputs=True)
    assert graph.line_names == ["w", "x", "b", "y", "L"]
    point = {"w": 2, "x": 3, "b": 1, "y": 9}
    assert record(graph, point).gradients["w"] == -12.0
    graph = read_gg("input x = 2; a = x^2; y = [a, 1; 2, a][2,2]", free_inputs=True)
    assert record(graph).value("y") == 4.0


def test_formulas_are_written_as_they_were_meant() -> None:
    graph = read_gg("input x = 3\nconst k = 2\ny = -(k*x)^2 - 1/(x + pi)")
    assert formula(graph, "y") == "-(k*x)^2 - 1/(x + pi)"


def test_places_remember_the_lines_of_the_file() -> None:
    graph = read_gg("# comment\n\ninput x = 3\n\ny = max(x,\n  2)\nz = y")
    assert list(graph.heading.places) == [3, 5, 7]


def test_quotes_inside_quotes_end_nothing() -> None:
    graph = read_gg('title "A \\" # (b" # a comment\ninput x = 1\ny = x')
    assert graph.heading.title == 'A " # (b'


def test_an_argument_on_a_line_of_its_own_begins_no_statement() -> None:
    assert value("input x = [1, 2]\ny = sum(x,\n  axis=1\n)") == 3.0
    assert value("input x = [1, 2]\ny = sum(\nx,\naxis = 1)") == 3.0
