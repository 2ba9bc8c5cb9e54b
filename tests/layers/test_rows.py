"""Check every row of layers and losses on its examples: forward and backward, three ways."""

from __future__ import annotations

from typing import Any

import pytest

from graphgrad.layers.registry import LAYERS
from graphgrad.layers.row import Layer
from graphgrad.testing.gradcheck import gradcheck
from tests.layers.networks import network, numbers

CASES = [
    pytest.param(row, shapes, settings, id=f"{row.name}-{index}")
    for row in LAYERS.values()
    for index, (shapes, settings) in enumerate(row.examples)
]


def inputs_of(row: Layer, shapes: Any) -> list[Any]:
    return [numbers(shape, 7 + place) for place, shape in enumerate(shapes)]


@pytest.mark.parametrize(("row", "shapes", "settings"), CASES)
def test_reverse_forward_and_central_differences_agree(
    row: Layer, shapes: Any, settings: dict[str, Any]
) -> None:
    values: list[Any] = inputs_of(row, shapes)
    values += [None] * (len(row.inputs) - len(values))
    check = gradcheck(network(row.name, values, settings), symbolic=False)
    assert check.rows
    assert check.ok, [r for r in check.rows if not r.ok]


def test_every_row_names_examples_and_words() -> None:
    for row in LAYERS.values():
        assert row.examples, row.name
        assert row.doc.endswith("."), row.name
        assert row.spanish, row.name
