"""Read the wire format of protocol buffers: fields by number, inside the bytes that were given.

Own code of one page, for an ONNX file is read without any library: no extra to install, nothing
that follows paths to other files, and every length is checked against what is there.
Source: Protocol Buffers Documentation, Encoding: varints, tags, lengths.
"""

from __future__ import annotations

import struct
from typing import Any

from graphgrad.errors import GraphgradError

__all__ = ["Fields", "WireError", "fields", "numbers", "text_of"]

Fields = dict[int, list[Any]]
"""Field number to its values: whole numbers, or bytes, in the order of the file."""


class WireError(GraphgradError):
    """Bytes end early, or point outside themselves."""


def fields(data: bytes) -> Fields:
    r"""Return the fields of a message.

    Raises:
        WireError: if the bytes are no message.

    >>> fields(b"\x08\x96\x01\x12\x02hi")
    {1: [150], 2: [b'hi']}
    """
    found: Fields = {}
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        kind = tag & 7
        value: int | bytes
        if kind == 0:
            value, at = _varint(data, at)
        elif kind in (1, 5):
            width = 8 if kind == 1 else 4
            value, at = _cut(data, at, width), at + width
        elif kind == 2:
            length, at = _varint(data, at)
            value, at = _cut(data, at, length), at + length
        else:
            raise WireError("import.why.cut", at=at)
        found.setdefault(tag >> 3, []).append(value)
    return found


def _cut(data: bytes, at: int, length: int) -> bytes:
    if at + length > len(data):
        raise WireError("import.why.cut", at=at)
    return data[at : at + length]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a whole number of at most 64 bits, and where it ends."""
    found = 0
    for place in range(10):
        if at + place >= len(data):
            break
        byte = data[at + place]
        found |= (byte & 127) << (7 * place)
        if byte < 128:
            return found & (2**64 - 1), at + place + 1
    raise WireError("import.why.cut", at=at)


def numbers(values: list[Any]) -> list[int]:
    """Return whole numbers that stand one by one or packed, with their signs.

    >>> numbers([3, bytes([1, 2])])
    [3, 1, 2]
    """
    found: list[int] = []
    for value in values:
        if isinstance(value, int):
            found.append(value)
            continue
        at = 0
        while at < len(value):
            number, at = _varint(value, at)
            found.append(number)
    return [number - 2**64 if number >= 2**63 else number for number in found]


def floats(values: list[Any]) -> list[float]:
    """Return floats that stand one by one or packed."""
    data = b"".join(value for value in values if isinstance(value, bytes))
    if len(data) % 4:
        raise WireError("import.why.cut", at=len(data))
    return list(struct.unpack(f"<{len(data) // 4}f", data))


def text_of(values: list[Any] | None) -> str:
    """Return a text, the last one given; empty if there is none."""
    last = values[-1] if values else b""
    if not isinstance(last, bytes):
        raise WireError("import.why.cut", at=0)
    return last.decode("utf-8", errors="replace")
