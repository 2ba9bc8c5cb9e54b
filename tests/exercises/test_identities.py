from __future__ import annotations

from fractions import Fraction

import pytest

from graphgrad.exercises.algebra.terms import Pool
from graphgrad.exercises.reading.equivalence import decide_under, equivalent
from tests.exercises.identities import FALSE, TRUE

UNPROVED = ("ln|sec x + tan x|", "-ln|sec x - tan x|")


@pytest.mark.parametrize(("a", "b"), [pair for pair in TRUE if pair != UNPROVED])
def test_a_true_identity_is_proved_in_both_directions(a, b):
    for left, right in ((a, b), (b, a)):
        verdict = equivalent(left, right, decimal="auto")
        assert verdict.status == "equal", verdict
        assert verdict.method in ("normal-form", "identical")
        assert verdict.points >= 1


@pytest.mark.parametrize(("a", "b"), FALSE)
def test_a_false_identity_is_told_apart_at_a_point(a, b):
    verdict = equivalent(a, b)
    assert verdict.status == "different"
    point = verdict.counterexample
    assert point.left != point.right


def test_there_are_enough_identities_and_at_most_three_stay_undecided():
    assert len(TRUE) >= 72
    assert len(FALSE) >= 27
    statuses = [equivalent(a, b).status for a, b in TRUE]
    assert "different" not in statuses
    assert statuses.count("undecided") <= 3


def test_what_is_not_proved_is_said_to_agree_at_points_only():
    verdict = equivalent(*UNPROVED)
    assert (verdict.status, verdict.method) == ("undecided", "points")
    assert verdict.points > 0
    assert not verdict


def test_a_side_that_is_never_defined_is_different_and_two_such_sides_are_undecided():
    assert equivalent("log(-x^2-1)", "x").method == "undefined"
    assert equivalent("1/0", "3").counterexample.left == "undefined"
    assert equivalent("1/0", "1/0").status == "undecided"


def test_gaps_of_one_side_are_remarked():
    verdict = equivalent("(x^2-1)/(x+1)", "x-1")
    assert [note.message_id for note in verdict.conditions] == ["check.left_gap"]
    assert verdict.headline("en").startswith("equal except where x = -1: ")
    assert verdict.headline("es").startswith("iguales salvo donde x = -1: ")
    assert equivalent("(x-1)/(x^2-y^2)·(x-y)", "(x-1)/(x+y)").conditions[0].fields == {
        "at": "x = y"
    }
    assert equivalent("log(x)+log(x)", "log(x^2)").headline("en").startswith("equal except where")


def test_what_holds_for_positive_bases_only_says_so_first():
    verdict = equivalent("(a^b)^c", "a^(b c)")
    assert verdict.status == "equal"
    assert verdict.headline("en").startswith("equal where a > 0: ")
    assert verdict.headline("es").startswith("iguales donde a > 0: ")
    assert not equivalent("(a^b)^c", "a^(b c)", assume=["a > 0"]).conditions
    assert not equivalent("x^n x^m", "x^(n+m)").conditions


@pytest.mark.parametrize(
    ("a", "b", "assume"),
    [
        ("√(x²)", "x", ["x > 0"]),
        ("|1-p|", "1-p", ["0 < p < 1"]),
        ("relu(a-b)", "a-b", ["a > b"]),
        ("y²", "y", ["y in {0, 1}"]),
        ("(-1)^n", "1", ["n in {0, 2, 4}"]),
        ("p(t1+t2+t3)-t1", "p-t1", ["t1+t2+t3 = 1"]),
        ("x y", "3x", ["y = 3"]),
        ("-(y log(p)+(1-y)log(1-p))", "-log|1-y-p|", ["y in {0, 1}", "0 < p < 1"]),
        ("|x|", "-x", ["x <= 0"]),
        ("√((x-5)²)", "x-5", ["x >= 5"]),
    ],
)
def test_declared_relations_are_used_and_named(a, b, assume):
    verdict = equivalent(a, b, assume=assume)
    assert verdict.status == "equal"
    assert set(verdict.assumed) <= set(assume)
    assert verdict.assumed
    assert equivalent(a, b).status == "different"


def test_a_relation_that_is_not_needed_is_not_named():
    assert equivalent("log(p/(1-p))", "log(p)-log(1-p)", assume=["0 < p < 1"]).assumed == ()


def test_counterexamples_respect_the_relations():
    verdict = equivalent("x", "x+y", assume=["y in {0, 1}", "x > 10"])
    assert verdict.counterexample.at["y"] == "1"
    assert Fraction(verdict.counterexample.at["x"]) > 10


def test_a_relation_that_cannot_be_read_is_reported():
    verdict = equivalent("x", "x", assume=["all is well"])
    assert [note.message_id for note in verdict.notes] == ["check.assumption_ignored"]


def test_arrays_are_compared_entry_by_entry_and_shapes_come_first():
    assert equivalent("[x+x, y]", "[2x, y]").status == "equal"
    assert equivalent("[x, y]", "[x, y, y]").method == "shape"
    assert equivalent("[x, y]", "[x, x]").status == "different"


def test_the_same_question_gets_the_same_answer():
    first = equivalent("σ(a b)", "1-σ(-a b)")
    assert all(equivalent("σ(a b)", "1-σ(-a b)") == first for _ in range(3))


def test_an_answer_within_a_pool_says_which_relations_it_used():
    from graphgrad.exercises.reading.assumptions import read_assumptions
    from graphgrad.exercises.reading.meaning import Meaning, vocabulary_of

    pool = Pool()
    meaning = Meaning(pool, pool.name)
    domain, _ = read_assumptions(["x > 0", "z > 0"], meaning, vocabulary_of(["x", "z"]))
    x = pool.name("x")
    verdict = decide_under(pool, abs_of(pool, x).id, x.id, domain)
    assert verdict.assumed == ("x > 0",)


def abs_of(pool, term):
    from graphgrad.exercises.algebra.functions import TermMath

    return TermMath(pool).abs(term)
