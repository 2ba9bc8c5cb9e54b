"""Push many tangents forward through a graph that is being lowered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.compile.batched import Batch, Batched
from graphgrad.compile.lowering import Lowering
from graphgrad.ops.row import Elementwise, Structural

__all__ = ["Pushed"]


class Pushed:
    """Forward mode over a graph that is being lowered, on many tangents at once.

    Args:
        lowering: the graph, with its values.
        tangents: a batch of tangents per leaf.
        count: how many tangents a batch has.
    """

    def __init__(self, lowering: Lowering, tangents: Mapping[int, Any], count: int) -> None:
        self.lowering = lowering
        self.m = Batched(lowering.m, count)
        self.tangents: dict[int, Any] = {n: Batch(self.m, var) for n, var in tangents.items()}
        columns = lowering.columns
        for node in range(len(columns)):
            parents = columns.parents_of(node)
            terms = [
                self._term(node, slot, self.tangents[parent])
                for slot, parent in enumerate(parents)
                if parent in self.tangents
            ]
            kept = [term for term in terms if term is not None]
            if kept:
                self.tangents[node] = sum(kept[1:], kept[0])

    def _term(self, node: int, slot: int, tangent: Batch) -> Any:
        lowering, m = self.lowering, self.m
        row, settings = lowering.columns.row(node), lowering.settings_of(node)
        out = lowering.value(node)
        args = tuple(lowering.value(parent) for parent in lowering.columns.parents_of(node))
        if isinstance(row, Elementwise):
            partial = row.computed_partials[slot](lowering.m, out, *args, **settings)
            if not hasattr(partial, "at") and partial == 0:
                return None
            product = partial * tangent if hasattr(partial, "at") else tangent * partial
            shape = lowering.columns.shape(node)
            return product if m.shape(product) == shape else m.broadcast(product, shape=shape)
        assert isinstance(row, Structural)
        if row.pushforward is not None:
            return row.pushforward(m, tangent, out, args, slot, **settings)
        moved = (*args[:slot], tangent, *args[slot + 1 :])
        return row.evaluate(m, *moved, **settings)
