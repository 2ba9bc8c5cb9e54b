"""Say what is stepped through, where it was read from, and what edits have made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphgrad.trace.trace import Trace

__all__ = ["Change", "History", "Origin", "Work", "changes_between"]


class Origin(NamedTuple):
    """The text a graph was read from.

    Attributes:
        text: the source.
        path: its file; empty if there is none.
        row: the row of its data that was chosen.
        free_inputs: whether unknown names are inputs, as in ``-e``.
        zoom: ``array``, or ``scalar`` where every entry is a line.
        stable: whether lines are computed in stable forms.
        training: whether layers build what they are in training.
        sizes: values of consts on which bounds and sizes depend, instead of those in the text.
    """

    text: str
    path: str = ""
    row: int | None = None
    free_inputs: bool = False
    zoom: str = "array"
    training: bool = True
    stable: bool = False
    sizes: tuple[tuple[str, Any], ...] = ()


class Work(NamedTuple):
    """A trace with its source and the values given by hand.

    Attributes:
        trace: the run.
        origin: the text it was read from.
        point: values given by hand.
        label: what it is, where that is not the file as it stands: a row of a training.
    """

    trace: Trace
    origin: Origin | None = None
    point: Mapping[str, Any] = {}
    label: str = ""


class History:
    """The works before and after the present one; whoever steps holds the present one.

    Attributes:
        done: those before it, the latest last.
        undone: those that an undo left behind, the latest last.
    """

    def __init__(self) -> None:
        self.done: list[Work] = []
        self.undone: list[Work] = []

    def enter(self, present: Work) -> None:
        """Leave the present work for one that follows from it."""
        self.done.append(present)
        self.undone.clear()

    def step(self, command: str, present: Work) -> Work | None:
        """Return the work that ``undo`` or ``redo`` leads to; None if there is none."""
        source, target = self.done, self.undone
        if command == "redo":
            source, target = target, source
        if not source:
            return None
        target.append(present)
        return source.pop()


class Change(NamedTuple):
    """What a node was before; None where that has not changed."""

    value: Any
    adjoint: Any


def changes_between(old: Trace, new: Trace, nodes: Sequence[int]) -> dict[int, Change]:
    """Return the former numbers of nodes of a new trace that have others now, by name."""
    found: dict[int, Change] = {}
    for node in nodes:
        before = old.graph.find(new.graph.name(node))
        if before is None:
            continue
        value = _unless_same(old.values[before], new.values[node])
        adjoint = _unless_same(_adjoint(old, before), _adjoint(new, node))
        if value is not None or adjoint is not None:
            found[node] = Change(value, adjoint)
    return found


def _adjoint(trace: Trace, node: int) -> Any:
    return None if trace.adjoints is None else trace.adjoints[node]


def _unless_same(old: Any, new: Any) -> Any:
    """Return the old value; None if the new one is the same."""
    if old is None or new is None:
        return None
    same = old == new
    return None if bool(same.all() if hasattr(same, "all") else same) else old
