"""State what losses share: targets in the shape of outputs, classes as codes, sums and means."""

from __future__ import annotations

from typing import Any

from graphgrad.layers.networks.pieces import exact
from graphgrad.layers.networks.shapes import refuse
from graphgrad.ops.row import Setting

__all__ = ["REDUCTION", "SMOOTHING", "class_code", "matched", "per_sample", "reduced", "unit"]

REDUCTION = Setting("reduction", "word", "mean", ("mean", "sum", "none"))
SMOOTHING = (
    Setting("smoothing", "number", 0),
    Setting("over", "word", "others", ("others", "all")),
    Setting("first", "integer", 0),
)


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
    code, rest = m.line("code", code), exact(smoothing)
    if over == "all":
        return m.line("t", (1 - rest) * code + rest / wanted[-1])
    return m.line("t", (1 - rest) * code + rest / (wanted[-1] - 1) * (1 - code))
