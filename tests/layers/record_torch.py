"""Run every configuration in PyTorch and write outputs and gradients to ``tests/data``.

Needs PyTorch and NumPy, not graphgrad: ``/tmp/torch/bin/python tests/layers/record_torch.py`` from
the folder of the clone.
"""

from __future__ import annotations

import inspect
import json
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.layers.torch_cases import Case, cases, values_of

__all__ = ["RECORDED", "computed", "input_digest", "recorded", "recorded_signatures", "weights_of"]

RECORDED = Path(__file__).parents[1] / "data" / "torch_layers.npz"


def weights_of(case: str, place: int, shape: tuple[int, ...]) -> Any:
    """Return by what the entries of an output are weighted before they are summed up."""
    random = np.random.RandomState(zlib.crc32(f"{case}:{place}".encode()))
    return random.uniform(0.5, 1.5, shape)


def input_digest(case: Case) -> int:
    """Return a number that changes when the inputs of a case do."""
    parts = [np.ascontiguousarray(x, dtype=float).tobytes() for x in case.inputs if x is not None]
    return zlib.crc32(b"".join(parts) + repr(case.settings).encode())


def computed(name: str, case: Case) -> dict[str, Any]:
    """Return outputs and gradients of one case by PyTorch: ``out0``, ``x0``, ``W``..."""
    import torch

    inputs = [_tensor(case, place, value) for place, value in enumerate(case.inputs)]
    function, leaves = _function(name, case)
    outputs = _outputs(case, function, inputs)
    total = sum(
        (out * torch.from_numpy(np.asarray(weights_of(name, place, tuple(out.shape))))).sum()
        for place, out in enumerate(outputs)
    )
    total.backward()
    found = {f"out{place}": out.detach().numpy() for place, out in enumerate(outputs)}
    for place, value in enumerate(inputs):
        if value is not None and value.requires_grad:
            found[f"x{place}"] = _gradient(value)
    for own, theirs in case.parameters.items():
        leaf, rows = theirs if isinstance(theirs, tuple) else (theirs, None)
        if leaves[leaf].requires_grad:
            gradient = _gradient(leaves[leaf])
            found[own] = gradient if rows is None else gradient[rows[0] : rows[1]]
    return found


def _gradient(leaf: Any) -> Any:
    return np.zeros(tuple(leaf.shape)) if leaf.grad is None else leaf.grad.numpy()


def _tensor(case: Case, place: int, value: Any) -> Any:
    import torch

    if case.given.get(place, value) is None:
        return None
    if place in case.given:
        return torch.from_numpy(np.asarray(case.given[place]))
    if case.torch == "Embedding":
        return torch.from_numpy(value.astype(np.int64))
    return torch.from_numpy(np.array(value, dtype=float)).requires_grad_()


def _function(name: str, case: Case) -> tuple[Any, dict[str, Any]]:
    """Return what computes, with its leaves set to the values of the case."""
    import torch

    torch.set_default_dtype(torch.float64)
    if case.torch.startswith("F."):
        plain = getattr(torch.nn.functional, case.torch[2:])
        return lambda *inputs: plain(*inputs, **case.keywords), {}
    if case.torch.startswith("Sequential:"):
        entering, first, second = case.arguments
        act = {"relu": "ReLU", "tanh": "Tanh", "sigmoid": "Sigmoid"}[case.torch.split(":")[1]]
        nn = torch.nn
        module: Any = nn.Sequential(
            nn.Linear(entering, first), getattr(nn, act)(), nn.Linear(first, second)
        )
    else:
        given = {
            word: torch.from_numpy(value) if isinstance(value, np.ndarray) else value
            for word, value in case.keywords.items()
        }
        module = getattr(torch.nn, case.torch)(*case.arguments, **given)
    module.train(case.training)
    leaves = dict(module.named_parameters()) | dict(module.named_buffers())
    with torch.no_grad():
        for own, theirs in case.parameters.items():
            leaf, rows = theirs if isinstance(theirs, tuple) else (theirs, None)
            whole = leaves[leaf] if rows is None else leaves[leaf][rows[0] : rows[1]]
            value = values_of(name, own, tuple(whole.shape))
            whole.copy_(torch.from_numpy(np.abs(value) + 0.5 if own == "var" else value))
    return module, leaves


