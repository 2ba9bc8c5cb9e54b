"""List the rows of recurrent cells that are run over a whole sequence."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any, Final

from graphgrad.layers.doors.door import Argument, Door, arg, check_share
from graphgrad.layers.networks.pieces import BIAS_ARG
from graphgrad.layers.networks.recurrent_rows import (
    CELL,
    ELMAN_PARAMETERS,
    ELMAN_SETTINGS,
    ELMAN_SOURCE,
    GATED_SETTINGS,
    GRU_NOTATION,
    GRU_PARAMETERS,
    GRU_SETTINGS,
    GRU_SOURCE,
    LSTM_NOTATION,
    LSTM_PARAMETERS,
    LSTM_SOURCE,
    NOTATION,
    SIZES,
    elman,
    gru,
    keras_cell,
    lstm,
)  # fmt: skip
from graphgrad.layers.networks.shapes import need_rank
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = ["SEQUENCES"]


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


REVERSE: Final = (Setting("reverse", "flag", False),)


REVERSED: Final = arg("go_backwards", "reverse", False)


def _door(name: str, *more: Argument) -> Door:
    """Return the door of a class that runs levels of cells, in one direction or in both."""
    takes = (
        *SIZES,
        arg("num_layers", default=1),
        *more,
        BIAS_ARG,
        arg("batch_first", default=False),
        arg("dropout", default=0.0),
        arg("bidirectional", default=False),
    )

    def checked(given: Any) -> dict[str, Any]:
        check_share(name, "dropout", given.dropout)
        return {}

    return Door(
        name, takes, CELL,
        enters=lambda given: ((1, given.input_size),),
        fit=checked, always={"biases": 2}, call="sequence",
    )  # fmt: skip


SEQUENCES = (
    Layer(
        name="elman_sequence",
        inputs=("x", "h?"),
        settings=ELMAN_SETTINGS + REVERSE,
        parameters=_sequence_parameters(ELMAN_PARAMETERS),
        forward=_sequence(elman, "elman_sequence"),
        results=("H", "h"),
        notation=NOTATION,
        glyph="h↺T",
        aliases=("secuencia_recurrente", "rnn_sequence"),
        spanish="red recurrente sobre una secuencia",
        doors=(_door("RNN", arg("nonlinearity", "act", "tanh")),),
        keras=keras_cell("SimpleRNN", REVERSED),
        curriculum="C10 C11 N41",
        doc="A recurrent cell run over the rows of a sequence T x d: all states, and the last.",
        source=ELMAN_SOURCE,
        examples=(
            (((3, 2),), {"units": 2}),
            (((2, 2, 2), (2, 2)), {"units": 2, "act": "relu"}),
            (((3, 2),), {"units": 2, "reverse": True}),
        ),
    ),
    Layer(
        name="lstm_sequence",
        inputs=("x", "h?", "c?"),
        settings=GATED_SETTINGS + REVERSE,
        parameters=_sequence_parameters(LSTM_PARAMETERS),
        forward=_sequence(lstm, "lstm_sequence", ("h0", "c0")),
        results=("H", "h", "c"),
        notation=LSTM_NOTATION,
        glyph="LSTM×T",
        aliases=("secuencia_lstm",),
        spanish="red LSTM sobre una secuencia",
        doors=(_door("LSTM"),),
        keras=keras_cell("LSTM", REVERSED),
        curriculum="C12 N41",
        doc="An LSTM run over the rows of a sequence T x d: all states, the last, the last cell.",
        source=LSTM_SOURCE,
        examples=((((2, 2),), {"units": 1}), (((2, 2, 2), (2, 1), (2, 1)), {"units": 1})),
    ),
    Layer(
        name="gru_sequence",
        inputs=("x", "h?"),
        settings=GRU_SETTINGS + REVERSE,
        parameters=_sequence_parameters(GRU_PARAMETERS),
        forward=_sequence(gru, "gru_sequence"),
        results=("H", "h"),
        notation=GRU_NOTATION,
        glyph="GRU×T",
        aliases=("secuencia_gru",),
        spanish="red GRU sobre una secuencia",
        doors=(_door("GRU"),),
        keras=keras_cell("GRU", REVERSED),
        curriculum="C13 N41",
        doc="A GRU run over the rows of a sequence T x d: all states, and the last.",
        source=GRU_SOURCE,
        examples=((((2, 2),), {"units": 1}), (((2, 2, 2), (2, 1)), {"units": 1, "biases": 2})),
    ),
)
