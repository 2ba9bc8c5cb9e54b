"""Draw a parameter that several boxes use once beside each of them, under one mark.

The first keeps the adjoint, which is the sum over all uses; each use keeps its own contribution.
"""

from __future__ import annotations

from dataclasses import replace

from graphgrad.messages.catalogue import text
from graphgrad.views.figure.content.diagram import Diagram, DiagramBox

__all__ = ["with_ghosts"]

MARK = r"\,\circlearrowright"
"""After the name of what is drawn several times."""


def with_ghosts(diagram: Diagram) -> Diagram:
    """Return a diagram in which each shared parameter is repeated beside what uses it.

    Args:
        diagram: the boxes and edges; of what is folded nothing is repeated.
    """
    given = {box.id: box for box in diagram.boxes if box.role in ("parameter", "constant")}
    readers: dict[str, dict[str, int]] = {}
    for edge in diagram.edges:
        if edge.source in given:
            found = readers.setdefault(edge.source, {})
            found.setdefault(edge.target, len(found))
    shared = {box: found for box, found in readers.items() if len(found) > 1}
    if not shared:
        return diagram
    boxes: list[DiagramBox] = []
    for box in diagram.boxes:
        if box.id not in shared:
            boxes.append(box)
            continue
        marked = replace(box, label=f"{box.label}{MARK}")
        boxes.append(marked)
        boxes += [_ghost(marked, number) for number in range(1, len(shared[box.id]))]
    edges = tuple(
        replace(edge, source=_name(edge.source, shared[edge.source][edge.target]))
        if edge.source in shared
        else edge
        for edge in diagram.edges
    )
    names = ", ".join(given[box].name for box in shared)
    note = text("scene.note.ghosts", diagram.language, names=names)
    return replace(diagram, boxes=tuple(boxes), edges=edges, notes=(*diagram.notes, note))


def _name(box: str, number: int) -> str:
    """Return the id of a ghost; the first of a name is the box itself."""
    return f"{box}g{number}" if number else box


def _ghost(box: DiagramBox, number: int) -> DiagramBox:
    return replace(
        box, id=_name(box.id, number), adjoint=None, adjoint_step=0, error_tex="", summary=""
    )
