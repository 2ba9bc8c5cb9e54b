"""Gather the boxes and edges of a diagram from a graph and, where it was run, its trace."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, NamedTuple, cast

from graphgrad.errors import LimitError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import language, text
from graphgrad.symbolic.derive.partials import line_partials, node_partials
from graphgrad.symbolic.write.formula_latex import line_latex, node_formula_latex, value_latex
from graphgrad.symbolic.write.names import derivative_latex, node_latex
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.diagram import (
    Diagram,
    DiagramBox,
    DiagramEdge,
    DiagramGroup,
    Role,
)
from graphgrad.views.figure.content.known_at import acts_of, pulled_back_at
from graphgrad.views.figure.content.operator_signs import (
    as_operand,
    box_words,
    edge_numbers,
    edge_words,
    operator_tex,
)
from graphgrad.views.figure.content.parts import Part, Use, graph_parts, parts_between
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.text.entries import LOWERED, adjoint_of, line_entry, node_entry
from graphgrad.views.text.plain_math import typeset_formula, typeset_node

__all__ = ["MOST_PARTS", "diagram_of"]

MOST_PARTS = 20_000
_MOST_WITH_PARTIALS = 400
_CANCELLED = re.compile(r"\\frac\{(\d+)\}\{\1\} \\cdot ")


class _Partial(NamedTuple):
    """A derivative in one slot; ``value`` is None for a pullback or without a trace."""

    tex: str
    value: Any
    contribution: Any
    pullback: bool
    symbolic: str


def diagram_of(source: Trace | Graph, options: SceneOptions) -> Diagram:
    """Return the diagram of a trace; of a graph, the diagram without numbers.

    Raises:
        UsageError: if the options name a line that is not there.
        LimitError: if there are more than `MOST_PARTS` lines or operations.
    """
    trace = source if isinstance(source, Trace) else None
    graph = source.graph if isinstance(source, Trace) else source
    return _Gatherer(graph, trace, options).diagram()


class _Gatherer:
    """Hold what boxes and edges are made from."""

    def __init__(self, graph: Graph, trace: Trace | None, options: SceneOptions) -> None:
        self.graph = graph
        self.trace = trace
        self.options = options
        self.language = options.language or language()
        self.parts = list(graph_parts(graph, options.detail))
        if options.wrt:
            self.parts = parts_between(graph, self.parts, options.wrt)
        if len(self.parts) > MOST_PARTS:
            raise LimitError("figure.too_many", got=len(self.parts), limit=MOST_PARTS)
        self.owner = {node: f"n{part.node}" for part in self.parts for node in part.nodes}
        self.output_tex = self.name(graph.output)
        many = len(self.parts) > _MOST_WITH_PARTIALS and options.collapse != "none"
        self.partials_wanted = not many and set(options.show) - {"values"}

    def diagram(self) -> Diagram:
        """Return the diagram."""
        boxes = tuple(map(self.box, self.parts))
        edges: list[DiagramEdge] = []
        for part in self.parts:
            found = self.found(part) if part.uses and self.partials_wanted else {}
            for use in part.uses:
                if use.source in self.owner:
                    edges.append(self.edge(part, use, found.get(use.slot), len(edges)))
        graph, output = self.graph, self.graph.name(self.graph.output)
        title = graph.heading.title or text("figure.title", self.language, output=output)
        diagram = Diagram(title, output, self.language, boxes, tuple(edges), self.groups())
        if self.trace is None:
            return diagram
        acts = acts_of(self.trace, self.owner, edges)
        return replace(diagram, acts=acts)

    def box(self, part: Part) -> DiagramBox:
        """Return the box of a part."""
        graph, trace, show, node = self.graph, self.trace, self.options.show, part.node
        literal = graph.is_constant(node) and graph.line(graph.line_of(node)).root != node
        value = trace.values[node] if trace is not None and "values" in show else None
        adjoint = adjoint_of(trace, node) if trace is not None and "adjoints" in show else None
        formula = self.formula(part, literal=literal)
        tex = "" if literal else self.name(node)
        if formula and tex.removeprefix(r"\left(").removesuffix(r"\right)") == formula:
            tex = ""  # a line that is named after its formula
        box = DiagramBox(
            id=f"n{node}",
            node=node,
            role=cast("Role", graph.role(node)),
            name=graph.name(node),
            tex=tex,
            formula=formula,
            symbol=operator_tex(graph, part),
            value=None if literal else value,
            adjoint=adjoint,
            adjoint_tex=self.adjoint_sign(node),
            group=part.group,
            trouble=self.trouble(part),
            words="",
            value_step=trace.steps.forward_index[node] if trace is not None else 0,
            adjoint_step=self.adjoint_step(node),
            nodes=tuple(part.nodes),
        )
        return replace(box, words=box_words(box, part.formula, self.language))

    def edge(self, part: Part, use: Use, partial: _Partial | None, index: int) -> DiagramEdge:
        """Return one edge of a part."""
        trace, options = self.trace, self.options
        repeated = sum(other.source == use.source for other in part.uses) > 1
        sign = formula = ""
        number = contribution = None
        if partial is not None and "partials" in options.show:
            formula, number = partial.tex, partial.value
        if partial is not None:
            contribution = partial.contribution
            sign = "" if partial.pullback else self.partial_sign(part, use, repeated=repeated)
        names = self.graph.name(part.node), self.graph.name(use.source)
        return DiagramEdge(
            id=f"e{index}",
            source=self.owner[use.source],
            target=f"n{part.node}",
            slot=use.slot,
            sign=sign,
            partial=formula,
            number=number,
            contribution=contribution,
            words=edge_words(*names, self.language),
            numbers=edge_numbers(*names, number, contribution, self.language),
            forward_step=0 if trace is None else trace.steps.forward_index[part.node],
            backward_step=0 if trace is None else pulled_back_at(trace, part, use),
            formula=self.plain_formula(part, use, partial, repeated=repeated),
        )

    # ---- LaTeX ----

    def name(self, node: int) -> str:
        """Return a node's name in LaTeX."""
        return node_latex(self.graph, node)

    def formula(self, part: Part, *, literal: bool) -> str:
        """Return a part's right-hand side in LaTeX."""
        graph, node = self.graph, part.node
        if literal:
            return value_latex(graph, node).text
        line = graph.line(graph.line_of(node))
        if len(part.nodes) == len(line.nodes):
            return line_latex(graph, line)
        return node_formula_latex(graph, node)

    def adjoint_sign(self, node: int) -> str:
        r"""Return the sign of an adjoint on one line: ``\partial L/\partial z``."""
        name = self.name(node)
        if self.graph.columns.shape(self.graph.output):
            return rf"\overline{{{name}}}"
        return rf"\partial {as_operand(self.output_tex)}/\partial {as_operand(name)}"

    def partial_sign(self, part: Part, use: Use, *, repeated: bool) -> str:
        """Return the sign of a partial; a source used in several slots is told by its slot."""
        names = (as_operand(self.name(node)) for node in (part.node, use.source))
        sign = derivative_latex(*names)
        return rf"{sign}_{{({use.slot + 1})}}" if repeated else sign

    def plain_formula(
        self, part: Part, use: Use, partial: _Partial | None, *, repeated: bool
    ) -> str:
        """Return a derivative in plain symbols; of a structural operation, its pullback."""
        if partial is None or not partial.symbolic:
            return ""
        if partial.pullback:
            return typeset_formula(partial.symbolic, adjoint=self.plain_adjoint)
        formula = typeset_formula(partial.symbolic)
        slot = str(use.slot + 1).translate(LOWERED) if repeated else ""
        target, source = (typeset_node(self.graph, node) for node in (part.node, use.source))
        return f"∂{slot}{target}/∂{source} = {formula}"

    def plain_adjoint(self, name: str) -> str:
        """Return the plain sign of an adjoint."""
        graph = self.graph
        if graph.columns.shape(graph.output):
            return f"adj({name})"
        return f"∂{typeset_node(graph, graph.output)}/∂{name}"

    # ---- numbers and words ----

    def found(self, part: Part) -> dict[int, _Partial]:
        """Return the derivatives of a part by slot."""
        graph, trace, node = self.graph, self.trace, part.node
        if graph.is_leaf(node):
            return {}
        line = graph.line(graph.line_of(node))
        whole = len(part.nodes) == len(line.nodes)
        if trace is None:
            symbols = line_partials(graph, line) if whole else node_partials(graph, node)
            return {
                s.slot: _Partial(s.latex, None, None, s.kind == "pullback", s.text) for s in symbols
            }
        entry = line_entry(trace, line) if whole else node_entry(trace, line, node)
        return {
            p.slot: _Partial(
                self.without_seed(p.latex), p.value, p.contribution, p.value is None, p.shown
            )
            for p in entry.partials
        }

    def without_seed(self, tex: str) -> str:
        """Return a pullback without the factor dL/dL, which is 1, nor the 2/2 it leaves."""
        if self.graph.columns.shape(self.graph.output):
            return tex
        seed = derivative_latex(self.output_tex, self.output_tex)
        tex = tex.replace(rf"{seed} \cdot ", "")
        tex = re.sub(rf"(?<=\d) ?{re.escape(seed)}(?=\}}| \\cdot )", "", tex)
        return _CANCELLED.sub("", tex)

    def trouble(self, part: Part) -> str:
        """Return why a part is the first that is not finite, in words."""
        trouble = self.trace.trouble if self.trace is not None else None
        if trouble is None or trouble.node not in part.nodes:
            return ""
        return text(f"figure.trouble.{trouble.reason}", self.language)

    def adjoint_step(self, node: int) -> int:
        """Return the step after which an adjoint is known: for one never reached, the last."""
        trace = self.trace
        if trace is None or trace.adjoints is None or not self.graph.variable[node]:
            return 0
        return trace.steps.backward_index[node] or len(trace.steps)

    def groups(self) -> tuple[DiagramGroup, ...]:
        """Return the groups of the parts and the groups around them, outer ones first."""
        found: dict[str, DiagramGroup] = {}
        for part in self.parts:
            words = part.group.split(".") if part.group else []
            for depth in range(1, len(words) + 1):
                name = ".".join(words[:depth])
                parent = ".".join(words[: depth - 1])
                found.setdefault(name, DiagramGroup(name, words[depth - 1], parent))
        return tuple(found.values())
