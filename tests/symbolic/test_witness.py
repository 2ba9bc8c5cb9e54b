from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import sympy

from graphgrad.errors import RowError
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.exact import ExactMath
from graphgrad.ops.registry import ROWS, row
from graphgrad.ops.row import Condition, Elementwise, Setting, Structural
from graphgrad.symbolic.sympy_rows.on_sympy import EXPANDED, NAMED, real_symbol
from graphgrad.symbolic.sympy_rows.precise import sample_points
from graphgrad.symbolic.witness.fill_in import derive_partials
from graphgrad.symbolic.witness.rows import check_row

HELD = ("stop_gradient",)
"""What does not move while derivatives are taken: a difference of values says another thing."""
ELEMENTWISE = [r for r in ROWS if isinstance(r, Elementwise) and r.name not in HELD]
STRUCTURAL = [r for r in ROWS if isinstance(r, Structural)]


def _softsign(m: Any, z: Any) -> Any:
    return z / (1 + m.abs(z))


def _row(formula: Callable[..., Any], *partials: Any, **more: Any) -> Elementwise:
    return Elementwise(
        **({"name": "trial", "arguments": ("z",), "formula": formula, "partials": partials} | more)
    )


@pytest.mark.parametrize("tested", ELEMENTWISE, ids=lambda r: r.name)
def test_each_partial_is_sympys_derivative_and_the_central_difference(tested: Elementwise) -> None:
    checked = check_row(tested)
    assert [c.argument for c in checked] == list(tested.arguments)
    assert all(c.points >= 8 for c in checked)


@pytest.mark.parametrize("tested", STRUCTURAL, ids=lambda r: r.name)
def test_each_pullback_is_the_derivative_of_the_entries(tested: Structural) -> None:
    assert check_row(tested)


@pytest.mark.parametrize("tested", ELEMENTWISE, ids=lambda r: r.name)
def test_partials_left_out_are_derived_and_pass_the_same_check(tested: Elementwise) -> None:
    derived = derive_partials(replace(tested, partials=()))
    assert len(derived.partials) == len(tested.arguments)
    check_row(derived)


def test_sympy_proves_the_taught_forms() -> None:
    for name in ("sigmoid", "tanh", "exp", "softplus", "gelu", "silu", "div", "powi"):
        assert all(checked.proved for checked in check_row(row(name))), name


def test_softsign_with_a_wrong_derivative_is_refused_with_a_counterexample() -> None:
    right = _row(_softsign, lambda m, out, z: 1 / (1 + m.abs(z)) ** 2)
    wrong = _row(_softsign, lambda m, out, z: out**2)
    assert check_row(right)[0].points == 8
    with pytest.raises(RowError) as caught:
        check_row(wrong)
    assert caught.value.message_id == "row.partial_wrong"
    fields = caught.value.fields
    assert fields["row"] == "trial"
    assert fields["argument"] == "z"
    z = float(fields["point"].removeprefix("z = "))
    assert fields["got"] == pytest.approx((z / (1 + abs(z))) ** 2)
    assert fields["expected"] == pytest.approx(1 / (1 + abs(z)) ** 2)


@pytest.mark.parametrize(
    ("tested", "message"),
    [
        (_row(lambda m, z: m.log(z), lambda m, out, z: 1 / z), "row.formula_fails"),
        (_row(lambda m, z: m.gamma(z), lambda m, out, z: 1), "row.unknown_function"),
        (_row(lambda m, z: z if z > 0 else 0 * z, lambda m, out, z: 1), "row.not_symbolic"),
        (_row(lambda m, z: z * z), "row.evaluate_wrong"),
        (
            _row(lambda m, z: z * z, lambda m, out, z: 2 * z, lambda m, out, z: 0),
            "row.partial_count",
        ),
        (_row(lambda m, z: z * z, lambda m, out, z: m.nothing(z)), "row.partial_wrong"),
        (_row(lambda m, z: m.abs(z), lambda m, out, z: 1), "row.partial_wrong"),
        (_row(lambda m, z: z, lambda m, out, z: 1, sample=(-2, -1)), "row.no_points"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(tested: Elementwise, message: str) -> None:
    if message == "row.evaluate_wrong":
        tested = replace(tested, evaluate=lambda m, z: z * z * z)
    if message == "row.no_points":
        tested = replace(tested, domain=lambda _settings: (Condition(0, ">"),))
    with pytest.raises(RowError) as caught:
        check_row(tested)
    assert caught.value.message_id == message


def test_a_partial_wrong_only_for_other_settings_is_refused() -> None:
    wrong = _row(
        lambda m, z, *, alpha: alpha * z**2,
        lambda m, out, z, *, alpha: 2 * z,
        settings=(Setting("alpha", "number", 1),),
    )
    with pytest.raises(RowError) as caught:
        check_row(wrong)
    assert "alpha = 5/4" in caught.value.fields["point"]


def test_a_structural_row_with_a_wrong_pullback_is_refused() -> None:
    wrong = replace(row("sum"), pullback=lambda m, g, out, args, slot, **s: args[0])
    with pytest.raises(RowError) as caught:
        check_row(wrong)
    assert caught.value.message_id == "row.pullback_wrong"
    with pytest.raises(RowError) as caught:
        check_row(replace(row("transpose"), shape=lambda x, *, axes: x))
    assert caught.value.message_id == "row.shape_wrong"


def test_derived_partials_run_on_floats_arrays_rationals_and_use_the_output() -> None:
    from fractions import Fraction

    cube = derive_partials(_row(lambda m, z: z**3 / 3))
    numbers = arithmetic()
    assert numbers.partial(cube, 0, 9.0, (3.0,), {}) == 9.0
    array = numbers.partial(cube, 0, np.zeros(2), (np.array([1.0, 2.0]),), {})
    assert array.tolist() == [1.0, 4.0]
    assert cube.partials[0](ExactMath(), None, Fraction(1, 2)) == Fraction(1, 4)
    exp = derive_partials(_row(lambda m, z: m.exp(z)))
    assert exp.partials[0](ExactMath(), Fraction(7), Fraction(1)) == 7


def test_a_derivative_that_no_op_computes_is_refused() -> None:
    with pytest.raises(RowError) as caught:
        derive_partials(_row(lambda m, z: m.sign(m.log(z)), sample=(0.5, 2)))
    assert caught.value.message_id == "row.no_derivative"


def test_points_lie_in_the_domain_and_off_the_kinks() -> None:
    assert all(a != b for a, b in sample_points(row("maximum"), {}))
    assert all(x > 0 for (x,) in sample_points(row("log"), {}))
    assert {z > 0 for (z,) in sample_points(row("relu"), {})} == {True, False}


def test_a_named_function_differentiates_by_its_row_and_evaluates_by_its_formula() -> None:
    z = real_symbol("z")
    named, expanded = NAMED.sigmoid(z), EXPANDED.sigmoid(z)
    assert str(named) == "sigmoid(z)"
    assert str(sympy.diff(named, z)) == "(1 - sigmoid(z))*sigmoid(z)"
    point = {z: sympy.Rational(1, 3)}
    assert abs(named.subs(point).evalf(20) - expanded.subs(point).evalf(20)) < 1e-15


def test_nested_functions_of_real_symbols_are_built_at_once() -> None:
    z = real_symbol("z")
    for _ in range(150):
        z = NAMED.tanh(z)
    assert z.is_real
