"""Compute with nodes in Python: operators on handles append to a tape."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from numbers import Real
from typing import TYPE_CHECKING, Any
from weakref import ref

from graphgrad.api.freeze import freeze
from graphgrad.api.numpy_protocol import call_function, call_ufunc, subscript_key
from graphgrad.api.tape import Tape
from graphgrad.errors import ShapeError, UsageError
from graphgrad.graph import display
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import arithmetic, to_float
from graphgrad.ops.registry import ROWS, code_of
from graphgrad.ops.shapes import Shape, shape_text

if TYPE_CHECKING:
    from graphgrad.trace.trace import Trace

__all__ = ["Handle", "apply"]


class Handle:
    """A node of a graph that is being built; arithmetic on it appends operations.

    ``value`` is computed when asked for, at the present values of the leaves, so it follows a later
    ``w.value = ...``. ``grad`` is the adjoint of the last backward pass that reached the node.
    """

    __slots__ = ("__weakref__", "node", "tape")
    tape: Tape
    node: int

    def __init__(self, tape: Tape, node: int) -> None:
        self.tape = tape
        self.node = node
        tape.living.append(ref(self))

    # ---- what it is ----

    def place(self) -> tuple[Tape, int]:
        """Return the tape the node stands on, and its number there."""
        return self.tape, self.node

    @property
    def shape(self) -> Shape:
        """Return the shape of the value; () for a number."""
        tape, node = self.place()
        return tape.columns.shape(node)

    @property
    def value(self) -> Any:
        """Return the value: a float, or a float array."""
        tape, node = self.place()
        return tape.value(node)

    @value.setter
    def value(self, _value: Any) -> None:
        raise UsageError("handle.assign", name=repr(self))

    @property
    def grad(self) -> Any:
        """Return the adjoint of the last backward pass, None if none reached this node."""
        tape, node = self.place()
        return tape.adjoints[node] if node < len(tape.adjoints) else None

    def __repr__(self) -> str:
        tape, node = self.place()
        shape = tape.columns.shape(node)
        op = ROWS[tape.columns.codes[node]].name
        shown = f"of shape {shape_text(shape)}" if shape else f"{self.value:.6g}"
        return f"<{op} {shown}>"

    def __float__(self) -> float:
        if self.shape:
            raise UsageError("handle.truth", node=repr(self))
        return float(self.value)

    def __bool__(self) -> bool:
        raise UsageError("handle.truth", node=repr(self))

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError(repr(self))
        return self.shape[0]

    def __iter__(self) -> Any:
        if not self.shape:
            raise TypeError(repr(self))
        return (self[index] for index in range(self.shape[0]))

    # ---- passes ----

    def backward(self, seed: Any = None) -> None:
        """Run the backward pass from this node and set ``grad`` on everything it reaches.

        Args:
            seed: the adjoint to start from, of this node's shape; 1 for a number.

        Raises:
            ShapeError: if the node is an array and no seed is given, or the seed does not fit.
        """
        tape, node = self.place()
        shape = tape.columns.shape(node)
        if seed is None:
            if shape:
                raise ShapeError("shape.backward", name=repr(self), shape=shape_text(shape))
            seed = 1.0
        seed = to_float(seed)
        got = tuple(getattr(seed, "shape", ()))
        if got != shape:
            raise ShapeError(
                "shape.leaf_value", name="seed", got=shape_text(got), expected=shape_text(shape)
            )
        tape.backward(node, seed)

    def graph(self, names: Mapping[str, Any] | None = None, *, loss: bool = True) -> Graph:
        """Return the graph of everything this node is computed from.

        Args:
            names: variables to take names from, such as ``globals()``; operations that have a name
                become lines, the others join the line that uses them.
            loss: whether a number counts as the loss.
        """
        tape, node = self.place()
        given = _given_names(tape, names or {})
        return freeze(tape, node, given, fold=names is not None, loss=loss)

    def trace(self, names: Mapping[str, Any] | None = None) -> Trace:
        """Return one forward and backward pass over the graph of this node."""
        from graphgrad.autodiff.record import record

        return record(self.graph(names))

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return display.mimebundle(self, **options)

    # ---- operators ----

    def __add__(self, other: Any) -> Handle:
        return apply("add", self, other)

    def __radd__(self, other: Any) -> Handle:
        return apply("add", other, self)

    def __sub__(self, other: Any) -> Handle:
        return apply("sub", self, other)

    def __rsub__(self, other: Any) -> Handle:
        return apply("sub", other, self)

    def __mul__(self, other: Any) -> Handle:
        return apply("mul", self, other)

    def __rmul__(self, other: Any) -> Handle:
        return apply("mul", other, self)

    def __truediv__(self, other: Any) -> Handle:
        return apply("div", self, other)

    def __rtruediv__(self, other: Any) -> Handle:
        return apply("div", other, self)

    def __matmul__(self, other: Any) -> Handle:
        return apply("matmul", self, other)

    def __rmatmul__(self, other: Any) -> Handle:
        return apply("matmul", other, self)

    def __pow__(self, exponent: Any) -> Handle:
        if isinstance(exponent, Real):
            return apply("powi", self, n=_plain_number(exponent))
        return apply("pow", self, exponent)

    def __rpow__(self, base: Any) -> Handle:
        return apply("pow", base, self)

    def __neg__(self) -> Handle:
        return apply("neg", self)

    def __pos__(self) -> Handle:
        return self

    def __abs__(self) -> Handle:
        return apply("abs", self)

    def __gt__(self, other: Any) -> Handle:
        return apply("greater", self, other)

    def __lt__(self, other: Any) -> Handle:
        return apply("less", self, other)

    def __ge__(self, other: Any) -> Handle:
        return 1 - apply("less", self, other)

    def __le__(self, other: Any) -> Handle:
        return 1 - apply("greater", self, other)

    def __getitem__(self, key: Any) -> Handle:
        return apply("index", self, key=subscript_key(key, self.shape))

    # ---- methods NumPy users expect ----

    @property
    def T(self) -> Handle:  # noqa: N802  # NumPy's name
        """Return the transpose."""
        return apply("transpose", self)

    def sum(self, axis: Any = None, *, keepdims: bool = False) -> Handle:
        """Return the sum over all entries or along axes, counted from 0."""
        return apply("sum", self, axis=axis, keepdims=keepdims)

    def mean(self, axis: Any = None, *, keepdims: bool = False) -> Handle:
        """Return the mean over all entries or along axes, counted from 0."""
        return apply("mean", self, axis=axis, keepdims=keepdims)

    def max(self, axis: Any = None, *, keepdims: bool = False) -> Handle:
        """Return the largest entry, or along axes, counted from 0."""
        return apply("max", self, axis=axis, keepdims=keepdims)

    def min(self, axis: Any = None, *, keepdims: bool = False) -> Handle:
        """Return the smallest entry, or along axes, counted from 0."""
        return apply("min", self, axis=axis, keepdims=keepdims)

    def reshape(self, *shape: Any) -> Handle:
        """Return the same entries in another shape."""
        lengths = shape[0] if len(shape) == 1 and not isinstance(shape[0], int) else shape
        return apply("reshape", self, shape=tuple(lengths))

    # ---- NumPy's protocols ----

    def __array_ufunc__(self, ufunc: Any, method: str, *args: Any, **options: Any) -> Any:
        return call_ufunc(apply, ufunc, method, args, options)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        return call_function(apply, function, args, options)

    def __array__(self, *_args: Any, **_options: Any) -> Any:
        raise UsageError("handle.array", node=repr(self))


def apply(op: str, *operands: Any, **settings: Any) -> Handle:
    """Append an op, by row name, on handles, numbers and arrays.

    Raises:
        ShapeError: if the shapes do not fit.
        UsageError: if an operand is none of these, or their number is wrong.
    """
    code = code_of(op)
    row = ROWS[code]
    if not row.variadic and len(operands) != len(row.arguments):
        raise UsageError(
            "op.argument_count",
            op=op,
            expected=len(row.arguments),
            arguments=", ".join(row.arguments),
            got=len(operands),
        )
    tape = _common_tape(operands)
    if len(tape.columns) >= tape.compact_at:
        tape.compact()
    parents = [_node_on(tape, operand, op) for operand in operands]
    return Handle(tape, tape.columns.apply(code, parents, settings))


def _given_names(tape: Tape, names: Mapping[str, Any]) -> dict[int, str]:
    """Map nodes to the variables that hold their handles; the first variable wins."""
    found: dict[int, str] = {}
    for name, value in names.items():
        if type(value) is Handle and not name.startswith("_") and value.tape is tape:
            found.setdefault(value.node, name)
    return found


def _plain_number(number: Any) -> Any:
    """Return a number, NumPy's included, as an int, a Fraction or a float."""
    if isinstance(number, Fraction):
        return number
    return int(number) if int(number) == number else float(number)


