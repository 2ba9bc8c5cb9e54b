"""One page for all tests that run it, built as it is deployed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .pages import whole


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if os.environ.get("BROWSER_PAGE"):  # built before, by hand
        return Path(os.environ["BROWSER_PAGE"])
    folder = tmp_path_factory.mktemp("browser") / "page"
    whole(folder)
    return folder
