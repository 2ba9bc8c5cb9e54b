"""List the activations as layers: each applies an op, whose row says the rest."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.layers.doors.door import Argument, Door, Function, arg
from graphgrad.layers.networks.pieces import INPLACE_ARG
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.registry import row
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = ["ACTIVATION_LAYERS"]

_DIM: Any = (arg("dim", "axis", -1),)
_ALPHA: Any = (arg("alpha", "alpha", 1.0), INPLACE_ARG)
_INPLACE: Any = (INPLACE_ARG,)
_BETA: Any = (arg("beta", default=1.0, only=(1.0,)), arg("threshold", default=20.0))
_EXACTLY: Any = (arg("approximate", default="none", only=("none",)),)
_SLOPE: Any = (arg("negative_slope", "alpha", 0.01), INPLACE_ARG)
_ENDS: Any = (arg("min_val", "low", -1.0), arg("max_val", "high", 1.0), INPLACE_ARG)


def _door(name: str, takes: tuple[Argument, ...] = (), **more: Any) -> Door:
    """Return the door of a class whose function is called like it in small letters."""
    return Door(name, takes, **({"function": name.lower()} | more))


_SPANISH: dict[str, tuple[str, tuple[Door, ...]]] = {
    "identity": ("identidad", (Door("Identity"),)),
    "sigmoid": ("sigmoide", (_door("Sigmoid"),)),
    "tanh": ("tangente hiperbólica", (_door("Tanh"),)),
    "relu": ("ReLU", (_door("ReLU", _INPLACE),)),
    "leaky_relu": ("ReLU con pérdida", (_door("LeakyReLU", _SLOPE, function="leaky_relu"),)),
    "elu": ("unidad exponencial lineal", (_door("ELU", _ALPHA),)),
    "selu": ("unidad exponencial lineal con escala", (_door("SELU", _INPLACE),)),
    "softplus": ("softplus", (_door("Softplus", _BETA),)),
    "softsign": ("sigmoide rápida", (_door("Softsign"),)),
    "gelu": ("GELU", (_door("GELU", _EXACTLY),)),
    "silu": ("SiLU", (_door("SiLU", _INPLACE),)),
    "mish": ("mish", (_door("Mish", _INPLACE),)),
    "hardtanh": (
        "tangente hiperbólica a trozos",
        (_door("Hardtanh", _ENDS), _door("ReLU6", _INPLACE, always={"low": 0, "high": 6})),
    ),
    "step": ("escalón", ()),
    "sign": ("signo", ()),
    "abs": ("valor absoluto", ()),
    "softmax": ("softmax", (_door("Softmax", _DIM),)),
    "log_softmax": ("logaritmo de softmax", (_door("LogSoftmax", _DIM, function="log_softmax"),)),
    "log_sigmoid": ("logaritmo de la sigmoide", (_door("LogSigmoid"),)),
}
"""Op to its noun in Spanish and how PyTorch calls it."""

_KERAS = {
    "identity": Door("Identity"),
    "relu": Door("ReLU"),
    "leaky_relu": Door("LeakyReLU", (arg("negative_slope", "alpha", 0.3),)),
    "elu": Door("ELU", (arg("alpha", "alpha", 1.0),)),
    "softmax": Door("Softmax", (arg("axis", "axis", -1),)),
}


_CURRICULUM = {
    "identity": "A10", "sigmoid": "A01 A05 A22", "tanh": "A07 A08", "relu": "A12 A13",
    "leaky_relu": "A14 A18", "elu": "A16", "softsign": "A19", "step": "A11", "sign": "A11",
    "abs": "A18", "softmax": "A20 A21 A22",
}  # fmt: skip


def _applied(name: str) -> Any:
    return lambda m, p, z, **settings: m.call(name, z, **settings)


def _activation(name: str, spanish: str, doors: tuple[Door, ...]) -> Layer:
    op = row(name)
    return Layer(
        name=name,
        inputs=("z",),
        settings=op.settings,
        forward=_applied(name),
        kind="activation",
        glyph=name,
        aliases=op.aliases,
        spanish=spanish,
        doors=doors,
        keras=_KERAS.get(name, Door(f"activations.{name}") if doors else None),
        curriculum=_CURRICULUM.get(name, ""),
        doc=op.doc,
        source=op.source,
        examples=((((3,),), {}), (((2, 3),), {})),
    )


def _prelu_parameters(_shapes: tuple[Shape, ...], *, count: int, start: Any) -> tuple[Parameter]:
    drawn = {"value": start}
    return (Parameter("alpha", (count,), "full", settings=drawn, kind="slope"),)


def _prelu(m: Any, p: Any, z: Any, *, count: int, **_: Any) -> Any:
    """Give every channel its slope, or all the same."""
    rank = len(m.shape(z))
    per = () if count == 1 else (count, *(1,) * (rank - 2))
    slope = p.alpha if per == (count,) else m.reshape(p.alpha, shape=per)
    return m.prelu(z, slope)


_PRELU = Door(
    "PReLU",
    (arg("num_parameters", "count", 1), arg("init", "start", 0.25)),
    {"alpha": "weight"},
    Function("prelu", (arg("weight", kind=""),), lambda given: {"count": given.weight.size}),
    enters=lambda given: ((given.num_parameters,),),
)

ACTIVATION_LAYERS = (
    *(_activation(name, *words) for name, words in _SPANISH.items()),
    Layer(
        name="prelu",
        inputs=("z",),
        settings=(Setting("count", "count", 1), Setting("start", "number", Fraction(1, 4))),
        parameters=_prelu_parameters,
        forward=_prelu,
        kind="activation",
        notation={"alpha": "slope"},
        glyph="prelu",
        spanish="ReLU paramétrica",
        doors=(_PRELU,),
        keras=Door("PReLU"),
        curriculum="A15",
        doc="ReLU whose slope for z <= 0 is trained: one for all, or one per channel.",
        source="He et al., Delving Deep into Rectifiers, ICCV 2015, section 2.1; UPV course 001, "
        "Funciones de activación (1).",
        examples=((((3,),), {}), (((2, 3),), {"count": 3}), (((2, 2, 3),), {"count": 2})),
    ),
)
