"""Check every element-wise row in the registry; a new row is tested with no new test."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.autodiff.record import record
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.exact import ExactMath, Inexact
from graphgrad.ops.floats import ArrayMath, ScalarMath
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise
from graphgrad.source.gg import read_gg
from graphgrad.testing.gradcheck import gradcheck

ROWS_UNDER_TEST = [row for row in ROWS if isinstance(row, Elementwise)]
by_name = pytest.mark.parametrize("row", ROWS_UNDER_TEST, ids=lambda row: row.name)
STEP = 1e-5


def settings_of(row: Elementwise) -> list[dict[str, Any]]:
    """Return settings to try: several exponents and slopes, else the defaults."""
    if row.name == "powi":
        return [{"n": n} for n in (-2, -1, 0, 1, 2, 3, 0.5)]
    if row.name == "elu":
        return [{"alpha": 1}, {"alpha": 2}]
    return [row.defaults]


def points(row: Elementwise, settings: dict[str, Any], count: int = 40) -> np.ndarray:
    """Return random arguments inside the domain and away from kinks, one row each."""
    random = np.random.RandomState(len(row.name))
    low, high = row.sample
    found = []
    numbers = arithmetic()
    chosen = numbers.settings(settings)
    while len(found) < count:
        args = tuple(float(v) for v in random.uniform(low, high, len(row.arguments)))
        inside = all(
            c.holds(args[c.argument] - (0.1 if c.relation in (">", ">=") else 0))
            for c in row.domain(settings)
        )
        if inside and all(d > 0.01 for d in numbers.kink_distances(row, args, chosen)):
            found.append(args)
    return np.array(found)


def graph_of(row: Elementwise, settings: dict[str, Any], args: list[Any]) -> Graph:
    builder = GraphBuilder()
    shapes = [np.shape(arg) for arg in args]
    leaves = [
        builder.leaf_line(f"x{i}", "input", arg, shape)
        for i, (arg, shape) in enumerate(zip(args, shapes, strict=True))
    ]
    node = builder.apply(row.name, leaves, **settings)
    builder.end_line("y")
    if any(shapes):
        node = builder.apply("sum", (node,))
        builder.end_line("L")
    return builder.freeze(node)


@by_name
def test_each_partial_is_the_central_difference(row: Elementwise) -> None:
    if row.name == "stop_gradient":
        return  # held while derivatives are taken: see test_what_is_held_passes_no_gradient
    numbers = arithmetic()
    for settings in settings_of(row):
        chosen = numbers.settings(settings)
        for point in points(row, settings):
            args = tuple(map(float, point))
            out = numbers.value(row, args, chosen, scalar=True)
            for slot in range(len(args)):
                ends = [
                    numbers.value(
                        row, (*args[:slot], args[slot] + h, *args[slot + 1 :]), chosen, scalar=True
                    )
                    for h in (STEP, -STEP)
                ]
                central = (ends[0] - ends[1]) / (2 * STEP)
                partial = numbers.partial(row, slot, out, args, chosen)
                assert partial == pytest.approx(central, rel=1e-6, abs=1e-7)


@by_name
def test_the_vectorized_value_is_the_scalar_value_entry_by_entry(row: Elementwise) -> None:
    numbers = arithmetic()
    for settings in settings_of(row):
        chosen = numbers.settings(settings)
        columns = points(row, settings).T
        whole = numbers.value(row, tuple(columns), chosen, scalar=False)
        for entry in range(columns.shape[1]):
            args = tuple(float(column[entry]) for column in columns)
            single = numbers.value(row, args, chosen, scalar=True)
            assert whole[entry] == pytest.approx(single, rel=1e-14, abs=1e-15)
            for slot in range(len(args)):
                partial = numbers.partial(row, slot, whole, tuple(columns), chosen)
                alone = numbers.partial(row, slot, single, args, chosen)
                entry_of = partial[entry] if np.ndim(partial) else partial
                assert entry_of == pytest.approx(alone, rel=1e-13, abs=1e-15)


@by_name
def test_the_pullback_as_graph_ops_is_the_pullback_as_numbers(row: Elementwise) -> None:
    for settings in settings_of(row):
        columns = [np.array(column[:3]) for column in points(row, settings).T]
        shapes = [(3,), (3, 1), (1, 3)]
        for args in (
            [float(column[0]) for column in columns],
            [column.reshape(shape) for column, shape in zip(columns, shapes, strict=False)],
        ):
            graph = graph_of(row, settings, args)
            expected = record(graph)
            backward = gradient_graph(graph)
            found = record(backward, backward=False)
            for name in expected.gradients:
                line = graph.adjoint_name(name)
                got = found.value(line) if backward.find(line) is not None else 0.0
                np.testing.assert_allclose(
                    np.broadcast_to(got, np.shape(expected.gradients[name])),
                    expected.gradients[name],
                    rtol=1e-12,
                    atol=1e-14,
                )


@by_name
def test_a_row_says_what_it_computes_and_documents_its_kinks(row: Elementwise) -> None:
    assert row.doc
    assert len(row.partials) == len(row.arguments)
    assert (row.kinks is None) == (row.convention == "")


@pytest.mark.parametrize("z", [-1000.0, -50.0, 0.0, 50.0, 1000.0])
@pytest.mark.parametrize("name", ["sigmoid", "softplus", "silu", "tanh", "elu", "gelu", "softsign"])
def test_activations_stay_finite_far_from_zero(name: str, z: float) -> None:
    from graphgrad.ops.registry import row as find_row

    row = find_row(name)
    assert isinstance(row, Elementwise)
    numbers = arithmetic()
    settings = numbers.settings(row.defaults)
    for argument in (z, np.array([z, -z])):
        out = numbers.value(row, (argument,), settings, scalar=isinstance(argument, float))
        assert np.all(np.isfinite(out))
        assert np.all(np.isfinite(numbers.partial(row, 0, out, (argument,), settings)))


def test_known_values_of_the_lectures() -> None:
    from graphgrad.api.functions import function_of

    def value(name: str, *args: float) -> float:
        function = function_of(name)
        assert function is not None
        return float(function(*args).value)

    assert value("sigmoid", 2.84) == pytest.approx(0.944799, abs=1e-6)
    assert value("rápida", 2.0) == pytest.approx(2 / 3)
    assert value("elu", -1.0) == pytest.approx(-0.632121, abs=1e-6)
    assert value("leaky_relu", -1.0) == pytest.approx(-0.01)
    assert value("sen", math.pi / 2) == 1.0


@pytest.mark.parametrize(
    ("name", "at_kink"),
    [("relu", 0.0), ("abs", 0.0), ("leaky_relu", 0.01), ("step", 0.0), ("sign", 0.0)],
)
def test_the_convention_at_a_kink(name: str, at_kink: float) -> None:
    from graphgrad.ops.registry import row as find_row

    row = find_row(name)
    assert isinstance(row, Elementwise)
    numbers = arithmetic()
    settings = numbers.settings(row.defaults)
    out = numbers.value(row, (0.0,), settings, scalar=True)
    assert numbers.partial(row, 0, out, (0.0,), settings) == at_kink


def test_a_tie_goes_to_the_first_argument() -> None:
    from graphgrad.ops.registry import row as find_row

    numbers = arithmetic()
    for name in ("maximum", "minimum"):
        row = find_row(name)
        assert isinstance(row, Elementwise)
        assert numbers.partial(row, 0, 2.0, (2.0, 2.0), {}) == 1.0
        assert numbers.partial(row, 1, 2.0, (2.0, 2.0), {}) == 0.0


@by_name
def test_at_ties_and_kinks_arrays_follow_the_convention_of_numbers(row: Elementwise) -> None:
    numbers = arithmetic()
    grid = list(product((-1.0, 0.0, 0.5, 1.0, 2.0), repeat=len(row.arguments)))
    columns = tuple(np.array(column) for column in zip(*grid, strict=True))
    with np.errstate(all="ignore"):
        for given in settings_of(row):
            settings = numbers.settings(given)
            out = numbers.value(row, columns, settings, scalar=False)
            alone = [numbers.value(row, args, settings, scalar=True) for args in grid]
            np.testing.assert_allclose(out, alone)
            for slot in range(len(row.arguments)):
                whole = numbers.partial(row, slot, out, columns, settings)
                pairs = zip(alone, grid, strict=True)
                each = [numbers.partial(row, slot, o, args, settings) for o, args in pairs]
                np.testing.assert_allclose(np.broadcast_to(whole, len(grid)), each)


@pytest.mark.parametrize("math_of", [ScalarMath, ArrayMath, ExactMath])
def test_of_two_equal_values_the_first_is_the_larger_in_every_namespace(math_of: Any) -> None:
    """A zero and its negative are equal; only their signs tell which one was taken."""
    larger = math_of().maximum
    assert [math.copysign(1, larger(a, -a)) for a in (0.0, -0.0)] == [1, -1]
    assert [larger(1.0, 2.0), larger(2.0, 1.0)] == [2.0, 2.0]


@pytest.mark.parametrize("name", ["maximum", "minimum"])
def test_a_tie_inside_an_array_sends_the_adjoint_to_the_first_argument(name: str) -> None:
    trace = record(read_gg(f"param a = [1, 2, 3]\nparam b = [2, 2, 2]\nL = sum({name}(a, b))"))
    a, b = (trace.adjoints[trace.graph.line(line).root] for line in (0, 1))
    won = [0.0, 1.0, 1.0] if name == "maximum" else [1.0, 1.0, 0.0]
    np.testing.assert_array_equal(a, won)
    np.testing.assert_array_equal(b, 1 - np.array(won))


def test_whole_numbers_are_raised_to_negative_powers() -> None:
    m = ArrayMath()
    np.testing.assert_array_equal(m.pow(np.array([2, 4]), np.array([-1, -2])), [0.5, 0.0625])
    np.testing.assert_array_equal(m.powi(np.array([2, 4]), n=-1), [0.5, 0.25])


def test_a_power_is_exact_up_to_20_000_bits_and_numbers_that_stay_short_always() -> None:
    m, most = ExactMath(), 20_000
    assert m.powi(Fraction(2), n=most // 2) == 2 ** (most // 2)
    for base, n in ((2, most // 2 + 1), (2, -most // 2 - 1), (Fraction(1, 8), most // 4 + 1)):
        with pytest.raises(Inexact):
            m.powi(Fraction(base), n=n)
    assert m.powi(Fraction(-1), n=most + 1) == -1
    assert m.powi(Fraction(9, 4), n=Fraction(3, 2)) == Fraction(27, 8)
    for base, n in ((2, Fraction(1, 2)), (2, Fraction(1, 3))):
        with pytest.raises(Inexact):
            m.powi(Fraction(base), n=n)


def test_what_is_held_passes_no_gradient() -> None:
    graph = read_gg("param x = 2\nheld = stop_gradient(x^2)\ny = held*x + x")
    assert record(graph).gradients["x"] == 5.0
    assert gradcheck(graph).ok
