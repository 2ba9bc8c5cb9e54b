"""Derive one gradient by the chain rule: in symbols, in numbers, and path by path."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Edge
from graphgrad.ops.registry import row as row_of
from graphgrad.ops.text import Written, written_call
from graphgrad.symbolic.derive.edge_use import Detail, Uses
from graphgrad.symbolic.derive.gradient import contribution, derivative_name, named_node, total_of
from graphgrad.symbolic.derive.paths import Factor, Path, edges_between, listed_paths, path_count
from graphgrad.symbolic.derive.pieces import Piece
from graphgrad.symbolic.write.formula_latex import latex_call
from graphgrad.symbolic.write.names import derivative_latex, node_latex
from graphgrad.symbolic.write.spelling_styles import LATEX, TEXT, Style
from graphgrad.trace.trace import Trace

__all__ = ["Derivation", "Term", "derivation"]


class Term(NamedTuple):
    """One summand of the chain rule: upstream adjoint times partial.

    Attributes:
        factor: the partial.
        adjoint_name: for instance ``dL_dyhat``.
        adjoint_latex: that in LaTeX.
        adjoint: it in numbers.
        text: the product as a formula over names of the graph and the upstream adjoint.
        latex: that in LaTeX.
        contribution: the product in numbers, of the shape of what is differentiated by.
    """

    factor: Factor
    adjoint_name: str
    adjoint_latex: str
    adjoint: Any
    text: str
    latex: str
    contribution: Any


class Derivation(NamedTuple):
    """Everything there is to say about one gradient.

    Attributes:
        name: the adjoint's name, for instance ``dL_dw``.
        latex_name: that in LaTeX.
        rule: the chain rule in names: ``dL_dyhat*dyhat_dw + ...``.
        rule_latex: that in LaTeX.
        text: the chain rule with the partials written out.
        latex: that in LaTeX.
        terms: its summands, in the order of the steps.
        value: the gradient.
        path_count: how many paths lead to the output, exactly.
        paths: the shortest first, at most 50; none where too many edges lie between.
        paths_sum: the sum of the contributions of the paths listed; None if none are.
        detail: ``line`` or ``op``.
    """

    name: str
    latex_name: str
    rule: str
    rule_latex: str
    text: str
    latex: str
    terms: tuple[Term, ...]
    value: Any
    path_count: int
    paths: tuple[Path, ...]
    paths_sum: Any
    detail: Detail


def derivation(trace: Trace, name: str, detail: Detail = "line") -> Derivation:
    """Return the derivation of the output's gradient by one leaf, line or operation.

    Args:
        trace: a trace with a backward pass.
        name: of a leaf, a line, or an operation such as ``yhat.1``.
        detail: ``line`` follows lines, ``op`` single operations; what stands inside a line is
            always derived op by op.

    Raises:
        UsageError: if the name is unknown or constant, or the trace has no backward pass.

    >>> from graphgrad.autodiff.record import record
    >>> from graphgrad.graph.builder import GraphBuilder
    >>> builder = GraphBuilder()
    >>> x = builder.leaf_line("x", "param", 3.0)
    >>> y = builder.apply("mul", (x, x)); builder.end_line("y")
    >>> found = derivation(record(builder.freeze(y)), "x")
    >>> found.text, found.path_count, found.paths_sum
    ('dy_dy*x + dy_dy*x', 2, 6.0)
    """
    graph = trace.graph
    source = named_node(graph, name)
    if trace.adjoints is None:
        raise UsageError("explain.no_backward", output=graph.name(graph.output))
    uses = Uses(trace, detail)
    edges = edges_between(uses, source)
    if detail == "line" and _reads_inside_lines(uses, source, edges):
        uses = Uses(trace, "op")
        edges = edges_between(uses, source)
    return _Deriver(uses, source, edges).derive()


def _reads_inside_lines(uses: Uses, source: int, edges: list[Edge]) -> bool:
    """Tell whether an edge starts inside a line, as in graphs with merged operations."""
    roots = {end - 1 for end in uses.graph.line_ends}
    return source not in roots or any(edge.source not in roots for edge in edges)


class _Deriver:
    """Derive one adjoint along given edges."""

    def __init__(self, uses: Uses, source: int, edges: list[Edge]) -> None:
        self.uses = uses
        self.graph = uses.graph
        self.source = source
        self.edges = edges
        self.factor = lru_cache(maxsize=None)(self._factor)

    def derive(self) -> Derivation:
        first = [edge for edge in self.edges if edge.source == self.source]
        first.sort(key=lambda edge: (-edge.target, edge.slot))
        pairs = [self._term(edge) for edge in first]
        terms, pieces = [term for term, _ in pairs], [piece for _, piece in pairs]
        rules = [_times(term) for term in terms]
        paths = listed_paths(self.uses, self.edges, self.source, self.factor)
        return Derivation(
            derivative_name(self.graph, self.source),
            self._latex_name(self.graph.output, self.source),
            self._total([text for text, _ in rules], TEXT),
            self._total([latex for _, latex in rules], LATEX),
            *(total_of(pieces) if pieces else (self._total([], TEXT),) * 2),
            tuple(terms),
            self.uses.trace.adjoint(self.source),
            path_count(self.edges, self.source, self.graph.output),
            paths,
            self._sum(paths),
            self.uses.detail,
        )

    def _factor(self, edge: Edge) -> Factor:
        of, by = self.graph.name(edge.target), self.graph.name(edge.source)
        return Factor(
            edge,
            f"d{of}_d{by}".replace(".", "_"),
            self._latex_name(edge.target, edge.source),
            self.uses.symbolic(edge),
            self.uses.numeric(edge).value,
        )

    def _term(self, edge: Edge) -> tuple[Term, Piece]:
        target, graph, factor = edge.target, self.graph, self.factor(edge)
        name = derivative_name(graph, target)
        latex_name = self._latex_name(graph.output, target)
        shape = graph.columns.shape(target)
        adjoint = Piece(Written(name), Written(latex_name), shape)
        piece = contribution(graph, factor.partial, target, adjoint)
        term = Term(
            factor,
            name,
            latex_name,
            self.uses.trace.adjoint(target),
            piece.text.text,
            piece.latex.text,
            self.uses.numeric(edge).contribution,
        )
        return term, piece

    def _latex_name(self, of: int, by: int) -> str:
        return derivative_latex(node_latex(self.graph, of), node_latex(self.graph, by))

    def _total(self, terms: list[Written], style: Style) -> str:
        if not terms:
            return "1" if self.source == self.graph.output else "0"
        return style.total([(False, term) for term in terms]).text

    def _sum(self, paths: tuple[Path, ...]) -> Any:
        if not paths:
            return None
        total = paths[0].contribution
        for path in paths[1:]:
            total = self.uses.trace.arithmetic.add(total, path.contribution)
        return total


def _times(term: Term) -> tuple[Written, Written]:
    """Return adjoint times partial by their names, as text and LaTeX."""
    texts = Written(term.adjoint_name), Written(term.factor.name)
    latex = Written(term.adjoint_latex), Written(term.factor.latex_name)
    mul = row_of("mul")
    return written_call(mul, texts, {}), latex_call(mul, latex, {})
