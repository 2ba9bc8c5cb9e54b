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
    "number and places": (lambda x, y: torch.stack([x, y])[0, :, [0, 1]],
                          [[1.0, -2.0], [4.0, 5.0]]),
    "number, new axis, places": (lambda x, y: torch.stack([x, y])[0, None, :, [0, 1]].shape,
                                 (1, 2, 2)),
    "number and mask": (lambda x, y: torch.stack([x, y])[1, y > 2], [3.0, 4.0]),
    "meshgrid": (lambda x, y: torch.meshgrid(x[0], y[0], indexing="xy")[0], [ROWS[0]] * 3),
}  # fmt: skip


def _both() -> tuple[Any, Any]:
    return torch.tensor(ROWS, requires_grad=True), torch.tensor(OTHERS)


@pytest.mark.parametrize("word", WORDS)
def test_tensors_take_the_words_as_pytorch_does(word: str) -> None:
    made, expected = WORDS[word]
    found = made(*_both())
    assert (found if isinstance(found, tuple) else found.tolist()) == expected
    if word == "meshgrid":
        x, y = _both()
        torch.meshgrid(x[0], y[0])[0].sum().backward()
        assert x.grad.tolist() == [[3.0] * 3, [0.0] * 3]


NAN = float("nan")


@pytest.mark.parametrize("needs", [False, True])
def test_what_is_no_number_is_the_largest_in_an_order(needs: bool) -> None:
    x = torch.tensor([[NAN, 0.0, -1.0], [2.0, NAN, 3.0]], requires_grad=needs)
    found = {
        "sort": x.sort(), "down": torch.sort(x, descending=True), "topk": x.topk(2),
        "median": x.median(1),
    }  # fmt: skip
    told = {name: (repr(two.values.tolist()), two.indices.tolist()) for name, two in found.items()}
    assert told == {
        "sort": ("[[-1.0, 0.0, nan], [2.0, 3.0, nan]]", [[2, 1, 0], [0, 2, 1]]),
        "down": ("[[nan, 0.0, -1.0], [nan, 3.0, 2.0]]", [[0, 1, 2], [1, 2, 0]]),
        "topk": ("[[nan, 0.0], [nan, 3.0]]", [[0, 1], [1, 2]]),
        "median": ("[nan, nan]", [0, 1]),
    }  # all of it from torch 2.13
    assert repr(x.median().tolist()) == "nan"


_P = [[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]]
_LOGS = [[-1.2, -1.2, -0.9], [-1.6, -1.2, -0.7]]


def test_the_mean_over_a_batch_is_refused_where_shapes_differ() -> None:
    p, logs = torch.tensor(_P), torch.tensor(_LOGS)
    for reduction in ("batchmean", "mean", "sum", "none"):
        for output, target in ((logs[0], p), (logs[:1], p), (logs, p[0]), (logs[0, 0], p)):
            with pytest.raises(ShapeError):
                F.kl_div(output, target, reduction=reduction)
    found = F.kl_div(logs, p, reduction="batchmean"), F.kl_div(logs[0], p[0], reduction="batchmean")
    assert [one.item() for one in found] == pytest.approx([0.140657563143, 0.026782328645])
    number = F.kl_div(logs[0, 0], p[0, 0], reduction="batchmean")
    assert number.item() == pytest.approx(-0.081887582487)  # these three from torch 2.13


_INF = float("inf")
_Q, _K, _V = [[[1.0, 0.0], [0.0, 1.0]]], [[[1.0, 2.0], [0.5, 1.0]]], [[[1.0, 2.0], [3.0, 4.0]]]
_MASK, _ADDED = [[True, False], [False, False]], [[0.0, -_INF], [-_INF, -_INF]]


def _heads(**options: Any) -> Any:
    heads = torch.nn.MultiheadAttention(2, 1, batch_first=True)
    with torch.no_grad():
        heads.in_proj_weight.copy_(torch.tensor([[1.0, 0.0], [0.0, 1.0]] * 3))
        heads.out_proj.weight.copy_(torch.tensor([[1.0, 0.0], [0.0, 1.0]]))
    return heads(torch.tensor(_Q), torch.tensor(_K), torch.tensor(_V), **options)


