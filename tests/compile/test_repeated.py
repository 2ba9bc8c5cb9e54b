"""Graphs that are run often: by programs after some passes, and no bit tells."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.autodiff.record import record
from graphgrad.compile import repeated
from graphgrad.compile.repeated import traced
from graphgrad.source.gg import read_gg
from graphgrad.testing.gradcheck import gradcheck
from tests.api.test_replay import bits
from tests.random_programs.oracles import Built
from tests.random_programs.programs import program


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated, "_PAYS_AFTER", 0)


def by_programs(graph: Any) -> bool:
    return any(vars(graph)["_repeated"]._halves.values())


@pytest.mark.usefixtures("at_once")
def test_random_programs_have_the_interpreters_bits() -> None:
    ran = 0
    for number in range(7, 2000, 23):
        built = Built(program(number))
        found, wanted = traced(built.graph, seed=built.seed), built.trace
        assert list(map(bits, found.values)) == list(map(bits, wanted.values)), number
        assert (found.adjoints is None) == (wanted.adjoints is None)
        for got, expected in zip(found.adjoints or (), wanted.adjoints or (), strict=True):
            assert bits(got) == bits(expected), number
        ran += "_repeated" in vars(built.graph) and by_programs(built.graph)
    assert ran > 50


GRAPH = "const k = 2\ninput x = [1, 2]\nparam w = [3, 4]\nloss L = k*sum(log(w*x)*w)"


def test_a_graph_is_compiled_after_many_passes_at_whatever_points() -> None:
    graph = read_gg(GRAPH)
    for number in range(100):
        point = {"w": [1.0 + number, 0.5]}
        found, wanted = gg.trace(graph, point), record(graph, point)
        assert found.value("L") == wanted.value("L")
        assert found.gradients["w"].tolist() == wanted.gradients["w"].tolist()
        assert by_programs(graph) == (number >= 60)
    with pytest.raises(ValueError, match="read-only"):
        found.gradients["w"][0] = 1.0


@pytest.mark.usefixtures("at_once")
def test_other_constants_and_what_is_not_finite_are_the_interpreters() -> None:
    graph = read_gg(GRAPH)
    assert gg.trace(graph, {"k": 3}).value("L") == record(graph, {"k": 3}).value("L")
    wild = gg.trace(graph, {"w": [-1.0, 1.0]})
    assert np.isnan(wild.value("L"))
    assert wild.trouble is not None
    assert gg.trace(graph).value("L") == record(graph).value("L")


@pytest.mark.usefixtures("at_once")
def test_a_compiled_graph_can_be_copied_and_pickled() -> None:
    graph = read_gg(GRAPH)
    gg.trace(graph)
    assert by_programs(graph)
    for other in (copy.deepcopy(graph), pickle.loads(pickle.dumps(graph))):
        assert other == graph
        assert gg.trace(other).value("L") == gg.trace(graph).value("L")


def test_a_gradient_check_of_many_entries_gives_the_same_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = np.random.default_rng(3).normal(size=40).tolist()
    text = f"param w = {values}\nloss L = sum(tanh(w)*w^2)"
    monkeypatch.setattr(repeated, "_PAYS_AFTER", 10**9)
    wanted = gradcheck(read_gg(text), symbolic=False)
    monkeypatch.setattr(repeated, "_PAYS_AFTER", 60)
    found = gradcheck(read_gg(text), symbolic=False)
    assert found == wanted
    assert found.ok
