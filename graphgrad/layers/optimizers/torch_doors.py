"""Take PyTorch's arguments, with its names and defaults, and return the settings of our rows.

What a function takes is what `gg.optim` and `gg.optim.lr_scheduler` take. Source: the signatures
in the reference of PyTorch 2.13, torch.optim.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "adadelta",
    "adagrad",
    "adam",
    "adamax",
    "adamw",
    "constant_lr",
    "cosine_lr",
    "cyclic_lr",
    "exponential_lr",
    "linear_lr",
    "multi_step_lr",
    "nadam",
    "one_cycle_lr",
    "plateau_lr",
    "polynomial_lr",
    "restarts_lr",
    "rmsprop",
    "sgd",
    "step_lr",
]


def sgd(
    lr: float = 1e-3,
    momentum: float = 0,
    dampening: float = 0,
    weight_decay: float = 0,
    nesterov: bool = False,
) -> dict[str, Any]:
    """Return the settings of PyTorch's ``SGD``."""
    return {
        "rate": lr,
        "mu": momentum,
        "form": "torch",
        "dampening": dampening,
        "nesterov": nesterov,
        "weight_decay": weight_decay,
    }


def adagrad(
    lr: float = 1e-2,
    lr_decay: float = 0,
    weight_decay: float = 0,
    initial_accumulator_value: float = 0,
    eps: float = 1e-10,
) -> dict[str, Any]:
    """Return the settings of PyTorch's ``Adagrad``."""
    found = {"rate": lr, "slowing": lr_decay, "initial": initial_accumulator_value}
    return found | {"eps": eps, "weight_decay": weight_decay}


def adadelta(
    lr: float = 1.0, rho: float = 0.9, eps: float = 1e-6, weight_decay: float = 0
) -> dict[str, Any]:
    """Return the settings of PyTorch's ``Adadelta``."""
    return {"rate": lr, "rho": rho, "eps": eps, "weight_decay": weight_decay}


def rmsprop(
    lr: float = 1e-2,
    alpha: float = 0.99,
    eps: float = 1e-8,
    weight_decay: float = 0,
    momentum: float = 0,
    centered: bool = False,
) -> dict[str, Any]:
    """Return the settings of PyTorch's ``RMSprop``."""
    found = {"rate": lr, "beta": alpha, "eps": eps, "inside": False, "mu": momentum}
    return found | {"centered": centered, "weight_decay": weight_decay}


Betas = tuple[float, float]


def adam(
    lr: float = 1e-3,
    betas: Betas = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0,
    amsgrad: bool = False,
) -> dict[str, Any]:
    """Return the settings of PyTorch's ``Adam``."""
    found = {"rate": lr, "beta1": betas[0], "beta2": betas[1], "eps": eps}
    return found | {"weight_decay": weight_decay, "amsgrad": amsgrad}


def adamw(
    lr: float = 1e-3,
    betas: Betas = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 1e-2,
    amsgrad: bool = False,
) -> dict[str, Any]:
    """Return the settings of PyTorch's ``AdamW``."""
    return adam(lr, betas, eps, weight_decay, amsgrad)


def adamax(
    lr: float = 2e-3,
    betas: Betas = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0,
) -> dict[str, Any]:
    """Return the settings of PyTorch's ``Adamax``."""
    found = {"rate": lr, "beta1": betas[0], "beta2": betas[1], "eps": eps}
    return found | {"weight_decay": weight_decay}


def nadam(
    lr: float = 2e-3,
    betas: Betas = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0,
    momentum_decay: float = 4e-3,
    decoupled_weight_decay: bool = False,
) -> dict[str, Any]:
    """Return the settings of PyTorch's ``NAdam``."""
    found = adamax(lr, betas, eps, weight_decay)
    return found | {"slowing": momentum_decay, "decoupled": decoupled_weight_decay}


# ---- schedules ----


def constant_lr(factor: float = 1 / 3, total_iters: int = 5) -> dict[str, Any]:
    """Return the settings of PyTorch's ``ConstantLR``."""
    return {"factor": factor, "until": total_iters}


def step_lr(step_size: int, gamma: float = 0.1) -> dict[str, Any]:
    """Return the settings of PyTorch's ``StepLR``."""
    return {"every": step_size, "factor": gamma}


def multi_step_lr(milestones: list[int], gamma: float = 0.1) -> dict[str, Any]:
    """Return the settings of PyTorch's ``MultiStepLR``."""
    return {"at": milestones, "factor": gamma}


def polynomial_lr(total_iters: int = 5, power: float = 1.0) -> dict[str, Any]:
    """Return the settings of PyTorch's ``PolynomialLR``."""
    return {"steps": total_iters, "power": power}


def exponential_lr(gamma: float) -> dict[str, Any]:
    """Return the settings of PyTorch's ``ExponentialLR``."""
    return {"factor": gamma}


def linear_lr(
    start_factor: float = 1 / 3, end_factor: float = 1.0, total_iters: int = 5
) -> dict[str, Any]:
    """Return the settings of PyTorch's ``LinearLR``."""
    return {"start": start_factor, "end": end_factor, "steps": total_iters, "relative": True}


def cosine_lr(T_max: int, eta_min: float = 0.0) -> dict[str, Any]:  # noqa: N803  # PyTorch's
    """Return the settings of PyTorch's ``CosineAnnealingLR``."""
    return {"steps": T_max, "end": eta_min, "clamp": False}


def restarts_lr(T_0: int, T_mult: int = 1, eta_min: float = 0.0) -> dict[str, Any]:  # noqa: N803
    """Return the settings of PyTorch's ``CosineAnnealingWarmRestarts``."""
    return {"period": T_0, "grow": T_mult, "end": eta_min}


def cyclic_lr(
    base_lr: float,
    max_lr: float,
    step_size_up: int = 2000,
    step_size_down: int | None = None,
    mode: str = "triangular",
    gamma: float = 1.0,
    cycle_momentum: bool = False,  # momentum is not cycled here
) -> dict[str, Any]:
    """Return the settings of PyTorch's ``CyclicLR``."""
    period = step_size_up + (step_size_down or step_size_up)
    shape = {"triangular": "triangular", "triangular2": "halving", "exp_range": "exponential"}
    found = {"low": base_lr, "high": max_lr, "period": period, "rise": step_size_up / period}
    return found | {"shape": shape.get(mode, mode), "factor": gamma}


def one_cycle_lr(
    max_lr: float,
    total_steps: int,
    pct_start: float = 0.3,
    div_factor: float = 25.0,
    final_div_factor: float = 1e4,
    cycle_momentum: bool = False,  # momentum is not cycled here
) -> dict[str, Any]:
    """Return the settings of PyTorch's ``OneCycleLR``."""
    found = {"rate": max_lr, "steps": total_steps, "rise": pct_start, "divide": div_factor}
    return found | {"divide_end": final_div_factor}


def plateau_lr(
    factor: float = 0.1,
    patience: int = 10,
    threshold: float = 1e-4,
    threshold_mode: str = "rel",
    cooldown: int = 0,
    min_lr: float = 0.0,
    eps: float = 0.0,  # every change counts here
) -> dict[str, Any]:
    """Return the settings of PyTorch's ``ReduceLROnPlateau``."""
    found = {"factor": factor, "patience": patience, "threshold": threshold, "rest": cooldown}
    return found | {"relative": threshold_mode == "rel", "least": min_lr}
