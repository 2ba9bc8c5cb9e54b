"""Generate random programs: leaves and lines of ops, as plain data that anyone can run.

Pure Python, so that PyTorch's environment can import it too. A program is drawn from its number
alone. What may stand on a line is two tables, `PIECES` of ops and `LAYER_PIECES`: a row is a
function that draws operands and settings and appends the lines.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from math import prod
from typing import Any

from tests.random_programs.layers import LAYER_PIECES

__all__ = ["PIECES", "PROFILES", "Leaf", "Line", "Program", "program"]

Shape = tuple[int, ...]
PROFILES = ("plain", "plain", "plain", "ties", "single", "mixed", "empty", "seed", "nan")
"""What is special about a program, by its number: tied values, float32, float32 and float64,
lengths of 0, an array as output with a seed, entries that are not numbers."""

WITH_LAYERS = ("plain", "ties", "seed")
"""Profiles with layers: PyTorch's take one precision, and no lengths of 0."""

_SHAPES: tuple[Shape, ...] = ((), (), (3,), (2, 3), (2, 1), (1, 3), (3, 2), (2, 2))
_EMPTY: tuple[Shape, ...] = ((0,), (2, 0), (0, 3), (1, 0))
_MOST_ENTRIES = 12


@dataclass
class Leaf:
    """An input or a parameter."""

    name: str
    role: str
    single: bool
    shape: Shape
    values: list[float]


@dataclass
class Line:
    """A named op; an argument is a name, or a constant as (values, shape)."""

    name: str
    op: str
    args: list[Any]
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass
class Program:
    """A program and what it is asked: a seed for an array, a direction for forward mode."""

    number: int
    profile: str
    leaves: list[Leaf]
    lines: list[Line]
    shapes: dict[str, Shape]
    seed: list[float] | None
    directions: dict[str, list[float]]

    @property
    def output(self) -> str:
        """Return the name of the last line."""
        return self.lines[-1].name

    def data(self) -> dict[str, Any]:
        """Return the program as JSON data."""
        return asdict(self)


