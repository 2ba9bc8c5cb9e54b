"""List the deeds: the name of a command to the function that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad_tui.deeds import (
    copy_and_export,
    depth,
    derivation,
    edit_and_train,
    entries,
    marks_and_groups,
    open_graph,
    questions,
    selection,
    side,
    tour,
    zoom,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphgrad_tui.stage import Stage

__all__ = ["DEEDS"]

DEEDS: dict[str, Callable[[Stage], None]] = {
    "up": selection.up,
    "down": selection.down,
    "next_match": selection.next_match,
    "previous_match": selection.previous_match,
    "scroll_down": selection.scroll_down,
    "scroll_up": selection.scroll_up,
    "escape": selection.follow,
    "break": marks_and_groups.toggle_break,
    "watch": marks_and_groups.toggle_watch,
    "fold": marks_and_groups.toggle_group,
    "close_group": marks_and_groups.close_group,
    "open": marks_and_groups.open_level,
    "edit": edit_and_train.edit,
    "undo": edit_and_train.undo,
    "redo": edit_and_train.redo,
    "open_file": open_graph.open_file,
    "samples": open_graph.browse,
    "deeper": depth.deeper,
    "shallower": depth.shallower,
    "entries": depth.entries,
    "next_entry": entries.next_entry,
    "previous_entry": entries.previous,
    "lower_entry": entries.lower,
    "upper_entry": entries.upper,
    "units": side.units,
    "listing": side.listing,
    "derivation": derivation.toggle,
    "larger": zoom.larger,
    "smaller": zoom.smaller,
    "fit": zoom.fit,
    "focus": zoom.focus,
    "more_hops": zoom.more_hops,
    "fewer_hops": zoom.fewer_hops,
    "picture": copy_and_export.open_picture,
    "check": edit_and_train.check,
    "train": edit_and_train.train,
    "lens": edit_and_train.lens,
    "copy": copy_and_export.copy_value,
    "copy_latex": copy_and_export.copy_latex,
    "copy_dot": copy_and_export.copy_dot,
    "screenshot": copy_and_export.screenshot,
    "export": copy_and_export.export,
    "predict": questions.toggle,
    "ask": questions.ask,
    "reveal": questions.reveal,
    "hint": questions.hint,
    "tour": tour.toggle,
}
