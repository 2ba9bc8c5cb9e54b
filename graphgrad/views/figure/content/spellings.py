r"""Spell what a diagram says: in LaTeX for a scene, in plain signs for DOT source.

Both spell one graph; the label that its file gives a line goes before the line's name.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import Protocol

from graphgrad.graph.graph import Graph
from graphgrad.graph.inputs import LineInput
from graphgrad.symbolic.write.formula_latex import (
    latex_number,
    line_latex,
    node_formula_latex,
    value_latex,
)
from graphgrad.symbolic.write.latex_movement import is_of_a_layer, latex_on_board
from graphgrad.symbolic.write.names import derivative_latex, name_latex, node_latex
from graphgrad.symbolic.write.words_latex import escaped, text_tex
from graphgrad.views.figure.content.parts import Part
from graphgrad.views.text.box_content import BoxContent, Call, is_number_of, spelled_call
from graphgrad.views.text.course_words import in_course_words
from graphgrad.views.text.entries import PartialEntry
from graphgrad.views.text.plain_math import lowered, typeset_formula, typeset_name, typeset_node

__all__ = ["LatexSpelling", "PlainSpelling", "Spelling", "as_operand", "without_fraction"]

_TOKEN = re.compile(r"\\(?:left|right)\s*.|\\[A-Za-z]+|\\.|.", re.DOTALL)
_SIMPLE = re.compile(r"\\?\w+(?:[_^]\{[\w,]+\})*")
"""A name such as ``w_{12}`` or ``\\theta``, which is not looked through sign by sign."""
_SUMS = frozenset({"+", "-", r"\pm", r"\mp"})
_PART = r"\\partial (?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*"
_DERIVATIVE = re.compile(rf"\\frac\{{({_PART})\}}\{{({_PART})\}}")


class Spelling(Protocol):
    """Spell the parts of one graph.

    Attributes:
        aloud: whether what is spelled is read aloud as well.
    """

    aloud: bool

    def __init__(self, graph: Graph) -> None: ...

    def name(self, node: int, /) -> str:
        """Return a node's name."""
        ...

    def word(self, name: str, /) -> str:
        """Return a name that no node has."""
        ...

    def title(self, part: Part) -> tuple[str, str]:
        """Return a part's name and its right-hand side; a number of a formula has no name."""
        ...

    def call(self, content: BoxContent) -> str:
        """Return the call that made a group; empty for a header."""
        ...

    def adjoint(self, node: int) -> str:
        """Return the sign of a node's adjoint."""
        ...

    def partial_sign(self, part: Part, use: LineInput, *, repeated: bool) -> str:
        """Return the sign of a partial; a source used in several slots is told by its slot."""
        ...

    def derivative(self, partial: PartialEntry) -> str:
        """Return the formula of a derivative."""
        ...


class LatexSpelling:
    """Spell in LaTeX."""

    aloud = True

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.single = not graph.columns.shape(graph.output)
        self.name = cache(partial(node_latex, graph))
        self.output = self.name(graph.output)
        self._output_operand = as_operand(self.output)

    def title(self, part: Part) -> tuple[str, str]:
        """Return name and right-hand side; a line that is named after its formula has no name."""
        graph, node = self.graph, part.node
        if part.literal:
            return "", value_latex(graph, node).text
        line = graph.line(graph.line_of(node))
        whole = len(part.nodes) == len(line.nodes)
        formula = line_latex(graph, line) if whole else node_formula_latex(graph, node)
        formula = latex_on_board(formula, whole=not is_of_a_layer(graph, node))
        name = self.name(node)
        if formula and name.removeprefix(r"\left(").removesuffix(r"\right)") == formula:
            name = ""
        return name, formula

    def word(self, name: str) -> str:
        """Return a name that no node has."""
        return name_latex(name)

    def call(self, content: BoxContent) -> str:
        """Return the call that made a group; what it reads through a line of its own as that."""
        return "" if content.call is None else self._call(content.call, content)

    def _call(self, call: Call, content: BoxContent) -> str:
        given = [self._given(one, content) for one in call.arguments]
        given += [r"\ldots"] if call.more else []
        return rf"{_head(call.head)}\left({', '.join(given)}\right)"

    def _given(self, given: int | Call, content: BoxContent) -> str:
        if isinstance(given, Call):
            return self._call(given, content)
        if is_number_of(self.graph, content, given):
            return latex_number(self.graph.defaults[given]).text
        line = self.graph.line(self.graph.line_of(given))
        inner = line.index in content.group.lines and given == line.root
        return latex_on_board(line_latex(self.graph, line)) if inner else self.name(given)

    def adjoint(self, node: int) -> str:
        r"""Return the sign of an adjoint on one line: ``\partial L/\partial z``."""
        name = self.name(node)
        if not self.single:
            return rf"\overline{{{name}}}"
        return rf"\partial {self._output_operand}/\partial {as_operand(name)}"

    def partial_sign(self, part: Part, use: LineInput, *, repeated: bool) -> str:
        r"""Return ``\frac{\partial z}{\partial w}``."""
        names = (as_operand(self.name(node)) for node in (part.node, use.source))
        sign = derivative_latex(*names)
        return rf"{sign}_{{({use.slot + 1})}}" if repeated else sign

    def derivative(self, partial: PartialEntry) -> str:
        """Return a derivative; the adjoint of the output, dL/dL, is left out of products."""
        return latex_on_board(partial.without_seed)


