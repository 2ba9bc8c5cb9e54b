"""List the rows of arithmetic: sums, products, powers, selection and comparison."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from graphgrad.ops.row import (
    ATOM,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    Condition,
    Elementwise,
    Infix,
    Prefix,
    Setting,
)

__all__ = ["ARITHMETIC"]


def _power_domain(settings: Mapping[str, Any]) -> tuple[Condition, ...]:
    """Return where x**n and its derivative exist, for a constant exponent n."""
    n = Fraction(settings["n"])
    if n.denominator != 1:
        return (Condition(0, ">=" if n > 0 else ">"),)
    return () if n >= 0 else (Condition(0, "!="),)


def _powi_partial(m: Any, out: Any, x: Any, *, n: Any) -> Any:
    if n == 0:
        return 0 * x
    if n == 1:
        return n
    return n * x if n == 2 else n * m.powi(x, n=n - 1)


def _pow_by_base(m: Any, out: Any, x: Any, y: Any) -> Any:
    """Return y*x^(y-1); of 0^0 it is 0, elsewhere nothing is chosen, for it is derived again."""
    return m.where(m.equal(x, 0) * m.equal(y, 0), 0, y * m.pow(x, y - 1))


def _pow_by_exponent(m: Any, out: Any, x: Any, y: Any) -> Any:
    """Return x^y*log(x), 0 where the power of 0 is 0."""
    return m.xlogy(out, x)


def _whole_power(np: Any, x: Any, y: Any) -> Any:
    """Tell where a base that is not positive has the power: whole exponents, powers of 0."""
    return (np.equal(y, np.floor(y)) & (x < 0)) | ((x == 0) & (y >= 0))


ARITHMETIC = (
    Elementwise(
        name="add",
        arguments=("a", "b"),
        notation=Infix("+", SUM, SUM),
        latex="{0} + {1}",
        latex_level=SUM,
        latex_argument_levels=(SUM, SUM),
        formula=lambda m, a, b: a + b,
        partials=(lambda m, out, a, b: 1, lambda m, out, a, b: 1),
        aliases=("suma",),
        doc="Sum.",
    ),
    Elementwise(
        name="sub",
        arguments=("a", "b"),
        notation=Infix("-", SUM, SUM + 1),
        latex="{0} - {1}",
        latex_level=SUM,
        latex_argument_levels=(SUM, SUM + 1),
        formula=lambda m, a, b: a - b,
        partials=(lambda m, out, a, b: 1, lambda m, out, a, b: -1),
        aliases=("resta",),
        doc="Difference.",
    ),
    Elementwise(
        name="mul",
        arguments=("a", "b"),
        notation=Infix("*", PRODUCT, PRODUCT + 1),
        latex=r"{0} \cdot {1}",
        latex_level=PRODUCT,
        latex_argument_levels=(PRODUCT, PRODUCT + 1),
        formula=lambda m, a, b: a * b,
        partials=(lambda m, out, a, b: b, lambda m, out, a, b: a),
        aliases=("producto",),
        doc="Product.",
    ),
    Elementwise(
        name="div",
        arguments=("a", "b"),
        notation=Infix("/", PRODUCT, PRODUCT + 1),
        latex=r"\frac{{{0}}}{{{1}}}",
        latex_argument_levels=(0, 0),
        formula=lambda m, a, b: a / b,
        partials=(lambda m, out, a, b: 1 / b, lambda m, out, a, b: -out / b),
        domain=lambda _settings: (Condition(1, "!="),),
        sample=(0.5, 2.5),
        aliases=("cociente",),
        doc="Quotient.",
    ),
    Elementwise(
        name="neg",
        arguments=("x",),
        notation=Prefix("-", SIGN),
        latex="-{0}",
        latex_level=SIGN,
        latex_argument_levels=(PRODUCT,),
        formula=lambda m, x: -x,
        partials=(lambda m, out, x: -1,),
        doc="Change of sign.",
    ),
    Elementwise(
        name="powi",
        arguments=("x",),
        settings=(Setting("n", "number"),),
        latex="{0}^{{{n}}}",
        latex_level=POWER,
        latex_argument_levels=(ATOM,),
        formula=lambda m, x, *, n: m.powi(x, n=n),
        partials=(_powi_partial,),
        domain=_power_domain,
        doc="Power with a constant exponent; the exponent is a setting, not a parent.",
    ),
    Elementwise(
        name="pow",
        arguments=("x", "y"),
        notation=Infix("^", POWER, SIGN),
        latex="{0}^{{{1}}}",
        latex_level=POWER,
        latex_argument_levels=(ATOM, 0),
        formula=lambda m, x, y: m.pow(x, y),
        partials=(
            lambda m, out, x, y: y * m.pow(x, y - 1),
            lambda m, out, x, y: out * m.log(x),
        ),
        stable_partials=(_pow_by_base, _pow_by_exponent),
        domain=lambda _settings: (Condition(0, ">", unless=_whole_power),),
        sample=(0.5, 2.5),
        aliases=("potencia",),
        doc="Power with a variable exponent, of a positive base or with a whole exponent.",
    ),
    Elementwise(
        name="maximum",
        arguments=("a", "b"),
        latex=r"\max\left({0}, {1}\right)",
        formula=lambda m, a, b: m.where(m.greater(b, a), b, a),
        evaluate=lambda m, a, b: m.maximum(a, b),
        selects=True,
        partials=(
            lambda m, out, a, b: 1 - m.greater(b, a),
            lambda m, out, a, b: m.greater(b, a),
        ),
        kinks=lambda m, a, b: (a - b,),
        convention="convention.maximum",
        aliases=("maximo", "máximo"),
        doc="Larger of two values; a tie goes to the first.",
    ),
    Elementwise(
        name="minimum",
        arguments=("a", "b"),
        latex=r"\min\left({0}, {1}\right)",
        formula=lambda m, a, b: m.where(m.less(b, a), b, a),
        evaluate=lambda m, a, b: m.minimum(a, b),
        selects=True,
        partials=(
            lambda m, out, a, b: 1 - m.less(b, a),
            lambda m, out, a, b: m.less(b, a),
        ),
        kinks=lambda m, a, b: (a - b,),
        convention="convention.maximum",
        aliases=("minimo", "mínimo"),
        doc="Smaller of two values; a tie goes to the first.",
    ),
    Elementwise(
        name="identity",
        arguments=("x",),
        latex="{0}",
        latex_level=0,
        latex_argument_levels=(0,),
        formula=lambda m, x: x,
        partials=(lambda m, out, x: 1,),
        aliases=("identidad", "lineal", "linear"),
        doc="The same value under another name.",
        source="UPV course 001, Funciones de activación y sus derivadas, g_L.",
    ),
    Elementwise(
        name="stop_gradient",
        arguments=("x",),
        formula=lambda m, x: m.stop_gradient(x),
        evaluate=lambda m, x: x,
        partials=(lambda m, out, x: 0,),
        aliases=("detach", "sin_gradiente"),
        doc="The same value, held while derivatives are taken: no gradient passes.",
        source="JAX documentation, jax.lax.stop_gradient; PyTorch documentation, Tensor.detach.",
    ),
)
