"""The first three chapters of two public courses run with their import line changed.

The numbers are PyTorch's and micrograd's, recorded from the same initial arrays. Theirs are of 32
bits where ours are of 64, so they agree to 2e-5.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import graphgrad.torchlike as torch
from graphgrad.errors import UsageError
from tests.torchlike.courses import CHAPTERS, RECORDED, shown

pytestmark = pytest.mark.filterwarnings("ignore:draws are")
EXPECTED = json.loads(RECORDED.read_text("utf-8"))
OURS = {"torch": "graphgrad.torchlike", "micrograd": "graphgrad.micrograd"}


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, list):
        listed = isinstance(ours, list | tuple) and len(ours) == len(theirs)
        return listed and all(map(_same, ours, theirs))
    if isinstance(theirs, float):
        return bool(ours == pytest.approx(theirs, rel=2e-5, abs=2e-5))
    return bool(ours == theirs)


def test_there_are_three_chapters_of_two_courses() -> None:
    assert [name.rstrip("0123456789") for name in CHAPTERS] == ["dive_"] * 3 + ["hero_"] * 3


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_gives_the_numbers_of_its_library(chapter: str) -> None:
    ours = shown(chapter, OURS)
    assert len(ours) == len(EXPECTED[chapter]) >= 15
    for line, wanted in zip(ours, EXPECTED[chapter], strict=True):
        assert _same(json.loads(json.dumps(line)), wanted)


def test_what_no_gradient_reaches_is_a_tensor_whose_entries_are_set() -> None:
    x = torch.arange(6, dtype=torch.float32).reshape(2, 3)
    x[0] = torch.tensor([7.0, 8.0, 9.0])
    x += 1
    assert torch.cat((x, x * 2), dim=1)[0].tolist() == [8.0, 9.0, 10.0, 16.0, 18.0, 20.0]
    assert (x == x.clone()).tolist() == [[True] * 3] * 2
    assert bool((x > 3).all())
    assert int(x.sum()) == 42


def test_what_a_gradient_reaches_is_recorded() -> None:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    y = (w * 2)[0]
    assert float(y) == 2.0
    with pytest.raises(UsageError):
        y[0] = 3.0
    with torch.no_grad():
        plain = w * 2
        plain[0] = 5.0
    assert plain.tolist() == [5.0, 4.0]
    (w * plain).sum().backward()
    assert w.grad.tolist() == [5.0, 4.0]


def test_a_loader_hands_out_batches() -> None:
    data = torch.utils.data
    rows = data.TensorDataset(torch.arange(5.0), torch.tensor([0, 1, 0, 1, 0]))
    loader = data.DataLoader(rows, batch_size=2, drop_last=True)
    assert [len(x) for x, _ in loader] == [2, 2]
    drawn = [y for x, _ in data.DataLoader(rows, batch_size=2, shuffle=True) for y in x.tolist()]
    assert sorted(drawn) == [0.0, 1.0, 2.0, 3.0, 4.0]
    first, second = data.random_split(rows, [0.6, 0.4])
    assert (len(first), len(second)) == (3, 2)


def test_the_values_of_a_parameter_are_filled_in_place() -> None:
    layer = torch.nn.Linear(2, 1)
    layer.weight.data.fill_(0.5)
    layer.bias.data.zero_()
    assert layer(torch.tensor([[1.0, 3.0]])).item() == 2.0
    made = layer(torch.tensor([[1.0, 3.0]]))
    made.data.zero_()
    assert made.tolist() == [[0.0]]


def test_what_names_no_class_or_token_is_refused() -> None:
    nn = torch.nn
    scores = nn.Linear(2, 2)(torch.ones(1, 2))
    for call in (
        lambda: nn.CrossEntropyLoss()(scores, torch.tensor([7])),
        lambda: nn.functional.cross_entropy(scores, torch.tensor([-1])),
        lambda: nn.functional.cross_entropy(scores, torch.tensor([0.5])),
        lambda: nn.functional.nll_loss(scores, torch.tensor([0.5]) + 0),
        lambda: nn.Embedding(3, 2)(torch.tensor([5])),
        lambda: nn.functional.embedding(torch.tensor([0.5]), torch.ones(3, 2)),
        lambda: nn.functional.one_hot(torch.tensor([5]), 3),
    ):
        with pytest.raises(UsageError, match="number of no class"):
            call()


def test_a_module_is_sent_to_a_device() -> None:
    assert torch.nn.Linear(2, 1).to("cpu")(torch.ones(1, 2)).shape == (1, 1)
