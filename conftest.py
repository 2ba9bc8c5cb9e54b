"""Give every test a fixed language and a way to build graphs from text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graphgrad.messages.catalogue import set_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Word messages in English unless a test chooses otherwise."""
    set_language("en")
    yield
    set_language(None)
