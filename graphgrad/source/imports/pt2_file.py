"""Read the bytes of a `.pt2` that `torch.export.save` has written: zip, JSON and raw weights.

PyTorch is not asked: its own loader unpickles what a file marks as a pickle. Sample inputs, which
are pickles, are not read; a weight or a constant that is one is refused by name.
Source: torch/export/pt2_archive/constants.py and torch/_export/serde/schema.py of PyTorch 2.13.
"""

from __future__ import annotations

import math
from typing import Any

from graphgrad.source.imports.archive import Archive, ArchiveError
from graphgrad.source.imports.program import Call, Entering, Name, Program, Weight
from graphgrad.source.imports.raw_tensors import array_of
from graphgrad.source.imports.torch_words import is_whole

__all__ = ["pt2_program"]

_KINDS = {
    1: "uint8", 2: "int8", 3: "int16", 4: "int32", 5: "int64", 6: "float16", 7: "float32",
    8: "float64", 12: "bool", 13: "bfloat16", 28: "uint16",
}  # fmt: skip
_PLAIN = ("as_int", "as_float", "as_bool", "as_string", "as_ints", "as_floats", "as_bools",
          "as_strings")  # fmt: skip
_SKIPPED = ("as_scalar_type", "as_memory_format", "as_layout", "as_device")


def pt2_program(data: bytes) -> Program:
    """Return the program.

    Raises:
        ArchiveError: if it is no such archive, or holds a pickle where a weight is expected;
            TensorError if a weight is not as it says.
    """
    archive = Archive(data)
    model = archive.json("models/model.json")
    try:
        return _program(archive, model["graph_module"])
    except (KeyError, TypeError, IndexError, AttributeError, ValueError, StopIteration) as error:
        raise ArchiveError("import.why.field", name=str(error)[:80]) from None


def _program(archive: Archive, module: dict[str, Any]) -> Program:
    graph, signature = module["graph"], module["signature"]
    held = _held(archive, "weights") | _held(archive, "constants")
    inputs, weights = [], {}
    for spec in signature["input_specs"]:
        kind, told = next(iter(spec.items()))
        arg = told["arg"]
        name = arg.get("name") or arg.get("as_tensor", {}).get("name", "")
        if kind == "user_input":
            stated = graph["tensor_values"][name]
            whole = "float" not in _KINDS.get(stated["dtype"], "float")
            inputs.append(Entering(name, _lengths(stated["sizes"]), None, whole))
            continue
        path = next((told[key] for key in _TARGETS if key in told), "")
        if path not in held:
            raise ArchiveError("import.why.kept", name=path or name, kind=kind)
        first, array, trained = held[path]
        weights[name] = Weight(first, array, trained and kind == "parameter")
    output = next(
        spec["user_output"]["arg"]["as_tensor"]["name"]
        for spec in signature["output_specs"] if "user_output" in spec
    )  # fmt: skip
    calls = tuple([_call(node) for node in graph["nodes"]])  # StopIteration passes through a list
    return Program(tuple(inputs), weights, calls, output)


_TARGETS = ("parameter_name", "buffer_name", "tensor_constant_name")


def _held(archive: Archive, folder: str) -> dict[str, tuple[str, Any, bool]]:
    """Return what a folder holds by path: the first path of the same entry, array, trained."""
    name = f"data/{folder}/model_{folder}_config.json"
    config = archive.json(name)["config"] if name in archive.entries else {}
    found: dict[str, tuple[str, Any, bool]] = {}
    first: dict[str, str] = {}
    for path, told in config.items():
        entry = f"data/{folder}/{told['path_name']}"
        if told.get("use_pickle") is not False:
            raise ArchiveError("import.pickle", path="", inside=entry)
        meta = told["tensor_meta"]
        shape = _lengths(meta["sizes"])
        strides = _lengths(meta["strides"])
        start = meta["storage_offset"]["as_int"]
        kind = _KINDS.get(meta["dtype"], str(meta["dtype"]))
        array = _placed(archive.read(entry), kind, shape, strides, start, path)
        key = f"{entry} {start} {shape} {strides}"
        found[path] = (first.setdefault(key, path), array, bool(meta["requires_grad"]))
    return found


