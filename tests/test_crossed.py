"""Of crossed lists no case is lost from the quick tests, and no combination from the slow ones."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tests.crossed import crossed

SIZES, FORMATS = list("abcdef"), ["svg", "pdf"]


def test_every_combination_is_there_and_each_case_is_quick_once() -> None:
    names, found = crossed(size=SIZES, ending=FORMATS).args
    assert names == "size,ending"
    assert [case.values for case in found] == list(product(SIZES, FORMATS))
    quick = [case.values for case in found if not case.marks]
    assert {size for size, _ in quick} == {*SIZES}
    assert {ending for _, ending in quick} == {*FORMATS}
    assert len(quick) == len(SIZES)


def test_a_case_keeps_its_name_and_its_marks() -> None:
    slow = pytest.param("b", id="large", marks=pytest.mark.slow)
    _, found = crossed(path=[Path("a.gg"), slow], ending=FORMATS).args
    assert [case.id for case in found] == ["a-svg", "a-pdf", "large-svg", "large-pdf"]
    assert [bool(case.marks) for case in found] == [False, True, True, True]
