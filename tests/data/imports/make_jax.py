"""Record JAX functions as programs, with results and gradients: run with a Python that has jax.

PYTHONPATH=. /tmp/jax/bin/python tests/data/imports/make_jax.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

HERE = Path(__file__).parent
sys.path.append(str(HERE))
jax.config.update("jax_enable_x64", True)
from jax_functions import functions  # noqa: E402

from graphgrad.source.imports.jaxpr import function as jax_function  # noqa: E402
from graphgrad.source.imports.program import Name, Program  # noqa: E402


def packed(value: Any) -> Any:
    """Return a value of a program as JSON takes it: what is no list or number is a dictionary."""
    if isinstance(value, Name):
        return {"name": value.name}
    if hasattr(value, "dtype"):
        array = np.asarray(value)
        return {"array": array.tolist(), "kind": array.dtype.kind}
    if isinstance(value, tuple | list):
        return [packed(one) for one in value]
    return value


def gradients(function: Any, args: tuple[Any, ...]) -> list[Any]:
    """Return the gradient by every number that enters, in order, of the sum of the result."""
    leaves, tree = jax.tree_util.tree_flatten(args)
    floats = [at for at, one in enumerate(leaves) if np.asarray(one).dtype.kind == "f"]

    def total(numbers: list[Any]) -> Any:
        full = list(leaves)
        for at, number in zip(floats, numbers, strict=True):
            full[at] = number
        return jnp.sum(function(*jax.tree_util.tree_unflatten(tree, full)))

    return [np.asarray(one) for one in jax.grad(total)([jnp.asarray(leaves[at]) for at in floats])]


def main() -> None:
    """Write the programs and what JAX computes."""
    programs, results = {}, {}
    for name, function, args in functions():
        kept: list[Program] = []
        jax_function.built = lambda program, rules, kept=kept: kept.append(program)
        jax_function.from_jax(function, *args)
        one = kept[0]
        programs[name] = {
            "inputs": [[i.name, packed(np.asarray(i.value))] for i in one.inputs],
            "weights": {k: [w.path, packed(w.value), w.trained] for k, w in one.weights.items()},
            "calls": [[c.op, packed(c.args), {k: packed(v) for k, v in c.options.items()},
                       list(c.results), c.path] for c in one.calls],
            "output": one.output,
        }  # fmt: skip
        results[f"{name}|y"] = np.asarray(function(*args))
        for at, gradient in enumerate(gradients(function, args)):
            results[f"{name}|g{at}"] = gradient
    text = json.dumps(programs, separators=(",", ":"))
    (HERE / "jax_programs.json").write_text(text + "\n")
    np.savez_compressed(HERE / "jax_results.npz", **results)


if __name__ == "__main__":
    main()
