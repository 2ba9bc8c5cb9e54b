"""Graph to text to graph: columns, names, groups and values, for all samples and 500 networks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.graph.graph import Graph
from graphgrad.source.gg import load, read_gg
from graphgrad.source.samples import samples
from graphgrad.source.writing.graph_text import to_gg
from tests.source.random_networks import pair
from tests.source.test_writing import assert_same

NETWORKS = 500
QUICK = 40
EVERY = [sample.path for sample in samples()]
SHIPPED = Path(__file__).parents[2] / "samples"


def comes_back(graph: Graph, point: dict[str, Any] | None = None) -> None:
    """Compare a graph with that of its text: also every value and adjoint, bit for bit."""
    again = read_gg(to_gg(graph))
    assert_same(graph, again)
    assert again.line_names == graph.line_names
    assert [line.group for line in again.lines()] == [line.group for line in graph.lines()]
    assert again.heading.table == graph.heading.table
    one, other = record(graph, point), record(again, point)
    for name in graph.line_names:
        np.testing.assert_array_equal(_number(one.value(name)), _number(other.value(name)))
        np.testing.assert_array_equal(_number(one.adjoint(name)), _number(other.adjoint(name)))


def _number(value: Any) -> Any:
    return np.asarray(np.nan if value is None else value, dtype=float)


@pytest.mark.slow
@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_sample_comes_back_with_its_values(path: Path) -> None:
    comes_back(load(path))


def test_samples_with_data_are_among_them() -> None:
    stems = {path.stem for path in EVERY}
    assert stems >= {path.stem for path in SHIPPED.rglob("*.gg")}
    assert {"digits", "next_letter", "lstm"} <= stems


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(first, marks=() if first < QUICK else pytest.mark.slow)
        for first in range(0, NETWORKS, QUICK // 2)
    ],
)
def test_random_networks_come_back_with_their_values(first: int) -> None:
    for seed in range(first, min(NETWORKS, first + QUICK // 2)):
        both = pair(seed)
        try:
            short = read_gg(both.short)
            shapes = {n: short.columns.shape(short.find(n) or 0) for n in both.parameters}
            point = {n: np.reshape(v, shapes[n]) for n, v in both.parameters.items()}
            comes_back(short)
            comes_back(short, point)
            comes_back(read_gg(both.typed), point)
        except Exception as error:
            error.add_note(both.short)
            raise
