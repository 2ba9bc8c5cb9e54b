"""Simulated students: they work an exercise line by line, and slip where they are told to.

Nothing here uses the code under test: a few lines of floating-point arithmetic with a reverse pass
of their own. A slip is made once; all that follows is computed from the student's own numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Step(NamedTuple):
    """One line of an exercise: a name, an operation and what it works on."""

    name: str
    op: str
    args: tuple[str, ...]


@dataclass(frozen=True)
class Exercise:
    """An exercise of elementary lines; the last one is the loss."""

    name: str
    leaves: dict[str, float]
    inputs: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def source(self) -> str:
        """Return it as an expression file."""
        role = {name: "input" if name in self.inputs else "param" for name in self.leaves}
        lines = [f"{role[name]} {name} = {value!r}" for name, value in self.leaves.items()]
        for step in self.steps:
            kind = "loss " if step is self.steps[-1] else ""
            lines.append(f"{kind}{step.name} = {WRITTEN[step.op].format(*step.args)}")
        return "\n".join(lines) + "\n"


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


WRITTEN = {
    "mul": "{}*{}", "add": "{} + {}", "sub": "{} - {}", "div": "{}/{}", "square": "{}^2",
    "half": "{}^2/2", "sigmoid": "sigmoid({})", "tanh": "tanh({})", "exp": "exp({})",
    "log": "log({})", "neg": "-{}", "cube": "{}^3",
}  # fmt: skip
VALUE: dict[str, Callable[..., float]] = {
    "mul": lambda a, b: a * b, "add": lambda a, b: a + b, "sub": lambda a, b: a - b,
    "div": lambda a, b: a / b, "square": lambda a: a * a, "half": lambda a: a * a / 2,
    "sigmoid": sigmoid, "tanh": math.tanh, "exp": math.exp, "log": math.log,
    "neg": lambda a: -a, "cube": lambda a: a**3,
}  # fmt: skip
PARTIAL: dict[str, Callable[..., tuple[float, ...]]] = {
    "mul": lambda out, a, b: (b, a), "add": lambda out, a, b: (1, 1),
    "sub": lambda out, a, b: (1, -1), "div": lambda out, a, b: (1 / b, -a / b**2),
    "square": lambda out, a: (2 * a,), "half": lambda out, a: (a,),
    "sigmoid": lambda out, a: (out * (1 - out),), "tanh": lambda out, a: (1 - out**2,),
    "exp": lambda out, a: (out,), "log": lambda out, a: (1 / a,), "neg": lambda out, a: (-1,),
    "cube": lambda out, a: (3 * a * a,),
}  # fmt: skip

FORWARD: dict[str, dict[str, Callable[..., float]]] = {
    "mul": {"sum_for_product": lambda a, b: a + b},
    "add": {"sign": lambda a, b: a - b, "lost_term": lambda a, b: a},
    "sub": {"sign": lambda a, b: b - a, "lost_term": lambda a, b: a},
    "div": {"inverted": lambda a, b: b / a},
    "square": {"lost_square": lambda a: a, "double_for_square": lambda a: 2 * a},
    "half": {"lost_factor": lambda a: a * a},
    "sigmoid": {"no_activation": lambda a: a, "other_activation": math.tanh},
    "tanh": {"no_activation": lambda a: a, "other_activation": sigmoid},
    "log": {"log10": math.log10},
}
BACKWARD: dict[str, dict[str, Callable[..., float]]] = {
    "mul": {
        "own_factor": lambda g, slot, out, *args: g * args[slot],
        "lost_factor": lambda g, slot, out, *args: g,
        "no_upstream": lambda g, slot, out, *args: args[1 - slot],
    },
    "sub": {"sign": lambda g, slot, out, *args: g if slot else -g},
    "square": {"exponent_lost": lambda g, slot, out, a: g * a},
    "half": {"sign": lambda g, slot, out, a: -g * a, "lost_factor": lambda g, slot, out, a: 2 * g * a},
    "sigmoid": {
        "function_as_derivative": lambda g, slot, out, a: g * out,
        "derivative_at_z": lambda g, slot, out, a: g * a * (1 - a),
        "no_activation_derivative": lambda g, slot, out, a: g,
        "sign": lambda g, slot, out, a: -g * out * (1 - out),
    },
    "tanh": {
        "function_as_derivative": lambda g, slot, out, a: g * out,
        "no_activation_derivative": lambda g, slot, out, a: g,
        "derivative_at_z": lambda g, slot, out, a: g * (1 - a * a),
    },
    "log": {"inverted": lambda g, slot, out, a: g * a},
    "cube": {"exponent_lost": lambda g, slot, out, a: g * a * a},
}  # fmt: skip


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


def worked(exercise: Exercise, slips: tuple[Slip, ...] = ()) -> dict[str, float]:
    """Return every step's number as a student who makes some slips finds it."""
    values = dict(exercise.leaves)
    found: dict[str, float] = {}
    forward = {slip.line: slip.label for slip in slips if slip.slot is None}
    for step in exercise.steps:
        function = VALUE[step.op]
        if step.name in forward:
            function = FORWARD[step.op][forward[step.name]]
        values[step.name] = found[step.name] = function(*(values[arg] for arg in step.args))
    return found | _backward(exercise, values, slips)


