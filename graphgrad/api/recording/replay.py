"""Run a tape that looks like many before it by the programs of its graph.

A loop of training records the same operations on other numbers, step after step. Once that has
been seen often enough, both passes are compiled, and from then on a step costs its calls of NumPy
and little else. Every value and every adjoint is there as before, with the same bits; where the
interpreter would look again, it does.
"""

from __future__ import annotations

from array import array
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from graphgrad.autodiff.deferred import Deferred, deferred
from graphgrad.autodiff.sweeps import UNSET
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.kinds import MANY, Kind
from graphgrad.ops.evaluate import arrays, fitted
from graphgrad.ops.given import Single
from graphgrad.trace.live import has_nan
from graphgrad.trace.trouble import CHECKED, nan_outside

if TYPE_CHECKING:
    from graphgrad.compile.halves import Halves

__all__ = ["Replay", "replayed"]

_PAYS_AFTER = 60
"""Tapes of one form after which compiling it has begun to pay."""
_FEWEST_NODES, _MOST_NODES = 6, 600
_MOST_FORMS = 64

_forms: dict[Any, Any] = {}
"""By form, how many tapes had it, or how such a tape is run."""


def replayed(tape: Any, given: list[Any], numbers: list[float]) -> tuple[Replay, list[Any]] | None:
    """Return how a tape is run, and the values of its nodes; None where it is not run here.

    Args:
        tape: a tape of which no value is known, and that reads no other.
        given: the values of its leaves that are no numbers of formulas.
        numbers: those that are.
    """
    if not _FEWEST_NODES <= len(tape.kinds) <= _MOST_NODES or len(tape.types) > 1:
        return None
    form = (
        tuple(tape.kinds), tuple(tape.first), tuple(tape.second), tuple(tape.many),
        array("d", numbers).tobytes(), tape.precision, _singles(tape),
    )  # fmt: skip
    found = _forms.get(form, 0)
    if type(found) is int:
        if len(_forms) >= _MOST_FORMS and not found:
            _forget()
        pays = found >= _PAYS_AFTER
        _forms[form] = found = _compiled(tape, given) if pays else found + 1
    if type(found) is int:
        return None
    values = found.values(given)
    return None if values is None else (found, values)


def _compiled(tape: Any, given: list[Any]) -> Any:
    """Return how tapes of a form are run; 0, to be counted again, where that is not here."""
    from graphgrad.compile.halves import rounds_alike

    singles = tape.precision is not None and tape.precision.char == "f"
    return Replay(tape, given) if rounds_alike(tape.kinds, singles=singles) else 0


def _forget() -> None:
    """Forget the forms that came up least; what has been compiled is kept as long as it fits."""
    kept = {form: found for form, found in _forms.items() if type(found) is not int}
    _forms.clear()
    if len(kept) < _MOST_FORMS // 2:
        _forms.update(kept)


def _singles(tape: Any) -> tuple[bool, ...]:
    """Tell which leaves are numbers of float32; nothing where all is of float64."""
    return tuple([type(leaf.exact) is Single for _, leaf in tape.placed]) if tape.single else ()


class Replay:
    """The programs of all tapes of one form.

    Args:
        tape: one of them.
        given: the values of its leaves that are no numbers of formulas.
    """

    def __init__(self, tape: Any, given: list[Any]) -> None:
        from graphgrad.compile.halves import Halves

        self.kinds: list[Kind] = list(tape.kinds)
        parents = [parents_of(tape, node) for node in range(len(self.kinds))]
        builder = GraphBuilder()
        kinds: dict[int, str] = {}
        values = iter(given)
        for node, kind in enumerate(self.kinds):
            builder.columns.add(kind, parents[node])
            builder.end_line(f"v{node}")
            if not kind.arity:
                leaf = tape.given[tape.first[node]]
                if type(leaf) is float or type(leaf) is int:
                    builder.defaults[node] = float(leaf)
                else:
                    value = next(values)
                    single = type(getattr(leaf, "exact", leaf)) is Single
                    kinds[node] = value.dtype.char if type(value) is not float else "sf"[single]
        if tape.single:
            tape.noted()
        self.precisions = bytes(tape.precisions)
        self._note_uses(parents)
        wanted = [node for node in kinds if self.kinds[node].wanted]
        graph = builder.freeze(len(self.kinds) - 1)
        put_off = {source for source, _ in self.later}
        prompt = [node for node in wanted if node not in put_off]
        self.halves: Halves = Halves(graph, kinds, prompt, wanted)

    def _note_uses(self, parents: list[tuple[int, ...]]) -> None:
        """Note which classes and targets are checked, and whose adjoints may be put off: data's."""
        self.checked = [n for n, kind in enumerate(self.kinds) if kind.row.name in CHECKED]
        self.parents = parents
        uses: dict[int, list[tuple[int, int]]] = {}
        for node in range(len(parents) - 1, -1, -1):
            for slot, source in enumerate(parents[node]):
                uses.setdefault(source, []).append((node, slot))
        self.later = [
            (source, [self._put_off(*use) for use in of])
            for source, of in uses.items()
            if self.kinds[source].wanted == 2 and all(self._is_product(node) for node, _ in of)
        ]

    def _put_off(self, node: int, slot: int) -> tuple[Any, ...]:
        """Return what is needed to put off what a factor of a product gets from it."""
        return node, slot, self.kinds[node].pullback, itemgetter(*self.parents[node])

    def _is_product(self, node: int) -> bool:
        return self.kinds[node].row.name == "matmul"

    def values(self, given: list[Any]) -> list[Any] | None:
        """Return the value of every node, None where the interpreter has to look."""
        values = self.halves.values(given)
        if values is not None:
            for node in self.checked:
                kind = self.kinds[node]
                args = tuple([values[parent] for parent in self.parents[node]])
                if nan_outside(kind.row, kind.settings, args, values[node]) is not values[node]:
                    return None
        return values

    def adjoints(self, values: list[Any]) -> list[Any] | None:
        """Return the adjoint of every node, None where the interpreter has to look."""
        adjoints = self.halves.adjoints(values, UNSET)
        if adjoints is None:
            return None
        for source, uses in self.later:
            for node, slot, pullback, factors in uses:
                if adjoints[node] is UNSET:
                    continue
                args = factors(values)
                term = deferred(pullback, arrays(), adjoints[node], values[node], args, slot)
                if type(term) is not Deferred:
                    term = fitted(term, args[slot])
                    if has_nan(term):
                        return None
                known = adjoints[source]
                adjoints[source] = term if known is UNSET else known + term
        return adjoints


def parents_of(tape: Any, node: int) -> tuple[int, ...]:
    arity, first = tape.kinds[node].arity, tape.first[node]
    if arity == MANY:
        found: tuple[int, ...] = tape.many[first]
        return found
    return (first, tape.second[node])[:arity]
