"""Check what comes of the spellings of NumPy and SciPy lessons on handles."""

from __future__ import annotations

import pytest

from tests.api.numpy_spellings import OUTCOMES, outcome, spellings

FEWEST = 300
RECORDED = dict(line.rsplit("\t", 1) for line in OUTCOMES.read_text("utf-8").splitlines())
PASS_OF_THE_NAME = "numpy\tx.trace"
"""A handle's trace is one forward and backward pass; np.trace(x) is the sum of the diagonal."""


@pytest.mark.parametrize("spelling", spellings(), ids=lambda spelling: spelling[1])
def test_a_spelling_gives_what_was_recorded(spelling: tuple[str, str, str]) -> None:
    family, name, expression = spelling
    assert outcome(expression) == RECORDED[f"{family}\t{name}"]


def test_nearly_all_spellings_work_and_none_ends_in_an_exception_of_others() -> None:
    assert len(RECORDED) == 337
    supported = [name for name, came in RECORDED.items() if came.startswith("supported")]
    assert len(supported) >= FEWEST
    rest = {name: came for name, came in RECORDED.items() if name not in supported}
    del rest[PASS_OF_THE_NAME]
    assert all(came.startswith("refused") for came in rest.values())