def _common_tape(operands: tuple[Any, ...]) -> Tape:
    """Return the one tape of all operands: merged from theirs, or new."""
    tape: Tape | None = None
    for operand in operands:
        if type(operand) is Handle:
            other, _ = operand.place()
            if tape is None:
                tape = other
            elif other is not tape:
                small, tape = sorted((tape, other), key=lambda t: len(t.columns))
                tape.absorb(small)
    return Tape() if tape is None else tape


def _node_on(tape: Tape, operand: Any, op: str) -> int:
    if type(operand) is Handle:
        return operand.place()[1]
    if isinstance(operand, Handle):
        return tape.leaf(operand)  # type: ignore[arg-type]  # the only subclass is Leaf
    if isinstance(operand, bool) or not isinstance(operand, int | float | Fraction):
        if not hasattr(operand, "dtype") and not isinstance(operand, list | tuple):
            kind = type(operand).__name__
            raise UsageError("handle.operand", op=op, got=operand, kind=kind)
        try:
            operand = arithmetic().leaf(operand)
        except (TypeError, ValueError):
            kind = type(operand).__name__
            raise UsageError("handle.operand", op=op, got=operand, kind=kind) from None
    value = Fraction(operand) if isinstance(operand, int) else operand
    return tape.constant(value, tuple(getattr(value, "shape", ())))
