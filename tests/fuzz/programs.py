"""Compose files of networks from the rows: layers, loops, definitions, tables, trainings.

What is composed is nearly always right, and always reaches further than a changed file does: every
row of layers, losses, penalties, optimizers, schedules, clips, stops and averages is drawn.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from graphgrad.layers.registry import LAYERS
from graphgrad.layers.row import Layer
from graphgrad.layers.training.choices import TABLES
from graphgrad.layers.training.recipe import KEYS
from graphgrad.ops.row import Setting
from tests.fuzz.pieces import NUMBERS

__all__ = ["drawn_network", "drawn_recipe", "drawn_small", "drawn_training"]

ACTS = ["relu", "tanh", "sigmoid", "leaky_relu(alpha=0.2)", "softplus", "identity", "gelu", "step"]
ODD = ["0", "-1", "1/2", "true", "[]", "x", "[1, [2]]", "1e999", "9" * 30, "none", "'a'", "h[0]"]


def spelled(value: Any) -> str:
    """Write a setting as files do."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(spelled, value))}]"
    return str(value)


def array(shape: tuple[int, ...], rng: random.Random) -> str:
    if not shape:
        return rng.choice(("0", "1", "2", "-0.5", "0.25", "3"))
    return f"[{', '.join(array(shape[1:], rng) for _ in range(shape[0]))}]"


def odd_now(rng: random.Random, said: str) -> str:
    """Return what was to be said, or once in a while something else."""
    return rng.choice((*ODD, *NUMBERS[:24])) if rng.random() < 0.04 else said


def of_kind(setting: Setting, rng: random.Random) -> str:
    """Draw a value that a setting may have."""
    if setting.choices:
        return str(rng.choice(setting.choices))
    if setting.bounds and setting.kind == "number" and rng.random() < 0.95:
        return rng.choice(("0.1", "0.5", "0.01", "1/3", "0.9"))
    kinds: dict[str, Callable[[], str]] = {
        "number": lambda: rng.choice(("0.1", "0.5", "1", "2", "1/3", "0", "-0.1", "100")),
        "integer": lambda: rng.choice(("0", "1", "2", "3", "10")),
        "count": lambda: rng.choice(("1", "2", "3", "4")),
        "flag": lambda: rng.choice(("true", "false", "1", "0")),
        "numbers": lambda: rng.choice(("[1, 2]", "[0.5, 0.1, 0.01]", "[1]", "2")),
        "call": lambda: rng.choice(("step(every=2)", "cosine", "constant")),
        "row": lambda: rng.choice(ACTS),
        "rows": lambda: f"[{rng.choice(ACTS)}, {rng.choice(ACTS)}]",
        "initialiser": lambda: rng.choice(("he_normal", "zeros", "ones", "normal(std=0.1)")),
    }
    draw = kinds.get(setting.kind, lambda: rng.choice(("1", "2", "[1, 2]", "-1")))
    return draw()


# ---- layers ----


def of_a_row(number: int, rng: random.Random) -> list[str]:
    """Return lines that apply a row to inputs of one of its examples."""
    row: Layer = rng.choice(list(LAYERS.values()))
    if not row.examples:
        return []
    shapes, given = rng.choice(row.examples)
    lines, names = [], []
    for place, shape in enumerate(shapes):
        names.append(f"i{number}_{place}")
        role = "param" if row.kind == "penalty" else rng.choice(("input", "input", "param"))
        lines.append(f"{role} {names[-1]} = {array(shape, rng)}")
    chosen = dict(given)
    words = [f"{name}={odd_now(rng, spelled(value))}" for name, value in chosen.items()]
    for setting in row.settings:
        if setting.name not in chosen and rng.random() < 0.1:
            words.append(f"{setting.name}={odd_now(rng, of_kind(setting, rng))}")
    name = rng.choice((row.name, row.name, *row.aliases))
    results = ", ".join((f"r{number}", *(f"r{number}_{n}" for n in range(1, len(row.results)))))
    if row.kind in ("layer", "activation") and rng.random() < 0.4:
        lines.append(f"layer k{number} = {name}({', '.join(words)})")
        times = rng.choice((1, 1, 2))
        called = f"k{number}({', '.join(names)})"
        lines += [f"{results if n == 0 else f'again{number}'} = {called}" for n in range(times)]
    else:
        lines.append(f"{results} = {name}({', '.join([*names, *words])})")
    return lines


def of_a_loop(number: int, rng: random.Random) -> list[str]:
    """Return a family of lines."""
    count, act = rng.choice((1, 2, 3, 5)), rng.choice(ACTS[:3])
    odd = odd_now(rng, str(count))
    bounds = rng.choice((f"1:{odd}", f"1:n{number}", f"1:n{number}-1"))
    body = rng.choice((
        [f"z{number}[t] = 0.5*h{number}[t-1] + t", f"h{number}[t] = {act}(z{number}[t])"],
        [f"h{number}[t] = {act}(h{number}[t-1]) + sum(j=1:t, j*h{number}[j-1])"],
        ["for l = 1:2", f"  u{number}[t,l] = h{number}[t-1] + l", "end",
         f"h{number}[t] = u{number}[t,1]*u{number}[t,2]"],
        [f"h{number}[t] = dense(h{number}[t-1], 1, fresh=1)"],
    ))  # fmt: skip
    start = "[0.5]" if "dense" in body[0] else "0.5"
    after = rng.choice((
        f"r{number} = h{number}[1]", f"r{number} = stack(h{number}[0:1])",
        f"r{number} = sum(t=0:{1 if count < 3 else 2}, h{number}[t])",
        f"r{number} = max(h{number}[1], h{number}[0])",
    ))  # fmt: skip
    head = [f"const n{number} = {odd}", f"h{number}[0] = {start}", f"for t = {bounds}"]
    return [*head, *(f"  {line}" for line in body), "end", after]


