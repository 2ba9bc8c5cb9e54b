"""List the rows that centre and scale one sample, its layers or groups, or the data."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from graphgrad.layers.doors.door import Argument, Door, Function, arg, each, only
from graphgrad.layers.networks.shapes import features, need_rank, refuse
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = [
    "AFFINE_SETTING", "EPS", "EPS_ARG", "GIVEN_ARGS", "NORMALISATIONS", "NOTATION", "SCALE",
    "affine_args", "has_weight", "scale_and_shift", "standardized", "statistics_of",
]  # fmt: skip

EPS = Setting("eps", "number", Fraction(1, 100_000))
AFFINE_SETTING = Setting("affine", "flag", True)
NOTATION: Mapping[str, str] = {
    "gamma": "scale", "beta": "shift", "mean": "mean", "var": "variance", "xhat": "normalized",
}  # fmt: skip


def scale_and_shift(shape: Shape) -> tuple[Parameter, ...]:
    """Return a scale that starts at 1 and a shift that starts at 0."""
    return (
        Parameter("gamma", shape, "ones", kind="scale"),
        Parameter("beta", shape, "zeros", kind="bias"),
    )


def standardized(m: Any, x: Any, mean: Any, variance: Any, eps: Any) -> Any:
    """Return what is centred, over its deviation."""
    return (x - mean) / m.sqrt(variance + eps)


def statistics_of(m: Any, x: Any, axes: tuple[int, ...], ddof: int = 0) -> tuple[Any, Any]:
    """Return mean and variance along axes, each a line."""
    mean = m.line("mean", m.mean(x, axis=axes, keepdims=True))
    return mean, m.line("var", m.var(x, axis=axes, ddof=ddof, keepdims=True))


# ---- over one sample ----


def _layer_parameters(
    shapes: tuple[Shape, ...], *, axes: int, affine: bool, **_: Any
) -> tuple[Parameter, ...]:
    need_rank("layer_norm", shapes[0], tuple(range(axes, 9)), "layer.expected.axes")
    return scale_and_shift(shapes[0][len(shapes[0]) - axes :]) if affine else ()


def _layer_norm(m: Any, p: Any, x: Any, *, axes: int, eps: Any, affine: bool) -> Any:
    rank = len(m.shape(x))
    mean, variance = statistics_of(m, x, tuple(range(rank - axes, rank)))
    normal = standardized(m, x, mean, variance, eps)
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
    return scale_and_shift((channels,)) if affine else ()


def _group_norm(m: Any, p: Any, x: Any, *, groups: int, eps: Any, affine: bool) -> Any:
    shape = m.shape(x)
    apart = m.line("groups", m.reshape(x, shape=(shape[0], groups, -1)))
    mean, variance = statistics_of(m, apart, (2,))
    normal = m.reshape(standardized(m, apart, mean, variance, eps), shape=shape)
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
    mean, variance = statistics_of(m, x, (0,), ddof)
    spread = variance + eps if eps else variance
    scale = m.where(m.equal(spread, 0), 1, spread)
    return (x - mean) / m.sqrt(scale)


# ---- what PyTorch calls them ----

SCALE: Mapping[str, str] = {"gamma": "weight", "beta": "bias"}
EPS_ARG = arg("eps", "eps", 1e-05)
_SHIFTED = arg("bias", default=True, only=(True,), keyword=True)
GIVEN_ARGS = (arg("weight", default=None), arg("bias", default=None))
_SHAPE = arg("normalized_shape", kind="")


def affine_args(default: bool, momentum: str = "") -> tuple[Argument, ...]:
    """Return the arguments of a normalisation of channels behind their count."""
    moving = arg("momentum", momentum, 0.1)
    tracked = arg("track_running_stats", default=default, only=(default,))
    return EPS_ARG, moving, arg("affine", "affine", default), tracked, _SHIFTED


def has_weight(given: Any) -> dict[str, Any]:
    """Tell whether a function is given a scale."""
    return {"affine": given.weight is not None}


def _of_instance(name: str) -> Door:
    return Door(
        name,
        (arg("num_features", "groups"), *affine_args(False)),
        SCALE,
        enters=lambda given: ((1, given.num_features),),
    )


def _last_axes(given: Any) -> dict[str, Any]:
    return {"axes": len(each(given.normalized_shape, 1))}


_LAYER_NORM = Door(
    "LayerNorm",
    (_SHAPE, EPS_ARG, arg("elementwise_affine", "affine", True), arg("bias", default=True)),
    SCALE,
    Function(
        "layer_norm", (_SHAPE, *GIVEN_ARGS, EPS_ARG),
        lambda given: _last_axes(given) | has_weight(given),
    ),
    enters=lambda given: (each(given.normalized_shape, 1),),
    fit=_last_axes,
)  # fmt: skip
_RMS_NORM = Door(
    "RMSNorm",
    (_SHAPE, arg("eps", default=None), arg("elementwise_affine", "affine", True)),
    {"gamma": "weight"},
    enters=lambda given: (each(given.normalized_shape, 1),),
    fit=lambda given: _of_one_axis(given) | {"eps": 2.0**-52 if given.eps is None else given.eps},
)
_GROUP_NORM = Door(
    "GroupNorm",
    (arg("num_groups", "groups"), arg("num_channels"), EPS_ARG, arg("affine", "affine", True),
     _SHIFTED),
    SCALE,
    Function("group_norm", (arg("num_groups", "groups"), *GIVEN_ARGS, EPS_ARG), has_weight),
    enters=lambda given: ((1, given.num_channels),),
)  # fmt: skip


def _of_one_axis(given: Any) -> dict[str, Any]:
    only("normalized_shape", len(each(given.normalized_shape, 1)), 1)
    return {}


NORMALISATIONS = (
    Layer(
        name="layer_norm",
        inputs=("x",),
        settings=(Setting("axes", "count", 1), EPS, AFFINE_SETTING),
        parameters=_layer_parameters,
        forward=_layer_norm,
        notation=NOTATION,
        glyph="LN",
        aliases=("norma_capa", "normalizacion_por_capas"),
        spanish="normalización por capas",
        doors=(_LAYER_NORM,),
        keras=Door(
            "LayerNormalization",
            (
                arg("axis", "axes", -1),
                arg("epsilon", "eps", 0.001),
            ),
        ),
        curriculum="Z05",
        doc="Each sample centred and scaled over its last axes, then gamma times it plus beta.",
        source="Ba, Kiros and Hinton, Layer Normalization, arXiv:1607.06450, section 3; Sevilla "
        "course 004, Capas de normalización.",
        examples=((((4,),), {}), (((2, 3),), {"affine": False}), (((2, 2, 3),), {"axes": 2})),
    ),
    Layer(
        name="rms_norm",
        inputs=("x",),
        settings=(EPS, AFFINE_SETTING),
        parameters=_rms_parameters,
        forward=_rms_norm,
        notation={"gamma": "scale", "ms": "mean square"},
        glyph="RMS",
        aliases=("norma_rms",),
        spanish="normalización por la media cuadrática",
        doors=(_RMS_NORM,),
        keras=Door("RMSNormalization", (arg("epsilon", "eps", 1e-06),)),
        doc="Each sample divided by the root of its mean square, times gamma.",
        source="Zhang and Sennrich, Root Mean Square Layer Normalization, NeurIPS 2019, section 4.",
        examples=((((4,),), {}), (((2, 3),), {"affine": False})),
    ),
    Layer(
        name="group_norm",
        inputs=("x",),
        settings=(Setting("groups", "count"), EPS, AFFINE_SETTING),
        parameters=_group_parameters,
        forward=_group_norm,
        notation=NOTATION,
        glyph="GN",
        aliases=("norma_grupos",),
        spanish="normalización por grupos",
        doors=(_GROUP_NORM, _of_instance("InstanceNorm1d"), _of_instance("InstanceNorm2d")),
        keras=Door(
            "GroupNormalization",
            (
                arg("groups", "groups", 32),
                arg("epsilon", "eps", 0.001),
            ),
        ),
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
        keras=Door("Normalization"),
        curriculum="Z01",
        doc="Columns of a table centred and scaled; a constant column becomes 0.",
        source="UPV course 001, Normalización de las entradas.",
        examples=((((4,),), {}), (((3, 2),), {"ddof": 0, "eps": Fraction(1, 100)})),
    ),
)
