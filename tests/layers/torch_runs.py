"""Record what PyTorch's optimizers and schedules do, to compare with ours.

    /tmp/torch/bin/python tests/layers/torch_runs.py     # PyTorch 2.13, CPU; writes the data file

Twenty configurations of each, drawn from a seed; 200 steps in float64 on a fixed function of six
numbers whose gradient is written out here, so that only the optimizer is compared. Of each step a
sum of the parameters is kept, weighted by other numbers at each step, and every 25th step whole;
likewise all rates, and gradients after clipping.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

STEPS = 200
COUNT = 20
FILE = Path(__file__).parents[1] / "data" / "torch_optimizers.npz"
START = (1.0, -2.0, 0.5, 3.0, -0.25, 0.75)


def gradient(w: Any, step: int) -> list[float]:
    """Return a gradient that bends, has different scales, and never dies away.

    Where it did, optimizers that divide by its size would blow up the rounding of two programs.
    """
    slopes = [
        2 * w[0],
        4 * w[1] ** 3 / (1 + w[1] ** 2),
        w[2] - math.cos(w[2]),
        0.02 * w[3],
        3 * w[4] + w[0],
        math.tanh(w[5]),
    ]
    return [slope + 0.5 * math.sin(0.7 * step + place) for place, slope in enumerate(slopes)]


def number(draw: random.Random, low: float, high: float) -> float:
    """Return a number of a few digits, evenly drawn on a log scale."""
    return float(f"{math.exp(draw.uniform(math.log(low), math.log(high))):.3g}")


OPTIMIZERS: dict[str, Callable[[random.Random], dict[str, Any]]] = {
    "SGD": lambda d: {
        "lr": number(d, 1e-3, 0.05),
        "weight_decay": d.choice([0, number(d, 1e-3, 0.1)]),
        **d.choice(
            [
                {},
                {"momentum": round(d.uniform(0.3, 0.95), 2), "dampening": d.choice([0, 0.3])},
                {"momentum": round(d.uniform(0.3, 0.95), 2), "nesterov": True},
            ]
        ),
    },
    "Adagrad": lambda d: {
        "lr": number(d, 0.01, 0.5),
        "lr_decay": d.choice([0, number(d, 1e-3, 0.1)]),
        "weight_decay": d.choice([0, number(d, 1e-3, 0.1)]),
        "initial_accumulator_value": d.choice([0, 0.1]),
        "eps": d.choice([1e-10, 1e-5]),
    },
    "Adadelta": lambda d: {
        "lr": number(d, 0.1, 2),
        "rho": round(d.uniform(0.5, 0.95), 2),
        "eps": d.choice([1e-6, 1e-3]),
        "weight_decay": d.choice([0, number(d, 1e-3, 0.1)]),
    },
    "RMSprop": lambda d: {
        "lr": number(d, 1e-3, 0.05),
        "alpha": round(d.uniform(0.8, 0.99), 2),
        "eps": d.choice([1e-8, 1e-4]),
        "weight_decay": d.choice([0, number(d, 1e-3, 0.1)]),
        "momentum": d.choice([0, 0.5, 0.9]),
        "centered": d.choice([False, True]),
    },
    "Adam": lambda d: {**adam(d), "amsgrad": d.choice([False, True])},
    "AdamW": lambda d: {**adam(d), "amsgrad": d.choice([False, True])},
    "Adamax": lambda d: {**adam(d)},
    "NAdam": lambda d: {
        **adam(d),
        "momentum_decay": d.choice([0, 4e-3, 0.02]),
        "decoupled_weight_decay": d.choice([False, True]),
    },
}
"""A name in PyTorch and how a configuration of it is drawn."""


def adam(d: random.Random) -> dict[str, Any]:
    """Draw the settings that Adam and its kin share."""
    return {
        "lr": number(d, 1e-3, 0.2),
        "betas": (round(d.uniform(0.5, 0.95), 2), round(d.uniform(0.9, 0.999), 3)),
        "eps": d.choice([1e-8, 1e-4]),
        "weight_decay": d.choice([0, number(d, 1e-3, 0.1)]),
    }


SCHEDULES: dict[str, Callable[[random.Random], dict[str, Any]]] = {
    "ConstantLR": lambda d: {"factor": number(d, 0.1, 1), "total_iters": d.randint(1, 60)},
    "StepLR": lambda d: {"step_size": d.randint(1, 60), "gamma": number(d, 0.1, 0.99)},
    "MultiStepLR": lambda d: {
        "milestones": sorted(d.sample(range(1, 150), d.randint(1, 4))),
        "gamma": number(d, 0.1, 0.9),
    },
    "LinearLR": lambda d: {
        "start_factor": number(d, 0.05, 1),
        "end_factor": number(d, 0.05, 1),
        "total_iters": d.randint(2, 120),
    },
    "ExponentialLR": lambda d: {"gamma": number(d, 0.9, 0.999)},
    "PolynomialLR": lambda d: {"total_iters": d.randint(2, 150), "power": number(d, 0.5, 3)},
    "CosineAnnealingLR": lambda d: {"T_max": d.randint(5, 150), "eta_min": d.choice([0, 1e-3])},
    "CosineAnnealingWarmRestarts": lambda d: {
        "T_0": d.randint(3, 40),
        "T_mult": d.choice([1, 2, 3]),
        "eta_min": d.choice([0, 1e-3]),
    },
    "CyclicLR": lambda d: {
        "base_lr": 0.01,
        "max_lr": number(d, 0.05, 0.5),
        "step_size_up": d.randint(2, 30),
        "step_size_down": d.randint(2, 30),
        "cycle_momentum": False,
        **d.choice([{"mode": "triangular"}, {"mode": "triangular2"},
                    {"mode": "exp_range", "gamma": number(d, 0.9, 0.999)}]),
    },
    "OneCycleLR": lambda d: {
        "max_lr": 0.1,
        "total_steps": STEPS,
        "pct_start": round(d.uniform(0.1, 0.6), 2),
        "div_factor": number(d, 2, 50),
        "final_div_factor": number(d, 10, 1e5),
        "cycle_momentum": False,
    },
    "ReduceLROnPlateau": lambda d: {
        "factor": number(d, 0.1, 0.9),
        "patience": d.randint(0, 8),
        "threshold": d.choice([1e-4, 0.05]),
        "threshold_mode": d.choice(["rel", "abs"]),
        "cooldown": d.randint(0, 4),
        "min_lr": d.choice([0, 1e-3]),
        "eps": 0,
    },
}  # fmt: skip
"""A name in `torch.optim.lr_scheduler` and how a configuration of it is drawn."""


def losses() -> Iterator[float]:
    """Yield losses that fall, stay, and rise a little: what a plateau is watched with."""
    draw = random.Random(7)
    for step in range(STEPS):
        yield 1 / (1 + step / 20) + draw.uniform(0, 0.2) * (step % 40 > 20)


def configurations(table: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the drawn configurations of one."""
    draw = random.Random(f"graphgrad {name}")
    return [table[name](draw) for _ in range(COUNT)]


