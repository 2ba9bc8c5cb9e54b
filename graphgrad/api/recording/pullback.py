"""Run the backward pass over tapes, the youngest first, over what the output is made of only.

What a loss or a table does not take is refused: where its numbers are known when it is called, at
once, else before the pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from graphgrad.api.recording.ancestry import Ancestry, ancestry, known_value
from graphgrad.api.recording.tape import Given, Link, Tape
from graphgrad.autodiff.adjoints import Adjoints
from graphgrad.autodiff.deferred import Deferred
from graphgrad.autodiff.passes import backward_by_node
from graphgrad.autodiff.running import Listing, swept_back
from graphgrad.autodiff.sweeps import UNSET, sweep_for
from graphgrad.errors import GraphgradError, NonFiniteError, UsageError
from graphgrad.graph.kinds import MANY
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.evaluate import arithmetic, arrays, of_type
from graphgrad.ops.registry import find
from graphgrad.ops.row import Structural
from graphgrad.trace.live import has_nan, live_entries
from graphgrad.trace.trouble import CHECKED, broken, is_finite

__all__ = ["adjoint_of", "first_not_finite", "pull_back", "refuse_known"]


def pull_back(tape: Tape, root: int, seed: Any) -> None:
    """Leave adjoints on the nodes that a root is computed from, and gradients on their leaves.

    Where a leaf's adjoint is not a number, the pass is run again such that a branch not taken adds
    nothing.

    Raises:
        NonFiniteError: if the root is not a number because a loss was given what it does not take:
            class 7 of 3, or 1.5 for a probability.
    """
    if has_nan(tape.value(root)):
        _refuse_outside(ancestry(tape, root))
    seed = of_type(seed, tape.value(root))
    tape.limit = 0  # what is built next can be freed without this
    if type(seed) is float and seed == 1.0 and _replayed(tape, root):
        return
    found = _Pass(tape, root, seed)
    found.run()
    if any(map(_has_nan, found.leaves.values())):
        found.run_masked(ancestry(tape, root))
    found.leave()


def first_not_finite(tape: Tape, root: int) -> GraphgradError | None:
    """Return where what a root is made of leaves the finite numbers; None if nowhere.

    It is asked after the pass, and looks further only where the root or a gradient shows it.
    """
    gradients = (getattr(leaf, "_grad", None) for _, leaf in tape.placed)
    if is_finite(tape.value(root)) and not any(map(_is_not_finite, gradients)):
        return None
    from graphgrad.api.recording.freeze import freeze
    from graphgrad.autodiff.record import record
    from graphgrad.views.text.trouble import trouble_error

    whole = ancestry(tape, root)
    shape = tape.kinds[root].shape
    seed = arithmetic().one(shape) if shape else None
    graph = freeze(whole, {}, fold=False, loss=False)
    return trouble_error(record(graph, seed=seed, refuse=False), first=0)


def _refuse_outside(whole: Ancestry) -> None:
    """Refuse what a loss does not take; other values that are no numbers pass."""
    for node, (tape, at) in enumerate(whole.places):
        if whole.columns.row(node).name in CHECKED and has_nan(tape.value(at)):
            break
    else:
        return
    from graphgrad.api.recording.freeze import freeze
    from graphgrad.autodiff.record import record
    from graphgrad.views.text.trouble import trouble_error

    trace = record(freeze(whole, {}, fold=False, loss=True), refuse=False)
    trouble = trace.trouble
    if trouble is None or trouble.reason != "domain":
        return
    error = trouble_error(trace)
    if error is not None and trace.graph.columns.row(trouble.node).name in CHECKED:
        raise _in_python(trace) or error


def _in_python(trace: Any) -> GraphgradError | None:
    """Return why a pass was refused as Python counts, where a class or a target is at fault."""
    graph, trouble = trace.graph, trace.trouble
    if trouble is None or trouble.reason != "domain" or trouble.slot is None:
        return None
    columns = graph.columns
    parent = columns.parents_of(trouble.node)[trouble.slot]
    line = graph.line(graph.line_of(parent))
    name = line.name if line.root == parent else "target"
    told = _outside(
        columns.row(trouble.node).name, columns.settings_of(trouble.node),
        name, trace.values[parent],
    )  # fmt: skip
    return None if told is None else NonFiniteError(*told[:1], **told[1])


def refuse_known(row: str, settings: Mapping[str, Any], name: str, operand: Any) -> None:
    """Refuse a class or a target that is outside its domain, where its numbers are known already.

    Args:
        row: the op that is called; all but those of classes and targets pass.
        settings: its settings.
        name: what the caller calls the operand; a leaf has a name of its own.
        operand: a handle, numbers or an array.

    Raises:
        UsageError: with the first number that is wrong, and where it stands.
    """
    value = known_value(operand, name)
    name = getattr(operand, "name", name) if hasattr(operand, "exact") else name
    told = None if value is None else _outside(row, settings, name, value)
    if told is not None:
        raise UsageError(told[0], **told[1])


def _outside(
    op: str, settings: Mapping[str, Any], name: str, value: Any
) -> tuple[str, dict[str, Any]] | None:
    """Return the message about the first entry that is no class or target, and its fields."""
    import numpy as np

    row: Any = find(op)
    asked = op == "target" or (op == "one_hot" and settings["classes"] > 0)  # else refused as such
    for condition in row.domain(settings) if asked else ():
        wrong = broken(condition, (value,)) & ~np.isnan(value)  # that shows itself
        if not wrong.any():
            continue
        at = tuple(int(axis[0]) for axis in np.atleast_1d(wrong).nonzero()) if wrong.shape else ()
        got = f"{np.asarray(value, dtype=float)[at]:g}"
        argument = f"{name}[{', '.join(map(str, at))}]" if at else name
        if isinstance(row, Structural):
            first, count = int(settings["first"]), int(settings["classes"])
            last = first + count - 1
            fields = {"argument": argument, "got": got, "first": first, "last": last}
            return "nn.class", fields | {"count": count}
        why = Worded("target.sign" if settings["step"] else "target.probability")
        fields = {"argument": argument, "got": got, "condition": condition.told(argument)}
        return "nn.target", fields | {"why": why}
    return None


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


def _is_not_finite(gradient: Any) -> bool:
    """Tell whether a gradient, or what is known of one that is put off, is not finite."""
    if gradient is None or type(gradient) is float:
        return gradient is not None and not isfinite(gradient)
    known = [gradient] if not isinstance(gradient, Deferred) else gradient.known()
    return any(not isfinite(_square(term)) and not is_finite(term) for term in known)


def _square(term: Any) -> float:
    """Return a sum of squares, which is finite where all entries are and none is huge."""
    np = arrays().np
    return float(np.vdot(term, term))


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
