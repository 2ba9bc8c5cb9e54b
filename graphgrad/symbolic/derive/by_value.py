"""Tell a derivative by the value it belongs to: of a = 1/(1 + e^-z) it is a(1 - a)."""

from __future__ import annotations

from typing import Any

import sympy

__all__ = ["by_value"]

_MOST_POWERS = 4


def by_value(derivative: Any, own: Any, formula: Any) -> Any:
    """Return a derivative with an exponential told by the value: e^-z is (1 - a)/a.

    None where the value is no fraction of one exponential, to the first power or squared.
    """
    cores = {_core(part.args[0]) for part in formula.atoms(sympy.exp)}
    if len(cores) != 1 or formula.func == sympy.exp:
        return None
    core = cores.pop()
    power = sympy.Symbol("power", positive=True)
    fraction, slope = (_in_power(part, core, power) for part in (formula, derivative))
    if fraction is None or slope is None:
        return None
    above, below = sympy.fraction(sympy.together(fraction - own))
    if not any(factor.is_Add and factor.has(power) for factor in sympy.Mul.make_args(below)):
        return None
    equation = sympy.Poly(sympy.expand(above), power)
    degree = equation.degree()
    if not 0 < degree <= 2 or (degree == 2 and equation.coeff_monomial(power)):
        return None
    value = -equation.coeff_monomial(1) / equation.coeff_monomial(power**degree)
    reduced = sympy.cancel(sympy.together(slope))
    if degree == 2:
        reduced = sympy.cancel(reduced.subs(power, sympy.sqrt(power)))
        if reduced.has(sympy.sqrt(power)):
            return None
    told = sympy.cancel(sympy.together(reduced.subs(power, value)))
    return None if told.has(power) else told


def _core(exponent: Any) -> Any:
    """Return an exponent without its number and with a fixed sign."""
    core = exponent.as_coeff_Mul()[1]
    return -core if core.could_extract_minus_sign() else core


def _in_power(form: Any, core: Any, power: Any) -> Any:
    """Return a form with exp(k*core) as a power of a symbol; None where that is not possible."""
    found = {}
    for part in form.atoms(sympy.exp):
        times = sympy.cancel(part.args[0] / core)
        if not times.is_Integer or abs(times) > _MOST_POWERS:
            return None
        found[part] = power**times
    return form.xreplace(found)
