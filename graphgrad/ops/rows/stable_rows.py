"""List the rows that compute in one piece what would overflow or break off in several."""

from __future__ import annotations

from typing import Any

from graphgrad.ops.row import PRODUCT, Condition, Elementwise, Setting, Structural
from graphgrad.ops.rows.reduction_rows import spread
from graphgrad.ops.shapes import Shape, reduced_shape

__all__ = ["STABLE"]


def _zero_factor(np: Any, x: Any, y: Any) -> Any:
    return np.asarray(x == 0) & (y >= 0)


def _norm_shape(x: Shape, *, axis: tuple[int, ...], keepdims: bool) -> Shape:
    return reduced_shape(x, axis, keepdims=keepdims)


def _direction(m: Any, out: Any, x: Any, axis: tuple[int, ...]) -> Any:
    """Return x over its norm, constantly 0 where the norm is 0, as the sign of a number is."""
    whole = spread(m, out, m.shape(x), axis)
    zero = m.equal(whole, 0)
    return m.where(zero, 0, x / m.where(zero, 1, whole))


def _norm_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    shape = m.shape(args[0])
    return spread(m, adjoint / out, shape, axis) * args[0]


def _norm_pullback_at_0(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    x = args[0]
    return spread(m, adjoint, m.shape(x), axis) * _direction(m, out, x, axis)


def _norm_pushforward(
    m: Any, tangent: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    along = tangent * _direction(m, out, args[0], axis)
    return m.sum(along, axis=axis, keepdims=keepdims)


def _log_softmax_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: int
) -> Any:
    return adjoint - m.exp(out) * m.sum(adjoint, axis=(axis,), keepdims=True)


def _log_softmax_pushforward(
    m: Any, tangent: Any, out: Any, args: Any, slot: int, *, axis: int
) -> Any:
    return tangent - m.sum(m.exp(out) * tangent, axis=(axis,), keepdims=True)


STABLE = (
    Elementwise(
        name="log_sigmoid",
        arguments=("z",),
        latex=r"\ln \sigma\left({0}\right)",
        formula=lambda m, z: -m.log(1 + m.exp(-z)),
        evaluate=lambda m, z: m.minimum(z, 0) - m.log1p(m.exp(-m.abs(z))),
        partials=(lambda m, out, z: m.sigmoid(-z),),
        aliases=("logsigmoid", "log_sigmoide"),
        doc="Logarithm of the logistic function; exact where sigmoid(z) is 0 in floats.",
    ),
    Elementwise(
        name="xlogy",
        arguments=("x", "y"),
        latex=r"{0} \cdot \ln\left({1}\right)",
        latex_level=PRODUCT,
        latex_argument_levels=(PRODUCT, 0),
        formula=lambda m, x, y: x * m.log(y),
        evaluate=lambda m, x, y: m.xlogy(x, y),
        partials=(lambda m, out, x, y: m.log(y), lambda m, out, x, y: x / y),
        stable_partials=(
            lambda m, out, x, y: m.log(y),
            lambda m, out, x, y: m.where(m.equal(x, 0) * m.equal(y, 0), 0, x / y),
        ),
        domain=lambda _settings: (Condition(1, ">", unless=_zero_factor),),
        sample=(0.3, 2.5),
        doc="x*log(y), 0 where x is 0: the summand of an entropy.",
    ),
    Structural(
        name="log_softmax",
        arguments=("x",),
        settings=(Setting("axis", "axis", -1),),
        shape=lambda x, *, axis: x,
        evaluate=lambda m, x, *, axis: x - m.logsumexp(x, axis=(axis,), keepdims=True),
        pullback=_log_softmax_pullback,
        pushforward=_log_softmax_pushforward,
        aliases=("logsoftmax",),
        doc="Logarithm of softmax along an axis (the last), x - logsumexp(x).",
        examples=((((3,),), {}), (((2, 3),), {"axis": 0}), (((2, 3),), {"axis": 1})),
    ),
    Structural(
        name="norm",
        arguments=("x",),
        settings=(Setting("axis", "axes", None), Setting("keepdims", "flag", False)),
        latex=r"\left\|{0}\right\|",
        shape=_norm_shape,
        evaluate=lambda m, x, **settings: m.norm(x, **settings),
        pullback=_norm_pullback,
        stable_pullback=_norm_pullback_at_0,
        pushforward=_norm_pushforward,
        kinks=lambda m, x, **settings: (m.norm(x, **settings),),
        convention="convention.norm",
        aliases=("norma",),
        doc="Euclidean norm of all entries, or along axes; its derivative at 0 is taken as 0.",
        examples=(
            (((3,),), {}),
            (((2, 3),), {}),
            (((2, 3),), {"axis": (0,)}),
            (((2, 3),), {"axis": (1,), "keepdims": True}),
        ),
    ),
)
