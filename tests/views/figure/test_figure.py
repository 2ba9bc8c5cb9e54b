from __future__ import annotations

import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import LimitError, UsageError
from graphgrad.source.gg import read_gg
from graphgrad.views.figure.content.scene_options import FigureOptions, shown_parts
from graphgrad.views.figure.dot.dot_rows import edge_rows
from graphgrad.views.figure.dot.dot_source import digraph, to_graphviz
from graphgrad.views.text.numbers_on_board import shown
from tests.views.figure.pictures import (
    CHAIN,
    MATRIX,
    REGRESSION,
    SKIP,
    box,
    drawn,
    edge,
    figure_of,
    traced,
)


def test_a_box_per_line_holds_formula_value_and_adjoint():
    z = box(drawn(REGRESSION), "z")
    assert (z.formula, shown(z.value).text, z.adjoint_sign, shown(z.adjoint).text) == (
        "w·x",
        "6",
        "∂L/∂z",
        "−4",
    )
    assert [found.role for found in drawn(REGRESSION).boxes] == [
        *["input"] * 2,
        *["parameter"] * 2,
        *["computation"] * 3,
        "loss",
    ]


def test_an_edge_holds_its_partial_in_symbols_and_as_a_number():
    found = edge(drawn(REGRESSION), "w", "z")
    assert (found.sign, found.partial, shown(found.number).text) == ("∂z/∂w", "x", "3")
    assert len(edge_rows(found, "∂L/∂z")) == 1
    told = edge(drawn(REGRESSION, show=("contributions",)), "w", "z")
    assert (shown(told.contribution).text, told.partial) == ("−12", "")


def test_a_product_with_itself_has_two_edges():
    figure = drawn("input x = 3\ny = x*x")
    assert [(e.slot, e.sign, shown(e.number).text) for e in figure.edges] == [
        (0, "∂y/∂x₍₁₎", "3"),
        (1, "∂y/∂x₍₂₎", "3"),
    ]
    assert shown(box(figure, "x").adjoint).text == "6"


def test_shared_weights_are_one_box_with_an_edge_per_use():
    figure = drawn(SKIP)
    w1 = box(figure, "w₁")
    assert sum(e.source == w1.id for e in figure.edges) == 2
    assert shown(w1.adjoint).text == "19"
    assert shown(edge(figure, "w₁", "ŷ").number).text == "11"


def test_op_detail_opens_the_lines_and_shows_constants():
    figure = drawn("input x = 3\ny = 2*x + 1", detail="op")
    assert [(b.label, b.formula, b.role) for b in figure.boxes] == [
        ("x", "", "input"),
        ("", "2", "constant"),
        ("y.1", "2x", "computation"),
        ("", "1", "constant"),
        ("y", "y.1 + 1", "computation"),
    ]
    constant = figure.boxes[1]
    assert (constant.value, constant.adjoint) == (None, None)


def test_a_constant_line_is_a_box_whose_edges_have_no_partial():
    figure = drawn("const k = 4\ninput x = 1\ny = k*x\nq = k^2\nloss L = y*q")
    assert box(figure, "k").role == "constant"
    assert edge(figure, "k", "y").partial == ""
    assert edge(figure, "x", "y").partial == "k"
    assert box(figure, "q").adjoint is None


def test_small_arrays_are_matrices_and_big_ones_shape_and_range():
    figure = drawn(MATRIX)
    value = shown(box(figure, "X").value)
    assert value.bracketed
    assert value.rows == (("1", "0.5"), ("2", "1"), ("0", "−1"))
    big = drawn("param W: 20x10 = he_normal(draw=1)\nloss L = sum(W^2)")
    summary = shown(box(big, "W").value)
    assert not summary.bracketed
    assert "20×10" in summary.text


def test_a_structural_edge_says_what_is_pulled_back():
    found = edge(drawn(MATRIX), "W", "Z")
    assert (found.sign, found.partial, found.number) == ("", "Xᵀ @ ∂L/∂Z", None)


def test_a_number_is_not_told_twice():
    figure = drawn(REGRESSION)
    rows = edge_rows(edge(figure, "z", "ŷ"), "∂L/∂ŷ")
    assert ["".join(p.text for p in row.pieces) for row in rows] == ["∂ŷ/∂z = 1"]


def test_groups_nest_and_keep_their_order():
    figure = drawn("input x = 1\n[a.b]\ny = x\n[a]\nz = y\n[c]\nloss L = z")
    assert [(g.name, g.title, g.parent) for g in figure.groups] == [
        ("a", "a", ""),
        ("a.b", "b", "a"),
        ("c", "c", ""),
    ]


def test_wrt_keeps_what_lies_between_and_its_operands():
    names = [b.label for b in drawn(REGRESSION, wrt=("b",)).boxes]
    assert names == ["y", "b", "z", "ŷ", "e", "L"]
    figure = drawn(REGRESSION, wrt=("b",))
    assert all(e.target != box(figure, "z").id for e in figure.edges)


def test_wrt_an_unknown_name_suggests_near_ones():
    with pytest.raises(UsageError, match="Did you mean yhat"):
        drawn(REGRESSION, wrt=("yhatt",))


def test_a_name_that_does_not_reach_the_output_stands_alone():
    figure = drawn("input x = 1\ninput u = 2\nloss L = x^2", wrt=("u",))
    assert [b.label for b in figure.boxes] == ["u", "L"]
    assert figure.edges == ()


def _direction(text, **options):
    attributes = digraph(drawn(text), FigureOptions(**options)).graph_attr
    return attributes["rankdir"]


def test_long_chains_turn_from_top_to_bottom():
    assert _direction(REGRESSION) == "LR"
    assert _direction(CHAIN) == "TB"
    assert _direction(CHAIN, direction="LR") == "LR"


def test_a_graph_that_was_not_run_shows_symbols_alone():
    figure = figure_of(read_gg("input x\ny = x^2"))
    assert [b.value for b in figure.boxes] == [None, None]
    assert (figure.edges[0].partial, figure.edges[0].number) == ("2x", None)


def test_trouble_is_drawn():
    figure = drawn("input x = -1\ny = log(x)\nloss L = y^2")
    assert [b.trouble for b in figure.boxes] == ["", "outside the domain", ""]


def test_an_output_of_several_elements_has_no_adjoints():
    figure = drawn("input x = [1, 2]\ny = x^2")
    assert all(b.adjoint is None for b in figure.boxes)
    seeded = figure_of(record(read_gg("input x = [1, 2]\ny = x^2"), seed=[1, 0]))
    assert seeded.boxes[0].adjoint_sign == "∇x"


def test_too_many_boxes_hit_a_limit():
    lines = "\n".join(f"y{i} = x + {i}" for i in range(2100))
    with pytest.raises(LimitError, match="2101 boxes"):
        to_graphviz(traced(f"input x = 1\n{lines}"))


def test_a_step_the_trace_does_not_have_is_refused():
    with pytest.raises(UsageError, match="no step 20: expected 0 to 19"):
        to_graphviz(traced(REGRESSION), FigureOptions(step=20))


def test_show_reads_a_list():
    assert shown_parts("none") == ()
    assert shown_parts("adjoints values") == ("values", "adjoints")
    with pytest.raises(UsageError, match="'vaules'"):
        shown_parts("vaules")


def test_nothing_but_names_and_formulas_is_shown_on_request():
    figure = figure_of(traced(REGRESSION), show=())
    assert all(b.value is None and b.adjoint is None for b in figure.boxes)
    assert all(not e.partial for e in figure.edges)
