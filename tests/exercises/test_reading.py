from __future__ import annotations

import random
import unicodedata
from contextlib import suppress

import pytest

from graphgrad.errors import GraphgradError, LimitError, SourceError
from graphgrad.exercises.reading.meaning import vocabulary_of
from graphgrad.exercises.reading.spelled_back import read_as
from graphgrad.expr.decimals import decimal_of
from graphgrad.expr.lenient import parse_answer
from tests.exercises.random_strings import answer

NAMES = ["w", "x", "b", "y", "yhat", "z", "a", "L", "w1", "x1", "w_1_12", "theta"]
NAMES += ["X", "W", "Y", "Yhat", "h1", "b_1"]
VOCABULARY = vocabulary_of(NAMES)


def read(text, decimal="auto"):
    return read_as(parse_answer(unicodedata.normalize("NFC", text), VOCABULARY, decimal).expression)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # implicit products, driven by the names
        ("2wx+b", "2*w*x + b"),
        ("x(1-x)", "x*(1 - x)"),
        ("(x+1)(x-1)", "(x + 1)*(x - 1)"),
        ("2(ŷ-y)·x", "2*(yhat - y)*x"),
        ("w₁x₁", "w1*x1"),
        ("w1 x1 + b", "w1*x1 + b"),
        ("1/2x", "1/2*x"),
        ("a/b c".replace("c", "x"), "a/b*x"),
        ("-x²", "-x^2"),
        ("x⁻¹", "x^(-1)"),
        ("x**2", "x^2"),
        ("2^3^2", "2^3^2"),
        ("x^-1", "x^(-1)"),
        ("1e-3x", "1e-3*x"),
        ("2e^x", "2*e^x"),
        ("2πx", "2*pi*x"),
        # functions
        ("σ(z)", "σ(z)"),
        ("σ(z)(1-σ(z))", "σ(z)*(1 - σ(z))"),
        ("aσ(z)", "a*σ(z)"),
        ("σ'(z)", "σ'(z)"),
        ("tanh''(z)x", "tanh''(z)*x"),
        ("sen(x)", "sen(x)"),
        ("sin x", "sin(x)"),
        ("sin 2x + 1", "sin(2*x) + 1"),
        ("sin x cos y", "sin(x)*cos(y)"),
        ("ln x^2", "ln(x^2)"),
        ("sen²(x)", "sen(x)^2"),
        ("tanh^2(z)", "tanh(z)^2"),
        ("tanh² z", "tanh(z)^2"),
        ("|x-y|", "abs(x - y)"),
        ("2|x||y|", "2*abs(x)*abs(y)"),
        ("|x|/(1+|x|)", "abs(x)/(1 + abs(x))"),
        ("√x", "sqrt(x)"),
        ("√(x+1)y", "sqrt(x + 1)*y"),
        ("max(x, y)", "max(x, y)"),
        ("raíz(x)", "raíz(x)"),
        ("leaky_relu(z, alpha=0.1)", "leaky_relu(z, alpha=0.1)"),
        ("sum(W, axis=1)", "sum(W, axis=1)"),
        # derivatives as names
        ("∂L/∂w", "dL/dw"),
        ("dL/dŷ * x", "dL/dyhat*x"),
        ("d L / d w", "dL/dw"),
        ("(∂L)/(∂w)", "dL/dw"),
        ("dL/dW[1,2]", "dL/dW[1, 2]"),
        ("dL/da da/dz x", "dL/da*da/dz*x"),
        # LaTeX
        (r"\frac{1}{1+e^{-z}}", "1/(1 + e^(-z))"),
        (r"\frac12 x", "1/2*x"),
        (r"\dfrac{\partial L}{\partial \hat{y}}\cdot x", "dL/dyhat*x"),
        (r"\sigma\left(z\right)\left(1-\sigma(z)\right)", "sigma(z)*(1 - sigma(z))"),
        (r"w^{(1)}_{12} x", "w_1_12*x"),
        (r"w_{12}^{(1)} x", "w_1_12*x"),
        (r"X^\top (\hat{Y} - Y)", "X^T*(Yhat - Y)"),
        (r"X^{T}Y", "X^T*Y"),
        (r"\sqrt{x+1}", "sqrt(x + 1)"),
        (r"\sqrt[3]{x}", "x^(1/3)"),
        (r"\theta\,x", "theta*x"),
        (r"\mathbf{W} x", "W*x"),
        (r"\operatorname{relu}(z)", "relu(z)"),
        (r"\tanh^2 z", "tanh(z)^2"),
        (r"$x$", "x"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "[1, 2; 3, 4]"),
        (r"\lvert x \rvert", "abs(x)"),
        # arrays
        ("[1, 2; 3, 4]", "[1, 2; 3, 4]"),
        ("[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
        ("X^T", "X^T"),
        ("X.T @ Y", "X^T @ Y"),
        ("Xᵀ Y", "X^T*Y"),
        ("W[1,2]x", "W[1, 2]*x"),
        # signs
        ("x−y", "x - y"),
        ("x×y÷2", "x*y/2"),
        ("x≥0", "x >= 0"),
        ("θ", "theta"),
        ("y_hat", "yhat"),
        ("h_1", "h1"),
        ("b1", "b_1"),
        ("W⊙W", "W*W"),
    ],
)
def test_an_answer_is_read_as_written_by_hand(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("2wx", ["read.split"]),
        ("1/2x", ["read.division"]),
        ("sin x", ["read.application"]),
        ("sin²(x)", ["read.power"]),
        ("2*w*x", []),
        (r"\frac{1}{2} x", []),
        ("a/(b) x", ["read.division"]),
    ],
)
def test_a_reading_that_could_surprise_is_remarked(text, remarks):
    assert [remark.message_id for remark in parse_answer(text, VOCABULARY).remarks] == remarks


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("foo+1", "answer.unknown_name", 1),
        ("x_{1}x_{2}", "answer.unknown_name", 6),
        ("wq", "answer.unknown_name", 1),
        ("2 3", "source.missing_operator", 3),
        ("x 2", "source.missing_brackets", 3),
        ("a'", "answer.prime", 2),
        ("sin", "answer.no_argument", 1),
        ("sin^-1(x)", "answer.inverse", 1),
        ("sin⁻¹(x)", "answer.inverse", 1),
        ("|x", "answer.bar", 2),
        ("x|", "answer.bar", 2),
        ("∂x", "answer.derivative", 1),
        (r"\foo x", "answer.command", 1),
        (r"\frac{1}", "answer.brace", 8),
        ("x_{}", "answer.subscript", 1),
        ("(x", "source.unclosed", 1),
        ("x)", "source.unopened", 2),
        ("x +", "source.unexpected_end", 3),
        ("9^99999", "answer.exponent", 3),
        ("x ? y", "source.unexpected", 3),
        ("½q", "answer.unknown_name", 2),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text, message, column):
    with pytest.raises((SourceError, LimitError)) as caught:
        read(text)
    assert caught.value.message_id == message
    assert caught.value.place.column == column
    for language in ("en", "es"):
        assert "^" in caught.value.text(language)


