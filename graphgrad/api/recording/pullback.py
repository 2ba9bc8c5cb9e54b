"""Run the backward pass over tapes, the youngest first, over what the output is made of only."""

from __future__ import annotations

from typing import Any

from graphgrad.api.recording.ancestry import Ancestry, ancestry
from graphgrad.api.recording.not_finite import refuse_outside
from graphgrad.api.recording.tape import Given, Link, Tape
from graphgrad.autodiff.adjoints import Adjoints
from graphgrad.autodiff.deferred import Deferred
from graphgrad.autodiff.passes import backward_by_node
from graphgrad.autodiff.running import Listing, swept_back
from graphgrad.autodiff.sweeps import UNSET, sweep_for
from graphgrad.graph.kinds import MANY
from graphgrad.ops.evaluate import arithmetic, of_type
from graphgrad.trace.live import has_nan, live_entries

__all__ = ["adjoint_of", "pull_back"]


def pull_back(tape: Tape, root: int, seed: Any) -> None:
    """Leave adjoints on the nodes that a root is computed from, and gradients on their leaves.

    Where a leaf's adjoint is not a number, the pass is run again such that a branch not taken adds
    nothing.

    Raises:
        NonFiniteError: if the root is not a number because a loss was given what it does not take:
            class 7 of 3, or 1.5 for a probability.
    """
    if has_nan(tape.value(root)):
        refuse_outside(ancestry(tape, root))
    seed = of_type(seed, tape.value(root))
    tape.limit = 0  # what is built next can be freed without this
    if type(seed) is float and seed == 1.0 and _replayed(tape, root):
        return
    found = _Pass(tape, root, seed)
    found.run()
    if any(map(_has_nan, found.leaves.values())):
        found.run_masked(ancestry(tape, root))
    found.leave()


def _replayed(tape: Tape, root: int) -> bool:
    """Run the tape's program, if there is one that is sure to do as a pass from the root does."""
    if tape.replay is None or root + 1 != len(tape.kinds):
        return False
    found = tape.replay.adjoints(tape.values)
    if found is None:
        return False
    tape.adjoints = Adjoints(found).over(tape.adjoints)
    for node, leaf in tape.placed:
        if found[node] is not UNSET:
            leaf.receive(found[node])
    return True


class _Pass:
    """The adjoints of one backward pass.

    A leaf or a node of an older tape goes on with the sum that younger tapes have come to, so that
    contributions are added in the same order as on one long tape.

    Attributes:
        waiting: per tape that is still to be run, adjoints of some of its nodes.
        leaves: the adjoints of leaves so far.
        swept: per tape that was run, its adjoints.
    """

    def __init__(self, tape: Tape, root: int, seed: Any) -> None:
        self.root = (tape, root)
        self.seed = seed
        self.waiting: dict[Tape, dict[int, Any]] = {tape: {root: seed}}
        self.leaves: dict[Given, Any] = {}
        self.swept: dict[Tape, Adjoints] = {}

    def run(self) -> None:
        while self.waiting:
            tape = max(self.waiting, key=lambda one: one.number)
            adjoints = self._sweep(tape, self.waiting.pop(tape))
            self.swept[tape] = Adjoints(adjoints, pack=tape.is_long)

    def _sweep(self, tape: Tape, start: dict[int, Any]) -> list[Any]:
        top = max(start)
        adjoints: list[Any] = [UNSET] * (top + 1)
        for node, leaf in tape.placed:
            if node <= top:
                adjoints[node] = self.leaves.get(leaf, UNSET)
        for link, node in tape.links.items():
            if node <= top and link.tape in self.waiting:
                adjoints[node] = self.waiting[link.tape].get(link.node, UNSET)
        for node, adjoint in start.items():
            adjoints[node] = adjoint
        self._run(tape, top, adjoints)
        for link, node in tape.links.items():
            if node <= top and adjoints[node] is not UNSET:
                self.waiting.setdefault(link.tape, {})[link.node] = adjoints[node]
        for node, leaf in tape.placed:
            counts = not tape.kinds[node].fixed or self.root == (tape, node)
            if counts and node <= top and adjoints[node] is not UNSET:
                self.leaves[leaf] = adjoints[node]
        return adjoints

    def _run(self, tape: Tape, top: int, adjoints: list[Any]) -> None:
        whole = top + 1 == len(tape.kinds)
        kinds = tape.kinds if whole else tape.kinds[: top + 1]
        listing = Listing(kinds, tape.first, tape.second, tape.many)
        values = tape.values if isinstance(tape.values, list) else list(tape.values)
        swept_back(sweep_for(kinds), listing, values, adjoints, None, precision=tape.precision)

    def run_masked(self, whole: Ancestry) -> None:
        """Run again with masks of what derivatives pass through, on one copy of all nodes."""
        columns = whole.columns
        output, numbers = len(columns) - 1, arithmetic()
        values = [tape.values[node] for tape, node in whole.places]
        live = live_entries(columns, values, output, numbers)
        found = backward_by_node(columns, values, output, self.seed, whole.variable, numbers, live)
        fresh = {tape: [UNSET] * len(adjoints.numbers) for tape, adjoints in self.swept.items()}
        for (tape, node), adjoint in zip(whole.places, found, strict=True):
            if adjoint is not None:
                fresh[tape][node] = adjoint
        self.swept = {tape: Adjoints(numbers) for tape, numbers in fresh.items()}
        for node, leaf in whole.leaves.items():
            if found[node] is not None:
                self.leaves[leaf] = found[node]

    def leave(self) -> None:
        """Leave the adjoints where they are asked for: on the tapes and on the leaves."""
        for tape, adjoints in self.swept.items():
            tape.adjoints = adjoints.over(tape.adjoints)
        for leaf, adjoint in self.leaves.items():
            leaf.receive(adjoint)


def _has_nan(adjoint: Any) -> bool:
    """Tell whether an adjoint holds NaN; what is put off is sure to hold none."""
    known = [adjoint] if not isinstance(adjoint, Deferred) else adjoint.known()
    return any(map(has_nan, known))


def adjoint_of(tape: Tape, node: int) -> Any:
    """Return a node's adjoint; None of what no pass has reached, and of mere numbers."""
    adjoint = tape.adjoints.of(node)
    return adjoint if adjoint is not None and _is_variable(Link(tape, node)) else None


def _is_variable(node: Link) -> bool:
    """Tell whether a node depends on an input or a parameter."""
    ahead, seen = [node], set[Link]()
    while ahead:
        tape, at = link = ahead.pop()
        if link in seen:
            continue
        seen.add(link)
        kind, first = tape.kinds[at], tape.first[at]
        if kind.code < 0:
            ahead.append(tape.given[first])
        elif kind.arity == MANY:
            ahead += (Link(tape, parent) for parent in tape.many[first])
        elif kind.arity:
            ahead += [Link(tape, first), *([Link(tape, tape.second[at])] * (kind.arity - 1))]
        elif not kind.fixed:
            return True
    return False
