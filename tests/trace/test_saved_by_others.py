"""A saved pass that was edited by hand is refused where it is read, or works everywhere."""

from __future__ import annotations

import copy
import json
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.autodiff.lines import line_partials
from graphgrad.autodiff.record import record
from graphgrad.errors import SourceError
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.derive.partials import line_partials as symbolic_partials
from graphgrad.trace.saved import trace_from_json, trace_to_json
from graphgrad.views.tables.run_table import run_table

TEXT = "param w = [1, 2]\ninput x = 3\nh = tanh(w)*x + 1\nloss L = sum(h^2)\n"


def saved() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(trace_to_json(record(read_gg(TEXT))))
    return data


def used(data: dict[str, Any]) -> None:
    """Do with a pass what the commands do."""
    trace = trace_from_json(json.dumps(data))
    list(run_table(trace))
    for line in trace.graph.lines():
        if not trace.graph.is_leaf(line.root):
            line_partials(trace, line)
            symbolic_partials(trace.graph, line)


@pytest.mark.parametrize("where", ["values", "adjoints"])
def test_a_fraction_in_a_pass_of_floats_is_refused(where: str) -> None:
    data = saved()
    for node, value in enumerate(data[where]):
        wrong = copy.deepcopy(data)
        if isinstance(value, dict):
            wrong[where][node]["array"][0] = {"exact": "1/3"}
        elif value is not None:
            wrong[where][node] = {"exact": "1/3"}
        else:
            continue
        with pytest.raises(SourceError) as caught:
            trace_from_json(json.dumps(wrong))
        assert f"{where}[{node}]" in caught.value.text("en")


def test_a_whole_number_in_a_pass_is_a_float() -> None:
    data = saved()
    data["values"][1] = 3
    assert type(trace_from_json(json.dumps(data)).values[1]) is float


def test_a_line_that_holds_what_it_does_not_read_is_refused() -> None:
    text = "param w = 2\na = w^2\nb = exp(w)\nloss L = a*b\n"
    data = json.loads(trace_to_json(record(read_gg(text))))
    del data["graph"]["lines"][1]  # b's line now holds a, which only L reads
    with pytest.raises(SourceError, match="invariant 7"):
        used(data)


def test_an_adjoint_of_what_the_output_does_not_read_is_refused() -> None:
    text = "param w = 2\nside = w^2\noutput y = exp(w)\n"
    data = json.loads(trace_to_json(record(read_gg(text))))
    used(data)
    data["adjoints"][1] = 0.0
    with pytest.raises(SourceError, match=r"adjoints\[1\].*not computed from side"):
        used(data)


def test_arrays_without_entries_are_shown_saved_and_loaded() -> None:
    for shape in ((0,), (0, 2), (2, 0), (0, 0), (2, 0, 3)):
        a = gg.param("A", np.ones(shape))
        trace = gg.sum(gg.tanh(a) * 2).trace()
        assert "empty" in "\n".join(run_table(trace))
        data = json.loads(trace_to_json(trace))
        used(data)
