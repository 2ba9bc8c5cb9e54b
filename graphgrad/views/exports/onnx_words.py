"""Write ops as nodes of ONNX: the same rows run on its tensors.

Source: ONNX, Operator Schemas (opset 18).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from graphgrad.compile.writing.names import Names
from graphgrad.graph.settings import complete_settings
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.floats import ArrayMath
from graphgrad.ops.registry import row as row_of
from graphgrad.ops.row import Elementwise, Row
from graphgrad.ops.shapes import Shape, broadcast_shapes
from graphgrad.views.exports.onnx_tensor import NodeCall, Tensor

__all__ = ["REFUSED", "OnnxWords"]

REFUSED = frozenset({"inverse", "order_mask"})
"""Ops that ONNX has no word for and no formula spells."""
_ONE_TO_ONE = {
    "exp": "Exp", "log": "Log", "sqrt": "Sqrt", "sin": "Sin", "cos": "Cos", "tan": "Tan",
    "tanh": "Tanh", "erf": "Erf", "abs": "Abs", "sign": "Sign", "arcsin": "Asin",
    "arccos": "Acos", "arctan": "Atan", "sinh": "Sinh", "cosh": "Cosh", "arcsinh": "Asinh",
    "arccosh": "Acosh", "arctanh": "Atanh", "floor": "Floor", "ceil": "Ceil", "round": "Round",
    "sigmoid": "Sigmoid", "relu": "Relu", "softplus": "Softplus", "softsign": "Softsign",
    "identity": "Identity", "stop_gradient": "Identity", "target": "Identity", "neg": "Neg",
    "add": "Add", "sub": "Sub", "mul": "Mul", "div": "Div", "pow": "Pow", "maximum": "Max",
    "minimum": "Min",
}  # fmt: skip
_COMPARED = {
    "greater": "Greater", "less": "Less", "equal": "Equal", "greater_equal": "GreaterOrEqual",
    "less_equal": "LessOrEqual",
}  # fmt: skip
_REDUCED = {
    "sum": "ReduceSum", "mean": "ReduceMean", "max": "ReduceMax", "min": "ReduceMin",
    "prod": "ReduceProd", "logsumexp": "ReduceLogSumExp", "norm": "ReduceL2",
}  # fmt: skip
_MOVED = frozenset({"index", "gather", "windows", "flip", "repeat", "roll", "tile"})
"""Ops that only pick entries; where each comes from is found by moving the entries' numbers."""
_PUT = frozenset({"scatter_add", "scatter_at", "fold"})


