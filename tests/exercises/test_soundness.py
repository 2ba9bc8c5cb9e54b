from __future__ import annotations

import random
from collections import Counter

import mpmath
import pytest

from graphgrad.errors import LimitError
from graphgrad.exercises.reading.equivalence import equivalent
from tests.exercises.random_pairs import NAMES, contradiction, pair, text


def judged(seed, count, *, wide=False):
    """Compare random pairs and return how often each status came out, and every false proof.

    Equal under a condition counts as its own status, and must hold under it.
    """
    rng = random.Random(seed)
    statuses, false = Counter(), []
    with mpmath.workdps(80):
        for _ in range(count):
            first, second = pair(rng, wide=wide)
            a, b = text(first), text(second)
            try:
                verdict = equivalent(a, b, names=NAMES)
            except LimitError:
                continue
            conditions = tuple(note.message_id for note in verdict.conditions)
            statuses["conditional" if conditions else verdict.status] += 1
            if verdict.status == "equal" and a != b:
                point = contradiction(first, second, rng, 60, conditions=conditions)
                if point is not None:
                    false.append((a, b, point))
    return statuses, false


@pytest.mark.parametrize("seed", range(4))
def test_no_random_pair_is_proved_equal_that_differs_somewhere(seed):
    statuses, false = judged(seed, 150)
    assert not false
    assert statuses["undecided"] < 0.1 * statuses.total()
    assert statuses["equal"]
    assert statuses["different"]


@pytest.mark.parametrize("seed", range(200, 204))
def test_no_random_pair_with_jumps_and_powers_is_proved_equal_that_differs(seed):
    statuses, false = judged(seed, 100, wide=True)
    assert not false
    assert statuses["undecided"] < 0.15 * statuses.total()
    assert statuses["conditional"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(300, 310))
def test_no_pair_of_many_with_jumps_and_powers_is_proved_equal_that_differs(seed):
    statuses, false = judged(seed, 1_000, wide=True)
    assert not false
    assert statuses["undecided"] < 0.12 * statuses.total()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_no_pair_of_many_is_proved_equal_that_differs_somewhere(seed):
    statuses, false = judged(seed, 2_000)
    assert not false
    assert statuses["undecided"] < 0.06 * statuses.total()


def test_undefined_cases_prove_nothing():
    assert equivalent("where(x > 0, sqrt(x), 5)", "where(x > 0, sqrt(x), 7)").status == "different"
    assert equivalent("sqrt(-1-x^2)", "sqrt(-2-x^2)").status == "undecided"
    assert equivalent("log(0)", "log(0)+1").status == "undecided"


def test_a_kink_that_is_always_hit_is_not_proved_by_the_wrong_case():
    for zero in ("(√(3+2√2)-1-√2)", "(√(2+√2)+√(2-√2)-√2·√(2+√2))"):
        verdict = equivalent(f"where({zero} > 0, 1, where({zero} < 0, 1, 7))", "1")
        assert verdict.status != "equal"
        half = equivalent(f"where({zero}·relu(x) > 0, 1, where({zero}·relu(x) < 0, 1, 7))", "1")
        assert half.status != "equal"


def test_a_zero_that_the_normal_form_sees_is_no_kink():
    assert equivalent("relu(x + 1 - x)", "1").status == "equal"
    assert equivalent("relu(relu(z))", "relu(z)").status == "equal"
    assert equivalent("max(y, min(y, x))", "y").status == "equal"
