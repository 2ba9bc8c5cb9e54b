"""Gather the boxes and edges of a diagram from a graph and, where it was run, its trace."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from graphgrad.autodiff.lines import line_contributions
from graphgrad.errors import LimitError
from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import group_parts, groups_around, parent_group
from graphgrad.graph.inputs import LineInput
from graphgrad.messages.catalogue import language, text
from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.depth_folds import at_depth
from graphgrad.views.figure.content.diagram import (
    Diagram,
    DiagramBox,
    DiagramEdge,
    DiagramGroup,
    Role,
    Telling,
    told,
)
from graphgrad.views.figure.content.known_at import acts_of, pulled_back_at
from graphgrad.views.figure.content.operator_signs import (
    box_words,
    edge_numbers,
    edge_words,
    operator_tex,
)
from graphgrad.views.figure.content.parts import Part, graph_parts, parts_between, told_formula
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.content.spellings import LatexSpelling, Spelling
from graphgrad.views.text.course_words import in_course_words
from graphgrad.views.text.entries import LOWERED, PartialEntry, adjoint_of, alone, entry_at
from graphgrad.views.text.numbers import with_commas
from graphgrad.views.text.plain_math import typeset_formula, typeset_node
from graphgrad.views.text.stops import detail_at

__all__ = ["MOST_PARTS", "Gatherer", "diagram_of", "untold_diagram_of"]

MOST_PARTS = 20_000
_MOST_WITH_PARTIALS, _MOST_WITH_SUMS = 400, 2_000


def diagram_of(
    source: Trace | Graph,
    options: SceneOptions,
    spelling: type[Spelling] = LatexSpelling,
    most: int = MOST_PARTS,
) -> Diagram:
    """Return the diagram of a trace; of a graph, the diagram without numbers.

    Args:
        source: what is drawn.
        options: what is shown of it.
        spelling: how names and formulas are spelled.
        most: how many boxes there may be.

    Raises:
        UsageError: if the options name a line that is not there.
        LimitError: if there are too many lines or operations.
    """
    return told(untold_diagram_of(source, options, spelling, most))


def untold_diagram_of(
    source: Trace | Graph,
    options: SceneOptions,
    spelling: type[Spelling] = LatexSpelling,
    most: int = MOST_PARTS,
) -> Diagram:
    """Return the diagram without the texts that `told` gives to what is left of it after folding.

    Of a network folded to ten boxes, thousands of names and derivatives would be for nothing.
    """
    gatherer = Gatherer(source, options, spelling)
    if len(gatherer.parts) > most:
        raise LimitError("figure.too_many", got=len(gatherer.parts), limit=most)
    return gatherer.diagram()


class Gatherer:
    """Hold what boxes and edges are made from."""

    def __init__(
        self, source: Trace | Graph, options: SceneOptions, spelling: type[Spelling]
    ) -> None:
        self.source = source
        self.trace = source if isinstance(source, Trace) else None
        self.graph = graph = source.graph if isinstance(source, Trace) else source
        self.options = options
        self.language = options.language or language()
        self.spelling = spelling(graph)
        self.detail = detail_at(options.detail)
        self.parts = list(graph_parts(graph, self.detail, formulas=not spelling.aloud))
        if options.wrt:
            self.parts = parts_between(graph, self.parts, options.wrt)
        self.owner = {node: f"n{part.node}" for part in self.parts for node in part.nodes}
        count, asked = len(self.parts), bool(set(options.show) - {"values"})
        few = count <= _MOST_WITH_PARTIALS or options.collapse == "none"
        self.partials_wanted = few and asked
        self.sums_wanted = asked and (few or count <= _MOST_WITH_SUMS)
        self._drawn: dict[str, Part] = {}
        self._title = cache(self.spelling.title)
        self._commas = with_commas if options.decimal_comma else str
        self._uses: dict[str, tuple[Part, LineInput]] = {}
        self._pulled: dict[int, dict[int, int]] = {}
        self._partials: dict[int, dict[int, PartialEntry]] = {}

    def diagram(self) -> Diagram:
        """Return the diagram."""
        boxes = tuple(map(self.bare, self.parts))
        edges: list[DiagramEdge] = []
        for part in self.parts:
            back = self.contributions(part)
            for use in part.uses:
                if use.source in self.owner:
                    edge = self.edge(part, use, back.get(use.slot), len(edges))
                    self._uses[edge.id] = part, use
                    edges.append(edge)
        graph, output = self.graph, self.graph.name(self.graph.output)
        title = graph.heading.title_in(self.language)
        title = title or text("figure.title", self.language, output=output)
        diagram = Diagram(title, output, self.language, boxes, tuple(edges), self.groups())
        tell = Telling(self._formula, self.titled, self.aloud, self.told)
        acts = acts_of(self.trace, self.owner, edges) if self.trace is not None else diagram.acts
        diagram = diagram._replace(acts=acts, tell=tell)
        return at_depth(diagram, graph, self.options, self.spelling)

    def box(self, part: Part) -> DiagramBox:
        """Return the box of a part, with its title."""
        return self.titled(self.bare(part))

    def bare(self, part: Part) -> DiagramBox:
        """Return the box of a part, with its numbers and without its texts."""
        graph, trace, show, node = self.graph, self.trace, self.options.show, part.node
        values = "values" in show and not part.literal
        adjoint = adjoint_of(trace, node) if trace is not None and "adjoints" in show else None
        box = DiagramBox(
            id=f"n{node}",
            node=node,
            role=cast("Role", graph.role(node)),
            name=graph.name(node),
            label="",
            formula="",
            symbol="",
            value=trace.values[node] if trace is not None and values else None,
            adjoint=adjoint,
            adjoint_sign="",
            group=part.group,
            trouble=self.trouble(part),
            words="",
            value_step=trace.steps.forward_index[node] if trace is not None else 0,
            adjoint_step=self.adjoint_step(node),
            nodes=tuple(part.nodes),
            summary=self.frozen(part),
        )
        self._drawn[box.id] = part
        return box

    def titled(self, box: DiagramBox) -> DiagramBox:
        """Return a box with its name, its formula and its signs; one that has them stays."""
        part = self._drawn.get(box.id)
        if part is None or box.adjoint_sign:
            return box
        label, formula = self._title(part)
        sign, symbol = self.spelling.adjoint(part.node), operator_tex(self.graph, part)
        return box._replace(label=label, formula=formula, symbol=symbol, adjoint_sign=sign)

    def _formula(self, box: DiagramBox) -> str:
        part = self._drawn.get(box.id)
        return box.formula if part is None or box.adjoint_sign else self._title(part)[1]

    def aloud(self, box: DiagramBox) -> DiagramBox:
        """Return a box with its title, read aloud; a fold is already."""
        box, part = self.titled(box), self._drawn.get(box.id)
        if box.words or part is None or not self.spelling.aloud:
            return box
        formula = told_formula(self.graph, part, self.detail)
        return box._replace(words=self._commas(box_words(box, formula, self.language)))

    def frozen(self, part: Part) -> str:
        """Return the word of a parameter that training leaves alone."""
        held = self.graph.heading.frozen
        named = held and self.graph.name(part.node) in held
        return text("figure.frozen", self.language) if named else ""

    def edge(self, part: Part, use: LineInput, back: Any, index: int) -> DiagramEdge:
        """Return one edge of a part, with what it brings back and no texts."""
        return DiagramEdge(
            id=f"e{index}",
            source=self.owner[use.source],
            target=f"n{part.node}",
            slot=use.slot,
            sign="",
            partial="",
            number=None,
            contribution=back,
            words="",
            numbers="",
            forward_step=0 if self.trace is None else self.trace.steps.forward_index[part.node],
            backward_step=self.pulled(part).get(use.slot, 0),
        )

    def pulled(self, part: Part) -> Mapping[int, int]:
        """Return, by slot of a part, the step after which its adjoint was pulled back."""
        if part.node not in self._pulled:
            self._pulled[part.node] = pulled_back_at(self.trace, part) if self.trace else {}
        return self._pulled[part.node]

    def told(self, edge: DiagramEdge) -> DiagramEdge:
        """Return an edge with its texts; one that stands for several is only read aloud."""
        part, use = self._uses[edge.id]
        if (edge.source, edge.target) == (self.owner[use.source], f"n{part.node}"):
            partial = self.partials(part).get(use.slot) if self.partials_wanted else None
            return self.with_texts(edge, part, use, partial)
        if edge.words or not self.spelling.aloud:
            return edge
        ends = self.graph.name(part.node), self.graph.name(use.source)
        return edge._replace(words=edge_words(*ends, self.language))

    def with_texts(
        self, edge: DiagramEdge, part: Part, use: LineInput, partial: PartialEntry | None
    ) -> DiagramEdge:
        """Return an edge with its texts."""
        repeated = sum(other.source == use.source for other in part.uses) > 1
        sign = formula = ""
        number = None
        if partial is not None and "partials" in self.options.show:
            formula, number = self.spelling.derivative(partial), partial.value
            if partial.is_undefined:
                word = text("figure.undefined", self.language)
                formula, number = text_tex(word) if self.spelling.aloud else word, None
        if partial is not None and not partial.pullback:
            sign = self.spelling.partial_sign(part, use, repeated=repeated)
        edge = edge._replace(sign=sign, partial=formula, number=number)
        if not self.spelling.aloud:
            return edge
        names = self.graph.name(part.node), self.graph.name(use.source)
        return edge._replace(
            words=edge_words(*names, self.language),
            numbers=edge_numbers(*names, number, edge.contribution, self.language),
            formula=self.plain_formula(part, use, partial, repeated=repeated),
        )

    def contributions(self, part: Part) -> Mapping[int, Any]:
        """Return what a part brings back, by slot."""
        if self.trace is None or not part.uses or not self.sums_wanted:
            return {}
        line = self.graph.line(self.graph.line_of(part.node))
        line = line if self.detail == "line" else alone(line, part.node)
        return line_contributions(self.trace, line)

    def partials(self, part: Part) -> Mapping[int, PartialEntry]:
        """Return the derivatives of a part by slot."""
        if part.node not in self._partials:
            entry = entry_at(self.source, part.node, self.detail)
            self._partials[part.node] = {partial.slot: partial for partial in entry.partials}
        return self._partials[part.node]

    def plain_formula(
        self, part: Part, use: LineInput, partial: PartialEntry | None, *, repeated: bool
    ) -> str:
        """Return a derivative in plain symbols; of a structural operation, its pullback."""
        if partial is None:
            return ""
        if partial.pullback:
            return in_course_words(typeset_formula(partial.shown, adjoint=self.plain_adjoint))
        slot = str(use.slot + 1).translate(LOWERED) if repeated else ""
        target, source = (typeset_node(self.graph, node) for node in (part.node, use.source))
        return f"∂{slot}{target}/∂{source} = {typeset_formula(partial.shown)}"

    def plain_adjoint(self, name: str) -> str:
        """Return the plain sign of an adjoint."""
        output, shape = self.graph.output, self.graph.columns.shape(self.graph.output)
        return f"∇{name}" if shape else f"∂{typeset_node(self.graph, output)}/∂{name}"

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
        used = dict.fromkeys(part.group for part in self.parts)
        names = dict.fromkeys(name for group in used for name in groups_around(group))
        return tuple(DiagramGroup(n, group_parts(n)[-1], parent_group(n)) for n in names)
