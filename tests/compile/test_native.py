"""Machine code: the same numbers as NumPy, where it runs; skipped where llvmlite is missing."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.autodiff.record import record
from graphgrad.compile import plan as plans
from graphgrad.compile.native import machine
from graphgrad.compile.plan import Plan
from graphgrad.errors import UsageError
from graphgrad.source.gg import read_gg
from tests.compile.test_array_form import network
from tests.random_programs.oracles import Built
from tests.random_programs.programs import program

needs_llvm = pytest.mark.skipif(
    not machine.has_llvm(), reason="machine code needs llvmlite: pip install 'graphgrad[jit]'"
)


def apart(built: Built) -> tuple[float, bool]:
    """Return how far machine code is from the interpreter, and whether it ran."""
    plan = Plan(built.graph, native=True)
    run, trace = plan(seed=built.seed), built.trace
    found = [run.value, *run.gradients.values()]
    wanted = [trace.value(built.program.output), *(trace.gradients[n] for n in run.gradients)]
    ran = any(compiled.machine is not None for compiled in plan._compiled.values())
    return max(distance(a, b) for a, b in zip(found, wanted, strict=True)), ran


def distance(found: Any, wanted: Any) -> float:
    """Return how far results are apart, relative to 1 or the largest entry."""
    found, wanted = np.asarray(found), np.asarray(wanted)
    assert found.shape == wanted.shape
    assert found.dtype == wanted.dtype
    np.testing.assert_array_equal(np.isnan(found), np.isnan(wanted))
    with np.errstate(invalid="ignore"):
        difference = np.where(found == wanted, 0.0, np.abs(found - wanted))
    finite = np.abs(wanted[np.isfinite(wanted)])
    return float(np.nanmax(difference, initial=0.0) / max(1.0, finite.max(initial=0.0)))


def bound(built: Built) -> float:
    """Return how far apart rounding may take a program: float32 has seven digits."""
    return 1e-4 if any(leaf.single for leaf in built.program.leaves) else 1e-11


def compared(numbers: Any) -> tuple[list[Any], Counter[bool]]:
    """Return the programs that differ, and how many ran as machine code.

    About 7 of 10 do, 64 to 91 of 100 in a row. NumPy runs the others: those with an axis of
    length 0, picked entries (`gather`, as in losses of classes), inverses, convolutions and pools,
    products of more axes than two.
    """
    found, ran = [], Counter[bool]()
    for number in numbers:
        built = Built(program(number))
        far, machine_ran = apart(built)
        ran[machine_ran] += 1
        if not far <= bound(built):
            found.append((number, far))
    return found, ran


@needs_llvm
def test_random_programs_have_the_interpreters_numbers() -> None:
    wrong, ran = compared(range(0, 2000, 61))
    assert wrong == []
    assert ran[True] >= 0.6 * ran.total()


@needs_llvm
@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 2000, 200))
def test_two_thousand_programs_have_the_interpreters_numbers(start: int) -> None:
    wrong, ran = compared(range(start, start + 200, 3))
    assert wrong == []
    assert ran[True] >= 0.6 * ran.total()


@needs_llvm
@pytest.mark.parametrize(
    ("rows", "inner", "columns"), [(1, 1, 1), (3, 7, 5), (9, 2, 33), (8, 40, 1)]
)
@pytest.mark.parametrize("turned", ["", "a", "b", "ab"])
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_products_of_all_shapes_and_orders(
    rows: int, inner: int, columns: int, turned: str, precision: str
) -> None:
    draw = np.random.default_rng(rows + inner)
    a, b = (draw.normal(size=s).astype(precision) for s in ((rows, inner), (inner, columns)))
    x = gg.param("a", a.T if "a" in turned else a)
    y = gg.param("b", b.T if "b" in turned else b)
    product = (x.T if "a" in turned else x) @ (y.T if "b" in turned else y)
    loss = (product * product).sum()
    plan, trace = gg.compile(loss, native=True), record(loss.graph())
    run = plan()
    assert plan.is_machine_code()
    assert run.value == pytest.approx(trace.values[-1], rel=1e-5)
    for name, gradient in run.gradients.items():
        assert gradient.dtype == precision
        scale = np.abs(trace.gradients[name]).max()
        far = 1e-5 if precision == "float32" else 1e-13
        np.testing.assert_allclose(gradient, trace.gradients[name], atol=far * scale)


@needs_llvm
def test_a_network_of_numbers_runs_as_machine_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "MOST_NODES", 10)
    plan, numpy = Plan(network(), native=True), Plan(network())
    assert plan.is_machine_code()
    found, wanted = plan({"w10": 0.25}), numpy({"w10": 0.25})
    assert found.value == pytest.approx(wanted.value, rel=1e-13)
    for name, gradient in wanted.gradients.items():
        assert found.gradients[name] == pytest.approx(gradient, rel=1e-11, abs=1e-13)


@needs_llvm
def test_results_are_nobodys_buffer_and_gradients_of_branches_stay_numbers() -> None:
    plan = Plan(read_gg("param x = [4, 1]\nloss L = sum(where(x > 0, sqrt(x), 0*x))"), native=True)
    first = plan({"x": [4.0, 1.0]}).gradients["x"]
    second = plan({"x": [4.0, 0.0]}).gradients["x"]  # infinity behind a branch not taken
    assert first.tolist() == [0.25, 0.5]
    assert second.tolist() == [0.25, 0.0]
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1.0


@needs_llvm
def test_a_large_product_is_left_to_numpy() -> None:
    x = gg.param("x", np.ones((400, 400)))
    plan = gg.compile((x @ x).sum(), native=True)
    assert not plan.is_machine_code()
    assert plan().value == 400.0**3


def test_without_llvmlite_machine_code_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plans, "has_llvm", lambda: False)
    with pytest.raises(UsageError, match=r"graphgrad\[jit\]"):
        gg.compile(gg.param("x", 1.0) ** 2, native=True)
