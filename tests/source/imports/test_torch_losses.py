"""PyTorch's losses and tables as models call them: value and gradient are PyTorch 2.13's.

`tests/data/imports/losses.json` holds the calls and what PyTorch gave; `make.py` records it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.source.imports.build import built
from graphgrad.source.imports.program import Call, Entering, Name, Program, Weight
from graphgrad.source.imports.torch_words import TORCH_RULES

_HELD = json.loads(
    (Path(__file__).parents[2] / "data" / "imports" / "losses.json").read_text("utf-8")
)
CASES = _HELD["cases"]


def _graph(case: dict[str, Any]) -> Graph:
    """Return the graph of a call whose first argument is trained; the second enters."""
    table = case["op"] == "embedding"
    target, *others = case["args"]
    value = np.array(target["tensor"])
    weights = {"x": Weight("x", np.array(_HELD[case["x"]]))}
    args: list[Any] = [Name("t"), Name("x")] if table else [Name("x"), Name("t")]
    for at, one in enumerate(others):
        if isinstance(one, dict):
            weights[f"w{at}"] = Weight(f"w{at}", np.array(one["tensor"]), False)
            args.append(Name(f"w{at}"))
        else:
            args.append(one)
    if table:
        args = [args[1], args[0], *args[2:]]
    entering = Entering("t", value.shape, value, whole=value.dtype.kind == "i")
    call = Call(f"aten.{case['op']}.default", tuple(args), {}, ("y",))
    return built(Program((entering,), weights, (call,), "y"), TORCH_RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['op']}{case['args'][1:]}")
def test_value_and_gradient_are_those_of_torch(case: dict[str, Any]) -> None:
    graph, wanted = _graph(case), np.array(case["y"])
    seed = np.arange(1.0, 1.0 + wanted.size).reshape(wanted.shape)
    trace = gg.trace(graph, seed=seed if seed.shape else 1.0)
    assert np.allclose(trace.values[graph.output], wanted, rtol=0, atol=1e-12)
    x = graph.find("x")
    assert x is not None
    assert np.allclose(trace.adjoints[x], case["gradient"], rtol=0, atol=1e-12)


def test_padding_has_no_gradient() -> None:
    gradients = {tuple(case["args"][1:]): np.array(case["gradient"]) for case in CASES
                 if case["op"] == "embedding"}  # fmt: skip
    assert not gradients[(0,)][0].any()
    assert gradients[(-1,)][0].any()


def test_weights_that_enter_are_refused_in_words() -> None:
    entering = (Entering("t", (4,), np.array([0, 1, 2, 1]), whole=True),
                Entering("w", (3,), np.ones(3)))  # fmt: skip
    weights = {"x": Weight("x", np.array(_HELD["z"]))}
    call = Call("aten.cross_entropy_loss.default", (Name("x"), Name("t"), Name("w")), {}, ("y",))
    with pytest.raises(UsageError, match="weight of the loss enters the model"):
        built(Program(entering, weights, (call,), "y"), TORCH_RULES)


def test_other_gradients_of_tables_are_refused_in_words() -> None:
    case = next(case for case in CASES if case["op"] == "embedding")
    with pytest.raises(UsageError, match="scale_grad_by_freq=True is PyTorch's"):
        _graph(case | {"args": [case["args"][0], -1, True]})
