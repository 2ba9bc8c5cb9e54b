"""Tell what one step of a pass does, in a sentence, in symbols and in numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphgrad.graph.formula import node_formula
from graphgrad.graph.graph import Edge, Graph
from graphgrad.messages.catalogue import language, text
from graphgrad.messages.keywords import set_apart
from graphgrad.ops.row import SUM, Structural
from graphgrad.ops.text import Written
from graphgrad.trace.steps import Step
from graphgrad.trace.trace import Trace
from graphgrad.views.text.entries import LOWERED, alone, told_adjoints
from graphgrad.views.text.numbers import inline
from graphgrad.views.text.substitution import MOST_TERMS, product_text, substituted, sum_text
from graphgrad.views.text.trouble import blocked_sentence, convention_at

__all__ = ["StepText", "adjoint_name", "joined_names", "partial_name", "step_text"]


class StepText(NamedTuple):
    """What is said about a step.

    Attributes:
        title: a few words, for a heading.
        formula: the step in symbols.
        numbers: the step in numbers.
        caption: one or two sentences that need neither.
    """

    title: str
    formula: str
    numbers: str
    caption: str


def step_text(trace: Trace, step: Step) -> StepText:
    """Return what is said about one step of a trace, in the language in force."""
    return _TELLERS[step.phase](trace, step)


def adjoint_name(graph: Graph, node: int) -> str:
    """Return the name of an adjoint, as in dL/dz."""
    return f"d{graph.name(graph.output)}/d{graph.name(node)}"


def partial_name(graph: Graph, edge: Edge) -> str:
    """Return the name of a local derivative: ∂z/∂w, or ∂₁z/∂w where w fills several slots."""
    parents = list(graph.columns.parents_of(edge.target))
    slot = str(edge.slot + 1).translate(LOWERED) if parents.count(edge.source) > 1 else ""
    return f"∂{slot}{graph.name(edge.target)}/∂{graph.name(edge.source)}"


def joined_names(names: list[str]) -> str:
    """Return names as a list in a sentence: a, b and c."""
    names = list(map(set_apart, names)) if language() == "es" else names
    if len(names) < 2:
        return "".join(names)
    return text("step.and", first=", ".join(names[:-1]), last=names[-1])


# ---- the four phases ----


def _forward(trace: Trace, step: Step) -> StepText:
    graph, node = trace.graph, step.node
    name = graph.name(node)
    formula = node_formula(graph, node)
    value = inline(trace.values[node])
    numbers = substituted(trace, alone(graph.line(graph.line_of(node)), node))
    shown = f"{name} = {numbers} = {value}" if numbers and numbers != value else f"{name} = {value}"
    operands = [
        f"{graph.name(parent)} = {inline(trace.values[parent])}"
        for parent in dict.fromkeys(graph.columns.parents_of(node))
        if not graph.is_constant(parent)
    ]
    message = "step.forward" if operands else "step.forward_constant"
    caption = text(message, name=name, value=value, operands=joined_names(operands))
    return StepText(
        text("step.forward_title", name=name),
        f"{name} = {formula}",
        shown,
        _with_trouble(trace, step, caption),
    )


def _seed(trace: Trace, step: Step) -> StepText:
    graph, node = trace.graph, step.node
    name = graph.name(node)
    seed = inline(trace.seed)
    own = adjoint_name(graph, node)
    message = "step.seed" if seed == "1" else "step.seed_given"
    return StepText(
        text("step.seed_title", name=name),
        f"{own} = {'1' if seed == '1' else text('step.seed_word')}",
        f"{own} = {seed}",
        text(message, name=name, seed=seed),
    )


def _accumulate(trace: Trace, step: Step) -> StepText:
    graph, node = trace.graph, step.node
    name, own = graph.name(node), adjoint_name(graph, node)
    uses = trace.uses(node)
    value = inline(trace.adjoint(node))
    terms = [trace.contribution(edge) for edge in uses[: MOST_TERMS + 1]]
    more = " + …" if len(uses) > MOST_TERMS else ""
    symbols = [contribution_name(graph, edge) for edge in uses[:MOST_TERMS]]
    message = "step.accumulate_one" if len(uses) == 1 else "step.accumulate"
    names = dict.fromkeys(graph.name(edge.target) for edge in uses[:MOST_TERMS])
    targets = joined_names([*names, *(["…"] if more else [])])
    caption = text(message, name=name, count=len(uses), targets=targets, value=value)
    role = graph.role(node)
    if role in ("input", "parameter"):
        caption += " " + text(f"step.gradient_{role}", name=name)
    return StepText(
        text("step.accumulate_title", name=name),
        f"{own} = {' + '.join(symbols)}{more}",
        f"{own} = {sum_text(terms, value)}",
        caption,
    )


def _pullback(trace: Trace, step: Step) -> StepText:
    graph = trace.graph
    edge = edge_of(graph, step)
    symbol = symbolic_partial(graph, edge)
    contribution = inline(trace.contribution(edge))
    adjoint = trace.adjoint(edge.target)
    names = {"target": graph.name(edge.target), "source": graph.name(edge.source)}
    numbers = {"adjoint": inline(adjoint), "contribution": contribution}
    title = text("step.pullback_title", **names)
    if symbol.kind == "pullback":
        told = contribution_name(graph, edge)
        caption = text("step.pullback_structural", symbol=told, **names, **numbers)
        caption += _no_gradient(trace, edge.target)
        return StepText(title, told, contribution, caption)
    partial, local = trace.partial(edge), partial_name(graph, edge)
    shown = Written(symbol.text, symbol.level).within(SUM)
    name = contribution_name(graph, edge)
    caption = text("step.pullback", local=local, partial=inline(partial), **names, **numbers)
    convention = convention_at(trace, edge.target)
    if convention is not None:
        caption += " " + text("step.convention", convention=convention)
    else:
        caption += _no_gradient(trace, edge.target)
    return StepText(
        title,
        text("step.pullback_formula", product=name, local=local, symbol=shown),
        product_text(adjoint, partial, contribution),
        caption,
    )


def _no_gradient(trace: Trace, node: int) -> str:
    """Return a sentence where an op lets no gradient pass, with a space before it."""
    told = blocked_sentence(trace, node)
    return " " + told if told else ""


# ---- parts shared with the steps of whole lines ----


def edge_of(graph: Graph, step: Step) -> Edge:
    """Return the edge along which a pullback step goes."""
    slot = step.slot or 0
    return Edge(graph.columns.parents_of(step.node)[slot], step.node, slot)


def contribution_name(graph: Graph, edge: Edge) -> str:
    """Return a contribution in symbols: adjoint times local derivative, or the pullback."""
    if isinstance(graph.columns.row(edge.target), Structural):
        return told_adjoints(graph, symbolic_partial(graph, edge).shown)
    return f"{adjoint_name(graph, edge.target)}·{partial_name(graph, edge)}"


def symbolic_partial(graph: Graph, edge: Edge) -> Any:
    """Return the symbolic partial of one edge."""
    from graphgrad.symbolic.derive.partials import node_partials

    return next(p for p in node_partials(graph, edge.target) if p.slot == edge.slot)


def _with_trouble(trace: Trace, step: Step, caption: str) -> str:
    trouble = trace.trouble
    if trouble is None or trouble.node != step.node:
        return caption
    from graphgrad.views.text.trouble import trouble_error

    error = trouble_error(trace)
    return caption if error is None else f"{caption} {error.body(None)}"


_TELLERS = {
    "forward": _forward,
    "seed": _seed,
    "accumulate": _accumulate,
    "pullback": _pullback,
}
