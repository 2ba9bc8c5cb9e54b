"""Tapes that look like those before them: run by programs, and no bit tells."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.api.recording import replay, tape
from graphgrad.trace.live import has_nan
from tests.random_programs.oracles import Built
from tests.random_programs.programs import program


@pytest.fixture(autouse=True)
def _no_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "_forms", {})


def fresh(monkeypatch: pytest.MonkeyPatch, pays_after: int) -> None:
    """Begin a new tape; tapes are compiled after so many of their form."""
    monkeypatch.setattr(tape, "_open", threading.local())
    monkeypatch.setattr(replay, "_PAYS_AFTER", pays_after)


def everything(number: int) -> tuple[list[Any], bool]:
    """Return every value and adjoint of a random program, and whether it was run by programs."""
    built = Built(program(number))
    built.output.backward(built.seed)
    ran = built.output.tape is not None and built.output.tape.replay is not None
    nodes = list(built.known.values())
    return [node.value for node in nodes] + [node.grad for node in nodes], ran


def bits(value: Any) -> Any:
    """Return what tells a number from all others but its sign of 0 and its payload of NaN."""
    if value is None:
        return None
    array = np.asarray(value) + 0.0
    return array.dtype.str, array.shape, np.where(np.isnan(array), np.nan, array).tobytes()


def compared(numbers: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[list[int], int]:
    """Return the programs that differ, and how many were run by programs."""
    apart, ran = [], 0
    for number in numbers:
        fresh(monkeypatch, 10**9)
        wanted, plain = everything(number)
        fresh(monkeypatch, 0)
        got, replayed = everything(number)
        assert not plain
        ran += replayed
        if list(map(bits, got)) != list(map(bits, wanted)):
            apart.append(number)
    return apart, ran


def test_random_programs_have_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    apart, ran = compared(range(0, 2000, 19), monkeypatch)
    assert apart == []
    assert ran > 60


def steps(count: int, step: Any) -> list[Any]:
    """Return what a step of a loop leaves, per step; all are the same but the first few slower."""
    return [step(number) for number in range(count)]


def test_a_loop_of_training_goes_on_with_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(0)
    data, codes = draw.normal(size=(20, 3)), np.eye(2)[draw.integers(0, 2, 20)]
    weights = draw.normal(size=(3, 2))

    def trained(pays_after: int) -> tuple[list[Any], int]:
        fresh(monkeypatch, pays_after)
        monkeypatch.setattr(replay, "_forms", {})
        x, w, b = gg.input("x", data), gg.param("w", weights), gg.param("b", [0.0, 0.1])
        seen, ran = [], 0
        for _ in range(12):
            z = x @ w + b
            h = gg.relu(z)
            loss = (gg.logsumexp(h, axis=1).sum() - (codes * h).sum()) / 20
            loss.backward()
            ran += loss.tape.replay is not None
            seen += [loss.value, h.value, z.grad, w.grad, b.grad, x.grad, loss.grad]
            for leaf in (w, b):
                leaf.value -= 0.1 * leaf.grad
        return list(map(bits, seen)), ran

    wanted, none = trained(10**9)
    got, ran = trained(4)
    assert (none, ran) == (0, 8)
    assert got == wanted


def test_a_value_asked_for_later_is_that_of_the_present_leaves() -> None:
    x, w = gg.input("x", [1.0, 2.0, 3.0]), gg.param("w", [0.5, 0.5, 0.5])
    for _ in range(100):
        h = gg.tanh(x * w)
        loss = (h * h).sum() + 1
        assert loss.value == pytest.approx(float((np.tanh([0.5, 1, 1.5]) ** 2).sum()) + 1)
        loss.backward()
    first = h.grad
    w.value = [0.0, 0.0, 0.0]
    assert h.value.tolist() == [0.0, 0.0, 0.0]
    assert loss.value == 1.0
    assert h.grad.tolist() == first.tolist()
    later = gg.exp(h)
    assert later.value.tolist() == [1.0, 1.0, 1.0]
    loss.backward()
    assert w.grad.tolist() == [0.0, 0.0, 0.0]


def test_what_is_not_a_number_is_left_to_the_interpreter() -> None:
    x = gg.param("x", [4.0, 1.0])
    for number in range(100):
        x.value = [4.0, 0.0 if number % 10 == 9 else 1.0]
        root = gg.where(x > 0, gg.sqrt(x), 0 * x)
        loss = (root * 2).sum()
        loss.backward()
        assert not has_nan(x.grad)
        assert x.grad.tolist() == ([0.5, 0.0] if number % 10 == 9 else [0.5, 1.0])


def test_numbers_of_formulas_are_part_of_the_form() -> None:
    x = gg.param("x", [1.0, -2.0])
    for number in range(300):
        factor = float(number % 3)
        loss = (x * factor + x * -0.0 + 1).sum()
        loss.backward()
        assert loss.value == 2.0 - factor
        assert x.grad.tolist() == [factor, factor]


def test_a_class_that_does_not_exist_is_still_found() -> None:
    logits = gg.param("z", [[0.1, 0.2, 0.3], [0.3, 0.2, 0.1]])
    for number in range(100):
        target = gg.input("t", [0, 2])
        loss = (gg.one_hot(target, classes=3) * logits * 2 + logits).sum()
        target.value = [0, 3 if number == 99 else 2]  # not known when it was called
        assert np.isnan(loss.value) == (number == 99)


def test_forms_that_never_come_again_are_forgotten() -> None:
    x = gg.param("x", [1.0, 2.0])
    for number in range(500):
        (x * x + x * float(number) + 1).sum().backward()
    assert len(replay._forms) <= replay._MOST_FORMS


@pytest.mark.slow
def test_two_thousand_programs_have_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    apart, ran = compared(range(2000), monkeypatch)
    assert apart == []
    assert ran > 1200
