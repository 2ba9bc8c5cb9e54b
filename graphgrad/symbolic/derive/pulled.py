"""Compose pullbacks over the operations of a signature, as pieces of formula."""

from __future__ import annotations

from graphgrad.ops.row import ATOM, Elementwise, Structural
from graphgrad.ops.rows.reduction_rows import spread
from graphgrad.ops.shapes import unbroadcast
from graphgrad.ops.text import Written
from graphgrad.symbolic.derive.pieces import PIECES, Piece
from graphgrad.symbolic.derive.signature import Constant
from graphgrad.symbolic.derive.small_graph import Wiring
from graphgrad.symbolic.write.formula_latex import latex_number
from graphgrad.symbolic.write.gaps import marker

__all__ = ["Puller"]

_LONGEST_VALUE = 300
_LONGEST_ADJOINT = 1_500


class Puller:
    """Pull the root's adjoint back through the operations, one text per source.

    What would grow too long is named instead: an inner value ``h.1``, an inner adjoint
    ``adj(h.1)``.

    Args:
        wiring: the operations.
        longest: how long an adjoint may grow.
        unit: whether the root's adjoint is 1, as that of a loss.
    """

    def __init__(
        self, wiring: Wiring, *, longest: int = _LONGEST_ADJOINT, unit: bool = False
    ) -> None:
        self.wiring = wiring
        self.longest = longest
        self.unit = unit
        shapes = wiring.signature.shapes
        self.shapes = shapes or ((),) * (wiring.root + 1)
        self.values: list[Piece] = []
        for number in range(wiring.root + 1):
            self.values.append(self._value(number))

    def _value(self, number: int) -> Piece:
        constant = self.wiring.constant(number)
        if constant is not None:
            return self._constant(number, constant)
        operation = self.wiring.operations.get(number)
        name = self.named("n", number)
        if operation is None or number == self.wiring.root:
            return name
        args = [self.values[arg] for arg in self.wiring.args[number]]
        value = PIECES.call(operation.row.name, *args, **self.wiring.settings(number))
        return value if len(value.text.text) <= _LONGEST_VALUE else name

    def _constant(self, number: int, constant: Constant) -> Piece:
        if constant.exact is not None:
            return PIECES.piece(constant.exact)
        if constant.symbol:
            return PIECES.named(constant.symbol, constant.symbol.replace("pi", r"\pi"))
        gap = self.named("c", number)
        return -gap if constant.minus else gap

    def named(self, kind: str, number: int) -> Piece:
        """Return a number's value or adjoint by name."""
        text = Written(marker(kind, number), ATOM)
        return Piece(text, text, self.shapes[number])

    def sources(self, wanted: int) -> dict[int, Piece]:
        """Return what the root's adjoint contributes to each wanted source (bits)."""
        wiring = self.wiring
        terms: dict[int, list[tuple[int, int, Piece]]] = {}
        for number in reversed(wiring.operations):
            adjoint = self._adjoint(number, terms)
            if adjoint is None:
                continue
            for slot, arg in enumerate(wiring.args[number]):
                if wiring.reach[arg] & wanted:
                    term = self.pulled(number, slot, adjoint)
                    if term is not None:
                        terms.setdefault(arg, []).append((number, slot, term))
        return {
            source: self._total(source, terms.get(source, []))
            for source in range(wiring.first)
            if wanted >> source & 1
        }

    def slots(self, wanted: int) -> dict[int, Piece]:
        """Return what the adjoint of the only op contributes, by slot."""
        root, result = self.wiring.root, {}
        for slot, arg in enumerate(self.wiring.args[root]):
            if self.wiring.reach[arg] & wanted:
                term = self.pulled(root, slot, self._seed())
                result[slot] = self._total(arg, [] if term is None else [(root, slot, term)])
        return result

    def pulled(self, number: int, slot: int, adjoint: Piece) -> Piece | None:
        """Return an adjoint of an op pulled back to one argument; None where it is zero."""
        row, settings = self.wiring.operations[number].row, self.wiring.settings(number)
        numbers = self.wiring.args[number]
        args, out = tuple(self.values[arg] for arg in numbers), self.values[number]
        if row.name == "logsumexp" and len(settings["axis"]) == 1:
            weights = PIECES.call("softmax", args[0], axis=settings["axis"][0])
            upstream: Piece = spread(PIECES, adjoint, args[0].shape, settings["axis"])
            return upstream * weights
        if row.name == "det":  # as Jacobi told it; the row itself needs no inverse
            inverted: Piece = PIECES.transpose(PIECES.inverse(args[0]), axes=(1, 0))
            return adjoint * out * inverted
        if isinstance(row, Structural):
            pulled: Piece | None = row.pullback(PIECES, adjoint, out, args, slot, **settings)
            return pulled
        assert isinstance(row, Elementwise)
        partial = PIECES.piece(row.partials[slot](PIECES, out, *args, **settings))
        if partial.number == 0:
            return None
        summed: Piece = unbroadcast(PIECES, adjoint * partial, self.shapes[numbers[slot]])
        return summed

    def _seed(self) -> Piece:
        return PIECES.piece(1) if self.unit else self.named("a", self.wiring.root)

    def _adjoint(self, number: int, terms: dict[int, list[tuple[int, int, Piece]]]) -> Piece | None:
        if number == self.wiring.root:
            return self._seed()
        if number not in terms:
            return None
        total = self._total(number, terms.pop(number))
        return total if len(total.text.text) <= self.longest else self.named("a", number)

    def _total(self, number: int, terms: list[tuple[int, int, Piece]]) -> Piece:
        """Return the sum over all uses, in the order of the formula."""
        ordered = [term for _, _, term in sorted(terms, key=lambda use: use[:2])]
        if not ordered:
            zero = Piece(Written("0"), latex_number(0))
            shape = self.shapes[number]
            return PIECES.broadcast(zero, shape=shape) if shape else zero
        return PIECES.total(ordered)
