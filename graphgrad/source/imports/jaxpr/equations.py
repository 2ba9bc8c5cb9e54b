"""Turn a jaxpr into calls: functions inlined, loops unrolled, what is known computed by JAX."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.source.imports.jaxpr.named import inner_of, named_call
from graphgrad.source.imports.jaxpr.primitives import ENTRY_BY_ENTRY
from graphgrad.source.imports.program import Call, Name, Weight, names_in

__all__ = ["Reading"]

MOST_CALLS = 100_000
_INLINED = {
    "jit", "pjit", "custom_jvp_call", "custom_vjp_call", "custom_vjp_call_jaxpr", "closed_call",
    "core_call", "checkpoint", "remat", "remat2",
}  # fmt: skip
_PLACED = {"gather", "dynamic_slice"}
"""What picks entries, at places that must be known."""


class Reading:
    """The calls of a jaxpr, in order.

    A value is a `Name`, or an array of JAX that is known.

    Attributes:
        calls: what has been read.
        constants: arrays that the function holds, by name.
        shapes: of every name.
    """

    def __init__(self, jax: Any) -> None:
        self.jax = jax
        self.calls: list[Call] = []
        self.constants: dict[str, Weight] = {}
        self.shapes: dict[str, tuple[int, ...]] = {}
        self.parts: dict[str, int] = {}

    def read(self, closed: Any, given: list[Any], path: str = "") -> list[Any]:
        """Read a closed jaxpr applied to values; return its results."""
        jaxpr = closed.jaxpr if hasattr(closed, "jaxpr") else closed
        values: dict[Any, Any] = dict(zip(jaxpr.invars, given, strict=True))
        values.update(zip(jaxpr.constvars, getattr(closed, "consts", ()), strict=True))

        def value(variable: Any) -> Any:
            return variable.val if hasattr(variable, "val") else values[variable]

        for equation in jaxpr.eqns:
            taken = [value(variable) for variable in equation.invars]
            found = self._equation(equation, taken, path)
            values.update(zip(equation.outvars, found, strict=True))
        return [value(variable) for variable in jaxpr.outvars]

    def _equation(self, equation: Any, taken: list[Any], path: str) -> list[Any]:
        op, params = equation.primitive.name, equation.params
        if not any(isinstance(one, Name) for one in taken):
            return self._computed(equation, taken)
        if op in _INLINED:
            return self._inlined(equation, taken, path)
        if op == "scan":
            return self._scan(params, taken, path)
        if op == "while":
            return self._while(params, taken, path)
        if op == "cond" and not isinstance(taken[0], Name):
            chosen = params["branches"][int(taken[0])]
            return self.read(chosen, taken[1:], path)
        if op in _PLACED:
            if any(isinstance(one, Name) for one in taken[1:]):
                raise UsageError("import.places")
            places = self._places(equation, taken)
            return [self._call("gather", [taken[0]], {"places": places}, equation.outvars[0], path)]
        if op.startswith("scatter") and not isinstance(taken[1], Name):
            return [self._scattered(equation, taken, path)]
        results = [self._new(op, variable) for variable in equation.outvars]
        self._append(Call(op, tuple(map(self._given, taken)), _plain(params),
                          tuple(one.name for one in results), path))  # fmt: skip
        return list(results)

    # ---- what is known ----

    def _computed(self, equation: Any, taken: list[Any]) -> list[Any]:
        """Return the results of an operation on known values, by JAX."""
        inner = inner_of(equation.params)
        if equation.primitive.name in _INLINED and inner is not None:
            return self.read(inner, taken)
        found = equation.primitive.bind(*taken, **equation.params)
        return list(found) if equation.primitive.multiple_results else [found]

    def _places(self, equation: Any, taken: list[Any]) -> Any:
        """Return where the entries of a result stand in the array that they are picked from."""
        import numpy as np

        shape = self.shapes[taken[0].name]
        numbered = np.arange(int(np.prod(shape, dtype=int)), dtype=np.int32).reshape(shape)
        params = dict(equation.params)
        if "fill_value" in params:
            params["fill_value"] = -1
        found = np.asarray(equation.primitive.bind(numbered, *taken[1:], **params))
        if found.size and found.min() < 0:
            raise UsageError("import.outside", op=equation.primitive.name)
        return found

    def _scattered(self, equation: Any, taken: list[Any], path: str) -> Any:
        """Write a scatter in ops: an array with other entries at known places.

        Sources: where each entry of the updates goes is found by scattering their numbers.
        """
        import numpy as np

        op, updates = equation.primitive.name, taken[2]
        count = self._shape(updates)
        numbers = np.arange(1, 1 + int(np.prod(count, dtype=int)), dtype=np.int32).reshape(count)
        empty = np.zeros(self._shape(taken[0]), np.int32)
        params = {key: value for key, value in equation.params.items()
                  if key not in ("update_jaxpr", "update_consts")}  # fmt: skip
        from jax import lax

        modes = {"scatter": lax.scatter, "scatter-add": lax.scatter_add}
        if op not in modes or (op == "scatter-add" and not params.get("unique_indices")):
            repeated = np.asarray(self._scatter(lax.scatter_add, empty, taken[1],
                                                np.ones(count, np.int32), params))  # fmt: skip
            if op not in modes or repeated.max(initial=0) > 1:
                raise UsageError("import.repeated", op=op)
        filled = np.asarray(self._scatter(lax.scatter, empty, taken[1], numbers, params))
        options = {"places": filled, "add": op == "scatter-add"}
        return self._call("scatter", [taken[0], updates], options, equation.outvars[0], path)

    def _scatter(self, how: Any, operand: Any, at: Any, updates: Any, params: Any) -> Any:
        return how(operand, at, updates, params["dimension_numbers"], mode=params["mode"])

    # ---- functions and loops ----

    def _inlined(self, equation: Any, taken: list[Any], path: str) -> list[Any]:
        inner, name = inner_of(equation.params), str(equation.params.get("name") or "")
        if inner is None:
            raise UsageError("import.no_value", name=equation.primitive.name)
        known = named_call(self.jax, name, inner, equation.invars)
        if known is not None and isinstance(taken[0], Name):
            op, options = known
            return [self._call(op, taken[:1], options, equation.outvars[0], path)]
        body = inner.jaxpr if hasattr(inner, "jaxpr") else inner
        plain = name.isidentifier() and not name.startswith("_") and len(body.eqns) > 1
        return self.read(inner, taken, self._part(path, name) if plain else path)

    def _part(self, path: str, name: str) -> str:
        """Return the path of one use of a function; uses are numbered from the second on."""
        full = f"{path}.{name}" if path else name
        self.parts[full] = count = self.parts.get(full, 0) + 1
        return full if count == 1 else f"{full}_{count}"

    def _scan(self, params: Any, taken: list[Any], path: str) -> list[Any]:
        """Unroll a loop over the first axis."""
        fixed, carried = params["num_consts"], params["num_carry"]
        constants, state, rows = (taken[:fixed], taken[fixed : fixed + carried],
                                  taken[fixed + carried :])  # fmt: skip
        count = params["length"]
        order = range(count - 1, -1, -1) if params["reverse"] else range(count)
        whole = self._part(path, "scan")
        stacked: list[list[Any]] = [[] for _ in range(len(params["jaxpr"].out_avals) - carried)]
        for at in order:
            part = f"{whole}.{at}"
            entries = [self._row(row, at, part) for row in rows]
            results = self.read(params["jaxpr"], [*constants, *state, *entries], part)
            state = results[:carried]
            for kept, one in zip(stacked, results[carried:], strict=True):
                kept.append(one)
        if params["reverse"]:
            stacked = [kept[::-1] for kept in stacked]
        return [*state, *(self._stacked(kept, path) for kept in stacked)]

    def _row(self, value: Any, at: int, path: str) -> Any:
        if not isinstance(value, Name):
            return value[at]
        name = self._named("row", self.shapes[value.name][1:])
        self._append(Call("row", (value,), {"at": at}, (name.name,), path))
        return name

    def _stacked(self, values: list[Any], path: str) -> Any:
        if not any(isinstance(one, Name) for one in values):
            return self.jax.numpy.stack(values) if values else self.jax.numpy.zeros((0,))
        name = self._named("stack", (len(values), *self._shape(values[0])))
        self._append(Call("stack", tuple(map(self._given, values)), {}, (name.name,), path))
        return name

    def _while(self, params: Any, taken: list[Any], path: str) -> list[Any]:
        """Unroll a loop whose condition is known at every turn, as a counter's is."""
        of_condition, of_body = params["cond_nconsts"], params["body_nconsts"]
        first, second = taken[:of_condition], taken[of_condition : of_condition + of_body]
        state = taken[of_condition + of_body :]
        while True:
            before = len(self.calls)
            again = self.read(params["cond_jaxpr"], [*first, *state], path)[0]
            if isinstance(again, Name):
                raise UsageError("import.loop")
            del self.calls[before:]
            if not bool(again):
                return state
            state = self.read(params["body_jaxpr"], [*second, *state], self._part(path, "loop"))

    # ---- names ----

    def _call(
        self, op: str, args: list[Any], options: dict[str, Any], variable: Any, path: str
    ) -> Name:
        name = self._new(op, variable)
        self._append(Call(op, tuple(map(self._given, args)), options, (name.name,), path))
        return name

    def _append(self, call: Call) -> None:
        self.calls.append(call)
        if len(self.calls) > MOST_CALLS:
            raise UsageError("import.too_long", limit=MOST_CALLS)

    def _new(self, op: str, variable: Any) -> Name:
        return self._named(op, tuple(variable.aval.shape))

    def _named(self, op: str, shape: tuple[int, ...]) -> Name:
        name = Name(f"{op}.{len(self.shapes)}")
        self.shapes[name.name] = shape
        return name

    def _shape(self, value: Any) -> tuple[int, ...]:
        return self.shapes[value.name] if isinstance(value, Name) else tuple(value.shape)

    def _given(self, value: Any) -> Any:
        """Return an argument: large arrays of numbers are constants of the graph, with a name."""
        import numpy as np

        if isinstance(value, Name):
            return value
        array = np.asarray(value)
        if array.dtype.kind not in "fiub":
            array = array.astype(float)  # bfloat16
        if array.dtype.kind != "f" or array.size < 2:
            return array if array.shape else array.item()
        same = next((key for key, held in self.constants.items()
                     if np.array_equal(held.value, array)), None)  # fmt: skip
        if same is None and (array == array.ravel()[0]).all():
            return array
        if same is None:
            same = f"k{len(self.constants) + 1}"
            self.constants[same] = Weight(same, array.astype(float), trained=False)
            self.shapes[same] = array.shape
        return Name(same)

    def closed(self, output: Name) -> tuple[Call, ...]:
        """Return the calls that the output needs; broadcasting that ops do themselves is gone."""
        kept = _needed(self.calls, output)
        return tuple(_without_broadcasts(kept, self.shapes, output))


