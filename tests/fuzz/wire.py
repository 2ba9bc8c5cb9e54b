"""Change messages of protocol buffers, as ONNX writes: a number and a type before each field."""

from __future__ import annotations

import random
import zlib
from typing import Any

from tests.fuzz.pieces import cut, flipped

__all__ = ["changed_message"]

Field = tuple[int, int, Any]


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[place]
        place, value, shift = place + 1, value | (byte & 127) << shift, shift + 7
        if byte < 128:
            return value, place


def _fields(data: bytes) -> list[Field]:
    """Return the fields of a message; raises ValueError or IndexError where it is none."""
    found, place = [], 0
    while place < len(data):
        tag, place = _varint(data, place)
        kind = tag & 7
        if kind == 0:
            value, place = _varint(data, place)
            found.append((tag >> 3, kind, value))
            continue
        if kind not in (1, 2, 5) or not tag >> 3:
            raise ValueError
        size, place = _varint(data, place) if kind == 2 else ({1: 8, 5: 4}[kind], place)
        if place + size > len(data):
            raise ValueError
        found.append((tag >> 3, kind, data[place : place + size]))
        place += size
    return found


def _number(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


def _encoded(fields: list[Field]) -> bytes:
    found = b""
    for number, kind, value in fields:
        found += _number(number << 3 | kind)
        found += _number(value) if kind == 0 else b""
        found += (_number(len(value)) if kind == 2 else b"") + (value if kind else b"")
    return found


def changed_message(data: bytes, rng: random.Random, deep: int = 0) -> bytes | None:
    """Change a field of a message, or of a message inside."""
    try:
        fields = _fields(data)
    except (ValueError, IndexError):
        return None
    if not fields:
        return None
    place = rng.randrange(len(fields))
    number, kind, value = fields[place]
    inner = (
        changed_message(value, rng, deep + 1)
        if kind == 2 and deep < 8 and rng.random() < 0.9
        else None
    )
    if inner is not None:
        fields[place] = number, kind, inner
        return _encoded(fields)
    deed = rng.random()
    if deed < 0.12:
        del fields[place]
    elif deed < 0.22:
        fields.insert(place, fields[place])
    elif deed < 0.3:
        other = rng.choice(fields)
        fields[place] = number, other[1], other[2]
    elif deed < 0.36:
        fields[place] = rng.choice((number + 1, max(1, number - 1), 999)), kind, value
    else:
        fields[place] = number, kind, _odd_value(kind, value, rng)
    return _encoded(fields)


def _odd_value(kind: int, value: Any, rng: random.Random) -> Any:
    if kind == 0:
        return rng.choice((0, 1, 2, 3, 7, 11, value + 1, 2**31, 2**63, 2**64 - 1, 10**6))
    if kind in (1, 5):
        return rng.choice((b"\xff" * len(value), b"\0" * len(value), flipped(value, rng)))
    words = (b"", b"\xff\xfe", b"x" * 4000, b"Identity", b"Loop", b"x", cut(value, rng))
    return rng.choice((*words, flipped(value, rng), value[::-1], value * 3, zlib.compress(value)))
