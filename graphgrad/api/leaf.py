"""Make inputs and parameters: standalone objects with a name and a value.

The array of a leaf is shown read-only, but with ``-=`` and its kin, which make new arrays.
"""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from functools import cache
from typing import Any

from graphgrad.api.handle import Handle
from graphgrad.api.tape import Tape
from graphgrad.errors import ShapeError, UsageError
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["Leaf", "input", "param", "shown_array"]


class Leaf(Handle):
    """An input or a parameter; it is on no tape until an operation uses it."""

    __slots__ = ("_grad", "_value", "exact", "name", "op", "version")

    def __init__(self, name: str, value: Any, op: str) -> None:
        if not isinstance(name, str) or not name.isidentifier():
            raise UsageError("name.invalid", got=name)
        self.name = unicodedata.normalize("NFC", name)
        self.op = op
        self.version = 0
        self.exact, self._value = _checked(name, value)
        self._grad: Any = None

    def place(self) -> tuple[Tape, int]:
        """Return a tape that holds just this leaf."""
        tape = Tape()
        return tape, tape.leaf(self)

    @property
    def shape(self) -> Shape:
        """Return the shape of the value; () for a number."""
        return tuple(getattr(self._value, "shape", ()))

    @property
    def value(self) -> Any:
        """Return the present value; assign to change it, keeping its shape.

        An array is read-only, so that no change goes unnoticed; ``w.value -= step`` assigns.
        """
        return self._value if isinstance(self._value, float) else shown_array(self._value)

    @value.setter
    def value(self, value: Any) -> None:
        exact, new = _checked(self.name, value)
        got = tuple(getattr(new, "shape", ()))
        if got != self.shape:
            raise ShapeError(
                "shape.leaf_value",
                name=self.name,
                got=shape_text(got),
                expected=shape_text(self.shape),
            )
        self.exact, self._value = exact, new
        self.version += 1

    @property
    def grad(self) -> Any:
        """Return the gradient of the last backward pass that reached this leaf, else None."""
        return self._grad

    @grad.setter
    def grad(self, value: Any) -> None:
        self._grad = value

    def __repr__(self) -> str:
        shape = self.shape
        shown = f"of shape {shape_text(shape)}" if shape else f"= {self._value:.6g}"
        return f"<{self.op} {self.name} {shown}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Leaf, (self.name, self.exact, self.op)


def _checked(name: str, value: Any) -> tuple[Any, Any]:
    """Return a value as given, exact where it is whole or a fraction, and as floats."""
    if isinstance(value, bool | str | bytes | complex) or value is None:
        raise UsageError("handle.value_kind", name=name, got=value)
    try:
        floats = to_float(value)
    except (TypeError, ValueError):
        raise UsageError("handle.value_kind", name=name, got=value) from None
    if hasattr(floats, "copy"):
        floats = floats.copy()
        floats.flags.writeable = False
    exact = Fraction(value) if isinstance(value, int | Fraction) else floats
    return exact, floats


def input(name: str, value: Any) -> Leaf:  # the field's word
    """Make an input: given data.

    Args:
        name: an identifier; it names the line in graphs and figures.
        value: a number, a nested list or a NumPy array.

    >>> x = input("x", 3)
    >>> (x * x).value
    9.0
    """
    return Leaf(name, value, "input")


def param(name: str, value: Any) -> Leaf:
    """Make a parameter: a value that training changes.

    >>> w = param("w", 2)
    >>> (w**3).backward()
    >>> w.grad
    12.0
    """
    return Leaf(name, value, "param")


# ---- the array of a leaf ----


def shown_array(array: Any) -> Any:
    """Return a read-only view whose in-place operators return changed copies.

    >>> import numpy as np
    >>> value = shown_array(np.array([1.0, 2.0]))
    >>> value -= 1
    >>> value.tolist()
    [0.0, 1.0]
    """
    view = array.view(_array_type())
    view.flags.writeable = False
    return view


@cache
def _array_type() -> Any:
    """Make the array type when the first array is shown: NumPy is not imported before."""
    import numpy as np

    def changed(name: str) -> Any:
        operation = getattr(np.ndarray, f"__{name}__")
        return lambda self, other: operation(np.asarray(self), other)

    def __array_wrap__(  # noqa: N807  # NumPy's protocol
        self: Any, array: Any, context: Any = None, return_scalar: bool = False
    ) -> Any:
        return array[()] if return_scalar else np.asarray(array)

    operators = {f"__i{name}__": changed(name) for name in ("add", "sub", "mul", "truediv", "pow")}
    return type("ArrayValue", (np.ndarray,), {"__array_wrap__": __array_wrap__, **operators})
