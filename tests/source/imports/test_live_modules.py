"""Live modules of PyTorch: run by a Python that has torch; elsewhere what is said without it."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.errors import UsageError
from graphgrad.layers.doors.door import line_name
from graphgrad.source.imports.program import Call, Entering, Name, Program
from graphgrad.source.imports.torch_module import _not_exported
from graphgrad.source.imports.torch_words import torch_key
from graphgrad.source.imports.written_over import checked_writes

HAS_TORCH = importlib.util.find_spec("torch") is not None
sys.path.append(str(Path(__file__).parents[2] / "data" / "imports"))


@pytest.mark.skipif(HAS_TORCH, reason="torch is installed here")
def test_without_torch_it_says_how_to_get_it() -> None:
    with pytest.raises(UsageError, match="pip install torch"):
        gg.from_torch(object())


@pytest.mark.skipif(not HAS_TORCH, reason="torch is not installed here")
def test_modules_have_the_values_and_gradients_of_torch() -> None:
    import torch
    from modules import modules

    count = 0
    for name, made, example in modules():
        module = made.double()
        tensors = [x.double() if x.is_floating_point() else x for x in example]
        graph = gg.from_torch(module, *tensors)
        result = module(*tensors)
        seed = torch.ones_like(result)
        (result * seed).sum().backward()
        trace = gg.trace(graph, seed=seed.numpy() if seed.shape else 1.0)
        assert np.allclose(trace.values[graph.output], result.detach().numpy(), atol=1e-6), name
        for path, parameter in module.named_parameters():
            node = graph.find(line_name(path))
            assert node is not None, (name, path)
            got, wanted = trace.adjoints[node], parameter.grad
            assert wanted is not None
            assert np.allclose(got, wanted.numpy(), atol=1e-6), (name, path)
        count += 1
    assert count >= 30


def _program(*calls: Call) -> Program:
    return Program((Entering("x", (2,)),), {}, calls, calls[-1].results[0])


def _call(op: str, *names: str, to: str) -> Call:
    return Call(op, tuple(map(Name, names)), {}, (to,))


def test_what_is_written_over_is_what_the_name_means_then() -> None:
    relu = _call("aten.relu_.default", "x", to="r")
    found = checked_writes(_program(relu, _call("aten.exp.default", "x", to="y")))
    assert found.calls[1].args == (Name("r"),)


def test_a_write_that_a_view_shows_is_refused() -> None:
    view, write = _call("aten.view.default", "x", to="v"), _call("aten.relu_.default", "x", to="r")
    with pytest.raises(UsageError, match="writes over x"):
        checked_writes(_program(view, write, _call("aten.exp.default", "v", to="y")))


def test_a_write_into_a_part_says_what_to_write_instead() -> None:
    part, write = _call("aten.select.int", "x", to="p"), _call("aten.fill_.Tensor", "p", to="r")
    with pytest.raises(UsageError, match=r"writes over a part of x, as `y\[0\] = 0` does"):
        checked_writes(_program(part, write, _call("aten.exp.default", "x", to="y")))


def _run(x: float) -> float:
    if x < 0:
        raise ValueError("expected 3 channels")
    return x


@pytest.mark.parametrize(
    ("x", "raised", "told"),
    [
        (-1.0, "expected 3 channels", "cannot be called with this example: expected 3 channels. "),
        (1.0, "no rule for it\nlong dump", "though the module runs: no rule for it. Change"),
        (1.0, 'data-dependent expression u0\n  File "a.py", line 5, in forward\n    if x > 0:\n',
         r"value of a tensor \(`if x > 0:`\), as `if` and"),
    ],
)  # fmt: skip
def test_why_a_module_is_not_exported_is_told_by_kind(x: float, raised: str, told: str) -> None:
    error = _not_exported(_run, (x,), RuntimeError(raised))
    assert re.search(told, str(error))
    assert "dump" not in str(error)


@pytest.mark.parametrize(
    ("op", "key"),
    [("aten.linear.default", "linear"), ("aten.add_.Tensor", "add"), ("aten.bernoulli", "")],
)
def test_operations_are_found_by_their_names(op: str, key: str) -> None:
    assert torch_key(op) == key
