"""Pairs that a blind examiner wrote from paper: no verdict on them may be false.

Columns: an answer, a formula (or the step it answers), what is assumed. ``@name`` is an exercise of
``tests/data/exam/graphs`` or of the samples; the line ``step = answer`` is marked against it. Four
of the examiner's pairs were left out: two carried roundings that are ``rounded`` by design, an
answer on the active branch, which counts, and ``sin^{-1} x``, which is read in two ways.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from graphgrad.errors import GraphgradError
from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.reading.equivalence import equivalent
from graphgrad.source.gg import load

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "exam"
MARKS = {"right": "equal", "rounded": "equal", "wrong": "different"}
MOST_UNDECIDED = {"true": 9, "false": 3}
"""One more than before n! was read: n! = n (n-1)! is not decided."""
MOST_UNREAD = {"true": 7, "false": 4}


def bank(name):
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [([*line.split("\t"), ""])[:3] for line in lines]


@cache
def exercise(name):
    own = DATA / "graphs" / f"{name}.gg"
    return load(own if own.exists() else ROOT / "samples" / f"{name}.gg")


def verdict(answer, formula, given):
    try:
        if given.startswith("@"):
            line = f"{formula} = {answer}" if formula else answer
            status = check(exercise(given[1:]), line).marks[0].status
            return MARKS.get(status, status)
        assume = given.split(" & ") if given else ()
        return equivalent(answer, formula, assume=assume).status
    except GraphgradError:
        return "unreadable"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "false"), [("true", "different"), ("false", "equal")])
def test_no_verdict_on_the_examiners_pairs_is_false(name, false):
    verdicts = [(verdict(*pair), *pair) for pair in bank(name)]
    assert [found for found in verdicts if found[0] == false] == []
    counts = Counter(found[0] for found in verdicts)
    assert counts["undecided"] <= MOST_UNDECIDED[name]
    assert counts["unreadable"] + counts["unknown-name"] <= MOST_UNREAD[name]


def test_the_bank_is_long_enough_to_mean_something():
    assert len(bank("true")) > 650
    assert len(bank("false")) > 350
