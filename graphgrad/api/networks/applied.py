"""Apply a row of `graphgrad.layers` to handles: the namespace of its forward, names of lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

from graphgrad.api.handle import Handle, apply
from graphgrad.api.numpy_words.of_tensors import stands_on_tensors, without_graph
from graphgrad.api.recording.call_blocks import CallName
from graphgrad.api.recording.operators import QUIET, recording
from graphgrad.api.recording.pullback import refuse_known
from graphgrad.layers.networks.shapes import refuse
from graphgrad.layers.row import Layer
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.given import given

__all__ = ["HandleSpace", "applied", "checked_classes", "operand", "told_input"]


def operand(value: Any, name: str = "x") -> Any:
    """Return a handle, or numbers as an array; a message calls them by the name of the argument.

    Raises:
        UsageError: if it holds something else than real numbers.
    """
    if value is None or isinstance(value, Handle):
        return value
    import numpy as np

    array = np.asarray(to_float(given(value, name, booleans=True)), dtype=float)
    return array.view(_of_tensors()) if getattr(value, "is_tensor", False) else array


@cache
def _of_tensors() -> Any:
    """Make the type of numbers that a tensor held: PyTorch looks at them before it computes."""
    import numpy as np

    return type("OfTensor", (np.ndarray,), {"is_tensor": True})


class HandleSpace:
    """The namespace of a layer's forward on handles; its lines keep their names in graphs."""

    def __init__(
        self, call: CallName, *, training: bool, inner: str = "", given: str = "input"
    ) -> None:
        self.called = call
        self.training = training
        self.front = inner
        self.given = given
        self.lines: dict[str, Any] = {}

    def __getattr__(self, op: str) -> Callable[..., Any]:
        if op.startswith("__"):
            raise AttributeError(op)
        return lambda *args, **settings: apply(op, *args, **settings)

    def call(self, op: str, *args: Any, **settings: Any) -> Any:
        """Append an op by name; a target that is known is looked at."""
        if op == "target":
            refuse_known(op, {"step": 0} | settings, self.given, args[0])
        return apply(op, *args, **settings)

    def one_hot(self, x: Any, *, classes: int, first: int = 0) -> Any:
        """Append codes of classes; numbers that are known and name none are refused at once."""
        checked_classes(x, classes, first, self.given)
        return apply("one_hot", x, classes=classes, first=first)

    def shape(self, value: Any) -> tuple[int, ...]:
        """Return the shape of a handle, an array or a number."""
        return tuple(getattr(value, "shape", ()))

    def number(self, value: Any) -> Any:
        """Return a number as it is."""
        return value

    def full(self, shape: tuple[int, ...], value: Any) -> Any:
        """Return an array of one value."""
        import numpy as np

        return np.full(shape, float(value))

    def array(self, rows: Any) -> Any:
        """Return nested lists of numbers as an array."""
        import numpy as np

        return np.array(rows, dtype=float)

    def line(self, name: str, value: Any) -> Any:
        """Give a node the name of a line of the layer; one that has a name is passed on first."""
        if _is_named(value):
            value = apply("identity", value)
        self.lines[name] = value
        self.called.name_node(value, f"{self.front}{name}")
        return value

    def inner(self, name: str) -> HandleSpace:
        """Return the namespace of a layer inside this one."""
        front = f"{self.front}{name}."
        return HandleSpace(self.called, training=self.training, inner=front, given=self.given)


def checked_classes(x: Any, classes: int, first: int = 0, name: str = "input") -> None:
    """Refuse numbers that name no class: those that are known, and all that stand on tensors.

    Raises:
        UsageError: with the first of them.
    """
    if getattr(x, "tape", None) is not None and stands_on_tensors(x):
        x = x.value
    refuse_known("one_hot", {"classes": classes, "first": first}, name, x)


def told_input(row: Layer, place: int) -> str:
    """Return what PyTorch calls an input of a layer: the second one of a loss is its target."""
    return "target" if row.kind == "loss" and place else "input"


def _is_named(value: Any) -> bool:
    return type(value) is Handle and value.node in value.place()[0].lines


def applied(
    row: Layer,
    name: str,
    inputs: tuple[Any, ...],
    parameters: Mapping[str, Any],
    settings: Mapping[str, Any],
    *,
    training: bool,
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the results of a row on handles and arrays, and its inner lines by name."""
    ranks = {rank for door in row.doors for rank in door.ranks}
    shape = tuple(getattr(inputs[0], "shape", ())) if inputs else ()
    if ranks and len(shape) not in ranks:
        raise refuse(row.name, "layer.expected.images", shape)
    call = CallName(name, row.name, row.results, tuple(settings.items()))
    m = HandleSpace(call, training=training, given=told_input(row, 1))
    taken = tuple(operand(one, told_input(row, place)) for place, one in enumerate(inputs))
    with recording():  # the lines of a layer are nodes, also under no_grad
        found = row.forward(m, SimpleNamespace(**parameters), *taken, **settings)
        first, *others = found if isinstance(found, tuple) else (found,)
        results = (apply("identity", first) if _is_named(first) else first, *others)
    for place, result in enumerate(results):
        call.name_node(result, "" if place == 0 else row.results[place])
    return (without_graph(results) if QUIET else results), m.lines
