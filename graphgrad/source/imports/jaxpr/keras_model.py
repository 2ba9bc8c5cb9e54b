"""Read a live model of Keras, through JAX; keras is imported here and nowhere else.

In: a built model on Keras's JAX backend and an example. Out: the `Graph` of its inference.
"""

from __future__ import annotations

from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import quoted
from graphgrad.source.imports.jaxpr.function import from_jax

__all__ = ["from_keras"]


def from_keras(model: Any, *example: Any) -> Graph:
    """Return the graph of a model of Keras on an example, as at inference.

    Weights have the names of their layers (``dense.kernel``); statistics are constants.

    Args:
        model: a `keras.Model` that is built, with Keras on its JAX backend.
        example: what it is called with: arrays.

    Raises:
        UsageError: if keras is not there or has another backend, if this is no built model, or
            where it has operations without a row, which are all named.
    """
    keras = _keras()
    if not isinstance(model, keras.Model):
        raise UsageError("import.keras_kind", got=quoted(model)[:80])
    if keras.backend.backend() != "jax":
        raise UsageError("import.keras_backend", got=keras.backend.backend())
    if not example:
        raise UsageError("import.keras_example")
    model(*example)  # builds what is not built yet
    trained = model.trainable_variables
    fixed = [variable.value for variable in model.non_trainable_variables]
    names = [_name(variable.path, model.name) for variable in trained]
    inputs = {name: variable.value for name, variable in zip(names, trained, strict=True)}

    def inference(weights: dict[str, Any], *given: Any) -> Any:
        held = [weights[name] for name in names]
        return model.stateless_call(held, fixed, *given, training=False)[0]

    inference.__name__ = model.name
    return from_jax(inference, inputs, *example, names=("", *_words(len(example))))


def _keras() -> Any:
    try:
        import keras
    except ImportError:
        raise UsageError("import.missing_library", library="keras", what="from_keras") from None
    return keras


def _name(path: str, model: str) -> str:
    """Return a path with dots, without the model's own name in front.

    >>> _name("sequential/dense_1/kernel", "sequential")
    'dense_1.kernel'
    """
    return path.removeprefix(f"{model}/").replace("/", ".")


def _words(count: int) -> tuple[str, ...]:
    return ("x",) if count == 1 else tuple(f"x{at + 1}" for at in range(count))
