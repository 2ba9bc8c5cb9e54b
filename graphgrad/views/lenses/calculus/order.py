"""Go back in a wrong order and see what goes wrong: adjoints handed on before they are complete.

Reverse mode needs every consumer of a node before the node itself. Two common mistakes hand an
adjoint on at the first visit: breadth first, and depth first with a mark for what was visited. The
recursion without marks is right, but walks every path.
"""

from __future__ import annotations

from collections import deque
from typing import Any, NamedTuple

from graphgrad.graph.graph import Edge
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.evaluate import to_float
from graphgrad.symbolic.derive.edge_use import Uses
from graphgrad.symbolic.derive.paths import path_counts
from graphgrad.trace.trace import Trace
from graphgrad.views.lenses.lens import Lens, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.text.derivation_paths import shown_count

__all__ = ["ORDER"]

_CLOSE = 1e-12


class _Pass(NamedTuple):
    """What a wrong pass leaves: adjoints, and the first node that was handed on too early."""

    adjoints: dict[int, Any]
    early: int | None
    visits: int


def _compute(subject: Subject) -> Report:
    subject.scalar_output()
    trace, graph = subject.trace, subject.graph
    leaves = subject.parameters | subject.inputs
    passes = {"breadth": _first_visit(trace, deep=False), "depth": _first_visit(trace, deep=True)}
    right = {name: to_float(trace.adjoint(name)) for name in leaves}
    rows: list[tuple[Any, ...]] = []
    wrong: dict[str, list[str]] = {}
    for name, node in leaves.items():
        found = {kind: one.adjoints.get(node) for kind, one in passes.items()}
        values = {kind: 0.0 if v is None else to_float(v) for kind, v in found.items()}
        for kind, value in values.items():
            wrong.setdefault(kind, [])
            if not _same(value, right[name]):
                wrong[kind].append(name)
        rows.append((name, right[name], values["breadth"], values["depth"]))
    visits = sum(path_counts(Uses(trace, "op")).values())
    verdicts = []
    for kind, one in passes.items():
        fields: dict[str, Any] = {"names": ", ".join(wrong.get(kind, []))}
        if one.early is None or not wrong.get(kind):
            verdicts.append(Verdict(f"{kind}_right", Worded(f"lens.order.{kind}_right")))
            continue
        early, edge = _first_fault(trace, one)
        fields |= {"node": graph.name(early), "late": graph.name(edge.target)}
        verdicts.append(Verdict(f"{kind}_wrong", Worded(f"lens.order.{kind}_wrong", **fields)))
    told = Worded(
        "lens.order.recursion", visits=shown_count(visits), nodes=len(trace.steps.backward_nodes)
    )
    verdicts.append(Verdict("recursion", told))
    numbers = {f"{kind}_wrong": len(names) for kind, names in wrong.items()}
    numbers["recursion_visits"] = visits
    columns = ("name", "right_order", "breadth", "depth")
    sheet = Sheet("orders", columns, tuple(rows), Worded("lens.order.heading"))
    return Report("order", (sheet,), tuple(verdicts), numbers)


def _first_visit(trace: Trace, *, deep: bool) -> _Pass:
    """Hand adjoints on the first time a node is met, never again."""
    graph = trace.graph
    adjoints: dict[int, Any] = {graph.output: trace.seed}
    waiting, done = deque([graph.output]), set()
    early: int | None = None
    while waiting:
        node = waiting.pop() if deep else waiting.popleft()
        if node in done:
            continue
        done.add(node)
        if early is None and any(use.target not in done for use in trace.uses(node)):
            early = node
        parents = graph.columns.parents_of(node)
        for slot, parent in enumerate(parents):
            if not graph.variable[parent]:
                continue
            term = trace.pulled_back(Edge(parent, node, slot), adjoints[node])
            known = adjoints.get(parent)
            adjoints[parent] = term if known is None else known + term
            waiting.append(parent)
    return _Pass(adjoints, early, len(done))


def _first_fault(trace: Trace, one: _Pass) -> tuple[int, Edge]:
    """Return the node that was handed on too early, and the use that came too late."""
    early = one.early if one.early is not None else trace.graph.output
    uses = trace.uses(early)
    return early, uses[-1] if uses else Edge(early, early, 0)


def _same(a: Any, b: Any) -> bool:
    import numpy as np

    return bool(np.allclose(a, b, rtol=_CLOSE, atol=_CLOSE))


ORDER = Lens(
    name="order",
    spanish="orden",
    compute=_compute,
    plotted=False,
    source="Griewank and Walther, Evaluating Derivatives, 2nd ed., section 3.2.",
)
