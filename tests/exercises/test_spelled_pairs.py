"""Pairs of spellings with the right verdict, equal and not; public pairs that once failed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graphgrad.errors import SourceError
from graphgrad.exercises.files.blocks import front_of
from graphgrad.exercises.notes.checking import check_notes
from graphgrad.exercises.reading.equivalence import equivalent
from graphgrad.exercises.truth.reference import Reference
from graphgrad.expr.lenient import parse_answer
from graphgrad.source.gg import read_gg

DATA = Path(__file__).parents[1] / "data" / "exercises"
PAIRS = [
    tuple(part.strip() for part in line.split(" | "))
    for line in (DATA / "pairs.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
KINDS = {
    part.partition("\n")[0]: part.partition("\n")[2].splitlines()
    for part in (DATA / "pairs_by_kind.txt").read_text("utf-8").split("== ")[1:]
}
PUBLIC = json.loads((DATA / "answers_open.json").read_text("utf-8"))
DECIDED_HERE = {
    "(a^b)^c": "equal where a > 0",  # said with its condition; their verdict is "different"
    "2e+3": "different",  # a number, with a remark
}


def verdict_of(a: str, b: str) -> str:
    try:
        return equivalent(a, b).headline("en")
    except SourceError:
        return "refused"


def test_there_are_enough_pairs_of_each_verdict():
    assert len(PAIRS) > 200
    assert sum(verdict == "different" for *_, verdict in PAIRS) > 35


@pytest.mark.parametrize(("a", "b", "verdict"), PAIRS)
def test_a_pair_of_spellings_gets_the_right_verdict(a, b, verdict):
    told = verdict_of(a, b)
    assert told == verdict if " " not in verdict else told.startswith(verdict)


@pytest.mark.parametrize("kind", KINDS)
def test_every_pair_of_a_kind_gets_the_right_verdict(kind):
    wrong = {}
    for line in KINDS[kind]:
        a, b, verdict = (part.strip() for part in line.split(" | "))
        told = verdict_of(a, b)
        if not (told == verdict if " " not in verdict else told.startswith(verdict)):
            wrong[line] = told
    assert not wrong
    assert len(KINDS[kind]) > 40


@pytest.mark.parametrize("case", PUBLIC, ids=lambda case: case["a"])
def test_a_public_pair_that_failed_gets_the_right_verdict(case):
    verdict = DECIDED_HERE.get(case["a"], case["expected"])
    told = verdict_of(case["a"], case["b"])
    assert told.split()[0].rstrip(":") == verdict.split()[0]
    assert told.startswith(verdict)


@pytest.mark.parametrize(
    ("text", "remark", "read"),
    [
        ("2e+3", "read.scientific", "2·10^3"),
        ("1 1/2", "read.mixed", "1 + 1/2"),
        (r"2\frac12", "read.mixed", "2 + 1/2"),
        (r"\sinh^{-1} x", "read.inverse", "asinh"),
        ("Μ*x", "read.lookalike", "M"),
    ],
)
def test_a_reading_that_could_be_another_is_remarked(text, remark, read):
    remarks = equivalent(text, "M*x").remarks
    assert [r.fields["read"] for r in remarks if r.message_id == remark] == [read]


def test_n_is_the_number_of_rows_of_the_data_where_nothing_else_is_called_so():
    graph = read_gg("input X = [1, 2; 3, 4; 5, 6]\nparam w = [1, 1]\nloss L = mean(X@w)\n")
    reading = parse_answer("1/n X", Reference(graph).vocabulary)
    assert [r.fields for r in reading.remarks if r.message_id == "read.rows"] == [
        {"got": "n", "read": 3}
    ]
    named = read_gg("input X = [1, 2; 3, 4]\ninput n = 7\nloss L = n*sum(X)\n")
    reading = parse_answer("2n", Reference(named).vocabulary)
    assert [item.value for item in reading.expression.items] == ["2", "n", "*"]


def test_a_derivative_of_what_nothing_says_is_refused_with_the_way_out():
    with pytest.raises(SourceError) as caught:
        equivalent("w", "∂L/∂w")
    assert caught.value.message_id == "answer.no_graph"
    assert equivalent("dL/dz*dz/dw", "dL/dw").status == "equal"  # quotients of names


def test_a_number_of_thousands_of_digits_in_the_front_matter_is_told():
    lines = ["+++", 'format = "graphgrad-exercise/1"', f"points = {'9' * 8000}", "+++"]
    with pytest.raises(SourceError) as caught:
        front_of(lines, "long.md")
    assert (caught.value.message_id, caught.value.place.line) == ("classroom.file.long_number", 3)


def test_formulas_side_by_side_in_notes_break_nothing():
    notes = "Sea $z = w x$.\n$∂z/∂w$$\\frac{1}{2}$ $x$$\\frac $…$$\\frac{…}$ $$\\frac{a}{$$\n"
    assert check_notes(notes).counts
