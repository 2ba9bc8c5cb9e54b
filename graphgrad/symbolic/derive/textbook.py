"""Choose the form of a derivative that a textbook would print: the shortest of a few.

The forms: as the rows write it; with sums collected, or brought over one bar, or factored; with the
line's own name in place of its formula, or the formula in place of the name; with an exponential
told by the value, as in a(1 - a). `length_of` measures them; the first of the shortest is shown.
Every form is the same by algebra; the tests prove each against sympy's derivative.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import sympy
from sympy.core.exprtools import decompose_power

from graphgrad.ops.registry import row as row_of
from graphgrad.symbolic.derive.by_value import by_value
from graphgrad.symbolic.derive.under_conditions import under_conditions
from graphgrad.symbolic.sympy_rows.conditions import with_conditions
from graphgrad.symbolic.sympy_rows.on_sympy import Applied, applied, is_tower

__all__ = ["length_of", "shortest"]

_LONGEST = 60
_MOST_TERMS = 200
_LARGEST = 9
_MOST_BITS = 256
_MOST_NAMES = 16
"""The time sympy takes to factor doubles with every second name."""
_MIXED = 3
_UNUSUAL = 6
_FEW = 2
_GAIN = 1
"""How much longer the form of the rows may be than another, and still be the one shown."""


def shortest(given: Any, own: Any, formula: Any, *, taught: bool = False) -> Any:
    """Return the form of a derivative that is shown.

    Args:
        given: as the rows write it.
        own: the symbol of the value that is differentiated.
        formula: what that value is; None where only the conditions are to be written well.
        taught: whether it is left as the row of its one operation teaches it.
    """
    given = _with_fewer_roots(under_conditions(with_conditions(_with_odd_signs(given), formula)))
    if formula is None or _is_plain(given, own) or not _is_short(given, formula):
        return _grouped(given)
    inside = _algebraic(with_conditions(formula, formula))
    if not _is_short(_algebraic(given).xreplace({own: inside})):
        return given
    if given == formula:
        return own
    if taught:
        power = sympy.powsimp(_algebraic(given), combine="exp")
        return own if power == inside else given
    best, fewest = given, _cost(given, own, formula) - _GAIN
    if given.is_Add and all(map(_has_bar, given.args)) and _has_bar(inside):
        fewest += 2 * _GAIN  # the quotient rule is taught over one bar
    try:
        known = _divisors(_algebraic(given)) | _divisors(inside)
        for form in _forms(_algebraic(given), own, inside):
            cost = _cost(form, own, formula)
            if cost < fewest and _divisors(form) <= known:
                best, fewest = form, cost
        for form in _told(given, own, inside):
            allowed = known | {d for d in _divisors(form) if form.has(d - own, own - d)}
            if length_of(form) < fewest and _divisors(form) <= allowed:  # k*y*(a - y)/a
                best, fewest = form, length_of(form)
    except sympy.PolynomialError:  # a formula that is no fraction of what it is made of
        pass
    best = _with_ratios(_over_one_number(best)).xreplace(_sums_as_written(given, formula))
    return _turned(_plus(_as_written(_grouped(_with_common_function(best)), given, inside)))


def _divisors(form: Any) -> set[Any]:
    """Return the names that a form is divided by: at 0 it has no value."""
    return {
        power.base
        for power in form.atoms(sympy.Pow)
        if power.base.is_Symbol and power.exp.could_extract_minus_sign()
    }


def _with_odd_signs(form: Any) -> Any:
    """Return a form with -sign(x) for sign(-x)."""
    if not any(part.row.name == "sign" for part in form.atoms(Applied)):
        return form
    return form.replace(
        lambda part: (
            isinstance(part, Applied)
            and part.row.name == "sign"
            and part.args[0].is_Mul
            and part.args[0].as_coeff_Mul()[0] == -1
        ),
        lambda part: -part.func(-part.args[0]),
    )


def _sums_as_written(*forms: Any) -> dict[Any, Any]:
    """Return the sums of forms by what algebra makes of them: the order of b + exp(x) is known."""
    sums = set().union(*(form.atoms(sympy.Add) for form in forms))
    told = {_algebraic(total): total for total in sorted(sums, key=sympy.default_sort_key)}
    return {found: total for found, total in told.items() if found != total}


def _over_one_number(form: Any) -> Any:
    """Return fractions whose sum has a number above one bar as that: 1/p + 1/(1 - p)."""
    if not (form.is_Add and len(form.args) == _FEW and all(map(_has_bar, form.args))):
        return form
    above, below = sympy.fraction(sympy.together(form))
    above = sympy.expand(above)
    return above / below if above.is_number and above != 0 else form


_RATIOS = (("sin", "cos", "tan"), ("sinh", "cosh", "tanh"))


def _with_ratios(form: Any) -> Any:
    """Return a form with tan(x) for sin(x)/cos(x), and tanh(x) alike."""
    if not any(part.row.name in ("cos", "cosh") for part in form.atoms(Applied)):
        return form
    return form.replace(lambda part: part.is_Mul, _with_ratio)


def _with_ratio(product: Any) -> Any:
    """Return a product in which a function over another one is the function they are."""
    for above, below, ratio in _RATIOS:
        for factor in product.args:
            if isinstance(factor, Applied) and factor.row.name == above:
                under = applied(row_of(below), {})(*factor.args)  # type: ignore[arg-type]
                if 1 / under in product.args:
                    return product * under / factor * applied(row_of(ratio), {})(*factor.args)  # type: ignore[arg-type]
    return product


def _plus(form: Any) -> Any:
    """Return a product without a bracket of negative terms: -u*(a + b) for u*(-a - b)."""
    factors = sympy.Mul.make_args(form)
    sums = [f for f in factors if f.is_Add and all(t.as_coeff_Mul()[0] < 0 for t in f.args)]
    turned = [f for f in factors if _is_less_one(f)]
    sums += turned[: len(turned) // 2 * 2]  # s*(1 - s)*(1 - 2*s) for s*(s - 1)*(2*s - 1)
    if len(factors) == 1 or not sums:
        return form
    return sympy.Mul(*(-f if f in sums else f for f in factors), (-1) ** len(sums))


def _is_less_one(part: Any) -> bool:
    """Tell whether a part is n*s - 1 for a sigmoid s, which is between 0 and 1."""
    number, rest = part.as_coeff_Add() if part.is_Add else (0, part)
    times, name = rest.as_coeff_Mul()
    known = isinstance(name, Applied) and name.row.name == "sigmoid"
    return bool(number == -1 and times > 0 and known)


def _with_common_function(form: Any) -> Any:
    """Return a sum with the function that all its terms share in front of a bracket."""
    if not form.is_Add:
        return form
    shared = set.intersection(*(set(sympy.Mul.make_args(term)) for term in form.args))
    shared = {factor for factor in shared if factor.is_Function}
    if not shared:
        return form
    common = sympy.Mul(*shared)
    inner = sympy.Add(*(term / common for term in form.args))
    found = sympy.Mul(common, sympy.factor_terms(inner))
    return found if length_of(found) <= length_of(form) else form


def _with_fewer_roots(form: Any) -> Any:
    """Return a form with 2 for the square of sqrt(2), and sqrt(2*pi) for sqrt(2)*sqrt(pi)."""
    if not any(_is_root(part) for part in form.atoms(Applied)):
        return form
    form = form.replace(
        lambda part: part.is_Pow and _is_root(part.base) and bool(part.exp.is_even),
        lambda part: part.base.args[0] ** (part.exp / 2),
    )
    return form.replace(lambda part: part.is_Mul, _with_one_root)


def _is_root(part: Any) -> bool:
    return isinstance(part, Applied) and part.row.name == "sqrt" and part.args[0].is_number


def _with_one_root(product: Any) -> Any:
    """Return a product with one root of numbers above the bar and one below."""
    for power in (1, -1):
        roots = [f for f in product.args if f.as_base_exp()[1] == power]
        roots = [f for f in roots if _is_root(f.as_base_exp()[0])]
        if len(roots) > 1:
            inner = sympy.Mul(*(f.as_base_exp()[0].args[0] for f in roots))
            rest = [f for f in product.args if f not in roots]
            product = sympy.Mul(*rest, applied(_SQRT, {})(inner) ** power)
    return product


def _grouped(form: Any) -> Any:
    """Return a sum of three terms or more in which those that share a bracket are one."""
    if not form.is_Add or not _FEW < len(form.args) <= _MOST_GROUPED:
        return form
    factors = [set(sympy.Mul.make_args(term)) for term in form.args]
    shared = {f for some in factors for f in some if f.is_Add or (f.is_Pow and f.base.is_Add)}
    for factor in sorted(shared, key=sympy.default_sort_key):
        inside = [term for term, some in zip(form.args, factors, strict=True) if factor in some]
        if not 1 < len(inside) < len(form.args):
            continue
        found = sympy.factor_terms(sympy.Add(*(term / factor for term in inside)))
        whole = sympy.Add(*(t for t in form.args if t not in inside), sympy.Mul(factor, found))
        if length_of(whole) < length_of(form):
            return whole
    return form


_MOST_GROUPED = 6


def _has_bar(form: Any) -> bool:
    """Tell whether names stand below a bar of a product."""
    factors = sympy.Mul.make_args(form)
    return any(_is_below(factor) and bool(factor.free_symbols) for factor in factors)


def _as_written(form: Any, *written: Any) -> Any:
    """Return even powers of brackets with the sign that is written: (1 - p)^2 for (p - 1)^2."""
    known = set().union(*(part.atoms(sympy.Add) for part in written))
    return form.replace(
        lambda part: (
            part.is_Pow
            and part.exp.is_Integer
            and part.exp % 2 == 0
            and part.base.is_Add
            and part.base not in known
            and -part.base in known
        ),
        lambda part: (-part.base) ** part.exp,
    )


def _turned(form: Any) -> Any:
    """Return u - 1 for -(1 - u)."""
    number, rest = form.as_coeff_Mul()
    if number != -1 or not rest.is_Add or len(rest.args) != _FEW:
        return form
    first, second = rest.as_coeff_Add()
    return -first - second if first > 0 and second.as_coeff_Mul()[0] < 0 else form


def _is_short(*forms: Any) -> bool:
    """Tell whether forms are short and stay so when multiplied out; no form is worth a wait."""
    return all(
        length_of(form) <= _LONGEST
        and _terms_of(form) <= _MOST_TERMS
        and len(form.free_symbols) <= _MOST_NAMES
        and all(_bits_of(number) <= _MOST_BITS for number in form.atoms(sympy.Rational))
        and all(
            power.exp.is_comparable and abs(power.exp) <= _LARGEST
            for power in form.atoms(sympy.Pow)
            if power.exp.is_number
        )
        for form in forms
    )


def _bits_of(number: Any) -> int:
    return int(number.p).bit_length() + int(number.q).bit_length()


def _terms_of(form: Any) -> int:
    """Return about how many terms a form has when multiplied out, below a bar too."""
    if form.is_Add:
        return sum(map(_terms_of, form.args))
    if form.is_Mul:
        return math.prod(map(_terms_of, form.args))
    if form.is_Pow and form.exp.is_Integer and abs(form.exp) <= _LARGEST:
        return int(_terms_of(form.base) ** abs(int(form.exp)))
    return max(map(_terms_of, form.args), default=1)


def _is_plain(given: Any, own: Any) -> bool:
    """Tell whether a derivative is a product of names and numbers, which has one form only."""
    symbolic = any(not power.exp.is_Number for power in given.atoms(sympy.Pow))
    sums = given.atoms(sympy.Add, sympy.Function)
    return not sums and not symbolic and own not in given.free_symbols


def length_of(expression: Any) -> int:
    """Return how many names, numbers and functions a formula is written with.

    >>> x, y = sympy.symbols("x y", real=True)
    >>> product = sympy.Mul(2, x - y, evaluate=False)
    >>> length_of(product), length_of(-x), length_of(1 / x**2)
    (3, 1, 3)
    """
    if expression.is_Rational:
        return int(expression.q != 1) + 1
    if expression.is_Atom:
        return 1
    if expression.is_Mul:
        number, rest = expression.as_coeff_Mul()
        written = int(abs(number.p) != 1) + int(number.q != 1) if number.is_Rational else 1
        inner = sum(length_of(f) + _is_long_sum(f) for f in sympy.Mul.make_args(rest))
        bare = not written and all(_is_below(f) for f in sympy.Mul.make_args(rest))
        return int(written + inner - _ones(rest) + bare)
    if expression.is_Add:
        return sum(length_of(term) for term in expression.args)
    if expression.is_Pow:
        base, exponent = expression.args
        if exponent.is_Rational:
            extra = int(abs(exponent) != 1) + int(bool(exponent < 0))
            return int(length_of(base) + extra)
        return length_of(base) + length_of(exponent)
    return 1 + sum(map(length_of, expression.args))


def _is_long_sum(factor: Any) -> bool:
    return bool(factor.is_Add and len(factor.args) > _FEW)


def _is_below(factor: Any) -> bool:
    return bool(factor.is_Pow and factor.exp.is_Rational and bool(factor.exp < 0))


def _ones(product: Any) -> int:
    """Return how often 1/x was counted with its 1 although other factors stand above the bar."""
    return sum(map(_is_below, sympy.Mul.make_args(product)))


def _cost(form: Any, own: Any, formula: Any) -> int:
    """Return a form's length; the line's name counts more where nobody would use it.

    That is in a sum, a product or a fraction, and beside parts of the formula it stands for.
    """
    length = length_of(form) + _repeated_exponentials(form)
    if own not in form.free_symbols:
        return length
    density = formula.is_Mul and formula.atoms(sympy.exp) and not form.is_Add
    if density and own in sympy.Mul.make_args(form):
        return length + _MIXED
    if formula.is_Add or formula.is_Mul or (formula.is_Pow and formula.exp.is_Integer):
        return length + _UNUSUAL
    functions = form.atoms(sympy.Function) & formula.atoms(sympy.Function)
    powers = form.atoms(sympy.Pow)
    below = any(_is_below(p) and own not in p.free_symbols and p.free_symbols for p in powers)
    return length + _MIXED * bool(functions or below)


def _repeated_exponentials(form: Any) -> int:
    """Return how many exponentials stand in several terms: (1 - x)*exp(-x) has it once."""
    terms = [term.atoms(sympy.exp) | _applied_exponentials(term) for term in form.args]
    several = [part for part in set().union(*terms) if sum(part in of for of in terms) > 1]
    return len(several) if form.is_Add else 0


def _applied_exponentials(form: Any) -> set[Any]:
    return {part for part in form.atoms(Applied) if part.row.name == "exp"}


def _forms(plain: Any, own: Any, inside: Any) -> Iterator[Any]:
    """Yield other forms of a derivative."""
    written_out = plain.xreplace({own: inside})
    for form in (plain, written_out):
        yield from _simplified(form)
    if inside.is_Mul and inside.atoms(sympy.exp) and not written_out.is_Add:
        yield own * sympy.powsimp(written_out / inside, combine="exp")
    named = sympy.powsimp(written_out, combine="exp")
    if inside.args and not inside.is_Add:
        for form in (named, *_simplified(named)):
            yield form.xreplace({inside: own})


def _told(given: Any, own: Any, inside: Any) -> Iterator[Any]:
    told = by_value(_algebraic(given).xreplace({own: inside}), own, inside)
    if told is not None and _degree_of(told) <= _LARGEST_DEGREE:
        yield _positive(sympy.factor(told))
        yield told


_LARGEST_DEGREE = 60


def _degree_of(form: Any) -> int:
    """Return about which degree sympy's algebra meets: e^(800x) is the 800th power of e^x to it.

    >>> x = sympy.Symbol("x", real=True)
    >>> _degree_of(1 + sympy.exp(800) * x), _degree_of(2 ** (30 * x) + x), _degree_of(sympy.sqrt(x))
    (801, 30, 1)
    """
    if form.is_Add:
        return max(map(_degree_of, form.args))
    if form.is_Mul:
        return sum(map(_degree_of, form.args))
    inner = max((0 if form.is_Rational else 1, *map(_degree_of, form.args)))
    if form.is_Pow or isinstance(form, sympy.exp):
        return abs(int(decompose_power(form)[1])) * inner
    return inner


def _simplified(form: Any) -> Iterator[Any]:
    yield form
    if (one_sided := _with_one_sigmoid(form)) is not None:
        yield sympy.expand(one_sided, log=False, func=False, trig=False, complex=False)
    yield sympy.powsimp(form, combine="exp")
    if _degree_of(form) > _LARGEST_DEGREE:
        return  # x^1999 - 2*x is factored, and (x + 1)^2000 written out, for minutes
    circular = _circular(form)
    if circular is not None:
        yield circular
    above, below = sympy.fraction(sympy.together(form))
    if below != 1:
        yield sympy.expand(above, log=False, func=False, trig=False, complex=False) / below
    factored = sympy.factor(_absolute(sympy.together(form)))
    yield _positive(factored)
    yield _positive(sympy.factor_terms(factored))
    yield sympy.expand(
        form, power_base=False, power_exp=False, log=False, func=False, trig=False, complex=False
    )


def _with_one_sigmoid(form: Any) -> Any:
    """Return a form with 1 - sigmoid(z) for sigmoid(-z) beside sigmoid(z); None without."""
    known = {part.args[0]: part for part in form.atoms(Applied) if part.row.name == "sigmoid"}
    turned = {p: 1 - known[-z] for z, p in known.items() if -z in known and _is_turned(z)}
    return form.xreplace(turned) if turned else None


def _is_turned(z: Any) -> bool:
    return bool(z.could_extract_minus_sign())


def _circular(form: Any) -> Any:
    """Return a fraction with 1 for the square of a sine and that of the cosine; None without."""
    sines = [part for part in form.atoms(Applied) if part.row.name == "sin"]
    cosines = {part.args: part for part in form.atoms(Applied) if part.row.name == "cos"}
    squares = {cosines[s.args] ** 2: 1 - s**2 for s in sines if s.args in cosines}
    if not squares:
        return None
    above, below = sympy.fraction(sympy.together(form))
    return sympy.factor(sympy.expand(above).xreplace(squares)) / below


def _absolute(form: Any) -> Any:
    """Return a form with |x| in place of x times its sign."""
    if not any(part.row.name == "sign" for part in form.atoms(Applied)):
        return form
    above, below = sympy.fraction(form)
    return sympy.expand(above).replace(lambda part: part.is_Mul, _without_signs) / below


def _without_signs(product: Any) -> Any:
    for factor in product.args:
        if isinstance(factor, Applied) and factor.row.name == "sign":
            (inner,) = factor.args
            if inner in product.args:
                return product / (inner * factor) * applied(_ABS, {})(inner)
    return product


def _positive(product: Any) -> Any:
    """Return a product whose minus sign is taken into a sum: -(a - 1)*a is a*(1 - a)."""
    number, rest = product.as_coeff_Mul()
    factors = list(sympy.Mul.make_args(rest))
    if not (number.is_Rational and number < 0):
        return product
    for place, factor in enumerate(factors):
        terms = factor.args if factor.is_Add else ()
        signs = [bool(term.as_coeff_Mul()[0] > 0) for term in terms]
        if any(not sign for sign in signs) and sum(signs) <= len(signs) / 2:
            factors[place] = -factor
            return sympy.Mul(-number, *factors)
    return product


def _algebraic(form: Any) -> Any:
    """Return a form with sympy's own roots and exponentials, which take part in algebra."""
    return form.replace(
        lambda part: (
            isinstance(part, Applied) and part.row.name in _ELEMENTARY and not is_tower(part)
        ),
        lambda part: _ELEMENTARY[part.row.name](*part.args),
    )


_ABS: Any = row_of("abs")
_SQRT: Any = row_of("sqrt")
_ELEMENTARY: dict[str, Any] = {"sqrt": sympy.sqrt, "exp": sympy.exp}
