"""Write a graph as a Mermaid flowchart, which a README shows as a figure.

Source: Mermaid, Flowcharts - Basic Syntax, "Special characters that break syntax", "Entity codes".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.compile.writing.names import in_comment
from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph, Line
from graphgrad.graph.inputs import line_reads
from graphgrad.messages.catalogue import text
from graphgrad.symbolic.write.latex_movement import is_of_a_layer
from graphgrad.trace.trace import Trace
from graphgrad.views.text.course_words import formula_on_board
from graphgrad.views.text.entries import adjoint_of
from graphgrad.views.text.narrate import adjoint_name
from graphgrad.views.text.numbers import as_in_file, inline

__all__ = ["mermaid_text"]

_BOXES = {
    "input": ('(["', '"])'),
    "parameter": ('[["', '"]]'),
    "constant": ('("', '")'),
    "loss": ('{{"', '"}}'),
}
_ACTS = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\\": "#92;"}


def mermaid_text(graph: Graph) -> str:
    r"""Return a flowchart: a box per line with formula, value and adjoint, an edge per use.

    >>> from graphgrad.source.gg import read_gg
    >>> print(mermaid_text(read_gg("input x = 3\nparam w = 2\nloss L = (w*x)^2")))
    flowchart LR
      %% round: inputs; double sides: parameters; hexagon: the loss
      n0(["x = 3<br/>dL/dx = 24"])
      n1[["w = 2<br/>dL/dw = 36"]]
      n2{{"L = (w*x)^2<br/>= 36"}}
      n1 --> n2
      n0 --> n2
    <BLANKLINE>
    """
    values = all(line.root in graph.defaults for line in graph.lines() if graph.is_leaf(line.root))
    trace = record(graph) if values else None
    return "\n".join([*_lines(graph, trace), ""])


def _lines(graph: Graph, trace: Trace | None) -> Iterator[str]:
    title = graph.heading.title_in()
    if title:
        yield from ("---", f"title: {_title(title)}", "---")
    yield from ("flowchart LR", f"  %% {text('export.mermaid')}")
    held: dict[str, list[Line]] = {}  # a group is one frame, though other lines stand between
    for line in graph.lines():
        held.setdefault(line.group or f"{line.index}", []).append(line)
    for lines in held.values():
        group = lines[0].group
        if group:
            yield f'  subgraph g{lines[0].index}["{_safe(group)}"]'
        yield from (("    " if group else "  ") + _box(graph, trace, line) for line in lines)
        if group:
            yield "  end"
    for line in graph.lines():
        read = dict.fromkeys(graph.line_of(source) for _, source in line_reads(graph, line))
        yield from (f"  n{source} --> n{line.index}" for source in read if source != line.index)


def _box(graph: Graph, trace: Trace | None, line: Line) -> str:
    opening, closing = _BOXES.get(graph.role(line.root), ('["', '"]'))
    formula = line_formula(graph, line)
    if is_of_a_layer(graph, line.root):
        formula = formula_on_board(graph, line.root, formula)
    parts = [_safe(f"{line.name} = {formula}" if formula else line.name)]
    if trace is not None:
        value = _safe(inline(trace.values[line.root]))
        parts = [*parts, f"= {value}"] if formula else [f"{parts[0]} = {value}"]
        parts += _adjoint(trace, line.root)
    written = as_in_file(graph, "<br/>".join(parts))
    return f"n{line.index}{opening}{written}{closing}"


def _adjoint(trace: Trace, node: int) -> list[str]:
    """Return what is said of the adjoint of a box, nothing of the output's own 1."""
    adjoint: Any = adjoint_of(trace, node)
    if adjoint is None or node == trace.graph.output:
        return []
    return [_safe(f"{adjoint_name(trace.graph, node)} = {inline(adjoint)}")]


def _safe(words: str) -> str:
    """Return words in which no character acts in Mermaid."""
    return "".join(_ACTS.get(c, c if c.isprintable() else " ") for c in words)


def _title(words: str) -> str:
    """Return a title as YAML holds it between double quotes."""
    escaped = in_comment(words).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
