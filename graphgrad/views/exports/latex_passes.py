r"""Write both passes of a graph as one ``align*`` environment: formulas, then adjoints."""

from __future__ import annotations

import re
from typing import Any

from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import to_float
from graphgrad.symbolic.derive.gradient import GradientLine, gradient_lines
from graphgrad.symbolic.write.formula_latex import line_latex
from graphgrad.symbolic.write.latex_movement import is_of_a_layer, latex_on_board
from graphgrad.symbolic.write.names import node_latex
from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.views.text.numbers import with_commas_latex
from graphgrad.views.text.numbers_latex import value_tex

__all__ = ["latex_passes"]

_TIMES_ONE = re.compile(r" \\cdot 1(?= |$)")
"""A factor 1, which says nothing; a fraction's or a power's own 1 has another neighbour."""


def latex_passes(graph: Graph) -> str:
    r"""Return LaTeX to paste: leaves with values, the forward pass, the backward pass.

    >>> from graphgrad.source.gg import read_gg
    >>> print(latex_passes(read_gg("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2")))
    % in the preamble: \usepackage{amsmath}
    \begin{align*}
    x &= 3 \\
    w &= 2 \\[1ex]
    \intertext{Forward pass}
    z &= w \cdot x \\
    L &= z^{2} \\[1ex]
    \intertext{Backward pass}
    \frac{\partial L}{\partial L} &= 1 \\
    \frac{\partial L}{\partial z} &= \frac{\partial L}{\partial L} \cdot \left(2 z\right) \\
    \frac{\partial L}{\partial w} &= \frac{\partial L}{\partial z} \cdot x \\
    \frac{\partial L}{\partial x} &= \frac{\partial L}{\partial z} \cdot w
    \end{align*}
    <BLANKLINE>
    """
    leaves, forward = [], []
    for line in graph.lines():
        name = node_latex(graph, line.root)
        if not graph.is_leaf(line.root):
            whole = not is_of_a_layer(graph, line.root)
            forward.append(f"{name} &= {latex_on_board(line_latex(graph, line), whole=whole)}")
        elif line.root in graph.defaults:
            leaves.append(f"{name} &= {_value(graph.defaults[line.root])}")
    backward = [
        f"{line.latex_name} &= {latex_on_board(_TIMES_ONE.sub('', line.latex))}"
        for line in _adjoints(graph)
    ]
    words = [rf"\intertext{{{text('export.forward')}}}"] if leaves else []  # never in front
    parts = [*leaves, *words, *forward]
    if backward:
        parts += [rf"\intertext{{{text('export.backward')}}}", *backward]
    if graph.heading.comma:
        parts = [part if part.startswith(r"\inter") else with_commas_latex(part) for part in parts]
    lines = [r"% " + text("export.latex"), *_title(graph), r"\begin{align*}", *_ended(parts)]
    return "\n".join([*lines, r"\end{align*}", ""])


def _value(value: Any) -> str:
    """Return a value in LaTeX; the minus of words is one that every engine has."""
    return value_tex(to_float(value)).replace("−", "$-$")


def _adjoints(graph: Graph) -> list[GradientLine]:
    return gradient_lines(graph) if graph.variable[graph.output] else []


def _title(graph: Graph) -> list[str]:
    """Return the title above the formulas, in words that LaTeX does not act on."""
    title = graph.heading.title_in()
    return [rf"\noindent {text_tex(title)[len(chr(92) + 'text{') : -1]}"] if title else []


def _ended(parts: list[str]) -> list[str]:
    r"""Return the lines with ``\\`` between two formulas; words between them stand alone."""
    ended = []
    for at, part in enumerate(parts):
        last = at == len(parts) - 1
        if part.startswith(r"\intertext") or last:
            ended.append(part)
        else:
            ended.append(
                part + (r" \\[1ex]" if parts[at + 1].startswith(r"\intertext") else r" \\")
            )
    return ended
