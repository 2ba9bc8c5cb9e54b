"""Check the parts of a decision: domains, points, and proofs that must not be found."""

from __future__ import annotations

import hashlib
from fractions import Fraction

import pytest

from graphgrad.exercises.algebra.functions import TermMath
from graphgrad.exercises.algebra.terms import Pool
from graphgrad.exercises.deciding import sign_cases
from graphgrad.exercises.deciding.decide import decide
from graphgrad.exercises.deciding.domain import Domain, combinations, points, rational
from graphgrad.exercises.deciding.inverses import prove_through_functions
from graphgrad.exercises.deciding.sign_cases import prove, undefined
from graphgrad.exercises.deciding.zeros import Unsettled, solutions


@pytest.fixture
def pool():
    return Pool()


def test_the_first_points_are_plain_numbers(pool):
    names = list("abcdefghij")
    first = [
        list(point.values())
        for point, _ in zip(points(pool, names, Domain()), range(5), strict=False)
    ]
    assert first[0] == [Fraction(n, 10) for n in (5, 3, 8, 2, 7, 4, 9, 6, 11, 12)]
    assert first[1] == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
    assert first[2] == [-1, 2, -3, 4, -5, 6, -7, 8, -9, 10]
    assert first[3][:5] == [
        Fraction(1, 2),
        Fraction(1, 3),
        Fraction(1, 5),
        Fraction(1, 7),
        Fraction(2, 3),
    ]
    assert first[4][:5] == [
        Fraction(-1, 2),
        Fraction(3, 2),
        Fraction(-3, 4),
        Fraction(5, 4),
        Fraction(-1, 3),
    ]


@pytest.mark.parametrize(
    ("domain", "scale", "digest"),
    [
        (Domain(), 1, "27ddde463811"),
        (Domain(), 1000, "c767b5766422"),
        (Domain(lower={"a": Fraction(2)}, upper={"b": Fraction(-1)}), 1, "1614989a4169"),
        (
            Domain(
                lower={"a": Fraction(0), "b": Fraction(1)},
                upper={"a": Fraction(1), "b": Fraction(3)},
            ),
            1,
            "e2ebd3e56fb3",
        ),
    ],
)
def test_every_run_tries_the_same_400_points(pool, domain, scale, digest):
    found = list(points(pool, ["a", "b", "c"], domain, scale=scale))
    assert len(found) == 400
    assert all(domain.holds(pool, point) for point in found)
    told = ";".join(",".join(map(str, point.values())) for point in found)
    assert hashlib.sha256(told.encode()).hexdigest()[:12] == digest


def test_a_number_has_one_point(pool):
    assert list(points(pool, [], Domain())) == [{}]


def test_a_point_lies_in_a_domain_only_if_it_keeps_every_bound(pool):
    x, y = pool.name("x"), pool.name("y")
    domain = Domain(lower={"x": Fraction(0)}, upper={"x": Fraction(1)}, above_zero=((x - y).id,))
    assert domain.holds(pool, {"x": Fraction(1), "y": Fraction(0)})
    assert not domain.holds(pool, {"x": Fraction(2), "y": Fraction(0)})
    assert not domain.holds(pool, {"x": Fraction(-1), "y": Fraction(-2)})
    assert not domain.holds(pool, {"x": Fraction(1, 2), "y": Fraction(1, 2)})
    assert domain.holds(pool, {"y": Fraction(-7), "x": Fraction(0)})
    replaced = Domain(
        upper={"z": Fraction(3)},
        lower={"z": Fraction(1)},
        choices={"q": (Fraction(1), Fraction(2))},
        replaced={"z": x + y, "q": x * y},
    )
    assert replaced.holds(pool, {"x": Fraction(1), "y": Fraction(2)})
    assert not replaced.holds(pool, {"x": Fraction(2), "y": Fraction(2)})
    assert not replaced.holds(pool, {"x": Fraction(1, 4), "y": Fraction(1, 4)})
    assert not replaced.holds(pool, {"x": Fraction(3, 2), "y": Fraction(1)})


def test_what_a_domain_knows_to_be_positive(pool):
    x, y = pool.name("x"), pool.name("y")
    domain = Domain(
        lower={"x": Fraction(2), "y": Fraction(0)}, upper={"x": Fraction(5), "z": Fraction(1)}
    )
    assert domain.positive == ["x", "y"]
    assert domain.intervals(["x", "y", "z"]) == {"x": (Fraction(2), Fraction(5))}
    z = pool.name("z")
    assert domain.bounded(pool, ["x", "y", "z"]) == ((x - 2).id, (5 - x).id, (1 - z).id)
    given = Domain(above_zero=((x - y).id,)).without_choices(pool, {"y": pool.number(3)})
    assert given.above_zero == ((x - 3).id,)


