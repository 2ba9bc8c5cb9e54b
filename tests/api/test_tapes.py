"""Tapes under handles: what is freed, what stays, and that how it is cut makes no difference."""

from __future__ import annotations

import copy
import gc
import pickle
import threading
import weakref
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad import nn
from graphgrad.api.handle import apply
from graphgrad.api.recording import tape as tapes
from graphgrad.api.recording.tape import tapes_behind
from graphgrad.autodiff.record import record
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise, Structural


def network(steps: int) -> tuple[Any, list[Any]]:
    """Return a loss with shared nodes and leaves used all along, and its leaves."""
    w, b, x = gg.param("w", 0.75), gg.param("b", -0.125), gg.input("x", 0.5)
    early = h = gg.tanh(w * x)
    for k in range(steps):
        h = gg.tanh(h * w + b) + (early * 0.25 if k % 3 == 0 else x)
    return h * h + early, [w, b, x]


@pytest.mark.parametrize("longest", [7, 64, 1 << 16])
def test_where_tapes_are_cut_changes_no_bit(longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    loss, leaves = network(300)
    loss.backward()
    expected = [loss.value, *(leaf.grad for leaf in leaves)]
    graph = loss.graph()
    monkeypatch.setattr(tapes, "_SHORTEST", 5)
    monkeypatch.setattr(tapes, "_LONGEST", longest)
    loss, leaves = network(300)
    assert len(tapes_behind(loss.tape)) > (1 if longest > 64 else 8)
    loss.backward()
    assert [loss.value, *(leaf.grad for leaf in leaves)] == expected
    assert loss.graph() == graph
    trace = record(graph)
    assert [trace.values[graph.output], *(trace.gradients[name] for name in "wbx")] == expected


def test_inner_nodes_of_all_tapes_keep_their_adjoints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tapes, "_SHORTEST", 4)
    monkeypatch.setattr(tapes, "_LONGEST", 8)
    w = gg.param("w", 2.0)
    chain = [w * 1]
    for _ in range(50):
        chain.append(chain[-1] * w)
    chain[-1].backward()
    assert [node.grad for node in chain] == [2.0 ** (50 - k) for k in range(51)]
    (chain[3] * 3).backward()
    assert (chain[3].grad, chain[1].grad, chain[20].grad) == (3.0, 12.0, 2.0**30)
    twin = pickle.loads(pickle.dumps(chain[20]))
    assert (twin.grad, twin.value) == (2.0**30, 2.0**21)


def test_a_tape_is_freed_with_its_last_handle_at_once() -> None:
    gc.disable()
    try:
        w, x = gg.param("w", np.ones(1000)), gg.input("x", np.ones(1000))
        loss = gg.sum(w * x)
        loss.backward()
        gone = weakref.ref(loss.tape)
        older = loss + 1
        assert older.tape is not loss.tape
        del loss
        assert gone() is not None  # a younger tape reads it
        del older
        assert gone() is None
    finally:
        gc.enable()


def test_copies_of_many_tapes_are_made_without_recursion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tapes, "_SHORTEST", 2)
    monkeypatch.setattr(tapes, "_LONGEST", 2)
    w = gg.param("w", 1.0)
    h = w * 1
    for _ in range(5_000):
        h = h + w
    for twin in (copy.deepcopy(h), pickle.loads(pickle.dumps(h))):
        assert twin.value == 5_001.0
    first, last = copy.deepcopy((w, h))
    last.backward()
    assert (first.grad, w.grad) == (5_001.0, None)


