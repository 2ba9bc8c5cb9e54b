"""Write what one kind of node does in a sweep: its value, and its contributions to its parents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphgrad.autodiff.deferred import deferred
from graphgrad.graph.kinds import MANY, ONE, Kind
from graphgrad.ops.evaluate import arrays, fitted
from graphgrad.ops.float_code import FloatCode, Unwritable, Written
from graphgrad.ops.row import Elementwise

__all__ = ["ArrayBranch", "NumberBranch"]


class NumberBranch:
    """The statements of an op on numbers, or of a leaf.

    Args:
        kind: what the nodes are.
        code: keeps what the statements need.

    Attributes:
        forward: append the value of a node; none for a leaf.
        backward: add what a node contributes to its parents.
        works: whether the row could be written.
    """

    def __init__(self, kind: Kind, code: FloatCode) -> None:
        self.kind = kind
        self.count = len(kind.row.arguments)
        self.names = tuple(f"x{slot}" for slot in range(self.count))
        self.works = True
        self.forward: list[str] = []
        self.backward = ["pass"]
        row = kind.row
        if not isinstance(row, Elementwise):
            return
        try:
            value = code.written([row.evaluate or row.formula], self.names, kind.floats)
            out = ("out", *self.names)
            partials = code.written(row.computed_partials, out, kind.floats)
        except Unwritable:
            self.works = False
            return
        self.forward = self._value(value, code)
        self.backward = self._contributions(partials, code)

    def _value(self, written: Written, code: FloatCode) -> list[str]:
        (result,) = written.results
        shown = result if isinstance(result, str) else code.number(result)
        lines = [*written.lines, f"append({_rounded(self.kind, code, shown)})"]
        return [*self._reads(lines), *lines]

    def _contributions(self, written: Written, code: FloatCode) -> list[str]:
        updates = []
        for slot, partial in enumerate(written.results):
            target = f"g[{self._parent(slot)}]"
            if partial == 1.0:
                updates.append(f"{target} += d")
            elif partial == -1.0:
                updates.append(f"{target} -= d")
            else:
                factor = partial if isinstance(partial, str) else code.number(partial)
                updates.append(f"{target} += d * {factor}")
        lines = [*written.lines, *updates]
        return [*self._reads(lines, always=self.count >= MANY), *lines]

    def _parent(self, slot: int) -> str:
        return f"a{slot}" if self.count >= MANY else "pq"[slot]

    def _reads(self, lines: Sequence[str], *, always: bool = False) -> list[str]:
        """Return what reads the arguments that some lines use."""
        used = set(re.findall(r"\b(?:x\d+|out)\b", "\n".join(lines)))
        reads = [
            f"x{slot} = v[{self._parent(slot)}]" for slot in range(self.count) if f"x{slot}" in used
        ]
        if self.count >= MANY and (reads or always):
            reads.insert(0, f"{', '.join(map(self._parent, range(self.count)))} = many[p]")
        return [*reads, "out = v[i]"] if "out" in used else reads


def _rounded(kind: Kind, code: FloatCode, number: str) -> str:
    """Return the text of a number, rounded where the kind says so, inside `Sweep.silence`."""
    if not kind.single:
        return number
    code.data.setdefault("single", arrays().np.float32)
    return f"float(single({number}))"


class ArrayBranch:
    """The statements of an op on arrays of one type: the row's functions, called without detours.

    Numbers among the arguments and arrays of two types are left to the rows' own way.
    """

    works = True

    def __init__(self, kind: Kind, code: FloatCode) -> None:
        self.kind = kind
        self.code = code
        self.count = len(kind.row.arguments)
        self.names = [f"x{slot}" for slot in range(self.count)]
        code.data.update(m=arrays(), fitted=fitted, deferred=deferred)
        self.settings = "".join(
            f", {name}={code.bound(value, (id(kind), 'setting', name), 's')}"
            for name, value in kind.floats.items()
        )
        self.forward = self._guarded(self._value(), "append(other(k, p, q))")
        self.backward = self._guarded(self._contributions(), "other(i, k, p, q, d)")

    def _guarded(self, lines: Sequence[str], otherwise: str) -> list[str]:
        """Return lines that are for arrays of one type only."""
        numbers = " and ".join(f"type({name}) is not float" for name in self.names)
        return [
            *(f"{name} = v[{parent}]" for name, parent in zip(self.names, "pq", strict=False)),
            f"if kept is not None and {numbers}:",
            *(f"    {line}" for line in lines),
            "else:",
            f"    {otherwise}",
        ]

    def _function(self, function: object, of: object) -> str:
        return self.code.bound(function, (id(self.kind), of), "f")

    def _value(self) -> list[str]:
        function = self._function(self.kind.evaluate, "value")
        call = f"{function}(m, {', '.join(self.names)}{self.settings})"
        if not self.kind.shape:
            return [f"append({_rounded(self.kind, self.code, f'float({call})')})"]
        return [f"t = {call}", "append(t if t.dtype is kept else t.astype(kept))"]

    def _contributions(self) -> list[str]:
        lines = ["out = v[i]"] if self.kind.shape else ["out = v[i]", "d = kept.type(d)"]
        for slot, name in enumerate(self.names):
            parent = "pq"[slot]
            lines += [
                f"if wanted[{parent}]:",
                *(f"    {line}" for line in self._term(slot)),
                f"    if t is None or t.shape != {name}.shape or t.dtype is not kept:",
                f"        t = fitted(t, {name})",
                f"    h = g[{parent}]",
                "    if h is unset:",
                f"        g[{parent}] = t",
                "    else:",
                f"        add({parent}, h, t)",
            ]
        return lines

    def _term(self, slot: int) -> list[str]:
        if not self.kind.partials:
            function = self._function(self.kind.pullback, "pullback")
            args = f"({', '.join(self.names)},)"
            call = f"t = {function}(m, d, out, {args}, {slot}{self.settings})"
            if self.kind.row.name != "matmul":
                return [call]
            put_off = f"t = deferred({function}, m, d, out, {args}, {slot})"
            return [f"if wanted[{'pq'[slot]}] == 2:", f"    {put_off}", "else:", f"    {call}"]
        constant = self.kind.constants[slot]
        if constant is not None:
            return ["t = d" if constant is ONE else f"t = d * {self.code.number(constant)}"]
        function = self._function(self.kind.partials[slot], slot)
        return [f"t = d * {function}(m, out, {', '.join(self.names)}{self.settings})"]
