"""Every row is spelled in every library, and its numbers are those of the trace, at kinks too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.row_graphs import kink_graphs, row_graphs
from tests.exports.test_scripts import JAX, compare, printed


@pytest.mark.parametrize("target", ["pytorch", JAX])
def test_every_row_gives_the_numbers_of_the_trace(target: str, tmp_path: Path) -> None:
    graphs = dict(row_graphs())
    assert len(graphs) > 150
    assert compare(graphs, printed(target, graphs, tmp_path)) == []


@pytest.mark.parametrize("target", ["pytorch", JAX])
def test_conventions_at_kinks_are_the_rows(target: str, tmp_path: Path) -> None:
    graphs = dict(kink_graphs())
    assert compare(graphs, printed(target, graphs, tmp_path)) == []
