"""Lessons in PyTorch's words that run on either module; record what PyTorch gives.

``python -m tests.torchlike.lessons`` with torch 2.13 on the path writes
`tests/data/torchlike.json`. All begin from the same arrays, for draws differ.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["RECORDED", "lessons"]

RECORDED = Path(__file__).parents[1] / "data" / "torchlike.json"


def lessons(package: str) -> dict[str, list[float]]:
    """Return the numbers that each lesson comes to, with the names of a package."""
    torch = importlib.import_module(package)
    functional = importlib.import_module(f"{package}.nn.functional")
    nn = importlib.import_module(f"{package}.nn")
    optim = importlib.import_module(f"{package}.optim")
    return {
        "by hand": _by_hand(torch, functional),
        "bigram": _bigram(torch),
        "forgotten": _forgotten(torch),
        "line": _line(torch),
        "module": _module(torch, nn, functional, optim, forget=False),
        "module, forgotten": _module(torch, nn, functional, optim, forget=True),
        "words": _words(torch),
    }


def _drawn(*shape: int, seed: int = 0) -> Any:
    return np.random.RandomState(seed).normal(size=shape)


def _by_hand(torch: Any, functional: Any) -> list[float]:
    """A character model with batch norm, and every gradient by hand, compared with `grad`."""
    letters, width, context, hidden, n = 6, 3, 2, 5, 8
    table = torch.tensor(_drawn(letters, width, seed=1))
    w1 = torch.tensor(_drawn(width * context, hidden, seed=2))
    b1 = torch.tensor(_drawn(hidden, seed=3) * 0.1)
    w2 = torch.tensor(_drawn(hidden, letters, seed=4) * 0.1)
    b2 = torch.tensor(_drawn(letters, seed=5) * 0.1)
    gain = torch.tensor(_drawn(1, hidden, seed=6) * 0.1 + 1.0)
    shift = torch.tensor(_drawn(1, hidden, seed=7) * 0.1)
    parameters = [table, w1, b1, w2, b2, gain, shift]
    for p in parameters:
        p.requires_grad = True
    xb = torch.tensor(np.random.RandomState(8).randint(0, letters, (n, context)))
    yb = torch.tensor(np.random.RandomState(9).randint(0, letters, (n,)))

    emb = table[xb]
    embcat = emb.view(emb.shape[0], -1)
    hprebn = embcat @ w1 + b1
    bnmeani = 1 / n * hprebn.sum(0, keepdim=True)
    bndiff = hprebn - bnmeani
    bndiff2 = bndiff**2
    bnvar = 1 / (n - 1) * (bndiff2).sum(0, keepdim=True)
    bnvar_inv = (bnvar + 1e-5) ** -0.5
    bnraw = bndiff * bnvar_inv
    hpreact = gain * bnraw + shift
    h = torch.tanh(hpreact)
    logits = h @ w2 + b2
    logit_maxes = logits.max(1, keepdim=True).values
    norm_logits = logits - logit_maxes
    counts = norm_logits.exp()
    counts_sum = counts.sum(1, keepdims=True)
    counts_sum_inv = counts_sum**-1
    probs = counts * counts_sum_inv
    logprobs = probs.log()
    loss = -logprobs[range(n), yb].mean()
    kept = [logprobs, probs, counts_sum_inv, counts_sum, counts, norm_logits, logit_maxes, logits]
    kept += [h, hpreact, bnraw, bnvar_inv, bnvar, bndiff2, bndiff, bnmeani, hprebn, embcat, emb]
    for p in parameters:
        p.grad = None
    for t in kept:
        t.retain_grad()
    loss.backward()

    dlogprobs = torch.zeros_like(logprobs)
    dlogprobs[range(n), yb] = -1.0 / n
    dprobs = (1.0 / probs) * dlogprobs
    dcounts_sum_inv = (counts * dprobs).sum(1, keepdim=True)
    dcounts = counts_sum_inv * dprobs
    dcounts_sum = (-(counts_sum**-2)) * dcounts_sum_inv
    dcounts = dcounts + torch.ones_like(counts) * dcounts_sum
    dnorm_logits = counts * dcounts
    dlogits = dnorm_logits.clone()
    dlogit_maxes = (-dnorm_logits).sum(1, keepdim=True)
    dlogits = dlogits + (
        functional.one_hot(logits.max(1).indices, num_classes=logits.shape[1]) * dlogit_maxes
    )
    dh = dlogits @ w2.T
    dw2 = h.T @ dlogits
    db2 = dlogits.sum(0)
    dhpreact = (1.0 - h**2) * dh
    dgain = (bnraw * dhpreact).sum(0, keepdim=True)
    dshift = dhpreact.sum(0, keepdim=True)
    dhprebn = (
        gain
        * bnvar_inv
        / n
        * (n * dhpreact - dhpreact.sum(0) - n / (n - 1) * bnraw * (dhpreact * bnraw).sum(0))
    )
    dembcat = dhprebn @ w1.T
    dw1 = embcat.T @ dhprebn
    db1 = dhprebn.sum(0)
    demb = dembcat.view(emb.shape)
    dtable = torch.zeros_like(table)
    for k in range(xb.shape[0]):
        for j in range(xb.shape[1]):
            at = xb[k, j]
            dtable[at] += demb[k, j]
    found = [loss.item()]
    pairs = zip([dtable, dw1, db1, dw2, db2, dgain, dshift], parameters, strict=True)
    for mine, p in pairs:
        assert torch.allclose(mine, p.grad)
        found.append((mine - p.grad).abs().max().item() < 1e-9)
        found += _flat(p.grad)
    found += _flat(bnraw.grad) + _flat(counts_sum_inv.grad)
    with torch.no_grad():
        hpre = table[xb].view(n, -1) @ w1 + b1
        mean, var = hpre.mean(0, keepdim=True), hpre.var(0, keepdim=True, unbiased=True)
    found += _flat(mean) + _flat(var)
    for p in parameters:
        p.data += -0.1 * p.grad
    return found + _flat(w1)


def _flat(x: Any) -> list[float]:
    plain = x.detach().numpy() if hasattr(x, "detach") else x
    return [float(number) for number in np.asarray(plain).ravel()]


def _bigram(torch: Any) -> list[float]:
    """Counting letters as one layer: softmax of a row, its likelihood, ten steps by hand."""
    xs = torch.tensor([0, 1, 2, 3, 1])
    ys = torch.tensor([1, 2, 3, 0, 3])
    w = torch.tensor(_drawn(4, 4, seed=3), requires_grad=True)
    losses = []
    for _ in range(10):
        xenc = torch.nn.functional.one_hot(xs, num_classes=4).float()
        logits = xenc.double() @ w
        counts = logits.exp()
        probs = counts / counts.sum(1, keepdims=True)
        loss = -probs[torch.arange(5), ys].log().mean() + 0.01 * (w**2).mean()
        w.grad = None
        loss.backward()
        w.data += -10 * w.grad
        losses.append(loss.item())
    return losses + _flat(w)


def _forgotten(torch: Any) -> list[float]:
    """Gradients that are not set to zero add up."""
    x = torch.tensor(3.0, requires_grad=True)
    found = []
    for _ in range(3):
        (x * x).backward()
        found.append(x.grad.item())
    x.grad.zero_()
    found.append(x.grad.item())
    return found


def _line(torch: Any) -> list[float]:
    """A line fitted in a loop, changed in place without recording."""
    x = torch.linspace(-1, 1, 9, dtype=torch.float64)
    y = 2 * x + 0.5
    w = torch.tensor(0.0, requires_grad=True, dtype=torch.float64)
    b = torch.tensor(0.0, requires_grad=True, dtype=torch.float64)
    for _ in range(20):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= 0.3 * w.grad
            b -= 0.3 * b.grad
            w.grad.zero_()
            b.grad.zero_()
    return [w.item(), b.item(), loss.item()]


def _module(torch: Any, nn: Any, functional: Any, optim: Any, *, forget: bool) -> list[float]:
    """A class of one's own, an optimizer, and a loop that may forget `zero_grad`."""

    class Net(nn.Module):  # type: ignore[misc]  # of either module
        def __init__(self) -> None:
            super().__init__()
            self.first = nn.Linear(2, 4)
            self.second = nn.Linear(4, 3)
            self.scale = nn.Parameter(torch.tensor([1.0, 1.0, 1.0]))

        def forward(self, x: Any) -> Any:
            return self.second(functional.relu(self.first(x))) * self.scale

    model = Net().double() if package_is_torch(torch) else Net()
    with torch.no_grad():
        for seed, p in enumerate(model.parameters()):
            p.data = torch.tensor(_drawn(*p.shape, seed=seed) * 0.5 + 0.1).data
    x = torch.tensor(_drawn(6, 2, seed=11))
    y = torch.tensor([0, 1, 2, 0, 1, 2])
    optimizer = optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    losses = []
    for _ in range(5):
        loss = functional.cross_entropy(model(x), y)
        if not forget:
            optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses + [n for p in model.parameters() for n in _flat(p)]


