"""Turn raw bytes into arrays: lengths and kinds of numbers are checked before anything is made."""

from __future__ import annotations

from math import prod
from typing import Any

from graphgrad.errors import GraphgradError

__all__ = ["TensorError", "array_of"]


class TensorError(GraphgradError):
    """A tensor is not what its file says."""


_KINDS = {
    "float32": "<f4", "float64": "<f8", "float16": "<f2", "int64": "<i8", "int32": "<i4",
    "int16": "<i2", "int8": "<i1", "uint8": "<u1", "uint16": "<u2", "uint32": "<u4",
    "uint64": "<u8", "bool": "?", "bfloat16": "<u2",
}  # fmt: skip
_LARGEST = 2**26


def array_of(data: bytes, kind: str, shape: tuple[int, ...], name: str) -> Any:
    """Return an array; floats of any width exactly as float64.

    Args:
        data: its entries, row by row.
        kind: of its numbers, as NumPy calls it, or ``bfloat16``.
        shape: its lengths.
        name: of the tensor, for messages.

    Raises:
        TensorError: if the kind is not known, or the bytes are not as many as the shape says.
    """
    import numpy as np

    if kind not in _KINDS:
        raise TensorError("import.why.dtype", name=name, got=kind)
    width = np.dtype(_KINDS[kind]).itemsize
    bad = any(not isinstance(n, int) or n < 0 or n > _LARGEST for n in shape) or len(shape) > 32
    expected = -1 if bad else prod(shape) * width
    if bad or len(data) != expected:
        told: Any = shape if bad else expected
        raise TensorError("import.why.size", name=name, got=len(data), expected=told)
    flat = np.frombuffer(data, dtype=_KINDS[kind])
    if kind == "bfloat16":
        flat = (flat.astype(np.uint32) << 16).view(np.float32)
    found = flat.astype(float) if flat.dtype.kind == "f" else flat
    return found.reshape(shape)
