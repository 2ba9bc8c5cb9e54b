"""Fold boxes of a diagram into one, with the values that others read kept visible.

Nothing is lost: the box prints the names of the leaves it holds, keeps all that it stands for as
data, and its edges carry the sums of the contributions that they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from graphgrad.graph.groups import within
from graphgrad.messages.catalogue import text
from graphgrad.ops.shapes import Shape
from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.views.figure.content.diagram import (
    LEAF_ROLES,
    Diagram,
    DiagramBox,
    DiagramGroup,
    Mark,
    titled,
)
from graphgrad.views.figure.content.fold_edges import folded_edges, kept_inside, left_open
from graphgrad.views.figure.content.known_at import Later
from graphgrad.views.text.box_content import BoxContent
from graphgrad.views.text.name_ranges import ranged

__all__ = ["Fold", "differing", "folded"]

MOST_FRONTIER = 4
_MOST_NAMED, _MOST_NOTES = 20, 12
_MOST_KINDS = 3
"""As many as one repetition of a run may hold."""


class Fold(NamedTuple):
    """Boxes that become one.

    Attributes:
        title: its name in words.
        members: ids of the boxes.
        group: dotted name of the group that the new box stands in.
        label: its name as it is written in it.
        formula: what stands after an equals sign; empty for none.
        call: the same in words.
        repeated: after how many boxes the same comes again with other numbers; then these turns
            are counted. 0 where nothing is repeated.
        content: of a closed group, what its box says; else the leaves that only it reads go with
            it.
        labels: of its results, by node, how the fold names them where it is shorter.
    """

    title: str
    members: tuple[str, ...]
    group: str = ""
    label: str = ""
    formula: str = ""
    call: str = ""
    repeated: int = 0
    content: BoxContent | None = None
    labels: Mapping[int, str] = {}


def folded(diagram: Diagram, folds: Sequence[Fold]) -> Diagram:
    """Return a diagram in which each fold is one box; leaves that only it reads go with it.

    What would close a circle stays open, and `Diagram.left_open` names it.
    """
    closed = {box.id for box in diagram.boxes if box.inside}
    folds = [
        fold
        for fold in folds
        if len(fold.members) > 1 or (fold.content and not closed.issuperset(fold.members))
    ]  # what is closed already says its numbers; closed once more it would not
    open_ones = left_open(diagram, [fold.members for fold in folds])
    if open_ones:
        titles = (folds[number].title for number in sorted(open_ones))
        diagram = diagram._replace(left_open=(*diagram.left_open, *titles))
        folds = [fold for number, fold in enumerate(folds) if number not in open_ones]
    if not folds:
        return diagram
    first = 1 + max((int(b.id[1:]) for b in diagram.boxes if b.id.startswith("f")), default=-1)
    made = {f"f{first + number}": fold for number, fold in enumerate(folds)}
    owner = _owners(diagram, made)
    members: dict[str, list[DiagramBox]] = {}
    for box in diagram.boxes:
        members.setdefault(owner.get(box.id, box.id), []).append(box)
    read = _read_outside(diagram, owner)
    moved = _groups_left(folds)
    boxes = tuple(
        _box(name, made[name], inside, read, diagram)
        if name in made
        else inside[0]._replace(group=_around(inside[0].group, moved))
        for name, inside in members.items()
    )
    boxes = tuple(sorted(boxes, key=lambda box: box.node))
    told = {name: made[name].title for name in made if made[name].content is not None}
    edges, renamed = folded_edges(diagram, owner, told)
    kept = kept_inside(diagram, owner)
    boxes = tuple(b._replace(kept=kept[b.id]) if b.id in kept else b for b in boxes)
    known = {box.id for box in boxes} | {edge.id for edge in edges}
    new_names = {**owner, **renamed}
    before = (box.id for box in diagram.boxes), (edge.id for edge in diagram.edges)
    named = {i: new_names.get(i, i) for ids in before for i in ids}
    named = {i: name for i, name in named.items() if name in known}
    acts = Later(len(diagram.acts), partial(_renamed, diagram.acts, named))
    groups = _groups(diagram.groups, boxes)
    notes_of_folds = (
        _note(box, _untold(made[box.id], box), diagram.language) for box in boxes if box.id in made
    )
    notes = (*diagram.notes, *notes_of_folds, *_differences(boxes, made, diagram.language))
    return diagram._replace(boxes=boxes, edges=edges, groups=groups, acts=acts, notes=_few(notes))


def _renamed(acts: Sequence[tuple[str, ...]], named: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return per step what it acts on, by the ids that are left."""
    return [tuple(dict.fromkeys([named[i] for i in act if i in named])) for act in acts]


