"""Write the names, formulas and derivatives of one graph as on the board."""

from __future__ import annotations

from graphgrad.graph.graph import Graph
from graphgrad.views.figure.parts import Use
from graphgrad.views.figure.plain_math import lowered
from graphgrad.views.figure.typeset import typeset_formula, typeset_name, typeset_node

__all__ = ["Symbols"]


class Symbols:
    """Spell what belongs to one graph; a line's own label goes before its name."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.single = not graph.columns.shape(graph.output)
        self.output = typeset_node(graph, graph.output)

    def name(self, node: int) -> str:
        """Return a node's name."""
        return typeset_node(self.graph, node)

    def formula(self, text: str) -> str:
        """Return a formula of the expression language."""
        return typeset_formula(text, self._spelled, self._adjoint_of)

    def adjoint(self, node: int) -> str:
        """Return the sign of a node's adjoint: ``∂L/∂z``; without one output, ``adj(z)``."""
        return self._adjoint_of(self.name(node))

    def partial(self, target: int, use: Use, *, repeated: bool) -> str:
        """Return the sign of a partial; a source used in several slots is told by its slot."""
        sign = f"∂{self.name(target)}/∂{self.name(use.source)}"
        return sign + lowered(f"({use.slot + 1})") if repeated else sign

    def _adjoint_of(self, name: str) -> str:
        return f"∂{self.output}/∂{name}" if self.single else f"adj({name})"

    def _spelled(self, name: str) -> str:
        if not self.graph.labels:
            return typeset_name(name)
        node = self.graph.find(name)
        return typeset_name(name) if node is None else typeset_node(self.graph, node)
