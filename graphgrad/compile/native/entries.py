"""Write operations that are done entry by entry in LLVM's terms.

Entries of kinds ``s`` and ``d`` are doubles, of ``f`` floats, truth values single bits. Functions
of the C library stand for those of NumPy and Python: they agree to rounding.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir

from graphgrad.compile.recording.program import Op

__all__ = ["BIT", "DOUBLE", "FLOAT", "INTEGER", "Entries", "type_of"]

DOUBLE, FLOAT, BIT, INTEGER = ir.DoubleType(), ir.FloatType(), ir.IntType(1), ir.IntType(64)
_ARITHMETIC = {"add": "fadd", "sub": "fsub", "mul": "fmul", "div": "fdiv"}
_COMPARED = {
    "greater": ">", "less": "<", "equal": "==",
    "greater_equal": ">=", "less_equal": "<=", "not_equal": "!=",
}  # fmt: skip
_C_FUNCTIONS = frozenset(
    {"exp", "expm1", "log", "log1p", "sin", "cos", "tan", "tanh", "erf", "pow"}
)
_INTRINSICS = {"sqrt": "llvm.sqrt", "abs": "llvm.fabs"}
_LARGEST_PRODUCT = 16
"""The exponent up to which a power is written as products."""


def type_of(kind: str) -> Any:
    """Return the type of an entry of a kind."""
    return BIT if kind[0] == "?" else FLOAT if kind == "f" else DOUBLE


class Entries:
    """Entries of results from entries of arguments, in one function of a module.

    Args:
        module: the module.
    """

    def __init__(self, module: Any) -> None:
        self.module = module
        self.builder: Any = None

    def number(self, value: float, like: Any = DOUBLE) -> Any:
        """Return a number as a constant."""
        return ir.Constant(like, value)

    def converted(self, value: Any, to: Any) -> Any:
        """Return an entry in another type."""
        have = value.type
        if have == to:
            return value
        if have == BIT:
            return self.builder.uitofp(value, to)
        if to == BIT:
            return self.builder.fcmp_unordered("!=", value, ir.Constant(have, 0.0))
        convert = self.builder.fpext if to == DOUBLE else self.builder.fptrunc
        return convert(value, to)

    def applied(self, op: Op, args: list[Any]) -> Any:
        """Return the entry of a result, in the type of its kind."""
        name, target = op.name, type_of(op.kind)
        if name in _COMPARED:
            return self.converted(self._compared(name, *self._alike(args)), target)
        if name == "logical_not":
            return self.converted(self.builder.not_(self.converted(args[0], BIT)), target)
        if name == "logical_and":
            both = [self.converted(arg, BIT) for arg in args]
            return self.converted(self.builder.and_(*both), target)
        if name == "cast":
            return self.converted(args[0], target)
        if name == "single":
            return self.converted(self.converted(args[0], FLOAT), target)
        inside = DOUBLE if target == BIT else target
        if name == "where":
            return self._where(args[0], *(self.converted(arg, inside) for arg in args[1:]))
        plain = [self.converted(arg, inside) for arg in args]
        if name in _ARITHMETIC:
            return getattr(self.builder, _ARITHMETIC[name])(*plain)
        if name == "powi":
            return self._power(plain[0], op.setting("n"))
        if name in _C_FUNCTIONS and name != "pow":
            return self.called(name, *plain)
        written: Any = getattr(self, f"_{name}")
        return written(*plain)

    def called(self, name: str, *args: Any) -> Any:
        """Return a call of a function of the C library."""
        kind = args[0].type
        symbol = name if kind == DOUBLE else f"{name}f"
        function = self.module.globals.get(symbol)
        if function is None:
            function = ir.Function(self.module, ir.FunctionType(kind, [kind] * len(args)), symbol)
            function.attributes.add("nounwind")
        return self.builder.call(function, args)

    def _intrinsic(self, name: str, x: Any) -> Any:
        function = self.module.declare_intrinsic(_INTRINSICS[name], [x.type])
        return self.builder.call(function, [x])

    def _alike(self, args: list[Any]) -> list[Any]:
        wide = DOUBLE if any(arg.type == DOUBLE for arg in args) else FLOAT
        constant = [isinstance(arg, ir.Constant) for arg in args]
        floats = [arg.type == FLOAT for arg in args]
        if any(floats) and all(c or f for c, f in zip(constant, floats, strict=True)):
            wide = FLOAT  # a number takes the type of the array
        return [self.converted(arg, wide) for arg in args]

    def _compared(self, name: str, a: Any, b: Any) -> Any:
        if name == "not_equal":
            return self.builder.fcmp_unordered("!=", a, b)
        return self.builder.fcmp_ordered(_COMPARED[name], a, b)

    def _is_nan(self, x: Any) -> Any:
        return self.builder.fcmp_unordered("uno", x, x)

    # ---- single operations ----

    def _neg(self, x: Any) -> Any:
        return self.builder.fneg(x)

    def _abs(self, x: Any) -> Any:
        return self._intrinsic("abs", x)

    def _sqrt(self, x: Any) -> Any:
        return self._intrinsic("sqrt", x)

    def _where(self, condition: Any, a: Any, b: Any) -> Any:
        if condition.type == BIT:
            return self.builder.select(condition, a, b)
        zero = ir.Constant(condition.type, 0.0)
        chosen = self.builder.select(self.builder.fcmp_unordered("!=", condition, zero), a, b)
        unknown = ir.Constant(a.type, float("nan"))
        return self.builder.select(self._is_nan(condition), unknown, chosen)

    def _chosen(self, relation: str, a: Any, b: Any) -> Any:
        better = self.builder.fcmp_ordered(relation, b, a)
        return self.builder.select(self.builder.or_(better, self._is_nan(b)), b, a)

    def _maximum(self, a: Any, b: Any) -> Any:
        return self._chosen(">", a, b)

    def _minimum(self, a: Any, b: Any) -> Any:
        return self._chosen("<", a, b)

    def _sign(self, x: Any) -> Any:
        zero, one = ir.Constant(x.type, 0.0), ir.Constant(x.type, 1.0)
        above = self.builder.select(self.builder.fcmp_ordered(">", x, zero), one, zero)
        below = self.builder.select(self.builder.fcmp_ordered("<", x, zero), one, zero)
        return self.builder.select(self._is_nan(x), x, self.builder.fsub(above, below))

    def _sigmoid(self, z: Any) -> Any:
        one = ir.Constant(z.type, 1.0)
        small = self.called("exp", self.builder.fneg(self._abs(z)))
        below = self.builder.fcmp_ordered("<", z, ir.Constant(z.type, 0.0))
        top = self.builder.select(below, small, one)
        return self.builder.fdiv(top, self.builder.fadd(one, small))

    def _xlogy(self, x: Any, y: Any) -> Any:
        zero = ir.Constant(x.type, 0.0)
        known = self.builder.fcmp_ordered("ord", y, y)
        none = self.builder.and_(self.builder.fcmp_ordered("==", x, zero), known)
        return self.builder.select(none, zero, self.builder.fmul(x, self.called("log", y)))

    def _pow(self, x: Any, y: Any) -> Any:
        unknown = self.builder.or_(self._is_nan(x), self._is_nan(y))
        nan = ir.Constant(x.type, float("nan"))
        return self.builder.select(unknown, nan, self.called("pow", x, y))

    def _power(self, x: Any, n: Any) -> Any:
        one = ir.Constant(x.type, 1.0)
        if n == 0:
            return self.builder.select(self._is_nan(x), x, one)
        if n == 0.5:
            return self._sqrt(x)
        if n != int(n) or abs(n) > _LARGEST_PRODUCT:
            return self.called("pow", x, ir.Constant(x.type, float(n)))
        found, square, left = None, x, abs(int(n))
        while left:
            if left & 1:
                found = square if found is None else self.builder.fmul(found, square)
            left >>= 1
            square = self.builder.fmul(square, square) if left else square
        return found if n > 0 else self.builder.fdiv(one, found)
