"""List the rows with what is drawn per run: dropout masks and noise, visible constants both."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.layers.doors.door import Door, Function, arg, check_share
from graphgrad.layers.networks.pieces import DRAW, INPLACE_ARG
from graphgrad.layers.networks.shapes import refuse
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = ["MASKS"]

_KEEP = Setting("keep", "share", Fraction(1, 2))
_SOURCE = (
    "Srivastava et al., Dropout, JMLR 15 (2014), section 4; Sevilla course 004, Dropout, where p "
    "is the probability to keep."
)


def _mask(shapes: tuple[Shape, ...], *, keep: Any, **_: Any) -> tuple[Parameter, ...]:
    if len(shapes) > 1:
        return ()
    drawn = {"p": keep}
    return (
        Parameter("mask", shapes[0], "bernoulli", (1, 1), drawn, "const", "mask", mode="train"),
    )


def _given(m: Any, p: Any, layer: str, x: Any, mask: Any) -> Any:
    if mask is None:
        return p.mask
    if m.shape(mask) != m.shape(x):
        raise refuse(layer, "layer.expected.mask", m.shape(x), m.shape(mask))
    return mask


def _dropout(m: Any, p: Any, x: Any, mask: Any = None, *, keep: Any, **_: Any) -> Any:
    """Multiply by the mask in training, by the probability to keep at inference."""
    return _given(m, p, "dropout", x, mask) * x if m.training else keep * x


def _inverted(m: Any, p: Any, x: Any, mask: Any = None, *, keep: Any, **_: Any) -> Any:
    if not m.training:
        return m.identity(x)
    return _given(m, p, "inverted_dropout", x, mask) * x / keep


def _noise_parameters(shapes: tuple[Shape, ...], *, std: Any, **_: Any) -> tuple[Parameter, ...]:
    drawn = {"std": std}
    return (Parameter("noise", shapes[0], "normal", (1, 1), drawn, "const", "noise", mode="train"),)


def _noise(m: Any, p: Any, x: Any, **_: Any) -> Any:
    return x + p.noise if m.training else m.identity(x)


_DROPOUTS: Any = (
    (((3,),), {}),
    (((2, 3), (2, 3)), {"keep": Fraction(4, 5)}),
    (((4,),), {"draw": 3}),
)


def _kept(given: Any) -> dict[str, Any]:
    """Return the share that is kept of the one that PyTorch drops."""
    check_share("Dropout", "p", given.p)
    return {"keep": 1 - given.p}


_DROPOUT = Door(
    "Dropout",
    (arg("p", default=0.5), INPLACE_ARG),
    {},
    Function("dropout", (arg("p", default=0.5), arg("training", default=True)), _kept),
    fit=_kept,
)

MASKS = (
    Layer(
        name="dropout",
        inputs=("x", "mask?"),
        settings=(_KEEP, DRAW),
        parameters=_mask,
        forward=_dropout,
        notation={"mask": "mask"},
        glyph="r⊙x",
        aliases=("abandono",),
        spanish="abandono (dropout)",
        curriculum="R04 R05 R07",
        doc="Entries kept with a probability, the others 0; at inference all, times it.",
        source=_SOURCE,
        examples=_DROPOUTS,
    ),
    Layer(
        name="inverted_dropout",
        inputs=("x", "mask?"),
        settings=(_KEEP, DRAW),
        parameters=_mask,
        forward=_inverted,
        notation={"mask": "mask"},
        glyph="r⊙x/p",
        aliases=("abandono_invertido",),
        spanish="abandono invertido",
        doors=(_DROPOUT,),
        keras=Door(
            "Dropout",
            (
                arg("rate", kind="float"),
                arg("seed", "draw", None),
            ),
        ),
        curriculum="R06",
        doc="Entries kept with a probability and divided by it, the others 0; at inference all.",
        source=_SOURCE,
        examples=_DROPOUTS,
    ),
    Layer(
        name="noise",
        inputs=("x",),
        settings=(Setting("std", "number", Fraction(1, 10)), DRAW),
        parameters=_noise_parameters,
        forward=_noise,
        notation={"noise": "noise"},
        glyph="+ε",
        aliases=("ruido",),
        spanish="ruido gaussiano",
        keras=Door(
            "GaussianNoise",
            (
                arg("stddev", "std", kind="float"),
                arg("seed", "draw", None),
            ),
        ),
        curriculum="R11",
        doc="Normal noise added in training, nothing at inference.",
        source="Sevilla course 004, estrategias de regularización.",
        examples=((((3,),), {}), (((2, 2),), {"std": 1})),
    ),
)