class PlainSpelling:
    """Spell in plain Unicode, as on the board."""

    aloud = False

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.single = not graph.columns.shape(graph.output)
        self.name = cache(partial(typeset_node, graph))
        self.output = self.name(graph.output)

    def title(self, part: Part) -> tuple[str, str]:
        """Return name and right-hand side."""
        name, formula = "" if part.literal else self.name(part.node), self._formula(part.formula)
        return name, in_course_words(formula) if is_of_a_layer(self.graph, part.node) else formula

    def word(self, name: str) -> str:
        """Return a name that no node has."""
        return typeset_name(name)

    def call(self, content: BoxContent) -> str:
        """Return the call that made a group."""
        return spelled_call(self.graph, content, self.name, self._formula)

    def adjoint(self, node: int) -> str:
        """Return ``∂L/∂z``; without one output, ``∇z``."""
        return self._adjoint_of(self.name(node))

    def partial_sign(self, part: Part, use: LineInput, *, repeated: bool) -> str:
        """Return ``∂z/∂w``."""
        target, source = self.name(part.node), self.name(use.source)
        return f"∂{target}/∂{source}" + (lowered(f"({use.slot + 1})") if repeated else "")

    def derivative(self, partial: PartialEntry) -> str:
        """Return a derivative as on the board."""
        return in_course_words(self._formula(partial.board))

    def _formula(self, text: str) -> str:
        return typeset_formula(text, self._spelled, self._adjoint_of)

    def _adjoint_of(self, name: str) -> str:
        return f"∂{self.output}/∂{name}" if self.single else f"∇{name}"

    def _spelled(self, name: str) -> str:
        node = self.graph.find(name) if self.graph.labels else None
        return typeset_name(name) if node is None else self.name(node)


def _head(name: str) -> str:
    """Return what heads a call, upright; in math an accent or a space of its name would be lost."""
    plain = name.isascii() and " " not in name
    return rf"\operatorname{{{escaped(name)}}}" if plain else text_tex(name, len(name))


def as_operand(tex: str) -> str:
    r"""Return a label in brackets if it is a sum, has a sign or is a derivative, else as it is.

    >>> as_operand("e^{-d}"), as_operand("-d"), as_operand("1 + e^{-d}")
    ('e^{-d}', '\\left(-d\\right)', '\\left(1 + e^{-d}\\right)')
    >>> as_operand(r"\frac{\partial L}{\partial w_{1}}")
    '\\left(\\partial L/\\partial w_{1}\\right)'
    """
    if _SIMPLE.fullmatch(tex):
        return tex
    if _DERIVATIVE.fullmatch(tex):
        return rf"\left({without_fraction(tex)}\right)"
    depth = 0
    for token in _TOKEN.findall(tex):
        if token in "{[(" or token.startswith(r"\left"):
            depth += 1
        elif token in "}])" or token.startswith(r"\right"):
            depth -= 1
        elif token in _SUMS and depth <= 0:
            return rf"\left({tex}\right)"
    return tex


def without_fraction(tex: str) -> str:
    r"""Return a derivative on one line; anything else as it is.

    >>> without_fraction(r"\frac{\partial L}{\partial w_{1}}")
    '\\partial L/\\partial w_{1}'
    """
    derivative = _DERIVATIVE.fullmatch(tex)
    return f"{derivative[1]}/{derivative[2]}" if derivative else tex
