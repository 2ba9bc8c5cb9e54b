from __future__ import annotations

from contextlib import suppress

import pytest

from graphgrad.errors import GraphgradError, LimitError
from graphgrad.exercises.algebra.fractions import NeedSign
from graphgrad.exercises.algebra.normal_form import Normalizer
from graphgrad.exercises.algebra.polynomials import MOST_WORK, GiveUp
from graphgrad.exercises.algebra.terms import MOST_TERMS, Pool
from graphgrad.exercises.reading.answer_sheet import read_sheet
from graphgrad.exercises.reading.equivalence import equivalent
from graphgrad.exercises.reading.meaning import Meaning, vocabulary_of
from graphgrad.expr.lenient import parse_answer
from graphgrad.expr.vocabulary import Vocabulary


def nested(form, times, start="x"):
    for _ in range(times):
        start = form.format(start)
    return start


def relus(count, form="relu(x-{}/31)"):
    return "+".join(form.format(k) for k in range(count))


HOSTILE = {
    "power tower of numbers": ("9^9^9^9", "9^9^9^9+1"),
    "power tower in brackets": ("9^(9^(9^9))", "1"),
    "exponential tower": ("e^e^e^e^x", "e^e^e^e^(x+1)"),
    "exponential tower, equal": ("exp(exp(exp(exp(x))))", "exp(exp(exp(exp(x)))) + 0"),
    "thirty relus": (relus(30), relus(30, "max(x-{}/31, 0)")),
    "thirty relus, reversed": (relus(30), relus(29)),
    "nested squares": (nested("({})^2+1", 29), nested("(1+{})^2", 29)),
    "nested sums of squares": (nested("(x+{})^2", 15), nested("({}+x)^2", 15) + "+x-x"),
    "nested sigmoids": (nested("σ({})", 14), nested("(1-σ(-{}))", 14)),
    "nested tanh": (nested("tanh({})", 12), nested("(2σ(2{})-1)", 12)),
    "forty factors": (
        "*".join(f"(x+{k})" for k in range(40)),
        "*".join(f"({k}+x)" for k in reversed(range(40))),
    ),
    "forty factors of three": (
        "*".join(f"(x+y z+{k})" for k in range(40)),
        "*".join(f"({k}+z y+x)" for k in range(40)) + "+x-x",
    ),
    "powers of powers": ("(((x+y+1)^9)^9)^9", "(((1+y+x)^9)^9)^9+1"),
    "a large power of a sum": ("(x+y+z+1)^60", "(1+z+y+x)^60+x-x"),
    "continued fraction": (nested("1/(x+{})", 14), nested("1/({}+x)", 14) + "+x-x"),
    "nested logarithms": (nested("log({})", 25), nested("log({})", 24)),
    "nested roots": (nested("√({})", 25), "x^(1/2)"),
    "nested maxima": (nested("max({}, y)", 20), "max(x, y)"),
    "many angles": ("cos(64x)", "2cos(32x)^2-1"),
    "huge angle": ("sin(10^300 x)", "sin(10^300*x)+0"),
    "a power with a whole exponent too long for memory": (
        "(-2)^((x+3-x)^(10^30))",
        "1",
    ),
    "a power with an exponent too small for memory": (
        "(-x^2-1)^(y^(2^70))",
        "1",
    ),
    "tiny factor": ("10^-300 sin(x)", "0"),
    "long numbers": ("1" * 40 + "/" + "3" * 40, "1/3"),
    "a product of many sums": (
        "*".join(f"(a{k}+b{k})" for k in range(12)),
        "*".join(f"(b{k}+a{k})" for k in range(12)) + "+x-x",
    ),
    "many exponentials": (
        "+".join(f"exp(a{k})" for k in range(30)),
        "+".join(f"exp(a{k}) " for k in range(30)) + "+x-x",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pairs_are_decided_or_given_up(name):
    a, b = HOSTILE[name]
    verdict = equivalent(a, b, decimal="point")
    assert verdict.status in ("equal", "different", "undecided")
    assert equivalent(a, a, decimal="point").status in ("equal", "undecided")


@pytest.mark.parametrize("name", HOSTILE)
def test_the_search_for_a_proof_stops_within_its_budget(name):
    pool = Pool()
    texts = HOSTILE[name]
    names = [f"{letter}{k}" for letter in "ab" for k in range(30)]
    vocabulary = vocabulary_of(["x", "y", "z", *names])
    meaning = Meaning(pool, pool.name)
    a, b = (meaning.of(parse_answer(t, vocabulary, "point").expression) for t in texts)
    assert len(pool) < 2_000
    normal = Normalizer(pool)
    with suppress(GiveUp, NeedSign):
        normal.difference(a.id, b.id)
    assert normal.ring.work <= 1.1 * MOST_WORK


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20_000 + "x" + ")" * 20_000,
        "(" * 200 + "x" + ")" * 200,
        "-" * 300 + "x",
        "x^" * 200 + "x",
        "1" * 41,
        "x" * 601,
        "x+" * 299 + "x",
        "9^99999",
        "x^99999",
        "1e999",
        "|" * 500,
        "{" * 500,
        r"\frac" * 100,
        r"\hat" * 120 + "x",
    ],
)
def test_what_is_too_long_or_too_deep_is_refused_at_once(text):
    with pytest.raises(GraphgradError):
        equivalent(text, "x", names=["x"])


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').getpid()",
        "x.__class__.__mro__",
        "eval(x)",
        "lambda: x",
        "exec",
        "open(x)",
        "factorial(10^7)",
        "x if import else x",
        "[x for x in x]",
    ],
)
def test_code_is_never_run_only_refused(text):
    with pytest.raises(GraphgradError):
        equivalent(text, "x", names=["x"])


def test_a_pool_has_a_last_term():
    pool = Pool()
    for k in range(MOST_TERMS):
        pool.number(k)
    with pytest.raises(LimitError):
        pool.number(-1)


@pytest.mark.parametrize(
    "lines",
    [
        ["z =", f"1{' ' * 5000}x"],  # once exponential in the blanks
        ["z =", f"1{' ,' * 2500}x"],
        ["z = 1", f"dL/dx = E{' ' * 5000}^ -1"],
        ["nombre:" + " " * 5000 + "1 1 :"],
        ["forma( " + "a." * 2500 + "]"],
        ["w" * 19_000 + " = 1"],
    ],
    ids=["blanks", "commas", "a power", "a heading", "a dotted name", "a long name"],
)
def test_sheets_of_long_lines_are_read_at_once(lines):
    with suppress(GraphgradError):
        sheet = read_sheet("\n".join(lines), Vocabulary(["x", "z", "L"], ["exp"]))
        assert len(sheet.answers) <= 2
