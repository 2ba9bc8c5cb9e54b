"""Find the steps of a recurrence: boxes of one name and other numbers that follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphgrad.views.figure.content.diagram import Diagram

__all__ = ["following", "steps_in"]

_STEP = re.compile(r"([^\[\]]*)\[(\d+)\](.*)")
_FEWEST = 2


def following(diagram: Diagram) -> Iterator[tuple[str, str]]:
    """Yield the ids of two boxes of one name whose steps follow one another, as h[1] and h[2]."""
    found: dict[tuple[str, str, int], str] = {}
    for box in diagram.boxes:
        match = _STEP.fullmatch(box.name)
        if match:
            found[match[1], match[3], int(match[2])] = box.id
    for (stem, rest, step), one in found.items():
        after = found.get((stem, rest, step + 1))
        if after is not None:
            yield one, after


def steps_in(diagram: Diagram) -> bool:
    r"""Tell whether a diagram goes from step to step: computed boxes read those of the step before.

    >>> from graphgrad.source.gg import read_gg
    >>> from graphgrad.views.figure.content.diagram_of import diagram_of
    >>> from graphgrad.views.figure.content.scene_options import SceneOptions
    >>> text = "param w = 2\nh[1] = w\nh[2] = w*h[1]\nh[3] = w*h[2]\nloss L = h[3]^2"
    >>> steps_in(diagram_of(read_gg(text), SceneOptions()))
    True
    """
    readers: dict[str, set[str]] = {}
    for edge in diagram.edges:
        readers.setdefault(edge.source, set()).add(edge.target)
    count = 0
    for one, other in following(diagram):
        near = readers.get(one, set())
        count += other in near or any(other in readers.get(between, ()) for between in near)
    return count >= _FEWEST
