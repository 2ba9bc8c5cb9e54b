"""Read the bytes of a safetensors file: a length, a JSON header, raw numbers.

Source: Hugging Face, safetensors, README, section Format.
"""

from __future__ import annotations

import json
from typing import Any

from graphgrad.errors import GraphgradError
from graphgrad.source.imports.raw_tensors import array_of

__all__ = ["safetensors"]

_LARGEST_HEADER = 100_000_000
_KINDS = {
    "F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16", "I64": "int64",
    "I32": "int32", "I16": "int16", "I8": "int8", "U8": "uint8", "U16": "uint16", "U32": "uint32",
    "U64": "uint64", "BOOL": "bool",
}  # fmt: skip


class SafetensorsError(GraphgradError):
    """Bytes are no safetensors file."""


def safetensors(data: bytes) -> dict[str, Any]:
    """Return the arrays by name.

    Raises:
        SafetensorsError: if the header is none, or tensors overlap or leave bytes unnamed;
            TensorError if a tensor is not as it says.
    """
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > min(_LARGEST_HEADER, len(data) - 8):
        raise SafetensorsError("import.why.cut", at=8)
    try:
        header = json.loads(data[8 : 8 + length])
    except (ValueError, RecursionError):
        header = None
    if not isinstance(header, dict):
        raise SafetensorsError("import.why.json", name="header")
    body, found, spans = data[8 + length :], {}, []
    for name, told in header.items():
        if name == "__metadata__":
            continue
        kind, shape, (start, stop) = _told(name, told)
        spans.append((start, stop))
        if not 0 <= start <= stop <= len(body):
            raise SafetensorsError("import.why.cut", at=start)
        found[name] = array_of(body[start:stop], kind, shape, name)
    ends = [0, *(stop for _, stop in sorted(spans))]
    if [start for start, _ in sorted(spans)] != ends[:-1] or ends[-1] != len(body):
        raise SafetensorsError("import.why.size", name="data", got=len(body), expected=ends[-1])
    return found


def _told(name: str, told: Any) -> tuple[str, tuple[int, ...], tuple[int, int]]:
    """Return kind, shape and place of a tensor, as the header states them."""
    try:
        kind, shape = _KINDS.get(told["dtype"], str(told["dtype"])), told["shape"]
        start, stop = told["data_offsets"]
    except (TypeError, KeyError, ValueError):
        raise SafetensorsError("import.why.field", name=name[:80]) from None
    whole = [start, stop, *shape] if isinstance(shape, list) else [None]
    if any(type(number) is not int for number in whole):
        raise SafetensorsError("import.why.field", name=name[:80])
    return kind, tuple(shape), (start, stop)