def torch_optimizer(torch: Any, name: str, settings: dict[str, Any]) -> list[list[float]]:
    """Return PyTorch's parameters after each step."""
    torch.set_default_dtype(torch.float64)  # else NAdam keeps a product in float32
    w = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = getattr(torch.optim, name)([w], **settings)
    kept = []
    for step in range(1, STEPS + 1):
        w.grad = torch.tensor(gradient(w.tolist(), step), dtype=torch.float64)
        optimizer.step()
        kept.append(w.tolist())
    return kept


def torch_schedule(torch: Any, name: str, settings: dict[str, Any]) -> list[float]:
    """Return PyTorch's rates, one per step."""
    w = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1)
    scheduler = getattr(torch.optim.lr_scheduler, name)(optimizer, **settings)
    rates = []
    for loss in losses():
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if len(rates) < STEPS:
            scheduler.step(*([loss] if name == "ReduceLROnPlateau" else []))
    return rates


def told_of(run: Any) -> Any:
    """Return what is kept of a run: a weighted sum of each step, and every 25th step whole."""
    import numpy as np

    steps = np.array(run)
    weights = np.random.RandomState(5).uniform(0.5, 1.5, steps.shape)
    weights *= np.random.RandomState(6).choice([-1.0, 1.0], steps.shape)
    return np.concatenate([(steps * weights).sum(axis=1), steps[24::25].ravel()])


CLIPS = ("clip_grad_norm_", "clip_grad_value_")


def clip(name: str, number: int) -> tuple[float, list[list[Any]]]:
    """Return a limit, and gradients of a matrix, a vector, a number and nothing, of some size."""
    draw = random.Random(f"graphgrad {name} {number}")
    scale = 10 ** draw.uniform(-1, 2)

    def entries(count: int) -> list[float]:
        return [scale * draw.gauss(0, 1) for _ in range(count)]

    return draw.uniform(0.1, 5.0), [[entries(3), entries(3)], entries(4), entries(1)]


def torch_clip(torch: Any, name: str, number: int) -> list[float]:
    """Return the norm that PyTorch tells, 0 where it tells none, and the clipped gradients."""
    limit, gradients = clip(name, number)
    leaves = []
    for gradient in gradients:
        leaf = torch.zeros_like(torch.tensor(gradient, dtype=torch.float64), requires_grad=True)
        leaf.grad = torch.tensor(gradient, dtype=torch.float64)
        leaves.append(leaf)
    leaves.append(torch.zeros(2, dtype=torch.float64, requires_grad=True))
    norm = getattr(torch.nn.utils, name)(leaves, limit)
    told = 0.0 if norm is None else norm.item()
    return [told, *(one.item() for leaf in leaves[:-1] for one in leaf.grad.ravel())]


def recorded() -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Return PyTorch's version, the settings of each run, and what came out, by name."""
    import numpy as np

    with np.load(FILE) as file:
        heads = json.loads(bytes(file["heads"]))
        return heads["torch"], heads["settings"], {name: file[name] for name in file.files}


def record() -> None:
    """Write the data file."""
    import numpy as np
    import torch

    settings: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for name in OPTIMIZERS:
        settings[name] = configurations(OPTIMIZERS, name)
        runs = [torch_optimizer(torch, name, one) for one in settings[name]]
        found[name] = np.array([told_of(run) for run in runs])
    for name in SCHEDULES:
        settings[name] = configurations(SCHEDULES, name)
        found[name] = np.array([torch_schedule(torch, name, one) for one in settings[name]])
    for name in CLIPS:
        found[name] = np.array([torch_clip(torch, name, number) for number in range(COUNT)])
    heads = {"torch": torch.__version__.partition("+")[0], "settings": settings}
    told = json.dumps(heads, separators=(",", ":")).encode()
    np.savez_compressed(FILE, heads=np.frombuffer(told, dtype=np.uint8), **found)


if __name__ == "__main__":
    record()
