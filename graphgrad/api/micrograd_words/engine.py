"""Offer micrograd's `Value`: a number that remembers what it was computed from.

Values, derivatives and graphs are those of `gg`; what is micrograd's own is how gradients are kept:
every value has one, it starts at 0, and each backward pass adds to it.

Source: Karpathy, micrograd, engine.py (names and behaviour; no line is taken from it).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from graphgrad.api.handle import Handle
from graphgrad.api.leaf import Leaf
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.graph.kinds import leaf_kind
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.registry import code_of, follow
from graphgrad.ops.row import Elementwise, Row

__all__ = ["Value"]

_OPERATORS: dict[str, Callable[..., Any]] = {
    "add": operator.add, "subtract": operator.sub, "multiply": operator.mul,
    "divide": operator.truediv, "power": operator.pow, "negative": operator.neg,
    "greater": operator.gt, "less": operator.lt, "greater_equal": operator.ge,
    "less_equal": operator.le,
}  # fmt: skip
_CALLED = {"absolute": "abs"}
_SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "neg": "neg", "powi": "**", "pow": "**"}


class Value:
    """A number with a gradient, as in micrograd.

    Attributes:
        node: the number as `gg` has it: a parameter, or a handle.
        label: what a figure of the lesson calls it.

    An op of the lesson's own is a value made of ``_children`` with a ``_backward``, as there.

    >>> a, b = Value(-4.0), Value(2.0)
    >>> c = a * b + b**3
    >>> c.backward(); (c.data, a.grad, b.grad)
    (0.0, 2.0, 8.0)
    """

    __slots__ = (
        "__weakref__", "_data", "_grad", "_own", "_passed", "_prev", "_word", "label", "node",
    )  # fmt: skip

    def __init__(self, data: Any, _children: Any = (), _op: str = "", label: str = "") -> None:
        self.node: Any = Leaf("value", data, "param")
        if self.node.shape:
            raise UsageError("given.one_number", got=self.node.shape)
        self.label = label
        self._data: Any = data
        self._grad: Any = 0
        self._passed = False
        self._prev: tuple[Value, ...] = tuple(_children)
        self._own: Callable[[], None] | None = None
        self._word = _op

    # ---- what it is ----

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Callable[..., Value]:
            """Tell type checkers what the methods made from rows give, such as ``tanh``."""

    @property
    def data(self) -> Any:
        """Return the number; that of a value that was given, not computed, may be assigned.

        What was computed keeps its number when a number behind it is changed, as in micrograd.
        """
        return self._data

    @data.setter
    def data(self, number: Any) -> None:
        self.node.value = number
        self._data = number

    @property
    def grad(self) -> Any:
        """Return the sum of what backward passes brought so far."""
        if self._passed:  # of a value in between; most are never asked
            brought = self.node.grad
            self._grad = 0 if brought is None else brought
            self._passed = False
        return self._grad

    @grad.setter
    def grad(self, number: Any) -> None:
        self._grad, self._passed = 0 if number is None else number, False

    @property
    def _op(self) -> str:
        """Return the sign or name of the operation, for the lesson's own figures."""
        row = _row_of(self.node)
        return self._word if row is None else _SIGNS.get(row.name, row.name)

    @property
    def _backward(self) -> Callable[[], None]:
        """Return the function that hands this value's gradient to what it was computed from."""
        return self._own or self._hand_on

    @_backward.setter
    def _backward(self, function: Callable[[], None]) -> None:
        self._own = function

    def _is_own_op(self) -> bool:
        """Tell whether the lesson says itself how this value hands its gradient on."""
        return self._own is not None or bool(self._prev and isinstance(self.node, Leaf))

    def _hand_on(self) -> None:
        row = _row_of(self.node)
        if row is None:
            return
        tape, at = self.node.place()
        numbers, settings = arithmetic(), tape.kinds[at].floats
        args = tuple(float(child.data) for child in self._prev)
        for slot, child in enumerate(self._prev):
            grad, out = float(self.grad), float(self.data)
            child.grad += numbers.contribution(row, slot, grad, out, args, settings)

    def __repr__(self) -> str:
        return f"Value(data={self.data}, grad={self.grad})"

    def graph(self, names: Mapping[str, Any] | None = None) -> Graph:
        """Return the graph of everything this value is computed from, for `gg.render` and others.

        A value is called by its label, else by its variable; operations without either join the
        line that uses them, unless none has one.

        Args:
            names: variables to take names from, such as ``globals()``.
        """
        self._refuse_own_ops()
        reached = self._reached()
        named = {v.label: v.node for v in reached if v.label.isidentifier()}
        labelled = {id(node) for node in named.values()}
        for key, v in (names or {}).items():
            if isinstance(v, Value) and id(v.node) not in labelled and key[:1] != "_":
                named.setdefault(key, v.node)
        for name, node in named.items():
            if isinstance(node, Leaf):
                node.name = name
        inside = {id(v.node) for v in reached if v._prev}
        lines = any(id(node) in inside for node in named.values())
        variables = {"__name__": "", **named}  # a variable may be called as a function is
        found: Graph = self.node.graph(names=variables if lines else None)
        return found

    def _refuse_own_ops(self) -> None:
        """Refuse a graph that would end at an op of the lesson's own, whose formula is not known.

        Raises:
            UsageError: with how an op is registered.
        """
        for value in self._reached():
            if value._is_own_op():
                raise UsageError("handle.own_op", op=value._op or "?", node=repr(value))

    # ---- the pass ----

    def backward(self) -> None:
        """Set this value's gradient to 1 and add to those of all that it was computed from.

        As in micrograd, what an earlier pass left on values in between is passed on once more: call
        `zero_grad`, or compute anew, before the next pass.
        """
        reached = self._reached()
        if any(value._is_own_op() for value in reached):
            self._pass_by_hand()
            return
        root = self.node
        for value in reached:
            if value._prev and value is not self and value.grad:
                root = root + value.grad * value.node
        root = root * 1.0 if isinstance(root, Leaf) else root
        given = [value for value in reached if not value._prev]
        for value in given:
            value.node.grad = None
        root.backward()
        for value in reached:
            value._passed = True
        for value in given:
            value._passed = False
            value._grad += value.node.grad or 0.0
        self.grad = 1

    def _pass_by_hand(self) -> None:
        """Let every value hand its gradient on, after all that use it have, as micrograd does."""
        self.grad = 1
        order: list[Value] = []
        seen: set[int] = set()
        ahead: list[tuple[Value, bool]] = [(self, False)]
        while ahead:
            value, ready = ahead.pop()
            if ready:
                order.append(value)
            elif id(value) not in seen:
                seen.add(id(value))
                ahead.append((value, True))
                ahead += ((child, False) for child in value._prev)
        for value in reversed(order):
            value._backward()

    def _reached(self) -> list[Value]:
        """Return this value and all that it was computed from."""
        seen: dict[int, Value] = {id(self): self}
        stack = [self]
        while stack:
            for child in stack.pop()._prev:
                if id(child) not in seen:
                    seen[id(child)] = child
                    stack.append(child)
        return list(seen.values())

    # ---- operations ----

    def __add__(self, other: Any) -> Value:
        right = other if isinstance(other, Value) else _given(other)
        return _computed(self.node + right.node, self._data + right._data, self, right)

    def __radd__(self, other: Any) -> Value:
        left = _given(other)
        return _computed(left.node + self.node, left._data + self._data, left, self)

    def __sub__(self, other: Any) -> Value:
        right = other if isinstance(other, Value) else _given(other)
        return _computed(self.node - right.node, self._data - right._data, self, right)

    def __rsub__(self, other: Any) -> Value:
        left = _given(other)
        return _computed(left.node - self.node, left._data - self._data, left, self)

    def __mul__(self, other: Any) -> Value:
        right = other if isinstance(other, Value) else _given(other)
        return _computed(self.node * right.node, self._data * right._data, self, right)

    def __rmul__(self, other: Any) -> Value:
        left = _given(other)
        return _computed(left.node * self.node, left._data * self._data, left, self)

    def __truediv__(self, other: Any) -> Value:
        right = other if isinstance(other, Value) else _given(other)
        return _computed(self.node / right.node, self._data / right._data, self, right)

    def __rtruediv__(self, other: Any) -> Value:
        left = _given(other)
        return _computed(left.node / self.node, left._data / self._data, left, self)

    def __pow__(self, other: Any) -> Value:
        if isinstance(other, Value):
            return _computed(self.node**other.node, self._data**other._data, self, other)
        return _computed(self.node**other, self._data**other, self)

    def __rpow__(self, other: Any) -> Value:
        left = _given(other)
        return _computed(left.node**self.node, left._data**self._data, left, self)

    def __neg__(self) -> Value:
        return _computed(-self.node, -self._data, self)

    def __gt__(self, other: Any) -> bool:
        return bool(self.data > _number(other))

    def __lt__(self, other: Any) -> bool:
        return bool(self.data < _number(other))

    def __ge__(self, other: Any) -> bool:
        return bool(self.data >= _number(other))

    def __le__(self, other: Any) -> bool:
        return bool(self.data <= _number(other))

    def __float__(self) -> float:
        raise UsageError("handle.value_number", node=repr(self))

    __int__ = __index__ = __complex__ = __trunc__ = __floor__ = __ceil__ = __float__

    def __round__(self, _digits: Any = None) -> Any:
        return float(self)

    def __format__(self, how: str) -> str:
        """Write the number where a format is asked for, as in f"{loss:.4f}"."""
        return format(self.data, how) if how else repr(self)

    def __array_ufunc__(self, ufunc: Any, method: str, *operands: Any, **_options: Any) -> Any:
        """Let numbers of NumPy stand on the left, and NumPy's functions be called."""
        name = ufunc.__name__
        if name in _OPERATORS and method == "__call__":
            return _OPERATORS[name](*(_python(one) for one in operands))
        made = getattr(operands[0], _CALLED.get(name, name), None)
        return made() if callable(made) and len(operands) == 1 else NotImplemented


