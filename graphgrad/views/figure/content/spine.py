"""Find the longest chain to the output, by which folds and layouts go."""

from __future__ import annotations

from graphgrad.views.figure.content.diagram import Diagram

__all__ = ["Spine", "ranks_of", "spine_of"]


class Spine:
    """Where each box stands along the longest path.

    Attributes:
        rank: per box id, the number of boxes before it on the longest path to it.
        chain: ids of the boxes of one longest path that ends in the output, in order.
        skips: ids of edges that pass by at least one rank.
        links: ids of the edges along the chain, one per pair of boxes.
    """

    def __init__(self, diagram: Diagram) -> None:
        self.rank = ranks_of(diagram)
        self.chain = _chain(diagram, self.rank)
        follows = dict(zip(self.chain, self.chain[1:], strict=False))
        self.links: dict[str, None] = {}
        linked: set[str] = set()
        for edge in diagram.edges:
            if follows.get(edge.source) == edge.target and edge.source not in linked:
                linked.add(edge.source)
                self.links[edge.id] = None
        leaves = {box.id for box in diagram.boxes if box.role in ("input", "parameter", "constant")}
        uses: dict[str, set[str]] = {}
        for edge in diagram.edges:
            uses.setdefault(edge.source, set()).add(edge.target)
        self.skips = {
            edge.id: None
            for edge in diagram.edges
            if self.rank[edge.target] - self.rank[edge.source] > 1
            and not (edge.source in leaves and len(uses[edge.source]) == 1)
        }

    @property
    def length(self) -> int:
        """Return the number of ranks."""
        return 1 + max(self.rank.values(), default=0)


def spine_of(diagram: Diagram) -> Spine:
    """Return the spine of a diagram."""
    return Spine(diagram)


def ranks_of(diagram: Diagram) -> dict[str, int]:
    """Return per box id the number of boxes before it on the longest path to it."""
    rank = {box.id: 0 for box in diagram.boxes}
    arriving: dict[str, list[str]] = {}
    for edge in diagram.edges:
        arriving.setdefault(edge.target, []).append(edge.source)
    for box in diagram.boxes:  # in the order of the steps: sources come first
        sources = arriving.get(box.id, ())
        rank[box.id] = max((rank[source] + 1 for source in sources), default=0)
    return rank


def _chain(diagram: Diagram, rank: dict[str, int]) -> list[str]:
    """Return one longest path, walking back from the output; computations go before leaves."""
    if not diagram.boxes:
        return []
    role = {box.id: box.role for box in diagram.boxes}
    sources: dict[str, list[str]] = {}
    for edge in diagram.edges:
        sources.setdefault(edge.target, []).append(edge.source)
    place = max(diagram.boxes, key=lambda box: (box.role == "loss", rank[box.id])).id
    chain, seen = [place], {place}
    while left := [source for source in sources.get(place, ()) if source not in seen]:
        place = max(
            dict.fromkeys(left),
            key=lambda box: (rank[box], role[box] in ("computation", "folded")),
        )
        chain.append(place)
        seen.add(place)
    kept = [box for box in reversed(chain) if role[box] in ("computation", "loss", "folded")]
    return kept if len(kept) > 1 else list(reversed(chain))
