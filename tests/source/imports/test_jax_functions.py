"""Functions of JAX: their recorded programs here, the functions themselves where JAX is."""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.errors import UsageError
from graphgrad.source.imports.build import built
from graphgrad.source.imports.jaxpr.primitives import JAX_RULES
from graphgrad.source.imports.program import Call, Entering, Name, Program, Weight

HAS_JAX = importlib.util.find_spec("jax") is not None
DATA = Path(__file__).parents[2] / "data" / "imports"
PROGRAMS = json.loads((DATA / "jax_programs.json").read_text())
sys.path.append(str(DATA))


@cache
def _results() -> dict[str, Any]:
    with np.load(DATA / "jax_results.npz") as held:
        return {name: held[name] for name in held.files}


def _unpacked(value: Any) -> Any:
    """Return what `make_jax.py` has packed."""
    if isinstance(value, dict):
        if "name" in value:
            return Name(value["name"])
        return np.array(value["array"], dtype={"f": float, "b": bool}.get(value["kind"], int))
    return tuple(map(_unpacked, value)) if isinstance(value, list) else value


def _recorded(name: str) -> Program:
    told = PROGRAMS[name]
    inputs = []
    for word, packed in told["inputs"]:
        value = _unpacked(packed)
        inputs.append(Entering(word, value.shape, value if value.shape else float(value)))
    weights = {key: Weight(path, _unpacked(value), trained)
               for key, (path, value, trained) in told["weights"].items()}  # fmt: skip
    calls = [Call(op, _unpacked(args), {k: _unpacked(v) for k, v in options.items()},
                  tuple(results), path)
             for op, args, options, results, path in told["calls"]]  # fmt: skip
    return Program(tuple(inputs), weights, tuple(calls), told["output"])


def _agrees(graph: gg.Graph, name: str) -> None:
    told = _results()
    result = told[f"{name}|y"]
    trace = gg.trace(graph, seed=np.ones(result.shape) if result.shape else 1.0)
    assert np.allclose(trace.values[graph.output], result, rtol=0, atol=1e-9), name
    wanted = [told[key] for key in told if key.startswith(f"{name}|g")]
    roles = {"input", "param"}
    leaves = [line.root for line in graph.lines() if graph.columns.row(line.root).name in roles]
    found = [np.asarray(trace.adjoints[node]) for node in leaves]
    assert len(found) == len(wanted), name
    for gradient in wanted:  # inputs come before parameters here; JAX has the arguments' order
        assert any(np.shape(one) == gradient.shape and np.allclose(one, gradient, atol=1e-9)
                   for one in found), name  # fmt: skip


def test_there_are_fifteen_functions() -> None:
    assert len(PROGRAMS) >= 15


@pytest.mark.parametrize("name", PROGRAMS)
def test_recorded_programs_have_the_values_and_gradients_of_jax(name: str) -> None:
    _agrees(built(_recorded(name), JAX_RULES), name)


def test_parts_are_groups_and_steps_are_numbered() -> None:
    recurrent = built(_recorded("recurrent"), JAX_RULES)
    assert {"scan[0]", "scan[3]"} <= {group for group in recurrent.groups if group}
    mlp = built(_recorded("mlp"), JAX_RULES)
    assert {"layer", "layer_2"} <= set(mlp.groups)
    assert [name for name in mlp.line_names if name.startswith("params[1]")] == [
        "params[1].W",
        "params[1].b",
    ]
    assert "jax_relu" in built(_recorded("classifier"), JAX_RULES).line_names


def test_what_has_no_op_is_named() -> None:
    calls = (Call("erf_inv", (Name("x"),), {}, ("y",)), Call("lgamma", (Name("y"),), {}, ("z",)))
    program = Program((Entering("x", (2,)),), {}, calls, "z")
    with pytest.raises(UsageError, match=r"JAX operations.*erf_inv \(1\), lgamma \(1\)"):
        built(program, JAX_RULES)


@pytest.mark.skipif(HAS_JAX, reason="jax is installed here")
def test_without_jax_it_says_how_to_get_it() -> None:
    with pytest.raises(UsageError, match="pip install jax"):
        gg.from_jax(abs, 1.0)


@pytest.mark.skipif(not HAS_JAX, reason="jax is not installed here")
def test_functions_have_the_values_and_gradients_of_jax() -> None:
    import jax
    from jax_functions import functions

    jax.config.update("jax_enable_x64", True)
    count = 0
    for name, function, args in functions():
        _agrees(gg.from_jax(function, *args), name)
        count += 1
    assert count >= 15


@pytest.mark.skipif(not HAS_JAX, reason="jax is not installed here")
def test_mistakes_with_functions_are_told() -> None:
    import jax
    import jax.numpy as jnp

    def by_value(x: Any) -> Any:
        return jax.lax.while_loop(lambda v: v.sum() < 9, lambda v: v * 2, x)

    ones = jnp.ones(3)
    for call, told in (
        (lambda: gg.from_jax(3.0, ones), "expected a function of arrays"),
        (lambda: gg.from_jax(jnp.sin), "example of the arguments"),
        (lambda: gg.from_jax(by_value, ones), "while_loop` that ends by a computed value"),
        (lambda: gg.from_jax(lambda x: x if x.sum() > 0 else -x, ones), "JAX cannot trace"),
        (lambda: gg.from_jax(jnp.sin, ones, argnums=2), "counted from 0"),
        (lambda: gg.from_jax(jax.scipy.special.gammaln, ones), r"lgamma \(1\)"),
        (lambda: gg.from_jax(lambda x: 3.0, ones), "does not depend"),
    ):
        with pytest.raises(UsageError, match=told):
            call()


@pytest.mark.skipif(not HAS_JAX, reason="jax is not installed here")
def test_a_function_of_another_kind_with_a_known_name_is_read_as_it_is() -> None:
    import jax
    import jax.numpy as jnp

    @jax.jit
    def relu(x: Any) -> Any:
        return jnp.maximum(x, 0.5)

    graph = gg.from_jax(lambda x: relu(x).sum(), np.array([-1.0, 0.2, 3.0]))
    assert gg.trace(graph).values[graph.output] == 4.0
