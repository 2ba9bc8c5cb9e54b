"""List the rows of recurrent cells, one step in time, and of cells run over a whole sequence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import zip_longest
from typing import Any

from graphgrad.layers.networks.pieces import BIAS, affine, bias_of, called, weight_of, weights
from graphgrad.layers.networks.shapes import features, need_rank, refuse
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = ["RECURRENT"]

_UNITS = Setting("units", "count")
_BIASES = Setting("biases", "count", 1)
_NOTATION = {"W": "weight", "U": "recurrent weight", "b": "bias", "c": "bias",
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


def _elman(m: Any, p: Any, x: Any, h: Any = None, *, units: int, act: Any, **_: Any) -> Any:
    z = _pre_activation(m, p, x, _state(m, "elman", x, h, units))
    op, settings = called(act)
    return z if op == "identity" else m.call(op, m.line("z", z), **dict(settings))


def _lstm(m: Any, p: Any, x: Any, h: Any = None, c: Any = None, *, units: int, **_: Any) -> Any:
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


def _gru(m: Any, p: Any, x: Any, h: Any = None, *, units: int, **_: Any) -> Any:
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


# ---- over a sequence ----


def _sequence(
    cell: Callable[..., Any], name: str, kept: tuple[str, ...] = ("h0",)
) -> Callable[..., Any]:
    """Return the forward of a cell run over the rows of a sequence T x d, or of a batch N x T x d.

    The results are all states, one per row, then the last state (and cell). States that are not
    given are lines of their own, before the first row is picked. In ``reverse`` the cell begins
    with the last row and ends with the first; states stay beside the rows that they were made at.
    """

    def forward(m: Any, p: Any, x: Any, *states: Any, reverse: bool, **settings: Any) -> Any:
        need_rank(name, m.shape(x), (2, 3), "layer.expected.sequence")
        lead = len(m.shape(x)) - 2
        whole = tuple((0, length) for length in m.shape(x)[:lead])
        order = range(m.shape(x)[-2])[:: -1 if reverse else 1]
        first, zeros = m.inner(f"h[{order[0] + 1}]"), (*m.shape(x)[:lead], settings["units"])
        states = tuple(
            first.line(word, m.full(zeros, 0)) if state is None else state
            for word, state in zip_longest(kept, states)
        )
        seen = {}
        for step in order:
            inside = m.inner(f"h[{step + 1}]")
            found = cell(inside, p, m.index(x, key=(*whole, step)), *states, **settings)
            states = found if isinstance(found, tuple) else (found,)
            states = (m.line(f"h[{step + 1}]", states[0]), *states[1:])
            seen[step] = states[0]
        last = [m.line(word, state) for word, state in zip(("h", "c"), states, strict=False)]
        return (m.stack(*map(seen.get, sorted(seen)), axis=lead), *last)

    return forward


def _sequence_parameters(cell: Callable[..., Any]) -> Callable[..., Any]:
    def parameters(shapes: tuple[Shape, ...], **settings: Any) -> tuple[Parameter, ...]:
        found: tuple[Parameter, ...] = cell((shapes[0][-1:],), **settings)
        return found

    return parameters


_ELMAN_SETTINGS = (_UNITS, Setting("act", "row", "tanh"), BIAS, *weights(), _BIASES)
_GATED_SETTINGS = (_UNITS, BIAS, *weights(), _BIASES)
_GRU_SETTINGS = (_UNITS, BIAS, *weights(), Setting("biases", "count", 1))
_REVERSE = (Setting("reverse", "flag", False),)
_ELMAN_PARAMETERS = partial(_cell_parameters, gates=1)
_LSTM_PARAMETERS = partial(_cell_parameters, gates=4)
_GRU_PARAMETERS = partial(_cell_parameters, gates=3)

_ELMAN_SOURCE = "UPV course 001, Redes dinámicas; Elman, Finding Structure in Time, 1990."
_LSTM_SOURCE = (
    "Hochreiter and Schmidhuber, Long Short-Term Memory, 1997, with forget gates of Gers et al., "
    "2000; UPV course 001, Long Short Term Memory - LSTM."
)
_GRU_SOURCE = (
    "Cho et al., Learning Phrase Representations using RNN Encoder-Decoder, EMNLP 2014, section "
    "2.3, with the reset gate behind the matrix as in PyTorch; UPV course 001, GRU."
)
_LSTM_NOTATION = _NOTATION | {
    "i": "input gate", "f": "forget gate", "g": "candidate", "o": "output gate", "c": "cell",
}  # fmt: skip
_GRU_NOTATION = _NOTATION | {"r": "reset gate", "u": "update gate", "n": "candidate"}

RECURRENT = (
    Layer(
        name="elman",
        inputs=("x", "h?"),
        settings=_ELMAN_SETTINGS,
        parameters=_ELMAN_PARAMETERS,
        forward=_elman,
        results=("h",),
        notation=_NOTATION,
        glyph="h↺",
        aliases=("recurrente", "celda_recurrente", "rnn", "rnn_cell"),
        spanish="celda recurrente",
        torch="RNNCell",
        keras="SimpleRNNCell",
        curriculum="C08 C09 C10 C11 C14",
        doc="One step of a recurrent network, act(W x + U h + b); without h, the state is 0.",
        source=_ELMAN_SOURCE,
        examples=(
            (((3,), (2,)), {"units": 2}),
            (((4, 3), (4, 2)), {"units": 2, "act": "relu", "biases": 2}),
            (((3,),), {"units": 2, "bias": False}),
        ),
    ),
    Layer(
        name="lstm",
        inputs=("x", "h?", "c?"),
        settings=_GATED_SETTINGS,
        parameters=_LSTM_PARAMETERS,
        forward=_lstm,
        results=("h", "c"),
        notation=_LSTM_NOTATION,
        glyph="LSTM",
        aliases=("celda_lstm", "lstm_cell"),
        spanish="celda LSTM",
        torch="LSTMCell",
        keras="LSTMCell",
        curriculum="C12",
        doc="One step of a long short-term memory; results are the state and the cell.",
        source=_LSTM_SOURCE,
        examples=(
            (((3,), (2,), (2,)), {"units": 2}),
            (((2, 3), (2, 2), (2, 2)), {"units": 2, "biases": 2}),
            (((2,),), {"units": 1, "bias": False}),
        ),
    ),
    Layer(
        name="gru",
        inputs=("x", "h?"),
        settings=_GRU_SETTINGS,
        parameters=_GRU_PARAMETERS,
        forward=_gru,
        results=("h",),
        notation=_GRU_NOTATION,
        glyph="GRU",
        aliases=("celda_gru", "gru_cell"),
        spanish="celda GRU",
        torch="GRUCell",
        keras="GRUCell",
        curriculum="C13",
        doc="One step of a gated recurrent unit; the update gate says how much of the old state "
        "stays.",
        source=_GRU_SOURCE,
        examples=(
            (((3,), (2,)), {"units": 2}),
            (((2, 3), (2, 2)), {"units": 2, "biases": 2}),
            (((2,),), {"units": 1, "bias": False}),
        ),
    ),
    Layer(
        name="elman_sequence",
        inputs=("x", "h?"),
        settings=_ELMAN_SETTINGS + _REVERSE,
        parameters=_sequence_parameters(_ELMAN_PARAMETERS),
        forward=_sequence(_elman, "elman_sequence"),
        results=("H", "h"),
        notation=_NOTATION,
        glyph="h↺T",
        aliases=("secuencia_recurrente", "rnn_sequence"),
        spanish="red recurrente sobre una secuencia",
        torch="RNN",
        keras="SimpleRNN",
        curriculum="C10 C11 N41",
        doc="A recurrent cell run over the rows of a sequence T x d: all states, and the last.",
        source=_ELMAN_SOURCE,
        examples=(
            (((3, 2),), {"units": 2}),
            (((2, 2, 2), (2, 2)), {"units": 2, "act": "relu"}),
            (((3, 2),), {"units": 2, "reverse": True}),
        ),
    ),
    Layer(
        name="lstm_sequence",
        inputs=("x", "h?", "c?"),
        settings=_GATED_SETTINGS + _REVERSE,
        parameters=_sequence_parameters(_LSTM_PARAMETERS),
        forward=_sequence(_lstm, "lstm_sequence", ("h0", "c0")),
        results=("H", "h", "c"),
        notation=_LSTM_NOTATION,
        glyph="LSTM×T",
        aliases=("secuencia_lstm",),
        spanish="red LSTM sobre una secuencia",
        torch="LSTM",
        keras="LSTM",
        curriculum="C12 N41",
        doc="An LSTM run over the rows of a sequence T x d: all states, the last, the last cell.",
        source=_LSTM_SOURCE,
        examples=((((2, 2),), {"units": 1}), (((2, 2, 2), (2, 1), (2, 1)), {"units": 1})),
    ),
    Layer(
        name="gru_sequence",
        inputs=("x", "h?"),
        settings=_GRU_SETTINGS + _REVERSE,
        parameters=_sequence_parameters(_GRU_PARAMETERS),
        forward=_sequence(_gru, "gru_sequence"),
        results=("H", "h"),
        notation=_GRU_NOTATION,
        glyph="GRU×T",
        aliases=("secuencia_gru",),
        spanish="red GRU sobre una secuencia",
        torch="GRU",
        keras="GRU",
        curriculum="C13 N41",
        doc="A GRU run over the rows of a sequence T x d: all states, and the last.",
        source=_GRU_SOURCE,
        examples=((((2, 2),), {"units": 1}), (((2, 2, 2), (2, 1)), {"units": 1, "biases": 2})),
    ),
)
