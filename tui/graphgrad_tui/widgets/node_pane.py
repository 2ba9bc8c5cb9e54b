"""Show what is known about one node."""

from __future__ import annotations

from typing import ClassVar

from graphgrad_tui.widgets.text_pane import TextPane

__all__ = ["NodePane"]

_KINDS = ("name", "value", "adjoint", "partial", "heading", "word")


class NodePane(TextPane):
    """Value, chain rule and local derivatives of a node."""

    STYLES = "node"
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"node--{kind}" for kind in _KINDS}
