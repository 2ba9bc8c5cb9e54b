from __future__ import annotations

import json
from pathlib import Path

import pytest

from graphgrad.exercises.marking.marker import check
from graphgrad.source.gg import read_gg

DATA = Path(__file__).parents[1] / "data" / "exercises" / "lecture_errata.json"
CASES = {case["id"]: case for case in json.loads(DATA.read_text(encoding="utf-8"))}
ANSWERS = [
    (name, side, answer)
    for name, case in CASES.items()
    for side in ("wrong", "right")
    for answer in case[side]
]


@pytest.mark.parametrize(("name", "side", "answer"), ANSWERS)
def test_printed_mistakes_are_flagged_and_their_corrections_pass(name, side, answer):
    graph = read_gg(CASES[name]["graph"])
    mark = check(graph, answer, decimal="point").marks[0]
    if side == "right":
        assert mark.status == "right", mark
    else:
        assert mark.status in ("wrong", "unknown-name"), mark
        if mark.status == "unknown-name":
            assert mark.error is not None


def test_the_claims_of_the_lectures_that_can_be_seen_are_covered():
    seen = {f"A{k:02}" for k in (1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 17, 20, 22, 23, 24, 25, 30, 32)}
    assert seen <= set(CASES)
