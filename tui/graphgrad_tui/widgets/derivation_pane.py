"""Show the worked derivation beside the graph; the lines of the present step stand out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad_tui.widgets.node_pane import NodePane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphgrad.stepping.worked import WorkedLine
    from graphgrad.views.cells import Charset

__all__ = ["DerivationPane"]


class DerivationPane(NodePane):
    """Values, then the chain rule, as far as they are known; follows the steps by scrolling."""

    def __init__(self, charset: Charset) -> None:
        super().__init__(charset)
        self.display = False

    def show_at(self, lines: Sequence[WorkedLine], current: tuple[int, str]) -> None:
        """Show a derivation, with the lines about one node's value or adjoint marked."""
        told, here = [], []
        for number, line in enumerate(lines):
            if line.part == "heading":
                told.append(("heading", line.text))
            elif (line.node, line.part) == current:
                here.append(number)
                told.append(("current", f"▸ {line.text}"))
            else:
                told.append((line.part, f"  {line.text}"))
        self.put_lines(told)
        if here:
            self.scroll_to_line(here[0])
