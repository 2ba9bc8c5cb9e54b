from __future__ import annotations

import random

import numpy as np
import pytest

from graphgrad.autodiff.lines import line_partials as numeric_partials
from graphgrad.autodiff.record import record
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Edge
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.derive.partials import line_partials, node_partials
from graphgrad.symbolic.sympy_rows.precise import sample_points, sample_settings
from tests.symbolic.formulas import LEAVES, random_line
from tests.symbolic.reading import assert_close, last_line, names_of


@pytest.mark.parametrize("seed", range(150))
def test_texts_evaluate_to_the_numbers_of_the_trace(seed: int) -> None:
    rng = random.Random(seed)
    graph = read_gg(f"{LEAVES}q = {random_line(rng, rng.choice('svwm'))}\n")
    shape = graph.columns.shape(graph.output)
    adjoint = np.random.default_rng(seed).normal(size=shape) if shape else 0.7
    trace = record(graph, seed=adjoint)
    names, line = names_of(trace), last_line(graph)
    symbolic, numeric = line_partials(graph, line), numeric_partials(trace, line)
    assert [p[:2] for p in symbolic] == [p[:2] for p in numeric]
    for partial, number in zip(symbolic, numeric, strict=True):
        assert (partial.kind == "partial") == (number.value is not None)
        expected = number.contribution if number.value is None else number.value
        assert_close(partial.text, names, expected)
        assert "\x02" not in partial.text + partial.latex
        assert partial.latex.count("{") == partial.latex.count("}")
    for node in line.nodes:
        for partial in node_partials(graph, node):
            edge = Edge(partial.source, node, partial.slot)
            value = trace.partial(edge)
            assert_close(partial.text, names, trace.contribution(edge) if value is None else value)


def test_every_row_has_a_text_that_evaluates_to_its_partial() -> None:
    for row in ROWS:
        if not isinstance(row, Elementwise):
            continue
        settings = sample_settings(row)[-1]
        point = next(iter(sample_points(row, settings)))
        builder = GraphBuilder()
        leaves = [
            builder.leaf_line(f"x{index}", "param", value) for index, value in enumerate(point)
        ]
        output = builder.apply(row.name, leaves, **settings)
        builder.end_line("q")
        graph = builder.freeze(output)
        trace = record(graph)
        for partial in line_partials(graph, last_line(graph)):
            value = trace.partial(Edge(partial.source, output, partial.slot))
            assert_close(partial.text, names_of(trace), value)