def _placed(
    data: bytes, kind: str, shape: tuple[int, ...], strides: tuple[int, ...], start: int, path: str
) -> Any:
    """Return the entries of a tensor: the stored numbers, picked by strides inside the bytes."""
    import numpy as np

    width = {"bfloat16": 2, "bool": 1}.get(kind) or np.dtype(
        kind if kind.isalnum() else "i1"
    ).itemsize
    count = len(data) // width
    flat = array_of(data[: count * width], kind, (count,), path)
    reach = [(n - 1) * step for n, step in zip(shape, strides, strict=True)]
    bad = start < 0 or any(n < 0 for n in (*shape, *strides)) or len(shape) > 32
    if bad or (0 not in shape and start + sum(reach) >= count):
        expected = "?" if bad else (start + sum(reach) + 1) * width
        raise ArchiveError("import.why.size", name=path, got=len(data), expected=expected)
    if math.prod(shape) > count:
        raise ArchiveError("import.why.size", name=path, got=count, expected=math.prod(shape))
    at = np.full(shape, start)
    for axis, step in enumerate(strides):
        line = np.arange(shape[axis]) * step
        at += line.reshape([-1 if one == axis else 1 for one in range(len(shape))])
    return flat[at]


def _lengths(told: list[dict[str, int]]) -> tuple[int, ...]:
    """Return lengths; one that a symbol stands for is taken as 1."""
    found = tuple(one.get("as_int", 1) for one in told)
    if any(type(number) is not int for number in found):
        raise ArchiveError("import.why.field", name="sizes")
    return found


def _call(node: dict[str, Any]) -> Call:
    """Return a node: arguments by the names of PyTorch's schemas."""
    options = {}
    for told in node["inputs"]:
        kind, value = next(iter(told["arg"].items()))
        if kind not in _SKIPPED and told["name"] not in ("device", "layout", "pin_memory"):
            options[told["name"]] = _read(kind, value)
    results = [name for told in node["outputs"] for name in _named(told)]
    path, kind = _part(node.get("metadata", {}).get("nn_module_stack", ""))
    op = str(node["target"])
    return Call(op, (), options, tuple(results) or ("none",), path, is_whole(op, kind))


def _read(kind: str, value: Any) -> Any:
    """Return an argument: a value of the program, numbers, or a list of either."""
    if kind == "as_none":
        return None
    if kind in ("as_tensor", "as_sym_int", "as_sym_float"):
        return Name(value["name"]) if "name" in value else value["as_name"]
    if kind == "as_tensors":
        return [Name(one["name"]) for one in value]
    if kind == "as_optional_tensor":
        return _read(*next(iter(value.items())))
    if kind == "as_optional_tensors":
        return [_read(*next(iter(one.items()))) for one in value]
    if kind == "as_sym_ints":
        return [one["as_int"] for one in value]
    if kind in _PLAIN:
        return value
    raise ArchiveError("import.why.kept", name=str(value)[:60], kind=kind)


def _named(told: dict[str, Any]) -> list[str]:
    kind, value = next(iter(told.items()))
    if kind == "as_tensors":
        return [one["name"] for one in value]
    return [value["name"]] if kind == "as_tensor" else ["none"]


def _part(stack: str) -> tuple[str, str]:
    """Return path and class of the innermost module of a stack that is written in one line.

    >>> _part("L__self__,,__main__.N;L__self__fc,fc,torch.nn.modules.linear.Linear")
    ('fc', 'torch.nn.modules.linear.Linear')
    """
    parts = stack.rpartition(";")[2].split(",")
    return (parts[1], parts[2]) if len(parts) == 3 else ("", "")
