"""Compare every layer and loss with PyTorch: outputs and all gradients, to 1e-10.

What PyTorch computed is recorded (`record_torch.py`); where PyTorch is installed it is asked again.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.graph.builder import GraphBuilder
from graphgrad.layers.registry import LAYERS, find_layer
from graphgrad.layers.settings import complete
from tests.layers.networks import emitted
from tests.layers.record_torch import computed, input_digest, recorded, weights_of
from tests.layers.torch_cases import COUNT, MAKERS, Case, cases, values_of

VERSION, RECORDED = recorded()
CASES = dict(cases())
CLOSE: Any = {"rtol": 1e-10, "atol": 1e-10}
DRAWN = {"inverted_dropout": "its mask is given in test_dropout"}
"""Rows that PyTorch has, compared elsewhere, and why; a row that names no door is not PyTorch's."""


def graphgrad_computes(name: str, case: Case) -> dict[str, Any]:
    """Return outputs and gradients of a case by this library, under the recorder's keys."""
    layer = find_layer(case.row)
    assert layer is not None
    shapes = tuple(None if value is None else np.shape(value) for value in case.inputs)
    leaves = layer.leaves(shapes, complete(layer, case.settings), training=case.training)
    values = {leaf.name: values_of(name, leaf.name, leaf.shape) for leaf in leaves}
    if "var" in values:
        values["var"] = np.abs(values["var"]) + 0.5
    builder = GraphBuilder()
    outputs = emitted(builder, case.row, case.inputs, case.settings, values, training=case.training)
    terms = []
    for place, node in enumerate(outputs):
        shape = builder.columns.shape(node)
        weight = builder.constant(weights_of(name, place, shape), shape)
        product = builder.apply("mul", (weight, node))
        terms.append(builder.apply("sum", (product,)) if shape else product)
    total = terms[0]
    for term in terms[1:]:
        total = builder.apply("add", (total, term))
    builder.end_line("L")
    trace = record(builder.freeze(total))
    assert trace.trouble is None
    found = {f"out{place}": trace.values[node] for place, node in enumerate(outputs)}
    for line, gradient in trace.gradients.items():
        key = f"x{int(line[1:]) - 1}" if line[0] == "x" else line.removeprefix("f.")
        found[key] = gradient
    return found


def agree(got: dict[str, Any], expected: dict[str, Any]) -> None:
    assert any(key != "digest" and not key.startswith("out") for key in expected)
    for key, value in expected.items():
        if key != "digest":
            np.testing.assert_allclose(
                got[key], value, err_msg=key, strict=np.ndim(value) > 0, **CLOSE
            )


@pytest.mark.parametrize("name", MAKERS)
def test_outputs_and_gradients_are_those_that_torch_gave(name: str) -> None:
    for number in range(COUNT):
        case = f"{name}-{number}"
        assert RECORDED[case]["digest"] == input_digest(CASES[case]), "record anew"
        agree(graphgrad_computes(case, CASES[case]), RECORDED[case])


@pytest.mark.filterwarnings("ignore:reduction. 'mean' divides:UserWarning")
@pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed; recorded: all")
@pytest.mark.parametrize("name", MAKERS)
def test_torch_itself_gives_the_same(name: str) -> None:
    for number in range(COUNT):
        case = f"{name}-{number}"
        agree(graphgrad_computes(case, CASES[case]), computed(case, CASES[case]))


def test_the_record_is_of_the_version_it_names_and_of_every_row() -> None:
    assert VERSION.startswith("2.13.0")
    assert set(RECORDED) == set(CASES)
    theirs = {row.name for row in LAYERS.values() if row.doors}
    assert theirs - set(DRAWN) <= {case.row for case in CASES.values()}
