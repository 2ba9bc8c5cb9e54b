"""List optimizers: one row each, a function from value, gradient and state to a new value.

A row receives what one parameter is, its gradient, what it kept from the last step (None at
first) and the rate; it returns the new value and what to keep. Rows know nothing of graphs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

__all__ = ["OPTIMIZERS", "Optimizer"]

Update = Callable[[Any, Any, Any, float], tuple[Any, Any]]


class Optimizer(NamedTuple):
    """One row.

    Attributes:
        name: as it is given on a command line.
        update: (value, gradient, state, rate) -> (value, state).
        rule: the update as it stands on a board; ``{w}`` is the parameter, ``{g}`` its gradient.
    """

    name: str
    update: Update
    rule: str


def _descend(value: Any, gradient: Any, state: Any, rate: float) -> tuple[Any, Any]:
    """Go against the gradient.

    Source: Goodfellow, Bengio and Courville, Deep Learning, section 4.3.
    """
    return value - rate * gradient, state


OPTIMIZERS: dict[str, Optimizer] = {
    row.name: row for row in (Optimizer("gd", _descend, "{w} ← {w} − {rate}·{g}"),)
}
"""A new optimizer is one entry here."""
