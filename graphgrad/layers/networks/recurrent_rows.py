"""List the rows of recurrent cells: one step in time."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from graphgrad.layers.doors.door import Argument, Door, arg
from graphgrad.layers.networks.pieces import (
    BIAS,
    BIAS_ARG,
    KERAS_WEIGHTS,
    affine,
    bias_of,
    called,
    weight_of,
    weights,
)
from graphgrad.layers.networks.shapes import features, refuse
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = [
    "CELL", "ELMAN_PARAMETERS", "ELMAN_SETTINGS", "ELMAN_SOURCE", "GATED_SETTINGS",
    "GRU_NOTATION", "GRU_PARAMETERS", "GRU_SETTINGS", "GRU_SOURCE", "LSTM_NOTATION",
    "LSTM_PARAMETERS", "LSTM_SOURCE", "NOTATION", "RECURRENT", "SIZES", "elman", "gru", "lstm",
]  # fmt: skip

UNITS = Setting("units", "count")
_BIASES = Setting("biases", "count", 1)
NOTATION = {"W": "weight", "U": "recurrent weight", "b": "bias", "c": "bias",
             "z": "pre-activation", "h": "state"}  # fmt: skip


def _cell_parameters(
    shapes: tuple[Shape, ...], *, gates: int, units: int, **settings: Any
) -> tuple[Parameter, ...]:
    """Return W for the input, U for the state and b, the gates' rows one below the other.

    PyTorch has a second bias, here ``c`` with ``biases=2``; it draws all within 1/sqrt(units).
    """
    entering, init, rows = features(shapes[0]), settings["init"], gates * units
    as_torch = called(init).name == "fan_in_uniform"
    fans = (units if as_torch else entering, units)
    found = [
        weight_of("W", (rows, entering), fans, init),
        weight_of("U", (rows, units), (units, units), init),
    ]
    for name in "bc"[: settings["biases"]] if settings["bias"] else "":
        found.append(bias_of(name, (rows,), (units, units), init, settings["bias_init"]))
    return tuple(found)


def _state(m: Any, layer: str, x: Any, h: Any, units: int, name: str = "h0") -> Any:
    """Return the state, zeros where none is given, checked against the input."""
    wanted = (*m.shape(x)[:-1], units)
    if h is None:
        return m.line(name, m.full(wanted, 0))
    if m.shape(h) != wanted:
        raise refuse(layer, "layer.expected.state", m.shape(x), m.shape(h))
    return h


def _pre_activation(m: Any, p: Any, x: Any, h: Any) -> Any:
    """Return W x + U h + b."""
    z = affine(m, x, p.W) + affine(m, h, p.U, getattr(p, "b", None))
    return z + p.c if hasattr(p, "c") else z


def _gate(m: Any, z: Any, place: int, units: int) -> Any:
    """Return the rows of one gate."""
    whole = tuple((0, length) for length in m.shape(z)[:-1])
    return m.index(z, key=(*whole, (place * units, (place + 1) * units)))


def elman(m: Any, p: Any, x: Any, h: Any = None, *, units: int, act: Any, **_: Any) -> Any:
    """Compute one step: act(W x + U h + b)."""
    z = _pre_activation(m, p, x, _state(m, "elman", x, h, units))
    op, settings = called(act)
    return z if op == "identity" else m.call(op, m.line("z", z), **dict(settings))


def lstm(m: Any, p: Any, x: Any, h: Any = None, c: Any = None, *, units: int, **_: Any) -> Any:
    """Compute gates, a candidate g and the new cell; rows are in PyTorch's order i f g o."""
    h = _state(m, "lstm", x, h, units)
    c = _state(m, "lstm", x, c, units, "c0")
    z = m.line("z", _pre_activation(m, p, x, h))
    i = m.line("i", m.sigmoid(_gate(m, z, 0, units)))
    f = m.line("f", m.sigmoid(_gate(m, z, 1, units)))
    g = m.line("g", m.tanh(_gate(m, z, 2, units)))
    o = m.line("o", m.sigmoid(_gate(m, z, 3, units)))
    cell = m.line("c", f * c + i * g)
    return o * m.tanh(cell), cell


def gru(m: Any, p: Any, x: Any, h: Any = None, *, units: int, **_: Any) -> Any:
    """Compute gates r, u and a candidate n; rows are in PyTorch's order r u n."""
    h = _state(m, "gru", x, h, units)
    entering = m.line("a", affine(m, x, p.W, getattr(p, "b", None)))
    kept = m.line("v", affine(m, h, p.U, getattr(p, "c", None)))

    def gate(place: int) -> Any:
        return _gate(m, entering, place, units) + _gate(m, kept, place, units)

    r = m.line("r", m.sigmoid(gate(0)))
    u = m.line("u", m.sigmoid(gate(1)))
    candidate = _gate(m, entering, 2, units) + r * _gate(m, kept, 2, units)
    n = m.line("n", m.tanh(candidate))
    return (1 - u) * n + u * h


