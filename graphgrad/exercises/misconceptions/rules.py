"""List the mistakes that are made at one operation, forward and backward, or with a Jacobian.

A rule is a label and what is computed instead; the labels are worded in the catalogue under
``classroom.mistake``. Where a rule changes nothing, it is dropped by its value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from graphgrad.exercises.algebra.building import shape_of
from graphgrad.exercises.algebra.functions import arrays
from graphgrad.exercises.algebra.terms import Pool
from graphgrad.exercises.misconceptions.array_rules import ARRAY_LABELS
from graphgrad.exercises.misconceptions.mutated import EdgeView, NodeView
from graphgrad.ops.rows import activation_rows
from graphgrad.ops.shapes import entries

__all__ = [
    "ACTIVATIONS",
    "LABELS",
    "backward_rules",
    "forward_rules",
    "jacobian_rules",
    "whole_rules",
]


Forward = Callable[[NodeView], Any]
Backward = Callable[[EdgeView], Any]

ACTIVATIONS = (*(row.name for row in activation_rows.ACTIVATIONS), "tanh")
LABELS = (
    "sign", "lost_term", "lost_factor", "sum_for_product", "lost_square", "double_for_square",
    "inverted", "no_activation", "other_activation", "log10", "factor_two", "half", "mean_for_sum",
    "sum_for_mean", "lost_path", "no_upstream", "no_activation_derivative",
    "function_as_derivative", "derivative_at_z", "derivative_at_output", "own_factor",
    "power_not_lowered", "exponent_lost",
    "transposed", "update", "swapped",
    "degrees", "activation_derivative_twice", "inner_forgotten", "derivative_inside",
    "product_of_derivatives", "function_for_derivative", "extra_factor",
    "wrong_branch", "wrong_axis", "diagonal_only", "equal_rows", "identity", "updated_weight",
    "one_row", "bias_not_counted", "bias_counted_twice", "size_off_by_one", "stride_forgotten",
    "padding_forgotten", "ascent", "rate_forgotten", "step_for_weight", *ARRAY_LABELS,
    "lost_root", "old_state", "wrong_step_number", "other_beta", "weights_exchanged",
    "other_form", "plain_step", "decay_forgotten", "decay_coupled", "decay_decoupled",
    "schedule_forgotten", "other_rate", "not_ahead", "old_weights",
)  # fmt: skip


def forward_rules(op: str) -> list[tuple[str, Forward]]:
    """Return the mistakes that are made when an operation is computed."""
    rules = list(_FORWARD.get(op, ()))
    if op in ACTIVATIONS:
        rules.append(("no_activation", lambda v: v.args[0]))
    return rules


def _other_axis(view: NodeView, *, mean: bool) -> Any:
    """Return a sum or mean along the other axis of a square matrix."""
    matrix = view.args[0]
    if len(shape_of(matrix)) != 2 or len(shape_of(view.out)) != 1:
        return view.out
    for axis, length in enumerate(matrix.shape):
        other = matrix.sum(axis=axis) / length if mean else matrix.sum(axis=axis)
        if shape_of(other) == shape_of(view.out) and any(
            a.id != b.id for a, b in zip(other, view.out, strict=True)
        ):
            return other
    return view.out


def _product_swapped(view: NodeView) -> Any:
    """Return the product of two matrices the other way round; of a vector that is a transpose."""
    left, right = view.args
    both = len(shape_of(left)) == len(shape_of(right)) == 2
    return _product(view, right, left) if both else view.out


def _product(view: NodeView, left: Any, right: Any) -> Any:
    """Return a matrix product, or the right value where the shapes do not allow it."""
    if not shape_of(left) or not shape_of(right) or left.shape[-1] != right.shape[0]:
        return view.out
    product = left @ right
    return product if shape_of(product) == shape_of(view.out) else view.out


def _same_shape(view: NodeView, value: Any) -> Any:
    return value if shape_of(value) == shape_of(view.out) else view.out


_FORWARD: dict[str, tuple[tuple[str, Forward], ...]] = {
    "add": (
        ("lost_term", lambda v: _same_shape(v, v.args[0])),
        ("lost_term", lambda v: _same_shape(v, v.args[1])),
        ("sign", lambda v: v.args[0] - v.args[1]),
        ("sign", lambda v: v.args[1] - v.args[0]),
    ),
    "sub": (
        ("sign", lambda v: v.args[0] + v.args[1]),
        ("sign", lambda v: v.args[1] - v.args[0]),
        ("lost_term", lambda v: _same_shape(v, v.args[0])),
    ),
    "mul": (
        ("sum_for_product", lambda v: v.args[0] + v.args[1]),
        ("lost_factor", lambda v: _same_shape(v, v.args[0])),
        ("lost_factor", lambda v: _same_shape(v, v.args[1])),
    ),
    "div": (
        ("inverted", lambda v: v.args[1] / v.args[0]),
        ("lost_factor", lambda v: _same_shape(v, v.args[0])),
    ),
    "powi": (
        ("lost_square", lambda v: v.args[0]),
        ("double_for_square", lambda v: 2 * v.args[0]),
    ),
    "neg": (("sign", lambda v: v.args[0]),),
    "sqrt": (("lost_root", lambda v: v.args[0]),),
    "sigmoid": (
        ("sign", lambda v: 1 - v.out),
        ("other_activation", lambda v: v.math.tanh(v.args[0])),
        ("derivative_at_z", lambda v: v.out * (1 - v.out)),
    ),
    "tanh": (
        ("other_activation", lambda v: v.math.sigmoid(v.args[0])),
        ("derivative_at_z", lambda v: 1 - v.out * v.out),
    ),
    "where": (("wrong_branch", lambda v: v.math.where(v.args[0], v.args[2], v.args[1])),),
    "maximum": (("wrong_branch", lambda v: v.math.minimum(*v.args)),),
    "minimum": (("wrong_branch", lambda v: v.math.maximum(*v.args)),),
    "sum": (("wrong_axis", lambda v: _other_axis(v, mean=False)),),
    "mean": (("wrong_axis", lambda v: _other_axis(v, mean=True)),),
    "matmul": (
        ("swapped", _product_swapped),
        ("transposed", lambda v: _product(v, v.args[0].T, v.args[1])),
        ("transposed", lambda v: _product(v, v.args[0], v.args[1].T)),
    ),
    "sin": (("degrees", lambda v: v.math.sin(_in_radians(v.math, v.args[0]))),),
    "cos": (("degrees", lambda v: v.math.cos(_in_radians(v.math, v.args[0]))),),
    "log": (("log10", lambda v: v.out / v.math.log(v.math.pool.number(10))),),
}


def backward_rules(op: str) -> list[tuple[str, Backward]]:
    """Return the mistakes that are made when an adjoint is pulled through an operation."""
    rules: list[tuple[str, Backward]] = [
        ("lost_path", lambda e: None),
        ("sign", lambda e: -e.right),
        ("sum_for_product", lambda e: e.right if e.partial is None else e.adjoint + e.partial),
        ("no_upstream", _without_upstream),
    ]
    label = "no_activation_derivative" if op in ACTIVATIONS else "lost_factor"
    label = "sign" if op == "neg" else label
    rules.append((label, lambda e: e.adjoint))
    if op in ACTIVATIONS:
        rules.append(("function_as_derivative", lambda e: e.adjoint * e.out))
        rules.append(("activation_derivative_twice", lambda e: e.right * e.partial))
    return rules + list(_BACKWARD.get(op, ()))


def _in_radians(math: Any, degrees: Any) -> Any:
    return degrees * math.pi / 180


def _logistic_of_output(edge: EdgeView) -> Any:
    again = edge.math.sigmoid(edge.out)
    return edge.adjoint * again * (1 - again)


def _without_upstream(edge: EdgeView) -> Any:
    """Return a partial alone; a factor that is a number, as 1/N, is no step of its own."""
    if edge.partial is None or not edge.math.pool.names(t.id for t in entries(edge.adjoint)):
        return edge.right
    return edge.partial


def _swapped(way: int, edge: EdgeView) -> Any:
    """Return the product with its factors the other way round, where the shapes allow it."""
    other, adjoint = edge.args[1 - edge.slot], edge.adjoint
    if len(shape_of(other)) != 2 or len(shape_of(adjoint)) != 2:
        return edge.right
    pairs = [(adjoint, other), (other, adjoint), (other.T, adjoint)]
    pairs += [(adjoint, other.T), (other, adjoint.T), (adjoint.T, other)]
    product = _fitting_product(*pairs[way], edge.right)
    return edge.right if product is None else product


def _other_branch(edge: EdgeView) -> Any:
    """Return what the branch that was not taken would carry; a condition carries nothing."""
    return edge.right if edge.partial is None else edge.adjoint * (1 - edge.partial)


def _fitting_product(left: Any, right: Any, wanted: Any) -> Any:
    """Return a product of the wanted shape that is another matrix, or None."""
    if left.shape[1] != right.shape[0] or (left.shape[0], right.shape[1]) != shape_of(wanted):
        return None
    product = left @ right
    differs = any(a.id != b.id for a, b in zip(product.flat, wanted.flat, strict=True))
    return product if differs else None


_BACKWARD: dict[str, tuple[tuple[str, Backward], ...]] = {
    "sigmoid": (
        ("derivative_at_z", lambda e: e.adjoint * e.args[0] * (1 - e.args[0])),
        ("derivative_at_output", _logistic_of_output),
        ("lost_factor", lambda e: e.adjoint * (1 - e.out)),
    ),
    "tanh": (
        ("lost_square", lambda e: e.adjoint * (1 - e.out)),
        ("derivative_at_z", lambda e: e.adjoint * (1 - e.args[0] * e.args[0])),
        ("derivative_at_output", lambda e: e.adjoint * (1 - e.math.tanh(e.out) ** 2)),
        ("other_activation", lambda e: e.adjoint * e.out * (1 - e.out)),
    ),
    "mul": (("own_factor", lambda e: e.adjoint * e.args[e.slot]),),
    "powi": (
        ("power_not_lowered", lambda e: e.right * e.args[0]),
        ("exponent_lost", lambda e: e.adjoint * e.args[0]),
        ("lost_square", lambda e: e.adjoint * 2),
    ),
    "log": (("inverted", lambda e: e.adjoint * e.args[0]),),
    "matmul": tuple(("swapped", partial(_swapped, way)) for way in range(6)),
    "where": (("wrong_branch", _other_branch),),
    "maximum": (("wrong_branch", _other_branch),),
    "minimum": (("wrong_branch", _other_branch),),
    "softmax": (("diagonal_only", lambda e: e.adjoint * e.out * (1 - e.out)),),
    "sin": (
        ("function_as_derivative", lambda e: e.adjoint * e.out),
        ("degrees", lambda e: e.adjoint * e.math.cos(_in_radians(e.math, e.args[0]))),
    ),
    "cos": (
        ("function_as_derivative", lambda e: e.adjoint * e.out),
        ("degrees", lambda e: -e.adjoint * e.math.sin(_in_radians(e.math, e.args[0]))),
    ),
    "exp": (("power_not_lowered", lambda e: e.adjoint * e.args[0] * e.out),),
    "div": (("lost_square", lambda e: e.right * e.args[1] if e.slot else e.right),),
}


def whole_rules(right: Any, count: int) -> list[tuple[str, Any]]:
    """Return the mistakes that are made with a finished answer.

    Args:
        right: the right value.
        count: how many summands its loss has, for mean and sum.
    """
    found = [("sign", -right), ("factor_two", 2 * right), ("half", right / 2)]
    if count > 1:
        found += [("mean_for_sum", right / count), ("sum_for_mean", right * count)]
    shape = shape_of(right)
    if len(shape) == 2 and shape[0] != 1 and shape[1] != 1:
        found.append(("transposed", right.T))
    return found


def jacobian_rules(pool: Pool, right: Any) -> Iterator[tuple[str, Any]]:
    """Yield wrong forms of a Jacobian of one vector in another, with their labels.

    Args:
        pool: holds the terms.
        right: the Jacobian, an array of terms with two axes.
    """
    if right.ndim != 2:
        return
    np = arrays()
    yield "transposed", right.T
    rows, columns = right.shape
    if rows != columns:
        return
    diagonal = right.diagonal()
    off = np.full(right.shape, pool.number(0), dtype=object)
    identity = off.copy()
    only = off.copy()
    for place in range(rows):
        only[place, place] = diagonal[place]
        identity[place, place] = pool.number(1)
    yield "diagonal_only", only
    yield "equal_rows", np.array([diagonal] * rows, dtype=object)
    yield "identity", identity
