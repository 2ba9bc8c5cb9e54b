"""Check that NumPy's functions on handles give NumPy's numbers, or say which functions do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.errors import UsageError

ONE = ["negative", "exp", "log", "sqrt", "sin", "cos", "tan", "tanh", "absolute", "fabs", "sign"]
ONE += ["square", "reciprocal"]
TWO = ["add", "subtract", "multiply", "divide", "true_divide", "power", "float_power", "maximum"]
TWO += ["minimum", "greater", "less", "equal", "greater_equal", "less_equal", "not_equal"]
A, B = [[0.5, 2.0], [1.5, 3.0]], [[2.0, 2.0], [0.5, -1.0]]

FUNCTIONS: dict[str, list[Callable[[Any, Any], Any]]] = {
    "sum": [lambda a, b: np.sum(a), lambda a, b: np.sum(a, axis=0), lambda a, b: np.sum(a, 1)],
    "mean": [lambda a, b: np.mean(a), lambda a, b: np.mean(a, axis=1, keepdims=True)],
    "max": [lambda a, b: np.max(a), lambda a, b: np.max(b, axis=0, keepdims=True)],
    "amax": [lambda a, b: np.amax(a, axis=1)],
    "min": [lambda a, b: np.min(a), lambda a, b: np.min(b, axis=0)],
    "amin": [lambda a, b: np.amin(b)],
    "dot": [np.dot, lambda a, b: np.dot(a[0], b[1]), lambda a, b: np.dot(a, 3)],
    "inner": [lambda a, b: np.inner(a[0], b[1])],
    "outer": [lambda a, b: np.outer(a[0], b[1])],
    "transpose": [lambda a, b: np.transpose(a), lambda a, b: np.transpose(a, (0, 1))],
    "reshape": [
        lambda a, b: np.reshape(a, (4, 1)),
        lambda a, b: np.reshape(a, 4),
        lambda a, b: np.reshape(a, (-1, 1)),
        lambda a, b: np.reshape(a, (1, -1, 2)),
    ],
    "where": [lambda a, b: np.where(b > 0, a, b)],
    "concatenate": [
        lambda a, b: np.concatenate([a, b]),
        lambda a, b: np.concatenate([a, b], axis=1),
        lambda a, b: np.concatenate((a, b), 1),
    ],
    "stack": [lambda a, b: np.stack([a, b]), lambda a, b: np.stack([a, b], axis=2)],
    "broadcast_to": [lambda a, b: np.broadcast_to(a, (3, 2, 2))],
}


def same(call: Callable[[Any, Any], Any]) -> None:
    found = call(gg.input("a", A), gg.input("b", B))
    assert isinstance(found, gg.Handle)
    np.testing.assert_allclose(found.value, call(np.array(A), np.array(B)))


@pytest.mark.parametrize("name", ONE)
def test_a_function_of_one_array_gives_numpys_numbers(name: str) -> None:
    same(lambda a, b: getattr(np, name)(a))


@pytest.mark.parametrize("name", TWO)
def test_a_function_of_two_arrays_gives_numpys_numbers_on_either_side(name: str) -> None:
    function = getattr(np, name)
    same(function)
    same(lambda a, b: function(a, 2.0))
    same(lambda a, b: function(3.0, a))
    same(lambda a, b: function(np.array([1.0, 2.0]), a))


def test_a_power_with_a_number_is_one_for_every_base() -> None:
    x = gg.param("x", -2.0)
    for power in (np.power(x, 3), np.float_power(x, 3.0), x**3):
        assert repr(power) == "<powi -8>"
    assert repr(np.power(2.0, x)) == "<pow 0.25>"
    assert repr(np.power(gg.param("y", 2.0), x)) == "<pow 0.25>"


def test_the_sign_in_front_changes_nothing() -> None:
    x = gg.input("x", A)
    assert np.positive(x) is x


@pytest.mark.parametrize(
    ("name", "call"), [(name, call) for name, calls in FUNCTIONS.items() for call in calls]
)
def test_a_function_of_arrays_gives_numpys_numbers(
    name: str, call: Callable[[Any, Any], Any]
) -> None:
    same(call)


def test_products_of_matrices_and_outer_products_are_numpys() -> None:
    same(np.matmul)
    same(lambda a, b: np.array([1.0, 2.0]) @ b)
    same(lambda a, b: np.multiply.outer(a[0], b[1]))


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (np.spacing, "spacing"),
        (np.fft.rfft, "rfft"),
        (np.subtract.reduce, "subtract.reduce"),
        (np.subtract.accumulate, "subtract.accumulate"),
    ],
)
def test_what_has_no_op_is_named_with_what_is_near(call: Any, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        call(gg.input("x", [1.0, 2.0]))
    assert caught.value.message_id == "handle.numpy"
    assert caught.value.fields["function"] == told


@pytest.mark.parametrize(
    ("call", "told", "fields"),
    [
        (lambda x: np.exp(x, dtype=int), "option", {"function": "exp", "options": "dtype"}),
        (
            lambda x: np.square(x, casting="no"),
            "option",
            {"function": "square", "options": "casting"},
        ),
        (
            lambda x: np.add(x, 1, where=[True, False]),
            "option",
            {"function": "add", "options": "where"},
        ),
        (
            lambda x: np.multiply.outer(x, x, dtype=int),
            "option",
            {"function": "multiply.outer", "options": "dtype"},
        ),
        (
            lambda x: np.sum(x, where=True, initial=0),
            "arguments",
            {
                "function": "sum",
                "got": "where, initial",
                "known": "a, axis, dtype, keepdims, where",
            },
        ),
    ],
)
def test_an_option_that_no_op_takes_is_what_is_told(call: Any, told: str, fields: Any) -> None:
    with pytest.raises(UsageError) as caught:
        call(gg.input("x", [1.0, 2.0]))
    assert caught.value.message_id == f"handle.numpy_{told}"
    assert caught.value.fields == fields


def test_reduce_over_all_axes_and_weights_along_an_axis_are_numpys() -> None:
    square, weights = np.array(A), np.array([1.0, 3.0])
    a = gg.input("a", A)
    assert np.add.reduce(a, axis=None).value == np.add.reduce(square, axis=None)
    for axis in (0, 1):
        found = np.average(a, axis=axis, weights=weights)
        np.testing.assert_allclose(found.value, np.average(square, axis=axis, weights=weights))
    assert np.average(a, weights=square).value == np.average(square, weights=square)


def test_what_would_lose_a_gradient_or_mean_something_else_is_refused() -> None:
    v = gg.input("v", [0.0, 1.0, 4.0])
    for call in (lambda: np.interp(v, v, v), lambda: np.gradient(v, np.array([0.0, 1.0, 3.0]))):
        with pytest.raises(UsageError):
            call()


@pytest.mark.parametrize("size", [1, 2, 5, 8])
def test_eigenvalues_and_singular_values_are_numpys(size: int) -> None:
    draws = np.random.default_rng(size)
    square = draws.standard_normal((size, size))
    a = gg.param("A", square + square.T)
    for ours, theirs in zip(np.linalg.eigh(a), np.linalg.eigh(square + square.T), strict=True):
        np.testing.assert_allclose(ours.value, theirs, rtol=1e-9, atol=1e-11)
    tall = draws.standard_normal((size + 2, size))
    for turned in (tall, tall.T):
        found = np.linalg.svd(gg.param("B", turned), full_matrices=False)
        for ours, theirs in zip(found, np.linalg.svd(turned, full_matrices=False), strict=True):
            np.testing.assert_allclose(ours.value, theirs, rtol=1e-8, atol=1e-10)


def test_derivatives_of_eigenvalues_are_products_of_eigenvectors() -> None:
    values = np.array([[2.0, 1.0, 0.0], [1.0, 3.0, 0.5], [0.0, 0.5, -1.0]])
    a = gg.param("A", values)
    np.linalg.eigvalsh(a)[2].backward()
    v = np.linalg.eigh(values)[1][:, 2]
    lower = np.tril(2 * np.outer(v, v), -1) + np.diag(v**2)  # entries above are not read
    np.testing.assert_allclose(a.grad, lower, atol=1e-12)
    with pytest.raises(gg.UsageError, match="up to 12 rows"):
        np.linalg.eigh(gg.param("B", np.eye(13)))
    with pytest.raises(gg.ShapeError):
        np.linalg.eigh(gg.param("C", np.ones((2, 3))))


@pytest.mark.parametrize("function", [np.copysign, np.fmod, np.floor_divide, np.heaviside, np.fmax])
def test_a_plain_number_may_stand_on_either_side(function: Any) -> None:
    values, x = np.array([[-2.5, 0.5, 7.0]]), gg.param("x", 2.0)
    a = gg.param("A", values)
    for other in (2.0, -0.75, np.array([[-1.0, 1.0, 2.0]])):
        np.testing.assert_allclose(function(a, other).value, function(values, other))
        np.testing.assert_allclose(function(other, x).value, function(other, 2.0))


@pytest.mark.parametrize("function", [
    np.linalg.pinv, np.linalg.svd, lambda a: np.linalg.svd(a, full_matrices=False),
    lambda a: np.linalg.svd(a, compute_uv=False),
])  # fmt: skip
def test_formulas_for_full_rank_refuse_another_matrix(function: Any) -> None:
    with pytest.raises(gg.UsageError) as error:
        function(gg.param("A", [[1.0, 2.0], [2.0, 4.0]]))
    assert error.value.message_id == "handle.full_rank"


@pytest.mark.parametrize(("rows", "rowvar"), [([[1.0, 4, 2]], True), ([[1.0], [4], [2]], False)])
def test_the_covariance_of_one_variable_is_a_number(rows: Any, rowvar: bool) -> None:
    found = np.cov(gg.param("x", rows), rowvar=rowvar)
    assert found.shape == ()
    assert found.value == np.cov(np.array(rows), rowvar=rowvar)
