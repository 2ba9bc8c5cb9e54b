"""List the rows that centre and scale: inputs, batches, layers, groups."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from graphgrad.layers.networks.shapes import features, need_rank, refuse
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = ["NORMALISATIONS"]

_EPS = Setting("eps", "number", Fraction(1, 100_000))
_AFFINE = Setting("affine", "flag", True)
_NOTATION: Mapping[str, str] = {
    "gamma": "scale", "beta": "shift", "mean": "mean", "var": "variance", "xhat": "normalized",
}  # fmt: skip


def _scale_and_shift(shape: Shape) -> tuple[Parameter, ...]:
    return (
        Parameter("gamma", shape, "ones", kind="scale"),
        Parameter("beta", shape, "zeros", kind="bias"),
    )


def _standardized(m: Any, x: Any, mean: Any, variance: Any, eps: Any) -> Any:
    return (x - mean) / m.sqrt(variance + eps)


def _statistics(m: Any, x: Any, axes: tuple[int, ...], ddof: int = 0) -> tuple[Any, Any]:
    """Return mean and variance along axes, each a line."""
    mean = m.line("mean", m.mean(x, axis=axes, keepdims=True))
    return mean, m.line("var", m.var(x, axis=axes, ddof=ddof, keepdims=True))


# ---- over a batch ----


def _channels(layer: str, shape: Shape) -> Shape:
    """Return the shape of one value per feature, which meets a batch."""
    need_rank(layer, shape, (2, 3, 4), "layer.expected.batch")
    return (shape[1], *(1,) * (len(shape) - 2))


def _batch_parameters(
    shapes: tuple[Shape, ...], *, affine: bool, **_: Any
) -> tuple[Parameter, ...]:
    count = (_channels("batch_norm", shapes[0])[0],)
    running = (
        Parameter("mean", count, "zeros", role="const", kind="statistic", mode="eval"),
        Parameter("var", count, "ones", role="const", kind="statistic", mode="eval"),
    )
    return (_scale_and_shift(count) if affine else ()) + running


def _batch_norm(m: Any, p: Any, x: Any, *, eps: Any, affine: bool, **_: Any) -> Any:
    shape = m.shape(x)
    per = _channels("batch_norm", shape)

    def spread(values: Any) -> Any:
        return values if len(per) == 1 else m.reshape(values, shape=per)

    if m.training:
        if shape[0] < 2 and len(shape) == 2:  # it would be its own mean; running ones take it
            raise refuse("batch_norm", "layer.expected.batch", shape)
        mean, variance = _statistics(m, x, (0, *range(2, len(shape))))
    else:
        mean, variance = spread(p.mean), spread(p.var)
    normal = _standardized(m, x, mean, variance, eps)
    if not affine:
        return normal
    normal = m.line("xhat", normal)
    return spread(p.gamma) * normal + spread(p.beta)


# ---- over one sample ----


def _layer_parameters(
    shapes: tuple[Shape, ...], *, axes: int, affine: bool, **_: Any
) -> tuple[Parameter, ...]:
    need_rank("layer_norm", shapes[0], tuple(range(axes, 9)), "layer.expected.axes")
    return _scale_and_shift(shapes[0][len(shapes[0]) - axes :]) if affine else ()


def _layer_norm(m: Any, p: Any, x: Any, *, axes: int, eps: Any, affine: bool) -> Any:
    rank = len(m.shape(x))
    mean, variance = _statistics(m, x, tuple(range(rank - axes, rank)))
    normal = _standardized(m, x, mean, variance, eps)
    return p.gamma * m.line("xhat", normal) + p.beta if affine else normal


def _rms_parameters(shapes: tuple[Shape, ...], *, affine: bool, **_: Any) -> tuple[Parameter, ...]:
    return (Parameter("gamma", (features(shapes[0]),), "ones", kind="scale"),) if affine else ()


def _rms_norm(m: Any, p: Any, x: Any, *, eps: Any, affine: bool) -> Any:
    mean = m.line("ms", m.mean(x**2, axis=-1, keepdims=True))
    normal = x / m.sqrt(mean + eps)
    return p.gamma * m.line("xhat", normal) if affine else normal


def _group_parameters(
    shapes: tuple[Shape, ...], *, groups: int, affine: bool, **_: Any
) -> tuple[Parameter, ...]:
    need_rank("group_norm", shapes[0], (2, 3, 4), "layer.expected.group_channels")
    channels = shapes[0][1]
    if channels % groups:
        raise refuse("group_norm", "layer.expected.group_channels", shapes[0])
    return _scale_and_shift((channels,)) if affine else ()


def _group_norm(m: Any, p: Any, x: Any, *, groups: int, eps: Any, affine: bool) -> Any:
    shape = m.shape(x)
    apart = m.line("groups", m.reshape(x, shape=(shape[0], groups, -1)))
    mean, variance = _statistics(m, apart, (2,))
    normal = m.reshape(_standardized(m, apart, mean, variance, eps), shape=shape)
    if not affine:
        return normal
    normal, per = m.line("xhat", normal), (shape[1], *(1,) * (len(shape) - 2))
    return m.reshape(p.gamma, shape=per) * normal + m.reshape(p.beta, shape=per)


# ---- over the data ----


def _normalize(m: Any, p: Any, x: Any, *, ddof: int, eps: Any) -> Any:
    """Centre and scale columns; a constant column becomes 0, not 0/0."""
    shape = m.shape(x)
    if len(shape) not in (1, 2) or shape[0] <= ddof:
        raise refuse("normalize", "layer.expected.rows", shape)
    mean, variance = _statistics(m, x, (0,), ddof)
    spread = variance + eps if eps else variance
    scale = m.where(m.equal(spread, 0), 1, spread)
    return (x - mean) / m.sqrt(scale)


NORMALISATIONS = (
    Layer(
        name="batch_norm",
        inputs=("x",),
        settings=(_EPS, _AFFINE, Setting("momentum", "number", Fraction(1, 10))),
        parameters=_batch_parameters,
        forward=_batch_norm,
        notation=_NOTATION,
        statistics={"mean": "mean", "var": "var"},
        glyph="BN",
        aliases=("norma_lotes", "normalizacion_por_lotes"),
        spanish="normalización por lotes",
        torch="BatchNorm1d",
        keras="BatchNormalization",
        batch=True,
        curriculum="Z02 Z03 Z04",
        doc="Each feature centred and scaled over the batch, then gamma times it plus beta; in "
        "eval mode with running statistics.",
        source="Ioffe and Szegedy, Batch Normalization, ICML 2015, algorithm 1; Sevilla course "
        "004, normalización por lotes.",
        examples=(
            (((4, 2),), {}),
            (((3, 2),), {"affine": False, "eps": Fraction(1, 10)}),
            (((2, 2, 3),), {}),
            (((2, 2, 2, 2),), {}),
        ),
    ),
    Layer(
        name="layer_norm",
        inputs=("x",),
        settings=(Setting("axes", "count", 1), _EPS, _AFFINE),
        parameters=_layer_parameters,
        forward=_layer_norm,
        notation=_NOTATION,
        glyph="LN",
        aliases=("norma_capa", "normalizacion_por_capas"),
        spanish="normalización por capas",
        torch="LayerNorm",
        keras="LayerNormalization",
        curriculum="Z05",
        doc="Each sample centred and scaled over its last axes, then gamma times it plus beta.",
        source="Ba, Kiros and Hinton, Layer Normalization, arXiv:1607.06450, section 3; Sevilla "
        "course 004, Capas de normalización.",
        examples=((((4,),), {}), (((2, 3),), {"affine": False}), (((2, 2, 3),), {"axes": 2})),
    ),
    Layer(
        name="rms_norm",
        inputs=("x",),
        settings=(_EPS, _AFFINE),
        parameters=_rms_parameters,
        forward=_rms_norm,
        notation={"gamma": "scale", "ms": "mean square"},
        glyph="RMS",
        aliases=("norma_rms",),
        spanish="normalización por la media cuadrática",
        torch="RMSNorm",
        keras="RMSNormalization",
        doc="Each sample divided by the root of its mean square, times gamma.",
        source="Zhang and Sennrich, Root Mean Square Layer Normalization, NeurIPS 2019, section 4.",
        examples=((((4,),), {}), (((2, 3),), {"affine": False})),
    ),
    Layer(
        name="group_norm",
        inputs=("x",),
        settings=(Setting("groups", "count"), _EPS, _AFFINE),
        parameters=_group_parameters,
        forward=_group_norm,
        notation=_NOTATION,
        glyph="GN",
        aliases=("norma_grupos",),
        spanish="normalización por grupos",
        torch="GroupNorm",
        keras="GroupNormalization",
        doc="Each sample centred and scaled over groups of its channels, then gamma and beta.",
        source="Wu and He, Group Normalization, ECCV 2018, section 3.1.",
        examples=((((2, 4),), {"groups": 2}), (((2, 4, 2, 1),), {"groups": 2, "affine": False})),
    ),
    Layer(
        name="normalize",
        inputs=("x",),
        settings=(Setting("ddof", "integer", 1), Setting("eps", "number", 0)),
        forward=_normalize,
        notation={"mean": "mean", "var": "variance"},
        glyph="x̂",
        aliases=("normalizar",),
        spanish="normalización de las entradas",
        keras="Normalization",
        curriculum="Z01",
        doc="Columns of a table centred and scaled; a constant column becomes 0.",
        source="UPV course 001, Normalización de las entradas.",
        examples=((((4,),), {}), (((3, 2),), {"ddof": 0, "eps": Fraction(1, 100)})),
    ),
)