ELMAN_SETTINGS = (UNITS, Setting("act", "row", "tanh"), BIAS, *weights(), _BIASES)
GATED_SETTINGS = (UNITS, BIAS, *weights(), _BIASES)
GRU_SETTINGS = (UNITS, BIAS, *weights(), Setting("biases", "count", 1))
ELMAN_PARAMETERS = partial(_cell_parameters, gates=1)
LSTM_PARAMETERS = partial(_cell_parameters, gates=4)
GRU_PARAMETERS = partial(_cell_parameters, gates=3)

ELMAN_SOURCE = "UPV course 001, Redes dinámicas; Elman, Finding Structure in Time, 1990."
LSTM_SOURCE = (
    "Hochreiter and Schmidhuber, Long Short-Term Memory, 1997, with forget gates of Gers et al., "
    "2000; UPV course 001, Long Short Term Memory - LSTM."
)
GRU_SOURCE = (
    "Cho et al., Learning Phrase Representations using RNN Encoder-Decoder, EMNLP 2014, section "
    "2.3, with the reset gate behind the matrix as in PyTorch; UPV course 001, GRU."
)
LSTM_NOTATION = NOTATION | {
    "i": "input gate", "f": "forget gate", "g": "candidate", "o": "output gate", "c": "cell",
}  # fmt: skip
GRU_NOTATION = NOTATION | {"r": "reset gate", "u": "update gate", "n": "candidate"}

CELL: Final = {"W": "weight_ih", "U": "weight_hh", "b": "bias_ih", "c": "bias_hh"}
"""What PyTorch calls the parameters of a cell; it always has two biases."""

SIZES: Final = (arg("input_size"), arg("hidden_size", "units"))


def keras_cell(name: str, *more: Argument) -> Door:
    """Return how Keras calls a cell; only a plain one has a choice of activation."""
    act = arg("activation", "act" if name.startswith("Simple") else "", "tanh")
    return Door(name, (arg("units", "units"), act, *KERAS_WEIGHTS[1:], *more))


def _door(name: str, *more: Argument) -> Door:
    takes = (*SIZES, BIAS_ARG, *more)
    return Door(
        name, takes, CELL,
        enters=lambda given: ((given.input_size,),), always={"biases": 2}, call="state",
    )  # fmt: skip


RECURRENT = (
    Layer(
        name="elman",
        inputs=("x", "h?"),
        settings=ELMAN_SETTINGS,
        parameters=ELMAN_PARAMETERS,
        forward=elman,
        results=("h",),
        notation=NOTATION,
        glyph="h↺",
        aliases=("recurrente", "celda_recurrente", "rnn", "rnn_cell"),
        spanish="celda recurrente",
        doors=(_door("RNNCell", arg("nonlinearity", "act", "tanh", only=("tanh", "relu"))),),
        keras=keras_cell("SimpleRNNCell"),
        curriculum="C08 C09 C10 C11 C14",
        doc="One step of a recurrent network, act(W x + U h + b); without h, the state is 0.",
        source=ELMAN_SOURCE,
        examples=(
            (((3,), (2,)), {"units": 2}),
            (((4, 3), (4, 2)), {"units": 2, "act": "relu", "biases": 2}),
            (((3,),), {"units": 2, "bias": False}),
        ),
    ),
    Layer(
        name="lstm",
        inputs=("x", "h?", "c?"),
        settings=GATED_SETTINGS,
        parameters=LSTM_PARAMETERS,
        forward=lstm,
        results=("h", "c"),
        notation=LSTM_NOTATION,
        glyph="LSTM",
        aliases=("celda_lstm", "lstm_cell"),
        spanish="celda LSTM",
        doors=(_door("LSTMCell"),),
        keras=keras_cell("LSTMCell"),
        curriculum="C12",
        doc="One step of a long short-term memory; results are the state and the cell.",
        source=LSTM_SOURCE,
        examples=(
            (((3,), (2,), (2,)), {"units": 2}),
            (((2, 3), (2, 2), (2, 2)), {"units": 2, "biases": 2}),
            (((2,),), {"units": 1, "bias": False}),
        ),
    ),
    Layer(
        name="gru",
        inputs=("x", "h?"),
        settings=GRU_SETTINGS,
        parameters=GRU_PARAMETERS,
        forward=gru,
        results=("h",),
        notation=GRU_NOTATION,
        glyph="GRU",
        aliases=("celda_gru", "gru_cell"),
        spanish="celda GRU",
        doors=(_door("GRUCell"),),
        keras=keras_cell("GRUCell"),
        curriculum="C13",
        doc="One step of a gated recurrent unit; the update gate says how much of the old state "
        "stays.",
        source=GRU_SOURCE,
        examples=(
            (((3,), (2,)), {"units": 2}),
            (((2, 3), (2, 2)), {"units": 2, "biases": 2}),
            (((2,),), {"units": 1, "bias": False}),
        ),
    ),
)
