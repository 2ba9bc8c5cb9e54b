"""Make inputs and parameters: standalone objects with a name and a value."""

from __future__ import annotations

import unicodedata
import warnings
from typing import TYPE_CHECKING, Any
from weakref import WeakSet, ref

from graphgrad.api.array_value import shown_array
from graphgrad.api.handle import Handle
from graphgrad.api.numpy_words.memory import placed_in, spread
from graphgrad.api.recording.operators import leaf_binary
from graphgrad.api.recording.tape import Tape, changed, open_tape
from graphgrad.autodiff.deferred import Deferred, settled
from graphgrad.errors import ShapeError, UsageError
from graphgrad.graph.kinds import leaf_kind
from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.given import Single, as_given, given, like_known, read_only
from graphgrad.ops.registry import code_of
from graphgrad.ops.shapes import shape_text

__all__ = [
    "Computed",
    "Leaf",
    "Past",
    "Value",
    "become_computed",
    "forget_gradients",
    "input",
    "param",
]


class Leaf(Handle):
    """An input or a parameter; it is on no tape until an operation uses it."""

    __slots__ = (
        "_grad", "_name", "_value", "accumulates", "anonymous", "cut", "exact", "kind", "op",
        "shown", "spot", "stands_on", "turned", "version",
    )  # fmt: skip

    def __init__(self, name: str, value: Any, op: str) -> None:
        self.name = name
        self.op = op
        self.version = 0
        self.exact, self._value = _checked(name, value)
        self.shape = tuple(getattr(self._value, "shape", ()))
        self.kind = leaf_kind(code_of(op), self.shape)
        self._grad: Any = None
        self.accumulates = self.anonymous = False
        self.cut: Any = None  # what was put in place here though a gradient passes through it
        self.stands_on: WeakSet[Tape] | None = None
        self.tape, self.spot = None, (0, 0)
        self.seat: Any = None
        self.turned = False  # whether its entries may stand otherwise than row after row
        self.shown: Any = None  # a weak reference to the tensor that its gradient is shown as

    @property
    def name(self) -> str:
        """Return the name, by which graphs call the leaf; an identifier may be assigned."""
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        if not isinstance(name, str) or not name.isidentifier():
            raise UsageError("name.invalid", got=name)
        self._name = unicodedata.normalize("NFC", name)

    def place(self) -> tuple[Tape, int]:
        """Return the tape on which this thread builds, and the leaf's number there."""
        tape = open_tape()
        return tape, tape.leaf(self)

    def floats(self) -> Any:
        """Return the value as floats."""
        return self._value

    @property
    def value(self) -> Any:
        """Return the present value; assign to change it, keeping its shape.

        A number of float32 stays one where a number of Python's is assigned.

        ``w.value -= step`` and ``w.value[0] = 5`` make a new array; the one shown stays.
        """
        value = self._value
        return as_given(value) if type(self.exact) is Single else shown_array(value, self)

    @value.setter
    def value(self, value: Any) -> None:
        if self.seat is None:
            self.renumber(value)
            return
        placed_in(self)
        self.renumber(value)
        spread(self)

    def renumber(self, value: Any) -> None:
        """Take a value of the same shape; what shares the leaf's memory is not told."""
        known = self._value
        if (
            type(value) is not float
            and type(value) is type(known)
            and value.dtype is known.dtype
            and value.shape == self.shape
        ):  # an array like the one that was looked at
            exact = new = value.copy("K")
            new.setflags(write=False)
        else:
            exact, new = _checked(self.name, like_known(value, self.exact))
            self._fits(self.name, new)
        if self.accumulates:
            self._keep_past()
        self.exact, self._value = exact, new
        self.version += 1
        changed()

    @property
    def grad(self) -> Any:
        """Return the gradient of the last backward pass that reached this leaf, else None."""
        gradient = self._grad
        if type(gradient) is Deferred:
            gradient = self._grad = settled(gradient)
        return as_given(gradient) if type(self.exact) is Single else shown_array(gradient)

    @grad.setter
    def grad(self, value: Any) -> None:
        self.shown = None
        if value is None:
            self._grad = None
            return
        _, new = _checked(f"{self.name}.grad", value)
        self._fits(f"{self.name}.grad", new)
        self._grad = new

    def _keep_past(self) -> None:
        """Let what was computed so far keep its numbers, as in PyTorch."""
        for tape in list(self.stands_on or ()):
            tape.keep(self, Past(self))
        self.stands_on, self.spot = None, (0, 0)

    def used_on(self, tape: Tape) -> None:
        """Remember a tape that reads this leaf."""
        if self.accumulates:
            self.stands_on = self.stands_on or WeakSet()
            self.stands_on.add(tape)

    def receive(self, gradient: Any) -> None:
        """Take the gradient of a backward pass, or add it to those before."""
        if self.accumulates and self._grad is not None:
            gradient = settled(self._grad) + settled(gradient)
        self._grad = gradient
        shown = self.shown and self.shown()
        if shown is not None:  # in PyTorch the gradient that was looked at goes on adding up
            shown.value = settled(gradient)

    if not TYPE_CHECKING:  # as of handles
        __add__, __sub__ = leaf_binary("add"), leaf_binary("sub")
        __mul__, __truediv__ = leaf_binary("mul"), leaf_binary("div")
        __matmul__ = leaf_binary("matmul")
        __gt__, __lt__ = leaf_binary("greater"), leaf_binary("less")
        __mod__ = leaf_binary("mod")
        __ge__, __le__ = leaf_binary("greater_equal"), leaf_binary("less_equal")

    def __iadd__(self, other: Any) -> Handle:
        """Return a new node, and say how the leaf itself is changed: Python would not."""
        warnings.warn(text("given.changed", name=self.name), UserWarning, stacklevel=2)
        made: Handle = self + other
        return made

    def __isub__(self, other: Any) -> Handle:
        """Return a new node, and say how the leaf itself is changed."""
        warnings.warn(text("given.changed", name=self.name), UserWarning, stacklevel=2)
        made: Handle = self - other
        return made

    def __repr__(self) -> str:
        shape = self.shape
        shown = f"of shape {shape_text(shape)}" if shape else f"= {self._value:.6g}"
        return f"<{self.op} {self.name} {shown}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.name, self.exact, self.op, settled(self._grad))

    def _fits(self, name: str, new: Any) -> None:
        """Refuse a value of another shape than this leaf's."""
        got = tuple(getattr(new, "shape", ()))
        if got != self.shape:
            expected = shape_text(self.shape)
            raise ShapeError("shape.leaf_value", name=name, got=shape_text(got), expected=expected)


