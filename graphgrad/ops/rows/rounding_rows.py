"""List the rows that round and cut off."""

from __future__ import annotations

from typing import Any

from graphgrad.ops.row import Condition, Elementwise

__all__ = ["ROUNDINGS"]


def _nearest(m: Any, x: Any) -> Any:
    """Return the nearest whole number; of two equally near ones the even."""
    up = m.floor((2 * x + 1) / 2)
    return up - m.equal((2 * x + 1) / 2, up) * (up - 2 * m.floor(up / 2))


def _from_whole(m: Any, x: Any) -> Any:
    """Return how far a number is from the nearest whole one."""
    return x - m.floor(x + 0.5)


ROUNDINGS = (
    Elementwise(
        name="floor",
        arguments=("x",),
        latex=r"\left\lfloor {0} \right\rfloor",
        latex_argument_levels=(0,),
        formula=lambda m, x: m.floor(x),
        partials=(lambda m, out, x: 0,),
        selects=True,
        kinks=lambda m, x: (_from_whole(m, x),),
        convention="convention.step",
        aliases=("suelo", "piso"),
        doc="Largest whole number up to x; no gradient passes.",
    ),
    Elementwise(
        name="ceil",
        arguments=("x",),
        latex=r"\left\lceil {0} \right\rceil",
        latex_argument_levels=(0,),
        formula=lambda m, x: -m.floor(-x),
        partials=(lambda m, out, x: 0,),
        selects=True,
        kinks=lambda m, x: (_from_whole(m, x),),
        convention="convention.step",
        aliases=("techo",),
        doc="Smallest whole number from x on; no gradient passes.",
    ),
    Elementwise(
        name="round",
        arguments=("x",),
        formula=_nearest,
        evaluate=lambda m, x: m.rint(x),
        partials=(lambda m, out, x: 0,),
        selects=True,
        kinks=lambda m, x: (_from_whole(m, x + 0.5),),
        convention="convention.step",
        aliases=("redondear",),
        doc="Nearest whole number, of two the even one; no gradient passes.",
    ),
    Elementwise(
        name="mod",
        arguments=("x", "y"),
        latex=r"{0} \bmod {1}",
        latex_level=30,
        formula=lambda m, x, y: x - y * m.floor(x / y),
        evaluate=lambda m, x, y: m.mod(x, y),
        partials=(lambda m, out, x, y: 1, lambda m, out, x, y: -m.floor(x / y)),
        domain=lambda _settings: (Condition(1, "!="),),
        kinks=lambda m, x, y: (_from_whole(m, x / m.where(m.equal(y, 0), 1, y)),),
        convention="convention.step",
        sample=(0.3, 3.0),
        aliases=("resto",),
        doc="What is left of x after whole multiples of y; it has the sign of y.",
    ),
    Elementwise(
        name="clip",
        arguments=("x", "low", "high"),
        formula=lambda m, x, low, high: m.minimum(m.maximum(x, low), high),
        partials=(
            lambda m, out, x, low, high: (1 - m.less(x, low)) * (1 - m.greater(x, high)),
            lambda m, out, x, low, high: m.less(x, low) * (1 - m.greater(low, high)),
            lambda m, out, x, low, high: m.where(
                m.less(x, low), m.greater(low, high), m.greater(x, high)
            ),
        ),
        selects=True,
        kinks=lambda m, x, low, high: (x - low, x - high),
        convention="convention.clip",
        aliases=("recortar",),
        doc="x cut off below low and above high; at a bound the derivative in x is taken as 1.",
    ),
)
