"""Changes in place are of tensors: of a node of a graph they are refused in words."""

from __future__ import annotations

import pytest

import graphgrad as gg
import graphgrad.torchlike as torch
from graphgrad.errors import UsageError


@pytest.mark.parametrize("name", ["fill_", "add_", "zero_"])
def test_a_node_of_a_graph_is_not_changed_in_place(name: str) -> None:
    assert torch.ones(2).add_(1).tolist() == [2, 2]
    with pytest.raises(UsageError, match=f"{name} changes a tensor"):
        getattr(gg.param("x", [1.0, 2.0]), name)(3)
