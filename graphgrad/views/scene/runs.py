"""Lay frames over each other: what stays is said once, what changes says in which frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Run", "overlaid"]


class Run(NamedTuple):
    """One content of a place, and the frames that show it, as first and last of each span."""

    content: str
    spans: tuple[tuple[int, int], ...]

    def stays(self, count: int) -> bool:
        """Tell whether it is shown in all of so many frames."""
        return self.spans == ((0, count - 1),)


def overlaid(frames: Sequence[Sequence[str]]) -> list[list[Run]]:
    """Return per place its different contents, in the order in which they appear.

    Args:
        frames: per frame the contents of the same places; an empty one draws nothing.

    >>> overlaid([["a", "", "c"], ["a", "b", "d"], ["a", "b", "c"]])[1:]
    [[Run(content='b', spans=((1, 2),))], [Run(content='c', spans=((0, 0), (2, 2))), \
Run(content='d', spans=((1, 1),))]]
    """
    return [_runs(contents) for contents in zip(*frames, strict=True)]


def _runs(contents: Sequence[str]) -> list[Run]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for number, content in enumerate(contents):
        found = spans.setdefault(content, [])
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return [Run(content, tuple(found)) for content, found in spans.items() if content]
