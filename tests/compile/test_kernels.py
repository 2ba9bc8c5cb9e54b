"""Kernels: the interpreter's namespace of arrays is the witness."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graphgrad.compile.kernels import elementwise, reductions, windows
from graphgrad.compile.rules.layouts import are_apart, is_full
from graphgrad.compile.writing.expressions import KERNELS
from graphgrad.ops.evaluate import arrays

A = arrays()
RNG = np.random.default_rng(3)
SPECIAL = np.array([0.0, -0.0, 1.0, -1.5, 800.0, -800.0, np.inf, -np.inf, np.nan, 1e-310])
CASES: list[tuple[str, Any, Any]] = [
    ("sigmoid", lambda: elementwise.sigmoid(SPECIAL), lambda: A.sigmoid(SPECIAL)),
    ("erf", lambda: elementwise.erf(SPECIAL), lambda: A.erf(SPECIAL)),
    ("power", lambda: elementwise.power(*_pairs()), lambda: A.pow(*_pairs())),
    ("xlogy", lambda: elementwise.xlogy(*_pairs()), lambda: A.xlogy(*_pairs())),
    ("erfc", lambda: elementwise.erfc(SPECIAL), lambda: A.erfc(SPECIAL)),
    ("det", lambda: reductions.det(_matrix()), lambda: A.det(_matrix())),
    ("order_mask", lambda: reductions.order_mask(SPECIAL), lambda: A.order_mask(SPECIAL)),
    (
        "number_logaddexp",
        lambda: elementwise.number_logaddexp(800.0, 799.0),
        lambda: A.logaddexp(800.0, 799.0),
    ),
    ("whole_power", lambda: elementwise.whole_power(SPECIAL, 0), lambda: A.powi(SPECIAL, n=0)),
    (
        "choose",
        lambda: elementwise.choose(SPECIAL, 1.0, -SPECIAL),
        lambda: A.where(SPECIAL, 1.0, -SPECIAL),
    ),
]


def _matrix() -> Any:
    return np.array([[2.0, -1.0, 0.5], [0.0, 3.0, 1.0], [4.0, 1.0, -2.0]])


def _pairs() -> tuple[Any, Any]:
    x, y = np.meshgrid(SPECIAL, SPECIAL)
    return x, y


@pytest.mark.parametrize(("name", "mine", "theirs"), CASES, ids=[case[0] for case in CASES])
def test_entries(name: str, mine: Any, theirs: Any) -> None:
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(mine(), theirs())


AXES = [((4,), (0,)), ((3, 4), (1,)), ((3, 4), (0, 1)), ((2, 3, 2), (0, 2)), ((2, 3, 2), (1,))]


@pytest.mark.parametrize(("shape", "axis"), AXES)
@pytest.mark.parametrize("kind", ["plain", "ties", "single"])
def test_reductions(shape: tuple[int, ...], axis: tuple[int, ...], kind: str) -> None:
    x = RNG.normal(size=shape)
    x = np.round(x) if kind == "ties" else x.astype(np.float32) if kind == "single" else x
    for keepdims in (True, False):
        found = reductions.logsumexp(x, axis, keepdims)
        np.testing.assert_allclose(found, A.logsumexp(x, axis=axis, keepdims=keepdims), rtol=1e-6)
        found = reductions.norm(x, axis, keepdims)
        np.testing.assert_array_equal(found, A.norm(x, axis=axis, keepdims=keepdims))
        found = reductions.largest(x, axis, keepdims)
        np.testing.assert_array_equal(found, A.max(x, axis=axis, keepdims=keepdims))
    mask = A.argmax_mask(x, axis=axis)
    np.testing.assert_array_equal(reductions.argmax_mask(x, axis), mask)
    np.testing.assert_array_equal(reductions.first_largest(x, axis), mask)
    found = reductions.softmax(x, axis[0])
    np.testing.assert_allclose(found, A.softmax(x, axis=axis[0]), rtol=1e-6)
    assert found.dtype == x.dtype


def test_a_matrix_without_an_inverse_gives_no_numbers() -> None:
    for x in (np.eye(2) * 2, np.ones((2, 2)), np.array([[np.inf, 0.0], [0.0, 1.0]])):
        np.testing.assert_array_equal(reductions.inverse(x), A.inverse(x))


@pytest.mark.parametrize("stride", [(1, 1), (2, 1)])
@pytest.mark.parametrize("dilation", [(1, 1), (1, 2)])
def test_windows_and_what_puts_them_together(stride: Any, dilation: Any) -> None:
    x = RNG.normal(size=(2, 5, 6))
    how = {"stride": stride, "dilation": dilation}
    found = windows.windows(x, (2, 3), stride, dilation)
    np.testing.assert_array_equal(found, A.windows(x, size=(2, 3), **how))
    into = np.empty_like(found)
    assert windows.windows(x, (2, 3), stride, dilation, out=into) is into
    np.testing.assert_array_equal(into, found)
    back = windows.fold(found, (5, 6), stride, dilation)
    np.testing.assert_array_equal(back, A.fold(found, shape=(5, 6), **how))


@pytest.mark.parametrize("shape", [(4, 6), (5, 7)])
def test_windows_that_do_not_overlap_are_put_together(shape: Any) -> None:
    x = RNG.normal(size=(2, *shape))
    found = windows.windows(x, (2, 3), (2, 3), (1, 1))
    back = windows.fold(found, shape, (2, 3), (1, 1))
    wanted = A.fold(found, shape=shape, stride=(2, 3), dilation=(1, 1))
    np.testing.assert_array_equal(back, wanted)


def test_frames_and_places() -> None:
    x = RNG.normal(size=(2, 3))
    np.testing.assert_array_equal(windows.pad(x, (1, 2), 0.5), A.pad(x, width=(1, 2), value=0.5))
    key: Any = ((0, 2), (1, 4))
    found = windows.put(x, (3, 5), np.s_[0:2, 1:4])
    np.testing.assert_array_equal(found, A.scatter_add(x, key=key, shape=(3, 5)))
    at = (5, 0, 3, 0, 1, 1)
    found = windows.put_at(x, (2, 4), np.array(at))
    np.testing.assert_array_equal(found, A.scatter_at(x, at=at, shape=(2, 4)))


def test_every_kernel_is_looked_at_here() -> None:
    with_a_test = {case[0] for case in CASES} | {
        "argmax_mask", "first_largest", "fold", "inverse", "largest", "logsumexp", "norm", "pad",
        "parts", "put", "put_at", "softmax", "windows",
    }  # fmt: skip
    assert set(KERNELS) - with_a_test == {"number_power", "number_sigmoid"}


def test_numbers_follow_the_rules_of_numbers() -> None:
    from graphgrad.ops.floats import ScalarMath

    for x in (-2.0, 0.5, 3.0, float("nan")):
        for y in (2.0, 0.0, -1.0):
            mine, theirs = elementwise.number_power(x, y), ScalarMath.pow(x, y)
            np.testing.assert_array_equal(mine, theirs)
        np.testing.assert_array_equal(elementwise.number_sigmoid(x), ScalarMath.sigmoid(x))
    with pytest.raises(ValueError, match=r"^$"):
        elementwise.number_power(-2.0, 0.5)


# ---- boxes ----


def test_boxes_that_are_apart_and_those_that_fill_a_shape() -> None:
    halves = [((0, 2), (0, 2)), ((0, 2), (2, 4))]
    assert are_apart(halves, (2, 4))
    assert is_full(halves, (2, 4))
    assert not is_full(halves, (3, 4))
    assert not are_apart([((0, 2),), ((1, 3),)], (4,))
    assert are_apart([(0,), (1,), (2,)], (3, 5))
    many = [((k, k + 1),) for k in range(100)]
    assert are_apart(many, (100, 2))
    assert not are_apart([*many, ((7, 8),)], (101, 2))
