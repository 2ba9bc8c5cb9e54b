"""Find nodes by name, by words or by their numbers, and remember what was searched for."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import Worded
from graphgrad.stepping.conditions import nodes_where, read_condition
from graphgrad.stepping.journey import matching_nodes

if TYPE_CHECKING:
    from graphgrad.graph.graph import Graph
    from graphgrad.trace.trace import State
    from graphgrad_tui.graph_view.boxes import Boxes

__all__ = ["Finding"]


class Finding:
    """The boxes that match the last search, in the order of the steps."""

    def __init__(self, graph: Graph, boxes: Boxes) -> None:
        self.graph = graph
        self.boxes = boxes
        self.matches: list[int] = []

    def named(self, name: str) -> int | None:
        """Return the box of a name."""
        node = self.graph.find(name)
        return None if node is None else self.boxes.owner[node]

    def near(self, name: str) -> Worded:
        """Return a sentence with names near a wrong one."""
        close = get_close_matches(name, self.graph.line_names, n=3)
        return Worded("near.names", names=", ".join(close)) if close else Worded("near.none")

    def search(self, words: str, state: State) -> int:
        """Remember the boxes that have some words, or whose numbers meet a condition."""
        condition = read_condition(words)
        if condition is None:
            self.matches = matching_nodes(self.graph, self.boxes.keys, words)
        else:
            self.matches = nodes_where(state, self.boxes.keys, condition)
        return len(self.matches)

    def match(self, node: int, step: int) -> int | None:
        """Return the match after (1) or before (-1) a box, round the end; None without any."""
        if not self.matches:
            return None
        if step > 0:
            return next((found for found in self.matches if found > node), self.matches[0])
        earlier = [found for found in self.matches if found < node]
        return (earlier or self.matches)[-1]
