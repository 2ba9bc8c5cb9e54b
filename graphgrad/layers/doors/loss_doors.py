"""State PyTorch's arguments of activations and losses, and what they mean for the rows."""

from __future__ import annotations

from typing import Any

from graphgrad.layers.doors.door import Found, only

__all__ = [
    "bce",
    "bce_with_logits",
    "cross_entropy",
    "elu",
    "gelu",
    "hardtanh",
    "huber",
    "kl",
    "leaky_relu",
    "loss",
    "multi_margin",
    "nll",
    "nothing",
    "plain",
    "prelu",
    "relu6",
    "smooth_l1",
    "softmax",
    "softplus",
]

# ---- activations ----


def plain(inplace: bool = False) -> Found:
    """State PyTorch's arguments."""
    return (), {}


def nothing() -> Found:
    """State PyTorch's arguments."""
    return (), {}


def leaky_relu(negative_slope: float = 0.01, inplace: bool = False) -> Found:
    """State PyTorch's arguments."""
    return (), {"alpha": negative_slope}


def elu(alpha: float = 1.0, inplace: bool = False) -> Found:
    """State PyTorch's arguments."""
    return (), {"alpha": alpha}


def prelu(num_parameters: int = 1, init: float = 0.25) -> Found:
    """State PyTorch's arguments."""
    return ((num_parameters,),), {"count": num_parameters, "start": init}


def softplus(beta: float = 1.0, threshold: float = 20.0) -> Found:
    """State PyTorch's arguments."""
    only("beta", beta, 1.0)
    return (), {}


def gelu(approximate: str = "none") -> Found:
    """State PyTorch's arguments."""
    only("approximate", approximate, "none")
    return (), {}


def hardtanh(min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Found:
    """State PyTorch's arguments."""
    return (), {"low": min_val, "high": max_val}


def relu6(inplace: bool = False) -> Found:
    """State PyTorch's arguments."""
    return (), {"low": 0, "high": 6}


def softmax(dim: int = -1) -> Found:
    """State PyTorch's arguments."""
    return (), {"axis": dim}


# ---- losses ----


def loss(reduction: str = "mean") -> Found:
    """State PyTorch's arguments."""
    return (), {"reduction": reduction}


def huber(reduction: str = "mean", delta: float = 1.0) -> Found:
    """State PyTorch's arguments."""
    return (), {"reduction": reduction, "delta": delta}


def smooth_l1(reduction: str = "mean", beta: float = 1.0) -> Found:
    """State PyTorch's arguments."""
    return (), {"reduction": reduction, "beta": beta}


def cross_entropy(
    weight: Any = None,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Found:
    """State PyTorch's arguments."""
    settings = {"reduction": reduction, "smoothing": label_smoothing, "over": "all"}
    return (), settings | _weighed(weight, ignore_index)


def nll(weight: Any = None, ignore_index: int = -100, reduction: str = "mean") -> Found:
    """State PyTorch's arguments."""
    return (), {"reduction": reduction} | _weighed(weight, ignore_index)


def _weighed(weight: Any, ignore_index: int) -> dict[str, Any]:
    """Return the weights of classes; the class that is ignored unless PyTorch says otherwise."""
    return {"weights": _listed(weight), "ignore": "" if ignore_index == -100 else ignore_index}


def _listed(weight: Any) -> Any:
    import numpy as np

    return "" if weight is None else [float(one) for one in np.ravel(weight)]


def bce(weight: Any = None, reduction: str = "mean") -> Found:
    """State PyTorch's arguments."""
    only("weight", weight, None)
    return (), {"reduction": reduction}


def bce_with_logits(weight: Any = None, reduction: str = "mean", pos_weight: Any = None) -> Found:
    """State PyTorch's arguments."""
    only("weight", weight, None)
    return (), {"reduction": reduction, "positive": _listed(pos_weight)}


def multi_margin(
    p: int = 1, margin: float = 1.0, weight: Any = None, reduction: str = "mean"
) -> Found:
    """State PyTorch's arguments."""
    only("weight", weight, None)
    return (), {"power": p, "margin": margin, "reduction": reduction}


def kl(reduction: str = "mean", log_target: bool = False) -> Found:
    """State PyTorch's arguments."""
    only("log_target", log_target, False)
    known = {"mean": "entries", "batchmean": "length"}
    return (), {"log": True, "reduction": known.get(reduction, reduction)}
