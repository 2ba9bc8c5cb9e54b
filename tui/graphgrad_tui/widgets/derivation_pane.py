"""Show the worked derivation beside the graph; the lines of the present step stand out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from graphgrad_tui.node_line import NodeLine
from graphgrad_tui.widgets.node_pane import NodePane

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from graphgrad.stepping.worked import WorkedLine
    from graphgrad.views.cells import Charset

__all__ = ["DerivationPane"]

_SIGNS: dict[Charset, str] = {"unicode": "▸ ", "ascii": "> "}


class DerivationPane(NodePane):
    """Values, then the chain rule, as far as they are known; follows the steps by scrolling."""

    def __init__(self, charset: Charset) -> None:
        super().__init__()
        self.display = False
        self._sign = _SIGNS[charset]

    def show_at(self, lines: Sequence[WorkedLine], current: tuple[int, str]) -> None:
        """Show a derivation, with the lines about one node's value or adjoint marked."""
        here = [at for at, line in enumerate(lines) if (line.node, line.part) == current]
        told = [
            NodeLine("heading", line.text)
            if line.part == "heading"
            else NodeLine(
                "current" if at in here else "value" if line.part == "value" else "adjoint",
                (self._sign if at in here else "  ") + line.text,
            )
            for at, line in enumerate(lines)
        ]
        self.show(told)
        self._follow(told, here)

    def _follow(self, told: Sequence[NodeLine], here: Collection[int]) -> None:
        """Scroll so that the marked lines are seen, near the middle."""
        if not here or self.virtual_size.height <= self.size.height:
            return
        width = max(1, self.size.width)
        before = [Text(line.text).wrap(self.app.console, width) for line in told[: min(here)]]
        row = sum(len(rows) for rows in before)
        self.scroll_to(y=max(0, row - self.size.height // 3), animate=False)
