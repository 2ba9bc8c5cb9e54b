"""Read a formula over the lines of a graph, and evaluate it at the numbers of a pass.

The text is read by the strict parser of `.gg` files, so that nothing but rows is ever run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import near
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import only_entry
from graphgrad.source.gg import read_gg

__all__ = ["Formula"]

_NAME = "value_of_formula"


class Formula:
    """A formula over names, such as ``sign(yhat - 0.5)``.

    >>> Formula("x^2 + 1").at({"x": 3.0})
    10.0

    Raises:
        UsageError: if it is more than one statement.
        SourceError: if it cannot be read.
    """

    def __init__(self, text: str) -> None:
        if ";" in text or "\n" in text:
            raise UsageError("lens.bad_formula", got=text)
        self.text = text
        self.graph = read_gg(f"{_NAME} = {text}", free_inputs=True)
        self.names = tuple(
            line.name for line in self.graph.lines() if self.graph.role(line.root) == "input"
        )

    def check(self, graph: Graph) -> None:
        """Refuse names that a graph does not have.

        Raises:
            UsageError: with names near the first one that is unknown.
        """
        for name in self.names:
            if graph.find(name) is None:
                known = graph.line_names
                shown = ", ".join(known[:20]) + (", …" if len(known) > 20 else "")
                raise UsageError("name.unknown", name=name, near=near(name, known), known=shown)

    def at(self, values: Mapping[str, Any]) -> float:
        """Return its value, given those of its names."""
        point = {name: only_entry(to_float(values[name])) for name in self.names}
        trace = record(self.graph, point, backward=False)
        found = to_float(trace.values[self.graph.output])
        if getattr(found, "shape", ()):
            raise UsageError("lens.not_scalar", output=self.text)
        return float(found)
