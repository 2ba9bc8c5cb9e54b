"""Return the screen as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

__all__ = ["screen_rows"]


def screen_rows(screen: Screen[object]) -> list[str]:
    """Return the screen as rows of characters, as a terminal shows them."""
    strips = screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]
