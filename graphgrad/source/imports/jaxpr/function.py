"""Read a function of JAX, by the jaxpr that JAX traces; jax is imported here and nowhere else.

In: a function and an example of its arguments. Out: the `Graph`.
What is known before the graph is (whole numbers, masks, lengths) is computed by JAX itself.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.layers.doors.door import line_name
from graphgrad.messages.catalogue import quoted
from graphgrad.source.imports.build import built
from graphgrad.source.imports.jaxpr.equations import Reading
from graphgrad.source.imports.jaxpr.primitives import JAX_RULES
from graphgrad.source.imports.program import Entering, Name, Program, Weight

__all__ = ["from_jax"]


def from_jax(
    function: Callable[..., Any],
    *example: Any,
    argnums: int | Sequence[int] | None = None,
    names: Sequence[str] = (),
) -> Graph:
    """Return the graph of a function of JAX on an example: its values and gradients.

    What is in a dictionary, list or tuple becomes a parameter with its path as the name
    (``params.W``, ``layers[0].b``), every other number or array an input. Whole numbers and
    truth values are known: a class, a place in a table. Functions under `jax.jit` are groups;
    `lax.scan` is unrolled.

    Args:
        function: of arrays, or of containers of them, as for `jax.grad`.
        example: its arguments.
        argnums: which arguments hold parameters, as in `jax.grad`; those that are containers where
            it is not given.
        names: of the arguments, empty for one whose parameters have no word before them; those
            of the function where it is not given.

    Raises:
        UsageError: if jax is not there, the function cannot be traced, or it has operations
            without a row, which are all named.
    """
    jax = _jax()
    if not callable(function):
        raise UsageError("import.jax_kind", got=quoted(function)[:80])
    if not example:
        raise UsageError("import.jax_example")
    leaves, tree = jax.tree_util.tree_flatten_with_path(tuple(example))
    traced = [at for at, (_, value) in enumerate(leaves) if _is_float(value)]
    jaxpr = _traced(jax, function, [value for _, value in leaves], traced, tree)
    words = list(names) or _argument_names(function, len(example))
    entering = _Entering(words, _trained(example, argnums))
    given = [entering.named(*leaves[at]) for at in traced]
    reading = Reading(jax)
    shapes = [tuple(variable.aval.shape) for variable in jaxpr.jaxpr.invars]
    reading.shapes.update(zip((one.name for one in given), shapes, strict=True))
    output = next(iter(reading.read(jaxpr, given)), None)
    if not isinstance(output, Name):
        raise UsageError("import.constant_output", framework="JAX")
    weights, calls = entering.weights | reading.constants, reading.closed(output)
    title = getattr(function, "__name__", "").strip("<>")
    return built(Program(tuple(entering.inputs), weights, calls, output.name, title), JAX_RULES)


def _traced(jax: Any, function: Any, values: list[Any], traced: list[int], tree: Any) -> Any:
    """Return the jaxpr of a function by the numbers at some places of its arguments."""

    def of_numbers(*numbers: Any) -> Any:
        full = list(values)
        for at, number in zip(traced, numbers, strict=True):
            full[at] = number
        return function(*jax.tree_util.tree_unflatten(tree, full))

    try:
        return jax.make_jaxpr(of_numbers)(*(values[at] for at in traced))
    except Exception as error:  # noqa: BLE001  # whatever a function of the user raises
        why = str(error).strip().partition("\n")[0] or type(error).__name__
        raise UsageError("import.jax_trace", why=why[:300]) from None


class _Entering:
    """What a function is applied to: its inputs and parameters, by name."""

    def __init__(self, words: list[str], trained: set[int]) -> None:
        self.words, self.trained = words, trained
        self.inputs: list[Entering] = []
        self.weights: dict[str, Weight] = {}

    def named(self, path: Any, value: Any) -> Name:
        """Take in a number at a path of the arguments; return its name."""
        position, inner = path[0].idx, [_key(key) for key in path[1:]]
        word = self.words[position]
        name = ".".join([word, *inner] if word else inner)
        number = _number(value)
        if position in self.trained:
            self.weights[name] = Weight(name, number)
        else:
            name = name.replace(".", "_")
            kept = number if number.shape else float(number)
            self.inputs.append(Entering(name, number.shape, kept))
        return Name(name)


def _jax() -> Any:
    try:
        import jax
    except ImportError:
        raise UsageError("import.missing_library", library="jax", what="from_jax") from None
    return jax


def _is_float(value: Any) -> bool:
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    return isinstance(value, float) or kind == "f" or "bfloat" in str(getattr(value, "dtype", ""))


def _number(value: Any) -> Any:
    """Return a value as an array of float64, exactly."""
    import numpy as np

    return np.asarray(value).astype(float)


def _trained(example: tuple[Any, ...], argnums: int | Sequence[int] | None) -> set[int]:
    """Return the positions of the arguments that hold parameters."""
    if argnums is None:
        plain = (list, tuple, dict)
        return {at for at, one in enumerate(example) if isinstance(one, plain)}
    numbers = [argnums] if isinstance(argnums, int) else list(argnums)
    for number in numbers:
        if not isinstance(number, int) or not -len(example) <= number < len(example):
            raise UsageError("import.jax_argnums", got=quoted(argnums), count=len(example))
    return {number % len(example) for number in numbers}


def _argument_names(function: Callable[..., Any], count: int) -> list[str]:
    """Return the names of the arguments as the function has them."""
    try:
        known = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        known = []
    single = [one.name for one in known if one.kind is not one.VAR_POSITIONAL]
    return [single[at] if at < len(single) else f"x{at + 1}" for at in range(count)]


def _key(key: Any) -> str:
    """Return a step of a path in containers: a key, a position or the name of a field."""
    for attribute in ("key", "idx", "name"):
        if hasattr(key, attribute):
            return str(getattr(key, attribute))
    return line_name(str(key))
