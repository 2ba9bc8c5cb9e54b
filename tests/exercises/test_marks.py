"""Check that marks stay as they are: status, reason, remarks, what is expected, the mistake."""

from __future__ import annotations

from tests.exercises.marks import RECORDED, marks


def test_every_mark_is_given_and_explained_as_it_was():
    """After a wanted change: ``python -m tests.exercises.marks``."""
    assert marks().split("\n") == RECORDED.read_text("utf-8").split("\n")
