"""Write whole gradients along the graph: one named adjoint per line, never multiplied out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import near
from graphgrad.ops.registry import row as row_of
from graphgrad.ops.row import PRODUCT
from graphgrad.ops.shapes import Shape, unbroadcast
from graphgrad.ops.text import Written
from graphgrad.symbolic.derive.partials import SymbolicPartial, line_partials, node_partials
from graphgrad.symbolic.derive.pieces import PIECES, Piece
from graphgrad.symbolic.write.formula_latex import bracketed, latex_call
from graphgrad.symbolic.write.names import derivative_latex, node_latex
from graphgrad.symbolic.write.spelling_styles import LATEX, TEXT

__all__ = [
    "GradientLine",
    "contribution",
    "depending",
    "derivative_name",
    "gradient_lines",
    "gradient_roots",
    "named_node",
    "total_of",
]


_MOST_NAMES = 20


class GradientLine(NamedTuple):
    """One named adjoint, in terms of adjoints named before it.

    Attributes:
        node: the node it is the adjoint of.
        name: for instance ``dL_dw``; different from every name of the graph.
        text: its formula in the expression language, over names of the graph and adjoints.
        latex_name: its name in LaTeX.
        latex: its formula in LaTeX.
    """

    node: int
    name: str
    text: str
    latex_name: str
    latex: str


def gradient_lines(graph: Graph, wrt: Iterable[str] | None = None) -> list[GradientLine]:
    """Return the adjoints that lead from the output to some leaves, output first.

    Args:
        graph: the graph.
        wrt: names of leaves or lines; all inputs and parameters if None.

    Raises:
        UsageError: if a name is unknown or nothing depends on it.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> builder = GraphBuilder()
    >>> w, x = (builder.leaf_line(name, "param", 1.0) for name in "wx")
    >>> z = builder.apply("mul", (w, x)); builder.end_line("z")
    >>> L = builder.apply("powi", (z,), n=2); builder.end_line("L")
    >>> lines = gradient_lines(builder.freeze(L), ["w"])
    >>> [f"{line.name} = {line.text}" for line in lines]
    ['dL_dL = 1', 'dL_dz = dL_dL*2*z', 'dL_dw = dL_dz*x']
    """
    needed = depending(graph, gradient_roots(graph, wrt))
    terms: dict[int, list[Piece]] = {}
    lines = []
    for node in range(graph.output, -1, -1):
        if node != graph.output and node not in terms:
            continue
        adjoint = _named(graph, node)
        lines.append(_line(graph, node, adjoint, terms.pop(node, [])))
        for partial in _partials(graph, node):
            if needed[partial.source]:
                piece = contribution(graph, partial, node, adjoint)
                terms.setdefault(partial.source, []).append(piece)
    return lines


def gradient_roots(graph: Graph, wrt: Iterable[str] | None) -> list[int]:
    """Return the nodes of names; all inputs and parameters if None.

    Raises:
        UsageError: if a name is unknown or is a constant.
    """
    if wrt is None:
        return [
            line.root
            for line in graph.lines()
            if graph.is_leaf(line.root) and graph.variable[line.root]
        ]
    return [named_node(graph, name) for name in wrt]


def named_node(graph: Graph, name: str) -> int:
    """Return the node of a name, which the output can be differentiated by.

    Raises:
        UsageError: if the name is unknown or depends on no input or parameter.
    """
    node = graph.find(name)
    if node is None:
        known = graph.line_names[:_MOST_NAMES]
        more = ", …" if len(graph.line_names) > _MOST_NAMES else ""
        listed = ", ".join(known) + more
        raise UsageError("name.unknown", name=name, near=near(name, known), known=listed)
    if not graph.variable[node]:
        raise UsageError("explain.constant", name=name)
    return node


def derivative_name(graph: Graph, node: int) -> str:
    """Return the name of a node's adjoint, such as dL_dw; never the name of a line."""
    return graph.adjoint_name(graph.name(node))


def contribution(graph: Graph, partial: SymbolicPartial, node: int, adjoint: Piece) -> Piece:
    """Return what a node's adjoint contributes to one of its inputs, in that input's shape.

    Args:
        graph: the graph.
        partial: the node's or its line's partial.
        node: the node.
        adjoint: its adjoint, by name.
    """
    shape, wanted = graph.columns.shape(node), graph.columns.shape(partial.source)
    if partial.kind == "pullback":
        text = partial.text.replace(f"adj({graph.name(node)})", adjoint.text.text)
        latex = Written(partial.latex, partial.latex_level)
        return Piece(Written(text, partial.level), latex, wanted)
    factors = (Written(partial.text, partial.level), Written(partial.latex, partial.latex_level))
    summed: Piece = unbroadcast(PIECES, _product(adjoint, *factors, shape), wanted)
    return summed


def _product(adjoint: Piece, text: Written, latex: Written, shape: Shape) -> Piece:
    """Return adjoint times partial; here a factor of 1 is shown, for it is the partial."""
    factor = f"({text.text})" if text.text.startswith("-") else text.within(PRODUCT)
    number = latex.text.lstrip("-").replace(".", "").isdigit()
    shapes = (shape, shape) if shape and not number else ()
    bracket = Written(bracketed(latex)) if latex.text.startswith("-") else latex
    product = latex_call(row_of("mul"), (adjoint.latex, bracket), {}, shapes)
    return Piece(Written(f"{adjoint.text.text}*{factor}", PRODUCT), product, shape)


def _partials(graph: Graph, node: int) -> list[SymbolicPartial]:
    """Return a line's partials; of a line too long for one formula, those of its last op."""
    line = graph.line(graph.line_of(node))
    if node != line.root:
        return node_partials(graph, node)
    partials = line_partials(graph, line)
    if any(f"adj({line.name}." in partial.text for partial in partials):
        return node_partials(graph, node)
    return partials


def _named(graph: Graph, node: int) -> Piece:
    of, by = node_latex(graph, graph.output), node_latex(graph, node)
    latex = Written(derivative_latex(of, by))
    return Piece(Written(derivative_name(graph, node)), latex, graph.columns.shape(node))


def _line(graph: Graph, node: int, adjoint: Piece, terms: list[Piece]) -> GradientLine:
    if node == graph.output:
        shape = graph.columns.shape(node)
        text, latex = ("seed", r"\mathrm{seed}") if shape else ("1", "1")
    else:
        text, latex = total_of(terms)
    return GradientLine(node, adjoint.text.text, text, adjoint.latex.text, latex)


def total_of(terms: Sequence[Piece]) -> tuple[str, str]:
    """Return a sum of pieces as text and LaTeX."""
    signed = [PIECES.signed(term) for term in terms]
    text = TEXT.total([(minus, term.text) for minus, term in signed])
    return text.text, LATEX.total([(minus, term.latex) for minus, term in signed]).text


def depending(graph: Graph, roots: list[int]) -> bytearray:
    """Mark the nodes that depend on some roots."""
    columns = graph.columns
    marks = bytearray(len(graph))
    for root in roots:
        marks[root] = 1
    starts, parents = columns.starts, columns.parents
    for node in range(graph.output + 1):
        if not marks[node]:
            marks[node] = any(marks[p] for p in parents[starts[node] : starts[node + 1]])
    return marks
