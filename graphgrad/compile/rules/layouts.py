"""Put arrays side by side into one array: where each stands, whether it stands there already."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import prod
from typing import Any, NamedTuple

from graphgrad.compile.recording.program import Operand
from graphgrad.compile.recording.recording import Recording
from graphgrad.compile.rules.rewriting import Rewriting
from graphgrad.ops.shapes import Shape

__all__ = ["Layout", "are_apart", "is_full", "layout_of", "put_together", "whole_of"]


class Layout(NamedTuple):
    """Where rows stand: a key per part into an array that has these first axes."""

    keys: tuple[Any, ...]
    lead: Shape


def put_together(m: Recording, pieces: Sequence[Any], keys: Sequence[Any], shape: Shape) -> Any:
    """Return an array of pieces: zeros elsewhere, added up where they overlap."""
    if are_apart(keys, shape):
        order = sorted(range(len(keys)), key=lambda place: _start(keys[place]))
        pieces, keys = [pieces[place] for place in order], [keys[place] for place in order]
    pieces = [m.plain(piece) for piece in pieces]
    if len(pieces) == 1 and m.shape(pieces[0]) == shape:
        return pieces[0]
    kinds = {m.kind(piece) for piece in pieces}
    kind = "f" if "f" in kinds and "d" not in kinds else "d"
    return m.append("assemble", tuple(pieces), shape, kind, {"keys": tuple(keys)})


def are_apart(keys: Sequence[Any], shape: Shape) -> bool:
    """Tell whether no two pieces have an entry in common."""
    boxes = [_box(key, shape) for key in keys]
    if sum(map(_size, boxes)) > prod(shape):
        return False
    if len(boxes) > _MANY:
        return _apart_along_an_axis(boxes)
    return not any(_meet(one, other) for place, one in enumerate(boxes) for other in boxes[:place])


_MANY = 64


def _apart_along_an_axis(boxes: list[list[tuple[int, int]]]) -> bool:
    for axis in range(len(boxes[0])):
        spans = sorted(box[axis] for box in boxes)
        if all(first[1] <= second[0] for first, second in pairwise(spans)):
            return True
    return False


def is_full(keys: Sequence[Any], shape: Shape) -> bool:
    """Tell whether pieces that are apart leave no entry out."""
    return sum(_size(_box(key, shape)) for key in keys) == prod(shape)


def _box(key: Any, shape: Shape) -> list[tuple[int, int]]:
    spans = [(part, part + 1) if isinstance(part, int) else part for part in key]
    return spans + [(0, length) for length in shape[len(key) :]]


def _size(box: list[tuple[int, int]]) -> int:
    return prod(stop - start for start, stop in box)


def _meet(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> bool:
    return all(a < d and c < b for (a, b), (c, d) in zip(one, other, strict=True))


def _start(key: Any) -> tuple[int, ...]:
    return tuple(part if isinstance(part, int) else part[0] for part in key)


# ---- where rows stand ----


def layout_of(work: Rewriting, *factors: Sequence[Operand]) -> Layout:
    """Return where the rows of several arrays stand, such that as few as can be are moved.

    The rows may be slices of one array already, or may be put into one array anyway.
    """
    for parts in factors:
        found = _sliced(work, parts) or _scattered(work, parts)
        if found is not None:
            return found
    keys: list[Any] = []
    start = 0
    for *rows, _ in map(work.old.shape, factors[0]):
        count = prod(rows)
        keys.append(((start, start + count),) if rows else (start,))  # a vector is one row
        start += count
    return Layout(tuple(keys), (start,))


def _sliced(work: Rewriting, parts: Sequence[Operand]) -> Layout | None:
    """Return the layout of an array of which the parts are all the rows."""
    ops = [work.op(part) for part in parts]
    found = [op for op in ops if op is not None and op.name == "index"]
    if len(found) < len(ops) or len({op.args[0] for op in found}) > 1:
        return None
    return _checked([op.setting("key") for op in found], work.old.shape(found[0].args[0]))


def _scattered(work: Rewriting, parts: Sequence[Operand]) -> Layout | None:
    """Return the layout of an array into which the parts are put as all its rows."""
    places: dict[Shape, dict[Operand, Any]] = {}
    for part in parts:
        for reader in work.readers[part] if isinstance(part, int) else ():
            op = work.old.ops[reader]
            if op.name == "scatter_add":
                places.setdefault(op.shape, {})[part] = op.setting("key")
    for shape, keys in places.items():
        if len(keys) == len(parts):
            found = _checked([keys[part] for part in parts], shape)
            if found is not None:
                return found
    return None


def _checked(keys: list[Any], shape: Shape) -> Layout | None:
    """Return the layout of keys that part all rows of an array among them."""
    rows = all(len(key) < len(shape) or key[-1] == (0, shape[-1]) for key in keys)
    if not rows or not is_full(keys, shape) or not are_apart(keys, shape):
        return None
    return Layout(tuple(key[: len(shape) - 1] for key in keys), shape[:-1])


def whole_of(work: Rewriting, parts: Sequence[Operand], layout: Layout) -> Any:
    """Return the array in which the rows of the parts stand."""
    ops = [work.op(part) for part in parts]
    first = ops[0]
    width = work.old.shape(parts[0])[-1]
    if first is not None and first.name == "index":
        base, shape = first.args[0], (*layout.lead, width)
        same = work.old.shape(base) == shape and all(
            op is not None
            and op.name == "index"
            and op.args[0] == base
            and _box(op.setting("key"), shape) == _box(key, shape)
            for op, key in zip(ops, layout.keys, strict=True)
        )
        if same:
            return work.new(base)
    pieces = [work.new(part) for part in parts]
    return put_together(work.m, pieces, layout.keys, (*layout.lead, width))