def test_threads_that_share_leaves_do_not_disturb_each_other() -> None:
    w, x = gg.param("w", 0.5), gg.input("x", 2.0)
    found: list[float] = []

    def build() -> None:
        for _ in range(30):
            h = w * x
            for _ in range(50):
                h = gg.tanh(h * w + x)
            found.append(h.value)

    workers = [threading.Thread(target=build) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(found) == 120
    assert len(set(found)) == 1


def test_a_parameter_frozen_between_two_calls_is_constant_in_the_second() -> None:
    layer = nn.Linear(2, 1)
    first = layer(np.ones((3, 2)))
    layer.weight.requires_grad = False
    second = gg.sum(layer(np.ones((3, 2))))
    second.backward()
    assert layer.weight.grad is None
    gg.sum(first).backward()
    assert layer.bias.grad is not None


def test_a_number_computed_from_constants_has_no_adjoint() -> None:
    w, c = gg.param("w", 3.0), gg.relu(2.0)
    (c * w).backward()
    assert (w.grad, c.grad) == (2.0, None)


# ---- gradients of data ----


def test_the_gradient_of_data_is_what_it_would_have_been_at_once() -> None:
    draw = np.random.default_rng(0)
    values = draw.normal(size=(5, 4)), draw.normal(size=(4, 3)), draw.normal(size=(4, 2))

    def gradients(kind: Any) -> list[Any]:
        x, a, b = kind("x", values[0]), gg.param("a", values[1]), gg.param("b", values[2])
        (gg.sum(gg.tanh(x @ a)) + gg.sum((x @ b) ** 2) + gg.sum(x)).backward()
        a.value = np.zeros((4, 3))  # later values must not show
        return [x.grad, copy.deepcopy(x).grad, a.grad]

    for _ in range(30):  # until the loops are written, and beyond
        for data, trained in zip(gradients(gg.input), gradients(gg.param), strict=True):
            np.testing.assert_array_equal(data, trained)


def test_data_with_an_infinite_factor_gets_what_a_recorded_pass_gives() -> None:
    for _ in range(40):
        x, w = gg.input("x", [[1.0, 2.0]]), gg.param("w", [[np.inf], [1.0]])
        loss = gg.sum(x @ w) * 0
        loss.backward()
        np.testing.assert_array_equal(x.grad, record(loss.graph()).gradients["x"])


@pytest.mark.parametrize("shortest", [3, 1 << 12])
def test_a_branch_not_taken_is_left_out_over_all_tapes(
    shortest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tapes, "_SHORTEST", shortest)
    x, w = gg.param("x", [0.0, 4.0]), gg.param("w", 0.0)
    root = gg.where(x > 0, gg.sqrt(x), x * 3)
    loss = gg.sum(root) + gg.where(w > 0, gg.sqrt(w), w * 2)
    loss.backward()
    assert (x.grad.tolist(), w.grad, root.grad.tolist()) == ([3.0, 0.25], 2.0, [1.0, 1.0])


# ---- precision ----


def _arguments(row: Any) -> list[tuple[list[tuple[int, ...]], dict[str, Any]]]:
    if isinstance(row, Elementwise):
        settings = {setting.name: 3 for setting in row.settings if setting.default is None}
        return [([(2, 3)] * len(row.arguments), settings)]
    return [(list(shapes), settings) for shapes, settings in row.examples if () not in shapes]


def _drawn(draw: Any, row: Any, shape: Any) -> Any:
    """Return numbers that a row takes: `one_hot` takes numbers of classes."""
    return np.ones(shape) if row.name == "one_hot" else np.asarray(draw.uniform(0.3, 0.9, shape))


@pytest.mark.parametrize(
    "row", [row for row in ROWS if isinstance(row, Elementwise | Structural)], ids=lambda r: r.name
)
def test_every_row_keeps_float32(row: Any) -> None:
    draw = np.random.default_rng(0)
    for shapes, settings in _arguments(row):
        for _ in range(2):
            args = [
                gg.param(f"x{place}", _drawn(draw, row, shape).astype(np.float32))
                for place, shape in enumerate(shapes)
            ]
            result = apply(row.name, *args, **settings)
            result.backward(np.ones(result.shape, np.float32) if result.shape else None)
            kept = [result.value, *(arg.grad for arg in args)]
            assert {value.dtype for value in kept if np.ndim(value)} == {np.dtype("float32")}
