"""Models of other frameworks are stepped: they have no text to edit."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad_tui.session import work_of_file

MODELS = Path(__file__).parents[1] / "data" / "imports"


@pytest.mark.parametrize("name", ["lenet.onnx", "lstm_cell.pt2"])
def test_a_model_is_stepped(name: str) -> None:
    path = str(MODELS / name)
    found = CliRunner().invoke(
        program, ["--lang", "en", "step", path, "--plain"], input="n\nn\nq\n"
    )
    assert found.exit_code == 0, found.output
    assert "2/" in found.output
    work = work_of_file(path)
    assert work.origin is None
    assert len(work.trace.graph) > 5
