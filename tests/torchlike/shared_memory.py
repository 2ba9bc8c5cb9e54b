"""Programs of views and of changes in place, made at random; record what PyTorch makes of them.

``/path/with/torch/python -m tests.torchlike.shared_memory`` writes
`tests/data/courses/shared_memory.json`. A program is a list of steps; every step adds tensors, or
changes some in place.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

__all__ = ["PROGRAMS", "RECORDED", "outcome", "program"]

RECORDED = Path(__file__).parents[1] / "data" / "courses" / "shared_memory.json"
PROGRAMS = 300
_STEPS = 12
_MOST = 12

VIEWS: dict[str, Any] = {
    "first": lambda x: x[0],
    "last": lambda x: x[-1],
    "steps": lambda x: x[::2],
    "column": lambda x: x[..., 1],
    "inner": lambda x: x[..., 1:],
    "new axis": lambda x: x[None],
    "all": lambda x: x[...],
    "T": lambda x: x.T,
    "mT": lambda x: x.mT,
    "t": lambda x: x.t(),
    "transpose": lambda x: x.transpose(0, 1),
    "permute": lambda x: x.permute(1, 0),
    "swapaxes": lambda x: x.swapaxes(0, -1),
    "movedim": lambda x: x.movedim(0, 1),
    "view": lambda x: x.view(-1),
    "view 3": lambda x: x.view(3, -1),
    "reshape": lambda x: x.reshape(-1),
    "reshape 3": lambda x: x.reshape(3, -1),
    "flatten": lambda x: x.flatten(),
    "ravel": lambda x: x.ravel(),
    "unflatten": lambda x: x.unflatten(-1, (3, -1)),
    "squeeze": lambda x: x.squeeze(),
    "unsqueeze": lambda x: x.unsqueeze(0),
    "unsqueeze last": lambda x: x.unsqueeze(-1),
    "expand": lambda x: x.expand(2, *x.shape),
    "narrow": lambda x: x.narrow(0, 0, 2),
    "narrow last": lambda x: x.narrow(-1, 1, 1),
    "select": lambda x: x.select(0, 1),
    "diagonal": lambda x: x.diagonal(),
    "chunk": lambda x: x.chunk(2)[-1],
    "chunk last": lambda x: x.chunk(2, -1)[0],
    "split": lambda x: x.split(1)[0],
    "split list": lambda x: x.split([1, 2], dim=-1)[1],
    "unbind": lambda x: x.unbind()[-1],
    "unbind last": lambda x: x.unbind(-1)[0],
    "detach": lambda x: x.detach(),
    "contiguous": lambda x: x.contiguous(),
    "double": lambda x: x.double(),
    "row": lambda x: next(iter(x)),
    "view as": lambda x: x.view_as(x),
}
FUNCTIONS: dict[str, Any] = {
    "torch.transpose": lambda torch, x: torch.transpose(x, 0, 1),
    "torch.reshape": lambda torch, x: torch.reshape(x, (-1,)),
    "torch.flatten": lambda torch, x: torch.flatten(x),
    "torch.squeeze": lambda torch, x: torch.squeeze(x),
    "torch.unsqueeze": lambda torch, x: torch.unsqueeze(x, 0),
    "torch.chunk": lambda torch, x: torch.chunk(x, 2)[0],
    "torch.split": lambda torch, x: torch.split(x, 2)[0],
    "torch.unbind": lambda torch, x: torch.unbind(x)[0],
    "torch.select": lambda torch, x: torch.select(x, 0, 0),
    "torch.narrow": lambda torch, x: torch.narrow(x, 0, 0, 1),
    "torch.permute": lambda torch, x: torch.permute(x, (1, 0)),
    "torch.t": lambda torch, x: torch.t(x),
    "torch.diagonal": lambda torch, x: torch.diagonal(x),
    "torch.swapaxes": lambda torch, x: torch.swapaxes(x, 0, 1),
    "torch.movedim": lambda torch, x: torch.movedim(x, 1, 0),
    "torch.ravel": lambda torch, x: torch.ravel(x),
}
COPIES: dict[str, Any] = {
    "clone": lambda x: x.clone(),
    "places": lambda x: x[[0, 1]],
    "truth": lambda x: x[x > 0.5],
    "flip": lambda x: x.flip(0),
    "roll": lambda x: x.roll(1, 0),
    "repeat": lambda x: x.repeat(*(1 for _ in x.shape)),
    "tril": lambda x: x.tril(),
    "stack": lambda x: x.tile(1),
    "twice": lambda x: x * 2,
    "plus": lambda x: x + 1,
    "sine": lambda x: x.sin(),
    "relu": lambda x: x.relu(),
    "sum": lambda x: x.sum(0),
    "mean": lambda x: x.mean(),
    "gram": lambda x: x @ x.T,
    "softmax": lambda x: x.softmax(-1),
    "clamp": lambda x: x.clamp(0, 1),
}
CHANGES: dict[str, Any] = {
    "zero_": lambda x, y: x.zero_(),
    "fill_": lambda x, y: x.fill_(0.25),
    "add_": lambda x, y: x.add_(y),
    "add_ alpha": lambda x, y: x.add_(y, alpha=-0.5),
    "sub_": lambda x, y: x.sub_(y),
    "mul_": lambda x, y: x.mul_(y),
    "mul_ number": lambda x, y: x.mul_(0.5),
    "div_": lambda x, y: x.div_(2),
    "neg_": lambda x, y: x.neg_(),
    "pow_": lambda x, y: x.pow_(2),
    "copy_": lambda x, y: x.copy_(y),
    "clamp_": lambda x, y: x.clamp_(0, 1),
    "relu_": lambda x, y: x.relu_(),
    "sigmoid_": lambda x, y: x.sigmoid_(),
    "tanh_": lambda x, y: x.tanh_(),
    "abs_": lambda x, y: x.abs_(),
    "masked_fill_": lambda x, y: x.masked_fill_(x > 0.5, -1.0),
    "set all": lambda x, y: x.__setitem__(Ellipsis, y),
    "set first": lambda x, y: x.__setitem__(0, 0.75),
    "set row": lambda x, y: x.__setitem__(-1, y[-1]),
    "set column": lambda x, y: x.__setitem__((Ellipsis, 0), 2.0),
    "set steps": lambda x, y: x.__setitem__(slice(None, None, 2), 1.5),
    "set places": lambda x, y: x.__setitem__([1, 0], 3.0),
    "set truth": lambda x, y: x.__setitem__(x < 0, 0.0),
    "first +=": lambda x, y: _entry(x, 0, y),
}
AUGMENTED: dict[str, Any] = {
    "+=": lambda x, y: x.__iadd__(y),
    "+= 1": lambda x, y: x.__iadd__(1),
    "-=": lambda x, y: x.__isub__(y),
    "*=": lambda x, y: x.__imul__(y),
    "/=": lambda x, y: x.__itruediv__(2.0),
    "**=": lambda x, y: x.__ipow__(2),
}


def _entry(x: Any, at: int, y: Any) -> None:
    x[at] += y[at]


def _augmented(x: Any, name: str, y: Any) -> Any:
    """Return what a name stands for after ``x += y``, as Python reads it."""
    found = AUGMENTED[name](x, y)
    return x + y if found is NotImplemented else found


def program(seed: int) -> list[tuple[str, str, int, int, bool]]:
    """Return the steps of a program: what kind, which word, of which tensors, recorded or not."""
    rng = random.Random(seed)
    kinds = ("view", "view", "view", "function", "copy", "alias", "change", "change", "augment")
    steps = []
    for _ in range(_STEPS):
        kind = rng.choice(kinds)
        words: Any = {"view": VIEWS, "function": FUNCTIONS, "copy": COPIES, "alias": [""],
                      "change": CHANGES, "augment": AUGMENTED}[kind]  # fmt: skip
        word = rng.choice(sorted(words))
        first, second = rng.randrange(_MOST), rng.randrange(_MOST)
        steps.append((kind, word, first, second, rng.random() < 0.15))
    return steps


def outcome(torch: Any, seed: int, skipped: list[int] | None = None) -> Any:
    """Return the steps that are refused, all numbers after the others, and the gradient.

    Args:
        torch: the module.
        seed: which program.
        skipped: the steps to leave out; None leaves out those that are refused.
    """
    w = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5], [1.0, 0.75, -2.0]], requires_grad=True)
    there = [w, torch.tensor([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0], [-0.5, 1.0, 0.25]]), w * 1.5]
    refused = []
    for at, (kind, word, first, second, quiet) in enumerate(program(seed)):
        if at in (skipped or ()):
            continue
        try:
            with torch.set_grad_enabled(not quiet):
                _step(torch, there, kind, word, first, second)
        except (RuntimeError, IndexError, TypeError, ValueError):
            if skipped is not None:
                raise
            refused.append(at)
    numbers = [_rounded(one) for one in there]
    try:
        sum((one * one).sum() for one in there).backward()
    except RuntimeError:
        return [refused, numbers, None]
    return [refused, numbers, _rounded(w.grad)]


def _step(torch: Any, there: list[Any], kind: str, word: str, first: int, second: int) -> None:
    at = first % len(there)
    x, y = there[at], there[second % len(there)]
    if kind == "augment":
        there[at] = _augmented(x, word, y.clone())
    elif kind == "change":
        CHANGES[word](x, y.clone())
    else:
        made = {
            "view": lambda: VIEWS[word](x),
            "function": lambda: FUNCTIONS[word](torch, x),
            "copy": lambda: COPIES[word](x),
            "alias": lambda: x,
        }[kind]()
        there.append(made)


def _rounded(tensor: Any) -> Any:
    """Return numbers that two machines print alike."""

    def short(one: Any) -> Any:
        return list(map(short, one)) if isinstance(one, list) else float(f"{one:.7g}") + 0.0

    return short(tensor.detach().tolist())


def main() -> None:
    """Write what PyTorch gives."""
    import torch

    torch.set_default_dtype(torch.float64)
    found = [outcome(torch, seed) for seed in range(PROGRAMS)]
    RECORDED.write_text("[\n" + ",\n".join(map(json.dumps, found)) + "\n]\n", "utf-8")
    sys.stdout.write(f"{len(found)} programs\n")


if __name__ == "__main__":
    main()
