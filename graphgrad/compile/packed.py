"""Run a plan on one vector of parameters: as optimizers take it, and as fast as the program is.

The numbers of a large graph come and go by name only at a cost: looking up a thousand names takes
longer than the arithmetic. Packed, they are slices of a vector; a `Point` is such a vector with the
names, which are looked up where they are asked for.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite, prod
from numbers import Real
from typing import Any, NamedTuple, Protocol

import numpy as np

from graphgrad.autodiff.record import shaped
from graphgrad.compile.array_form import ArrayForm, Part
from graphgrad.errors import ShapeError
from graphgrad.graph.graph import Graph
from graphgrad.graph.named import Named
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.given import given, read_only
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["Packed", "PackedRun", "Point"]


class PackedRun(NamedTuple):
    """What a plan gives at a vector: the output's value, and the gradient as a vector."""

    value: float
    gradient: Any


class Point(Mapping[str, Any]):
    r"""Values by name that are one vector: they are added, subtracted and scaled as a whole.

    Args:
        packed: which plan they are of, and in which order.
        vector: the values; it is not written into from now on.

    >>> from graphgrad.source.gg import read_gg
    >>> from graphgrad.compile.plan import Plan
    >>> plan = Plan(read_gg("param w = 2\nparam b = 3\nloss L = w^2 + b"))
    >>> point = plan.start()
    >>> point = point - 0.25 * plan(point).gradients
    >>> point
    {'w': 1.0, 'b': 2.75}
    """

    __slots__ = ("_known", "packed", "vector")
    __array_ufunc__ = None  # so that numbers of NumPy leave operations to this class

    def __init__(self, packed: Packed, vector: Any) -> None:
        self.packed = packed
        vector.setflags(write=False)
        self.vector = vector
        self._known: Named | None = None

    def by_name(self) -> Named:
        """Return the values as a dictionary, made once."""
        if self._known is None:
            self._known = self.packed.by_name(self.vector)
        return self._known

    def __getitem__(self, name: str) -> Any:
        return self.by_name()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed.names)

    def __len__(self) -> int:
        return len(self.packed.names)

    def __repr__(self) -> str:
        return repr(self.by_name())

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle the values without the plan."""
        return Named, (dict(self.by_name()),)

    def _combined(self, operation: Callable[[Any, Any], Any], other: Any, *, turned: bool) -> Any:
        if type(other) is Point:
            if other.packed.names != self.packed.names:
                return NotImplemented
            other = other.vector
        elif type(other) is not float and not isinstance(other, Real):
            return NotImplemented
        vector = operation(other, self.vector) if turned else operation(self.vector, other)
        return Point(self.packed, vector)

    def __add__(self, other: Any) -> Any:
        return self._combined(operator.add, other, turned=False)

    def __radd__(self, other: Any) -> Any:
        return self._combined(operator.add, other, turned=True)

    def __sub__(self, other: Any) -> Any:
        return self._combined(operator.sub, other, turned=False)

    def __rsub__(self, other: Any) -> Any:
        return self._combined(operator.sub, other, turned=True)

    def __mul__(self, other: Any) -> Any:
        return self._combined(operator.mul, other, turned=False)

    def __rmul__(self, other: Any) -> Any:
        return self._combined(operator.mul, other, turned=True)

    def __truediv__(self, other: Any) -> Any:
        return self._combined(operator.truediv, other, turned=False)

    def __neg__(self) -> Any:
        return Point(self.packed, -self.vector)


class _Part(NamedTuple):
    """The part of a vector that is an array leaf of the program.

    Attributes:
        leaf: its name.
        shape: its shape.
        start: where it begins in the vector.
        end: where it ends.
        places: its entries that the vector holds; None if it holds all of them.
        rest: its values where the vector holds none.
    """

    leaf: str
    shape: Shape
    start: int
    end: int
    places: Any
    rest: Any


class _Plan(Protocol):
    """What is needed of a plan."""

    graph: Graph
    wrt: dict[str, int]
    of_arrays: Any

    def __call__(self, point: Mapping[str, Any] | None = None, *, seed: Any = None) -> Any:
        """Return value and gradients by name."""

    def array_form(self) -> ArrayForm | None:
        """Return the form of arrays in which the plan runs, if there is one."""

    def interpreted(self, point: Mapping[str, Any], seed: Any = None) -> Any:
        """Return value and gradients by name, as the interpreter computes them."""


class Packed:
    r"""A plan as a function of one vector; its order is that of ``names``.

    Args:
        plan: a plan whose output is one number.

    >>> from graphgrad.source.gg import read_gg
    >>> from graphgrad.compile.plan import Plan
    >>> packed = Plan(read_gg("param w = [1, 2]\nparam b = 3\nloss L = sum(w)^2 + b")).packed()
    >>> packed.names, packed.start()
    (('w', 'b'), array([1., 2., 3.]))
    >>> packed([0.0, 1.0, 0.5])
    PackedRun(value=1.5, gradient=array([2., 2., 1.]))
    """

    def __init__(self, plan: _Plan) -> None:
        self._plan = plan
        form = plan.array_form()
        columns = plan.graph.columns
        self._shapes = {name: columns.shape(node) for name, node in plan.wrt.items()}
        self._program = plan
        self.names = tuple(plan.wrt)
        self._parts = _whole_parts(self._shapes)
        if form is not None:
            self._program = plan.of_arrays
            parts = form.parts(plan.wrt)
            self.names = tuple(name for part in parts for name in part.names)
            self._parts = _parts_of(parts, form.base)
        self.size = sum(prod(self._shapes[name]) for name in self.names)

    def __call__(self, vector: Any) -> PackedRun:
        """Return value and gradient at a vector.

        Raises:
            ShapeError: if the vector has not one entry per number of the leaves.
        """
        if type(vector) is not np.ndarray or vector.dtype.char != "d":
            vector = to_float(given(vector, "vector"))
        if getattr(vector, "shape", ()) != (self.size,):
            got = shape_text(getattr(vector, "shape", ()))
            raise ShapeError(
                "shape.leaf_value", name="vector", got=got, expected=shape_text((self.size,))
            )
        run = self._program({part.leaf: _entries(part, vector) for part in self._parts})
        if self._program is not self._plan and not isfinite(run.value):
            run = self._plan.interpreted(self.by_name(vector))
            return PackedRun(run.value, self.vector(run.gradients))
        pieces = [_gradient(part, run.gradients[part.leaf]) for part in self._parts]
        return PackedRun(run.value, np.concatenate(pieces) if pieces else np.zeros(0))

    def is_of(self, plan: _Plan) -> bool:
        """Tell whether a plan is the one that is run here."""
        return self._plan is plan

    def start(self) -> Any:
        """Return the vector of the graph's own values."""
        defaults = self._plan.graph.defaults
        return self.vector({name: defaults.get(node) for name, node in self._plan.wrt.items()})

    def vector(self, values: Mapping[str, Any]) -> Any:
        """Return values by name as a vector."""
        found = [
            np.ravel(to_float(shaped(name, values[name], self._shapes[name])))
            for name in self.names
        ]
        return np.concatenate(found).astype(float) if found else np.zeros(0)

    def by_name(self, vector: Any) -> Named:
        """Return the entries of a vector by the names of their leaves."""
        if self.size == len(self.names) and not any(self._shapes.values()):
            return Named(zip(self.names, np.asarray(vector, float).tolist(), strict=True))
        found, start = {}, 0
        for name in self.names:
            shape = self._shapes[name]
            end = start + prod(shape)
            piece = vector[start:end]
            found[name] = read_only(piece.reshape(shape).copy()) if shape else float(piece[0])
            start = end
        return Named(found)


def _whole_parts(shapes: Mapping[str, Shape]) -> list[_Part]:
    """Return the parts of a vector that holds whole leaves one after another."""
    found, start = [], 0
    for name, shape in shapes.items():
        end = start + prod(shape)
        found.append(_Part(name, shape, start, end, None, None))
        start = end
    return found


def _parts_of(parts: Sequence[Part], base: Mapping[str, Any]) -> list[_Part]:
    """Return the parts of a vector that holds numbers of array leaves."""
    found, start = [], 0
    for part in parts:
        end = start + len(part.names)
        whole = base[part.leaf]
        found.append(_Part(part.leaf, whole.shape, start, end, part.places, whole.ravel()))
        start = end
    return found


def _entries(part: _Part, vector: Any) -> Any:
    """Return the value of a leaf at a vector."""
    piece = vector[part.start : part.end]
    if part.places is not None:
        whole = part.rest.copy()
        whole[part.places] = piece
        return whole.reshape(part.shape)
    return piece.reshape(part.shape) if part.shape else float(piece[0])


def _gradient(part: _Part, gradient: Any) -> Any:
    """Return what of a gradient the vector holds."""
    flat = np.ravel(gradient)
    return flat if part.places is None else flat[part.places]