def test_exact_values_are_those_of_sums_and_products_only(pool):
    x, y = pool.name("x"), pool.name("y")
    at = {"x": Fraction(2), "y": Fraction(-3)}
    assert rational(pool, (2 * x * y - y + 5).id, at) == -4
    assert rational(pool, (x * x).id, {"y": Fraction(1)}) is None
    assert rational(pool, (1 / x).id, at) is None


def test_choices_are_combined_up_to_64_and_those_that_break_a_relation_left_out(pool):
    x, y = pool.name("x"), pool.name("y")
    bits = (Fraction(0), Fraction(1))
    both = Domain(choices={"x": bits, "y": bits}, above_zero=((x + y).id,))
    assert combinations(pool, ["y", "x", "z"], both) == [
        {"y": 0, "x": 1},
        {"y": 1, "x": 0},
        {"y": 1, "x": 1},
    ]
    many = Domain(choices={f"v{k}": bits for k in range(7)})
    assert len(combinations(pool, [f"v{k}" for k in range(6)], many) or []) == 64
    assert combinations(pool, [f"v{k}" for k in range(7)], many) is None
    assert combinations(pool, ["z"], many) == [{}]


def test_arcs_that_differ_by_turns_somewhere_are_not_proved_equal(pool):
    x = pool.name("x")
    math = TermMath(pool)
    quarter = math.pi / 4
    left, right = math.atan((1 - x) / (1 + x)), quarter - math.atan(x)
    assert not prove_through_functions(pool, left.id, right.id, Domain()).equal
    right_of = Domain(lower={"x": Fraction(-1)})
    assert prove_through_functions(pool, left.id, right.id, right_of).equal
    apart = right + 4 * quarter
    assert not prove_through_functions(pool, left.id, apart.id, right_of).equal


def test_a_proof_counts_its_cases_and_a_term_without_a_value_has_none(pool):
    x, y = pool.name("x"), pool.name("y")
    math = TermMath(pool)
    flat = prove(pool, ((x + y) ** 2).id, (x * x + 2 * x * y + y * y).id)
    assert (flat.equal, flat.cases, flat.exhausted, flat.split_on) == (True, 1, False, ())
    bent = prove(pool, math.abs(x * y).id, (math.abs(x) * math.abs(y)).id)
    assert (bent.equal, bent.cases, len(bent.split_on)) == (True, 4, 2)
    known = prove(pool, math.abs(x).id, x.id, positive=["x"])
    assert (known.equal, known.cases) == (True, 1)
    assert not prove(pool, x.id, y.id).equal
    assert undefined(pool, math.log(-1 - x * x).id)
    assert not undefined(pool, math.log(1 - x * x).id)


def test_too_many_signs_are_given_up_and_said_to_be(pool):
    names = [pool.name(f"x{k}") for k in range(12)]
    math = TermMath(pool)
    left = sum((math.abs(name) for name in names), pool.number(0))
    right = sum((math.abs(-1 * name) for name in names), pool.number(0))
    for answer in (right, right + 1):
        assert prove(pool, left.id, answer.id) == (False, 0, True, None, ())


def test_the_limits_of_cases_and_of_rounds_are_exact(pool, monkeypatch):
    x, y = pool.name("x"), pool.name("y")
    math = TermMath(pool)
    sides = math.abs(x * y).id, (math.abs(x) * math.abs(y)).id
    given_up = (False, 0, True, None, ())
    monkeypatch.setattr(sign_cases, "MOST_CASES", 4)
    assert prove(pool, *sides).cases == 4
    monkeypatch.setattr(sign_cases, "MOST_CASES", 3)
    assert prove(pool, *sides) == given_up
    monkeypatch.setattr(sign_cases, "MOST_CASES", 300)
    monkeypatch.setattr(sign_cases, "MOST_KINKS", 2)
    assert prove(pool, *sides).equal
    monkeypatch.setattr(sign_cases, "MOST_KINKS", 1)
    assert prove(pool, *sides) == given_up
    monkeypatch.setattr(sign_cases, "_ROUNDS", 0)
    assert prove(pool, x.id, x.id) == given_up


def test_zeros_are_solved_in_a_variable_in_which_they_are_linear(pool):
    x, y = pool.name("x"), pool.name("y")
    told = list(solutions(pool, (x * x * y - y + 3 * x).id))
    assert [name for name, _ in told] == ["y", "x", "x"]
    assert {pool.value(value.id) for name, value in told if name == "x"} == {1, -1}
    at_two = pool.substitute((told[0][1].id,), {"x": pool.number(2)})[0]
    assert pool.value(at_two.id) == -2
    with pytest.raises(Unsettled):
        list(solutions(pool, (x * x - 2).id))
    assert list(solutions(pool, pool.number(3).id)) == []


def test_a_difference_is_shown_with_the_digits_that_tell_it(pool):
    x = pool.name("x")
    verdict = decide(pool, x.id, (x + Fraction(1, 10**30)).id)
    assert verdict.counterexample is not None
    assert verdict.counterexample.left != verdict.counterexample.right
