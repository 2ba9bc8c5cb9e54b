"""Check that verdicts stay as they are: their reason, their points and cases, what they note."""

from __future__ import annotations

from tests.exercises.verdicts import RECORDED, verdicts


def test_every_verdict_is_reached_and_explained_as_it_was():
    """After a wanted change: ``python -m tests.exercises.verdicts``."""
    assert verdicts().split("\n") == RECORDED.read_text("utf-8").split("\n")
