"""Check that files from before loops and layers make the graphs that they made."""

from __future__ import annotations

import pytest

from tests.source.graphs import FILES, ROOT, digest, recorded


@pytest.mark.parametrize("name", FILES)
def test_an_old_file_makes_the_graph_it_made(name: str) -> None:
    assert digest(ROOT / name) == recorded()[name]
