"""Words that NumPy and PyTorch read differently: on tensors PyTorch's numbers, from torch 2.13."""

from __future__ import annotations

from typing import Any

import pytest

import graphgrad.torchlike as torch
import graphgrad.torchlike.nn.functional as F  # noqa: N812  # as in lessons
from graphgrad.errors import ShapeError, UsageError

ROWS = [[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]]
OTHERS = [[3.0, 4.0, 1.0], [1.0, 2.0, 2.0]]
WORDS: dict[str, tuple[Any, Any]] = {
    "transpose": (lambda x, y: x.transpose(0, 1), [[1.0, 4.0], [-2.0, 5.0], [3.0, -6.0]]),
    "last two": (lambda x, y: x.transpose(-2, -1), [[1.0, 4.0], [-2.0, 5.0], [3.0, -6.0]]),
    "torch.transpose": (lambda x, y: torch.transpose(y, 0, 1), [[3.0, 1.0], [4.0, 2.0], [1, 2.0]]),
    "permute": (lambda x, y: x.permute(0, 1), ROWS),
    "repeat": (lambda x, y: x.repeat(1, 2), [row * 2 for row in ROWS]),
    "repeat new": (lambda x, y: y[0].repeat(2, 1), [OTHERS[0]] * 2),
    "repeat whole": (lambda x, y: torch.arange(2).repeat(2), [0, 1, 0, 1]),
    "where": (lambda x, y: x.where(x > 0, y), [[1.0, 4.0, 3.0], [4.0, 5.0, 2.0]]),
    "where whole": (lambda x, y: torch.arange(3).where(torch.arange(3) > 1, torch.tensor(7)),
                    [7, 7, 2]),
    "norm": (lambda x, y: x.norm(1), 21.0),
    "torch.norm": (lambda x, y: torch.norm(x, 1), 21.0),
    "norm along": (lambda x, y: torch.norm(y, 1, 1), [8.0, 5.0]),
    "split": (lambda x, y: torch.split(x, [1, 2], dim=1)[1], [[-2.0, 3.0], [5.0, -6.0]]),
    "select": (lambda x, y: torch.select(x, 1, 0), [1.0, 4.0]),
    "and": (lambda x, y: x[(x > 0) & (x < 4)], [1.0, 3.0]),
    "or": (lambda x, y: x[(x > 4) | (x < -4)], [5.0, -6.0]),
    "and, no gradient": (lambda x, y: y[(y > 1) & (y < 4)], [3.0, 2.0, 2.0]),
    "not and": (lambda x, y: x[~((x > 0) & (x < 4))], [-2.0, 4.0, 5.0, -6.0]),
    "meshgrid": (lambda x, y: torch.meshgrid(x[0], y[0], indexing="xy")[0], [ROWS[0]] * 3),
}  # fmt: skip


def _both() -> tuple[Any, Any]:
    return torch.tensor(ROWS, requires_grad=True), torch.tensor(OTHERS)


@pytest.mark.parametrize("word", WORDS)
def test_tensors_take_the_words_as_pytorch_does(word: str) -> None:
    made, expected = WORDS[word]
    found = made(*_both())
    assert found.tolist() == expected
    if word == "meshgrid":
        x, y = _both()
        torch.meshgrid(x[0], y[0])[0].sum().backward()
        assert x.grad.tolist() == [[3.0] * 3, [0.0] * 3]


def test_the_answer_of_a_comparison_is_a_mask_of_attention() -> None:
    x, _ = _both()
    q = x[None]
    found = F.scaled_dot_product_attention(q, q, q, attn_mask=(x @ x.T > 0))
    assert found.tolist() == [ROWS]


def test_what_is_added_in_place_keeps_its_gradient() -> None:
    x, _ = _both()
    total = torch.zeros(2, 3)
    total += x
    total *= x
    total.sum().backward()
    assert x.grad.tolist() == [[2 * one for one in row] for row in ROWS]
    small = torch.zeros(3)
    with pytest.raises(ShapeError):
        small += x
    with pytest.raises(ShapeError):
        torch.zeros(3).mul_(torch.zeros(2, 3))


@pytest.mark.parametrize("later", [lambda v, x: v, lambda v, x: v.clone() * 2 + x.sum()])
def test_a_gradient_that_was_lost_in_place_is_said_when_it_is_asked_for(later: Any) -> None:
    x, _ = _both()
    kept = torch.zeros(2)
    kept[1] = x.sum()
    assert kept.tolist() == [0.0, 5.0]  # a lesson may note its losses so
    with pytest.raises(UsageError) as refused:
        later(kept, x).sum().backward()
    assert refused.value.message_id == "given.cut"
    kept.zero_()
    kept[0] = x.sum().detach()
    (kept * x[0, 0]).sum().backward()
    assert x.grad.tolist() == [[5.0, 0.0, 0.0], [0.0, 0.0, 0.0]]


@pytest.mark.parametrize("wrong", [
    lambda x, y: torch.sub(x, y, alpha=2), lambda x, y: torch.tensordot(x, y, dims=1),
    lambda x, y: torch.select(x, 5, 0), lambda x, y: x.repeat(2),
])  # fmt: skip
def test_what_is_not_taken_is_refused_in_words(wrong: Any) -> None:
    with pytest.raises((UsageError, ShapeError)):
        wrong(*_both())