def test_a_dangling_subscript_is_never_dropped():
    with pytest.raises(SourceError):
        read("x_{1}x_{}")


def test_near_names_are_suggested_in_both_languages():
    with pytest.raises(SourceError) as caught:
        read("yhta")
    assert "Did you mean yhat" in caught.value.text("en")
    assert "¿Quería decir yhat" in caught.value.text("es")


def test_a_word_with_two_readings_is_refused():
    vocabulary = vocabulary_of(["a", "ab", "b", "bc", "c"])
    with pytest.raises(SourceError) as caught:
        parse_answer("abc", vocabulary)
    assert caught.value.message_id == "answer.ambiguous"
    assert "ab·c" in caught.value.text("en")


def test_declared_names_win_over_functions_and_euler():
    vocabulary = vocabulary_of(["e", "step", "T"])
    items = parse_answer("2e step", vocabulary).expression.items
    assert [item.value for item in items] == ["2", "e", "*", "step", "*"]
    assert read_as(parse_answer("e^T", vocabulary).expression) == "e^T"


@pytest.mark.parametrize(
    ("text", "auto", "comma", "point"),
    [
        ("0,5*x", "0.5*x", "0.5*x", None),
        ("0.5*x", "0.5*x", "0.5*x", "0.5*x"),
        (",5", None, None, None),
        (".5", ".5", ".5", ".5"),
        ("max(1, 2)", "max(1, 2)", "max(1, 2)", "max(1, 2)"),
        ("max(1,2)", "max(1, 2)", "max(1, 2)", "max(1, 2)"),
        ("max(1;2)", "max(1, 2)", "max(1, 2)", "max(1, 2)"),
        ("max(1,5; 2)", "max(1.5, 2)", "max(1.5, 2)", "max(1, 5, 2)"),
        ("max(x,y)", "max(x, y)", "max(x, y)", "max(x, y)"),
        ("[1,2]", "[1, 2]", "[1.2]", "[1, 2]"),
        ("[1, 2]", "[1, 2]", "[1, 2]", "[1, 2]"),
        ("[0,5; 1,5]", None, "[0.5, 1.5]", "[0, 5; 1, 5]"),
        ("[0,5, 1,5]", "[0.5, 1.5]", "[0.5, 1.5]", "[0, 5, 1, 5]"),
        ("[0.5,1]", "[0.5, 1]", "[0.5, 1]", "[0.5, 1]"),
        ("[1,2,3]", "[1, 2, 3]", "[1, 2, 3]", "[1, 2, 3]"),
        ("1.234,5", None, None, None),
        ("1,234.5", None, None, None),
        ("1.234", "1.234", None, "1.234"),
        ("0.125", "0.125", "0.125", "0.125"),
        ("W[1,2]", "W[1, 2]", "W[1, 2]", "W[1, 2]"),
        ("1.2.3", None, None, None),
        ("3.", "3", "3", "3"),
    ],
)
def test_commas_and_points_are_settled_once(text, auto, comma, point):
    for decimal, expected in (("auto", auto), ("comma", comma), ("point", point)):
        if expected is None:
            with pytest.raises(GraphgradError):
                read(text, decimal)
        else:
            assert read(text, decimal) == expected, decimal


def test_the_sheet_shows_its_decimal_sign():
    assert decimal_of("z = 0,5\na = [0,1; 0,2]") == "comma"
    assert decimal_of("z = 0.5\na = [1,2]") == "point"
    assert decimal_of("z = 5\na = max(1,2)") == "auto"
    assert decimal_of("z = 0.5\na = 0,5") == "auto"


def fuzz(seed, count):
    rng = random.Random(seed)
    read_well = 0
    for _ in range(count):
        text = unicodedata.normalize("NFC", answer(rng))
        decimal = rng.choice(("auto", "comma", "point"))
        with suppress(GraphgradError):
            reading = parse_answer(text, VOCABULARY, decimal)
            read_well += 1
            assert len(reading.expression.items) <= 400
            assert read_as(reading.expression)
    return read_well


def test_random_strings_raise_only_errors_of_the_library():
    assert fuzz(1, 5_000) > 200


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_many_random_strings_raise_only_errors_of_the_library(seed):
    assert fuzz(seed, 20_000) > 800
