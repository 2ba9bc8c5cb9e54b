"""List the mistakes that are made at one operation on arrays, forward and backward.

They are rules as in `rules`; where one changes nothing, as with numbers, its value drops it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.exercises.algebra.building import shape_of
from graphgrad.exercises.algebra.functions import arrays
from graphgrad.exercises.misconceptions.mutated import EdgeView, NodeView
from graphgrad.ops.shapes import entries

__all__ = ["ARRAY_LABELS", "array_backward_rules", "array_forward_rules"]

Forward = Callable[[NodeView], Any]
Backward = Callable[[EdgeView], Any]

ARRAY_LABELS = (
    "entrywise_product", "matrix_for_entrywise", "not_normalized", "mean_for_max", "one_less",
    "order_swapped", "norm_squared", "kernel_flipped", "earlier_value", "no_bias_correction",
    "not_summed", "other_delta", "other_input", "one_use", "statistic_as_constant", "spread",
    "inner_for_outer", "wrong_order",
)  # fmt: skip


def array_forward_rules(op: str) -> list[tuple[str, Forward]]:
    """Return the mistakes made when an operation on arrays is computed."""
    return list(_FORWARD.get(op, ()))


def array_backward_rules(op: str) -> list[tuple[str, Backward]]:
    """Return the mistakes made when an adjoint is pulled through an operation on arrays."""
    return list(_BACKWARD.get(op, ()))


def _entrywise(view: NodeView) -> Any:
    left, right = view.args
    square = shape_of(left) == shape_of(right) == shape_of(view.out)
    return left * right if square and len(shape_of(left)) == 2 else view.out


def _matrix_product(view: NodeView) -> Any:
    left, right = view.args
    shape = shape_of(left)
    fits = shape == shape_of(right) and len(shape) == 2 and shape[0] == shape[1]
    return left @ right if fits else view.out


def _square(view: NodeView) -> Any:
    matrix = view.args[0]
    return matrix if shape_of(matrix) == shape_of(view.out) else view.out


def _softmax_the_other_way(view: NodeView) -> Any:
    matrix = view.args[0]
    if len(shape_of(matrix)) != 2:
        return view.out
    exponentials = view.math.exp(matrix)
    ways = [exponentials / exponentials.sum(axis=k, keepdims=True) for k in (0, 1)]
    right = {term.id for term in entries(view.out)}
    other = [way for way in ways if {term.id for term in entries(way)} != right]
    return other[0] if len(other) == 1 else view.out


def _averaged(view: NodeView) -> Any:
    """Return a mean in place of a largest or smallest entry, over the same entries."""
    value, shape = view.args[0], shape_of(view.out)
    if not shape:
        return view.math.pool.sum(entries(value)) / len(entries(value))
    for axis in range(len(shape_of(value))):
        found = value.mean(axis=axis)
        if shape_of(found) == shape and shape_of(value).count(shape_of(value)[axis]) == 1:
            return found
    return view.out


def _scaled(view: NodeView, *, up: bool) -> Any:
    count = len(entries(view.args[0])) // max(1, len(entries(view.out)))
    return view.out * count if up else view.out / count


def _one_less(view: NodeView) -> Any:
    count = len(entries(view.args[0])) // max(1, len(entries(view.out)))
    return view.out * count / (count - 1) if count > 1 else view.out


def _swapped_parts(view: NodeView) -> Any:
    shapes = {shape_of(arg) for arg in view.args}
    if len(view.args) != 2 or len(shapes) != 1 or len(shape_of(view.out)) != 1:
        return view.out
    return arrays().concatenate([view.args[1], view.args[0]])


_FORWARD: dict[str, tuple[tuple[str, Forward], ...]] = {
    "matmul": (("entrywise_product", _entrywise),),
    "mul": (("matrix_for_entrywise", _matrix_product),),
    "transpose": (("transposed", _square),),
    "outer": (("transposed", lambda v: v.out.T if v.out.shape == v.out.T.shape else v.out),),
    "softmax": (
        ("wrong_axis", _softmax_the_other_way),
        ("not_normalized", lambda v: v.math.exp(v.args[0])),
        ("other_activation", lambda v: v.math.sigmoid(v.args[0])),
    ),
    "max": (("mean_for_max", _averaged),),
    "min": (("mean_for_max", _averaged),),
    "mean": (("sum_for_mean", lambda v: _scaled(v, up=True)),),
    "sum": (("mean_for_sum", lambda v: _scaled(v, up=False)),),
    "var": (("one_less", _one_less),),
    "norm": (("norm_squared", lambda v: v.out * v.out),),
    "concat": (("order_swapped", _swapped_parts),),
}


def _not_transposed(edge: EdgeView) -> Any:
    """Return W δ in place of W^T δ, and δ^T W, where W is square."""
    other, adjoint = edge.args[1 - edge.slot], edge.adjoint
    shape = shape_of(other)
    if len(shape) != 2 or shape[0] != shape[1] or len(shape_of(adjoint)) != 1:
        return edge.right
    return other @ adjoint if edge.slot else adjoint @ other


def _turned(edge: EdgeView) -> Any:
    return edge.right.T if len(shape_of(edge.right)) == 2 else edge.right


def _spread(edge: EdgeView) -> Any:
    """Return an adjoint given to all entries in equal parts, not to the largest."""
    if shape_of(edge.out) or not shape_of(edge.args[0]):
        return edge.right
    count = len(entries(edge.args[0]))
    return 0 * edge.right + edge.adjoint / count


def _to_all(edge: EdgeView) -> Any:
    if shape_of(edge.out) or not shape_of(edge.args[0]):
        return edge.right
    return 0 * edge.right + edge.adjoint


def _count(edge: EdgeView) -> int:
    return len(entries(edge.args[0])) // max(1, len(entries(edge.out)))


_BACKWARD: dict[str, tuple[tuple[str, Backward], ...]] = {
    "matmul": (("swapped", _not_transposed), ("transposed", _turned)),
    "outer": (("transposed", _turned),),
    "dot": (("own_factor", lambda e: e.adjoint * e.args[e.slot]),),
    "max": (("spread", _spread), ("spread", _to_all)),
    "min": (("spread", _spread), ("spread", _to_all)),
    "mean": (("sum_for_mean", lambda e: e.right * _count(e)),),
    "sum": (("mean_for_sum", lambda e: e.right / _count(e)),),
}
