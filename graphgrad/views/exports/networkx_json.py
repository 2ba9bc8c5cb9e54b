"""Write a graph with its values as the JSON that networkx reads back."""

from __future__ import annotations

import json
from math import prod

from graphgrad.autodiff.record import record
from graphgrad.errors import LimitError
from graphgrad.graph.graph import Graph
from graphgrad.graph.nx import node_link
from graphgrad.views.text.entries import adjoint_of
from graphgrad.views.text.run_json import plain_data

__all__ = ["networkx_json"]

_MOST_NUMBERS = 2_000_000


def networkx_json(graph: Graph) -> str:
    r"""Return node-link JSON: a node per operation with value and adjoint, an edge per slot.

    ``networkx.node_link_graph(json.load(file), edges="edges")`` gives the graph.

    Raises:
        LimitError: if it would hold more numbers than anyone reads.

    >>> from graphgrad.source.gg import read_gg
    >>> found = json.loads(networkx_json(read_gg("input x = 3\ny = x*x")))
    >>> found["nodes"][0]["id"], found["nodes"][0]["value"], found["edges"][1]["key"]
    ('x', 3.0, 1)
    """
    held = 2 * sum(prod(graph.columns.shape(node)) for node in range(len(graph)))
    if held > _MOST_NUMBERS:
        raise LimitError("compile.long_export", got=held, limit=_MOST_NUMBERS)
    data = node_link(graph)
    values = all(line.root in graph.defaults for line in graph.lines() if graph.is_leaf(line.root))
    if values:
        trace = record(graph)
        for node, attributes in enumerate(data["nodes"]):
            attributes["value"] = plain_data(trace.values[node])
            attributes["adjoint"] = plain_data(adjoint_of(trace, node))
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
