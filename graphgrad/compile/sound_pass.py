"""Run forward and backward where all is finite and inside its domain; else say so and no more.

Training asks for little: a loss, some gradients, and whether a pass is sound. What is wrong with
one that is not, the interpreter tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any, NamedTuple

from graphgrad.compile.compiled import MOST_NODES, Compiled
from graphgrad.compile.recording.lowering import Lowering
from graphgrad.graph.copying import with_defaults
from graphgrad.graph.graph import Graph
from graphgrad.ops.row import Condition
from graphgrad.trace.trouble import holds

__all__ = ["Sound", "SoundPass"]

_SMALL = 20_000
"""Entries up to which a program keeps every bit: what costs time there are calls, not entries."""
_PAYS_AFTER = 50
"""Passes over a small graph after which compiling it has begun to pay."""


class Sound(NamedTuple):
    """What a sound pass gives: the output, the adjoints and the values that were asked for."""

    value: float
    adjoints: list[Any]
    seen: dict[int, Any]


class SoundPass:
    """The passes over a graph whose leaves change from one to the next.

    A small graph is compiled once it has been run often, and gives the interpreter's bits; a large
    one on its second pass, and gives its numbers up to rounding.

    Args:
        graph: a graph whose output is one number.
        given: the leaves whose values change.
        wrt: the leaves to differentiate by, none for the forward pass alone.
        guards: what arguments must satisfy, as (node, condition).
        fixed: the values of the other leaves.
        exact: whether a small graph gives the interpreter's bits.
        seen: nodes whose values are handed out besides, such as the statistics of a batch.
    """

    def __init__(
        self,
        graph: Graph,
        given: Sequence[int],
        wrt: Sequence[int],
        guards: Sequence[tuple[int, Condition]],
        fixed: Mapping[int, Any],
        *,
        exact: bool = True,
        seen: Sequence[int] = (),
    ) -> None:
        self.seen = list(seen)
        self.graph = with_defaults(graph, {**graph.defaults, **fixed})
        self.given = sorted(given)
        self.wrt = list(wrt)
        self.guards = list(guards)
        entries = sum(prod(graph.columns.shape(n)) for n in range(len(graph)))
        self.exact = exact and entries <= _SMALL
        self.passes = 0
        self._compiled: dict[str, Compiled] = {}

    def pays(self) -> bool:
        """Count a pass, and tell whether it is to be run here."""
        self.passes += 1
        often = self.passes > (_PAYS_AFTER if self.exact else 1)
        return often and len(self.graph) <= MOST_NODES

    def run(self, leaves: Mapping[int, Any]) -> Sound | None:
        """Return the output and what is asked for beside it; None where it is not sound.

        Args:
            leaves: the values of the leaves that change, by node.
        """
        values = [leaves[node] for node in self.given]
        kinds = "".join("s" if isinstance(v, float) else v.dtype.char for v in values)
        compiled = self._compiled.get(kinds)
        if compiled is None:
            compiled = self._compiled[kinds] = self._compile(kinds)
        found = compiled.run(values)
        if found is None:
            return None
        adjoints, end = 1 + len(self.wrt), len(found) - len(self.seen)
        looked_at = found[adjoints:end]
        pairs = zip(self.guards, looked_at, strict=True)
        if not all(holds(condition, value) for (_, condition), value in pairs):
            return None
        seen = dict(zip(self.seen, found[end:], strict=True))
        return Sound(found[0], list(found[1:adjoints]), seen)

    def _compile(self, kinds: str) -> Compiled:
        lowering = Lowering(self.graph, dict(zip(self.given, kinds, strict=True)))
        program = lowering.program
        results = [program.values[self.graph.output]]
        if self.wrt:
            lowering.backward(self.wrt)
            results += lowering.gradients(self.wrt)
        results += [program.values[node] for node, _ in self.guards]
        results += [program.values[node] for node in self.seen]
        return Compiled(self.graph, program, results, exact=self.exact, finite=True)
