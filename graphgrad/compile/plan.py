"""Run a graph as a program that was written for it: values and gradients at a point.

What the interpreter computes is what counts: where a number leaves the finite ones in a way that it
treats with more care, it is asked for that point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, Literal, NamedTuple

from graphgrad.autodiff.jacobian import chosen_leaves
from graphgrad.autodiff.record import leaf_values, record, shaped
from graphgrad.compile.array_form import ArrayForm, array_form
from graphgrad.compile.compiled import MOST_NODES, Compiled
from graphgrad.compile.native.machine import has_llvm
from graphgrad.compile.observed import Observed
from graphgrad.compile.packed import Packed, Point
from graphgrad.compile.recording.lowering import Lowering
from graphgrad.compile.writing.written import Written
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.graph.named import Named
from graphgrad.messages.catalogue import Worded, quoted
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.given import Single, is_plain, like_known
from graphgrad.ops.shapes import Shape, shape_text
from graphgrad.trace.trace import Trace

__all__ = ["Plan", "Run"]


class Run(NamedTuple):
    """What a plan gives at a point: the output's value, and gradients by name."""

    value: Any
    gradients: Mapping[str, Any]


class Plan:
    r"""A graph compiled to a program.

    Args:
        graph: the graph.
        wrt: the inputs and parameters to differentiate by; all of them if None, none if empty.
        native: whether to run machine code where that is faster than NumPy.

    Raises:
        UsageError: if machine code is asked for and llvmlite is not installed.

    >>> from graphgrad.source.gg import read_gg
    >>> plan = Plan(read_gg("input x = 3\nparam w = 2\nloss L = (w*x - 1)^2"), wrt=["w"])
    >>> plan(), plan({"w": 1.0}).value
    (Run(value=25.0, gradients={'w': 30.0}), 4.0)
    """

    def __init__(
        self, graph: Graph, wrt: Iterable[str] | None = None, *, native: bool = False
    ) -> None:
        if native and not has_llvm():
            raise UsageError("compile.needs_extra")
        self.native = native
        self.graph = graph
        self.wrt = chosen_leaves(graph, wrt)
        self._shape = graph.columns.shape(graph.output)
        self._given = chosen_leaves(graph, None)
        self._compiled: dict[tuple[str, ...], Compiled] = {}
        self._observed: dict[tuple[str, ...], Observed] = {}
        self._leaves: dict[tuple[str, ...], list[tuple[str, Shape, Any]]] = {}
        self._form: ArrayForm | Literal["unknown"] | None = "unknown"
        self._without_seed = "none" if self._shape or not self.wrt else "one"

    def __repr__(self) -> str:
        takes, wrt = ", ".join(self._given), ", ".join(self.wrt) or "-"
        return f"<Plan of {self.graph.name(self.graph.output)}({takes}), gradients: {wrt}>"

    def __call__(self, point: Mapping[str, Any] | None = None, *, seed: Any = None) -> Run:
        """Return value and gradients at a point; leaves that it does not name keep their values.

        Args:
            point: values of leaves by name; at one that `start` returned, or that was computed from
                it, gradients are such a point too.
            seed: adjoint of the output; 1 for a number. Without it an array has no gradients.
        """
        if type(point) is Point and seed is None and point.packed.is_of(self):
            run = point.packed(point.vector)
            return Run(run.value, Point(point.packed, run.gradient))
        point = _mapping(point)
        found = None
        if self._is_known(point):
            leaves, kinds = self._arguments(point, seed)
            compiled = self._compiled.get(kinds) or self._compile(kinds, point)
            found = compiled.run(leaves)
        elif seed is None and point.keys() <= self._given.keys():
            by_arrays = self._by_arrays(point)
            if by_arrays is not None:
                return by_arrays
        if found is None:
            return self.interpreted(point, seed)
        value, *gradients = compiled.handed_out(found)
        return Run(value, Named(zip(self.wrt, gradients, strict=False)))

    def _is_known(self, point: Mapping[str, Any]) -> bool:
        """Tell whether a program takes such a point, and the graph is not too large for one."""
        return len(self.graph) <= MOST_NODES and point.keys() <= self._given.keys()

    def trace(self, point: Mapping[str, Any] | None = None, *, seed: Any = None) -> Trace:
        """Return the pass that the program makes, with every value and adjoint.

        Args:
            point: values of leaves by name.
            seed: adjoint of the output; 1 for a number. Without it an array has no adjoints.
        """
        point = _mapping(point)
        if self._is_known(point):
            arguments, kinds = self._arguments(point, seed)
            compiled = self._compiled.get(kinds) or self._compile(kinds, point)
            if compiled.run(arguments) is not None:
                if kinds not in self._observed:
                    self._observed[kinds] = Observed(self.graph, compiled)
                start = arguments[-1] if seed is not None else None if self._shape else 1.0
                leaves = leaf_values(self.graph, point)
                return self._observed[kinds].trace(arguments, leaves, start)
        return record(self.graph, point, seed=seed)

    def source(self, point: Mapping[str, Any] | None = None) -> str:
        """Return the program as a module of NumPy that can be run by itself.

        Args:
            point: values of leaves for which it is run, instead of the graph's own.

        Raises:
            NonFiniteError: if a loss or a table is given there what it does not take.
        """
        compiled, leaves = self._whole(point)
        if compiled.guards is not None and compiled.run(leaves) is None:
            self.interpreted(point or {})
        labels = [self.graph.name(self.graph.output), *(f"d_{name}" for name in self.wrt)]
        return compiled.text(self.graph, leaves, labels)

    def is_machine_code(self, point: Mapping[str, Any] | None = None) -> bool:
        """Tell whether machine code runs at such points, and not NumPy."""
        form = self.array_form()
        if form is not None:
            return self.of_arrays.is_machine_code()
        return self._whole(point)[0].machine is not None

    def written(self, point: Mapping[str, Any] | None = None) -> Written:
        """Return the program as statements, which take all inputs and parameters."""
        return self._whole(point)[0].written

    def _whole(self, point: Mapping[str, Any] | None) -> tuple[Compiled, list[Any]]:
        """Return the program that takes all inputs and parameters, and their values."""
        leaves = leaf_values(self.graph, point)
        whole = {name: to_float(leaves[node]) for name, node in self._given.items()}
        values, kinds = self._arguments(whole, None)
        return self._compiled.get(kinds) or self._compile(kinds, whole), values

    def _arguments(self, point: Mapping[str, Any], seed: Any) -> tuple[list[Any], tuple[str, ...]]:
        """Return the values of the leaves, and what they are: names, then the kinds of values."""
        names = tuple(point)
        known = self._leaves.get(names)
        if known is None:
            known = self._leaves[names] = self._needed(names)
        leaves: list[Any] = []
        kinds = ""
        for name, shape, default in known:
            value = point.get(name, default)
            if type(value) is float and not shape and type(default) is not Single:
                kinds += "s"
            elif shape and is_plain(value, shape):
                kinds += value.dtype.char
            else:
                value = self._standard(name, shape, like_known(value, default), point)
                single = type(value) is Single
                kinds += value.dtype.char if shape else "sf"[single]
                value = float(value) if single else value
            leaves.append(value)
        if seed is None:
            return leaves, (self._without_seed, kinds, *names)
        leaves.append(to_float(shaped("seed", seed, self._shape)))
        return leaves, ("d" if self._shape else "s", kinds, *names)

    def _standard(self, name: str, shape: Shape, value: Any, point: Mapping[str, Any]) -> Any:
        """Return a value as programs take it, a number of float32 as such.

        Raises:
            UsageError: if there is none, or it is no real number or array.
            ShapeError: if it has not the shape of the leaf.
        """
        if value is None and name not in point:
            leaf_values(self.graph, point)
        value = shaped(name, value, shape)
        return value if type(value) is Single else to_float(value)

    def _needed(self, names: tuple[str, ...]) -> list[tuple[str, Shape, Any]]:
        """Return the leaves that a program takes, with what they are if they are not named.

        They are those that are named, and those to differentiate by. The others are a part of the
        program, and what is computed from them alone is computed once.
        """
        found = []
        for name, node in self._given.items():
            if name in names or name in self.wrt:
                value = self.graph.defaults.get(node)
                single = value is None or type(value) is Single
                default = value if single else to_float(value)
                found.append((name, self.graph.columns.shape(node), default))
        return found

    def _compile(self, kinds: tuple[str, ...], point: Mapping[str, Any]) -> Compiled:
        """Compile the program for leaves of certain names and kinds."""
        leaf_values(self.graph, point)
        names = [name for name, _, _ in self._leaves[kinds[2:]]]
        by_node = {self._given[name]: kind for name, kind in zip(names, kinds[1], strict=True)}
        lowering = Lowering(self.graph, by_node)
        results = [lowering.program.values[self.graph.output]]
        if kinds[0] != "none":
            lowering.backward(self.wrt.values(), None if kinds[0] == "one" else kinds[0])
            results += lowering.gradients(self.wrt.values())
        compiled = self._compiled[kinds] = Compiled(
            self.graph, lowering.program, results, native=self.native
        )
        of_results = (self.graph.output, *self.wrt.values())
        compiled.singles = [at for at, node in enumerate(of_results) if node in lowering.singles]
        return compiled

    def array_form(self) -> ArrayForm | None:
        """Return the form of arrays of a large graph of numbers, None if it is run as it stands."""
        if self._form == "unknown":
            large = len(self.graph) > MOST_NODES
            self._form = array_form(self.graph) if large else None
            if self._form is not None:
                self.of_arrays = Plan(
                    self._form.graph, self._form.holding(self.wrt), native=self.native
                )
        return self._form

    def packed(self) -> Packed:
        """Return value and gradient as a function of one vector of the leaves differentiated by.

        Raises:
            UsageError: if the output is an array, which has no gradient.
        """
        if self._shape:
            raise UsageError("compile.packed_array", shape=shape_text(self._shape))
        return Packed(self)

    def start(self) -> Point:
        """Return the graph's own values of the leaves that are differentiated by.

        They are a mapping by name and one vector at once. Gradients at such a point are one too, so
        that a step of descent is ``point = point - rate * plan(point).gradients``, in the time of
        the program.

        Raises:
            UsageError: if the output is an array, which has no gradient.
        """
        packed = self.packed()
        return Point(packed, packed.start())

    def _by_arrays(self, point: Mapping[str, Any]) -> Run | None:
        """Return the run of a large graph of numbers in the form of arrays, if it has that form."""
        form = self.array_form()
        if form is None:
            return None
        if set(map(type, point.values())) - {float}:
            checked = {name: shaped(name, value, ()) for name, value in point.items()}
            if Single in set(map(type, checked.values())):
                return None
            point = {name: to_float(value) for name, value in checked.items()}
        value, gradients = self.of_arrays(form.point(point))
        if not isfinite(value):
            return None
        return Run(value, Named(form.by_name(gradients, self.wrt)))

    def interpreted(self, point: Mapping[str, Any], seed: Any = None) -> Run:
        """Return value and gradients at a point as the interpreter computes them."""
        trace = record(self.graph, point, seed=seed, backward=bool(self.wrt))
        gradients = trace.gradients
        found = ((name, gradients[name]) for name in self.wrt if gradients)
        output = self.graph.output
        return Run(trace.shown(output, trace.values[output]), Named(found))


def _mapping(point: Any) -> Mapping[str, Any]:
    """Return a point, empty where there is none.

    Raises:
        UsageError: if it is no mapping by name.
    """
    if point is None:
        return {}
    if type(point) is not dict and not isinstance(point, Mapping):
        raise UsageError(
            "door.argument", verb="plan", argument="point", got=quoted(point)[:80],
            kind=type(point).__name__, expected=Worded("door.mapping"),
        )  # fmt: skip
    return point
