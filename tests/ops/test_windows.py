"""Check windows, fold, pad, flip, repeat, one-hot codes and targets beyond their examples."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.autodiff.hessian import hessian_vector_product
from graphgrad.autodiff.record import record
from graphgrad.errors import ShapeError, UsageError
from graphgrad.messages.catalogue import in_language
from graphgrad.ops.evaluate import arrays
from graphgrad.ops.row import Condition
from graphgrad.source.gg import read_gg

NUMBERS = np.random.RandomState(9)
MOVES: list[tuple[str, tuple[int, ...], dict[str, Any]]] = [
    ("windows", (4, 5), {"size": (2, 3), "stride": (2, 1)}),
    ("windows", (2, 6), {"size": (2,), "dilation": (3,)}),
    ("fold", (2, 2, 3, 3), {"shape": (4, 4)}),
    ("fold", (3, 2, 2), {"shape": (6,), "stride": (3,)}),
    ("pad", (2, 3), {"width": (1, 2), "value": 4}),
    ("flip", (2, 3), {"axis": 0}),
    ("repeat", (2, 3), {"times": 2, "axis": 0}),
    ("var", (3, 4), {"axis": (0,), "ddof": 1}),
]


def test_windows_are_what_two_loops_find() -> None:
    x = NUMBERS.uniform(-1, 1, (2, 5, 6))
    found = arrays().windows(x, size=(2, 3), stride=(2, 1), dilation=(1, 2))
    for i in range(found.shape[3]):
        for j in range(found.shape[4]):
            window = x[:, 2 * i : 2 * i + 2, j : j + 5 : 2]
            np.testing.assert_array_equal(found[:, :, :, i, j], window)


@pytest.mark.parametrize("line", [
    "y = avg_pool1d(x, size=2, padding=0x0)", "y = max_pool1d(x, size=2, padding=[0, 1, 0])",
    "y = conv1d(x, 1, size=2, padding=[1, 1])", "y = adaptive_avg_pool1d(x, size=[1, 2])",
])  # fmt: skip
def test_one_length_for_all_axes_or_one_for_each(line: str) -> None:
    with pytest.raises(ShapeError) as caught:
        read_gg(f"input x = [1, 2, 3, 4]\n{line}")
    assert "there are axes, 1" in caught.value.text("en")


def test_a_setting_may_be_a_whole_number_that_numpy_has_not() -> None:
    trace = record(read_gg("input x = [1, -2]\ny = sum(leaky_relu(x, alpha=1e38))"))
    assert trace.gradients["x"].tolist() == [1.0, 1e38]


@pytest.mark.parametrize("stride", [(1,), (2,), (3, 1)])
@pytest.mark.parametrize("dilation", [(1,), (2, 1)])
def test_fold_is_the_transpose_of_windows(stride: Any, dilation: Any) -> None:
    m, x = arrays(), NUMBERS.uniform(-1, 1, (2, 7, 6))
    views = m.windows(x, size=(2, 2), stride=stride, dilation=dilation)
    a = NUMBERS.uniform(-1, 1, views.shape)
    back = m.fold(a, shape=(7, 6), stride=stride, dilation=dilation)
    assert np.sum(views * a) == pytest.approx(np.sum(x * back))


@pytest.mark.parametrize(("op", "shape", "settings"), MOVES)
def test_second_derivatives_pass_through(
    op: str, shape: tuple[int, ...], settings: dict[str, Any]
) -> None:
    value, direction = NUMBERS.uniform(-1, 1, shape), NUMBERS.uniform(-1, 1, shape)
    graph = gg.graph((getattr(gg, op)(gg.input("x", value), **settings) ** 3).sum())
    product = hessian_vector_product(graph, {"x": direction})["x"]
    ends = [record(graph, {"x": value + s * 1e-5 * direction}).gradients["x"] for s in (1, -1)]
    np.testing.assert_allclose(product, (ends[0] - ends[1]) / 2e-5, rtol=1e-6, atol=1e-7)


def test_a_horizontal_flip_is_a_permutation() -> None:
    x = gg.input("x", [[1, 2], [3, 4]])
    assert gg.flip(x).value.tolist() == [[2, 1], [4, 3]]
    assert gg.flip(gg.flip(x)).value.tolist() == [[1, 2], [3, 4]]


def test_codes_of_words_are_all_at_the_distance_of_the_root_of_two() -> None:
    codes = gg.one_hot([1, 2, 3, 4], classes=4, first=1).value
    np.testing.assert_array_equal(codes, np.eye(4))
    apart = [np.linalg.norm(a - b) for i, a in enumerate(codes) for b in codes[:i]]
    np.testing.assert_allclose(apart, np.sqrt(2))


def test_argmax_and_one_hot_undo_one_another() -> None:
    labels = np.array([2.0, 0.0, 1.0])
    codes = gg.one_hot(labels, classes=3)
    assert gg.argmax(codes).value.tolist() == labels.tolist()
    assert gg.argmax([[1, 3], [3, 1]], axis=0, first=1).value.tolist() == [2, 1]


@pytest.mark.parametrize(
    ("condition", "value", "holds", "told"),
    [
        (Condition(0, "every", 0, 1), 3.0, True, "y in {0, 1, ...}"),
        (Condition(0, "every", 0, 1), 0.5, False, "y in {0, 1, ...}"),
        (Condition(0, "every", -1, 2), -1.0, True, "y in {-1, 1, ...}"),
        (Condition(0, "every", -1, 2), 0.0, False, "y in {-1, 1, ...}"),
        (Condition(0, "<=", 1), 1.0, True, "y <= 1"),
        (Condition(0, "<=", 1), np.nextafter(1.0, 2.0), False, "y <= 1"),
        (Condition(0, "every", 0, 1), float("nan"), False, "y in {0, 1, ...}"),
    ],
)
def test_a_condition_holds_and_is_told(
    condition: Condition, value: float, holds: bool, told: str
) -> None:
    assert bool(condition.holds(value)) is holds
    assert condition.holds(np.array([value, value])).tolist() == [holds, holds]
    assert condition.told("y") == told


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda: gg.windows([1, 2, 3], size=4), "shape.windows"),
        (lambda: gg.windows([1, 2, 3], size=(1, 1)), "shape.windows"),
        (lambda: gg.windows([1, 2, 3], size=2, dilation=3), "shape.windows"),
        (lambda: gg.fold([[1, 2], [3, 4]], shape=5), "shape.fold"),
        (lambda: gg.fold([1, 2], shape=2), "shape.fold"),
        (lambda: gg.pad([1, 2], width=(1, 1)), "shape.pad"),
        (lambda: gg.repeat([1, 2], times=0), "op.times"),
        (lambda: gg.one_hot([1, 2], classes=0), "op.times"),
        (lambda: gg.var([1.0], ddof=1), "shape.variance"),
    ],
)
def test_what_does_not_fit_is_told_in_both_languages(wrong: Any, told: str) -> None:
    texts = []
    for language in ("en", "es"):
        with in_language(language), pytest.raises((ShapeError, UsageError)) as caught:
            wrong()
        assert caught.value.message_id == told
        with in_language(language):
            texts.append(str(caught.value))
    assert texts[0] != texts[1]
