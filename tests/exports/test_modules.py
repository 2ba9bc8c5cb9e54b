"""Export modules of one's own, in the words of `gg.nn` and of `torchlike`, and run the results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
import graphgrad.torchlike as torch
from graphgrad import nn as plain_nn
from graphgrad.errors import UsageError
from tests.exports.test_scripts import compare, printed

pytestmark = pytest.mark.filterwarnings("ignore:draws are")
IMAGE = np.random.default_rng(3).standard_normal((2, 1, 4, 4)).round(2)


def _net(nn: Any) -> Any:
    class Net(nn.Module):  # type: ignore[misc]  # a class of its own
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(1, 2, 3, padding=1)
            self.pool = nn.MaxPool2d(2)
            self.fc = nn.Linear(8, 3)
            self.scale = nn.Parameter(np.array([2.0, 1.0, 0.5]))

        def forward(self, image: Any) -> Any:
            h = self.pool(self.conv(image).relu())
            return (self.fc(h.flatten(1)) * self.scale).log_softmax(1)

    return Net()


def _made(words: str) -> tuple[Any, Any]:
    """Return a module and what it is called with, in the words of gg or of PyTorch."""
    if words == "torchlike":
        return _net(torch.nn), torch.tensor(IMAGE)
    return _net(plain_nn), IMAGE


@pytest.mark.parametrize("words", ["gg", "torchlike"])
@pytest.mark.parametrize("target", ["numpy", "pytorch"])
def test_the_loss_of_a_module_gives_its_numbers_there(
    words: str, target: str, tmp_path: Path
) -> None:
    net, image = _made(words)
    loss = -net(image)[[0, 1], [2, 0]].mean()
    graph = loss.graph()
    text = gg.export(loss, target, path=tmp_path / "written.txt")
    assert (tmp_path / "written.txt").read_text("utf-8") == text
    folder = tmp_path / "run"
    folder.mkdir()
    found = printed(target, {"loss": graph}, folder)
    assert (folder / "loss.py").read_text("utf-8") == text
    assert compare({"loss": graph}, found) == []


@pytest.mark.parametrize("words", ["gg", "torchlike"])
def test_a_module_as_an_onnx_model_names_its_input_as_forward_does(words: str) -> None:
    onnx = pytest.importorskip("onnx")
    reference = pytest.importorskip("onnx.reference")
    net, image = _made(words)
    model = onnx.load_from_string(gg.export(net, "onnx", image))
    [given] = [one.name for one in model.graph.input if one.name == "image"]
    [found] = reference.ReferenceEvaluator(model).run(["y"], {given: IMAGE})
    np.testing.assert_allclose(found, np.asarray(net(image).value), rtol=1e-9)


def test_what_cannot_be_exported_is_told() -> None:
    with pytest.raises(UsageError, match="Did you mean pytorch"):
        gg.export(gg.param("w", 1) * 2, "pytroch")
    with pytest.raises(UsageError, match="nothing to export"):
        gg.export("model.pt", "numpy")
