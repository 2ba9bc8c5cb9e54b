"""Set breakpoints and watches; open and close groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import text

if TYPE_CHECKING:
    from graphgrad_tui.stage import Stage

__all__ = ["close_group", "open_level", "toggle_break", "toggle_group", "toggle_watch"]


def toggle_break(app: Stage) -> None:
    """Set a breakpoint at the node, or clear it."""
    _toggle(app.session.breakpoints, app.node)
    app.redraw()


def toggle_watch(app: Stage) -> None:
    """Put the node on the watch list, or take it off."""
    _toggle(app.session.watched, app.node)
    app.redraw()


def _toggle(marks: dict[int, None], node: int) -> None:
    if node in marks:
        del marks[node]
    else:
        marks[node] = None


# ---- groups ----


def toggle_group(app: Stage) -> None:
    """Open the group that the selected box stands for, or close the one it is in."""
    _refold(app, app.session.groups.toggle(app.node))


def close_group(app: Stage) -> None:
    """Close the group around the selected box."""
    _refold(app, app.session.groups.close(app.node))


def open_level(app: Stage) -> None:
    """Open every closed group by one level."""
    _refold(app, app.session.groups.open_level())


def _refold(app: Stage, done: bool) -> None:
    if done:
        app.relayout()
    else:
        app.notify(text("app.no_group"))