class Past:
    """A leaf as it was when something was computed from it; gradients go to the leaf itself.

    A leaf without a gradient is not held: it may become a node of the tape that reads this.
    """

    __slots__ = (
        "_leaf", "_name", "_value", "cut", "exact", "kind", "op", "reached", "shape", "spot",
        "version",
    )  # fmt: skip

    def __init__(self, leaf: Leaf) -> None:
        self._leaf: Any = leaf if leaf.op == "param" else ref(leaf)
        self._name, self.reached = leaf.name, False
        self.op, self.kind, self.shape = leaf.op, leaf.kind, leaf.shape
        self.exact, self.version, self.spot = leaf.exact, leaf.version, leaf.spot
        self._value, self.cut = leaf.floats(), leaf.cut

    accumulates = True

    @property
    def leaf(self) -> Leaf | None:
        """Return the leaf, None if it is gone or has become a node."""
        leaf: Any = self._leaf() if isinstance(self._leaf, ref) else self._leaf
        return leaf if isinstance(leaf, Leaf) else None

    @property
    def name(self) -> str:
        """Return the leaf's name, which it may be given later."""
        return self._name if self.leaf is None else self.leaf.name

    def floats(self) -> Any:
        """Return the value as floats."""
        return self._value

    def receive(self, gradient: Any) -> None:
        """Hand the gradient to the leaf, and note that a pass has come here."""
        self.reached = self.op == "param"
        if self.leaf is not None:
            self.leaf.receive(gradient)

    def __getstate__(self) -> tuple[None, dict[str, Any]]:
        """Return what is copied and pickled."""
        state = {name: getattr(self, name) for name in self.__slots__}
        return None, state if isinstance(self._leaf, Leaf) else state | {"_leaf": None}


class Computed(Handle):
    """A tensor that was given and has become a node: what has a gradient was put into it in place.

    Its slots are those of a leaf, so that Python lets an object go from one class to the other.
    """

    __slots__ = Leaf.__slots__


def become_computed(leaf: Leaf, node: Handle) -> None:
    """Let a leaf stand for a node from now on; what was computed from it keeps its numbers."""
    leaf._keep_past()
    leaf._value = leaf.exact = leaf._grad = leaf.shown = leaf.stands_on = None
    leaf.cut, leaf.spot, leaf.anonymous = None, (0, 0), False
    leaf.__class__ = Computed  # type: ignore[assignment]  # of equal slots
    leaf.tape, leaf.node = node.place()


class Value(Leaf):
    """A parameter without a name of its own: graphs take that of the variable that holds it.

    >>> a, b = Value(2.0), Value(-3.0)
    >>> (a * b).backward(); a.grad
    -3.0
    """

    __slots__ = ()

    def __init__(self, value: Any) -> None:
        super().__init__("value", value, "param")
        self.anonymous = True


def forget_gradients(leaves: list[Leaf], *, to_none: bool = True) -> bool:
    """Set the gradients that add up to None, or to 0; tell whether there are such leaves."""
    adding = [leaf for leaf in leaves if leaf.accumulates]
    for leaf in adding:
        if to_none:
            leaf.grad = None
        elif leaf.grad is not None:
            leaf.grad.zero_()
    return bool(adding)


def _restored(name: str, value: Any, op: str, gradient: Any) -> Leaf:
    """Return a leaf that was copied or pickled."""
    leaf = Leaf(name, value, op)
    leaf.receive(gradient)
    return leaf


def _checked(name: str, value: Any) -> tuple[Any, Any]:
    """Return a value as given, exact where it is whole or a fraction, and as floats."""
    exact = given(value, name)
    floats = to_float(exact)
    return exact, floats if floats is exact else read_only(floats)


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
