"""Recognise functions of `jax.nn` and `jax.numpy.linalg` that a row computes.

A name alone proves nothing, for a reader may have a `relu` of another kind: the jaxpr must be that
of JAX's own function on the same shapes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["inner_of", "named_call"]

_PLAIN = ("relu", "silu", "softplus", "elu", "selu", "leaky_relu", "relu6",
          "log_sigmoid")  # fmt: skip
_ALONG = ("log_softmax", "softmax")
_MATRIX = ("inv", "det")
_INNER = ("jaxpr", "call_jaxpr", "fun_jaxpr")


def inner_of(params: Any) -> Any:
    """Return the jaxpr that an equation calls, None where it calls none."""
    return next((params[key] for key in _INNER if key in params), None)


def named_call(
    jax: Any, name: str, inner: Any, variables: Any
) -> tuple[str, dict[str, Any]] | None:
    """Return the op of the table and its options for an inner function, None if it is another.

    Args:
        jax: the library.
        name: of the inner function.
        inner: its jaxpr.
        variables: what it is applied to.
    """
    if len(variables) != 1 or not hasattr(variables[0], "aval"):
        return None
    like = jax.ShapeDtypeStruct(variables[0].aval.shape, variables[0].aval.dtype)
    for function, options in _candidates(jax, name, len(like.shape)):
        try:
            traced = jax.make_jaxpr(function)(like)
        except (TypeError, ValueError):
            continue
        if any(str(found) == str(inner) for found in _inner_ones(traced, name)):
            return f"jax.{name}", options
    return None


def _candidates(jax: Any, name: str, rank: int) -> Iterator[tuple[Any, dict[str, Any]]]:
    if name in _PLAIN:
        yield getattr(jax.nn, name), {}
    elif name in _ALONG:
        for axis in range(rank):
            yield (lambda x, axis=axis: getattr(jax.nn, name)(x, axis=axis)), {"axis": axis}
    elif name in _MATRIX and rank == 2:
        yield getattr(jax.numpy.linalg, name), {}


def _inner_ones(traced: Any, name: str) -> Iterator[Any]:
    """Yield the jaxprs of functions of a name in another, however deep."""
    jaxpr = traced.jaxpr if hasattr(traced, "jaxpr") else traced
    for equation in jaxpr.eqns:
        inner = inner_of(equation.params)
        if inner is not None:
            if equation.params.get("name") == name:
                yield inner
            yield from _inner_ones(inner, name)
