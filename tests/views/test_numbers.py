"""Numbers, arrays and tables as text."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphgrad.autodiff.record import record
from graphgrad.graph.blocks import Depth
from graphgrad.messages.catalogue import in_language, set_language
from graphgrad.source.gg import read_gg
from graphgrad.views.tables.run_table import run_table
from graphgrad.views.tables.text_tables import Column, Row, layout_table
from graphgrad.views.text.numbers import block, factor, inline, number
from graphgrad.views.text.run_json import exact_data, plain_data


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1e-7, "1e-7"),
        (-1.5e-300, "-1.5e-300"),
        (123456.789, "123457"),
        (1234567.5, "1.23457e6"),
        (1e15, "1e15"),
        (999999999.0, "999999999"),
        (0.1 + 0.2, "0.3"),
        (2 / 3, "0.666667"),
        (math.inf, "inf"),
        (-math.inf, "-inf"),
        (math.nan, "nan"),
        (Fraction(-7, 3), "-7/3"),
        (Fraction(1, 3**60), "≈2.35898e-29"),
        (5, "5"),
    ],
)
def test_numbers_have_significant_digits(value: Any, written: str) -> None:
    assert number(value) == written


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_close_to_what_is_written(value: float) -> None:
    assert math.isclose(float(number(value)), value, rel_tol=1e-5, abs_tol=1e-320)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_that_is_not_zero_is_never_written_as_zero(value: float) -> None:
    assert (number(value) == "0") == (value == 0)


def test_factors_stand_in_brackets_where_they_need_it() -> None:
    assert [factor(v) for v in (-4.0, 4.0, Fraction(1, 3), Fraction(2))] == [
        "(-4)",
        "4",
        "(1/3)",
        "2",
    ]


def test_matrices_are_aligned_row_by_row() -> None:
    assert block(np.array([[1.0, -0.25], [10.0, 3.0]])) == ["[ 1  -0.25]", "[10      3]"]


def test_long_vectors_are_wrapped_and_large_arrays_summarized() -> None:
    lines = block(np.arange(12.0) / 7, 36)
    assert len(lines) > 1
    assert len({len(line) for line in lines}) == 1
    assert max(map(len, lines)) <= 36
    assert block(np.arange(64.0).reshape(8, 8) / 7, 30) == ["8×8: 0 to 9"]
    assert block(np.zeros((2, 3, 40))) == ["2×3×40: 0 to 0"]
    set_language("es")
    assert inline(np.arange(400.0)) == "400: 0 a 399"


def test_small_arrays_stand_on_one_line() -> None:
    assert inline(np.array([[1.0, 2.0], [3.0, 4.5]])) == "[[1, 2], [3, 4.5]]"
    assert inline(np.array([Fraction(1, 3), Fraction(2)], dtype=object)) == "[1/3, 2]"


def test_json_data_round_trips_and_words_what_is_not_finite() -> None:
    assert plain_data(np.array([1.0, math.inf, -math.inf, math.nan])) == [1.0, "inf", "-inf", "nan"]
    assert plain_data(None) is None
    assert plain_data(Fraction(1, 4)) == 0.25
    assert exact_data(np.array([Fraction(1, 4), Fraction(2)], dtype=object)) == ["1/4", "2"]
    assert exact_data(0.25) is None


@pytest.mark.parametrize(
    ("formula", "width", "lines"),
    [
        (
            "sigmoid(h[1].a[1:2] + h[1].v[1:2])",
            15,
            ["sigmoid(", "  h[1].a[1:2] +", "  h[1].v[1:2])"],
        ),
        ("(1 - h[1].u)*h[1].n + h[1].u*h[0]", 14, ["(1 - h[1].u)*", "  h[1].n +", "  h[1].u*h[0]"]),
        ("maximum(h[1]; 0)*W[1; 2]", 18, ["maximum(h[1];", "  0)*W[1; 2]"]),
        ("sum(h^2)*W[1; 2]", 12, ["sum(h^2)*", "  W[1; 2]"]),
        ("[0.125, 0.25, 0.5]", 12, ["[0.125,", "  0.25, 0.5]"]),
        ("[[[0.125,0.25]", 12, ["[[[0.125,", "  0.25]"]),
        ("a" * 20, 12, ["a" * 12, "  " + "a" * 8]),
    ],
)
def test_formulas_are_broken_beside_operators_and_never_lose_a_letter(
    formula: str, width: int, lines: list[str]
) -> None:
    table = layout_table([Column("", wraps=True)], [Row([[formula]])], width + 2)
    assert [line[2:] for line in table[2:]] == lines
    assert "".join(lines).replace(" ", "") == formula.replace(" ", "")


def test_tables_align_and_wrap_only_what_may_be_wrapped() -> None:
    columns = [Column("a"), Column("formula", wraps=True), Column("n", right=True)]
    rows = [
        Row(banner="[group]"),
        Row([["x"], ["one + two + three + four"], ["1", "22"]]),
        Row([["yy"], ["z"], ["333"]]),
    ]
    assert layout_table(columns, rows, 30) == [
        "  a    formula               n",
        "  ────────────────────────────",
        "[group]",
        "  x    one + two + three     1",
        "         + four             22",
        "  yy   z                   333",
    ]
    assert max(map(len, layout_table(columns, rows, 80))) == 37


def test_wide_and_combining_characters_keep_the_columns() -> None:
    columns = [Column("n"), Column("v", right=True)]
    lines = layout_table(columns, [Row([["層"], ["1"]]), Row([["y\u0302"], ["22"]])], 80)
    assert lines[2:] == ["  層    1", "  y\u0302    22"]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("depth", ["layer", "line"])
def test_a_run_of_a_convolutional_network_keeps_its_formulas_whole(
    width: int, depth: Depth
) -> None:
    graph = read_gg(
        "input x: 1x12x12 = uniform(draw=1)\nlayer c1 = conv2d(6, 5, padding=2)\n"
        "layer s2 = avg_pool2d(2)\nlayer c3 = conv2d(16, 5)\nlayer flat = flatten()\n"
        "layer out = dense(10)\nz = out(flat(c3(s2(relu(c1(x))))))\n"
        "loss L = cross_entropy_with_logits(z, 3)"
    )
    with in_language("es"):
        lines = list(run_table(record(graph), detail=depth, width=width))
    assert max(map(len, lines)) <= width
    assert not any(line.rstrip().endswith(("→", "×")) for line in lines)
    if depth == "layer" and width == 80:
        assert "  z.c1 = c1(x): convolución 2D 1×12×12→6×12×12, W 6×1×5×5, b 6" in "\n".join(lines)
