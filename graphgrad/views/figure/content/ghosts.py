"""Draw what several boxes use once beside each of them: parameters under one mark, and entries.

The first of a parameter keeps the adjoint, which is the sum over all uses; each use keeps its own
contribution. An input of which each box reads another entry stands as these entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.graph.formula import node_formula
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.symbolic.write.formula_latex import node_formula_latex
from graphgrad.views.figure.content.diagram import Diagram, DiagramBox

__all__ = ["repeatable", "with_ghosts"]

MARK = r"\,\circlearrowright"
"""After the name of what is drawn several times."""


def repeatable(diagram: Diagram) -> int:
    """Return how many boxes more there are with ghosts; 0 if nothing is shared.

    Args:
        diagram: the boxes and edges.
    """
    readers = _readers(diagram, {box.id for box in diagram.boxes if _is_shared(box)})
    return sum(len(found) - 1 for found in readers.values())


def with_ghosts(diagram: Diagram, graph: Graph) -> Diagram:
    """Return a diagram in which each shared parameter is repeated beside what uses it.

    Args:
        diagram: the boxes and edges; a fold is repeated where it holds nothing but parameters.
        graph: what is drawn, which tells the entries that are read.
    """
    boxes = {box.id: box for box in diagram.boxes}
    given = {box.id for box in diagram.boxes if _is_shared(box)}
    readers = {box: found for box, found in _readers(diagram, given).items() if len(found) > 1}
    inputs = {box.id for box in diagram.boxes if box.role == "input"}
    parts = _parts(graph, boxes, _readers(diagram, inputs))
    readers |= {box: dict.fromkeys(found) for box, found in parts.items()}
    if not readers:
        return diagram
    drawn = [made for box in diagram.boxes for made in _drawn(box, graph, readers, parts)]
    place = {
        (box, reader): _name(box, number)
        for box, found in readers.items()
        for number, reader in enumerate(found)
    }
    edges = tuple(
        edge._replace(source=place.get((edge.source, edge.target), edge.source))
        for edge in diagram.edges
    )
    diagram = diagram._replace(boxes=tuple(drawn), edges=edges)
    marked = ", ".join(boxes[box].name for box in readers if box not in parts)
    if not marked:
        return diagram
    note = text("scene.note.ghosts", diagram.language, names=marked)
    return diagram._replace(notes=(*diagram.notes, note))


def _is_shared(box: DiagramBox) -> bool:
    """Tell whether a box is a parameter or a constant, or a fold of such alone."""
    if box.role == "folded":
        return bool(box.inside) and all(one.role in ("parameter", "constant") for one in box.inside)
    return box.role in ("parameter", "constant")


def _readers(diagram: Diagram, sources: set[str]) -> dict[str, dict[str, None]]:
    """Return who reads each of some boxes, in the order of the steps."""
    found: dict[str, dict[str, None]] = {}
    for edge in diagram.edges:
        if edge.source in sources:
            found.setdefault(edge.source, {})[edge.target] = None
    return found


def _parts(
    graph: Graph, boxes: Mapping[str, DiagramBox], readers: Mapping[str, Mapping[str, None]]
) -> dict[str, dict[str, int]]:
    """Return per input the node of the entry that each box reads, where each reads another."""
    found: dict[str, dict[str, int]] = {}
    for box, reading in readers.items():
        nodes = {reader: _entry(graph, boxes[reader], boxes[box].node) for reader in reading}
        entries = {reader: node for reader, node in nodes.items() if node is not None}
        keys = {graph.columns.settings_of(node)["key"] for node in entries.values()}
        if len(reading) > 1 and len(keys) == len(reading):
            found[box] = entries
    return found


def _entry(graph: Graph, reader: DiagramBox, source: int) -> int | None:
    """Return the node at which a box reads one place of an array; None if it reads more."""
    columns = graph.columns
    reads = [node for node in reader.nodes if source in columns.parents_of(node)]
    picked = [node for node in reads if columns.row(node).name == "index"]
    return picked[0] if len(picked) == len(reads) == 1 else None


def _name(box: str, number: int) -> str:
    """Return the id of a ghost; the first of a name is the box itself."""
    return f"{box}g{number}" if number else box


def _drawn(
    box: DiagramBox,
    graph: Graph,
    readers: Mapping[str, Mapping[str, None]],
    parts: Mapping[str, Mapping[str, int]],
) -> list[DiagramBox]:
    """Return what is drawn instead of a box."""
    if box.id in parts:
        entries = enumerate(parts[box.id].values())
        return [_picked(box._replace(id=_name(box.id, k)), graph, node) for k, node in entries]
    if box.id not in readers:
        return [box]
    marked = box._replace(label=f"{box.label}{MARK}")
    return [marked, *(_ghost(marked, k) for k in range(1, len(readers[box.id])))]


def _ghost(box: DiagramBox, number: int) -> DiagramBox:
    """Return a repetition: the first alone holds what a fold holds, and the sum of all uses."""
    return box._replace(
        id=_name(box.id, number),
        adjoint=None,
        adjoint_step=0,
        error_tex="",
        summary="",
        frontier=(),
        inside=(),
        kept=(),
    )


def _picked(box: DiagramBox, graph: Graph, node: int) -> DiagramBox:
    """Return one entry of an input as a box."""
    key = graph.columns.settings_of(node)["key"]
    sign = box.adjoint_sign
    label, part = node_formula_latex(graph, node), node_formula(graph, node)
    return box._replace(
        label=label,
        part=part,
        words=box.words.replace(box.name, part, 1),
        value=_at(box.value, key),
        adjoint=_at(box.adjoint, key),
        adjoint_sign=sign.removesuffix(box.label) + label if sign.endswith(box.label) else sign,
    )


def _at(array: Any, key: tuple[Any, ...]) -> Any:
    """Return what stands at a key: a number, or a part of an array."""
    if array is None:
        return None
    place = tuple(part if isinstance(part, int) else slice(*part) for part in key)
    part = array[place]
    return part.item() if hasattr(part, "shape") and not part.shape else part
