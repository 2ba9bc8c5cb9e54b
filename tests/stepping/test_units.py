"""A layer is listed with a row per unit, as wide as the pane at most."""

from __future__ import annotations

import re
from itertools import islice

import pytest

from graphgrad.stepping.units import unit_columns, unit_lines
from tests.tui.networks import work_of

NETWORKS = ("lenet", "lstm", "mlp_arrays", "mlp_scalars", "wide_layer")


@pytest.mark.parametrize("name", NETWORKS)
def test_rows_are_no_wider_than_the_pane(name: str) -> None:
    trace = work_of(name).trace
    listed = 0
    for step in (0, len(trace.steps)):
        state = trace.state(step)
        for line in islice(trace.graph.lines(), 0, 60, 7):
            units = max((len(c.nodes) for c in unit_columns(trace.graph, line.root)), default=0)
            for width in (38, 57, 76):
                rows = unit_lines(state, line.root, width)
                assert all(len(row) <= width for row in rows), (line.name, width)
                numbers = [row.split()[0] for row in rows if re.match(r" *\d+  ", row)]
                assert not rows or numbers == [str(k) for k in range(1, units + 1)], line.name
                listed += bool(rows)
    assert listed


def test_gates_have_no_rows_of_the_matrix_of_all_gates() -> None:
    """A cell keeps the weights of four gates in one matrix, whose rows belong to no unit alone."""
    trace = work_of("lstm").trace
    node = trace.graph.find("h[2].f")
    assert node is not None
    rows = unit_lines(trace.state(len(trace.steps)), node, 57)
    assert rows[0].split() == ["#", "i", "f", "g", "o", "c[2]", "h[2]"]
    assert len(rows) == 5  # two units, their adjoints below; and no word of a batch
    f = trace.value("h[2].f")
    assert [f"{float(f[unit]):.2g}" in rows[1 + 2 * unit] for unit in (0, 1)] == [True, True]


def test_a_layer_of_one_neuron_has_a_row() -> None:
    trace = work_of("mlp_arrays").trace
    node = trace.graph.find("yhat")
    assert node is not None
    assert len(unit_lines(trace.state(len(trace.steps)), node, 57)) == 2


def test_a_convolution_has_a_row_per_channel_with_the_range_of_its_kernel_and_map() -> None:
    trace = work_of("lenet").trace
    assert trace.adjoints is not None
    end = trace.state(len(trace.steps))
    for name, channels in (("a1", 2), ("a2", 4), ("c2.W", 4)):
        node = trace.graph.find(name)
        assert node is not None
        head, *rows = unit_lines(end, node, 57)
        assert name in head.split()
        assert len(rows) == 2 * channels  # the adjoints below the values
        array, adjoint = trace.values[node], trace.adjoints[node]
        for k in range(channels):
            for row, channel in ((rows[2 * k], array[k]), (rows[2 * k + 1], adjoint[k])):
                ends = f"{float(channel.min()):.2g}", f"{float(channel.max()):.2g}"
                assert all(end in row for end in ends), (name, row, ends)
