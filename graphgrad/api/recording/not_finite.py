"""Say in Python where numbers on tapes are not finite, or are no class or target of a loss.

What a loss or a table does not take is refused: where its numbers are known when it is called, at
once, else before the backward pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from graphgrad.api.recording.ancestry import Ancestry, ancestry
from graphgrad.api.recording.tape import Tape
from graphgrad.autodiff.running import evaluated
from graphgrad.errors import GraphgradError, NonFiniteError, UsageError
from graphgrad.graph.kinds import MANY
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.given import given
from graphgrad.ops.registry import find
from graphgrad.ops.row import Structural
from graphgrad.trace.live import has_nan
from graphgrad.trace.trouble import CHECKED, broken, is_finite

__all__ = ["first_not_finite", "refuse_known", "refuse_outside"]

_MOVING = frozenset({"equal", "identity", "index", "reshape", "transpose", "where"})
"""What layers do to a target before it is looked at."""


def first_not_finite(tape: Tape, root: int) -> GraphgradError | None:
    """Return where what a root is made of leaves the finite numbers; None if nowhere.

    It is asked after the pass, and looks further only where the root, or a gradient that is a
    number, shows it.
    """
    leaves = (getattr(leaf, "grad", None) for _, leaf in tape.placed if not leaf.kind.shape)
    shows = not is_finite(tape.value(root)) or any(
        gradient is not None and not isfinite(gradient) for gradient in leaves
    )
    if not shows:
        return None
    from graphgrad.api.recording.freeze import freeze
    from graphgrad.autodiff.record import record
    from graphgrad.views.text.trouble import trouble_error

    whole = ancestry(tape, root)
    shape = tape.kinds[root].shape
    seed = arithmetic().one(shape) if shape else None
    graph = freeze(whole, {}, fold=False, loss=False)
    return trouble_error(record(graph, seed=seed, refuse=False), first=0)


def refuse_outside(whole: Ancestry) -> None:
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
    value = _known(operand, name)
    name = getattr(operand, "name", name) if hasattr(operand, "exact") else name
    told = None if value is None else _outside(row, settings, name, value)
    if told is not None:
        raise UsageError(told[0], **told[1])


def _known(operand: Any, name: str) -> Any:
    """Return the value of an operand that stands on numbers and leaves; None of what is computed.

    No value is left on a tape: one that knows none can be run again as others like it were.
    """
    if hasattr(operand, "floats"):
        return operand.floats()
    if hasattr(operand, "place"):
        return _moved(*operand.place())
    return arithmetic().leaf(given(operand, name, booleans=True))


def _moved(tape: Tape, node: int) -> Any:
    kind, first = tape.kinds[node], tape.first[node]
    if kind.code < 0:
        link = tape.given[first]
        return _moved(link.tape, link.node)
    if not kind.arity:
        return tape.given_value(first)
    if kind.row.name not in _MOVING:
        return None
    parents = tape.many[first] if kind.arity == MANY else (first, tape.second[node])[: kind.arity]
    args = tuple([_moved(tape, parent) for parent in parents])
    return None if any(arg is None for arg in args) else evaluated(kind, args)


def _outside(
    op: str, settings: Mapping[str, Any], name: str, value: Any
) -> tuple[str, dict[str, Any]] | None:
    """Return the message about the first entry that is no class or target, and its fields."""
    import numpy as np

    row: Any = find(op)
    for condition in row.domain(settings) if op in ("one_hot", "target") else ():
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
