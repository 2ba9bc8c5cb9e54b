"""One page for all tests that run it, built as it is deployed."""

from __future__ import annotations

from pathlib import Path

import pytest

from .pages import whole


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser") / "page"
    whole(folder)
    return folder
