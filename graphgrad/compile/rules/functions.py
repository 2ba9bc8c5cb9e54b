"""Recognise functions in what a graph does step by step, and share work between them.

The forms that rows are computed in never overflow and never cancel. A shorter form stands for one
of them where both give the same numbers: where no logarithm or quotient that follows could tell a
tiny number from 0, and no comparison NaN from an infinity. A result that is NaN is asked of the
interpreter anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.compile.recording.entry_recording import COMPARISONS
from graphgrad.compile.recording.program import Op, Operand
from graphgrad.compile.rules.rewriting import Rewriting

__all__ = ["recognised"]

_TELL_TINY = frozenset({"log", "pow", "sqrt", "xlogy", "norm", "inverse"})
_TELL_NAN = COMPARISONS | {"where", "argmax_mask", "sign", "norm", "inverse"}


def recognised(work: Rewriting) -> Any:
    """Rewrite sigmoids, exponentials with a common normalizer, products that are summed up."""
    return _Functions(work).rewrite


class _Functions:
    def __init__(self, work: Rewriting) -> None:
        self.work = work
        self.tell_tiny = self._followed_by(self._tells_tiny)
        self.tell_nan = self._followed_by(lambda _at, op: op.name in _TELL_NAN)
        self.rules = {
            "div": self._sigmoid,
            "softmax": self._softmax,
            "logsumexp": self._logsumexp,
            "exp": self._normalized,
            "add": self._common_factor,
            "sum": self._inner_product,
        }

    def _followed_by(self, tells: Callable[[int, Op], bool]) -> set[int]:
        """Return the operations whose value comes to one that could tell."""
        found: set[int] = set()
        for at in reversed(self.work.order):
            readers = self.work.readers[at]
            if any(r in found or tells(at, self.work.old.ops[r]) for r in readers):
                found.add(at)
        return found

    def _tells_tiny(self, at: int, op: Op) -> bool:
        """Tell whether an operation makes much of the difference between tiny and 0."""
        if op.name == "powi":
            return not isinstance(op.setting("n"), int) or op.setting("n") < 0
        if op.name == "div":
            return op.is_argument(1, at) and not self._is_above_one(at)
        return op.name in _TELL_TINY

    def _is_above_one(self, at: int) -> bool:
        """Tell whether an operation is 1 and an exponential, as below the line of a sigmoid."""
        op = self.work.old.ops[at]
        others = [self.work.op(arg) for arg in op.args if isinstance(arg, int) or arg != 1.0]
        return op.name == "add" and len(others) == 1 and getattr(others[0], "name", "") == "exp"

    def rewrite(self, at: int, op: Op) -> Any:
        """Return the value by a shorter way, None where none is known."""
        rule = self.rules.get(op.name)
        return rule(at, op) if rule is not None and (op.shape or op.name == "sum") else None

    # ---- sigmoid ----

    def _sigmoid(self, at: int, op: Op) -> Any:
        """Return 1/(1 + exp(-z)) for what is computed through exp(-|z|)."""
        z = self._argument_of_sigmoid(op)
        if z is None or at in self.tell_tiny:
            return None
        m = self.work.m
        return 1 / (1 + m.exp(-self.work.new(z)))

    def _argument_of_sigmoid(self, op: Op) -> Operand | None:
        above, below = self.work.op(op.args[0]), self.work.op(op.args[1])
        if above is None or below is None or above.name != "where" or below.name != "add":
            return None
        small = above.args[1]
        power, negative = self.work.op(small), self.work.op(above.args[0])
        if power is None or power.name != "exp" or negative is None or negative.name != "less":
            return None
        sign = self.work.op(power.args[0])
        size = self.work.op(sign.args[0]) if sign is not None and sign.name == "neg" else None
        if size is None or size.name != "abs":
            return None
        z = size.args[0]
        fits = (
            above.args[2] == 1.0
            and below.args in ((1.0, small), (small, 1.0))
            and negative.args == (z, 0.0)
        )
        return z if fits and not isinstance(z, float) else None

    # ---- exponentials ----

    def _powers(self, x: Operand, axis: tuple[int, ...]) -> tuple[Any, Any, Any]:
        """Return the largest entries, the exponentials without them, and their sums."""
        m, value = self.work.m, self.work.new(x)
        largest = m.max(value, axis=axis, keepdims=True)
        powers = m.exp(value - largest)
        return largest, powers, m.sum(powers, axis=axis, keepdims=True)

    def _is_short(self, at: int, op: Op) -> bool:
        shape = self.work.old.shape(op.args[0])
        return at not in self.tell_nan and 0 not in shape and isinstance(op.args[0], int)

    def _softmax(self, at: int, op: Op) -> Any:
        if not self._is_short(at, op):
            return None
        _, powers, total = self._powers(op.args[0], (op.setting("axis"),))
        return powers / total

    def _logsumexp(self, at: int, op: Op) -> Any:
        if not self._is_short(at, op):
            return None
        m = self.work.m
        largest, _, total = self._powers(op.args[0], op.setting("axis"))
        found = m.log(total) + largest
        return found if op.setting("keepdims") else m.number(m.reshape(found, shape=op.shape))

    def _normalized(self, at: int, op: Op) -> Any:
        """Return exp(x - logsumexp(x)) as exp(x) over its sum."""
        difference = self.work.op(op.args[0])
        if difference is None or difference.name != "sub":
            return None
        x, normalizer = difference.args
        where = normalizer
        found = self.work.op(where)
        while found is not None and found.name in ("reshape", "broadcast"):
            where = found.args[0]
            found = self.work.op(where)
        if found is None or found.name != "logsumexp" or found.args[0] != x:
            return None
        axis = found.setting("axis")
        kept = tuple(1 if a in axis else n for a, n in enumerate(op.shape))
        if self.work.old.shape(normalizer) != kept or not self._is_short(int(where), found):
            return None
        if at in self.tell_tiny:
            return None
        _, powers, total = self._powers(x, axis)
        return powers / total

    # ---- sums ----

    def _common_factor(self, at: int, op: Op) -> Any:
        """Return c a + c b as c (a + b), and c a - c b as c (a - b)."""
        sides = [self._scaled(arg, at) for arg in op.args]
        if None in sides:
            return None
        (c, a), (d, b) = sides  # type: ignore[misc]  # neither is None
        if c == d:
            return c * (self.work.new(a) + self.work.new(b))
        if c == -d:
            first, last = (a, b) if c > 0 else (b, a)
            return abs(c) * (self.work.new(first) - self.work.new(last))
        return None

    def _scaled(self, operand: Operand, reader: int) -> tuple[float, Operand] | None:
        op = self.work.op(operand)
        if op is None or op.name != "mul" or not self.work.only_read_by(operand, reader):
            return None
        factor, other = op.args
        return (factor, other) if isinstance(factor, float) else None

    def _inner_product(self, at: int, op: Op) -> Any:
        """Return the sum of all products of two arrays as an inner product."""
        product = self.work.op(op.args[0])
        if product is None or product.name != "mul" or op.shape:
            return None
        if not self.work.only_read_by(op.args[0], at):
            return None
        shapes = {self.work.old.shape(arg) for arg in product.args}
        kinds = {self.work.old.kind(arg) for arg in product.args}
        if shapes != {product.shape} or kinds not in ({"d"}, {"f"}):
            return None
        args = tuple(self.work.new(arg) for arg in product.args)
        return self.work.m.append("vdot", args, (), op.kind)
