"""Append operations that are done entry by entry to a program, and keep the types of arrays.

Truth values stay what they are as long as NumPy treats them as 1 and 0; what is repeated is
repeated as late as can be.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from graphgrad.compile.recording.program import Op, Operand, Program
from graphgrad.compile.recording.var import Var, folded
from graphgrad.graph.columns import NO_SETTINGS
from graphgrad.ops.floats import PYTHONS_WORDS
from graphgrad.ops.shapes import Shape, broadcast_shapes

__all__ = ["ELEMENTWISE", "EntryRecording"]

COMPARISONS = frozenset({"greater", "less", "equal", "greater_equal", "less_equal", "not_equal"})
_FUNCTIONS = frozenset(
    {"exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "tanh", "erf", "abs", "sign",
     "sigmoid", "maximum", "minimum", "pow", "xlogy", "where", "erfc", "floor", "rint", "mod",
     "logaddexp", *PYTHONS_WORDS}
) | COMPARISONS  # fmt: skip

ELEMENTWISE = _FUNCTIONS | {
    "add",
    "sub",
    "mul",
    "div",
    "neg",
    "powi",
    "logical_not",
    "logical_and",
    "cast",
}
"""Operations that are done entry by entry."""


class EntryRecording:
    """The part of the namespace that works entry by entry."""

    pi = math.pi

    def __init__(self, program: Program) -> None:
        self.program = program
        self.weak = False
        """Whether a repeated number takes the type of what it meets, as in a backward pass."""
        self._known: dict[Any, int] = {}

    # ---- operands ----

    def var(self, operand: Operand) -> Any:
        """Return an operand as rows compute with it."""
        return operand if isinstance(operand, float) else Var(self, operand)

    def operand(self, x: Any) -> Operand:
        """Return what rows compute with as an operand."""
        return x.at if isinstance(x, Var) else float(x)

    def shape(self, x: Any) -> Shape:
        """Return the shape of a value."""
        return self.program.ops[x.at].shape if isinstance(x, Var) else ()

    def kind(self, x: Any) -> str:
        """Return the kind of a value."""
        return self.program.ops[x.at].kind if isinstance(x, Var) else "s"

    def op(self, x: Any) -> Op | None:
        """Return the operation that a value comes from; None for a number."""
        return self.program.ops[x.at] if isinstance(x, Var) else None

    def append(
        self,
        name: str,
        args: tuple[Any, ...],
        shape: Shape,
        kind: str,
        settings: Mapping[str, Any] = NO_SETTINGS,
    ) -> Var:
        """Append an operation, or return an equal one that is there."""
        operands = tuple(self.operand(arg) for arg in args)
        key = (name, tuple(map(_key, operands)), tuple(settings.items()), kind, shape)
        at = self._known.get(key)
        if at is None:
            at = self._known[key] = len(self.program.ops)
            self.program.ops.append(Op(name, operands, tuple(settings.items()), shape, kind))
        return Var(self, at)

    def leaf(self, node: int, shape: Shape, kind: str) -> Var:
        """Append a leaf whose value is given when the program runs."""
        var = self.append("leaf", (), shape, kind, {"node": node})
        self.program.leaves[var.at] = node
        return var

    def constant(self, value: Any, node: int) -> Any:
        """Return a constant: a number, or an array that the program carries with it."""
        if isinstance(value, float):
            return value
        kind = "f" if value.dtype.char == "f" else "d"
        var = self.append("constant", (), tuple(value.shape), kind, {"node": node})
        self.program.arrays[var.at] = value
        return var

    def __getattr__(self, name: str) -> Any:
        if name in _FUNCTIONS:
            return lambda *args, **settings: self.elementwise(name, *args, **settings)
        raise AttributeError(name)

    # ---- entry by entry ----

    def powi(self, x: Any, *, n: Any) -> Any:
        """Return a power with a constant exponent."""
        if n == 1:
            return x
        return self.elementwise("powi", x, n=n)

    def elementwise(self, name: str, *args: Any, **settings: Any) -> Any:
        """Append an operation that is done entry by entry."""
        if not any(isinstance(arg, Var) for arg in args):
            found = folded(name, args, settings)
            if found is not None:
                return found
        simple = self._simplified(name, args)
        if simple is not None:
            return simple
        shape = _common([self.shape(arg) for arg in args])
        kind = self._common_kind(args)
        bare = tuple(self._bare(arg, kind, args) for arg in args)
        if bare != args:
            simple = self._simplified(name, bare)
            if simple is not None or self._common_kind(bare) == "s":
                simple = self.elementwise(name, *bare, **settings) if simple is None else simple
                return self.broadcast(simple, shape=shape, kind=kind)
        inner = _common([self.shape(arg) for arg in bare])
        if name not in COMPARISONS and name != "logical_and":
            bare = self._floats(name, bare, kind)
        inside = self._common_kind(bare)
        truth = name in COMPARISONS or name in ("logical_and", "logical_not")
        result_kind = f"?{inside}" if truth and inside != "s" else inside
        made = self.append(name, bare, inner, result_kind, settings)
        return made if inner == shape else self.broadcast(made, shape=shape, kind=kind)

    def _simplified(self, name: str, args: tuple[Any, ...]) -> Any:
        """Return what an operation is equal to without being done, None if it is to be done."""
        first, last = args[0], args[-1]
        if name == "mul":
            for one, other in ((first, last), (last, first)):
                if isinstance(one, float | int) and one in (1, -1):
                    return other if one == 1 else self.elementwise("neg", other)
            if self._truth(first) and self._truth(last):
                return self.elementwise("logical_and", first, last)
        elif name in ("add", "sub") and isinstance(last, float | int) and last == 0:
            return first
        elif name == "add" and isinstance(first, float | int) and first == 0:
            return last
        elif name == "div" and isinstance(last, float | int) and last == 1:
            return first
        elif name == "sub" and isinstance(first, float | int) and first == 1 and self._truth(last):
            return self.elementwise("logical_not", last)
        elif name in ("equal", "not_equal") and self._truth(first) and _is(last, 0):
            return first if name == "not_equal" else self.elementwise("logical_not", first)
        elif name == "neg" or name == "logical_not":
            op = self.op(first)
            if op is not None and op.name == name:
                return self.var(op.args[0])
        return None

    def _truth(self, x: Any) -> bool:
        return self.kind(x)[0] == "?"

    def _bare(self, x: Any, kind: str, args: tuple[Any, ...]) -> Any:
        """Return what a repeated value repeats, where that has the same effect."""
        op = self.op(x)
        if op is None or op.name != "broadcast":
            return x
        source = self.var(op.args[0])
        if self.kind(source) == op.kind:
            return source
        others = [arg for arg in args if arg is not x]
        return source if self._common_kind((*others, source)) == kind else x

    def _common_kind(self, args: tuple[Any, ...]) -> str:
        """Return the kind of a result of floats: numbers take the type of the arrays."""
        kinds = {self.kind(arg)[-1] for arg in args} - {"s"}
        return "d" if "d" in kinds else "f" if kinds else "s"

    def _floats(self, name: str, args: tuple[Any, ...], kind: str) -> tuple[Any, ...]:
        """Return arguments with truth values as floats, where NumPy would not do so itself."""
        if name == "logical_not":
            return args
        if name == "where":
            condition, *rest = args
            return (condition, *(self.plain(arg) for arg in rest))
        floats = any(self.kind(arg) == kind and self.shape(arg) for arg in args)
        if name in ("add", "sub", "mul") and floats:
            return args
        return tuple(self.plain(arg) for arg in args)

    def plain(self, x: Any) -> Any:
        """Return an array of truth values as floats; other values as they are."""
        return self.cast(x, self.kind(x)[1]) if self._truth(x) else x

    def single(self, x: Any) -> Any:
        """Return a number rounded to what a float32 holds."""
        if isinstance(x, Var):
            return self.append("single", (x,), (), "s")
        import numpy as np

        with np.errstate(all="ignore"):
            return float(np.float32(x))

    def cast(self, x: Any, kind: str) -> Any:
        """Return an array in another type; numbers have none, unless they are repeated."""
        have = self.kind(x)
        if have == kind or (have == "s" and self.shape(x) == ()):
            return x
        op = self.op(x)
        if op is not None and op.name == "broadcast" and have == "s":
            return self.append("broadcast", (self.var(op.args[0]),), op.shape, kind)
        return self.append("cast", (x,), self.shape(x), kind)


def _key(operand: Operand) -> Any:
    return operand.hex() if isinstance(operand, float) else operand


def _is(x: Any, number: int) -> bool:
    return isinstance(x, float | int) and x == number


def _common(shapes: list[Shape]) -> Shape:
    present = [shape for shape in shapes if shape]
    if not present:
        return ()
    first = present[0]
    if all(shape == first for shape in present):
        return first
    return broadcast_shapes("", tuple(shapes))
