"""Check that what is written reads back as the same thing."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphgrad.autodiff.record import record
from graphgrad.graph.formula import line_formula
from graphgrad.ops.text import number_text
from graphgrad.source.gg import read_gg

LEAVES = """
input a = 0.7
input b = 1.3
input c = -0.4
input X = [[1, 2, 3], [4, 5, 6]]
input v = [0.5, -1, 2]
"""


@pytest.mark.parametrize(
    "formula",
    [
        "a - (b - c)",
        "a - b - c",
        "(a - b)*c",
        "a/(b/c)",
        "a/b/c",
        "-a^2",
        "(-a)^2",
        "-(a*b)",
        "a^-2",
        "(a*b)^3",
        "a^(b^c)",
        "(a^b)^2",
        "2^-a",
        "a - -b",
        "(a > b)*c",
        "where(a < b, a, c)",
        "1 - (a == b)",
        "leaky_relu(c, alpha=0.2)",
        "sum(X^T, axis=1)[2]",
        "(X @ v)[1:2][2]",
        "max(sum(X, axis=2, keepdims=1))",
        "logsumexp(v)*softmax(v)[3]",
        "sum(concat(v, v))*pi",
        "sum(reshape(X, shape=3x2)[2:3,1])",
        "sum(scatter_add(v, key=[1:3], shape=5))",
        "dot(v, v) + sum(outer(v, v))",
        "sum([a, b; c, 1])",
    ],
)
def test_a_formula_reads_back_as_the_same_graph(formula: str) -> None:
    graph = read_gg(f"{LEAVES}y = {formula}\n")
    written = line_formula(graph, graph.line(graph.line_index["y"]))
    again = read_gg(f"{LEAVES}y = {written}\n")
    assert line_formula(again, again.line(again.line_index["y"])) == written
    np.testing.assert_array_equal(record(again).value("y"), record(graph).value("y"))


@given(st.fractions())
def test_number_text_is_exact_for_rationals(value: Fraction) -> None:
    assert Fraction(number_text(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_number_text_round_trips_floats(value: float) -> None:
    assert float(number_text(value)) == value


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("sum(X, axis=[1, 2])", "sum(X)"),
        ("sum(X, axis=1)", "sum(X, axis=1)"),
        ("sum(X, axis=2)", "sum(X, axis=2)"),
        ("sum(sum(X, axis=1), axis=1)", "sum(sum(X, axis=1))"),
        ("softmax(X, axis=2)", "softmax(X)"),
        ("softmax(X, axis=1)", "softmax(X, axis=1)"),
        ("sum(X, keepdims=0)", "sum(X)"),
        ("sum(X, keepdims=1)", "sum(X, keepdims=1)"),
        ("leaky_relu(X, alpha=0.01)", "leaky_relu(X)"),
        ("transpose(X)", "X^T"),
        ("transpose(X, axes=[2, 1])", "X^T"),
        ("transpose(X, axes=[1, 2])", "transpose(X, axes=[1, 2])"),
        ("X[2, 1:2]", "X[2, 1:2]"),
        ("reshape(X, shape=3x2)", "reshape(X, shape=3x2)"),
        ("(a + b)^0.5", "(a + b)^0.5"),
        ("a^(1/3)", "a^(1/3)"),
        ("(-a)^-2", "(-a)^-2"),
    ],
)
def test_a_setting_is_written_only_where_it_says_something_new(formula: str, written: str) -> None:
    graph = read_gg(f"{LEAVES}y = {formula}\n")
    assert line_formula(graph, graph.line(graph.line_index["y"])) == written


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(-1, 3), "-1/3"),
        (Fraction(7), "7"),
        (Fraction(1, 2**20), "0.00000095367431640625"),
        (Fraction(1, 2**21), "1/2097152"),
        (Fraction(3, 10**20), "0.00000000000000000003"),
        (-0.5, "-0.5"),
        (3.0, "3"),
        (1e15, "1000000000000000.0"),
    ],
)
def test_a_number_is_written_in_decimals_where_they_end(value: float, text: str) -> None:
    assert number_text(value) == text
