"""Write what is done along axes as sums, maxima and operations entry by entry, for loops."""

from __future__ import annotations

from typing import Any

from graphgrad.compile.recording.program import Op
from graphgrad.compile.rules.rewriting import Rewriting
from graphgrad.ops.shapes import Shape, reduced_shape

__all__ = ["expanded"]


def expanded(work: Rewriting) -> Any:
    """Rewrite softmax, its normalizer, the norm and outer products."""
    rules = {"softmax": _softmax, "logsumexp": _logsumexp, "norm": _norm, "outer": _outer}

    def rewrite(_at: int, op: Op) -> Any:
        rule = rules.get(op.name)
        return None if rule is None else rule(work.m, op, [work.new(arg) for arg in op.args])

    return rewrite


def _largest(m: Any, x: Any, op: Op, axis: tuple[int, ...]) -> Any:
    shape = reduced_shape(m.shape(x), axis, keepdims=True)
    return m.append("max", (x,), shape, op.kind, {"axis": axis, "keepdims": True})


def _finite(m: Any, x: Any) -> Any:
    """Return x where it is finite, else 0: what is subtracted must not make NaN of infinity."""
    return m.where(m.equal(x - x, 0.0), x, 0.0)


def _total(m: Any, x: Any, axis: tuple[int, ...]) -> Any:
    return m.sum(x, axis=axis, keepdims=True)


def _dropped(m: Any, x: Any, shape: Shape) -> Any:
    """Return an array without the axes that were kept with length 1."""
    return m.append("reshape", (x,), shape, m.kind(x), {}) if m.shape(x) != shape else x


def _softmax(m: Any, op: Op, args: list[Any]) -> Any:
    axis = (op.setting("axis"),)
    powers = m.exp(args[0] - _largest(m, args[0], op, axis))
    return powers / _total(m, powers, axis)


def _logsumexp(m: Any, op: Op, args: list[Any]) -> Any:
    axis = op.setting("axis")
    shift = _finite(m, _largest(m, args[0], op, axis))
    found = m.log(_total(m, m.exp(args[0] - shift), axis)) + shift
    return _dropped(m, found, op.shape)


def _norm(m: Any, op: Op, args: list[Any]) -> Any:
    axis = op.setting("axis")
    largest = _largest(m, m.abs(args[0]), op, axis)
    scale = m.where(m.equal(largest - largest, 0.0), largest, 1.0)
    scale = m.where(m.equal(scale, 0.0), 1.0, scale)
    ratio = args[0] / scale
    return _dropped(m, m.sqrt(_total(m, ratio * ratio, axis)) * scale, op.shape)


def _outer(m: Any, op: Op, args: list[Any]) -> Any:
    a, b = args
    column = m.append("reshape", (a,), (*m.shape(a), *(1 for _ in m.shape(b))), op.kind, {})
    return column * b
