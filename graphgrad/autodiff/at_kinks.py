"""Choose what relu's derivative at 0 is: a number, or none, as courses differ.

Oviedo course 000 (Función de activación ReLU) has 0 wherever z > 0 does not hold; UPV course 001
(Funciones de activación y sus derivadas) gives no value at 0.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from graphgrad.autodiff.stable import replaced
from graphgrad.autodiff.stable_rules import Rule
from graphgrad.errors import NonFiniteError, UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import near
from graphgrad.trace.kinks import kinks
from graphgrad.trace.trace import Trace

__all__ = ["COURSES", "read_choice", "refuse_kinks", "with_relu_at"]

COURSES: Final[dict[str, Fraction | None]] = {
    "graphgrad": Fraction(0),
    "oviedo": Fraction(0),
    "upv": None,
}
"""What each profile takes at 0; None where it says that there is no derivative."""


def read_choice(given: str) -> Fraction | None:
    """Return what is to be taken at 0: a number from 0 to 1, or None for no value.

    Raises:
        UsageError: if it is neither such a number nor a profile.

    >>> read_choice("1/2"), read_choice("upv")
    (Fraction(1, 2), None)
    """
    if given in COURSES:
        return COURSES[given]
    try:
        value = Fraction(given)
    except (ValueError, ZeroDivisionError):
        value = Fraction(-1)
    if not 0 <= value <= 1:
        raise UsageError(
            "run.bad_choice", got=given, known=", ".join(COURSES), near=near(given, COURSES)
        )
    return value


def with_relu_at(graph: Graph, value: Fraction | None) -> Graph:
    r"""Return the graph with another derivative of every relu at 0; everything else is as it was.

    >>> from graphgrad.source.gg import read_gg
    >>> from graphgrad.autodiff.record import record
    >>> half = with_relu_at(read_gg("input z = 0\ny = relu(z)"), Fraction(1, 2))
    >>> record(half).adjoint("z")
    0.5
    """
    if not value:
        return graph
    chosen = {"zero": value}
    return replaced(graph, (Rule(("relu", "z"), ("relu_at", "z", lambda _found: chosen)),))


def refuse_kinks(trace: Trace) -> None:
    """Refuse a pass that went through relu at 0, where nothing is to be taken.

    Raises:
        NonFiniteError: naming the line.
    """
    graph = trace.graph
    for kink in kinks(trace, range(len(graph))):
        if graph.columns.row(kink.node).name == "relu":
            raise NonFiniteError("run.no_relu_at_zero", name=graph.name(kink.node))
