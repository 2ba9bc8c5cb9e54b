"""List the rows of logarithms, powers and roots of other bases, and of sums under a root or log."""

from __future__ import annotations

from fractions import Fraction

from graphgrad.ops.row import POWER, Condition, Elementwise

__all__ = ["LOGARITHMS"]

_POSITIVE = (Condition(0, ">"),)

LOGARITHMS = (
    Elementwise(
        name="log1p",
        arguments=("x",),
        latex=r"\ln\left(1 + {0}\right)",
        formula=lambda m, x: m.log(1 + x),
        evaluate=lambda m, x: m.log1p(x),
        partials=(lambda m, out, x: 1 / (1 + x),),
        domain=lambda _settings: (Condition(0, ">", -1),),
        sample=(-0.6, 3.0),
        doc="log(1 + x), exact for tiny x.",
    ),
    Elementwise(
        name="expm1",
        arguments=("x",),
        latex=r"\left(e^{{{0}}} - 1\right)",
        latex_argument_levels=(0,),
        formula=lambda m, x: m.exp(x) - 1,
        evaluate=lambda m, x: m.expm1(x),
        partials=(lambda m, out, x: m.exp(x),),
        doc="exp(x) - 1, exact for tiny x.",
    ),
    Elementwise(
        name="exp2",
        arguments=("x",),
        latex="2^{{{0}}}",
        latex_level=POWER,
        latex_argument_levels=(0,),
        formula=lambda m, x: m.exp(x * m.log(2)),
        evaluate=lambda m, x: m.exp2(x),
        partials=(lambda m, out, x: out * m.log(2),),
        doc="Power of two.",
    ),
    Elementwise(
        name="log2",
        arguments=("x",),
        latex=r"\log_2\left({0}\right)",
        formula=lambda m, x: m.log(x) / m.log(2),
        evaluate=lambda m, x: m.log2(x),
        partials=(lambda m, out, x: 1 / (x * m.log(2)),),
        domain=lambda _settings: _POSITIVE,
        sample=(0.3, 3.0),
        doc="Logarithm to base 2.",
    ),
    Elementwise(
        name="log10",
        arguments=("x",),
        latex=r"\log_{{10}}\left({0}\right)",
        formula=lambda m, x: m.log(x) / m.log(10),
        evaluate=lambda m, x: m.log10(x),
        partials=(lambda m, out, x: 1 / (x * m.log(10)),),
        domain=lambda _settings: _POSITIVE,
        sample=(0.3, 3.0),
        doc="Logarithm to base 10.",
    ),
    Elementwise(
        name="logaddexp",
        arguments=("x", "y"),
        latex=r"\ln\left(e^{{{0}}} + e^{{{1}}}\right)",
        latex_argument_levels=(0, 0),
        formula=lambda m, x, y: m.log(m.exp(x) + m.exp(y)),
        evaluate=lambda m, x, y: m.logaddexp(x, y),
        partials=(lambda m, out, x, y: m.sigmoid(x - y), lambda m, out, x, y: m.sigmoid(y - x)),
        doc="log(exp(x) + exp(y)), computed without overflow.",
    ),
    Elementwise(
        name="cbrt",
        arguments=("x",),
        latex=r"\sqrt[3]{{{0}}}",
        latex_argument_levels=(0,),
        formula=lambda m, x: m.sign(x) * m.powi(m.abs(x), n=Fraction(1, 3)),
        evaluate=lambda m, x: m.cbrt(x),
        partials=(lambda m, out, x: 1 / (3 * out**2),),
        sample=(0.3, 3.0),
        aliases=("raiz_cubica", "raíz_cúbica"),
        doc="Cube root, also of negative numbers; it has no derivative at 0.",
    ),
    Elementwise(
        name="hypot",
        arguments=("x", "y"),
        latex=r"\sqrt{{{0}^2 + {1}^2}}",
        formula=lambda m, x, y: m.sqrt(x**2 + y**2),
        evaluate=lambda m, x, y: m.hypot(x, y),
        partials=(lambda m, out, x, y: x / out, lambda m, out, x, y: y / out),
        stable_partials=(
            lambda m, out, x, y: x / m.where(m.equal(out, 0), 1, out),
            lambda m, out, x, y: y / m.where(m.equal(out, 0), 1, out),
        ),
        kinks=lambda m, x, y: (m.sqrt(x**2 + y**2),),
        convention="convention.norm",
        aliases=("hipotenusa",),
        doc="Distance of the point (x, y) from the origin; its derivative at 0 is taken as 0.",
    ),
    Elementwise(
        name="erfc",
        arguments=("x",),
        latex=r"\operatorname{{erfc}}\left({0}\right)",
        formula=lambda m, x: 1 - m.erf(x),
        evaluate=lambda m, x: m.erfc(x),
        partials=(lambda m, out, x: -2 / m.sqrt(m.pi) * m.exp(-(x**2)),),
        doc="1 - erf(x), exact where erf(x) is nearly 1.",
    ),
)
