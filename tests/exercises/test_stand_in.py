"""What stands in for FLINT in a browser, against FLINT: the same polynomials, balls that agree."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import flint
import pytest

from graphgrad.exercises.algebra import stand_in
from graphgrad.exercises.algebra.enclosures import BITS
from tests.exercises.verdicts import RECORDED

PURE = stand_in.flint
NAMES = ["x", "y", "z"]
_LARGEST = 30


@pytest.fixture(autouse=True)
def digits() -> Any:
    before = flint.ctx.prec, PURE.ctx.prec
    flint.ctx.prec = PURE.ctx.prec = BITS
    yield
    flint.ctx.prec, PURE.ctx.prec = before


def drawn(rng: random.Random) -> Fraction:
    if rng.random() < 0.15:
        return Fraction(rng.randint(-3, 3))
    size = 10 ** rng.randint(1, 8)
    return Fraction(rng.randint(-size, size), rng.randint(1, 10 ** rng.randint(0, 6)))


def of_flint(value: Fraction) -> Any:
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def number(mantissa: Any, exponent: Any) -> Fraction:
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def ends_of_flint(ball: Any) -> tuple[Fraction, Fraction]:
    middle, radius = number(*ball.mid().man_exp()), number(*ball.rad().mid().man_exp())
    return middle - radius, middle + radius


def ends_of_pure(ball: Any) -> tuple[Fraction, Fraction]:
    low, high = (number(-int(m) if sign else int(m), e) for sign, m, e, _ in ball.ends)
    return low, high


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    name: lambda x, name=name: getattr(x, name)()
    for name in ("exp", "log", "sin", "cos", "atan", "asin", "sqrt", "erf", "floor", "gamma")
} | {
    "neg": lambda x: -x,
    "abs": abs,
    "root": lambda x: x.root(3),
    "power": lambda x: x**5,
    "over": lambda x: x**-3,
}
DEFINED = {
    "asin": lambda x: x >= -1 and x <= 1,
    "root": lambda x: x > 0,
    "gamma": lambda x: x > 0 and x < _LARGEST,
    "exp": lambda x: abs(x) < _LARGEST,
    "erf": lambda x: abs(x) < _LARGEST,
}
OF_TWO: dict[str, Callable[[Any, Any], Any]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
}


@pytest.mark.parametrize("name", [*FUNCTIONS, *OF_TWO])
def test_balls_overlap_those_of_flint_and_are_as_narrow(name: str) -> None:
    rng = random.Random(name)
    seen = 0
    for _ in range(120):
        a, b = drawn(rng), drawn(rng)
        if name == "asin":
            a = a / (abs(a) + 1)
        x, y = of_flint(a), PURE.arb(a)
        if not DEFINED.get(name, lambda _: True)(x):
            continue
        if name in OF_TWO:
            theirs, ours = OF_TWO[name](x, of_flint(b)), OF_TWO[name](y, PURE.arb(b))
        else:
            theirs, ours = FUNCTIONS[name](x), FUNCTIONS[name](y)
        assert theirs.is_finite() == ours.is_finite(), (name, a, b)
        if not theirs.is_finite():
            continue
        seen += 1
        (low, high), (from_, to) = ends_of_flint(theirs), ends_of_pure(ours)
        assert low <= to, (name, a, b)
        assert from_ <= high, (name, a, b)
        assert to - from_ <= max(abs(to), Fraction(1, 10**6)) / 2 ** (BITS - 40), (name, a, b)
        written = [ball.mid().str(12, radius=False) for ball in (theirs, ours)]
        assert written[0] == written[1], (name, a, b)
    assert seen > 10


@pytest.mark.parametrize("name", ["exp", "sin", "cos", "atan", "erf", "floor", "abs", "power"])
def test_a_wide_ball_holds_the_values_at_its_points(name: str) -> None:
    rng = random.Random(name)
    for _ in range(40):
        a, b = (drawn(rng) % _LARGEST for _ in range(2))
        wide = FUNCTIONS[name](PURE.arb(a).union(PURE.arb(b)))
        for at in (a, b, (a + b) / 2):
            assert wide.overlaps(FUNCTIONS[name](PURE.arb(at))), (name, a, b)
            assert wide.contains(FUNCTIONS[name](PURE.arb(at)).mid()), (name, a, b)


def polynomials(rng: random.Random) -> tuple[Any, Any]:
    terms = {
        tuple(rng.randint(0, 2) for _ in NAMES): Fraction(rng.randint(-5, 5), rng.randint(1, 4))
        for _ in range(rng.randint(1, 4))
    }
    theirs = flint.fmpq_mpoly_ctx.get(NAMES, flint.Ordering.degrevlex)
    ours = PURE.fmpq_mpoly_ctx.get(NAMES, PURE.Ordering.degrevlex)
    rational = {powers: flint.fmpq(v.numerator, v.denominator) for powers, v in terms.items()}
    return theirs.from_dict(rational), ours.from_dict(terms)


def terms_of(poly: Any) -> list[tuple[tuple[int, ...], Fraction]]:
    return [(tuple(map(int, powers)), Fraction(str(value))) for powers, value in poly.terms()]


def factors_of(poly: Any) -> tuple[Fraction, list[Any]]:
    constant, factors = poly.factor()
    return Fraction(str(constant)), sorted((terms_of(part), int(n)) for part, n in factors)


def test_polynomials_have_the_terms_quotients_and_factors_of_flint() -> None:
    rng = random.Random(1)
    for _ in range(60):
        pairs = [polynomials(rng), polynomials(rng)]
        (f, p), (g, q) = pairs
        for theirs, ours in (
            (f + g, p + q),
            (f - g, p - q),
            (f * g, p * q),
            (f**3, p**3),
            (-f, -p),
        ):
            assert terms_of(theirs) == terms_of(ours)
        if not len(f) or not len(g):
            continue
        theirs, ours = f * g + f, p * q + p
        for one, other in zip(divmod(theirs, g), divmod(ours, q), strict=True):
            assert terms_of(one) == terms_of(other)
        assert terms_of(p * q / q) == terms_of(p)
        theirs, ours = f * g, p * q
        assert tuple(theirs.degrees()) == ours.degrees()
        assert theirs.total_degree() == ours.total_degree()
        assert Fraction(str(theirs.leading_coefficient())) == ours.leading_coefficient()
        assert terms_of(theirs.term_content()) == terms_of(ours.term_content())
        assert factors_of(theirs) == factors_of(ours)


WITHOUT = """
import sys
sys.modules["flint"] = None
from graphgrad.exercises.algebra.enclosures import flint
assert flint.arb.__name__ == "PureBall"
from tests.exercises.verdicts import verdicts
sys.stdout.write(verdicts())
"""


@pytest.mark.slow
def test_every_recorded_verdict_is_the_same_without_flint() -> None:
    """The bounds of ranges are left out: they are told at 53 bits, whose last place differs."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    lines = zip(done.stdout.splitlines(), RECORDED.read_text("utf-8").splitlines(), strict=True)
    told = [(ours, theirs) for ours, theirs in lines if not theirs.startswith("accepted ")]
    assert len(told) > 200
    assert [ours for ours, theirs in told if ours != theirs] == []
