"""Fold boxes of a diagram into one, with the values that others read kept visible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from graphgrad.graph.groups import within
from graphgrad.messages.catalogue import text
from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.views.figure.content.diagram import (
    LEAF_ROLES,
    Diagram,
    DiagramBox,
    DiagramEdge,
    DiagramGroup,
)
from graphgrad.views.figure.content.operator_signs import edge_words

__all__ = ["Fold", "folded"]

MOST_FRONTIER = 4
_MOST_NAMED, _MOST_NOTES = 20, 12


class Fold(NamedTuple):
    """Boxes that become one.

    Attributes:
        title: its name in words.
        members: ids of the boxes.
        group: dotted name of the group that the new box stands in.
        tex: its name in LaTeX.
        repeated: whether the boxes say the same with other numbers; then they are counted.
        greedy: whether it takes in all leaves that it is the first to read.
        summary: of a closed group, what it is and its parameters; its inputs stay outside then.
    """

    title: str
    members: tuple[str, ...]
    group: str = ""
    tex: str = ""
    repeated: bool = False
    greedy: bool = False
    summary: str | None = None


def folded(diagram: Diagram, folds: Sequence[Fold]) -> Diagram:
    """Return a diagram in which each fold is one box; leaves that only it reads go with it."""
    folds = [fold for fold in folds if len(fold.members) > 1 or fold.summary]
    if not folds:
        return diagram
    owner = _owners(diagram, folds)
    members: dict[str, list[DiagramBox]] = {}
    for box in diagram.boxes:
        members.setdefault(owner.get(box.id, box.id), []).append(box)
    read = _read_outside(diagram, owner)
    made = {f"f{number}": fold for number, fold in enumerate(folds)}
    boxes = tuple(
        _box(name, made[name], inside, read, diagram.language) if name in made else inside[0]
        for name, inside in members.items()
    )
    boxes = tuple(sorted(boxes, key=lambda box: box.node))
    told = {name: made[name].title for name in made if made[name].summary is not None}
    edges, renamed = _edges(diagram, owner, told)
    known = {box.id for box in boxes} | {edge.id for edge in edges}
    new_names = {**owner, **renamed}
    acts = tuple(
        tuple(i for i in dict.fromkeys(new_names.get(i, i) for i in act) if i in known)
        for act in diagram.acts
    )
    groups = _groups(diagram.groups, boxes)
    notes_of_folds = (
        _note(box, _untold(made[box.id], members[box.id], box), diagram.language)
        for box in boxes
        if box.id in made
    )
    notes = (*diagram.notes, *notes_of_folds)
    return replace(diagram, boxes=boxes, edges=edges, groups=groups, acts=acts, notes=_few(notes))


def _owners(diagram: Diagram, folds: Sequence[Fold]) -> dict[str, str]:
    """Map each folded box to its fold, leaves included that only one fold reads."""
    owner = {box: f"f{n}" for n, fold in enumerate(folds) for box in fold.members}
    readers: dict[str, dict[str, None]] = {}
    for edge in diagram.edges:
        readers.setdefault(edge.source, {})[owner.get(edge.target, "")] = None
    for box in diagram.boxes:
        found = readers.get(box.id, {})
        if box.role not in LEAF_ROLES or box.id in owner:
            continue
        first = next(iter(found), "f0" if folds[0].greedy else "")
        if first and box.role == "input" and folds[int(first[1:])].summary is not None:
            continue
        if first and (len(found) == 1 or folds[int(first[1:])].greedy):
            owner[box.id] = first
    return owner


def _read_outside(diagram: Diagram, owner: Mapping[str, str]) -> set[str]:
    """Return the boxes that some other box, outside of their fold, reads."""
    return {
        edge.source
        for edge in diagram.edges
        if owner.get(edge.source) != owner.get(edge.target, edge.target)
    }


def _box(
    name: str, fold: Fold, inside: Sequence[DiagramBox], read: set[str], language: str
) -> DiagramBox:
    lines = [box for box in inside if box.role not in LEAF_ROLES]
    shown = [box for box in inside if box.id in read] or [inside[-1]]
    last = inside[-1]
    count = len(lines) or len(inside)
    title = fold.tex or text_tex(fold.title)
    if fold.repeated:
        title = rf"{title} \; (\times {count})"
    return DiagramBox(
        id=name,
        node=last.node,
        role="loss" if last.role == "loss" else "folded",
        name=fold.title,
        label=title,
        formula="",
        symbol="",
        value=None,
        adjoint=None,
        adjoint_sign=last.adjoint_sign,
        group=fold.group,
        trouble=next((box.trouble for box in inside if box.trouble), ""),
        words=text("scene.words.folded", language, title=fold.title, count=count),
        value_step=last.value_step,
        adjoint_step=max(box.adjoint_step for box in inside),
        nodes=tuple(node for box in inside for node in box.nodes),
        count=count,
        frontier=tuple(shown[-MOST_FRONTIER:]),
        summary=text_tex(fold.summary) if fold.summary else "",
    )


def _edges(
    diagram: Diagram, owner: Mapping[str, str], told: Mapping[str, str]
) -> tuple[tuple[DiagramEdge, ...], dict[str, str]]:
    """Return the edges between what is left, parallel ones of folds as one, and their new ids.

    Args:
        diagram: before folding.
        owner: the fold of each folded box.
        told: the titles of closed groups: an edge that ends there is read aloud so.
    """
    names = {box.id: box.name for box in diagram.boxes} | dict(told)
    kept: dict[tuple[str, str, str], DiagramEdge] = {}
    renamed: dict[str, str] = {}
    for edge in diagram.edges:
        source, target = owner.get(edge.source, edge.source), owner.get(edge.target, edge.target)
        if source == target:
            continue
        plain = source == edge.source and target == edge.target
        key = (source, target, edge.id if plain else "")
        before = kept.get(key)
        if plain:
            kept[key] = edge
        elif before is None:
            bare = replace(edge, source=source, target=target, sign="", partial="", numbers="")
            if edge.words and (source in told or target in told):
                ends = names.get(target, ""), names.get(source, "")
                bare = replace(bare, words=edge_words(*ends, diagram.language))
            kept[key] = replace(bare, number=None, contribution=None)
        else:
            renamed[edge.id] = before.id
            kept[key] = replace(
                before,
                forward_step=min(before.forward_step, edge.forward_step),
                backward_step=max(before.backward_step, edge.backward_step),
            )
    return tuple(kept.values()), renamed


def _groups(
    groups: Sequence[DiagramGroup], boxes: Sequence[DiagramBox]
) -> tuple[DiagramGroup, ...]:
    """Return the groups that still hold a box."""
    used = {box.group for box in boxes}
    return tuple(g for g in groups if any(within(u, g.name) for u in used))


def _untold(fold: Fold, inside: Sequence[DiagramBox], box: DiagramBox) -> list[str]:
    """Return the names of which nothing is drawn; a stretch of lines names its own lines."""
    shown = {inner.id for inner in box.frontier} | (set(fold.members) if fold.tex else set())
    return [b.name for b in inside if b.id not in shown and "." not in b.name]


def _note(box: DiagramBox, untold: Sequence[str], language: str) -> str:
    if not untold:
        return text("scene.note.folded", language, title=box.name, count=box.count)
    names = ", ".join(untold[:_MOST_NAMED])
    if len(untold) > _MOST_NAMED:
        names += f", … ({len(untold)})"
    return text("scene.note.hidden", language, title=box.name, count=box.count, names=names)


def _few(notes: tuple[str, ...]) -> tuple[str, ...]:
    return notes if len(notes) <= _MOST_NOTES else (*notes[: _MOST_NOTES - 1], f"… ({len(notes)})")
