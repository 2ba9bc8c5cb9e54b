"""PyTorch's lessons with the import line changed give PyTorch's numbers from the same arrays."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
import graphgrad.torchlike as torch
import graphgrad.torchlike.nn as nn
from graphgrad.errors import UsageError
from graphgrad.torchlike import optim
from tests.torchlike.lessons import RECORDED, lessons

pytestmark = pytest.mark.filterwarnings("ignore:draws are")
EXPECTED = json.loads(RECORDED.read_text("utf-8"))
FOUND = lessons("graphgrad.torchlike")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_lesson_gives_pytorchs_numbers(name: str) -> None:
    """Recorded with torch 2.13; gradients that are forgotten add up."""
    assert FOUND[name] == pytest.approx(EXPECTED[name], rel=1e-12, abs=1e-13)


def test_the_record_is_what_torch_gives_where_it_is_installed() -> None:
    installed = pytest.importorskip("torch", reason="PyTorch is not installed")
    found = lessons(installed.__name__)
    assert all(found[name] == pytest.approx(EXPECTED[name]) for name in EXPECTED)


def test_what_was_computed_keeps_its_number_and_hands_gradients_on() -> None:
    w = torch.tensor(2.0, requires_grad=True)
    loss = w * w
    w.data = torch.tensor(5.0).data
    assert (loss.item(), w.item()) == (4.0, 5.0)
    with pytest.warns(UserWarning, match="was changed in place after the loss"):
        loss.backward()
    assert w.grad.item() == 4.0
    (w * 3).backward()
    assert w.grad.item() == 7.0


@pytest.mark.parametrize(
    ("of", "slope"),
    [(lambda w: 3 * w, [18.0, 36.0]), (lambda w: torch.ones(1, 2) @ w, [6.0, 6.0]),
     (lambda w: w[:1], [2.0, 0.0])],
)  # fmt: skip
def test_a_change_of_numbers_that_a_pass_does_not_read_is_not_told(of: Any, slope: Any) -> None:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = (of(w) ** 2).sum()
    with torch.no_grad():
        w.mul_(10)
    loss.backward()
    assert w.grad.tolist() == slope


def _newton() -> Any:
    x = torch.tensor(3.0, requires_grad=True)
    f = x**4 - 2 * x
    (g,) = torch.autograd.grad(f, x, create_graph=True)
    (h,) = torch.autograd.grad(g, x)
    return [g.item(), h.item(), x.grad]


def _penalty() -> Any:
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    w = torch.tensor([2.0, -1.0], requires_grad=True)
    out = (w * x**2)[:, None]
    (g,) = torch.autograd.grad(out, x, torch.ones(2, 1), create_graph=True)
    ((g * g).sum() / 8).backward()
    return [g.tolist(), w.grad.tolist(), x.grad.tolist()]


def _inner_step() -> Any:
    w = torch.tensor([1.0, -1.0], requires_grad=True)
    (g,) = torch.autograd.grad((w**3).sum(), w, create_graph=True)
    ((w - 0.5 * g) ** 2).sum().backward()
    return [w.grad.tolist()]


def _inside() -> Any:
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    h = x * 3
    loss = (h**2).sum()
    (numbers,) = torch.autograd.grad(loss, h)
    (nodes,) = torch.autograd.grad(loss, h, create_graph=True)
    nodes.sum().backward()
    return [numbers.tolist(), nodes.tolist(), x.grad.tolist()]


def _others_stay() -> Any:
    x, z = (torch.tensor(2.0, requires_grad=True) for _ in range(2))
    (x * z).backward()
    found = torch.autograd.grad([x * z, x * 5], [z], allow_unused=True)
    constant = torch.autograd.grad(3 * x, x, create_graph=True)[0]
    unused = torch.autograd.grad(x * 2, [x, z], allow_unused=True)[1]
    return [found[0].item(), x.grad.item(), z.grad.item(), constant.requires_grad, unused]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (_newton, [106.0, 108.0, None]),
        (_penalty, [[4.0, -4.0], [2.0, -4.0], [4.0, 2.0]]),
        (_inner_step, [[2.0, -20.0]]),
        (_inside, [[6.0, 12.0], [6.0, 12.0], [6.0, 6.0]]),
        (_others_stay, [2.0, 2.0, 2.0, False, None]),
    ],
)
def test_gradients_of_gradients_are_pytorchs(made: Any, expected: Any) -> None:
    assert made() == expected


def test_a_pass_that_would_keep_its_graph_in_grad_says_what_to_write() -> None:
    w = torch.tensor(2.0, requires_grad=True)
    with pytest.raises(UsageError, match=r"torch.autograd.grad\(loss, w, create_graph=True\)"):
        (w * w).backward(create_graph=True)


def test_a_parameter_is_not_changed_while_a_graph_is_recorded() -> None:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    with pytest.raises(UsageError, match="no_grad"):
        w -= 1
    with torch.no_grad():
        w -= 1
    assert w.tolist() == [0.0, 1.0]


def test_layers_add_gradients_up_and_those_of_gg_nn_do_not() -> None:
    for module, sums in ((nn, 2.0), (gg.nn, 1.0)):
        layer = module.Linear(1, 1)
        for _ in range(2):
            layer(np.array([[1.0]])).sum().backward()
        assert float(np.ravel(layer.bias.grad)[0]) == sums


@pytest.mark.filterwarnings("error")
def test_zero_grad_forgets_and_says_nothing() -> None:
    layer = nn.Linear(2, 2)
    layer(np.ones((1, 2))).sum().backward()
    optim.SGD(layer.parameters(), lr=0.1).zero_grad()
    assert all(p.grad is None for p in layer.parameters())


def test_whole_numbers_pick_entries_and_stay_whole() -> None:
    places = torch.tensor([[0, 2], [1, 1]])
    table = torch.tensor(np.arange(6.0).reshape(3, 2), requires_grad=True)
    assert table[places].shape == (2, 2, 2)
    assert isinstance(places[0, 1].item(), int)
    assert places.view(-1).tolist() == [0, 2, 1, 1]
    assert places.float().sum().item() == 4.0


def test_largest_entries_come_with_their_places() -> None:
    x = torch.tensor([[1.0, 5.0, 2.0], [7.0, 0.0, 3.0]])
    values, places = torch.max(x, 1)
    assert (values.tolist(), places.tolist()) == ([5.0, 7.0], [1.0, 0.0])
    assert x.max().item() == 7.0


def test_draws_say_once_that_they_are_our_own() -> None:
    code = "import graphgrad.torchlike as t; t.randn(2); t.randn(2, generator=t.Generator())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stderr.count("draws are graphgrad's own") == 1


def test_a_seed_gives_the_same_draws_again() -> None:
    def drawn() -> Any:
        torch.manual_seed(3)
        return torch.randn(2, 3).tolist(), torch.randint(0, 9, (4,)).tolist()

    assert drawn() == drawn()


def test_a_word_that_is_missing_is_told_with_near_ones() -> None:
    with pytest.raises(AttributeError, match="softmax"):
        torch.softmx  # noqa: B018


def test_a_lesson_is_drawn_with_its_names() -> None:
    w = torch.tensor(2.0, requires_grad=True)
    x = torch.tensor(3.0)
    loss = (w * x - 1) ** 2
    graph = gg.graph(loss, names={"w": w, "x": x, "loss": loss})
    assert gg.trace(graph).gradients["w"] == 30.0


def test_a_value_without_a_name_takes_that_of_its_variable() -> None:
    a, b = gg.Value(2.0), gg.Value(-3.0)
    loss = a * b
    assert gg.trace(gg.graph(loss, names={"a": a, "b": b})).gradients == {"a": -3.0, "b": 2.0}


def test_adding_to_a_leaf_in_place_says_what_happens() -> None:
    w = gg.param("w", 2.0)
    with pytest.warns(UserWarning, match=r"w\.value"):
        w += 1
    assert w.value == 3.0


def test_what_pytorch_does_otherwise_than_numpy() -> None:
    """Expected numbers are PyTorch 2.13's."""
    functional = nn.functional
    x = torch.tensor([[4.0, 1.0, 3.0], [2.0, 6.0, 5.0]], requires_grad=True)
    assert x.median().item() == 3.0
    assert torch.median(x, 1).values.tolist() == [3.0, 5.0]
    values, places = torch.sort(x, dim=1, descending=True)
    assert (values.tolist(), places.tolist()) == ([[4, 3, 1], [6, 5, 2]], [[0, 2, 1], [1, 2, 0]])
    assert x.topk(2).values.tolist() == [[4.0, 3.0], [6.0, 5.0]]
    assert torch.argmax(x).item() == 4.0
    assert x.argmin(dim=1, keepdim=True).tolist() == [[1.0], [0.0]]
    assert torch.transpose(torch.zeros(2, 3, 4), 1, 2).shape == (2, 4, 3)
    assert (x > 2).long().tolist() == [[1, 0, 1], [0, 1, 1]]
    logs = torch.tensor([-1.0, -2.0])
    found = functional.kl_div(logs, torch.tensor([0.3, 0.7]), reduction="batchmean")
    assert found.item() == pytest.approx(0.5445678, abs=1e-6)
    (x * 2).backward(torch.ones(2, 3), retain_graph=True)
    assert x.grad.tolist() == [[2.0] * 3] * 2


