"""Run the five networks that are also written in PyTorch, on graphgrad's values.

    /path/with/torch/bin/python -m tests.samples.pytorch_modules

records what PyTorch finds in `tests/data/networks/pytorch/values.json`.
"""

from __future__ import annotations

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final

import numpy as np

import graphgrad as gg

__all__ = ["FOLDER", "INPUTS", "MATCHED", "VALUES", "from_graphgrad", "from_torch"]

FOLDER: Final = Path(__file__).parents[1] / "data" / "networks"
VALUES: Final = FOLDER / "pytorch" / "values.json"

MATCHED: Final = {
    "rnn": {
        "cell.W": "cell.weight_ih", "cell.U": "cell.weight_hh", "cell.b": "cell.bias_ih",
        "out.W": "out.weight", "out.b": "out.bias",
    },
    "lstm": {"cell.W": "cell.weight_ih", "cell.U": "cell.weight_hh", "cell.b": "cell.bias_ih"},
    "convolution": {
        "z.W": "conv.weight", "z.b": "conv.bias", "yhat.W": "out.weight", "yhat.b": "out.bias",
    },
    "batch_norm": {"y.gamma": "bn.weight", "y.beta": "bn.bias"},
    "attention": {"Q.W": "Q.weight", "K.W": "K.weight", "V.W": "V.weight"},
}  # fmt: skip
"""Our parameters and PyTorch's; a bias that PyTorch has beside these is 0."""

INPUTS: Final = {
    "rnn": ("x", "y"),
    "lstm": ("x", "h[0]", "c[0]"),
    "convolution": ("image", "y"),
    "batch_norm": ("x",),
    "attention": ("x",),
}


def from_graphgrad(name: str) -> dict[str, Any]:
    """Return the loss of a short file and its gradients, by PyTorch's names."""
    trace = gg.trace(gg.load(FOLDER / "short" / f"{name}.gg"))
    found = {"loss": float(trace.value("L"))}
    return found | {
        theirs: np.asarray(trace.adjoint(ours), float).tolist()
        for ours, theirs in MATCHED[name].items()
    }


def from_torch(name: str) -> dict[str, Any]:
    """Return the same of the PyTorch module, with graphgrad's initial values and inputs."""
    import torch

    path = FOLDER / "pytorch" / f"{name}.py"
    spec = spec_from_file_location(f"pytorch_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    trace = gg.trace(gg.load(FOLDER / "short" / f"{name}.gg"))

    def tensor(ours: str) -> Any:
        return torch.tensor(np.asarray(trace.value(ours), float))

    net = module.Net().double()
    parameters = dict(net.named_parameters())
    with torch.no_grad():
        for parameter in parameters.values():
            parameter.zero_()
        for ours, theirs in MATCHED[name].items():
            parameters[theirs].copy_(tensor(ours))
    inputs = [tensor(ours) for ours in INPUTS[name]]
    if name == "convolution":
        inputs[0] = inputs[0][None]
    if name == "rnn":
        inputs[1] = inputs[1].reshape(1)
    loss = net(*inputs)
    loss.backward()
    found = {"loss": loss.item()}
    return found | {t: parameters[t].grad.tolist() for t in MATCHED[name].values()}


if __name__ == "__main__":
    recorded = {name: from_torch(name) for name in MATCHED}
    VALUES.write_text(json.dumps(recorded, indent=1) + "\n", "utf-8")