def differing(box: DiagramBox) -> list[str]:
    """Return the parameters inside a box that are not the same in what it is compared with."""
    return [one.name for one in box.inside if one.role == "parameter" and one.mark == "differs"]


def _owners(diagram: Diagram, made: Mapping[str, Fold]) -> dict[str, str]:
    """Map each folded box to its fold; a stretch takes in the leaves that it alone reads."""
    owner = {box: name for name, fold in made.items() for box in fold.members}
    readers: dict[str, dict[str, None]] = {}
    for edge in diagram.edges:
        readers.setdefault(edge.source, {})[owner.get(edge.target, "")] = None
    for box in diagram.boxes:
        found = list(readers.get(box.id, ()))
        if box.role not in LEAF_ROLES or box.id in owner or len(found) != 1 or not found[0]:
            continue
        if box.drawn == "tensor":  # what a network is given stands before its layers
            continue
        if made[found[0]].content is None:
            owner[box.id] = found[0]
    return owner


def _groups_left(folds: Sequence[Fold]) -> dict[str, str]:
    """Return per closed group the one around it: what stays outside of its box stands there."""
    return {fold.content.group.name: fold.group for fold in folds if fold.content is not None}


def _around(group: str, moved: Mapping[str, str]) -> str:
    return next((around for name, around in moved.items() if within(group, name)), group)


def _read_outside(diagram: Diagram, owner: Mapping[str, str]) -> set[str]:
    """Return the boxes that some other box, outside of their fold, reads."""
    return {
        edge.source
        for edge in diagram.edges
        if owner.get(edge.source) != owner.get(edge.target, edge.target)
    }


def _box(
    name: str, fold: Fold, inside: Sequence[DiagramBox], read: set[str], diagram: Diagram
) -> DiagramBox:
    language = diagram.language
    lines = [box for box in inside if box.role not in LEAF_ROLES]
    last = next((box for box in reversed(inside) if box.role == "loss"), (lines or inside)[-1])
    count = len(lines) or len(inside)
    title = fold.label or text_tex(fold.title)
    if fold.repeated:
        title = rf"{title} \; (\times {count // fold.repeated})"
    content = fold.content
    shown = (_shown(fold, inside, read) or [last])[-MOST_FRONTIER:]
    named = [titled(diagram, box) for box in shown]
    alike = content is None and not lines
    held = "" if alike else _held(inside, language)
    summary = content.summary if content is not None else held
    aloud = text("scene.words.folded", language, title=fold.title, count=count)
    return DiagramBox(
        id=name,
        node=last.node,
        role="loss" if last.role == "loss" else "folded",
        name=fold.title,
        label=title,
        formula=fold.formula,
        symbol="",
        value=None,
        adjoint=None,
        adjoint_sign=titled(diagram, last).adjoint_sign,
        group=fold.group,
        trouble=next((box.trouble for box in inside if box.trouble), ""),
        words=": ".join(filter(None, (aloud, summary))),
        value_step=last.value_step,
        adjoint_step=max(box.adjoint_step for box in inside),
        nodes=tuple(node for box in inside for node in box.nodes),
        count=count,
        frontier=tuple(b._replace(label=fold.labels.get(b.node, b.label)) for b in named),
        summary=summary,
        call=fold.call,
        inside=tuple(inner for box in inside for inner in (box.inside or (box,))),
        named=content is None or content.named,
        mark=_mark(inside),
    )


