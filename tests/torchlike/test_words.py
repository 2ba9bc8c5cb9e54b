"""Words of PyTorch on tensors give PyTorch's numbers, recorded from torch 2.13."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

import graphgrad.torchlike as torch
from graphgrad import nn as plain_nn
from graphgrad.errors import UsageError
from tests.torchlike.test_courses import _same
from tests.torchlike.words import RECORDED, results

pytestmark = pytest.mark.filterwarnings("ignore:draws are")


def test_every_word_gives_the_numbers_of_pytorch() -> None:
    expected = json.loads(RECORDED.read_text("utf-8"))
    ours = json.loads(json.dumps(results(torch)))
    assert len(ours) == len(expected) >= 140
    assert [word for word in expected if not _same(ours[word], expected[word])] == []


def test_what_is_computed_under_no_grad_has_no_gradient() -> None:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    layer, y = torch.nn.Linear(2, 2), w * 2
    with torch.no_grad():
        made = [y * 3, 3 * y, -y, y**2, y @ y, y[0], y.sum(), torch.exp(y), layer(y), (y > 1)]
        made += [torch.nn.functional.softmax(y, dim=0), torch.nn.functional.mse_loss(y, w)]
        assert not any(one.requires_grad for one in made)
        assert not torch.is_grad_enabled()
        with torch.enable_grad():
            assert (y * 3).requires_grad
    assert (y * 3).requires_grad
    assert layer(y).requires_grad
    (y * 3).sum().backward()
    assert w.grad.tolist() == [6.0, 6.0]


@pytest.mark.parametrize("how", [torch.no_grad, torch.no_grad()])
def test_no_grad_decorates_a_function(how: object) -> None:
    w = torch.tensor(2.0, requires_grad=True)
    assert not how(lambda: w * w)().requires_grad  # type: ignore[operator]  # a decorator


def test_gradients_and_numbers_change_where_they_are() -> None:
    w = torch.nn.Parameter(torch.tensor([3.0, -4.0]))
    (w**2).sum().backward()
    w.grad.clamp_(-6.5, 6.5)
    assert w.grad.tolist() == [6.0, -6.5]
    w.data.add_(w.grad, alpha=-0.5)
    assert w.tolist() == [0.0, -0.75]
    w.grad.data.zero_()
    w.grad += 1
    assert w.grad.tolist() == [1.0, 1.0]
    twice = w * 2
    twice.data.add_(1)
    assert twice.tolist() == [1.0, -0.5]


def test_draws_follow_their_generator() -> None:
    one, other = (torch.Generator().manual_seed(4) for _ in range(2))
    drawn = torch.normal(2.0, 0.5, size=(3, 2), generator=one)
    assert drawn.tolist() == (2.0 + 0.5 * torch.randn(3, 2, generator=other)).tolist()
    assert torch.randn(size=()).shape == ()
    assert torch.rand_like(drawn).shape == (3, 2)
    assert torch.zeros(4).uniform_(2, 3, generator=one).min() >= 2
    assert set(torch.bernoulli(torch.full((20,), 0.5), generator=one).tolist()) <= {0.0, 1.0}
    assert torch.zeros(3).normal_(5, 0.0).tolist() == [5.0] * 3


@pytest.mark.parametrize(
    ("made", "shape", "known"),
    [
        (lambda nn: nn.LazyLinear(3), (2, 4), "Linear"),
        (lambda nn: nn.LazyConv2d(2, kernel_size=3), (1, 3, 5, 5), "Conv2d"),
        (lambda nn: nn.LazyConv1d(2, 3), (1, 3, 5), "Conv1d"),
        (lambda nn: nn.LazyBatchNorm1d(), (4, 2), "BatchNorm1d"),
    ],
)
@pytest.mark.parametrize("nn", [plain_nn, torch.nn])
def test_a_lazy_layer_is_one_of_its_class_once_it_is_called(
    nn: object, made: object, shape: tuple[int, ...], known: str
) -> None:
    import numpy as np

    layer = made(nn)  # type: ignore[operator]  # makes one
    held = list(layer.parameters())
    assert all(leaf.shape == (0,) for leaf in held)
    x = np.arange(1.0, 1 + np.prod(shape)).reshape(shape) % 7
    out = layer(torch.tensor(x) if nn is torch.nn else x)
    assert type(layer) is getattr(nn, known)
    assert [id(leaf) for leaf in layer.parameters()] == [id(leaf) for leaf in held]
    out.sum().backward()
    assert all(leaf.grad.shape == leaf.shape != (0,) for leaf in held)
    assert known in repr(layer)
    assert layer(x).shape == out.shape


@pytest.mark.parametrize("word", ["load", "save", "vmap", "eig"])
def test_what_is_not_here_says_what_to_write(word: str) -> None:
    with pytest.raises(UsageError, match=rf"torch\.{word} "):
        getattr(torch, word)("x")


@pytest.mark.parametrize("wrong", [2.0, -0.5])
def test_what_is_no_probability_is_refused(wrong: float) -> None:
    p = torch.tensor([0.5, wrong], requires_grad=True)
    y = torch.tensor([1.0, 0.0])
    for loss in (torch.nn.BCELoss(), torch.nn.functional.binary_cross_entropy):
        with pytest.raises(UsageError, match="no probability"):
            loss(p, y)
    assert torch.nn.BCELoss()(torch.tensor([0.5, 0.0]), y).item() > 0


def test_a_pass_from_what_needs_no_gradient_is_refused() -> None:
    """As in PyTorch, where it is a RuntimeError; nothing would happen, without a word."""
    w, u = torch.tensor([1.0, 2.0]), torch.tensor([1.0, 2.0], requires_grad=True)
    with torch.no_grad():
        quiet = (u * u).sum()
    layer = torch.nn.Linear(2, 1)
    layer.requires_grad_(False)
    for loss in ((w * w).sum(), (u.detach() * w).sum(), quiet, layer(w).sum()):
        with pytest.raises(RuntimeError, match="requires_grad=True"):
            loss.backward()
    (u * w).sum().backward()
    assert (u.grad.tolist(), w.grad) == ([1.0, 2.0], None)


def test_what_was_computed_shows_its_gradient_when_asked_to_keep_it() -> None:
    """``w = w - rate*w.grad`` makes a tensor that is no leaf: the next pass leaves it None."""
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    (w * w).sum().backward()
    w = w - 0.1 * w.grad
    (w * w).sum().backward()
    with pytest.warns(UserWarning, match=r"retain_grad.*no_grad"):
        assert w.grad is None
    w.retain_grad()
    (w * w).sum().backward()
    assert w.grad.tolist() == pytest.approx([1.6, 3.2])


def test_a_name_that_is_not_there_is_told_with_the_module_that_was_asked() -> None:
    for module, name, near in (
        (torch.nn, "TransformerEncoderLayer", "torchlike.nn has no"),
        (torch.linalg, "svdx", "torchlike.linalg has no svdx.*svd"),
        (torch.nn, "Lineer", "torchlike.nn.*Linear"),
    ):
        with pytest.raises(AttributeError, match=near):
            getattr(module, name)
    assert torch.tensor([1.0, 2.0]).half().tolist() == [1.0, 2.0]


def _counted_up() -> None:
    counts = torch.zeros(2, dtype=torch.int64)
    counts += 0.5


def _scaled() -> None:
    torch.tensor([1, 2]).mul_(0.5)


def _weight_changed() -> None:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    w += 1


@pytest.mark.parametrize(
    ("change", "said"),
    [(_counted_up, "x.float"), (_scaled, "whole numbers"), (_weight_changed, "no_grad")],
)
def test_a_change_in_place_that_pytorch_refuses_is_a_runtime_error(change: Any, said: str) -> None:
    with pytest.raises(RuntimeError, match=said):
        change()


def test_whole_numbers_stay_whole_where_they_are_changed() -> None:
    counts = torch.zeros((2, 2), dtype=torch.int64)
    for row, column in [(0, 1), (1, 1), (0, 1)]:
        counts[row, column] += 1
    counts *= 2
    counts.add_(1).fill_(counts[0, 1].item())
    assert (counts.tolist(), counts.dtype.kind) == ([[5, 5], [5, 5]], "i")


def test_more_words_change_numbers_and_nodes_where_they_are() -> None:
    w = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    for given in (w.detach().clone(), w * 1):
        made = given.clamp_min_(2).clamp_max_(3.5).fill_diagonal_(9)
        assert made.tolist() == [[9.0, 2.0], [3.0, 9.0]]
    made.sum().backward()
    assert w.grad.tolist() == [[0.0, 1.0], [1.0, 0.0]]
    square = torch.empty(2, 3)
    assert torch.nn.init.eye_(square).tolist() == [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]


def test_the_state_of_a_network_holds_tensors() -> None:
    layer = torch.nn.Linear(2, 1)
    best = {name: value.clone() for name, value in layer.state_dict().items()}
    with torch.no_grad():
        layer.weight.zero_()
    layer.load_state_dict(copy.deepcopy(best))
    assert (layer.weight == best["weight"]).all()


def test_a_copy_of_a_tensor_is_a_tensor_with_its_gradient() -> None:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    (w * w).sum().backward()
    for again in (copy.deepcopy(w), pickle.loads(pickle.dumps(w))):
        again.grad.zero_()
        assert again.requires_grad
        assert (again.tolist(), w.grad.tolist()) == ([1.0, 2.0], [2.0, 4.0])
    assert copy.deepcopy(torch.tensor(3.0)) + 1 == 4


def test_the_functions_of_derivatives_of_a_function() -> None:
    functional, x = torch.autograd.functional, torch.tensor([1.0, 2.0])
    assert functional.hessian(lambda x: (x**3).sum(), x).tolist() == [[6.0, 0.0], [0.0, 12.0]]
    assert functional.jacobian(lambda x: x**2, x).tolist() == [[2.0, 0.0], [0.0, 4.0]]
    mixed = functional.hessian(lambda a, b: (a * b).sum(), (x, x * 1))
    assert mixed[0][1].tolist() == [[1.0, 0.0], [0.0, 1.0]]
