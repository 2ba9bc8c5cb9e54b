"""Make a layer of a row behave as PyTorch's class does: its arguments, parameters and calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphgrad.api.handle import Handle
from graphgrad.api.in_place import handed_on
from graphgrad.api.networks.applied import applied, operand
from graphgrad.api.networks.draws import next_owner, present_draw
from graphgrad.api.networks.module import Module
from graphgrad.api.networks.parameter import Parameter
from graphgrad.api.numpy_words.choices import ODD, refusal
from graphgrad.errors import ShapeError, UsageError
from graphgrad.layers.doors.binding import bound, in_their_words
from graphgrad.layers.doors.door import Door
from graphgrad.layers.initialisers import drawn
from graphgrad.layers.row import Layer
from graphgrad.layers.settings import complete
from graphgrad.messages.catalogue import Worded, text
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import shape_text

__all__ = ["BatchNorm", "Cell", "RowModule", "call_name", "first_state"]


def call_name(row: Layer) -> str:
    """Return the name of a call of a layer that no module holds: L of a loss, else the row's."""
    return "L" if row.kind == "loss" else row.name


class RowModule(Module):
    """A layer of one row; its parameters are drawn when it is made."""

    layer: ClassVar[Layer]
    door: ClassVar[Door]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__()
        try:
            self._begin(args, options)
        except ODD as error:
            raise refusal(type(self).__name__, error) from None

    def _begin(self, args: tuple[Any, ...], options: Mapping[str, Any]) -> None:
        """Read PyTorch's arguments and draw what the row owns."""
        given = bound(type(self).__name__, self.door.signature, args, options)
        self._told = ", ".join(
            f"{name}={value!r}" for name, value in given.items() if name in _named(self.door)
        )
        for argument, value in given.items():
            if not hasattr(type(self), argument) and argument not in self.door.parameters.values():
                object.__setattr__(self, argument, value)
        shapes, settings = self.door.read(given)
        try:
            self.settings = complete(self.layer, settings)
        except UsageError as error:
            told = in_their_words(error, type(self).__name__, self.door)
            why = Worded(told.message_id, **told.fields)
            raise UsageError("nn.setting", call=repr(self), why=why) from None
        self.owner = next_owner(type(self).__name__)
        self.calls = 0
        self._make(shapes)

    def _make(self, shapes: tuple[Any, ...]) -> None:
        """Draw parameters and running statistics, under PyTorch's names."""
        if not self.door.parameters:
            return
        for parameter in self.layer.parameters(shapes, **self.settings):
            name = self.door.parameters[parameter.name]
            value = drawn(parameter, self.owner, present_draw())
            if parameter.mode:
                self.register_buffer(name, to_float(value))
            else:
                setattr(self, name, Parameter(value))
        for name in self.door.parameters.values():
            if name not in self._parameters and name not in self._buffers:
                self.register_parameter(name, None)

    def _leaves(self, inputs: tuple[Any, ...]) -> dict[str, Any]:
        """Return what the row owns: parameters, buffers, and what is drawn per call."""
        found = {}
        for own, theirs in self.door.parameters.items():
            held = self._parameters.get(theirs, self._buffers.get(theirs))
            if held is not None:
                found[own] = held
        shapes = tuple(None if x is None else tuple(getattr(x, "shape", ())) for x in inputs)
        if not self.door.parameters:
            for parameter in self.layer.leaves(shapes, self.settings, training=self.training):
                self.calls += 1
                owner = f"{self.owner}.{self.calls}"
                found[parameter.name] = drawn(parameter, owner, present_draw())
        return found

    def forward(self, *inputs: Any) -> Any:
        """Return what the row computes."""
        self._check_count(inputs)
        try:
            results, lines = self._applied(inputs)
        except ShapeError as error:
            raise self._misfit(error, inputs) from None
        except ODD as error:
            raise refusal(self._called(), error) from None
        self._learn(lines, inputs)
        if len(results) > 1:
            return results
        told = {"inplace": getattr(self, "inplace", False)}
        return handed_on(self.layer, results[0], inputs[0], told, training=self.training)

    def _misfit(self, error: ShapeError, inputs: tuple[Any, ...]) -> ShapeError:
        """Return the error of inputs of other shapes, naming this layer and those they are from."""
        why = Worded(error.message_id, **error.fields)
        shapes = ", ".join(_told_shape(one) for one in inputs if one is not None)
        return ShapeError("nn.shapes", layer=self._called(), shapes=shapes, why=why)

    def _called(self) -> str:
        """Return the layer as messages name it: its place in the network, and how it was made."""
        made = f"{type(self).__name__}({self.extra_repr()})"
        return f"{self._path}: {made}" if self._path else made

    def _check_count(self, inputs: tuple[Any, ...]) -> None:
        wanted = self.layer.inputs
        least = sum(not name.endswith("?") for name in wanted)
        if not least <= len(inputs) <= len(wanted):
            raise UsageError(
                "op.argument_count",
                op=type(self).__name__,
                expected=least,
                arguments=", ".join(wanted),
                got=len(inputs),
                hint="",
            )

    def _applied(self, inputs: tuple[Any, ...]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        name = self.line_name or call_name(self.layer)
        full = inputs + (None,) * (len(self.layer.inputs) - len(inputs))
        leaves = self._leaves(full)
        settings = self._settings_on(inputs)
        return applied(self.layer, name, full, leaves, settings, training=self.training)

    def _settings_on(self, _inputs: tuple[Any, ...]) -> dict[str, Any]:
        """Return the row's settings for some inputs."""
        return self.settings

    def _learn(self, lines: Mapping[str, Any], inputs: tuple[Any, ...]) -> None:
        """Move running statistics towards those of the batch, as PyTorch does when it is called."""
        if not self.training or not self.layer.statistics:
            return
        import numpy as np

        share = float(self.settings["momentum"])
        entries = np.size(inputs[0].value if isinstance(inputs[0], Handle) else inputs[0])
        for own, line in self.layer.statistics.items():
            name = self.door.parameters[own]
            value = np.ravel(lines[line].value)
            if own == "var":
                count = entries // value.size
                value = value * count / (count - 1)
            self._buffers[name] = (1 - share) * self._buffers[name] + share * value

    def extra_repr(self) -> str:
        """Return PyTorch's arguments."""
        return self._told


def _named(door: Door) -> list[str]:
    """Return the arguments that are told: those that must be given, and bias."""
    told = ("bias", "p", "dim")
    return [one.name for one in door.takes if one.needed or one.name in told]


def _told_shape(value: Any) -> str:
    """Return the shape of what entered a layer, and which layer it came from."""
    shape = shape_text(tuple(getattr(operand(value), "shape", ())))
    # A leaf stands on no tape before it is used, and no layer has made it.
    tape = getattr(value, "tape", None)
    made = None if tape is None else tape.lines.get(value.node)
    if made is None:
        return shape
    return text("nn.shape_of", shape=shape, name=made[0].name, kind=made[0].kind)


def first_state(state: Any) -> tuple[Any, ...]:
    """Return states as PyTorch passes them, one or a pair."""
    if state is None:
        return ()
    return tuple(state) if isinstance(state, tuple | list) else (state,)


class BatchNorm(RowModule):
    """A layer with running statistics, which counts its batches."""

    def _make(self, shapes: tuple[Any, ...]) -> None:
        super()._make(shapes)
        self.register_buffer("num_batches_tracked", 0)

    def _learn(self, lines: Mapping[str, Any], inputs: tuple[Any, ...]) -> None:
        super()._learn(lines, inputs)
        if self.training:
            self._buffers["num_batches_tracked"] = self._buffers["num_batches_tracked"] + 1


class Cell(RowModule):
    """A layer that is passed its state as one array or as a pair."""

    def forward(self, input: Any, hx: Any = None) -> Any:
        """Return the next state, of an LSTM the state and the cell."""
        return super().forward(input, *first_state(hx))
