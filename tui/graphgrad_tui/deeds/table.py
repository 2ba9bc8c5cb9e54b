"""List the deeds: the word in an action ``do('word')`` -> the function that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad_tui.deeds import breakpoints as marking
from graphgrad_tui.deeds import changing, deriving, opening, predicting, selecting, taking, zooming
from graphgrad_tui.deeds import check_and_train as screens
from graphgrad_tui.deeds import taking as picturing

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphgrad_tui.stage import Stage

__all__ = ["DEEDS"]

DEEDS: dict[str, Callable[[Stage], None]] = {
    "up": selecting.up,
    "down": selecting.down,
    "next_match": selecting.next_match,
    "previous_match": selecting.previous_match,
    "scroll_down": selecting.scroll_down,
    "scroll_up": selecting.scroll_up,
    "escape": selecting.follow,
    "break": marking.toggle_break,
    "watch": marking.toggle_watch,
    "fold": marking.toggle_group,
    "close_group": marking.close_group,
    "open": marking.open_level,
    "edit": changing.edit,
    "undo": changing.undo,
    "redo": changing.redo,
    "open_file": opening.open_file,
    "samples": opening.browse,
    "derivation": deriving.toggle,
    "larger": zooming.larger,
    "smaller": zooming.smaller,
    "fit": zooming.fit,
    "focus": zooming.focus,
    "more_hops": zooming.more_hops,
    "fewer_hops": zooming.fewer_hops,
    "picture": picturing.open_picture,
    "check": screens.check,
    "train": screens.train,
    "copy": taking.copy_value,
    "copy_latex": taking.copy_latex,
    "copy_dot": taking.copy_dot,
    "screenshot": taking.screenshot,
    "export": taking.export,
    "predict": predicting.toggle,
    "ask": predicting.ask,
    "reveal": predicting.reveal,
    "hint": predicting.hint,
}
