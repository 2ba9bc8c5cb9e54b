"""Draw lines that are layers or losses, in the words of `torch.nn.functional`.

Pure Python, as `programs`: PyTorch runs the same names with the same settings. Classes of a loss
are given as whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

__all__ = ["CLASSES_OF", "LAYERS", "LAYER_PIECES"]

LAYERS = "F."
"""What the name of a line's op begins with if it is a layer."""
CLASSES_OF = ("F.cross_entropy", "F.nll_loss")
"""Losses whose second argument is classes."""

_ACTIVATIONS = ("F.selu", "F.mish", "F.hardtanh", "F.relu6", "F.logsigmoid")
_OF_TWO = ("F.mse_loss", "F.l1_loss", "F.smooth_l1_loss", "F.huber_loss")


def _activation(draft: Any) -> None:
    name = draft.name()
    if name is not None:
        draft.put(draft.random.choice(_ACTIVATIONS), [name], draft.shapes[name])


def _linear(draft: Any) -> None:
    name = draft.name(lambda shape: len(shape) in (1, 2) and shape[-1] > 1)
    if name is None:
        return
    *rows, inner = draft.shapes[name]
    weights: Any = draft.name(lambda shape: len(shape) == 2 and shape[1] == inner)
    out = 2 if weights is None else draft.shapes[weights][0]
    weights = weights or (draft.entries((out, inner)), (out, inner))
    bias = (draft.entries((out,)), (out,))
    small = draft.put("tanh", [name], (*rows, inner))
    made = draft.put("F.linear", [small, weights, bias], (*rows, out))
    draft.put("mul", [made, ([0.25], ())], (*rows, out))


def _norm(draft: Any) -> None:
    name = draft.name(lambda shape: bool(shape) and shape[-1] > 1)
    if name is not None:
        shape = draft.shapes[name]
        draft.put("F.layer_norm", [name], shape, normalized_shape=[shape[-1]], eps=0.1)


def _along_rows(draft: Any) -> None:
    """Append a convolution or a pool of two channels, without a batch."""
    name = draft.name(lambda shape: shape == (2, 3))
    if name is None:
        return
    kind = draft.random.randrange(3)
    if kind == 0:
        weights = (draft.entries((2, 2, 2)), (2, 2, 2))
        draft.put("F.conv1d", [name, weights], (2, 2))
    else:
        op = "F.avg_pool1d" if kind == 1 else "F.max_pool1d"
        draft.put(op, [name], (2, 2), kernel_size=2, stride=1)


def _attention(draft: Any) -> None:
    name = draft.name(lambda shape: shape in ((2, 3), (2, 2), (3, 2)))
    if name is not None:
        shape = draft.shapes[name]
        keys = (draft.entries(shape), shape)
        draft.put("F.scaled_dot_product_attention", [name, keys, name], shape)


def _loss_of_two(draft: Any) -> None:
    name = draft.name(bool)
    if name is not None:
        shape = draft.shapes[name]
        other: Any = draft.name(lambda known: known == shape)
        if other == name or draft.random.random() < 0.5:
            other = (draft.entries(shape), shape)
        draft.put(draft.random.choice(_OF_TWO), [name, other], ())


def _loss_of_logits(draft: Any) -> None:
    name = draft.name(bool)
    if name is not None:
        shape = draft.shapes[name]
        targets = [float(draft.random.randint(0, 1)) for _ in range(prod(shape))]
        draft.put("F.binary_cross_entropy_with_logits", [name, (targets, shape)], ())


def _loss_of_classes(draft: Any) -> None:
    name = draft.name(lambda shape: len(shape) == 2 and shape[1] > 1)
    if name is not None:
        rows, count = draft.shapes[name]
        classes = [float(draft.random.randrange(count)) for _ in range(rows)]
        draft.put("F.cross_entropy", [name, (classes, (rows,))], ())


LAYER_PIECES: tuple[Callable[[Any], None], ...] = (
    _activation, _linear, _linear, _norm, _along_rows, _attention, _loss_of_two, _loss_of_logits,
    _loss_of_classes,
)  # fmt: skip
