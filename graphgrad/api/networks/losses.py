"""Make losses behave as PyTorch's do: axes of classes, ignored classes, bounded logarithms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.api.handle import apply
from graphgrad.api.networks.applied import applied, operand
from graphgrad.api.networks.layers import RowModule, call_name
from graphgrad.api.numpy_words.of_tensors import stands_on_tensors
from graphgrad.errors import UsageError
from graphgrad.layers.losses.classification_losses import UNSEEN
from graphgrad.layers.row import Layer

__all__ = ["ClassLoss", "ShareLoss", "bounded", "edges_of", "ignoring", "with_classes_last"]


def with_classes_last(output: Any, target: Any) -> tuple[Any, Any]:
    """Return both with the axis of classes, the second in PyTorch, at the end."""
    same = len(getattr(output, "shape", ())) == len(getattr(target, "shape", ()))
    return _class_last(output), _class_last(target) if same else target


def _class_last(value: Any) -> Any:
    rank = len(getattr(value, "shape", ()))
    if rank < 3:
        return value
    return apply("transpose", value, axes=(0, *range(2, rank), 1))


def ignoring(settings: dict[str, Any], target: Any) -> dict[str, Any]:
    """Return settings of a loss that ignores the class -100 where targets have it, as PyTorch."""
    import numpy as np

    given = operand(target, "target")
    values = np.asarray(getattr(given, "value", given))
    found = settings["ignore"] == "" and bool((values == UNSEEN).any())
    return settings | {"ignore": UNSEEN} if found else settings


class ClassLoss(RowModule):
    """A loss of classes, which stand along the second axis in PyTorch."""

    def _settings_on(self, inputs: tuple[Any, ...]) -> dict[str, Any]:
        return ignoring(self.settings, inputs[1])

    def forward(self, input: Any, target: Any) -> Any:
        """Return the loss; classes stand along the second axis, as in PyTorch."""
        return super().forward(*with_classes_last(input, target))


class ShareLoss(RowModule):
    """A loss of probabilities whose logarithms are bounded, as in PyTorch: at 0 and 1 it is 100."""

    def forward(self, input: Any, target: Any) -> Any:
        """Return the loss."""
        output, told = operand(input, "input"), operand(target, "target")
        edges = edges_of(output, told)
        if edges is None:
            return super().forward(input, target)
        name = self.line_name or call_name(self.layer)
        return bounded(self.layer, name, output, told, edges, self.settings)


def edges_of(output: Any, target: Any) -> Any:
    """Return where probabilities are so near 0 or 1 that PyTorch bounds logarithms, or None.

    Raises:
        UsageError: if an output of tensors is no probability, as PyTorch says at once.

    Source: the reference of PyTorch 2.13, torch.nn.BCELoss: logarithms are at least -100; a
    gradient is divided by p(1 - p), or by 1e-12 where that is less.
    """
    import numpy as np

    p = np.asarray(getattr(output, "value", output))
    wrong = (p < 0) | (p > 1)
    if wrong.any() and hasattr(output, "place") and stands_on_tensors(output):
        raise UsageError("nn.no_probability", got=f"{p[wrong].flat[0]:g}")
    share = p * (1 - p)
    found = (share >= 0) & (share <= _NARROW)
    alike = p.shape == np.shape(getattr(target, "value", target))
    return found if alike and found.any() else None


_NARROW = 1e-12
_LEAST = -100.0


def bounded(
    row: Layer, name: str, output: Any, target: Any, edges: Any, settings: Mapping[str, Any]
) -> Any:
    """Return a loss of probabilities: lines with PyTorch's values and slopes where it has edges."""
    import numpy as np

    p, t = (np.asarray(getattr(one, "value", one), dtype=float) for one in (output, target))
    with np.errstate(divide="ignore"):
        logs = np.maximum(np.log(p), _LEAST), np.maximum(np.log1p(-p), _LEAST)
    value = np.where(edges, -(t * logs[0] + (1 - t) * logs[1]), 0.0)
    slope = np.where(edges, (p - t) / np.maximum(p * (1 - p), _NARROW), 0.0)
    inner = apply("where", edges.astype(float), 0.5, output)
    separate = dict(settings) | {"reduction": "none"}
    losses = applied(row, name, (inner, target), {}, separate, training=True)[0][0]
    moved = apply("sub", output, p)
    line = apply("add", value, apply("mul", slope, moved))
    losses = apply("where", edges.astype(float), line, losses)
    if settings["reduction"] == "none" or not p.shape:
        return losses
    return apply(settings["reduction"], losses)