def _backward(
    exercise: Exercise, values: dict[str, float], slips: tuple[Slip, ...]
) -> dict[str, float]:
    top = exercise.steps[-1].name
    adjoint = {top: 1.0}
    found = {}
    edges = {(slip.line, slip.slot): slip.label for slip in slips if slip.slot is not None}
    for step in reversed(exercise.steps):
        if step.name not in adjoint:
            continue
        if step.name != top:
            found[f"d{top}/d{step.name}"] = adjoint[step.name]
        args = [values[arg] for arg in step.args]
        for slot, arg in enumerate(step.args):
            label = edges.get((step.name, slot))
            given = adjoint[step.name]
            if label == "lost_path":
                continue
            if label is None:
                share = given * PARTIAL[step.op](values[step.name], *args)[slot]
            else:
                share = BACKWARD[step.op][label](given, slot, values[step.name], *args)
            adjoint[arg] = adjoint.get(arg, 0.0) + share
    for leaf in exercise.leaves:
        if leaf in adjoint and leaf not in exercise.inputs:
            found[f"d{top}/d{leaf}"] = adjoint[leaf]
    return found


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
            if uses[arg] > 1:
                yield from _changing(exercise, right, Slip(step.name, "lost_path", slot))


def _changing(exercise: Exercise, right: dict[str, float], slip: Slip) -> Iterator[Slip]:
    try:
        found = worked(exercise, (slip,))
    except (ValueError, ZeroDivisionError, OverflowError):
        return
    step = slip.step_of(exercise)
    other = [name for name in found if printed(found[name]) != printed(right[name])]
    if step in other and all(math.isfinite(value) for value in found.values()):
        yield slip


def printed(value: float, digits: int = 7) -> str:
    """Return a number as a student writes it down."""
    return f"{value:.{digits}g}"


def sheet(found: dict[str, float]) -> str:
    """Return an answer sheet."""
    return "\n".join(f"{name} = {printed(value)}" for name, value in found.items())


def _exercise(name: str, leaves: str, inputs: str, lines: str) -> Exercise:
    """Read an exercise: leaves ``w=0.7 x=1.3``, lines ``z=mul(w,x)``."""
    values = {key: float(value) for key, value in (pair.split("=") for pair in leaves.split())}
    steps = []
    for line in lines.split():
        left, _, call = line.partition("=")
        op, _, args = call.rstrip(")").partition("(")
        steps.append(Step(left, op, tuple(args.split(","))))
    return Exercise(name, values, tuple(inputs.split()), tuple(steps))


