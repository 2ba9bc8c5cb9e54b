"""Make the recorded files: run with a Python that has torch 2.13, onnx, onnxscript, safetensors.

/tmp/torch/bin/python tests/data/imports/make.py
"""

from __future__ import annotations

import copy
import json
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).parent
sys.path.append(str(HERE))
from modules import modules  # noqa: E402

NEW = {"mlp", "residual", "tied", "rnn_cell", "transformer"}  # by torch.export; others by tracing
ONNX = {path.stem for path in HERE.glob("*.onnx")}
PT2 = {path.stem for path in HERE.glob("*.pt2")}
STAMP = (2026, 1, 1, 0, 0, 0)


def packed(source: Path, path: Path) -> None:
    """Write an archive anew: small, with fixed dates, without traces and sample inputs."""
    with zipfile.ZipFile(source) as held, zipfile.ZipFile(path, "w") as out:
        for name in held.namelist():
            data = held.read(name)
            if name.endswith("models/model.json"):
                model = json.loads(data)
                for node in model["graph_module"]["graph"]["nodes"]:
                    node["metadata"].pop("stack_trace", None)
                data = json.dumps(model).encode()
            if "sample_inputs" not in name:
                out.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)


def main() -> None:
    """Write every file and the results of PyTorch."""
    warnings.simplefilter("ignore")
    results: dict[str, np.ndarray] = {}
    for name, made, example in modules():
        if name in ONNX:
            module = made if "train" in name else made.eval()
            told = {"dynamo": name in NEW} | ({"external_data": False} if name in NEW else {})
            torch.onnx.export(module, example, str(HERE / f"{name}.onnx"), **told)
            for at, tensor in enumerate(example):
                results[f"{name}.onnx|arr_{at}"] = tensor.numpy()
            results[f"{name}.onnx|y"] = module(*example).detach().numpy()
    for name, made, example in modules():
        if name not in PT2:
            continue
        module = made.double()
        tensors = [x.double() if x.is_floating_point() else x for x in example]
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / f"{name}.pt2"
            torch.export.save(torch.export.export(module, tuple(tensors)), source)
            packed(source, HERE / f"{name}.pt2")
        used = copy.deepcopy(module)
        result = used(*tensors)
        result.sum().backward()
        for at, tensor in enumerate(tensors):
            results[f"{name}.pt2|arr_{at}"] = tensor.numpy()
        results[f"{name}.pt2|y"] = result.detach().numpy()
        for path, parameter in used.named_parameters():
            results[f"{name}.pt2|g:{path}"] = parameter.grad.numpy()
    np.savez_compressed(HERE / "results.npz", **results)


def record_losses() -> None:
    """Write what PyTorch gives for the calls of `losses.json`: the sum, and its gradient by x."""
    path = HERE / "losses.json"
    held = json.loads(path.read_text("utf-8"))
    for case in held["cases"]:
        x = torch.tensor(held[case["x"]], dtype=torch.float64, requires_grad=True)
        args = [torch.tensor(one["tensor"]) if isinstance(one, dict) else one
                for one in case["args"]]  # fmt: skip
        if case["op"] == "embedding":  # the pass backward is known to autograd by this function
            y = torch.nn.functional.embedding(
                args[0], x, padding_idx=args[1] if args[1] >= 0 else None
            )
        else:
            args = [one.double() if getattr(one, "is_floating_point", bool)() else one
                    for one in args]  # fmt: skip
            y = getattr(torch.ops.aten, case["op"])(x, *args)
        (y * torch.arange(1.0, 1.0 + y.numel()).reshape(y.shape)).sum().backward()
        case |= {"y": y.detach().tolist(), "gradient": x.grad.tolist()}
    lists = [f'"{name}": {json.dumps(held[name])}' for name in ("z", "pixels")]
    cases = ",\n".join(map(json.dumps, held["cases"]))
    path.write_text("{" + ",\n".join(lists) + f',\n"cases": [\n{cases}\n]}}\n', "utf-8")


if __name__ == "__main__":
    main()
    record_losses()
