"""Take the numbers of single units and weights out of a pass: values, adjoints, contributions.

For a layer with z = W x and adjoints delta of z, a weight w_ji brings w_ji delta_j back to unit i
and adds delta_j x_i to its own gradient, summed over the rows of data.
Source: Rumelhart, Hinton and Williams, Learning representations by back-propagating errors,
Nature 323, 1986.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any, NamedTuple

from graphgrad.graph.graph import Edge
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import only_entry
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.neurons.unit_layers import Term, UnitLayer, Units

__all__ = ["UnitNumbers", "Weighed"]


class Weighed(NamedTuple):
    """What a weight brings back to its source, and what its use adds to its gradient."""

    contribution: Any = None
    gradient: Any = None


class UnitNumbers:
    """Take numbers out of one pass; of a graph that was not run there are none."""

    def __init__(self, trace: Trace | None) -> None:
        self.trace = trace

    def at(self, value: Any, units: Units, places: Sequence[int]) -> Any:
        """Return the entries of some units, units first; a number where there is one of one row."""
        if value is None or units.axis is None or not hasattr(value, "shape"):
            return value
        import numpy as np

        found = np.moveaxis(np.take(to_float(value), list(places), axis=units.axis), units.axis, 0)
        found = found[0] if len(places) == 1 else found
        return found if found.shape else float(found)

    def spread(self, back: Any, units: Units, places: Sequence[int]) -> Any:
        """Return what some units get as an array of all units, in the shape of their node."""
        if back is None or units.axis is None or self.trace is None:
            return back
        import numpy as np

        found = np.zeros(self.trace.graph.columns.shape(units.node))
        ahead = np.moveaxis(found, units.axis, 0)
        ahead[list(places)] = np.reshape(back, (len(places), *ahead.shape[1:]))
        return found

    def contribution(self, edges: Sequence[Edge]) -> Any:
        """Return what some uses bring back together; None where none brings anything."""
        trace = self.trace
        if trace is None or trace.adjoints is None:
            return None
        variable = trace.graph.variable
        found = [
            trace.contribution(edge)
            for edge in edges
            if variable[edge.source] and trace.adjoints[edge.target] is not None
        ]
        return reduce(add, found) if found else None

    def value_of(self, term: Term, inward: Sequence[int], outward: Sequence[int]) -> Any:
        """Return the value of a weight, or of the block of weights between some units."""
        if self.trace is None or term.weight is None:
            return None
        return _block(self.trace.values[term.weight], term, inward, outward)

    def weighed(
        self, layer: UnitLayer, term: Term, inward: Sequence[int], outward: Sequence[int]
    ) -> Weighed:
        """Return what the weights between some units bring back and add to their gradients."""
        trace = self.trace
        if trace is None or trace.adjoints is None or trace.adjoints[term.edge.target] is None:
            return Weighed()
        if term.how == "plain":
            back = self.contribution([term.edge])
            return Weighed(self.at(back, term.source, inward))
        varies = trace.graph.variable[term.source.node]
        units = layer.units._replace(node=term.edge.target)
        delta = self.at(trace.adjoint(term.edge.target), units, outward)
        given = self.at(trace.values[term.source.node], term.source, inward)
        weight = self.value_of(term, inward, outward)
        if term.how == "each":
            return _alone(weight, delta, given, varies=bool(varies))
        back, gradient = _pulled_back(weight, delta, given, len(inward), len(outward))
        return Weighed(back if varies else None, gradient)

    def bias(
        self, back: Any, layer: UnitLayer, edge: Edge, places: Sequence[int], *, entry: bool
    ) -> Any:
        """Return what a bias gets from its use by one neuron; from all, if it has no entries."""
        if back is None or self.trace is None:
            return None
        import numpy as np

        if entry:
            found = np.ravel(to_float(back))[list(places)]
            return found if len(places) > 1 else float(found[0])
        if layer.units.axis is None:
            return back
        units = layer.units._replace(node=edge.target)
        delta = self.at(self.trace.adjoint(edge.target), units, places)
        return float(np.sum(to_float(delta))) if delta is not None else None


def _block(value: Any, term: Term, inward: Sequence[int], outward: Sequence[int]) -> Any:
    """Return the weights from some units to others, a row per unit they lead to."""
    if not getattr(value, "shape", ()):
        return value
    found = to_float(value)
    if term.how == "each":
        found = found[list(outward)]
    elif term.how == "row":
        found = found[list(inward)][None, :]
    elif term.how == "entries":
        found = found[list(outward)][:, list(inward)]
    else:
        found = found[list(inward)][:, list(outward)].T
    return only_entry(found)


def _alone(weight: Any, delta: Any, given: Any, *, varies: bool) -> Weighed:
    """Return what weights do that lead from each unit to its own one."""
    if not hasattr(delta, "shape"):
        return Weighed(weight * delta if varies else None, delta * given)
    import numpy as np

    each = np.reshape(weight, (-1, *(1,) * (delta.ndim - 1))) if np.ndim(weight) else weight
    product = np.asarray(delta * given)
    rows = tuple(range(1, product.ndim)) if np.ndim(weight) else None
    gradient = product.sum(axis=rows)
    return Weighed(
        each * delta if varies else None, gradient if gradient.shape else float(gradient)
    )


def _pulled_back(weight: Any, delta: Any, given: Any, inward: int, outward: int) -> tuple[Any, Any]:
    """Return what a block of weights brings back, and its gradient."""
    import numpy as np

    weights = np.reshape(weight, (outward, inward))
    down = np.reshape(to_float(delta), (outward, -1))
    ahead = np.reshape(to_float(given), (inward, -1))
    back, gradient = weights.T @ down, down @ ahead.T
    if np.ndim(delta) == (outward > 1):  # one row of data
        back = back[:, 0]
    back = back[0] if inward == 1 else back
    return (
        back if np.ndim(back) else float(back),
        only_entry(gradient),
    )