# ruff: noqa: E501 -- an exercise is a line of the table
EXERCISES = [
    _exercise("regression", "w=0.7 x=1.3 b=-0.4 y=2.1", "x y", "z=mul(w,x) p=add(z,b) e=sub(p,y) L=square(e)"),
    _exercise("neuron", "w=0.8 x=1.7 b=0.35 y=0.2", "x y", "u=mul(w,x) z=add(u,b) a=sigmoid(z) e=sub(a,y) L=half(e)"),
    _exercise("tanh neuron", "w=-0.6 x=1.9 b=0.45 y=0.3", "x y", "u=mul(w,x) z=add(u,b) a=tanh(z) e=sub(a,y) L=square(e)"),
    _exercise("two inputs", "w1=0.4 x1=1.2 w2=-0.9 x2=0.7 b=0.25 y=0.8", "x1 x2 y", "u1=mul(w1,x1) u2=mul(w2,x2) s=add(u1,u2) z=add(s,b) a=sigmoid(z) e=sub(a,y) L=half(e)"),
    _exercise("two layers", "w1=0.55 x=1.4 w2=-1.2 y=0.15", "x y", "z1=mul(w1,x) h=sigmoid(z1) z2=mul(w2,h) p=sigmoid(z2) e=sub(p,y) L=half(e)"),
    _exercise("tanh layers", "v1=0.65 x=0.85 v2=1.35 y=-0.4", "x y", "z1=mul(v1,x) h=tanh(z1) z2=mul(v2,h) p=tanh(z2) e=sub(p,y) L=square(e)"),
    _exercise("shared weight", "w=0.75 x=1.6 y=0.85", "x y", "z1=mul(w,x) h=tanh(z1) z2=mul(w,h) e=sub(z2,y) L=half(e)"),
    _exercise("skip", "w=0.6 v=-0.45 x=1.15 y=0.35", "x y", "z1=mul(w,x) h=sigmoid(z1) z2=mul(v,h) r=add(z2,z1) e=sub(r,y) L=square(e)"),
    _exercise("bernoulli", "w=0.9 x=1.45 c=-0.3", "x", "u=mul(w,x) z=add(u,c) p=sigmoid(z) l=log(p) L=neg(l)"),
    _exercise("cube", "w=1.15 x=0.7 b=0.3 y=1.9", "x y", "u=mul(w,x) z=add(u,b) q=cube(z) e=sub(q,y) L=half(e)"),
    _exercise("quotient", "a=1.35 b=0.65 x=1.8 y=0.4", "x y", "n=mul(a,x) d=add(b,x) q=div(n,d) e=sub(q,y) L=square(e)"),
    _exercise("three layers", "w1=0.5 w2=-0.8 w3=0.95 x=1.9 y=0.12", "x y", "z1=mul(w1,x) h1=sigmoid(z1) z2=mul(w2,h1) h2=sigmoid(z2) z3=mul(w3,h2) p=sigmoid(z3) e=sub(p,y) L=square(e)"),
]  # fmt: skip


def drawn(exercise: Exercise, draw: int) -> Exercise:
    """Return an exercise with other numbers; draw 0 keeps its own."""
    leaves = {
        name: round(value * (1 + draw * (0.07 + 0.03 * (place % 3))), 3)
        for place, (name, value) in enumerate(exercise.leaves.items())
    }
    return Exercise(exercise.name, leaves, exercise.inputs, exercise.steps)


PARALLEL = _exercise(
    "four parallel units",
    "w1=0.4 w2=-0.7 w3=0.9 w4=1.3 x=0.8 c1=1.5 c2=0.6 c3=-1.1 c4=0.35",
    "x c1 c2 c3 c4",
    "z1=mul(w1,x) z2=mul(w2,x) z3=mul(w3,x) z4=mul(w4,x)"
    " h1=tanh(z1) h2=tanh(z2) h3=tanh(z3) h4=tanh(z4)"
    " p1=mul(c1,h1) p2=mul(c2,h2) p3=mul(c3,h3) p4=mul(c4,h4)"
    " s1=add(p1,p2) s2=add(s1,p3) s3=add(s2,p4) L=square(s3)",
)
