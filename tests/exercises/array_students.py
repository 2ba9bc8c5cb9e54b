"""Simulated students of networks with vectors and matrices, who slip where they are told to.

Nothing here uses the code under test: NumPy and a reverse pass of a few lines. A slip is made once;
all that follows is computed from the student's own numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

Array = Any


class Step(NamedTuple):
    """One line of an exercise: a name, an operation and what it works on."""

    name: str
    op: str
    args: tuple[str, ...]


@dataclass(frozen=True)
class Exercise:
    """An exercise whose last line is the loss."""

    name: str
    leaves: dict[str, Array]
    inputs: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def source(self) -> str:
        """Return it as a file."""
        lines = []
        for name, value in self.leaves.items():
            role = "input" if name in self.inputs else "param"
            lines.append(f"{role} {name} = {written(value, 12)}")
        for step in self.steps:
            kind = "loss " if step is self.steps[-1] else ""
            lines.append(f"{kind}{step.name} = {WRITTEN[step.op].format(*step.args)}")
        return "\n".join(lines) + "\n"


def written(value: Array, digits: int = 7) -> str:
    """Return a number or an array as a student writes it."""
    value = np.asarray(value, dtype=float)
    if not value.shape:
        return f"{0.0 if abs(value) < 1e-12 else float(value):.{digits}g}"
    return f"[{', '.join(written(part, digits) for part in value)}]"


def softmax(z: Array) -> Array:
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


WRITTEN = {
    "matmul": "{} @ {}", "turned": "{} @ {}^T", "add": "{} + {}", "sub": "{} - {}",
    "mul": "{}*{}", "sigmoid": "sigmoid({})", "tanh": "tanh({})", "relu": "relu({})",
    "softmax": "softmax({})", "mse": "mean({}^2)", "half": "sum({}^2)/2", "nll": "-sum({}*log({}))",
    "dot": "sum({}*{})", "max": "max({})", "mean": "mean({})", "var": "mean({}^2)",
    "scale": "{}/sqrt({} + 0.01)", "square": "{}^2",
}  # fmt: skip
VALUE: dict[str, Callable[..., Array]] = {
    "matmul": lambda a, b: a @ b, "turned": lambda a, b: a @ b.T, "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "sigmoid": sigmoid, "tanh": np.tanh,
    "relu": lambda a: np.maximum(a, 0), "softmax": softmax, "mse": lambda a: np.mean(a**2),
    "half": lambda a: np.sum(a**2) / 2, "nll": lambda t, p: -np.sum(t * np.log(p)),
    "dot": lambda a, b: np.sum(a * b), "max": np.max, "mean": np.mean,
    "var": lambda a: np.mean(a**2), "scale": lambda a, b: a / np.sqrt(b + 0.01),
    "square": lambda a: a**2,
}  # fmt: skip


def summed(value: Array, shape: tuple[int, ...]) -> Array:
    """Return what flows back to a value that was repeated."""
    value = np.asarray(value, dtype=float)
    while value.ndim > len(shape):
        value = value.sum(axis=0)
    return value


def _product(g: Array, a: Array, b: Array) -> tuple[Array, Array]:
    left = np.outer(g, b) if b.ndim == 1 and a.ndim == 2 else g @ b.T
    right = a.T @ g if a.ndim == 2 else np.outer(a, g)
    return left, right


def _softmax_back(g: Array, out: Array) -> Array:
    return out * (g - (g * out).sum(axis=-1, keepdims=True))


BACK: dict[str, Callable[..., tuple[Array, ...]]] = {
    "matmul": lambda g, out, a, b: _product(g, a, b),
    "turned": lambda g, out, a, b: (g @ b, g.T @ a),
    "add": lambda g, out, a, b: (summed(g, a.shape), summed(g, b.shape)),
    "sub": lambda g, out, a, b: (summed(g, np.shape(a)), summed(-g, np.shape(b))),
    "mul": lambda g, out, a, b: (summed(g * b, np.shape(a)), summed(g * a, np.shape(b))),
    "sigmoid": lambda g, out, a: (g * out * (1 - out),),
    "tanh": lambda g, out, a: (g * (1 - out**2),), "relu": lambda g, out, a: (g * (a > 0),),
    "softmax": lambda g, out, a: (_softmax_back(g, out),),
    "mse": lambda g, out, a: (g * 2 * a / a.size,), "half": lambda g, out, a: (g * a,),
    "nll": lambda g, out, t, p: (-g * np.log(p), -g * t / p),
    "dot": lambda g, out, a, b: (g * b, g * a),
    "max": lambda g, out, a: (g * (a == a.max()),),
    "mean": lambda g, out, a: (g * np.ones_like(a) / a.size,),
    "var": lambda g, out, a: (g * 2 * a / a.size,),
    "scale": lambda g, out, a, b: (
        g / np.sqrt(b + 0.01), np.sum(g * a) * -0.5 * (b + 0.01) ** -1.5,
    ),
    "square": lambda g, out, a: (2 * g * a,),
}  # fmt: skip

FORWARD: dict[str, dict[str, Callable[..., Array]]] = {
    "matmul": {"entrywise_product": lambda a, b: a * b, "swapped": lambda a, b: b @ a},
    "turned": {"transposed": lambda a, b: a @ b, "entrywise_product": lambda a, b: a * b.T},
    "add": {"sign": lambda a, b: a - b, "lost_term": lambda a, b: a},
    "sub": {"sign": lambda a, b: b - a},
    "mul": {"matrix_for_entrywise": lambda a, b: a @ b, "sum_for_product": lambda a, b: a + b},
    "sigmoid": {"no_activation": lambda a: a, "other_activation": np.tanh},
    "tanh": {"no_activation": lambda a: a, "other_activation": sigmoid},
    "relu": {"no_activation": lambda a: a},
    "softmax": {"not_normalized": np.exp, "other_activation": sigmoid},
    "mse": {"sum_for_mean": lambda a: np.sum(a**2), "lost_square": np.mean},
    "half": {"lost_factor": lambda a: np.sum(a**2)},
    "nll": {"sign": lambda t, p: np.sum(t * np.log(p))},
    "max": {"mean_for_max": np.mean},
    "mean": {"sum_for_mean": np.sum},
}


def _other_way(g: Array, slot: int, a: Array, b: Array) -> Array:
    """Return a product the other way round; there is none of a column and a row."""
    if g.ndim == 2:
        return g @ a if slot else b @ g
    if not slot:
        raise ValueError
    return a @ g


def _batch(g: Array, b: Array) -> Array:
    """Return what flows back to a bias from each row; there are none without a batch."""
    if g.ndim == b.ndim:
        raise ValueError
    return g


BACKWARD: dict[str, dict[str, Callable[..., Array]]] = {
    "matmul": {
        "swapped": lambda g, slot, out, a, b: _other_way(g, slot, a, b),
        "transposed": lambda g, slot, out, a, b: _product(g, a, b)[slot].T,
    },
    "add": {
        "not_summed": lambda g, slot, out, a, b: _batch(g, b),
        "mean_for_sum": lambda g, slot, out, a, b: _batch(g, b).mean(axis=0),
        "one_row": lambda g, slot, out, a, b: _batch(g, b)[0],
    },
    "sub": {"sign": lambda g, slot, out, a, b: g if slot else -g},
    "sigmoid": {
        "no_activation_derivative": lambda g, slot, out, a: g,
        "function_as_derivative": lambda g, slot, out, a: g * out,
        "derivative_at_z": lambda g, slot, out, a: g * a * (1 - a),
        "derivative_at_output": lambda g, slot, out, a: g * sigmoid(out) * (1 - sigmoid(out)),
    },
    "tanh": {
        "no_activation_derivative": lambda g, slot, out, a: g,
        "derivative_at_z": lambda g, slot, out, a: g * (1 - a**2),
    },
    "relu": {"no_activation_derivative": lambda g, slot, out, a: g},
    "softmax": {"diagonal_only": lambda g, slot, out, a: g * out * (1 - out)},
    "mse": {"sum_for_mean": lambda g, slot, out, a: 2 * g * a},
    "half": {"sign": lambda g, slot, out, a: -g * a},
    "nll": {"sign": lambda g, slot, out, t, p: g * t / p},
    "max": {
        "spread": lambda g, slot, out, a: g * np.ones_like(a) / a.size,
    },
    "dot": {"own_factor": lambda g, slot, out, a, b: g * (a, b)[slot]},
}  # fmt: skip
SHARED = ("lost_path", "one_use")
AROUND = ("other_delta", "updated_weight")
RATE = 0.1


class Slip(NamedTuple):
    """A mistake: where it is made (a line, or an edge as line and slot), and its label."""

    line: str
    label: str
    slot: int | None = None

    def step_of(self, exercise: Exercise) -> str:
        """Return the step at which it shows first."""
        if self.slot is None:
            return self.line
        step = next(step for step in exercise.steps if step.name == self.line)
        return f"d{exercise.steps[-1].name}/d{step.args[self.slot]}"


def worked(exercise: Exercise, slip: Slip | None = None) -> dict[str, Array]:
    """Return every step as a student who makes a slip finds it."""
    values = {name: np.asarray(value, dtype=float) for name, value in exercise.leaves.items()}
    found: dict[str, Array] = {}
    for step in exercise.steps:
        function = VALUE[step.op]
        if slip is not None and slip.slot is None and slip.line == step.name:
            function = FORWARD[step.op][slip.label]
        values[step.name] = found[step.name] = np.asarray(function(*(values[a] for a in step.args)))
    return found | _backward(exercise, values, slip)


def _backward(exercise: Exercise, values: dict[str, Array], slip: Slip | None) -> dict[str, Array]:
    top = exercise.steps[-1].name
    adjoint: dict[str, Array] = {top: np.asarray(1.0)}
    found = {}
    for step in reversed(exercise.steps):
        if step.name not in adjoint:
            continue
        if step.name != top:
            found[f"d{top}/d{step.name}"] = adjoint[step.name]
        args = [values[arg] for arg in step.args]
        right = BACK[step.op](adjoint[step.name], values[step.name], *args)
        for slot, arg in enumerate(step.args):
            share = right[slot]
            if slip is not None and slip.slot is not None:
                here = (slip.line, slip.slot) == (step.name, slot)
                if here and slip.label == "lost_path":
                    continue
                if slip.label == "one_use" and arg == _argument(exercise, slip) and not here:
                    continue
                if here and slip.label in AROUND:
                    share = _around(exercise, slip, step, slot, adjoint, args)
                elif here and slip.label not in SHARED:
                    change = BACKWARD[step.op][slip.label]
                    share = change(adjoint[step.name], slot, values[step.name], *args)
            adjoint[arg] = adjoint[arg] + share if arg in adjoint else share
    for leaf in exercise.leaves:
        if leaf in adjoint and leaf not in exercise.inputs:
            found[f"d{top}/d{leaf}"] = adjoint[leaf]
    return found


def _around(
    exercise: Exercise,
    slip: Slip,
    step: Step,
    slot: int,
    adjoint: dict[str, Array],
    args: list[Array],
) -> Array:
    """Return what flows back with another line's error, or with a weight updated too early."""
    own = adjoint[step.name]
    if slip.label == "updated_weight":
        weight = 1 - slot
        if step.args[weight] in exercise.inputs or step.args[weight] not in exercise.leaves:
            raise ValueError
        changed = list(args)
        changed[weight] = args[weight] - RATE * BACK[step.op](own, None, *args)[weight]
        return BACK[step.op](own, None, *changed)[slot]
    if step.args[slot] not in exercise.leaves:
        raise ValueError
    names = [
        name
        for name in adjoint
        if np.shape(adjoint[name]) == own.shape and not np.allclose(adjoint[name], own)
    ]
    other = next((name for name in reversed(names) if name not in step.args), "")
    if not other:
        raise ValueError
    return BACK[step.op](adjoint[other], None, *args)[slot]


