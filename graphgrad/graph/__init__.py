"""Hold computational graphs: flat columns, lines, and passes from graph to graph."""

from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.check import check_graph
from graphgrad.graph.columns import Columns
from graphgrad.graph.copying import copy_line, copy_node, merge_common
from graphgrad.graph.emit import Emitter, Ref
from graphgrad.graph.formula import line_formula, node_formula
from graphgrad.graph.graph import Edge, Graph, Heading, Line, Node

__all__ = [
    "Columns",
    "Edge",
    "Emitter",
    "Graph",
    "GraphBuilder",
    "Heading",
    "Line",
    "Node",
    "Ref",
    "check_graph",
    "copy_line",
    "copy_node",
    "line_formula",
    "merge_common",
    "node_formula",
]
