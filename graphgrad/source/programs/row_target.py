"""Let the forward of a layer row append its lines to a file's graph."""

from __future__ import annotations

from array import array
from typing import Any

from graphgrad.graph.columns import Columns
from graphgrad.ops.shapes import Shape
from graphgrad.source.programs.workspace import Workspace

__all__ = ["RowTarget"]


class RowTarget:
    """What `graphgrad.layers.apply.LayerEmitter` appends to.

    Args:
        workspace: receives the lines, whose names are made unique.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.columns: Columns = workspace.builder.columns
        self.line_ends: array[int] = workspace.builder.line_ends

    def constant(self, value: Any, shape: Shape = (), symbol: str = "") -> int:
        """Append a number."""
        return self.workspace.builder.constant(value, shape, symbol)

    def end_line(self, name: str, *, label: str = "", group: str = "") -> None:
        """End a line."""
        name = self.workspace.free_name(name)
        self.workspace.join_families(name)
        self.workspace.end_line(name, label=label, group=group)
