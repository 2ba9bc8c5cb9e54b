"""List the activations as layers: each applies an op, whose row says the rest."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.registry import row
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = ["ACTIVATION_LAYERS"]

_SPANISH = {
    "identity": ("identidad", "Identity"),
    "sigmoid": ("sigmoide", "Sigmoid"),
    "tanh": ("tangente hiperbólica", "Tanh"),
    "relu": ("ReLU", "ReLU"),
    "leaky_relu": ("ReLU con pérdida", "LeakyReLU"),
    "elu": ("unidad exponencial lineal", "ELU"),
    "selu": ("unidad exponencial lineal con escala", "SELU"),
    "softplus": ("softplus", "Softplus"),
    "softsign": ("sigmoide rápida", "Softsign"),
    "gelu": ("GELU", "GELU"),
    "silu": ("SiLU", "SiLU"),
    "mish": ("mish", "Mish"),
    "hardtanh": ("tangente hiperbólica a trozos", "Hardtanh"),
    "step": ("escalón", ""),
    "sign": ("signo", ""),
    "abs": ("valor absoluto", ""),
    "softmax": ("softmax", "Softmax"),
    "log_softmax": ("logaritmo de softmax", "LogSoftmax"),
    "log_sigmoid": ("logaritmo de la sigmoide", "LogSigmoid"),
}
"""Op to its noun in Spanish and its name in PyTorch."""

_KERAS = {"identity": "Identity", "relu": "ReLU", "leaky_relu": "LeakyReLU", "elu": "ELU",
          "softmax": "Softmax"}  # fmt: skip


_CURRICULUM = {
    "identity": "A10", "sigmoid": "A01 A05 A22", "tanh": "A07 A08", "relu": "A12 A13",
    "leaky_relu": "A14 A18", "elu": "A16", "softsign": "A19", "step": "A11", "sign": "A11",
    "abs": "A18", "softmax": "A20 A21 A22",
}  # fmt: skip


def _applied(name: str) -> Any:
    return lambda m, p, z, **settings: m.call(name, z, **settings)


def _activation(name: str, spanish: str, torch: str) -> Layer:
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
        torch=torch,
        keras=_KERAS.get(name, f"activations.{name}" if torch else ""),
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
        torch="PReLU",
        keras="PReLU",
        curriculum="A15",
        doc="ReLU whose slope for z <= 0 is trained: one for all, or one per channel.",
        source="He et al., Delving Deep into Rectifiers, ICCV 2015, section 2.1; UPV course 001, "
        "Funciones de activación (1).",
        examples=((((3,),), {}), (((2, 3),), {"count": 3}), (((2, 2, 3),), {"count": 2})),
    ),
)