def package_is_torch(torch: Any) -> bool:
    """Tell whether a module is PyTorch itself."""
    return bool(torch.__name__ == "torch")


def _words(torch: Any) -> list[float]:
    """Words of a first chapter: shapes, reductions, joins, choices."""
    x = torch.tensor(_drawn(2, 3, seed=1))
    y = torch.cat([x, torch.ones(2, 3, dtype=torch.float64)], dim=0)
    z = torch.stack([x, 2 * x], dim=1)
    found = [y.size(0), z.dim(), x.numel(), torch.sum(x, dim=1).shape[0], len(x.unbind(1))]
    found += _flat(torch.where(x > 0, x, torch.zeros_like(x)))
    found += _flat(x.permute(1, 0)) + _flat(x.T) + _flat(x.unsqueeze(0).squeeze())
    found += _flat(torch.softmax(x, dim=1)) + _flat(torch.clamp(x, min=0.0, max=1.0))
    found += _flat(torch.einsum("ij,kj->ik", x, x)) + _flat(x.mean(0)) + _flat(x.std(0))
    found += _flat(torch.max(x, dim=1).values) + _flat(torch.argmax(x, dim=1))
    found += _flat(x.masked_fill(x > 0, -1.0)) + _flat(x.cumsum(1)) + _flat(torch.triu(x @ x.T))
    return [float(number) for number in found]


if __name__ == "__main__":
    import sys

    RECORDED.write_text(json.dumps(lessons(sys.argv[1] if len(sys.argv) > 1 else "torch")) + "\n")
