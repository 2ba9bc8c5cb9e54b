"""Write many names in few words: the numbers of one family as a range."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graphgrad.ops.shapes import Shape

__all__ = ["array_shapes", "ranged", "shape_words"]

_SUBSCRIPTS = re.compile(r"(.+?)\[(\d+(?:,\d+)*)\](.*)")
_ENDING = re.compile(r"(.*?[^\d])(\d+)()")
_FEWEST = 3


def shape_words(shape: Shape) -> str:
    """Return a shape as figures and screens write it; a number has none.

    >>> shape_words((16, 2)), shape_words((16,)), shape_words(())
    ('16×2', '16', '')
    """
    return "×".join(map(str, shape))


def ranged(shapes: Mapping[str, Shape]) -> list[str]:
    """Return names with their shapes; a family that leaves no number out is one range.

    Args:
        shapes: the shape of each name, in order.

    >>> weights = {f"w1[{i},{j}]": () for i in range(1, 17) for j in (1, 2)}
    >>> ranged(weights | {"W": (16, 2), "b": ()})
    ['w1[1…16,1…2] (32)', 'W 16×2', 'b']
    >>> ranged(dict.fromkeys(("w1", "w2", "w3", "w5", "b1"), ()))
    ['w1…w3 (3)', 'w5', 'b1']
    """
    families: dict[_Family, list[tuple[int, ...]]] = {}
    for name, shape in shapes.items():
        match = _SUBSCRIPTS.fullmatch(name) or _ENDING.fullmatch(name)
        stem, numbers, rest = match.groups() if match else (name, "", "")
        place = tuple(map(int, numbers.split(","))) if numbers else ()
        family = _Family(f"{stem}[" if "[" in name and match else stem, rest, shape, len(place))
        families.setdefault(family, []).append(place)
    return [word for family, places in families.items() for word in _told(family, places)]


class _Family(NamedTuple):
    """What names have in common: all but their numbers."""

    stem: str
    rest: str
    shape: Shape
    axes: int

    def name(self, numbers: Iterable[str]) -> str:
        """Return the name with some numbers."""
        if self.stem.endswith("["):
            return f"{self.stem}{','.join(numbers)}]{self.rest}"
        return f"{self.stem}{''.join(numbers)}"


def _told(family: _Family, places: list[tuple[int, ...]]) -> list[str]:
    """Return a family as one range if it fills it, else its stretches of numbers."""
    if not family.axes:
        return [_with(family.stem, family.shape)]
    if len(places) >= _FEWEST and len(set(places)) == _filled(places):
        return [_range(family, places)]
    runs: list[list[tuple[int, ...]]] = []
    for place in places:
        before = runs[-1][-1] if runs else None
        if before is not None and before[:-1] == place[:-1] and before[-1] + 1 == place[-1]:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [word for run in runs for word in _run(family, run)]


def _run(family: _Family, places: list[tuple[int, ...]]) -> list[str]:
    if len(places) >= _FEWEST:
        return [_range(family, places)]
    return [_with(family.name(map(str, place)), family.shape) for place in places]


def _filled(places: list[tuple[int, ...]]) -> int:
    """Return how many numbers there are between the least and the greatest of each subscript."""
    return math.prod(max(axis) - min(axis) + 1 for axis in zip(*places, strict=True))


def _range(family: _Family, places: list[tuple[int, ...]]) -> str:
    ends = [(min(axis), max(axis)) for axis in zip(*places, strict=True)]
    if family.stem.endswith("["):
        name = family.name(f"{low}…{high}" if low < high else str(low) for low, high in ends)
    else:
        name = f"{family.stem}{ends[0][0]}…{family.stem}{ends[0][1]}"
    return f"{_with(name, family.shape)} ({len(places)})"


def _with(name: str, shape: Shape) -> str:
    return f"{name} {shape_words(shape)}".rstrip()


def array_shapes(shapes: Iterable[tuple[str, Shape]]) -> dict[str, Shape]:
    """Return shapes by name, where the entries of an array count as the array.

    >>> array_shapes([("W[1,1]", ()), ("W[3,2]", ()), ("b", (3,))])
    {'W': (3, 2), 'b': (3,)}
    """
    found: dict[str, Shape] = {}
    for name, shape in shapes:
        entry = _SUBSCRIPTS.fullmatch(name)
        if entry is None or shape or entry[3]:
            found[name] = shape
            continue
        place = tuple(map(int, entry[2].split(",")))
        before = found.get(entry[1], place)
        found[entry[1]] = tuple(map(max, place, before)) if len(place) == len(before) else place
    return found