_EMPTY_ROWS: dict[str, tuple[Any, str]] = {
    "by name": (lambda q, k, v: F.scaled_dot_product_attention(
        q, k, v, attn_mask=torch.tensor(_MASK)), "[[[1.0, 2.0], [0.0, 0.0]]]"),
    "added": (lambda q, k, v: F.scaled_dot_product_attention(
        q, k, v, attn_mask=torch.tensor(_ADDED)), "[[[1.0, 2.0], [0.0, 0.0]]]"),
    "softmax": (lambda q, k, v: torch.softmax(torch.tensor(_ADDED), -1),
                "[[1.0, 0.0], [nan, nan]]"),
    "by hand": (lambda q, k, v: torch.softmax((q @ k.mT).masked_fill(~torch.tensor(_MASK), -_INF),
                                              -1) @ v, "[[[1.0, 2.0], [nan, nan]]]"),
    "heads": (lambda q, k, v: _heads(attn_mask=~torch.tensor(_MASK))[0],
              "[[[1.0, 2.0], [nan, nan]]]"),
    "their weights": (lambda q, k, v: _heads(attn_mask=~torch.tensor(_MASK))[1],
                      "[[[1.0, 0.0], [nan, nan]]]"),
    "heads without weights": (lambda q, k, v: _heads(attn_mask=~torch.tensor(_MASK),
                                                     need_weights=False)[0],
                              "[[[1.0, 2.0], [0.0, 0.0]]]"),
    "heads, added": (lambda q, k, v: _heads(attn_mask=torch.tensor(_ADDED))[0],
                     "[[[1.0, 2.0], [nan, nan]]]"),
    "padding": (lambda q, k, v: _heads(key_padding_mask=torch.tensor([[True, True]]))[0],
                "[[[nan, nan], [nan, nan]]]"),
    "padding without weights": (
        lambda q, k, v: _heads(key_padding_mask=torch.tensor([[True, True]]),
                               need_weights=False)[0], "[[[0.0, 0.0], [0.0, 0.0]]]"),
}  # fmt: skip
"""A query whose every key is masked, and what torch 2.13 gives."""


@pytest.mark.parametrize("needs", [False, True])
@pytest.mark.parametrize("form", _EMPTY_ROWS)
def test_a_query_that_may_see_nothing_is_told_as_pytorch_tells_it(form: str, needs: bool) -> None:
    made, expected = _EMPTY_ROWS[form]
    q, k, v = (torch.tensor(one, requires_grad=needs) for one in (_Q, _K, _V))
    assert repr(made(q, k, v).tolist()) == expected


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


@pytest.mark.parametrize("wrong", [
    lambda x, y: torch.sub(x, y, alpha=2), lambda x, y: torch.tensordot(x, y, dims=1),
    lambda x, y: torch.select(x, 5, 0), lambda x, y: x.repeat(2),
])  # fmt: skip
def test_what_is_not_taken_is_refused_in_words(wrong: Any) -> None:
    with pytest.raises((UsageError, ShapeError)):
        wrong(*_both())


_CYCLE = {"base_lr": 0.01, "max_lr": 0.1, "step_size_up": 2, "mode": "exp_range",
          "gamma": 0.9, "base_momentum": 0.5}  # fmt: skip
_CYCLED = (
    (
        "SGD",
        {"lr": 0.1, "momentum": 0.9},
        "OneCycleLR",
        {"max_lr": 0.3, "total_steps": 9},
        [0.125880690239, 1.36088097498, 0.404484676151],
    ),
    (
        "SGD",
        {"lr": 0.1, "momentum": 0.9},
        "CyclicLR",
        _CYCLE,
        [0.459313421944, 1.007338208022, 0.475415471648],
    ),
    (
        "Adam",
        {"lr": 0.1},
        "OneCycleLR",
        {"max_lr": 0.3, "total_steps": 9},
        [0.25278512008, -0.113649311515, 0.174768940995],
    ),
    ("Adam", {"lr": 0.1}, "CyclicLR", _CYCLE, [0.735252042837, -0.717002069232, 0.316562486005]),
)
"""Optimizer, schedule, and what torch 2.13 leaves of [1, -1, 0.5] after eight updates."""


@pytest.mark.parametrize(("kind", "own", "schedule", "given", "expected"), _CYCLED)
def test_momentum_goes_down_while_the_rate_goes_up(
    kind: str, own: Any, schedule: str, given: Any, expected: list[float]
) -> None:
    w = torch.tensor([1.0, -1.0, 0.5], requires_grad=True)
    chosen = getattr(torch.optim, kind)([w], **own)
    cycle = getattr(torch.optim.lr_scheduler, schedule)(chosen, **given)
    for _ in range(8):
        chosen.zero_grad()
        ((w - 0.3) ** 4).sum().backward()
        chosen.step()
        cycle.step()
    assert w.tolist() == pytest.approx(expected, rel=1e-9)
    with pytest.raises(UsageError) as refused:
        getattr(torch.optim.lr_scheduler, schedule)(torch.optim.Adagrad([w]), **given)
    assert refused.value.message_id == "optim.no_momentum"


@pytest.mark.filterwarnings("ignore:draws are")
@pytest.mark.parametrize("wrong", [
    lambda: torch.zeros("a"), lambda: torch.rand("é"), lambda: torch.linalg.qr(3),
    lambda: torch.expit("x"), lambda: torch.mm({}, 1), lambda: torch.full_like("x", 2),
    lambda: torch.LongTensor({}), lambda: torch.triu_indices("0", "0"),
])  # fmt: skip
def test_what_makes_tensors_refuses_in_words(wrong: Any) -> None:
    with pytest.raises(UsageError):
        wrong()


def test_a_sequence_is_no_image_to_be_enlarged() -> None:
    for wrong in (torch.ones(1, 2, 3), torch.ones(2, 3)):
        with pytest.raises(ShapeError):
            F.interpolate(wrong, scale_factor=2)
        with pytest.raises(ShapeError):
            torch.nn.Upsample(scale_factor=2)(wrong)
    assert F.interpolate(torch.ones(1, 1, 2, 3), scale_factor=2).shape == (1, 1, 4, 6)
