"""Put two scenes side by side, or one below the other, each in a frame with a title."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.views.figure.geometry.places import Rect, Size
from graphgrad.views.figure.scene.on_page import shifted
from graphgrad.views.figure.scene.scene import Scene, SceneGroup, SceneText
from graphgrad.views.figure.typeset.density import ROOMY
from graphgrad.views.figure.typeset.typeset import typeset

__all__ = ["beside", "size_beside"]

_GAP = 18.0
_TITLE = 24.0
_RING = 3.0
"""How far the line round what differs reaches beyond the margin of a picture that is set close."""
_WIDE = 16 / 9


def beside(scenes: Sequence[Scene], titles: Sequence[str]) -> Scene:
    """Return two scenes as one; ids of the first begin with ``a``, those of the second with ``b``.

    Args:
        scenes: the two, in their units.
        titles: what each shows.
    """
    first, second = scenes
    across = _is_across(*(Size(s.width, s.height) for s in scenes))
    dx, dy = (first.width + _GAP, 0.0) if across else (0.0, first.height + _GAP + _TITLE)
    left = _titled(_renamed(shifted(first, 0.0, _TITLE), "a"), titles[0])
    right = _titled(_renamed(shifted(second, dx, dy + _TITLE), "b"), titles[1], dx, dy)
    acts = zip_longest(left.acts, right.acts, fillvalue=())
    captions = zip_longest(first.captions, second.captions, fillvalue="")
    size = size_beside(Size(first.width, first.height), Size(second.width, second.height))
    return left._replace(
        title=" · ".join(dict.fromkeys((first.title, second.title))),
        description=" ".join((first.description, second.description)),
        width=size.width,
        height=size.height,
        boxes=(*left.boxes, *right.boxes),
        edges=(*left.edges, *right.edges),
        groups=(*left.groups, *right.groups),
        blanks=tuple(b._replace(number=k + 1) for k, b in enumerate((*left.blanks, *right.blanks))),
        legend=(*left.legend, *right.legend),
        acts=tuple((*a, *b) for a, b in acts),
        last_step=max(first.last_step, second.last_step),
        captions=tuple(_of_both(told, titles) for told in captions),
        headings=first.headings if first.headings == second.headings else (),
        smallest=min(first.smallest, second.smallest),
        notes=tuple(dict.fromkeys((*first.notes, *second.notes))),
        crowded=(*left.crowded, *right.crowded),
    )


def _of_both(told: Sequence[str], titles: Sequence[str]) -> str:
    """Return what is said of both at a step: once if it is the same, else with the side of each."""
    first, second = told
    if first == second:
        return first
    sides = zip(titles, told, strict=True)
    return " · ".join(f"{title}: {said}" for title, said in sides if said)


def size_beside(first: Size, second: Size) -> Size:
    """Return how large two scenes are together: whichever way fills a slide better."""
    if _is_across(first, second):
        width = first.width + _GAP + second.width
        return Size(width, max(first.height, second.height) + _TITLE)
    height = first.height + second.height + _GAP + 2 * _TITLE
    return Size(max(first.width, second.width), height)


def _is_across(first: Size, second: Size) -> bool:
    across = Size(first.width + second.width, max(first.height, second.height))
    below = Size(max(first.width, second.width), first.height + second.height)
    return max(across.width, across.height * _WIDE) <= max(below.width, below.height * _WIDE)


def _renamed(scene: Scene, start: str) -> Scene:
    """Return a scene whose ids begin with a letter."""
    boxes = tuple(box._replace(id=f"{start}{box.id}") for box in scene.boxes)
    edges = tuple(
        e._replace(id=f"{start}{e.id}", source=f"{start}{e.source}", target=f"{start}{e.target}")
        for e in scene.edges
    )
    return scene._replace(
        boxes=boxes,
        edges=edges,
        groups=tuple(g._replace(name=f"{start} {g.name}") for g in scene.groups),
        blanks=tuple(b._replace(owner=f"{start}{b.owner}") for b in scene.blanks),
        acts=tuple(tuple(f"{start}{part}" for part in act) for act in scene.acts),
        crowded=tuple(f"{start}{edge}" for edge in scene.crowded),
    )


def _titled(scene: Scene, title: str, dx: float = 0.0, dy: float = 0.0) -> Scene:
    """Return a scene in a frame with a title."""
    size = ROOMY.letters["group"]
    tex = text_tex(title)
    rect = Rect(dx - _RING, dy, scene.width + 2 * _RING, scene.height + _TITLE + _RING)
    text = SceneText("group", tex, typeset(tex, size), dx + 8.0, dy + 1.3 * size, size)
    return scene._replace(groups=(SceneGroup(title, title, rect, text), *scene.groups))