class OnnxWords:
    """Namespace of every row, on tensors of a model that grows with each call."""

    pi = math.pi

    def __init__(self) -> None:
        self.names = Names()
        self.nodes: list[NodeCall] = []
        self.constants: dict[str, Any] = {}
        self.line = "value"
        self._math = ArrayMath()

    def shape(self, x: Any) -> Shape:
        """Return the shape of a tensor or number."""
        return x.shape if isinstance(x, Tensor) else ()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **settings: self.call(name, *args, **settings)

    def call(self, name: str, *args: Any, **settings: Any) -> Any:
        """Return an op applied to tensors and numbers."""
        row = row_of(name)
        shapes = tuple(map(self.shape, args))
        settings = complete_settings(row, settings, shapes)
        if isinstance(row, Elementwise) and not any(isinstance(arg, Tensor) for arg in args):
            numbers = tuple(map(float, args))
            return arithmetic().value(row, numbers, arithmetic().settings(settings), scalar=True)
        if isinstance(row, Elementwise):
            shape = broadcast_shapes(name, shapes)
        else:
            shape = row.shape(*shapes, **settings)  # type: ignore[attr-defined]
        return self.applied(row, [self.tensor(arg) for arg in args], shape, settings)

    def applied(
        self, row: Row, args: list[Tensor], shape: Shape, settings: dict[str, Any]
    ) -> Tensor:
        """Return a row applied to tensors, in one node where ONNX has a word for it."""
        name = row.name
        if name in _ONE_TO_ONE:
            return self.node(_ONE_TO_ONE[name], args, shape)
        if name in _COMPARED:
            return self._as_number(self.node(_COMPARED[name], args, shape))
        if name in _REDUCED:
            axes = self.whole(settings["axis"])
            if not settings["axis"]:
                return args[0] if name != "norm" else self.tensor(self.call("abs", args[0]))
            keep = int(settings["keepdims"])
            return self.node(_REDUCED[name], [args[0], axes], shape, keepdims=keep)
        if name in _MOVED:
            return self._picked(row, args[0], shape, settings)
        if name in _PUT:
            return self._put(row, args[0], shape, settings)
        special = getattr(self, f"_{name}_node", None)
        if special is not None:
            made: Tensor = special(args, shape, settings)
            return made
        rule = row.formula if isinstance(row, Elementwise) else row.evaluate  # type: ignore[attr-defined]
        return self.tensor(rule(self, *args, **settings))

    # ---- pieces of a model ----

    def node(self, operator: str, args: list[Tensor], shape: Shape, **attributes: Any) -> Tensor:
        """Append a node and return its output."""
        name = self.names.new(self.line)
        self.nodes.append(NodeCall(operator, tuple(arg.name for arg in args), name, attributes))
        return Tensor(self, name, shape)

    def called(self, made: Tensor, name: str) -> Tensor:
        """Return what the last node made under the name of its line; its parts have others."""
        if not self.nodes or self.nodes[-1].output != made.name:
            return self.renamed(made, name)
        self.nodes[-1] = self.nodes[-1]._replace(output=name)
        return Tensor(self, name, made.shape)

    def renamed(self, made: Tensor, name: str) -> Tensor:
        """Append a node that passes a value on under another name."""
        self.nodes.append(NodeCall("Identity", (made.name,), name, {}))
        return Tensor(self, name, made.shape)

    def tensor(self, value: Any) -> Tensor:
        """Return a number or an array as a constant; a tensor as it is."""
        if isinstance(value, Tensor):
            return value
        number = float(value) if isinstance(value, int | Fraction) else value
        return self._constant(self._math.np.asarray(number, dtype="float64"))

    def whole(self, value: Any) -> Tensor:
        """Return whole numbers, as axes and shapes are given, as a constant."""
        return self._constant(self._math.np.asarray(value, dtype="int64"))

    def _constant(self, array: Any) -> Tensor:
        name = self.names.new("const")
        self.constants[name] = array
        return Tensor(self, name, tuple(array.shape))

    def _as_number(self, truth: Tensor) -> Tensor:
        return self.node("Cast", [truth], truth.shape, to="double")

    # ---- ops with their own arguments ----

    def _powi_node(self, args: list[Tensor], shape: Shape, settings: dict[str, Any]) -> Tensor:
        return self.node("Pow", [args[0], self.tensor(settings["n"])], shape)

    def _matmul_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        return self.node("MatMul", args, shape)

    _dot_node = _matmul_node

    def _outer_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        column = self.call("reshape", args[0], shape=(shape[0], 1))
        return self.node("Mul", [column, args[1]], shape)

    def _where_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        holds = self.node("Cast", [args[0]], args[0].shape, to="bool")
        return self.node("Where", [holds, *args[1:]], shape)

    def _not_equal_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        return self._as_number(self.node("Not", [self.node("Equal", args, shape)], shape))

    def _xlogy_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        x, y = args
        nothing = self.node("Equal", [x, self.tensor(0)], x.shape)
        one = self.node("Where", [nothing, self.tensor(1), y], shape)
        return self.node("Mul", [x, self.node("Log", [one], shape)], shape)

    def _logaddexp_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        rest = self.node("Softplus", [args[1] - args[0]], shape)
        return self.node("Add", [args[0], rest], shape)

    def _log_sigmoid_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        minus = self.node("Neg", args, shape)
        return self.node("Neg", [self.node("Softplus", [minus], shape)], shape)

    def _silu_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        return self.node("Mul", [args[0], self.node("Sigmoid", args, shape)], shape)

    def _mish_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        bent = self.node("Tanh", [self.node("Softplus", args, shape)], shape)
        return self.node("Mul", [args[0], bent], shape)

    def _elu_node(self, args: list[Tensor], shape: Shape, settings: dict[str, Any]) -> Tensor:
        return self.node("Elu", args, shape, alpha=float(settings["alpha"]))

    def _softmax_node(self, args: list[Tensor], shape: Shape, settings: dict[str, Any]) -> Tensor:
        return self.node("Softmax", args, shape, axis=settings["axis"])

    def _log_softmax_node(
        self, args: list[Tensor], shape: Shape, settings: dict[str, Any]
    ) -> Tensor:
        return self.node("LogSoftmax", args, shape, axis=settings["axis"])

    def _cumsum_node(self, args: list[Tensor], shape: Shape, settings: dict[str, Any]) -> Tensor:
        return self.node("CumSum", [args[0], self.whole(settings["axis"])], shape)

    def _transpose_node(self, args: list[Tensor], shape: Shape, settings: dict[str, Any]) -> Tensor:
        if not shape:
            return args[0]
        return self.node("Transpose", args, shape, perm=list(settings["axes"]))

    def _reshape_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        return self.node("Reshape", [args[0], self.whole(shape)], shape)

    def _broadcast_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        return self.node("Expand", [args[0], self.whole(shape)], shape)

    def _concat_node(self, args: list[Tensor], shape: Shape, settings: dict[str, Any]) -> Tensor:
        return self.node("Concat", args, shape, axis=settings["axis"])

    def _stack_node(self, args: list[Tensor], shape: Shape, settings: dict[str, Any]) -> Tensor:
        axis = settings["axis"]
        one = (*shape[:axis], 1, *shape[axis + 1 :])
        parts = [self.call("reshape", arg, shape=one) for arg in args]
        return self.node("Concat", parts, shape, axis=axis)

    def _pad_node(self, args: list[Tensor], shape: Shape, settings: dict[str, Any]) -> Tensor:
        width = settings["width"]
        frame = (0,) * (len(shape) - len(width)) + width
        value = self.tensor(settings["value"])
        return self.node("Pad", [args[0], self.whole(frame + frame), value], shape)

    def _det_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        return self.node("Det", args, shape)

    def _sort_node(self, args: list[Tensor], shape: Shape, _: dict[str, Any]) -> Tensor:
        return self.node("TopK", [args[0], self.whole(shape[-1:])], shape, largest=0)

    def _argmax_mask_node(
        self, args: list[Tensor], shape: Shape, settings: dict[str, Any]
    ) -> Tensor:
        """Mark the first largest entry along axes that are moved to the end and joined."""
        axis = settings["axis"]
        if not axis:
            return self.tensor(self.call("equal", args[0], args[0]))
        kept = tuple(at for at in range(len(shape)) if at not in axis)
        order = (*kept, *axis)
        moved = tuple(shape[at] for at in order)
        lead = moved[: len(kept)]
        count = math.prod(moved[len(kept) :])
        turned = self.call("transpose", args[0], axes=order)
        flat = self.call("reshape", turned, shape=(*lead, count))
        first = self.node("ArgMax", [flat], (*lead, 1), axis=-1, keepdims=1)
        every = self.whole(self._math.np.arange(count))
        marks = self._as_number(self.node("Equal", [first, every], (*lead, count)))
        back = tuple(order.index(at) for at in range(len(order)))
        turned = self.call("reshape", marks, shape=moved)
        return self.tensor(self.call("transpose", turned, axes=back))

    # ---- entries picked and put ----

    def _numbers(self, shape: Shape) -> Any:
        return self._math.np.arange(math.prod(shape), dtype=float).reshape(shape)

    def _picked(self, row: Row, x: Tensor, shape: Shape, settings: dict[str, Any]) -> Tensor:
        """Pick entries: the op moves their numbers, and so tells where each comes from."""
        at = row.evaluate(self._math, self._numbers(x.shape), **settings)  # type: ignore[attr-defined]
        flat = self.call("reshape", x, shape=(math.prod(x.shape),))
        return self.node("Gather", [flat, self.whole(at)], shape, axis=0)

    def _put(self, row: Row, x: Tensor, shape: Shape, settings: dict[str, Any]) -> Tensor:
        """Add entries up at their places: the pullback moves the numbers of these."""
        like = self._math.np.zeros(x.shape)
        at = row.pullback(self._math, self._numbers(shape), None, (like,), 0, **settings)  # type: ignore[attr-defined]
        count = math.prod(shape)
        nothing = self._constant(self._math.np.zeros(count))
        flat = self.call("reshape", x, shape=(math.prod(x.shape),))
        places = self.whole(self._math.np.asarray(at).ravel())
        total = self.node(
            "ScatterElements", [nothing, places, flat], (count,), axis=0, reduction="add"
        )
        return self.tensor(self.call("reshape", total, shape=shape))