def _mark(inside: Sequence[DiagramBox]) -> Mark:
    """Return what a fold is in a comparison: one that holds a difference differs."""
    marks = {box.mark for box in inside}
    return "only" if marks == {"only"} else "differs" if marks - {""} else ""


def _shown(fold: Fold, inside: Sequence[DiagramBox], read: set[str]) -> list[DiagramBox]:
    """Return the boxes whose numbers stand in a fold: those that others read, leaves apart."""
    content = fold.content
    if content is not None:
        block = content.group.block
        names = [box.name for box in inside] if block is None else [*block.outputs]
        results = [box for box in inside if box.node in content.results]
        results.sort(key=lambda box: names.index(box.name) if box.name in names else len(names))
        return results
    found = [box for box in inside if box.id in read and box.role not in LEAF_ROLES]
    found = found or [box for box in inside if box.id in read]
    found = [inner for box in found for inner in (box.frontier or (box,))]
    return [found[0], found[-1]] if fold.repeated and len(found) > 2 else found


def _held(inside: Sequence[DiagramBox], language: str) -> str:
    """Return what a stretch of closed groups is, where it is few things, and what it holds.

    The parameters of layers drawn as tensors are counted, as their own boxes count them.
    """
    kinds = list(dict.fromkeys(box.summary for box in inside if box.role == "folded"))
    told = kinds if len(kinds) <= _MOST_KINDS else []
    count = sum(box.parameters for box in inside)
    counted = text("figure.parameters", language, count=count) if count else ""
    return ", ".join(filter(None, (*told, counted, _leaves(inside))))


def _leaves(inside: Iterable[DiagramBox]) -> str:
    """Return the inputs and parameters of a stretch by name, families as ranges."""
    shapes: dict[str, Shape] = {
        box.name: tuple(getattr(box.value, "shape", ()))
        for box in inside
        if box.role in ("input", "parameter")
    }
    return ", ".join(ranged(shapes))


def _groups(
    groups: Sequence[DiagramGroup], boxes: Sequence[DiagramBox]
) -> tuple[DiagramGroup, ...]:
    """Return the groups that still hold a box."""
    used = {box.group for box in boxes}
    return tuple(g for g in groups if any(within(u, g.name) for u in used))


def _untold(fold: Fold, box: DiagramBox) -> list[str]:
    """Return the names of which nothing is drawn or printed; a stretch names its own lines."""
    shown = {inner.id for inner in box.frontier}
    shown |= set() if fold.content is not None else set(fold.members)
    return [
        inner.name
        for inner in box.inside
        if inner.id not in shown
        and "." not in inner.name
        and inner.role not in ("input", "parameter")
        and (inner.node != box.node or not fold.label)
    ]


def _note(box: DiagramBox, untold: Sequence[str], language: str) -> str:
    if not untold and box.count == 1:
        return text("scene.note.folded_one", language, title=box.name)
    if not untold:
        return text("scene.note.folded", language, title=box.name, count=box.count)
    names = ", ".join(untold[:_MOST_NAMED])
    if len(untold) > _MOST_NAMED:
        names += f", … ({len(untold)})"
    return text("scene.note.hidden", language, title=box.name, count=box.count, names=names)


def _differences(
    boxes: Sequence[DiagramBox], made: Mapping[str, Fold], language: str
) -> Iterator[str]:
    """Yield which parameters in new boxes differ from those of what is compared."""
    for box in boxes:
        names = differing(box) if box.id in made else []
        if names:
            told = ", ".join(names[:_MOST_NAMED])
            told += f", … ({len(names)})" if len(names) > _MOST_NAMED else ""
            yield text("scene.note.differ", language, title=box.name, names=told)


def _few(notes: tuple[str, ...]) -> tuple[str, ...]:
    return notes if len(notes) <= _MOST_NOTES else (*notes[: _MOST_NOTES - 1], f"… ({len(notes)})")
