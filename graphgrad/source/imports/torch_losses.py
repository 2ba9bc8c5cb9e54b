"""State what PyTorch's losses are: rows of losses, weighed and with classes left out as there.

Source: the reference of PyTorch 2.13, torch.nn.functional.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from graphgrad.errors import UsageError
from graphgrad.layers.losses.classification_losses import UNSEEN

__all__ = ["LOSS_OPS", "WEIGHED"]

_REDUCTIONS = ("none", "mean", "sum")


def _loss(name: str) -> Callable[..., Any]:
    def rule(m: Any, self: Any, target: Any, reduction: int = 1, **options: Any) -> Any:
        return m.door(name, (self, target), reduction=_REDUCTIONS[reduction], **options)

    return rule


def _class_loss(name: str) -> Callable[..., Any]:
    def rule(
        m: Any, self: Any, target: Any, weight: Any = None, reduction: int = 1,
        ignore_index: int = UNSEEN, label_smoothing: float = 0.0,
    ) -> Any:  # fmt: skip
        told = {"label_smoothing": label_smoothing} if name == "CrossEntropyLoss" else {}
        weighed = None if weight is None else _numbers(m, "weight", weight).ravel()
        alike = len(m.shape(self)) == len(m.shape(target))
        settings = {"ignore": UNSEEN} if ignore_index == UNSEEN and m.holds(target, UNSEEN) else {}
        taken = (_class_last(m, self), _class_last(m, target) if alike else target)
        return m.door(name, taken, settings=settings, reduction=_REDUCTIONS[reduction],
                      weight=weighed, ignore_index=ignore_index, **told)  # fmt: skip

    return rule


def _class_last(m: Any, x: Any) -> Any:
    """Return an array with the axis of classes, the second in PyTorch, at the end."""
    rank = len(m.shape(x))
    if rank < 3:
        return x
    return m.ended(m.call("transpose", x, axes=(0, *range(2, rank), 1)), "classes")


def _numbers(m: Any, argument: str, value: Any) -> Any:
    """Return weights that are numbers of the model, as the rows of losses take them."""
    known = m.known(value)
    if known is None:
        raise UsageError("import.loss_weights", argument=argument)
    return known


def _share_loss(name: str) -> Callable[..., Any]:
    """Return the rule of a loss of probabilities; weights multiply the losses of entries."""

    def rule(
        m: Any, self: Any, target: Any, weight: Any = None, pos_weight: Any = None,
        reduction: int = 1,
    ) -> Any:  # fmt: skip
        told = {}
        if pos_weight is not None:
            told["pos_weight"] = _positive(m, pos_weight)
        how = _REDUCTIONS[reduction]
        if weight is None:
            return m.door(name, (self, target), reduction=how, **told)
        losses = m.door(name, (self, target), reduction="none", **told)
        weighed = m.ended(m.call("mul", losses, weight), "weighed")
        return weighed if how == "none" else m.call(how, weighed)

    return rule


def _positive(m: Any, value: Any) -> Any:
    """Return what ones weigh: a number, or one number for each entry of the last axis."""
    known = _numbers(m, "pos_weight", value)
    if max(known.shape[:-1], default=1) > 1:
        raise UsageError("nn.unsupported", argument="pos_weight.shape", got=known.shape,
                         expected=known.shape[-1:])  # fmt: skip
    return known.ravel()


LOSS_OPS: Final[dict[str, Callable[..., Any]]] = {
    "mse_loss": _loss("MSELoss"),
    "l1_loss": _loss("L1Loss"),
    "huber_loss": lambda m, self, target, reduction=1, delta=1.0: _loss("HuberLoss")(
        m, self, target, reduction, delta=delta
    ),
    "smooth_l1_loss": lambda m, self, target, reduction=1, beta=1.0: _loss("SmoothL1Loss")(
        m, self, target, reduction, beta=beta
    ),
    "cross_entropy_loss": _class_loss("CrossEntropyLoss"),
    "nll_loss_nd": _class_loss("NLLLoss"),
    "nll_loss": _class_loss("NLLLoss"),
    "binary_cross_entropy": lambda m, self, target, weight=None, reduction=1: _share_loss(
        "BCELoss"
    )(m, self, target, weight, None, reduction),
    "binary_cross_entropy_with_logits": _share_loss("BCEWithLogitsLoss"),
}
"""PyTorch's operation, without ``aten.`` and overload, to what it is."""

WEIGHED: Final = dict.fromkeys(
    ("cross_entropy_loss", "nll_loss_nd", "nll_loss", "binary_cross_entropy_with_logits",
     "SoftmaxCrossEntropyLoss"),
    (2, 3, "weight", "pos_weight"),
)  # fmt: skip
"""Operations to their arguments, by position and by name, that become settings of rows: weights."""
