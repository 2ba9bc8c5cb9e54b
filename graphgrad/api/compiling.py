"""Offer `gg.compile`: a graph, a handle or a function of handles as a program of NumPy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import signature
from typing import Any

from graphgrad.api.handle import Handle
from graphgrad.api.leaf import input as input_leaf
from graphgrad.compile.plan import Plan, Run
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.layers.doors.binding import bound
from graphgrad.messages.catalogue import quoted

__all__ = ["CompiledFunction", "compile"]


def compile(
    source: Graph | Handle | Callable[..., Any],
    wrt: Iterable[str] | None = None,
    *,
    native: bool = False,
) -> Plan | CompiledFunction:
    """Return a program of values and gradients.

    Args:
        source: a graph, a handle (usually the loss), or a function of handles, which is called with
            inputs once per shape of its arguments.
        wrt: the leaves, or the arguments of the function, to differentiate by; all of them if None.
        native: whether to run machine code (the extra ``jit``) where that is faster than NumPy.

    >>> import graphgrad as gg
    >>> w = gg.param("w", 3)
    >>> gg.compile(w * w)({"w": 2})
    Run(value=4.0, gradients={'w': 4.0})
    >>> @gg.compile
    ... def loss(w, x):
    ...     return ((w @ x - 1) ** 2).sum()
    >>> loss([1.0, 2.0], [[3.0], [1.0]]).gradients["w"]
    array([24.,  8.])
    """
    names = None if wrt is None else tuple(wrt)
    if isinstance(source, Handle):
        return Plan(source.graph(), names, native=native)
    if isinstance(source, Graph):
        return Plan(source, names, native=native)
    return CompiledFunction(source, names, native=native)


class CompiledFunction:
    """A function of handles as a program per shape of its arguments.

    Args:
        function: the function; what it returns is the output.
        wrt: the arguments to differentiate by; all of them if None.
        native: whether to run machine code where that is faster than NumPy.
    """

    def __init__(
        self, function: Callable[..., Any], wrt: tuple[str, ...] | None, *, native: bool = False
    ) -> None:
        self.native = native
        self.function = function
        self.wrt = wrt
        self.names = list(signature(function).parameters)
        self.__doc__ = function.__doc__
        self._plans: dict[Any, Plan] = {}

    def __call__(self, *args: Any, **named: Any) -> Run:
        """Return the value and the gradients at the arguments."""
        point = self._bound(args, named)
        shapes = tuple(getattr(value, "shape", None) for value in point.values())
        plan = self._plans.get(shapes) if None not in shapes else None
        return plan(point) if plan is not None else self._first(point)

    def plan(self, *args: Any, **named: Any) -> Plan:
        """Return the program for arguments of these shapes."""
        return self._plan(self._bound(args, named))[0]

    def _bound(self, args: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments by name.

        Raises:
            UsageError: if one is missing, unknown or given twice.
        """
        called = signature(self.function)
        try:
            return called.bind(*args, **named).arguments
        except TypeError:
            bound(getattr(self.function, "__name__", "function"), called, args, named)
            raise

    def _first(self, point: dict[str, Any]) -> Run:
        plan, values = self._plan(point)
        return plan(values)

    def _plan(self, point: dict[str, Any]) -> tuple[Plan, dict[str, Any]]:
        """Return the program for the shapes of some arguments, and the arguments as it takes them.

        Raises:
            UsageError: if the function returns no handle.
        """
        leaves = {name: input_leaf(name, value) for name, value in point.items()}
        values = {name: leaf.value for name, leaf in leaves.items()}
        shapes = tuple(getattr(value, "shape", ()) for value in values.values())
        if shapes not in self._plans:
            output = self.function(**leaves)
            if not isinstance(output, Handle):
                raise UsageError("compile.no_handle", got=quoted(output))
            self._plans[shapes] = Plan(output.graph(), self.wrt, native=self.native)
        return self._plans[shapes], values
