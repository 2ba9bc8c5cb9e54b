"""Mark where two diagrams differ: what one of them has alone, and numbers that are not the same.

Boxes are the same if they have the same name; the second diagram tells by how much its numbers
differ from those of the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from graphgrad.ops.evaluate import to_float
from graphgrad.views.figure.content.diagram import Diagram, DiagramBox, DiagramEdge
from graphgrad.views.text.numbers import shape_of

__all__ = ["compared_diagrams", "with_answers"]

_TOLERANCE = 1e-9


def compared_diagrams(first: Diagram, second: Diagram) -> tuple[Diagram, Diagram]:
    """Return two diagrams with what differs between them marked.

    Where values differ, an adjoint that follows them is told by how much, without a mark.
    """
    there = {box.name: box for box in second.boxes}
    pairs = [(box, there[box.name]) for box in first.boxes if box.name in there]
    quiet = any(box.formula != other.formula or _moved(box, other) for box, other in pairs)
    return (
        _marked(first, second, tells=False, quiet=quiet),
        _marked(second, first, tells=True, quiet=quiet),
    )


def _moved(box: DiagramBox, other: DiagramBox, *, quiet: bool = True) -> bool:
    """Tell whether numbers of two boxes differ, or of what is in them; if quiet, values alone."""
    inner = zip(box.inside, other.inside, strict=False)
    apart = bool(box.inside and other.inside) and len(box.inside) != len(other.inside)
    return apart or any(
        a.name != b.name or _differ(a.value, b.value) or not (quiet or _same_adjoint(a, b))
        for a, b in ((box, other), *inner)
    )


def _same_adjoint(box: DiagramBox, other: DiagramBox) -> bool:
    return not _differ(box.adjoint, other.adjoint)


def with_answers(diagram: Diagram, answers: Mapping[str, Any]) -> Diagram:
    """Return a diagram whose values and adjoints are those answered by hand, others unknown.

    Args:
        diagram: of the pass, whose given values stay.
        answers: by name, the value, and by ``d`` and the name the adjoint.
    """
    boxes = tuple(_answered(box, answers) for box in diagram.boxes)
    edges = tuple(
        edge._replace(number=None, contribution=None, numbers="", brought=())
        for edge in diagram.edges
    )
    return diagram._replace(boxes=boxes, edges=edges)


def _answered(box: DiagramBox, answers: Mapping[str, Any]) -> DiagramBox:
    given = box.role in ("input", "parameter", "constant")
    value = box.value if given else answers.get(box.name)
    return box._replace(value=value, adjoint=answers.get(f"d{box.name}"), frontier=(), inside=())


def _marked(diagram: Diagram, other: Diagram, *, tells: bool, quiet: bool) -> Diagram:
    there = {box.name: box for box in other.boxes}
    boxes = tuple(_box(box, there.get(box.name), tells=tells, quiet=quiet) for box in diagram.boxes)
    drawn = set(_ends(other))
    named = {box.id: box.name for box in diagram.boxes}
    edges = tuple(
        edge._replace(mark="" if _end(edge, named) in drawn else "only") for edge in diagram.edges
    )
    return diagram._replace(boxes=boxes, edges=edges)


def _box(box: DiagramBox, other: DiagramBox | None, *, tells: bool, quiet: bool) -> DiagramBox:
    if other is None:
        return box._replace(mark="only")
    if box.frontier:  # a group that is closed tells the changes of what leaves it
        there = {inner.name: inner for inner in other.frontier}
        told_inside = (
            _box(inner, there[inner.name], tells=tells, quiet=quiet)
            if inner.name in there
            else inner
            for inner in box.frontier
        )
        box = box._replace(frontier=tuple(told_inside))
    numbers: tuple[tuple[Literal["value", "adjoint"], Any, Any], ...] = (
        ("value", box.value, other.value),
        ("adjoint", box.adjoint, other.adjoint),
    )
    told = [(kind, new, old) for kind, new, old in numbers if _differ(new, old)]
    differs = _moved(box, other, quiet=quiet) or box.formula != other.formula
    if not (told or differs):
        return box
    told = [(kind, new, old) for kind, new, old in told if _are_alike(new, old)]
    changes = tuple((kind, to_float(new) - to_float(old)) for kind, new, old in told)
    return box._replace(mark="differs" if differs else "", changes=changes if tells else ())


def _differ(new: Any, old: Any) -> bool:
    """Tell whether two numbers or arrays differ; one that is unknown differs from none."""
    if new is None or old is None:
        return False
    import numpy as np

    one, other = np.asarray(to_float(new)), np.asarray(to_float(old))
    if one.shape != other.shape:
        return True
    return not np.allclose(one, other, rtol=_TOLERANCE, atol=0.0, equal_nan=True)


def _are_alike(new: Any, old: Any) -> bool:
    return shape_of(new) == shape_of(old)


def _ends(diagram: Diagram) -> Iterator[tuple[str, str]]:
    named = {box.id: box.name for box in diagram.boxes}
    return (_end(edge, named) for edge in diagram.edges)


def _end(edge: DiagramEdge, named: Mapping[str, str]) -> tuple[str, str]:
    return named[edge.source], named[edge.target]
