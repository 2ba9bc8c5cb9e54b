"""Show and hide the worked derivation; it is worked out behind the screen."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import language, set_language, text
from graphgrad_tui.deeds import side
from graphgrad_tui.widgets.text_panes import DerivationPane

if TYPE_CHECKING:
    from graphgrad.stepping.worked_lines import Wanted, Worked
    from graphgrad_tui.stage import Stage

__all__ = ["show", "toggle"]


def toggle(app: Stage) -> None:
    """Show the derivation in the place of the node, or the node again."""
    side.choose(app, DerivationPane)


def show(app: Stage) -> None:
    """Show the derivation at the moment, where it is wanted."""
    pane = app.found(DerivationPane)
    if pane is None or not pane.display:
        return
    # Late: what derives takes a while to load, and the first frame needs none of it.
    from graphgrad.stepping.worked_lines import WorkedLine, current_stage, worked_lines

    wanted = _wanted(app)
    found = app.derivation
    if found is not None and found[0] == wanted:
        lines = list(worked_lines(found[1], app.state, app.round.hidden))
        pane.show_at(lines, current_stage(app.trace, app.stop))
        return
    pane.show_at([WorkedLine(-1, "heading", text("worked.loading"))], (-1, ""))
    work = partial(_work_out, app, wanted, language())
    app.run_worker(work, thread=True, exclusive=True, group="derivation")


def _wanted(app: Stage) -> Wanted:
    from graphgrad.stepping.worked_lines import MOST, Wanted

    many = len(app.session.boxes.keys) > MOST
    return Wanted(app.trace, app.selected, app.session.fold, max(app.stop.node, 0) if many else 0)


def _work_out(app: Stage, wanted: Wanted, code: str) -> None:
    from graphgrad.stepping.worked_lines import worked

    set_language(code, everywhere=False)
    found = worked(*wanted)
    with suppress(RuntimeError):  # the app has been left meanwhile
        app.call_from_thread(_keep, app, wanted, found)


def _keep(app: Stage, wanted: Wanted, found: Worked) -> None:
    if app.screen_stack and _wanted(app) == wanted:
        app.derivation = wanted, found
        show(app)
