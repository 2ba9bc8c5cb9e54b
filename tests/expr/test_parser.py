"""Check the tokenizer and the parser: precedence, spelling, limits."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphgrad.errors import GraphgradError, LimitError, SourceError
from graphgrad.expr.dialect import ANSWER, COMMA, STRICT, Dialect
from graphgrad.expr.parser import parse
from graphgrad.expr.tokens import tokenize


def bracketed(text: str, dialect: Dialect = STRICT) -> str:
    """Return a formula with all brackets written out."""
    stack: list[str] = []
    for item in parse(text, dialect).items:
        parts = stack[len(stack) - item.arity :] if item.arity else []
        del stack[len(stack) - item.arity :]
        if item.kind in ("name", "number", "shape", "string"):
            stack.append(item.value)
        elif item.kind == "infix":
            stack.append(f"({parts[0]}{item.value}{parts[1]})")
        elif item.kind == "prefix":
            stack.append(f"({item.value}{parts[0]})")
        else:
            stack.append(f"{item.kind}:{item.value}<{', '.join(parts)}>")
    assert len(stack) == 1
    return stack[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a - b - c", "((a-b)-c)"),
        ("a/b*c", "((a/b)*c)"),
        ("-x^2", "(-(x^2))"),
        ("2^-x", "(2^(-x))"),
        ("a^b^c", "(a^(b^c))"),
        ("-a*b", "((-a)*b)"),
        ("a*-b", "(a*(-b))"),
        ("--a", "(-(-a))"),
        ("a + b > c*d", "((a+b)>(c*d))"),
        ("a @ b + c", "((a@b)+c)"),
        ("a ** 2", "(a^2)"),
        ("x₁ * x₁₂", "(x_1*x_12)"),
        ("2·x − 1", "((2*x)-1)"),
        ("a ≤ b", "(a<=b)"),
        ("f(x)", "call:f<x>"),
        ("f(x, n=2)", "call:f<x, keyword:n<2>>"),
        ("f()", "call:f<>"),
        ("X^T @ Y", "(transpose:^T<X>@Y)"),
        ("X.T", "transpose:.T<X>"),
        ("W[1,2]", "index:<W, 1, 2>"),
        ("x[1:3]", "index:<x, slice::<1, 3>>"),
        ("x[:]", "index:<x, slice::<nothing:<>, nothing:<>>>"),
        ("[1, 2; 3, 4]", "rows:2x2<1, 2, 3, 4>"),
        ("[[1, 2], [3, 4]]", "array:<array:<1, 2>, array:<3, 4>>"),
        ("f(x, shape=16x2)", "call:f<x, keyword:shape<16x2>>"),
        ("1e-3", "1e-3"),
        (".5 + 5.", "(.5+5.)"),
    ],
)
def test_precedence_and_spelling(text: str, expected: str) -> None:
    assert bracketed(text) == expected


def test_a_decimal_comma_makes_semicolons_separate() -> None:
    assert bracketed("f(0,5; 1,25)", COMMA) == "call:f<0.5, 1.25>"
    assert bracketed("[0,5; 1]", COMMA) == "array:<0.5, 1>"


def test_raised_digits_are_powers_only_in_answers() -> None:
    assert bracketed("x²", ANSWER) == "(x^2)"
    with pytest.raises(SourceError) as caught:
        parse("x²")
    assert caught.value.message_id == "source.superscript"
    assert caught.value.fields == {"power": "2"}


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("w *", "source.unexpected_end", 3),
        ("", "source.unexpected_end", 1),
        ("* w", "source.expected_operand", 1),
        ("(a + b", "source.unclosed", 1),
        ("a + b)", "source.unopened", 6),
        ("f(a]", "source.mismatched", 4),
        ("2x", "source.missing_operator", 2),
        ("a b", "source.missing_brackets", 3),
        ("0,5*x", "source.decimal_comma", 1),
        ("a, b", "source.stray_separator", 2),
        ("a = b", "source.stray_equals", 3),
        ("a < b < c", "source.chained_comparison", 7),
        ("a $ b", "source.unknown_character", 3),
        ("a\x07b", "source.control_character", 2),
        ('f("abc', "source.open_string", 3),
        ("[1, 2; 3]", "source.ragged_rows", 1),
        ("f(a b)", "source.missing_brackets", 5),
        ("[", "source.unclosed", 1),
        ("f(,)", "source.expected_operand", 3),
        ("¿x?", "source.unknown_character", 1),
    ],
)
def test_what_is_no_formula_says_where(text: str, message: str, column: int) -> None:
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert caught.value.message_id == message
    assert caught.value.place is not None
    assert caught.value.place.column == column


@pytest.mark.parametrize(
    "text", ["(" * 20_000 + "x" + ")" * 20_000, "-" * 5_000 + "x", "^".join("x" * 900)]
)
def test_nesting_and_length_are_bounded(text: str) -> None:
    with pytest.raises(LimitError):
        parse(text)


def test_nesting_up_to_the_limit_is_read() -> None:
    assert parse("(" * 199 + "x" + ")" * 199).items[0].value == "x"
    assert len(parse("+".join("x" * 4_000)).items) == 7_999


@given(st.text(max_size=60))
def test_any_text_parses_or_raises_our_own_error(text: str) -> None:
    for dialect in (STRICT, COMMA, ANSWER):
        caught = None
        try:
            parse(unicodedata.normalize("NFC", text), dialect)
        except GraphgradError as error:
            caught = error
        assert caught is None or (caught.text("en") and caught.text("es"))


@given(st.text(alphabet='xyw12.,;()[]+-*/^=<>@ T:e"', max_size=40))
def test_any_text_of_our_alphabet_parses_or_raises_our_own_error(text: str) -> None:
    try:
        items = parse(text).items
    except GraphgradError:
        return
    assert sum(1 - item.arity for item in items) == 1


def test_tokens_cover_the_text_they_came_from() -> None:
    text = "z1 = sigmoid(w11*x1 + b1) ** 2"
    for token in tokenize(text):
        if token.value != "^":
            assert text[token.start : token.end] == token.value
