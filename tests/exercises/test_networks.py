from __future__ import annotations

import random

import pytest

from graphgrad.exercises.algebra.terms import Pool
from graphgrad.exercises.deciding.decide import decide
from graphgrad.exercises.truth.terms_of_graph import Derivation
from graphgrad.source.gg import read_gg
from tests.exercises.networks import MUTATIONS, network


def gradients(seed):
    """Return a pool and the derivative of one network's loss, derived from both spellings."""
    made = network(random.Random(seed))
    pool = Pool()
    found = []
    for text in (made.text, made.other):
        graph = read_gg(text)
        derivation = Derivation(graph, pool)
        index = graph.line_index
        found.append(derivation.swept(index["L"], index[made.parameter]))
    return pool, found, made


@pytest.mark.parametrize("seed", range(60))
def test_derivatives_of_both_spellings_are_proved_equal(seed):
    pool, (first, second), made = gradients(seed)
    verdict = decide(pool, first.id, second.id)
    assert verdict.status == "equal", (made, verdict)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60, 210))
def test_many_more_derivatives_are_proved_equal(seed):
    pool, (first, second), made = gradients(seed)
    assert decide(pool, first.id, second.id).status == "equal", made


@pytest.mark.parametrize("seed", range(30))
def test_a_changed_derivative_is_told_apart(seed):
    pool, (first, second), made = gradients(seed)
    changed = MUTATIONS[seed % len(MUTATIONS)](second)
    verdict = decide(pool, first.id, changed.id)
    assert verdict.status == "different", made
    assert verdict.counterexample is not None