class Draft:
    """A program that is being drawn."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(number)
        self.number = number
        self.profile = PROFILES[number % len(PROFILES)]
        self.leaves: list[Leaf] = []
        self.lines: list[Line] = []
        self.shapes: dict[str, Shape] = {}

    # ---- drawing ----

    def entry(self) -> float:
        """Return a number; ties are likely where they are wanted, and kinks are met."""
        if self.profile == "ties":
            return float(self.random.choice((-1, 0, 0, 1, 2)))
        return self.random.randint(-32, 32) / 16 + 0.013

    def entries(self, shape: Shape) -> list[float]:
        """Return as many numbers as a shape has entries."""
        return [self.entry() for _ in range(prod(shape))]

    def name(self, fits: Callable[[Shape], bool] = lambda _shape: True) -> str | None:
        """Return the name of something of a shape, late ones more often."""
        names = [name for name, shape in self.shapes.items() if fits(shape)]
        if not names:
            return None
        return names[max(self.random.randrange(len(names)), self.random.randrange(len(names)))]

    def put(self, op: str, args: list[Any], shape: Shape, /, **settings: Any) -> str:
        """Append a line and return its name."""
        name = f"h{len(self.lines) + 1}"
        self.lines.append(Line(name, op, args, settings))
        self.shapes[name] = shape
        return name

    def positive(self) -> tuple[str, Shape] | None:
        """Return something above 0.5, for ops with a domain."""
        name = self.name()
        if name is None:
            return None
        shape = self.shapes[name]
        soft = self.put("softplus", [name], shape)
        return self.put("add", [soft, number(0.5)], shape), shape

    def pair(self) -> tuple[str, str, Shape] | None:
        """Return two things whose shapes broadcast."""
        a = self.name()
        if a is None:
            return None
        b = self.name(lambda shape: broadcast(self.shapes[a], shape) is not None)
        if b is None:
            return None
        if self.random.random() < 0.5:
            a, b = b, a
        shape = broadcast(self.shapes[a], self.shapes[b])
        assert shape is not None
        return a, b, shape


def number(value: float) -> tuple[list[float], Shape]:
    """Return a number of a formula."""
    return [value], ()


def broadcast(a: Shape, b: Shape) -> Shape | None:
    """Return the common shape of two arrays, None if they do not fit or it is large."""
    result = []
    for offset in range(1, max(len(a), len(b)) + 1):
        m = a[-offset] if offset <= len(a) else 1
        n = b[-offset] if offset <= len(b) else 1
        if m != n and 1 not in (m, n):
            return None
        result.append(n if m == 1 else m)
    shape = tuple(reversed(result))
    return shape if prod(shape) <= _MOST_ENTRIES else None


# ---- pieces ----

_UNARY = (
    "tanh", "sigmoid", "sin", "cos", "softplus", "relu", "abs", "silu", "neg", "gelu", "erf",
    "softsign", "identity", "log_sigmoid", "sign", "step",
)  # fmt: skip
_COMPARISONS = ("greater", "less", "equal", "greater_equal", "less_equal", "not_equal")


def _unary(draft: Draft) -> None:
    name = draft.name()
    if name is not None:
        draft.put(draft.random.choice(_UNARY), [name], draft.shapes[name])


def _with_setting(draft: Draft) -> None:
    name = draft.name()
    if name is None:
        return
    op, settings = draft.random.choice(
        (
            ("leaky_relu", {"alpha": 0.1}),
            ("elu", {"alpha": 1.0}),
            ("powi", {"n": 2}),
            ("powi", {"n": 3}),
        )
    )
    draft.put(op, [draft.put("tanh", [name], draft.shapes[name])], draft.shapes[name], **settings)


def _growing(draft: Draft) -> None:
    """Append exp or tan of something small."""
    name = draft.name()
    if name is not None:
        shape = draft.shapes[name]
        draft.put(draft.random.choice(("exp", "tan")), [draft.put("tanh", [name], shape)], shape)


def _with_domain(draft: Draft) -> None:
    found = draft.positive()
    if found is None:
        return
    name, shape = found
    op, settings = draft.random.choice(
        (("log", {}), ("sqrt", {}), ("powi", {"n": -1}), ("powi", {"n": 0.5}), ("powi", {"n": -2}))
    )
    draft.put(op, [name], shape, **settings)


def _binary(draft: Draft) -> None:
    found = draft.pair()
    if found is not None:
        a, b, shape = found
        ops = ("add", "sub", "mul", "mul", "maximum", "minimum", "prelu")
        made = draft.put(draft.random.choice(ops), [a, b], shape)
        if draft.random.random() < 0.5:
            draft.put("mul", [made, number(0.5)], shape)


def _repeated(draft: Draft) -> None:
    """Append an op that takes the same thing twice."""
    name = draft.name()
    if name is not None:
        ops = ("mul", "sub", "maximum", "minimum", "add")
        draft.put(draft.random.choice(ops), [name, name], draft.shapes[name])


def _with_constant(draft: Draft) -> None:
    name = draft.name()
    if name is not None:
        shape = draft.shapes[name]
        constant = (draft.entries(shape), shape) if draft.random.random() < 0.5 else number(0.75)
        args = [name, constant] if draft.random.random() < 0.5 else [constant, name]
        draft.put(draft.random.choice(("add", "sub", "mul")), args, shape)


def _quotient(draft: Draft) -> None:
    below = draft.positive()
    above = draft.name()
    if below is not None and above is not None:
        shape = broadcast(draft.shapes[above], below[1])
        if shape is not None:
            draft.put(draft.random.choice(("div", "xlogy")), [above, below[0]], shape)


def _power(draft: Draft) -> None:
    """Append a power: of a positive base, or of any base with whole exponents."""
    if draft.random.random() < 0.5:
        base, exponent = draft.positive(), draft.name()
        if base is not None and exponent is not None:
            shape = broadcast(base[1], draft.shapes[exponent])
            if shape is not None:
                small = draft.put("tanh", [exponent], draft.shapes[exponent])
                draft.put("pow", [base[0], small], shape)
        return
    name = draft.name()
    if name is not None:
        shape = draft.shapes[name]
        powers = [float(draft.random.choice((1, 2, 3))) for _ in range(prod(shape))]
        draft.put("pow", [draft.put("tanh", [name], shape), (powers, shape)], shape)


def _choice(draft: Draft) -> None:
    """Append a comparison and what it chooses from."""
    compared, branches = draft.pair(), draft.pair()
    if compared is None or branches is None:
        return
    shape = broadcast(compared[2], branches[2])
    if shape is not None:
        op = draft.random.choice(_COMPARISONS)
        condition = draft.put(op, list(compared[:2]), compared[2])
        draft.put("where", [condition, *branches[:2]], shape)


def _reduction(draft: Draft) -> None:
    name = draft.name(lambda shape: bool(shape) and 0 not in shape)
    if draft.profile == "empty" and draft.random.random() < 0.7:
        name = draft.name(bool)
    if name is None:
        return
    shape = draft.shapes[name]
    ops = ["sum", "mean", "max", "min", "logsumexp", "norm", "var"]
    ops = ["sum", "logsumexp"] if 0 in shape else ops
    axes = tuple(
        sorted(draft.random.sample(range(len(shape)), draft.random.randint(1, len(shape))))
    )
    keep = draft.random.random() < 0.3
    kept = tuple(1 if at in axes else n for at, n in enumerate(shape))
    reduced = kept if keep else tuple(n for at, n in enumerate(shape) if at not in axes)
    op = draft.random.choice(ops)
    made = draft.put(op, [name], reduced, axis=list(axes), keepdims=keep)
    if op == "logsumexp" and 0 in shape:
        draft.put("tanh", [made], reduced)


def _along(draft: Draft) -> None:
    name = draft.name(bool)
    if name is not None:
        shape = draft.shapes[name]
        op = draft.random.choice(("softmax", "log_softmax"))
        draft.put(op, [name], shape, axis=draft.random.randrange(len(shape)))


def _movement(draft: Draft) -> None:
    name = draft.name(lambda shape: len(shape) == 2)
    if name is None:
        return
    rows, columns = draft.shapes[name]
    kind = draft.random.randrange(5)
    if kind == 0:
        draft.put("transpose", [name], (columns, rows), axes=[1, 0])
    elif kind == 1:
        draft.put("reshape", [name], (rows * columns,), shape=[rows * columns])
    elif kind == 2 and rows:
        draft.put("index", [name], (columns,), key=[draft.random.randrange(rows)])
    elif kind == 3 and columns > 1:
        draft.put("index", [name], (rows, columns - 1), key=[[0, rows], [1, columns]])
    elif rows * columns:
        at = [draft.random.randrange(rows * columns) for _ in range(3)]
        draft.put("gather", [name], (3,), at=at, shape=[3])


def _joined(draft: Draft) -> None:
    a = draft.name(lambda shape: bool(shape) and prod(shape) <= 6)
    if a is not None:
        shape = draft.shapes[a]
        b = draft.name(lambda other: other == shape)
        if draft.random.random() < 0.5:
            draft.put("concat", [a, b], (2 * shape[0], *shape[1:]), axis=0)
        else:
            draft.put("stack", [a, b], (2, *shape), axis=0)


def _spread(draft: Draft) -> None:
    name = draft.name(lambda shape: shape in ((), (3,), (1, 3), (2, 1)))
    if name is not None:
        draft.put("broadcast", [name], (2, 3), shape=[2, 3])


def _product(draft: Draft) -> None:
    a = draft.name(lambda shape: len(shape) in (1, 2))
    if a is None:
        return
    inner = draft.shapes[a][-1]
    b = draft.name(lambda shape: len(shape) in (1, 2) and shape[0] == inner)
    if b is not None:
        shape = (*draft.shapes[a][:-1], *draft.shapes[b][1:])
        if prod(shape) <= _MOST_ENTRIES:
            made = draft.put("matmul", [a, b], shape)
            draft.put("mul", [made, number(0.25)], shape)


def _outer(draft: Draft) -> None:
    a = draft.name(lambda shape: len(shape) == 1 and shape[0] <= 3)
    b = draft.name(lambda shape: len(shape) == 1 and shape[0] <= 3)
    if a is not None and b is not None:
        draft.put("outer", [a, b], (draft.shapes[a][0], draft.shapes[b][0]))


def _inverse(draft: Draft) -> None:
    name = draft.name(lambda shape: shape == (2, 2))
    if name is not None:
        small = draft.put("tanh", [name], (2, 2))
        safe = draft.put("add", [small, ([2.5, 0.0, 0.0, 2.5], (2, 2))], (2, 2))
        draft.put("inverse", [safe], (2, 2))


PIECES: tuple[Callable[[Draft], None], ...] = (
    _unary, _unary, _unary, _with_setting, _growing, _with_domain, _binary, _binary, _binary,
    _repeated, _with_constant, _quotient, _power, _choice, _reduction, _reduction, _along,
    _movement, _movement, _joined, _spread, _product, _product, _outer, _inverse,
)  # fmt: skip
"""What may stand on a line; drawn evenly: a piece that stands twice comes twice as often."""


# ---- programs ----


def program(number: int) -> Program:
    """Return the program of a number.

    >>> program(3) == program(3), program(3).profile
    (True, 'ties')
    """
    draft = Draft(number)
    _leaves(draft)
    for _ in range(draft.random.randint(3, 9)):
        draft.random.choice(PIECES)(draft)
    if draft.profile in WITH_LAYERS:
        for _ in range(draft.random.randint(0, 3)):
            draft.random.choice(LAYER_PIECES)(draft)
    if not draft.lines:
        draft.put("tanh", [draft.leaves[0].name], draft.leaves[0].shape)
    seed = None
    if draft.profile == "seed":
        shape = draft.shapes[draft.lines[-1].name]
        seed = [round(draft.random.uniform(-1, 1), 3) for _ in range(prod(shape))]
    else:
        _loss(draft)
    directions = {
        leaf.name: [round(draft.random.uniform(-1, 1), 3) for _ in leaf.values]
        for leaf in draft.leaves
    }
    return Program(number, draft.profile, draft.leaves, draft.lines, draft.shapes, seed, directions)


def _leaves(draft: Draft) -> None:
    shapes = _SHAPES + (_EMPTY if draft.profile == "empty" else ())
    for index in range(draft.random.randint(2, 4)):
        shape = draft.random.choice(shapes)
        if draft.profile == "empty" and index == 0:
            shape = draft.random.choice(_EMPTY)
        values = draft.entries(shape)
        if draft.profile == "nan" and index == 0 and values:
            values[draft.random.randrange(len(values))] = float("nan")
        single = draft.profile == "single" or (draft.profile == "mixed" and index % 2 == 0)
        role = draft.random.choice(("input", "param"))
        draft.leaves.append(Leaf(f"x{index}", role, single, shape, values))
        draft.shapes[f"x{index}"] = shape


def _loss(draft: Draft) -> None:
    """End in one number that the last lines and every leaf share in."""
    parts = [line.name for line in draft.lines[-3:]]
    total = None
    for name in dict.fromkeys(parts):
        shape = draft.shapes[name]
        weights = (draft.entries(shape), shape)
        weighted = draft.put("mul", [name, weights], shape) if shape else name
        axes = list(range(len(shape)))
        part = draft.put("sum", [weighted], (), axis=axes, keepdims=False) if shape else weighted
        total = part if total is None else draft.put("add", [total, part], ())
    assert total is not None
    draft.put("sin", [draft.put("mul", [total, number(0.25)], ())], ())