def _python(number: Any) -> Any:
    """Return a number of NumPy as Python's, or an array as it is."""
    return number.item() if getattr(number, "shape", None) == () else number


def _number(other: Any) -> float:
    return float(other.data if isinstance(other, Value) else other)


def _given(number: Any) -> Value:
    """Return a number of a formula as a value: an input, as nobody changes it."""
    made = Value(number)
    made.node.op, made.node.name = "input", "number"
    made.node.kind = leaf_kind(code_of("input"), ())
    return made


def _computed(node: Handle, data: Any, *operands: Value) -> Value:
    """Return a value for a handle."""
    made = object.__new__(Value)
    made.node, made._data, made._prev = node, data, operands
    made.label, made._grad, made._passed = "", 0, False
    made._own, made._word = None, ""
    return made


def _row_of(node: Any) -> Row | None:
    """Return the row that computed a node, None of a number that was given."""
    if isinstance(node, Leaf):
        return None
    tape, at = node.place()
    row: Row = tape.kinds[at].row
    return row


def _offer(row: Row, *, known: bool) -> None:
    """Offer a function of one number as a method, ``x.relu()``, or no longer."""
    own = vars(Value).get(row.name)
    if known and own is None and isinstance(row, Elementwise) and len(row.arguments) == 1:

        def method(value: Value, **settings: Any) -> Value:
            node = value.node.applied(row.name, value.node, **settings)
            tape, at = node.place()
            given = (float(value._data),)
            data = arithmetic().value(row, given, tape.kinds[at].floats, scalar=True)
            return _computed(node, data, value)

        method.__name__, method.__doc__ = row.name, row.doc
        method.row = row  # type: ignore[attr-defined]  # to know it again
        setattr(Value, row.name, method)
    elif not known and getattr(own, "row", None) is row:
        delattr(Value, row.name)


follow(_offer)
