"""State what losses share: targets in the shape of outputs, classes as codes, sums and means."""

from __future__ import annotations

from typing import Any, Final

from graphgrad.layers.doors.door import arg
from graphgrad.layers.networks.pieces import exact
from graphgrad.layers.networks.shapes import refuse
from graphgrad.ops.row import Setting

__all__ = [
    "KERAS_REDUCED",
    "REDUCED",
    "REDUCTION",
    "SMOOTHING",
    "TARGETED",
    "WEIGHTS",
    "Coded",
    "class_code",
    "matched",
    "per_sample",
    "reduced",
    "unit",
]

REDUCTION = Setting("reduction", "word", "mean", ("mean", "sum", "none"))
REDUCED = arg("reduction", "reduction", "mean")
KERAS_REDUCED = arg("reduction", "reduction", "sum_over_batch_size")
SMOOTHING = (
    Setting("smoothing", "number", 0),
    Setting("over", "word", "others", ("others", "all")),
    Setting("first", "integer", 0),
)


TARGETED: Final[dict[str, Any]] = {
    "results": ("L",), "kind": "loss", "notation": {"t": "target"},
}  # fmt: skip
"""What the rows say alike whose target is a line t."""


def matched(m: Any, loss: str, output: Any, target: Any) -> Any:
    """Return a target in the shape of the output; axes of length 1 may be missing or too many.

    Without this, an output N x 1 and a target N would make N x N errors.

    Raises:
        ShapeError: if the shapes differ otherwise.
    """
    wanted, got = m.shape(output), m.shape(target)
    if got == wanted:
        return target
    if [n for n in got if n != 1] != [n for n in wanted if n != 1]:
        raise refuse(loss, "layer.expected.target", wanted, got)
    return m.reshape(target, shape=wanted)


def reduced(m: Any, values: Any, reduction: str) -> Any:
    """Return the mean or the sum of all entries, or the entries."""
    if reduction == "none" or not m.shape(values):
        return values
    return m.mean(values) if reduction == "mean" else m.sum(values)


def per_sample(m: Any, values: Any) -> Any:
    """Return sums over the last axis: a vector is one sample, a matrix one sample per row."""
    return m.sum(values, axis=-1) if m.shape(values) else values


def unit(m: Any, loss: str, output: Any, target: Any) -> Any:
    """Return a target from 0 to 1 in the shape of the output, a line t."""
    return m.line("t", m.call("target", matched(m, loss, output, target), low=0, high=1))


WEIGHTS = (Setting("weights", "numbers", ""), Setting("ignore", "axis", ""))
"""How much each class counts, and the class that counts for nothing."""


class Coded:
    """A target as a code of classes, with what its samples weigh.

    Source of weights and of what the mean is over: the reference of PyTorch 2.13,
    torch.nn.CrossEntropyLoss.

    Attributes:
        t: the code, a line of the loss.
    """

    def __init__(
        self,
        m: Any,
        loss: str,
        output: Any,
        target: Any,
        *,
        reduction: str,
        weights: Any,
        ignore: Any,
        **code: Any,
    ) -> None:
        self.m, self.reduction = m, reduction
        self.kept = self.own = None
        classes = m.shape(output)[-1] if m.shape(output) else 0
        numbers = m.shape(target) != m.shape(output)
        if weights and len(weights) != classes:
            raise refuse(loss, "layer.expected.class_weights", m.shape(output), (len(weights),))
        if ignore != "" and numbers:
            target = self._without(m.reshape(target, shape=m.shape(output)[:-1]), ignore, code)
        self.t = class_code(m, loss, output, target, **code)
        self.weights = m.array(list(map(exact, weights))) if weights else None
        if numbers and self.weights is not None:
            number = m.reshape(target, shape=m.shape(output)[:-1])
            plain = m.one_hot(number, classes=classes, first=code["first"])
            self.own = m.line("w", per_sample(m, plain * self.weights))

    def _without(self, target: Any, ignore: int, code: dict[str, Any]) -> Any:
        """Return class numbers in which that of the first class stands for the ignored one."""
        left_out = self.m.equal(target, ignore)
        self.kept = self.m.line("kept", 1 - left_out)
        return self.m.where(left_out, self.m.number(exact(code["first"])), target)

    def loss(self, terms: Any) -> Any:
        """Return the loss of t times logarithms, entry by entry."""
        m = self.m
        if self.weights is not None:
            terms = terms * self.weights
        losses = -per_sample(m, terms)
        if self.kept is not None:
            losses = m.where(self.kept, losses, 0)  # no gradient, even where all are left out
        if self.reduction != "mean":
            return reduced(m, losses, self.reduction)
        weight = self.own if self.kept is None else self.kept
        if self.own is not None and self.kept is not None:
            weight = self.own * self.kept
        if weight is None:
            return reduced(m, losses, "mean")
        return reduced(m, losses, "sum") / reduced(m, weight, "sum")


def class_code(
    m: Any, loss: str, output: Any, target: Any, *, smoothing: Any, over: str, first: int
) -> Any:
    """Return a target as probabilities of the classes, along the output's last axis, a line t.

    A target of the output's shape holds probabilities, one without the last axis class numbers.
    Smoothing leaves 1 - smoothing to the class; the rest goes to the ``others``, as in the
    lectures, or to ``all`` classes, as in PyTorch.
    """
    wanted, got = m.shape(output), m.shape(target)
    if not wanted:
        raise refuse(loss, "layer.expected.classes", wanted, got)
    if got == wanted:
        code = m.call("target", target, low=0, high=1)
    elif got in (wanted[:-1], (*wanted[:-1], 1)):
        number = target if got == wanted[:-1] else m.reshape(target, shape=wanted[:-1])
        code = m.one_hot(number, classes=wanted[-1], first=first)
    else:
        raise refuse(loss, "layer.expected.classes", wanted, got)
    if not smoothing:
        return m.line("t", code)
    if wanted[-1] < (1 if over == "all" else 2):
        raise refuse(loss, "layer.expected.others", wanted, got)
    code, rest = m.line("code", code), exact(smoothing)
    if over == "all":
        return m.line("t", (1 - rest) * code + rest / wanted[-1])
    return m.line("t", (1 - rest) * code + rest / (wanted[-1] - 1) * (1 - code))
