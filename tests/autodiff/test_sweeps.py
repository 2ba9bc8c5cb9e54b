"""The written loops of both passes do what the rows do, bit for bit, and read no text of users."""

from __future__ import annotations

import math
import struct
from itertools import product
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.autodiff import running, sweeps
from graphgrad.autodiff.passes import backward_by_node, forward_by_node, run_forward
from graphgrad.autodiff.sweeps import UNSET
from graphgrad.graph.columns import Columns
from graphgrad.ops.evaluate import arithmetic, of_type
from graphgrad.ops.registry import ROWS, code_of, remove_row
from graphgrad.ops.row import Elementwise, Structural
from tests.ops.test_elementwise import settings_of

SPECIAL = [
    0.0, -0.0, 1.0, -1.0, 0.5, -2.0, 3.0, 7.25, 1e-320, 1e300, -1e300, 710.0, -745.5,
    math.inf, -math.inf, math.nan,
]  # fmt: skip
NUMBERS = [*SPECIAL, *np.random.default_rng(0).normal(scale=3, size=12).tolist()]
ELEMENTWISE = [row for row in ROWS if isinstance(row, Elementwise) and not row.variadic]
STRUCTURAL = [row for row in ROWS if isinstance(row, Structural)]


@pytest.fixture(autouse=True)
def _written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "_FEWEST_NODES", 0)


def bits(value: Any) -> Any:
    """Return what tells values apart to the last bit; every NaN is one."""
    if value is None:
        return None
    if isinstance(value, float):
        return "nan" if value != value else struct.pack("d", value)
    array = np.where(np.isnan(value), np.nan, value)
    return array.dtype.str, array.shape, array.tobytes()


def both_ways(columns: Columns, leaves: dict[int, Any], output: int, seed: Any) -> None:
    """Assert that sweeps and rows agree on every value and every adjoint."""
    numbers, every = arithmetic(), bytes([1]) * len(columns)
    swept = run_forward(columns, leaves, numbers)
    seed = of_type(seed, swept[output])
    by_node = forward_by_node(columns, leaves, numbers, [])
    assert list(map(bits, swept)) == list(map(bits, by_node))
    wanted = backward_by_node(columns, by_node, output, seed, every, numbers, None)
    listing = running.listed(columns)
    adjoints: list[Any] = [UNSET] * output + [seed]
    sweep = sweeps.sweep_for(listing.kinds)
    precision = running.precision_of(swept)
    running.swept_back(sweep, listing, swept, adjoints, every, precision=precision)
    found = [None if adjoint is UNSET else bits(adjoint) for adjoint in adjoints]
    assert found == list(map(bits, wanted[: output + 1]))


@pytest.mark.parametrize("row", ELEMENTWISE, ids=lambda row: row.name)
def test_every_row_on_numbers(row: Elementwise) -> None:
    for settings in settings_of(row):
        columns, leaves = Columns(), {}
        for args in product(NUMBERS[:: len(row.arguments)], repeat=len(row.arguments)):
            parents = []
            for value in args:
                parents.append(columns.leaf(code_of("param"), ()))
                leaves[parents[-1]] = value
            node = columns.apply(code_of(row.name), parents, settings)
            _check_one(columns, leaves, node)


def _check_one(columns: Columns, leaves: dict[int, Any], node: int) -> None:
    if node % 9 == 0:  # passes over all the nodes so far, from a node in the midst of them
        for seed in (1.0, -0.5, -0.0):
            both_ways(columns, leaves, node, seed)


@pytest.mark.parametrize("row", STRUCTURAL, ids=lambda row: row.name)
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_every_row_on_arrays(row: Structural, precision: str) -> None:
    draw = np.random.default_rng(1)
    for shapes, settings in row.examples:
        columns, leaves = Columns(), {}
        parents = [columns.leaf(code_of("param"), shape) for shape in shapes]
        for parent, shape in zip(parents, shapes, strict=True):
            leaves[parent] = _drawn(draw, shape, precision)
        node = columns.apply(code_of(row.name), parents, settings)
        again = columns.apply(code_of("add"), (node, node), {})
        shape = columns.shape(again)
        both_ways(columns, leaves, again, _drawn(draw, shape, precision))


def _drawn(draw: Any, shape: tuple[int, ...], precision: str) -> Any:
    found = draw.normal(size=shape).round(1)  # rounded, so that some are equal
    return float(found) if shape == () else found.astype(precision)


@pytest.mark.parametrize("row", ELEMENTWISE, ids=lambda row: row.name)
@pytest.mark.parametrize("shapes", [((2, 3), (3,), (2, 1)), ((4,), (), (4,)), ((), (2,), ())])
def test_every_elementwise_row_on_arrays_that_broadcast(row: Elementwise, shapes: Any) -> None:
    draw = np.random.default_rng(2)
    for settings in settings_of(row):
        columns, leaves = Columns(), {}
        parents = [columns.leaf(code_of("param"), shape) for shape in shapes[: len(row.arguments)]]
        for parent in parents:
            leaves[parent] = _drawn(draw, columns.shape(parent), "float64")
        node = columns.apply(code_of(row.name), parents, settings)
        both_ways(columns, leaves, node, _drawn(draw, columns.shape(node), "float64"))


def test_a_formula_that_asks_what_only_numbers_answer_is_run_as_it_is() -> None:
    def formula(m: Any, x: Any) -> Any:
        return x * x if x == x else x  # a symbol does not say whether it is equal to itself

    bent = gg.register("bent", formula, [lambda m, out, x: 2 * x])
    try:
        x = gg.param("x", 3.0)
        total = sum(bent(x) for _ in range(500))
        total.backward()
        assert (total.value, x.grad) == (4500.0, 3000.0)
    finally:
        remove_row("bent")


def test_numbers_of_users_are_data_of_the_loops() -> None:
    seen = []
    compiled = compile

    def spy(text: str, *rest: Any) -> Any:
        seen.append(text)
        return compiled(text, *rest)

    sweeps.compile = spy  # type: ignore[attr-defined]
    try:
        x = gg.param("secret_name", 2.5)
        y = gg.leaky_relu(x * 123.456 + 0.875, alpha=0.03125) ** 3
        y.backward()
    finally:
        del sweeps.compile  # type: ignore[attr-defined]
    text = "\n".join(seen)
    assert "append" in text
    assert not any(word in text for word in ("secret", "123", "0.875", "03125", "2.5"))
