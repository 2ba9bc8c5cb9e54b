"""Offer recurrent networks over sequences, `RNN`, `LSTM` and `GRU`, with PyTorch's arguments."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import signature
from typing import Any, ClassVar

from graphgrad.api.handle import apply
from graphgrad.api.networks.applied import applied, operand
from graphgrad.api.networks.draws import next_owner, present_draw
from graphgrad.api.networks.functional import dropout
from graphgrad.api.networks.layers import first_state
from graphgrad.api.networks.module import Module
from graphgrad.api.networks.parameter import Parameter
from graphgrad.layers.doors.binding import bound, check_share
from graphgrad.layers.initialisers import drawn
from graphgrad.layers.registry import LAYERS
from graphgrad.layers.settings import complete

__all__ = ["GRU", "LSTM", "RNN"]

_NAMES = {"W": "weight_ih", "U": "weight_hh", "b": "bias_ih", "c": "bias_hh"}


def _gated(
    input_size: int,
    hidden_size: int,
    num_layers: int = 1,
    bias: bool = True,
    batch_first: bool = False,
    dropout: float = 0.0,
    bidirectional: bool = False,
) -> None:
    """State PyTorch's arguments."""


def _rnn(
    input_size: int,
    hidden_size: int,
    num_layers: int = 1,
    nonlinearity: str = "tanh",
    bias: bool = True,
    batch_first: bool = False,
    dropout: float = 0.0,
    bidirectional: bool = False,
) -> None:
    """State PyTorch's arguments."""


class _Recurrent(Module):
    """Cells run over a sequence, one layer above the other."""

    row: ClassVar[str] = ""
    arguments: ClassVar[Any] = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__()
        given = bound(type(self).__name__, signature(type(self).arguments), args, options)
        check_share(type(self).__name__, "dropout", given["dropout"])
        for name, value in given.items():
            object.__setattr__(self, name, value)
        chosen: dict[str, Any] = {"units": given["hidden_size"], "bias": given["bias"], "biases": 2}
        if "nonlinearity" in given:
            chosen["act"] = given["nonlinearity"]
        layer = LAYERS[self.row]
        self.settings = complete(layer, chosen)
        owner = next_owner(type(self).__name__)
        self.ends = ("", "_reverse") if given["bidirectional"] else ("",)
        for level in range(given["num_layers"]):
            entering = len(self.ends) * given["hidden_size"] if level else given["input_size"]
            for end in self.ends:
                for parameter in layer.parameters(((1, entering),), **self.settings):
                    value = drawn(parameter, f"{owner}.{level}{end}", present_draw())
                    setattr(self, f"{_NAMES[parameter.name]}_l{level}{end}", Parameter(value))

    def forward(self, input: Any, hx: Any = None) -> tuple[Any, Any]:
        """Return all states of the last layer, and the last states of all layers."""
        value = self._batch_first(operand(input))
        states = [operand(state) for state in first_state(hx)]
        last: list[tuple[Any, ...]] = []
        for level in range(self.num_layers):
            if level and self.dropout and self.training:
                value = dropout(value, self.dropout)
            sides = []
            for end in self.ends:
                own = tuple(apply("index", state, key=(len(last),)) for state in states)
                side, *ends = self._level(level, end, value, own)
                sides.append(side)
                last.append(tuple(ends))
            value = sides[0] if len(sides) == 1 else _beside(*sides)
        stacked = [apply("stack", *ends, axis=0) for ends in zip(*last, strict=True)]
        value = self._batch_first(value)
        return value, stacked[0] if len(stacked) == 1 else tuple(stacked)

    def _batch_first(self, value: Any) -> Any:
        """Exchange time and batch where PyTorch has time first."""
        if self.batch_first or len(value.shape) < 3:
            return value
        return apply("transpose", value, axes=(1, 0, 2))

    def _level(self, level: int, end: str, value: Any, states: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return what one layer gives in one direction."""
        layer = LAYERS[self.row]
        leaves: Mapping[str, Any] = {
            own: self._parameters[f"{theirs}_l{level}{end}"]
            for own, theirs in _NAMES.items()
            if f"{theirs}_l{level}{end}" in self._parameters
        }
        name = self.line_name or type(self).__name__.lower()
        name += f".level[{level}]" if self.num_layers > 1 else ""
        name += f".{end[1:]}" if end else ""
        settings = self.settings | {"reverse": bool(end)}
        return applied(layer, name, (value, *states), leaves, settings, training=self.training)[0]

    def extra_repr(self) -> str:
        """Return the sizes."""
        levels = f", num_layers={self.num_layers}" if self.num_layers > 1 else ""
        both = ", bidirectional=True" if self.bidirectional else ""
        return f"{self.input_size}, {self.hidden_size}{levels}{both}"


def _beside(*sides: Any) -> Any:
    """Return the states of both directions, one behind the other along the features."""
    return apply("concat", *sides, axis=len(sides[0].shape) - 1)


class RNN(_Recurrent):
    """A recurrent network with tanh or relu over a sequence.

    Arguments, as in PyTorch: ``RNN(input_size, hidden_size, num_layers=1, nonlinearity='tanh',
    bias=True, batch_first=False, dropout=0.0, bidirectional=False)``.

    >>> from graphgrad import nn
    >>> output, h = nn.RNN(2, 3)([[1.0, 0.0], [0.0, 1.0]])
    >>> output.shape, h.shape
    ((2, 3), (1, 3))
    """

    row = "elman_sequence"
    arguments = staticmethod(_rnn)


class LSTM(_Recurrent):
    """A long short-term memory over a sequence; ``output, (h, c)`` are returned.

    Arguments, as in PyTorch: ``LSTM(input_size, hidden_size, num_layers=1, bias=True,
    batch_first=False, dropout=0.0, bidirectional=False)``.
    """

    row = "lstm_sequence"
    arguments = staticmethod(_gated)


class GRU(_Recurrent):
    """Gated recurrent units over a sequence.

    Arguments, as in PyTorch: ``GRU(input_size, hidden_size, num_layers=1, bias=True,
    batch_first=False, dropout=0.0, bidirectional=False)``.
    """

    row = "gru_sequence"
    arguments = staticmethod(_gated)
