"""Change what has a form of its own where it holds: JSON, zip archives, tensors, wire messages.

A changed byte is refused by the checksum of an archive and by the lengths of a message. Here the
content changes and the form is written anew around it: what reads the content has to say no.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

from tests.fuzz.archives import changed_archive, changed_tensors
from tests.fuzz.pieces import NASTY, NUMBERS
from tests.fuzz.wire import changed_message

__all__ = ["changed_structure"]


def changed_structure(data: bytes, seeds: Sequence[bytes], rng: random.Random) -> bytes | None:
    """Return an input changed as its form allows; None where it has none, or text is its form."""
    if data.startswith(b"PK"):
        return changed_archive(data, rng, changed_structure) if rng.random() < 0.85 else None
    if data[:1] in b"{[" and data:
        return _json(data, seeds, rng) if rng.random() < 0.7 else None
    if data[8:9] == b"{":
        return changed_tensors(data, seeds, rng, _json) if rng.random() < 0.8 else None
    if data[:1] == b"\x08" and rng.random() < 0.85:
        return changed_message(data, rng)
    return None


# ---- JSON ----


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _holders(found: Any) -> list[Any]:
    """Return the lists and mappings of some data that hold anything."""
    holders: list[Any] = []
    waiting = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict | list) and each:
            holders.append(each)
            waiting += each.values() if isinstance(each, dict) else each
    return holders


def _key(holder: Any, rng: random.Random) -> Any:
    return rng.choice(list(holder)) if isinstance(holder, dict) else rng.randrange(len(holder))


def _json(data: bytes, seeds: Sequence[bytes], rng: random.Random) -> bytes | None:
    """Change a value, a key or a count somewhere in the data."""
    found = _parsed(data)
    holders = _holders(found)
    if not holders:
        return None
    holder = rng.choice(holders)
    key = _key(holder, rng)
    deed = rng.random()
    if deed < 0.12:
        del holder[key]
    elif deed < 0.22 and isinstance(holder, list):
        holder.append(holder[key])
    elif deed < 0.35 and isinstance(holder[key], int | float):
        holder[key] = holder[key] + rng.choice((-1, 1, 1000))
    elif deed < 0.6:
        holder[key] = _of_elsewhere(holders, seeds, rng)
    elif deed < 0.65 and isinstance(holder, dict):
        name = str(_key(rng.choice(holders), rng))
        holder[rng.choice(("", "é", "__class__", name, name))] = holder.pop(key)
    elif deed < 0.72:
        holder[key] = _of_another_type(holder[key])
    else:
        holder[key] = rng.choice(_VALUES)(rng)
    return _written(found, rng)


def _of_elsewhere(holders: list[Any], seeds: Sequence[bytes], rng: random.Random) -> Any:
    """Return a copy of what stands at another place, or in another seed."""
    other = _holders(_parsed(rng.choice(seeds))) if rng.random() < 0.3 else holders
    if not other:
        return None
    holder = rng.choice(other)
    return json.loads(json.dumps(holder[_key(holder, rng)]))


def _of_another_type(value: Any) -> Any:
    """Return nearly the same value as what it is not."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return str(value) if value != 1 else True
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return {str(place): each for place, each in enumerate(value)}
    if isinstance(value, dict):
        return [list(pair) for pair in value.items()]
    return 0


def _written(found: Any, rng: random.Random) -> bytes:
    """Write data as JSON, now and then with a key twice."""
    try:
        text = json.dumps(found, ensure_ascii=rng.random() < 0.5)
    except RecursionError:
        return b"[" * 2000
    if rng.random() < 0.04 and text.startswith("{") and len(text) > 2:
        name = rng.choice(list(found)) if found else ""
        text = f"{{{json.dumps(name)}: {json.dumps(rng.choice(NASTY))}, {text[1:]}"
    return text.encode("utf-8", "surrogatepass")


def _nested(rng: random.Random) -> Any:
    found: Any = rng.choice((1, "x", {}))
    for _ in range(rng.choice((20, 100, 300))):
        found = [found] if rng.random() < 0.5 else {"a": found}
    return found


_VALUES: tuple[Callable[[random.Random], Any], ...] = (
    lambda rng: rng.choice((None, True, False, 0, 1, -1, 2**70, -(2**70), 10**400, 1.5, 1e308)),
    lambda rng: rng.choice((float("inf"), float("nan"), float("-inf"), 5e-324, -0.0, 2**53 + 1)),
    lambda rng: rng.choice(("", "x", "inf", "nan", "\ud800", *NUMBERS, *NASTY)),
    lambda rng: rng.choice(([], {}, [[]], [{}], {"": None}, [[[[]]]], [1, [2]], {"exact": "1/0"})),
    lambda rng: rng.choice(({"exact": 1}, {"exact": "9" * 9000}, {"array": [1], "shape": [-1]})),
    lambda rng: rng.choice(({"array": [[1], 2], "shape": [2]}, {"array": 3, "shape": []})),
    lambda rng: rng.choice(({"array": [], "shape": [0, 3]}, {"array": [True], "shape": [1]},
                            {"array": [1], "shape": [10**9, 10**9]},
                            {"array": ["1"], "shape": [1]})),
    lambda rng: rng.choice(([0] * 3000, "x" * 5000, [[1.0] * 3] * 40)),
    lambda rng: {str(n): n for n in range(500)},
    _nested,
)  # fmt: skip