def _argument(exercise: Exercise, slip: Slip) -> str:
    step = next(step for step in exercise.steps if step.name == slip.line)
    assert slip.slot is not None
    return step.args[slip.slot]


def slips_of(exercise: Exercise) -> Iterator[Slip]:
    """Yield every slip that changes the step it is made at."""
    right = worked(exercise)
    uses: dict[str, int] = {}
    for step in exercise.steps:
        for arg in step.args:
            uses[arg] = uses.get(arg, 0) + 1
    for step in exercise.steps:
        for label in FORWARD.get(step.op, {}):
            yield from _changing(exercise, right, Slip(step.name, label))
        for slot, arg in enumerate(step.args):
            if arg in exercise.inputs:
                continue
            for label in BACKWARD.get(step.op, {}):
                yield from _changing(exercise, right, Slip(step.name, label, slot))
            if step.op == "matmul":
                for label in AROUND:
                    yield from _changing(exercise, right, Slip(step.name, label, slot))
            if uses[arg] > 1:
                yield from _changing(exercise, right, Slip(step.name, "lost_path", slot))
            if uses[arg] > 2:
                yield from _changing(exercise, right, Slip(step.name, "one_use", slot))


def _changing(exercise: Exercise, right: dict[str, Array], slip: Slip) -> Iterator[Slip]:
    with np.errstate(all="ignore"):
        try:
            found = worked(exercise, slip)
        except (ValueError, IndexError, TypeError):
            return
    step = slip.step_of(exercise)
    if step not in found or not all(np.isfinite(value).all() for value in found.values()):
        return
    same_shapes = all(np.shape(found[name]) == np.shape(right[name]) for name in right)
    if not same_shapes and slip.label != "not_summed":
        return
    if slip.label == "not_summed" and np.shape(found[step]) == np.shape(right[step]):
        return
    if written(found[step]) != written(right[step]):
        yield slip


