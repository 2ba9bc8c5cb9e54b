"""Views, aliases and changes in place: the numbers and gradients of torch 2.13, or a refusal."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

import graphgrad as gg
import graphgrad.torchlike as torch
import graphgrad.torchlike.nn.functional as F  # noqa: N812  # as in lessons
from graphgrad.errors import GraphgradError, UsageError
from graphgrad.messages.catalogue import in_language
from tests.torchlike.shared_memory import PROGRAMS, RECORDED, outcome

LEAST = PROGRAMS * 70 // 100
"""Programs whose gradients are compared; in a quarter PyTorch itself has none."""
REFUSED = PROGRAMS * 3 // 100
"""Programs that may be refused in words."""


def _same(found: Any, expected: Any) -> bool:
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(_same, found, expected))
    return bool(found == pytest.approx(expected, rel=1e-5, abs=1e-6, nan_ok=True))


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_programs_at_random_give_pytorchs_numbers_or_are_refused() -> None:
    done = refused = 0
    for seed, (skipped, numbers, gradient) in enumerate(json.loads(RECORDED.read_text("utf-8"))):
        try:
            _, found, ours = outcome(torch, seed, skipped)
        except GraphgradError:
            refused += 1
            continue
        assert _same(found, numbers), seed
        if None not in (gradient, ours):
            assert _same(ours, gradient), seed
            done += 1
    assert done >= LEAST
    assert refused <= REFUSED


def _w() -> Any:
    return torch.tensor([1.0, 2.0], requires_grad=True)


def _told(*tensors: Any) -> list[Any]:
    return [one.tolist() for one in tensors]


def _first() -> Any:
    v = torch.zeros(2)
    m = v[0]
    m += 1
    return _told(v, m)


def _another_name() -> Any:
    w = _w()
    a = w * 2
    b, row = a, a[:1]
    b += w
    row *= 10
    (a * a).sum().backward()
    return _told(a, b, row, w.grad)


def _gradient_seen() -> Any:
    w = _w()
    (w * w).sum().backward()
    g = w.grad
    w.grad.zero_()
    (w * 3).sum().backward()
    return [*_told(g, w.grad), g is w.grad]


def _gradient_dropped() -> Any:
    w = _w()
    (w * w).sum().backward()
    g = w.grad
    torch.optim.SGD([w], lr=1.0).zero_grad()
    (w * 3).sum().backward()
    return _told(g, w.grad)


def _gradient_zeroed() -> Any:
    w = _w()
    (w * w).sum().backward()
    g = w.grad
    torch.optim.SGD([w], lr=1.0).zero_grad(set_to_none=False)
    return _told(g, w.grad)


def _gradient_cut() -> Any:
    w = torch.tensor([1.5, 2.0], requires_grad=True)
    (w * w).sum().backward()
    g = w.grad
    torch.nn.utils.clip_grad_norm_([w], 2.5)
    w.grad[0] = 7
    w.grad.view(-1)[1] = 5
    return _told(g, w.grad)


def _under_no_grad() -> Any:
    w = _w()
    v, d = w[0], w.detach()
    with torch.no_grad():
        row = w[1:]
        row += 8
        w *= -1
    d[0] = 3
    (v * v).backward()
    return _told(w, v, row, w.grad)


def _data() -> Any:
    w = _w()
    t = torch.zeros(2)
    before = w.data
    w.data = t
    t += 5
    w.data -= 1
    before += 1
    return _told(w, t, before)


def _stepped() -> Any:
    w = _w()
    seen = w.detach()
    (w * w).sum().backward()
    torch.optim.SGD([w], lr=0.25).step()
    return _told(seen)


def _total() -> Any:
    w = _w()
    total = torch.zeros(2)
    before, first = total, total[:1]
    total += w
    total += w
    total.sum().backward()
    return _told(total, before, first, w.grad)


def _gradients_by_hand() -> Any:
    table, w = torch.zeros(2, 2), _w()
    for at in (0, 1, 0):
        table[at] += w * 2
    return _told(table)


def _whole() -> Any:
    i = torch.arange(6).view(2, 3)
    v, u = i[0], i.t()
    v += 10
    u[0, 0] = 99
    i.narrow(1, 1, 2).zero_()
    i.squeeze()[1, 0] = 5
    i.long().add_(1)
    return _told(i, v)


def _layers() -> Any:
    h = _w() * -1
    y = torch.nn.Sequential(torch.nn.Identity(), torch.nn.ReLU(inplace=True))(h)
    F.leaky_relu(h, 0.5, inplace=True)
    y += 3
    F.dropout(h, 0.5, training=False)[0] = 9
    return _told(h, y)


def _weights() -> Any:
    t = torch.zeros(2, 2)
    layer = torch.nn.Linear(2, 2)
    layer.weight = torch.nn.Parameter(t)
    with torch.no_grad():
        layer.weight[0] = 5.0
        layer.weight *= 2
        layer.weight.T[0].zero_()
    layer.weight.data[1, 1] = 3.0
    return _told(layer.weight, t)


def _copies() -> Any:
    x = torch.arange(4.0).reshape(2, 2)
    for copied in (x.clone(), x[[0, 1]], x.flip(0).flip(0), x.repeat(1, 1), x.T.contiguous(),
                   x.roll(2, 0), x.T.reshape(-1), torch.tensor(x), +x + 0):  # fmt: skip
        copied.zero_()
    torch.as_tensor(x)[1, 1] = 8
    x.contiguous()[0, 1] = 7
    return _told(x)


def _table_filled() -> Any:
    w, table = _w(), torch.zeros(3, 2)
    for at in range(3):
        table[at] = (w * torch.tensor([2.0, 1.0])) ** at
    (table * torch.tensor([3.0, 5.0])).sum().backward()
    return _told(table, w.grad)


def _part_filled() -> Any:
    w, kept = _w(), torch.zeros(2)
    kept[:1].copy_(w[:1])
    before = (kept * w).sum()
    kept[0] *= 2
    ((kept * w * 3 / 2).sum() + before).backward()
    return _told(kept / 2, kept, w.grad - 1)


def _detached_before() -> Any:
    w, buffer = _w(), torch.zeros(2)
    seen = buffer.detach()
    buffer += w * 2
    (buffer + seen * w).sum().backward()
    return _told(buffer, seen, w.grad - torch.tensor([1.0, 2.0]))


def _node_under_no_grad() -> Any:
    w = _w()
    h = w * 2
    with torch.no_grad():
        h += 1
    (h * h).sum().backward()
    return _told(h, w.grad)


def _numbers_of_a_detached_one() -> Any:
    w = _w()
    h = w * 2
    h.detach()[0] = 5
    (h * h).sum().backward()
    return _told(h, w.grad)


def _row_of_a_leaf() -> Any:
    w = torch.tensor([[1.0, 2.0]], requires_grad=True)
    row = w[0]
    with torch.no_grad():
        row[0] = 10
    (row * row).sum().backward()
    return _told(w, row, w.grad[0])


def _places_named() -> Any:
    w = _w()
    codes = torch.zeros(2, 2).scatter_(1, torch.tensor([[0, 1], [1, 0]]), (w * w).expand(2, 2))
    sums = torch.zeros(4).index_add_(0, torch.tensor([0, 3]), w * 2)
    rows = torch.zeros(2, 2).index_copy_(0, torch.tensor([1]), w[None])
    rows.scatter_add_(1, torch.tensor([[0], [1]]), torch.ones(2, 1))
    (codes.sum() + (sums * sums).sum()).backward()
    return _told(rows, sums, w.grad)


CASES: dict[str, tuple[Any, Any]] = {
    "first": (_first, [[1.0, 0.0], 1.0]),
    "another name": (_another_name, [[30.0, 6.0], [30.0, 6.0], [30.0], [1800.0, 36.0]]),
    "gradient seen": (_gradient_seen, [[3.0, 3.0], [3.0, 3.0], True]),
    "gradient dropped": (_gradient_dropped, [[2.0, 4.0], [3.0, 3.0]]),
    "gradient zeroed": (_gradient_zeroed, [[0.0, 0.0], [0.0, 0.0]]),
    "gradient cut": (_gradient_cut, [[7.0, 5.0], [7.0, 5.0]]),
    "under no_grad": (_under_no_grad, [[3.0, -10.0], 3.0, [-10.0], [6.0, 0.0]]),
    "data": (_data, [[4.0, 4.0], [4.0, 4.0], [2.0, 3.0]]),
    "stepped": (_stepped, [[0.5, 1.0]]),
    "total": (_total, [[2.0, 4.0], [2.0, 4.0], [2.0], [2.0, 2.0]]),
    "gradients by hand": (_gradients_by_hand, [[[4.0, 8.0], [2.0, 4.0]]]),
    "whole": (_whole, [[[100, 1, 1], [6, 1, 1]], [100, 1, 1]]),
    "layers": (_layers, [[9.0, 3.0], [9.0, 3.0]]),
    "weights": (_weights, [[[0.0, 10.0], [0.0, 3.0]], [[0.0, 10.0], [0.0, 3.0]]]),
    "table filled": (_table_filled, [[[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]], [30.0, 25.0]]),
    "part filled": (_part_filled, [[1.0, 0.0], [2.0, 0.0], [7.0, -1.0]]),
    "detached before": (_detached_before, [[2.0, 4.0], [2.0, 4.0], [3.0, 4.0]]),
    "node under no_grad": (_node_under_no_grad, [[3.0, 5.0], [12.0, 20.0]]),
    "numbers of a detached one": (_numbers_of_a_detached_one, [[5.0, 4.0], [20.0, 16.0]]),
    "row of a leaf": (_row_of_a_leaf, [[[10.0, 2.0]], [10.0, 2.0], [20.0, 4.0]]),
    "places": (_places_named, [[[1.0, 0.0], [1.0, 3.0]], [2.0, 0.0, 0.0, 4.0], [12.0, 24.0]]),
    "copies": (_copies, [[[0.0, 7.0], [2.0, 8.0]]]),
}  # fmt: skip
"""What torch 2.13 gives of the same lines."""


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("case", CASES)
def test_what_changes_in_one_changes_in_all_that_share_its_memory(case: str) -> None:
    made, expected = CASES[case]
    assert made() == expected


def _of_leaf() -> None:
    v = _w()[0]
    v += 1


def _expanded() -> None:
    torch.zeros(1, 3).expand(2, 3).add_(1)


def _expanded_node() -> None:
    h = (_w() * 2).expand(3, 2)
    h += 1


def _detached() -> None:
    h = _w() * 2
    d = h.detach()
    d += _w()


def _unsure() -> None:
    y = torch.zeros(2, 3).T * 2
    v = y.reshape(-1)
    v += 1


def _unsure_source() -> None:
    y = (_w() * torch.ones(3, 2)).T * 2
    v = y.reshape(-1)
    y += 1
    v.sum()


@pytest.mark.parametrize(("wrong", "english", "spanish"), [
    (_of_leaf, "with torch.no_grad()", "with torch.no_grad()"),
    (_expanded, "as after expand", "como tras expand"),
    (_expanded_node, "x = x.clone()", "x = x.clone()"),
    (_detached, "behind its graph", "a espaldas de su grafo"),
    (_unsure, "whether reshape made a copy", "si reshape hizo una copia"),
    (_unsure_source, ".clone() behind reshape", ".clone() tras reshape"),
])  # fmt: skip
def test_what_is_not_followed_is_refused_in_words(wrong: Any, english: str, spanish: str) -> None:
    for language, said in (("en", english), ("es", spanish)):
        with in_language(language), pytest.raises(UsageError) as told:
            wrong()
        assert said in told.value.text(language)


def test_a_gradient_lost_in_a_frozen_parameter_is_refused() -> None:
    w = _w()
    frozen = torch.nn.Parameter(torch.zeros(2), requires_grad=False)
    frozen[0] = w.sum()
    with pytest.raises(UsageError) as refused:
        (frozen * w).sum().backward()
    assert refused.value.message_id == "given.cut"


def test_a_tensor_that_became_a_node_is_one_in_graphs_and_copies() -> None:
    w, kept = _w(), torch.zeros(2)
    kept[0] = w.sum()
    loss = (kept * w).sum()
    assert gg.graph(loss, names={"kept": kept, "loss": loss, "w": w}).line_names[-2:] == [
        "kept",
        "loss",
    ]
    assert (kept.requires_grad, kept.is_leaf) == (True, False)
    assert pickle.loads(pickle.dumps(kept)).tolist() == [3.0, 0.0]
    assert [copy.deepcopy(kept).tolist(), repr(kept)] == [
        [3.0, 0.0],
        "tensor([3., 0.], grad_fn=<where>)",
    ]


def test_nodes_of_other_words_stay_as_they_were() -> None:
    w = gg.param("w", [1.0, 2.0])
    a = w * 2
    b = a
    b += 1
    assert b is not a
    assert a.value.tolist() == [2.0, 4.0]
    with pytest.raises(UsageError):
        a[0] = 1
    with pytest.raises(UsageError, match="add_ changes a tensor of PyTorch in place"):
        a.add_(1)
