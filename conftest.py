"""Give every test a fixed language and a way to build graphs from text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from graphgrad.messages.catalogue import set_language

collect_ignore_glob = ["tests/data/*"]
if find_spec("llvmlite") is None:  # machine code comes with the extra jit
    collect_ignore_glob.append("graphgrad/compile/native/*")
os.environ["GRAPHGRAD_CACHE"] = "off"
"""Derivatives are worked out in every test: what a user's cache holds proves nothing."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Word messages in English unless a test chooses otherwise."""
    set_language("en")
    yield
    set_language(None)
