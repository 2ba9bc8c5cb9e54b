"""Choose what is folded: groups by name or depth, repeated lines, or blocks of a long graph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil, inf
from typing import cast

from graphgrad.errors import UsageError
from graphgrad.graph.blocks import Depth
from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import group_parts, groups_around, within
from graphgrad.views.figure.content.depth_folds import folds_at, folds_of
from graphgrad.views.figure.content.diagram import (
    LEAF_ROLES,
    Diagram,
    DiagramBox,
    formula_in,
    titled,
)
from graphgrad.views.figure.content.fold_boxes import Fold, differing, folded
from graphgrad.views.figure.content.spine import ranks_of, spine_of

__all__ = ["MOST_OPEN", "collapsed", "fullest", "levels"]


MOST_OPEN = 60
_FEWEST_REPEATS, _FEWEST_STEPS = 4, 3
_BLOCKS = "blocks:12"
_DIGITS = re.compile(r"\d+")
_BLOCK_COUNT = re.compile(r"blocks:([1-9]\d{0,3})")
_DEPTH = re.compile(r"depth:(\d+)")


def collapsed(diagram: Diagram, graph: Graph, how: str) -> Diagram:
    """Return a diagram folded as asked for.

    Args:
        diagram: the boxes and edges.
        graph: what is drawn.
        how: ``none``; ``auto`` folds only what would not be readable otherwise; ``repeats``, along
            the chain; ``depth:N`` groups nested deeper than N; ``blocks:N`` makes at most N
            stretches of lines; else names of groups. For fitting also ``@families``, the units of
            a layer whose formulas differ in numbers only, ``@steps``, what is done alike at each
            step, ``@losses``, calls of losses, ``@layer`` or ``@block``, what it closes, ``@loss``,
            all behind the neurons, and ``@open``, nothing as yet.

    Raises:
        UsageError: if there is no group of a name.
    """
    if how in ("none", "", "@open"):
        return diagram
    if how == "@loss":
        return folded(diagram, list(_behind_neurons(diagram)))
    if how == "auto":
        return _readable(diagram, graph)
    if how == "repeats":
        return folded(diagram, list(_repeats(diagram, graph)))
    if how == "@families":
        return folded(diagram, list(_families(diagram, graph)))
    if how == "@steps":
        return folded(diagram, list(_steps(diagram, graph)))
    if how == "@losses":
        return folded(diagram, folds_of(diagram, graph, _losses(graph)))
    if how in ("@layer", "@block"):
        return folded(diagram, folds_at(diagram, graph, cast("Depth", how[1:])))
    blocks = _BLOCK_COUNT.fullmatch(how)
    if blocks:
        return folded(diagram, list(_blocks(diagram, int(blocks[1]))))
    depth = _DEPTH.fullmatch(how)
    if depth:
        deeper = {"".join(_deep(group.name, int(depth[1]))): None for group in diagram.groups}
        return folded(diagram, folds_of(diagram, graph, filter(None, deeper)))
    return folded(diagram, folds_of(diagram, graph, _named(diagram, how)))


def levels(diagram: Diagram) -> list[str]:
    """Return ways to fold a diagram, each folding more than the one before."""
    deepest = max((len(group_parts(group.name)) for group in diagram.groups), default=0) - 1
    depths = (f"depth:{n}" for n in range(deepest, -1, -1))
    return ["none", "repeats", *depths, "@families", _BLOCKS]


def fullest(boxes: Sequence[DiagramBox]) -> float:
    """Return the share of all computed lines that one folded box holds.

    It is infinite if a parameter that differs in a comparison is out of sight, as it is but in a
    layer, which prints it; a note tells that it differs.
    """
    if any(
        f" {name.rpartition('.')[2]} " not in f" {box.summary} "
        for box in boxes
        for name in differing(box)
    ):
        return inf
    counts = [sum(one.role not in LEAF_ROLES for one in box.inside or (box,)) for box in boxes]
    closed = (count for count, box in zip(counts, boxes, strict=True) if box.inside)
    return max(closed, default=0) / max(sum(counts), 1)


def _readable(diagram: Diagram, graph: Graph) -> Diagram:
    found = diagram
    for how in levels(diagram):
        if len(found.boxes) <= MOST_OPEN:
            return found
        found = collapsed(diagram, graph, how)
    return found


def _deep(group: str, depth: int) -> tuple[str, ...]:
    """Return the group in which a group stands that is in just so many others, if there is one."""
    return groups_around(group)[depth : depth + 1]


def _repeats(diagram: Diagram, graph: Graph) -> Iterator[Fold]:
    """Yield the inner lines of each run along the chain whose formulas differ in numbers only.

    Closed groups are alike where they are one kind, with parameters of the same shapes; such a
    run is one box as a whole, since each of them says what it is.
    """
    boxes = {box.id: box for box in diagram.boxes}
    chain = [boxes[name] for name in spine_of(diagram).chain]
    signs = [_signature(diagram, box, graph) for box in chain]
    start = 0
    while start < len(chain):
        period, end = _run(signs, start)
        if end - start >= _FEWEST_REPEATS * period:
            whole = period == 1 and chain[start].role == "folded"
            inner = chain[start:end] if whole else chain[start + period : end - period]
            yield _stretch(diagram, inner)._replace(group=_around(inner), repeated=period)
        start = max(end, start + 1)


def _families(diagram: Diagram, graph: Graph) -> Iterator[Fold]:
    """Yield the units of each layer: one family, one formula but for numbers, one rank.

    The inputs and the parameters of one family that the same boxes read are one box as well.
    """
    rank = ranks_of(diagram)
    read: dict[str, dict[str, None]] = {}
    for edge in diagram.edges:
        read.setdefault(edge.source, {})[edge.target] = None
    found: dict[tuple[object, ...], list[DiagramBox]] = {}
    for box in diagram.boxes:
        stem = _DIGITS.sub("#", box.name)
        place: object = rank[box.id]
        if box.role not in ("computation", "folded"):
            place = tuple(read.get(box.id, ()))
        if box.role in ("computation", "input", "parameter"):
            sign = _signature(diagram, box, graph)
            found.setdefault((stem, sign, place, box.group), []).append(box)
    for boxes in found.values():
        if len(boxes) >= _FEWEST_REPEATS:
            yield _stretch(diagram, boxes)._replace(group=boxes[0].group, repeated=1)


def _steps(diagram: Diagram, graph: Graph) -> Iterator[Fold]:
    """Yield what is computed alike at each step: one family, one formula but for numbers."""
    found: dict[tuple[str, ...], list[DiagramBox]] = {}
    for box in diagram.boxes:
        if box.role in ("computation", "folded"):
            sign = _signature(diagram, box, graph)
            kind = _DIGITS.sub("#", box.name), sign, box.group
            found.setdefault(kind, []).append(box)
    for boxes in found.values():
        if len(boxes) >= _FEWEST_STEPS:
            yield _stretch(diagram, boxes)._replace(group=boxes[0].group, repeated=1)


def _losses(graph: Graph) -> Iterator[str]:
    """Yield the groups of losses of several lines, which the author wrote as one."""
    from graphgrad.layers.registry import find_layer

    held = Counter(graph.groups[index] for index in graph.line_groups)
    for block in graph.heading.blocks:
        row = find_layer(block.kind)
        if row is not None and row.kind == "loss" and held[block.group] > 1:
            yield block.group


def _behind_neurons(diagram: Diagram) -> Iterator[Fold]:
    """Yield what is computed from neurons and leads to none, as it is done to get a loss."""
    readers: dict[str, set[str]] = {}
    for edge in diagram.edges:
        readers.setdefault(edge.source, set()).add(edge.target)
    leads: dict[str, bool] = {}
    for box in reversed(diagram.boxes):  # what uses a box comes behind it
        leads[box.id] = bool(box.drawn) or any(leads.get(r, True) for r in readers.get(box.id, ()))
    behind = [b for b in diagram.boxes if not leads[b.id] and b.role not in LEAF_ROLES]
    if len(behind) > 1:
        yield _stretch(diagram, behind)._replace(label=behind[-1].label)


def _run(signs: Sequence[str], start: int) -> tuple[int, int]:
    """Return the period and the end of the longest repetition that starts at a place."""
    best = (1, start)
    for period in (1, 2, 3):
        end = start + period
        while end < len(signs) and signs[end] == signs[end - period]:
            end += 1
        end -= (end - start) % period
        if end - start >= _FEWEST_REPEATS * period and end > best[1]:
            best = (period, end)
    return best


def _signature(diagram: Diagram, box: DiagramBox, graph: Graph) -> str:
    """Return what a box says but for numbers; of a closed group, with the shapes in it."""
    said = _DIGITS.sub("#", f"{box.role} {formula_in(diagram, box)}")
    if box.role != "folded":
        return said
    inner = [line.node for line in box.inside if line.role == "parameter"]
    inner += [line.node for line in box.frontier]
    shapes = " ".join(str(graph.columns.shape(node)) for node in inner)
    return f"{said} {_DIGITS.sub('#', box.summary)} {shapes}"


def _stretch(diagram: Diagram, boxes: Sequence[DiagramBox]) -> Fold:
    """Return the fold of a stretch of lines, named by its first and last."""
    first, last = titled(diagram, boxes[0]), titled(diagram, boxes[-1])
    words, tex = f"{first.name} … {last.name}", rf"{first.label} \ldots {last.label}"
    return Fold(words, tuple(box.id for box in boxes), label=tex)


def _around(boxes: Sequence[DiagramBox]) -> str:
    groups = {box.group for box in boxes}
    return boxes[0].group if len(groups) == 1 else ""


def _named(diagram: Diagram, names: str) -> list[str]:
    """Return names of groups; one inside another of them is left out."""
    known = {group.name: group for group in diagram.groups}
    asked = names.replace(",", " ").split()
    for name in asked:
        if name not in known:
            listed = ", ".join(("auto", "none", "repeats", "depth:N", "blocks:N", *known))
            raise UsageError("scene.unknown_group", got=name, known=listed)
    return [n for n in asked if not any(n != other and within(n, other) for other in asked)]


def _blocks(diagram: Diagram, count: int) -> Iterator[Fold]:
    """Yield stretches of lines in the order of the steps; the last line stays open."""
    lines = [b for b in diagram.boxes if b.role in ("computation", "loss", "folded")][:-1]
    size = max(2, ceil(len(lines) / count))
    for start in range(0, len(lines), size):
        inside = lines[start : start + size]
        yield _stretch(diagram, inside)
