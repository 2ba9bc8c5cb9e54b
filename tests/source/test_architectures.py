"""One small file per architecture: its gradients agree four ways, it trains if it says how."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.curriculum.runner import call, gradchecked

FOLDER = Path(__file__).parents[1] / "data" / "networks" / "architectures"
FILES = sorted(FOLDER.glob("*.gg"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_architecture_fits_a_slide_and_its_gradients_agree(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == "gg 1"
    assert len(lines) <= 20
    assert gradchecked(str(path))


@pytest.mark.parametrize(
    "path", [path for path in FILES if "\ntrain " in path.read_text("utf-8")], ids=lambda p: p.stem
)
def test_its_train_line_brings_the_loss_down(path: Path) -> None:
    result = call("train", str(path), "--json")
    assert result.exit_code == 0, result.output
    steps = json.loads(result.stdout)["steps"]
    assert steps[-1]["loss"] < steps[0]["loss"] / 2


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_its_layout_is_that_of_fmt(path: Path) -> None:
    assert call("fmt", "--check", str(path)).exit_code == 0
