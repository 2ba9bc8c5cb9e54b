"""List the rows of recurrent cells: one step in time, applied once per element of a sequence."""

from __future__ import annotations

from typing import Any

from graphgrad.layers.networks.pieces import BIAS, affine, bias_of, called, weight_of, weights
from graphgrad.layers.networks.shapes import features, refuse
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = ["RECURRENT"]


def _cell_parameters(
    gates: int, shapes: tuple[Shape, ...], units: int, settings: dict[str, Any]
) -> tuple[Parameter, ...]:
    """Return W for the input, U for the state and b, the gates' rows one below the other."""
    entering, init = features(shapes[0]), settings["init"]
    rows = gates * units
    if called(init).name == "fan_in_uniform":  # PyTorch takes the size of the state for all of them
        fans = ((units, units), (units, units))
    else:
        fans = ((entering, units), (units, units))
    found = [
        weight_of("W", (rows, entering), fans[0], init),
        weight_of("U", (rows, units), fans[1], init),
    ]
    if settings["bias"]:
        found.append(bias_of("b", (rows,), fans[1], init, settings["bias_init"]))
        if settings["biases"] == 2:
            found.append(bias_of("c", (rows,), fans[1], init, settings["bias_init"]))
    return tuple(found)


def _elman_parameters(
    shapes: tuple[Shape, ...], *, units: int, **settings: Any
) -> tuple[Parameter, ...]:
    return _cell_parameters(1, shapes, units, settings)


def _bias(p: Any, name: str) -> Any:
    return getattr(p, name, None)


def _state(m: Any, layer: str, x: Any, h: Any, units: int) -> Any:
    """Return the state, zeros where none is given, checked against the input."""
    wanted = (*m.shape(x)[:-1], units)
    if h is None:
        return m.line("h0", m.full(wanted, 0))
    if m.shape(h) != wanted:
        raise refuse(layer, "layer.expected.state", m.shape(x), m.shape(h))
    return h


def _elman(m: Any, p: Any, x: Any, h: Any, *, units: int, act: Any, **_: Any) -> Any:
    h = _state(m, "elman", x, h, units)
    z = affine(m, x, p.W) + affine(m, h, p.U, _bias(p, "b"))
    if hasattr(p, "c"):
        z = z + p.c
    op, settings = called(act)
    return z if op == "identity" else m.call(op, m.line("z", z), **dict(settings))


RECURRENT = (
    Layer(
        name="elman",
        inputs=("x", "h?"),
        settings=(Setting("units", "count"), Setting("act", "row", "tanh"), BIAS, *weights(),
                  Setting("biases", "count", 1)),
        parameters=_elman_parameters,
        forward=_elman,
        results=("h",),
        notation={"W": "weight", "U": "recurrent", "b": "bias", "c": "bias",
                  "z": "pre-activation", "h": "state"},
        glyph="h↺",
        aliases=("rnn", "rnn_cell", "recurrente", "celda_recurrente"),
        spanish="celda recurrente",
        torch="RNNCell",
        keras="SimpleRNNCell",
        doc="One step of a recurrent network, act(W x + U h + b); without h, the state is 0.",
        source="UPV course 001, Redes dinámicas; Elman, Finding Structure in Time, 1990.",
        examples=(
            (((3,), (2,)), {"units": 2}),
            (((4, 3), (4, 2)), {"units": 2, "act": "relu", "biases": 2}),
            (((3,),), {"units": 2, "bias": False}),
        ),
    ),
)  # fmt: skip