def _outputs(case: Case, function: Any, inputs: list[Any]) -> list[Any]:
    if case.outputs == "one":
        return [function(*inputs)]
    if case.outputs == "first":
        return [function(*inputs[:3], attn_mask=inputs[3] if len(inputs) > 3 else None)[0]]
    if case.outputs == "masks":
        return [function(*inputs[:3], attn_mask=inputs[3], key_padding_mask=inputs[4])[0]]
    if case.outputs == "added":
        return [function(*inputs[:3], inputs[4])]
    x, *states = inputs
    if case.outputs == "cell":
        state = None if states[0] is None else tuple(states)
        found = function(x, state[0] if state and len(state) == 1 else state)
        return list(found) if isinstance(found, tuple) else [found]
    if case.outputs == "stacked":
        output, last = function(x, states[0] if len(states) == 1 else tuple(states))
        return [output, *(last if isinstance(last, tuple) else (last,))]
    layered = [state.unsqueeze(0) for state in states]
    output, last = function(x, layered[0] if len(layered) == 1 else tuple(layered))
    ends = last if isinstance(last, tuple) else (last,)
    return [output, *(end.squeeze(0) for end in ends)]


def signatures() -> dict[str, list[list[str]]]:
    """Return the arguments of PyTorch's classes, each with its default as written."""
    import torch

    names = {case.torch for _, case in cases() if not case.torch.startswith(("F.", "Seq"))}
    return {name: _arguments(getattr(torch.nn, name)) for name in sorted(names | {"Dropout"})}


def _arguments(kind: Any) -> list[list[str]]:
    """Return names and defaults; what only goes through to `torch.nn.RNNBase` is told there."""
    found = list(inspect.signature(kind.__init__).parameters.values())[1:]
    if any(p.kind is p.VAR_POSITIONAL for p in found) and kind.__name__ in ("RNN", "LSTM", "GRU"):
        found = list(inspect.signature(kind.__mro__[1].__init__).parameters.values())[2:]
    named = [p for p in found if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    return [[p.name, "" if p.default is p.empty else repr(p.default)] for p in named]


def recorded_signatures() -> dict[str, list[list[str]]]:
    """Return what `signatures` returned when the file was written."""
    with np.load(RECORDED) as file:
        found: dict[str, list[list[str]]] = json.loads(bytes(file["index"]))["signatures"]
    return found


def recorded() -> tuple[str, dict[str, dict[str, Any]]]:
    """Return PyTorch's version and what was written: per case its arrays by key."""
    with np.load(RECORDED) as file:
        index, numbers = json.loads(bytes(file["index"])), file["numbers"]
    found: dict[str, dict[str, Any]] = {}
    start = 0
    for name, arrays in index["cases"].items():
        found[name] = {}
        for key, shape in arrays.items():
            end = start + int(np.prod(shape))
            found[name][key] = numbers[start:end].reshape(shape)
            start = end
    return index["torch"], found


def main() -> None:
    """Write the file: all numbers in one row, and which are whose."""
    import torch

    index: dict[str, dict[str, list[int]]] = {}
    numbers = []
    for name, case in cases():
        arrays = computed(name, case) | {"digest": np.array(float(input_digest(case)))}
        index[name] = {key: list(value.shape) for key, value in arrays.items()}
        numbers += [np.ravel(value) for value in arrays.values()]
    heads = {"torch": torch.__version__, "signatures": signatures(), "cases": index}
    told = json.dumps(heads, separators=(",", ":"))
    whole = np.concatenate(numbers)
    np.savez_compressed(RECORDED, numbers=whole, index=np.frombuffer(told.encode(), dtype=np.uint8))
    size = RECORDED.stat().st_size
    sys.stdout.write(f"{len(index)} cases, {len(whole)} numbers, {size} bytes\n")


if __name__ == "__main__":
    main()
