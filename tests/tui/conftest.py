"""Every test of the app runs in a folder of its own, and waits for screens to come to rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

MOST_PAUSES = 20


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder: screenshots land in the working folder."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def pauses_until_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a pause last until no redraw is due: panes tell their sizes by messages, and texts are
    worded anew after the refresh that follows, which a busy machine puts behind one pause."""
    once = Pilot.pause

    async def pause(pilot: Pilot[None], delay: float | None = None) -> None:
        await once(pilot, delay)
        for _ in range(MOST_PAUSES):
            if not getattr(pilot.app, "_waiting", False):
                return
            await once(pilot)

    monkeypatch.setattr(Pilot, "pause", pause)
