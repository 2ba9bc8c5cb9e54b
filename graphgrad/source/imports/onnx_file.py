"""Read the bytes of an ONNX file into a program.

Source: onnx.proto of ONNX 1.x, messages ModelProto, GraphProto, NodeProto, TensorProto.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

from graphgrad.source.imports.program import Call, Entering, Name, Program, Weight
from graphgrad.source.imports.raw_tensors import TensorError, array_of
from graphgrad.source.imports.wire import Fields, WireError, fields, floats, numbers, text_of

__all__ = ["onnx_program"]

_KINDS = {
    1: "float32", 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 6: "int32", 7: "int64",
    9: "bool", 10: "float16", 11: "float64", 12: "uint32", 13: "uint64", 16: "bfloat16",
}  # fmt: skip
_EXTERNAL = 1


def onnx_program(data: bytes) -> Program:
    """Return the program of a model.

    Raises:
        WireError, TensorError: if the bytes are no model, or a weight is not as it says.
    """
    model = fields(data)
    graph = fields(_message(model, 7, "graph"))
    weights = {}
    for raw in graph.get(5, []):
        name, value = _tensor(fields(raw))
        weights[name] = Weight(re.sub(r"[^\w.]+", "_", name), value, value.dtype.kind == "f")
    entering = [_entering(fields(raw)) for raw in graph.get(11, [])]
    inputs = [one for one in entering if one.name not in weights]
    outputs = [text_of(fields(raw).get(1)) for raw in graph.get(12, [])]
    if not inputs or not outputs:
        raise WireError("import.why.no_input")
    calls = _in_parts([_call(fields(raw), weights) for raw in graph.get(1, [])])
    title = text_of(graph.get(2))
    return Program(tuple(inputs), weights, calls, outputs[0], title)


def _message(of: Fields, number: int, name: str) -> bytes:
    found = of.get(number, [None])[-1]
    if not isinstance(found, bytes):
        raise WireError("import.why.field", name=name)
    return found


def _entering(info: Fields) -> Entering:
    """Return an input, as the file states it."""
    tensor = fields(_message(fields(_message(info, 2, "type")), 1, "tensor_type"))
    lengths = []
    for raw in fields(_message(tensor, 2, "shape")).get(1, []) if 2 in tensor else []:
        fixed = numbers(fields(raw).get(1, []))
        lengths.append(fixed[-1] if fixed and fixed[-1] > 0 else None)
    kind = _KINDS.get(numbers(tensor.get(1, [1]))[-1], "float32")
    shape = tuple(length or 1 for length in lengths)
    return Entering(text_of(info.get(1)), shape, None, "float" not in kind, None in lengths)


def _tensor(tensor: Fields) -> tuple[str, Any]:
    """Return name and array of a tensor: raw bytes, or one of the lists of numbers."""
    import numpy as np

    name = text_of(tensor.get(8))
    shape = tuple(numbers(tensor.get(1, [])))
    kind = _KINDS.get(numbers(tensor.get(2, [0]))[-1], str(tensor.get(2)))
    if tensor.get(14, [0])[-1] == _EXTERNAL or 13 in tensor:
        raise TensorError("import.why.outside", name=name)
    if 9 in tensor:
        return name, array_of(tensor[9][-1], kind, shape, name)
    if 4 in tensor:
        listed: Any = np.array(floats(tensor[4]), dtype=np.float32)
    elif 10 in tensor:
        listed = np.frombuffer(b"".join(tensor[10]), dtype="<f8")
    else:
        listed = np.array(numbers(tensor.get(5, tensor.get(7, tensor.get(11, [])))))
    width = {"float16": "<u2", "bfloat16": "<u2"}.get(kind, kind)
    return name, array_of(listed.astype(width).tobytes(), kind, shape, name)


def _call(node: Fields, weights: dict[str, Weight]) -> Call:
    """Return a node: its inputs in order, attributes by name, the weights' path as its own."""
    names = [value.decode("utf-8", errors="replace") for value in node.get(1, [])]
    results = tuple(value.decode("utf-8", errors="replace") for value in node.get(2, []))
    options = dict(_attribute(fields(raw)) for raw in node.get(5, []))
    options["results"] = len(results)
    args = tuple(Name(name) if name else None for name in names)
    op, domain = text_of(node.get(4)), text_of(node.get(7))
    paths = [name.rpartition(".")[0] for name in names if name in weights and "." in name]
    path = paths[0] if paths and op in _LAYERS else ""
    return Call(f"{domain}.{op}" if domain not in ("", "ai.onnx") else op, args, options,
                results, path, bool(path) and op in _LAYERS)  # fmt: skip


def _in_parts(calls: list[Call]) -> tuple[Call, ...]:
    """Return calls with a path for those without weights: the part that holds both neighbours."""
    found, before = [], ""
    after, ahead = "", []
    for call in reversed(calls):
        after = _around(call) or after
        ahead.append(after)
    for call, behind in zip(calls, reversed(ahead), strict=True):
        before = _around(call) or before
        both = zip(before.split("."), behind.split("."), strict=False)
        shared = [one for one, _ in takewhile(lambda pair: pair[0] == pair[1], both)]
        found.append(call if call.path else call._replace(path=".".join(shared)))
    return tuple(found)


def _around(call: Call) -> str:
    """Return the part around a layer, or that of another call."""
    return call.path.rpartition(".")[0] if call.whole else call.path


_LAYERS = {"Gemm", "Conv", "ConvTranspose", "BatchNormalization", "LayerNormalization", "PRelu",
           "LSTM", "GRU", "RNN", "InstanceNormalization", "GroupNormalization"}  # fmt: skip


def _attribute(attribute: Fields) -> tuple[str, Any]:
    """Return name and value of an attribute, by its stated type."""
    name, kind = text_of(attribute.get(1)), numbers(attribute.get(20, [0]))[-1]
    if kind == 1:
        return name, floats(attribute.get(2, [b"\0\0\0\0"]))[-1]
    if kind == 2:
        return name, numbers(attribute.get(3, [0]))[-1]
    if kind == 3:
        return name, text_of(attribute.get(4))
    if kind == 4:
        return name, _tensor(fields(_message(attribute, 5, name)))[1]
    if kind == 6:
        return name, floats(attribute.get(7, []))
    if kind == 7:
        return name, numbers(attribute.get(8, []))
    if kind == 8:
        return name, [value.decode("utf-8", errors="replace") for value in attribute.get(9, [])]
    raise WireError("import.why.field", name=name)
