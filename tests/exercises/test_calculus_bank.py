"""Identities as question banks ask for them: none decided wrongly, few left undecided."""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from graphgrad.exercises.reading.equivalence import equivalent
from tests.exercises.calculus_bank import BANK

MOST_UNDECIDED = 2


def verdict(row):
    return equivalent(row.left, row.right, assume=row.assume, decimal="point")


@pytest.mark.parametrize("row", [row for row in BANK if not row.true], ids=str)
def test_a_false_identity_has_a_counterexample(row):
    found = verdict(row)
    assert found.status == "different", row
    assert found.counterexample is not None or found.method == "shape"


def test_no_true_identity_is_called_false_and_few_stay_undecided(capsys):
    table: dict[str, Counter[str]] = {}
    undecided = []
    for row in BANK:
        found = verdict(row)
        table.setdefault(row.chapter, Counter())[f"{row.true}: {found.status}"] += 1
        if row.true:
            assert found.status != "different", row
            assert not any(n.message_id == "check.assumption_ignored" for n in found.notes), row
            undecided += [row] if found.status == "undecided" else []
    lines = [f"{chapter:25} {dict(sorted(counts.items()))}" for chapter, counts in table.items()]
    lines += [f"undecided: {row.left} = {row.right}" for row in undecided]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert len(undecided) <= MOST_UNDECIDED


def test_the_bank_is_large_enough_to_mean_something():
    truth = Counter(row.true for row in BANK)
    assert truth[True] > 300
    assert truth[False] > 100