def sheet(found: dict[str, Array]) -> str:
    """Return an answer sheet."""
    return "\n".join(f"{name} = {written(value)}" for name, value in found.items())


def _exercise(name: str, leaves: dict[str, Array], inputs: str, lines: str) -> Exercise:
    steps = []
    for line in lines.split():
        left, _, call = line.partition("=")
        op, _, args = call.rstrip(")").partition("(")
        steps.append(Step(left, op, tuple(args.split(","))))
    return Exercise(name, leaves, tuple(inputs.split()), tuple(steps))


X = [[0.7, -1.3], [1.1, 0.4], [-0.6, 0.9]]
W = [[0.35, -0.8], [0.55, 0.25]]
V = [[0.62, 0.17], [-0.45, 0.93]]
# ruff: noqa: E501 -- an exercise is a line of the table
EXERCISES = [
    _exercise("layer", {"W": [[0.35, -0.8, 0.15], [0.55, 0.25, -0.4]], "x": [0.7, -1.3, 0.45], "b": [0.12, -0.37], "y": [0.9, 0.15]}, "x y", "u=matmul(W,x) z=add(u,b) a=sigmoid(z) e=sub(a,y) L=half(e)"),
    _exercise("square layer", {"W": W, "x": [0.7, -1.3], "b": [0.12, -0.37], "y": [0.9, 0.15]}, "x y", "u=matmul(W,x) z=add(u,b) a=tanh(z) e=sub(a,y) L=half(e)"),
    _exercise("two layers", {"W": W, "x": [0.7, -1.3], "V": V, "y": [0.9, 0.15]}, "x y", "z1=matmul(W,x) h=sigmoid(z1) z2=matmul(V,h) a=sigmoid(z2) e=sub(a,y) L=half(e)"),
    _exercise("batch", {"X": X, "W": [[0.35, -0.8, 0.21], [0.55, 0.25, -0.6]], "b": [0.12, -0.37, 0.51], "Y": [[0.9, 0.15, 0.3], [0.2, 0.75, -0.1], [0.4, 0.6, 0.85]]}, "X Y", "U=matmul(X,W) Z=add(U,b) A=sigmoid(Z) E=sub(A,Y) L=mse(E)"),
    _exercise("batch of pairs", {"X": X, "W": W, "b": [0.12, -0.37], "Y": [[0.9, 0.15], [0.2, 0.75], [0.4, 0.6]]}, "X Y", "U=matmul(X,W) Z=add(U,b) A=tanh(Z) E=sub(A,Y) L=half(E)"),
    _exercise("linear batch", {"X": X, "w": [0.35, -0.8], "y": [0.9, 0.15, 0.4]}, "X y", "p=matmul(X,w) e=sub(p,y) L=mse(e)"),
    _exercise("softmax", {"W": [[0.35, -0.8], [0.55, 0.25], [-0.3, 0.65]], "x": [0.7, -1.3], "b": [0.12, -0.37, 0.2], "t": [0.2, 0.7, 0.1]}, "x t", "u=matmul(W,x) z=add(u,b) p=softmax(z) L=nll(t,p)"),
    _exercise("shared in time", {"U": [[0.35, -0.8], [0.55, 0.25]], "h0": [0.7, -1.3], "y": [0.9, 0.15]}, "h0 y", "z1=matmul(U,h0) h1=tanh(z1) z2=matmul(U,h1) h2=tanh(z2) z3=matmul(U,h2) h3=tanh(z3) e=sub(h3,y) L=half(e)"),
    _exercise("skip", {"W": W, "x": [0.7, -1.3], "V": V, "y": [0.9, 0.15]}, "x y", "z=matmul(W,x) h=relu(z) u=matmul(V,h) r=add(u,z) e=sub(r,y) L=half(e)"),
    _exercise("attention", {"Q": [[0.7, -1.3], [0.2, 0.9]], "K": [[0.5, 0.8], [-0.4, 1.1]], "V": [[0.35, -0.8], [0.55, 0.25]], "Y": [[0.9, 0.15], [0.3, -0.2]]}, "Y", "S=turned(Q,K) A=softmax(S) O=matmul(A,V) E=sub(O,Y) L=half(E)"),
    _exercise("batch norm", {"x": [0.7, -1.3, 2.1], "g": [1.4, 0.8, 1.1], "c": [0.9, 0.15, -0.7]}, "c", "mu=mean(x) d=sub(x,mu) v=var(d) n=scale(d,v) y=mul(g,n) L=dot(c,y)"),
    _exercise("pooling", {"w": [0.8, -0.45, 1.3], "x": [0.7, -1.3, 0.9], "y": [0.4]}, "x y", "z=mul(w,x) h=tanh(z) m=max(h) e=sub(m,y) L=half(e)"),
]  # fmt: skip