def _plain(params: Any) -> dict[str, Any]:
    """Return the parameters that say what is computed: numbers, words, tuples of them."""
    found: dict[str, Any] = {}
    for key, value in params.items():
        if hasattr(value, "lhs_spec"):
            found[key] = (tuple(value.lhs_spec), tuple(value.rhs_spec), tuple(value.out_spec))
        elif key in ("new_dtype", "rounding_method"):
            found[key] = str(value)
        elif value is None or isinstance(value, bool | int | float | str | tuple):
            found[key] = value
        elif hasattr(value, "__index__") and not getattr(value, "shape", ()):
            found[key] = int(value)
    return found


def _needed(calls: list[Call], output: Name) -> list[Call]:
    wanted, kept = {output.name}, []
    for call in reversed(calls):
        if wanted.isdisjoint(call.results):
            continue
        wanted.update(names_in(list(call.args)))
        kept.append(call)
    return kept[::-1]


def _without_broadcasts(
    calls: list[Call], shapes: dict[str, tuple[int, ...]], output: Name
) -> Iterator[Call]:
    """Yield the calls; a broadcast whose every use broadcasts by itself is its argument."""
    used: dict[str, list[Call]] = {}
    for call in calls:
        for name in names_in(list(call.args)):
            used.setdefault(name, []).append(call)
    instead: dict[str, Name] = {}
    for call in calls:
        here = call._replace(args=_renamed(call.args, instead))
        result = call.results[0]
        if (
            call.op != "broadcast_in_dim"
            or result == output.name
            or not isinstance(here.args[0], Name)
        ):
            yield here
            continue
        if not all(_spreads(use, result, shapes) for use in used.get(result, ())):
            yield here
            continue
        source, wanted = here.args[0], _thin(call, shapes)
        instead[result] = source
        shapes[result] = wanted
        if shapes[source.name] != wanted:
            instead[result] = Name(result)
            yield Call("reshape", (source,), {"new_sizes": wanted}, call.results, call.path)


def _thin(call: Call, shapes: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """Return the shape that ops broadcast to the result of a call: axes of length 1 inside."""
    dims = tuple(call.options["broadcast_dimensions"])
    full = shapes[call.results[0]]
    held = dict(zip(dims, shapes.get(_first(call), ()), strict=False))
    thin = [held.get(axis, 1) for axis in range(len(full))]
    return tuple(thin[dims[0] :]) if dims else ()


def _first(call: Call) -> str:
    return next(names_in(list(call.args)))


def _spreads(use: Call, name: str, shapes: dict[str, tuple[int, ...]]) -> bool:
    """Tell whether a use has its shape without the axes that a broadcast added."""
    import numpy as np

    if use.op not in ENTRY_BY_ENTRY:
        return False
    others = [shapes[one.name] if isinstance(one, Name) else getattr(one, "shape", ())
              for one in use.args if not (isinstance(one, Name) and one.name == name)]  # fmt: skip
    return bool(others) and np.broadcast_shapes(*others) == shapes[use.results[0]]


def _renamed(value: Any, instead: dict[str, Name]) -> Any:
    if isinstance(value, Name):
        return instead.get(value.name, value)
    return tuple(_renamed(one, instead) for one in value) if isinstance(value, tuple) else value