def test_on_other_nodes_numpys_rules_hold() -> None:
    x = gg.param("x", [[4.0, 1.0, 3.0], [2.0, 6.0, 5.0]])
    assert (x.median().value, x.argmax().value, x.std().value) == (3.5, 4.0, np.std(x.value))
    assert x.sort().value.tolist() == [[1.0, 3.0, 4.0], [2.0, 5.0, 6.0]]


def test_words_that_lessons_use_beside_numbers() -> None:
    x = torch.tensor([1.0, -2.0], requires_grad=True)
    y = x * 2
    assert isinstance(y, torch.Tensor)
    assert repr(y) == "tensor([ 2., -4.], grad_fn=<mul>)"
    assert not torch.cuda.is_available()
    assert x.norm(p=1).item() == 3.0
    y.backward(gradient=torch.ones(2))
    assert x.grad.tolist() == [2.0, 2.0]
    loss = nn.CrossEntropyLoss(weight=torch.tensor([1.0, 2.0, 1.0]))
    assert np.isfinite(loss(torch.zeros(2, 3), torch.tensor([0, 1])).item())


def test_other_nodes_keep_numpys_rules_beside_tensors_of_the_same_lesson() -> None:
    tensor = torch.tensor([1.0, 2.0, 4.0], requires_grad=True)
    x = gg.param("x", [1.0, 2.0, 4.0])
    (tensor * 2 + x * 1).sum()  # both stand on one tape now
    plain, of_tensors = x * 1.0, tensor * 1.0
    assert plain.std().value == pytest.approx(np.std([1.0, 2.0, 4.0]))
    assert of_tensors.std().value == pytest.approx(np.std([1.0, 2.0, 4.0], ddof=1))
    assert (plain + of_tensors).std().value == pytest.approx(2 * np.std([1, 2, 4], ddof=1))
    assert repr(plain).startswith("<mul")
