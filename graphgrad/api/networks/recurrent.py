"""Run recurrent cells over sequences, in levels and both directions, as PyTorch's classes do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.api.handle import apply
from graphgrad.api.networks.applied import applied, operand
from graphgrad.api.networks.draws import present_draw
from graphgrad.api.networks.functional import FUNCTIONS
from graphgrad.api.networks.layers import RowModule, first_state
from graphgrad.api.networks.parameter import Parameter
from graphgrad.errors import ShapeError
from graphgrad.layers.initialisers import drawn

__all__ = ["Recurrent"]


class Recurrent(RowModule):
    """Cells run over a sequence, one layer above the other.

    All states of the last layer are returned, and the last states of all layers, of an LSTM pairs.

    >>> from graphgrad import nn
    >>> output, h = nn.RNN(2, 3)([[1.0, 0.0], [0.0, 1.0]])
    >>> output.shape, h.shape
    ((2, 3), (1, 3))
    """

    def _make(self, shapes: tuple[Any, ...]) -> None:
        """Draw the parameters of every level and direction."""
        self.ends = ("", "_reverse") if self.bidirectional else ("",)
        for level in range(self.num_layers):
            entering = len(self.ends) * self.hidden_size if level else self.input_size
            for end in self.ends:
                for parameter in self.layer.parameters(((1, entering),), **self.settings):
                    value = drawn(parameter, f"{self.owner}.{level}{end}", present_draw())
                    name = self.door.parameters[parameter.name]
                    setattr(self, f"{name}_l{level}{end}", Parameter(value))

    def forward(self, input: Any, hx: Any = None) -> tuple[Any, Any]:
        """Return all states of the last layer, and the last states of all layers."""
        states = first_state(hx)
        try:
            return self._run(operand(input), tuple(map(operand, states)))
        except ShapeError as error:
            raise self._misfit(error, (input, *states)) from None

    def _run(self, value: Any, states: tuple[Any, ...]) -> tuple[Any, Any]:
        value = self._batch_first(value)
        last: list[tuple[Any, ...]] = []
        for level in range(self.num_layers):
            if level and self.dropout and self.training:
                value = FUNCTIONS["dropout"](value, self.dropout)
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
        leaves: Mapping[str, Any] = {
            own: self._parameters[f"{theirs}_l{level}{end}"]
            for own, theirs in self.door.parameters.items()
            if f"{theirs}_l{level}{end}" in self._parameters
        }
        name = self.line_name or type(self).__name__.lower()
        name += f".level[{level}]" if self.num_layers > 1 else ""
        name += f".{end[1:]}" if end else ""
        settings = self.settings | {"reverse": bool(end)}
        entering = (value, *states)
        return applied(self.layer, name, entering, leaves, settings, training=self.training)[0]

    def extra_repr(self) -> str:
        """Return the sizes."""
        levels = f", num_layers={self.num_layers}" if self.num_layers > 1 else ""
        both = ", bidirectional=True" if self.bidirectional else ""
        return f"{self.input_size}, {self.hidden_size}{levels}{both}"


def _beside(*sides: Any) -> Any:
    """Return the states of both directions, one behind the other along the features."""
    return apply("concat", *sides, axis=len(sides[0].shape) - 1)
