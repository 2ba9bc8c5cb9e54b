"""Tell the derivative of a line or of one operation in each of its slots, as text and LaTeX.

Each signature is worked out once, with gaps for names; a million lines fill gaps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any, Literal, NamedTuple

from graphgrad.graph.graph import Graph, Line
from graphgrad.graph.inputs import computations
from graphgrad.ops.row import ATOM, COMPARE, PRODUCT, SUM, Structural
from graphgrad.ops.text import Written
from graphgrad.symbolic.derive.kept import Spellings, keep, kept
from graphgrad.symbolic.derive.pieces import Piece
from graphgrad.symbolic.derive.pulled import Puller
from graphgrad.symbolic.derive.signature import Scope, Signature, scope_of
from graphgrad.symbolic.derive.small_graph import Wiring
from graphgrad.symbolic.terms import GaveUpError
from graphgrad.symbolic.write.board import BOARD, BOARD_ARRAYS
from graphgrad.symbolic.write.formula_latex import bracketed, within
from graphgrad.symbolic.write.gaps import MARKER, Template, fill, marked_index, template
from graphgrad.symbolic.write.spelling_styles import LATEX, LATEX_ARRAYS, TEXT, Style

__all__ = ["SymbolicPartial", "line_partials", "node_partials"]

Kind = Literal["partial", "pullback"]
MOST_OPERATIONS = 2_000
"""Operations of a line whose derivatives are written: of a longer one the numbers are told alone,
as its formula is, by an ellipsis."""


class SymbolicPartial(NamedTuple):
    """The derivative of a line or node in one of its slots.

    Attributes:
        slot: position among the inputs.
        source: the node it is the derivative in.
        kind: ``partial`` is a factor of the upstream adjoint; ``pullback`` is the whole
            contribution, where a structural op stands between.
        text: in the expression language; ``adj(h)`` is the adjoint of h.
        latex: in LaTeX.
        level: how tightly the text binds.
        latex_level: how tightly the LaTeX binds.
        without_seed: the LaTeX without the factor dL/dL, which is 1, nor the 2/2 it leaves.
        shown: as it is shown in plain text: conditions in brackets, cases, vectors of ones;
            ``adj(h)`` is still the adjoint of h.
        shown_level: how tightly that binds.
    """

    slot: int
    source: int
    kind: Kind
    text: str
    latex: str
    level: int = ATOM
    latex_level: int = ATOM
    without_seed: str = ""
    shown: str = ""
    shown_level: int = ATOM


class _Spelled(NamedTuple):
    """A derivative with gaps for names: in the spellings, and shown where the adjoint is 1."""

    kind: Kind
    text: Written
    latex: Written
    shown: Written
    seeded_latex: Written
    seeded: Written


class _Gapped(NamedTuple):
    """A partial of a signature, with gaps for names."""

    slot: int
    source: int
    kind: Kind
    text: Template
    latex: Template
    level: int
    latex_level: int
    without_seed: Template
    shown: Template
    shown_level: int
    seeded: Template
    seeded_level: int


_UNSAID = _Spelled("pullback", *[Written("…")] * 5)


def line_partials(graph: Graph, line: Line) -> list[SymbolicPartial]:
    """Return one partial per slot of a line, aligned with ``line_inputs``.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> builder = GraphBuilder()
    >>> w, x = (builder.leaf_line(name, "param", 1.0) for name in "wx")
    >>> h = builder.apply("tanh", (builder.apply("mul", (w, x)),)); builder.end_line("h")
    >>> graph = builder.freeze(h)
    >>> [partial.text for partial in line_partials(graph, graph.line(2))]
    ['x*(1 - h^2)', 'w*(1 - h^2)']
    """
    return _filled(graph, computations(graph, line))


def node_partials(graph: Graph, node: int) -> list[SymbolicPartial]:
    """Return one partial per slot of one operation, without constants; parents by name."""
    return [] if graph.is_leaf(node) else _filled(graph, (node,))


def _filled(graph: Graph, nodes: Iterable[int]) -> list[SymbolicPartial]:
    scope = scope_of(graph, nodes)
    return [_named(gapped, scope) for gapped in _gapped(scope.signature)] if scope.locals else []


def _named(gapped: _Gapped, scope: Scope) -> SymbolicPartial:
    """Return a partial with names in its gaps."""
    output = scope.graph.output
    seeded = scope.locals[-1] == output and not scope.graph.columns.shape(output)
    latex = fill(gapped.latex, scope.latex)
    return SymbolicPartial(
        gapped.slot,
        scope.sources[gapped.source],
        gapped.kind,
        fill(gapped.text, scope.text),
        latex,
        gapped.level,
        gapped.latex_level,
        fill(gapped.without_seed, scope.latex) if seeded else latex,
        fill(gapped.seeded if seeded else gapped.shown, scope.text),
        gapped.seeded_level if seeded else gapped.shown_level,
    )


@lru_cache(maxsize=8192)
def _gapped(signature: Signature) -> tuple[_Gapped, ...]:
    """Work out the partials of a signature: in sympy where they are factors, else as pullbacks."""
    wiring = Wiring(signature)
    args = wiring.args[wiring.root] if wiring.single else tuple(range(wiring.first))
    uses = {slot: arg for slot, arg in enumerate(args) if wiring.reach[arg] and arg < wiring.first}
    if len(wiring.operations) > MOST_OPERATIONS:
        places = range(len(uses))
        return tuple(_with_gaps(_UNSAID, *of) for of in zip(places, uses.values(), strict=True))
    factors = _factors(wiring)
    rest = sum({1 << arg for slot, arg in uses.items() if slot not in factors})
    pulled = _pulled(wiring, rest) if rest else {}
    result = []
    for place, (slot, arg) in enumerate(uses.items()):
        found = factors.get(slot) or pulled[slot]
        result.append(_with_gaps(found, slot if wiring.single else place, arg))
    return tuple(result)


def _with_gaps(found: _Spelled, position: int, arg: int) -> _Gapped:
    return _Gapped(
        position,
        arg,
        found.kind,
        template(found.text.text),
        template(found.latex.text),
        found.text.level,
        found.latex.level,
        template(found.seeded_latex.text),
        template(found.shown.text),
        found.shown.level,
        template(found.seeded.text),
        found.seeded.level,
    )


def _factors(wiring: Wiring) -> dict[int, _Spelled]:
    """Return the partials of sources that reach the root through element-wise ops only."""
    wanted = wiring.reach[wiring.root] & ~wiring.structural
    if not wanted:
        return {}
    known = _in_terms(wiring, wanted)
    if known is None:
        known = kept(wiring)
    if known is None:
        known = _worked_out(wiring, wanted)
        keep(wiring, known)
    return {slot: _Spelled("partial", *of, *of[1:]) for slot, of in known.items()}


def _in_terms(wiring: Wiring, wanted: int) -> Spellings | None:
    """Return derivatives with gaps as our own algebra finds them; None where it does not."""
    from graphgrad.symbolic.derive.composer import composed_in_terms
    from graphgrad.symbolic.write.term_text import write_terms

    found = composed_in_terms(wiring, wanted)
    if found is None:
        return None
    try:
        return _spelled(wiring, found[0], found[0], partial(write_terms, ordering=found[1]))
    except GaveUpError:
        return None


def _worked_out(wiring: Wiring, wanted: int) -> Spellings:
    """Return derivatives with gaps as sympy finds them: as text, in LaTeX and as shown."""
    from graphgrad.symbolic.derive.composed import composed
    from graphgrad.symbolic.write.sympy_text import write

    expressions, boards, ordering = composed(wiring, wanted)
    return _spelled(wiring, expressions, boards, partial(write, ordering=ordering))


def _spelled(
    wiring: Wiring, expressions: Mapping[int, Any], boards: Mapping[int, Any], write: Any
) -> Spellings:
    """Return derivatives in all spellings."""
    inner = _structural_values(wiring)
    spelled: Spellings = {}
    for slot, expression in expressions.items():
        board = boards[slot]
        arrays = _is_of_arrays(wiring, board)
        text = write(expression, TEXT)
        styles = (LATEX_ARRAYS, BOARD_ARRAYS) if arrays else (LATEX, BOARD)
        latex, shown = (_written(board, style, write) for style in styles)
        latex = _as_number(latex)
        if inner:
            text, latex, shown = inner.text(text), inner.latex(latex), inner.shown(shown)
        spelled[slot] = (text, latex, shown)
    return spelled


def _written(board: Any, style: Style, write: Any) -> Written:
    """Return a derivative as it is shown: one that is a number alone is a fraction, as 1/2."""
    if board.is_Rational and not board.is_Integer:
        return style.whole(Fraction(int(board.p), int(board.q)))
    written: Written = write(board, style)
    return written


def _is_of_arrays(wiring: Wiring, expression: Any) -> bool:
    """Tell whether every name of an expression is an array, so that products go by entry."""
    shapes = wiring.signature.shapes or ()
    indices = [marked_index(symbol.name) for symbol in expression.free_symbols]
    return bool(shapes) and all(index is not None and shapes[index] for index in indices)


def _pulled(wiring: Wiring, wanted: int) -> dict[int, _Spelled]:
    """Return the contributions of the other sources, as pullbacks."""
    longest = {} if wanted & wiring.structural else {"longest": 0}
    shapes = wiring.signature.shapes
    units = (False, shapes is None or not shapes[-1])
    pieces, seeded = (
        puller.slots(wanted) if wiring.single else puller.sources(wanted)
        for puller in (Puller(wiring, unit=unit, **longest) for unit in units)
    )
    return {
        slot: _Spelled(
            "pullback",
            p.text,
            _as_number(p.latex),
            p.board,
            _as_number(seeded[slot].latex),
            seeded[slot].board,
        )
        for slot, p in pieces.items()
    }


def _as_number(latex: Written) -> Written:
    """Return a relation that is all there is in its brackets: it is 1 or 0."""
    return Written(bracketed(latex)) if latex.level == COMPARE else latex


class _Inner(NamedTuple):
    """Write out structural operations inside an element-wise partial."""

    puller: Puller
    first: int

    def text(self, template: Written) -> Written:
        """Return a text of files with the operations in its gaps."""
        return self._filled(template, lambda piece: piece.text, Written.within)

    def latex(self, template: Written) -> Written:
        """Return LaTeX with the operations in its gaps."""
        return self._filled(template, lambda piece: piece.latex, within)

    def shown(self, template: Written) -> Written:
        """Return plain text with the operations in its gaps, as it is shown."""
        return self._filled(template, lambda piece: piece.board, Written.within)

    def _filled(
        self,
        template: Written,
        spelled: Callable[[Piece], Written],
        within: Callable[[Written, int], str],
    ) -> Written:
        """Put operations into gaps, in brackets where they bind too loosely for what is beside."""
        text = template.text
        alone = marked_index(text)
        piece = None if alone is None else self._piece(alone)
        if piece is not None:
            written = spelled(piece)  # a*(H V) is no product of three
            return Written(written.text, SUM) if written.level == PRODUCT else written

        def operation(found: re.Match[str]) -> str:
            piece = self._piece(int(found[2]))
            if piece is None:
                return found[0]
            return within(spelled(piece), _level_at(text, found.start(), found.end()))

        return Written(MARKER.sub(operation, text), template.level)

    def _piece(self, index: int) -> Piece | None:
        operation = self.puller.wiring.operations.get(index)
        if operation is None or index == self.puller.wiring.root:
            return None
        piece = self.puller.values[index]
        return piece if isinstance(operation.row, Structural) and piece.op else None


def _level_at(text: str, start: int, end: int) -> int:
    """Return how tightly a part has to bind in a place: between factors, terms, or alone."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _FACTOR_BEFORE.search(before) or _FACTOR_BEHIND.match(after):
        return ATOM
    alone = _OPENED.search(before) and _CLOSED.match(after)
    return COMPARE + 1 if alone else PRODUCT


_NEAR = 12
_FACTOR_BEFORE = re.compile(r"(?:[*/^@⊙\w)}\]\x03]|\\cdot|\\odot|\\,)\s*\Z")
_FACTOR_BEHIND = re.compile(r"\s*(?:[*/^@⊙_\w({\[\x02]|\\cdot|\\odot|\\,|\\left|\\[a-z]+\{)")
_OPENED = re.compile(r"(?:\A|[({\[])\Z")
_CLOSED = re.compile(r"(?:\Z|\\right|[)}\]])")


def _structural_values(wiring: Wiring) -> _Inner | None:
    inner = [o for n, o in wiring.operations.items() if n != wiring.root]
    if any(isinstance(operation.row, Structural) for operation in inner):
        return _Inner(Puller(wiring), wiring.first)
    return None
