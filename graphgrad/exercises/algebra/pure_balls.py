"""Enclose real numbers in pure Python: mpmath's intervals under the names of FLINT's balls.

Ends are rounded outwards (R. E. Moore, Interval Analysis, 1966, chapter 3), by mpmath itself where
it has the function on intervals; elsewhere by the values at both ends, which enclose a function
that grows, each moved outwards by more than mpmath's error of a few units in the last place.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from mpmath import libmp
from mpmath.libmp import libmpi

__all__ = ["PureBall", "settings"]

settings = SimpleNamespace(prec=53)
"""The precision in force, as FLINT's context has it."""

Ends = tuple[Any, Any]
_GUARD = 20
_LARGEST = 60
"""The power of 2 beyond which an argument's function is not looked for: it would not end."""


class PureBall:
    """An interval that holds a real number; comparisons hold for every number in it.

    >>> settings.prec = 64
    >>> third = PureBall(Fraction(1, 3))
    >>> third * 3 < 2, (third * 3).contains(1), third.is_exact(), third.mid().str(5, radius=False)
    (True, True, False, '0.33333')
    >>> settings.prec = 53
    """

    __slots__ = ("ends",)

    def __init__(self, value: Fraction | int) -> None:
        self.ends = _of_fraction(value)

    @classmethod
    def between(cls, ends: Ends) -> PureBall:
        """Return the ball of two ends."""
        found = cls.__new__(cls)
        found.ends = ends
        return found

    @classmethod
    def pi(cls) -> PureBall:
        """Return the number pi."""
        return cls.between(libmpi.mpi_pi(settings.prec))

    def __neg__(self) -> PureBall:
        return PureBall.between(libmpi.mpi_neg(self.ends))

    def __abs__(self) -> PureBall:
        return PureBall.between(libmpi.mpi_abs(self.ends))

    def __add__(self, other: Any) -> PureBall:
        return _of_two(libmpi.mpi_add, self, other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> PureBall:
        return _of_two(libmpi.mpi_sub, self, other)

    def __rsub__(self, other: Any) -> PureBall:
        return PureBall(other) - self

    def __mul__(self, other: Any) -> PureBall:
        return _of_two(libmpi.mpi_mul, self, other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> PureBall:
        return _EMPTY if _ball(other).contains(0) else _of_two(libmpi.mpi_div, self, other)

    def __rtruediv__(self, other: Any) -> PureBall:
        return PureBall(other) / self

    def __pow__(self, exponent: Any) -> PureBall:
        if isinstance(exponent, PureBall):
            return (self.log() * exponent).exp()
        if exponent < 0:
            power: PureBall = self**-exponent
            return PureBall(1) / power
        return PureBall.between(libmpi.mpi_pow_int(self.ends, exponent, settings.prec))

    def exp(self) -> PureBall:
        """Return the exponential."""
        return self._by(libmpi.mpi_exp) if self._is_small() else _EMPTY

    def log(self) -> PureBall:
        """Return the natural logarithm; nothing finite unless all is above 0."""
        return self._by(libmpi.mpi_log) if self > 0 else _EMPTY

    def sin(self) -> PureBall:
        """Return the sine."""
        return self._by(libmpi.mpi_sin) if self._is_small() else _WAVE

    def cos(self) -> PureBall:
        """Return the cosine."""
        return self._by(libmpi.mpi_cos) if self._is_small() else _WAVE

    def atan(self) -> PureBall:
        """Return the inverse tangent."""
        return self._by(libmpi.mpi_atan)

    def asin(self) -> PureBall:
        """Return the inverse sine, asin x = 2 atan(x / (1 + sqrt(1 - x^2))), end by end."""
        low, high = (_asin(_point(end)) for end in self.ends)
        return low.union(high)

    def sqrt(self) -> PureBall:
        """Return the square root; nothing finite if some of it is below 0."""
        return self._by(libmpi.mpi_sqrt) if self >= 0 else _EMPTY

    def root(self, degree: int) -> PureBall:
        """Return the positive root of a degree."""
        return self._grown(lambda end, bits: libmp.mpf_nthroot(end, degree, bits))

    def erf(self) -> PureBall:
        """Return the error function."""
        return self._grown(libmp.mpf_erf)

    def gamma(self) -> PureBall:
        """Return the gamma function of what is above 0."""
        return self._by(libmpi.mpi_gamma) if self > 0 and self._is_small() else _EMPTY

    def floor(self) -> PureBall:
        """Return the largest whole number that is not larger."""
        low, high = (libmp.mpf_floor(end) for end in self.ends)
        return PureBall.between((low, high))

    def _by(self, function: Callable[[Ends, int], Ends]) -> PureBall:
        return PureBall.between(function(self.ends, settings.prec))

    def _grown(self, function: Callable[[Any, int], Any]) -> PureBall:
        """Return a function that grows, from its values at the ends, moved outwards."""
        low, high = (function(end, settings.prec + _GUARD) for end in self.ends)
        return PureBall.between((_moved(low, libmp.round_floor), _moved(high, libmp.round_ceiling)))

    def _is_small(self) -> bool:
        """Tell whether both ends are numbers whose functions end within time and memory."""
        return self.is_finite() and all(end[2] + end[3] < _LARGEST for end in self.ends)

    def mid(self) -> PureBall:
        """Return the number in the middle."""
        if not self.is_finite():
            return self
        low, high = self.ends
        middle = libmp.mpf_shift(libmp.mpf_add(low, high), -1)
        return _point(middle)

    def rad(self) -> PureBall:
        """Return half of its width."""
        low, high = self.ends
        half = libmp.mpf_shift(libmp.mpf_sub(high, low, settings.prec, libmp.round_ceiling), -1)
        return _point(half)

    def abs_upper(self) -> PureBall:
        """Return the largest size in it."""
        return _point(abs(self).ends[1])

    def union(self, other: PureBall) -> PureBall:
        """Return a ball that holds both."""
        lows, highs = zip(self.ends, other.ends, strict=True)
        low = lows[0] if libmp.mpf_le(lows[0], lows[1]) else lows[1]
        high = highs[0] if libmp.mpf_ge(highs[0], highs[1]) else highs[1]
        return PureBall.between((low, high))

    def contains(self, other: Any) -> bool:
        """Tell whether all of another ball lies in it."""
        low, high = _ball(other).ends
        return bool(libmp.mpf_le(self.ends[0], low) and libmp.mpf_ge(self.ends[1], high))

    def overlaps(self, other: PureBall) -> bool:
        """Tell whether some number lies in both."""
        return bool(libmpi.mpi_overlap(self.ends, other.ends))

    def contains_integer(self) -> bool:
        """Tell whether a whole number lies in it."""
        return bool(libmp.mpf_le(libmp.mpf_ceil(self.ends[0]), self.ends[1]))

    def unique_fmpz(self) -> int | None:
        """Return the one whole number in it; None if there is none or more than one."""
        low, high = libmp.mpf_ceil(self.ends[0]), libmp.mpf_floor(self.ends[1])
        return int(libmp.to_int(low)) if low == high else None

    def fmpz(self) -> int:
        """Return it as a whole number, which it is."""
        return int(libmp.to_int(self.ends[0]))

    def is_exact(self) -> bool:
        """Tell whether it holds one number only."""
        return bool(self.ends[0] == self.ends[1])

    def is_zero(self) -> bool:
        """Tell whether it is 0."""
        return bool(self.ends == (libmp.fzero, libmp.fzero))

    def is_finite(self) -> bool:
        """Tell whether both ends are numbers."""
        return all(end == libmp.fzero or bool(end[1]) for end in self.ends)

    def man_exp(self) -> tuple[int, int]:
        """Return the odd mantissa and the exponent of 2 of one number."""
        sign, mantissa, exponent, _ = self.ends[0]
        return (-int(mantissa) if sign else int(mantissa)), int(exponent)

    def __lt__(self, other: Any) -> bool:
        return bool(libmp.mpf_lt(self.ends[1], _ball(other).ends[0]))

    def __le__(self, other: Any) -> bool:
        return bool(libmp.mpf_le(self.ends[1], _ball(other).ends[0]))

    def __gt__(self, other: Any) -> bool:
        return bool(libmp.mpf_gt(self.ends[0], _ball(other).ends[1]))

    def __ge__(self, other: Any) -> bool:
        return bool(libmp.mpf_ge(self.ends[0], _ball(other).ends[1]))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PureBall | int | Fraction):
            return NotImplemented
        return self.is_exact() and self.ends == _ball(other).ends

    __hash__ = None  # type: ignore[assignment]  # as FLINT's

    def __float__(self) -> float:
        return float(libmp.to_float(self.mid().ends[0]))

    def str(self, digits: int, *, radius: bool = True) -> str:
        """Return it in decimal digits; with its radius unless that is 0 or not wanted."""
        if not self.is_finite():
            return "nan"
        middle = _decimal(self.mid().ends[0], digits)
        if not radius or self.is_exact():
            return middle
        return f"[{middle} +/- {_decimal(self.rad().ends[0], 3)}]"


_EMPTY = PureBall.between((libmp.fninf, libmp.finf))
_WAVE = PureBall.between((libmp.fnone, libmp.fone))


def _point(end: Any) -> PureBall:
    return PureBall.between((end, end))


def _ball(value: Any) -> PureBall:
    return value if isinstance(value, PureBall) else PureBall(value)


def _of_fraction(value: Fraction | int) -> Ends:
    above, below = libmp.from_int(value.numerator), libmp.from_int(value.denominator)
    if value.denominator == 1:
        return above, above
    return libmpi.mpi_div((above, above), (below, below), settings.prec)  # type: ignore[no-any-return]


def _of_two(function: Callable[[Ends, Ends, int], Ends], a: PureBall, b: Any) -> PureBall:
    other = _ball(b)
    if not (a.is_finite() and other.is_finite()):
        return _EMPTY
    return PureBall.between(function(a.ends, other.ends, settings.prec))


def _asin(x: PureBall) -> PureBall:
    low, high = (1 - x * x).ends
    low = low if libmp.mpf_ge(low, libmp.fzero) else libmp.fzero  # rounding has put it below
    return (x / (PureBall.between((low, high)).sqrt() + 1)).atan() * 2


def _moved(end: Any, rounding: Any) -> Any:
    """Return an end moved outwards by some units in the last of its places."""
    if end == libmp.fzero or not end[1]:
        return end
    step = libmp.mpf_shift(libmp.fone, end[2] + end[3] - settings.prec - _GUARD // 2)
    move = libmp.mpf_sub if rounding == libmp.round_floor else libmp.mpf_add
    return move(end, step, settings.prec, rounding)


def _decimal(end: Any, digits: int) -> str:
    """Return a number as FLINT writes one: fixed where that is short, else with an exponent."""
    if end == libmp.fzero:
        return "0"
    most = {"min_fixed": _LEAST_FIXED, "max_fixed": digits - 1}
    return str(libmp.to_str(end, digits, strip_zeros=False, **most))


_LEAST_FIXED = -5