def of_a_definition(number: int, rng: random.Random) -> list[str]:
    """Return a definition and calls of it."""
    act = rng.choice(ACTS[:3])
    shape = rng.choice(((), (2,), (2, 2)))
    head, call = rng.choice((
        ([f"def f{number}(x) = x^2 + 1"], f"f{number}(a{number})"),
        ([f"def f{number}(x, k=2, act={act})", "  u = k*x", "  v = act(u)", "end"],
         f"f{number}(a{number}, {rng.choice(('k=3', 'act=tanh', '4', 'k=?'))})"),
        ([f"def f{number}(x)", "  param w = 0.5", "  s = w*sin(x)", "  out s", "end"],
         f"f{number}(a{number})"),
        ([f"def f{number}(x, n=2)", "  const y[0] = 0", "  for i = 1:n", "    y[i] = y[i-1] + x*i",
          "  end", "  out y[n]", "end"], f"f{number}(a{number}, n={odd_now(rng, '3')})"),
    ))  # fmt: skip
    made = [f"layer g{number} = f{number}()", f"r{number} = g{number}(a{number})"]
    use = made if rng.random() < 0.2 else [f"r{number} = {call}"]
    return [*head, f"input a{number} = {array(shape, rng)}", *use]


def of_a_table(number: int, rng: random.Random) -> list[str]:
    """Return a table of data and a line that uses it."""
    count = rng.choice((1, 2, 4, 9))
    whole = rng.choice(("", "", "all "))
    columns = rng.choice((["p", "q"], ["p: 2", "q"], ["p", "q: 2x2"]))
    shapes = {"2": (2,), "2x2": (2, 2)}
    rows: list[str] = []
    for place in range(count):
        one = [array(shapes.get(c.partition(": ")[2], ()), rng) for c in columns]
        if columns[-1] == "q" and rng.random() < 0.05:
            one[-1] = rng.choice(("cat", "dog"))
        rows += [rng.choice(("valid", "test"))] if place and rng.random() < 0.15 else []
        rows.append(odd_now(rng, ", ".join(one) if ":" in "".join(columns) else " ".join(one)))
    use = f"param w{number} = 0.5"
    return [
        f"data {whole}{', '.join(columns)}",
        *rows,
        use,
        f"r{number} = (w{number}*p - sum(q))^2",
    ]


PIECES = (of_a_row, of_a_row, of_a_row, of_a_loop, of_a_definition)


def drawn_small(rng: random.Random) -> bytes:
    """Compose a file of one piece or two, as a figure shows on one page."""
    return drawn_network(rng, (1, 1, 2))


def drawn_network(rng: random.Random, counts: Sequence[int] = (1, 2, 3, 4)) -> bytes:
    """Compose a file without a table: a few pieces, a loss over their results."""
    lines, names = ["gg 1"], []
    for number in range(1, rng.choice(counts) + 1):
        piece = rng.choice(PIECES)(number, rng)
        lines += [f"[part{number}]", *piece] if rng.random() < 0.15 else piece
        names.append(f"r{number}")
    return _ended(lines, names, rng)


def drawn_training(rng: random.Random) -> bytes:
    """Compose a file that trains: often with a table, always with a recipe."""
    lines, names = ["gg 1"], []
    if rng.random() < 0.6:
        lines += of_a_table(1, rng)
        names.append("r1")
    for number in range(2, rng.choice((2, 3)) + 1):
        lines += rng.choice((of_a_row, of_a_row, of_a_loop))(number, rng)
        names.append(f"r{number}")
    lines += ["param w = [0.5, -1]"]
    return _ended([*lines, drawn_recipe(rng)], [*names, "w"], rng)


def _ended(lines: list[str], names: Iterable[str], rng: random.Random) -> bytes:
    summed = " + ".join(f"sum({name}^2)" for name in names)
    rows = [f"loss L = {summed}"]
    if rng.random() < 0.1:
        rows[0] += " + l2(over=weights, rate=0.01)"
    return "\n".join([*lines, *rows, ""]).encode()


# ---- trainings ----


def drawn_recipe(rng: random.Random) -> str:
    """Compose a `train` line."""
    keys = [f"{name}={_value(name, setting, rng)}" for name, setting in KEYS.items()
            if rng.random() < 0.18]  # fmt: skip
    return ", ".join([f"train {_call('optimizer', rng)}", *keys])


def _value(name: str, setting: Setting, rng: random.Random) -> str:
    if setting.kind == "call":
        return odd_now(rng, _call(name, rng))
    return odd_now(rng, of_kind(setting, rng))


def _call(table: str, rng: random.Random) -> str:
    row: Any = rng.choice(list(TABLES[table].values()))
    words = []
    for setting in row.settings:
        if setting.default is None or rng.random() < 0.2:
            drawn = _call("schedule", rng) if setting.kind == "call" else of_kind(setting, rng)
            words.append(f"{setting.name}={odd_now(rng, drawn)}")
    return f"{rng.choice((row.name, *row.aliases))}({', '.join(words)})"
