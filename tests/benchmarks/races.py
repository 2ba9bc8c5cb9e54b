"""The races of the record: what is raced, against whom, and what was promised.

A race is one row: our step and those of rivals do the same work; the first rival is the floor,
which is always there, so that a ratio to it can be compared from machine to machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, NamedTuple

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")  # before NumPy is loaded
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")

import graphgrad as gg  # noqa: E402
from graphgrad.compile.native.machine import has_llvm  # noqa: E402
from graphgrad.graph.blocks import Call, Recipe  # noqa: E402
from graphgrad.layers.training.loop import training  # noqa: E402
from graphgrad.layers.training.recipe import check_recipe  # noqa: E402
from graphgrad.source.gg import read_gg  # noqa: E402
from tests.benchmarks import bench_compiled, bench_eager, peers  # noqa: E402
from tests.benchmarks.floors import hand, networks, tape  # noqa: E402
from tests.benchmarks.workloads import Work, graphgrad_steps, scalar_loss  # noqa: E402

__all__ = ["RACES", "Race"]

Step = Callable[[], Any]
Steps = dict[str, Step]
OURS = "graphgrad"
HAND = "NumPy by hand"


class Race(NamedTuple):
    """A row of the record.

    Attributes:
        task: what is done.
        steps: makes our step, named ``graphgrad``, then those of rivals, the floor first; empty
            where something is missing.
        at_most: what our time may be at most, as a ratio to the floor.
        rounds: turns of each.
        quick: whether CI runs it too.
    """

    task: str
    steps: Callable[[], Steps]
    at_most: float
    rounds: int = 40
    quick: bool = False


def _eager_scalars() -> Steps:
    work = Work()
    found = {OURS: graphgrad_steps(work)["scalar MLP"], "bare tape": tape.steps(work)["scalar MLP"]}
    return found | _named("scalar MLP", bench_eager.peers_on_scalars(work), {"micrograd"})


def _named(task: str, of: dict[str, Steps], names: set[str]) -> Steps:
    return {name: steps[task] for name, steps in of.items() if name in names and task in steps}


def _scalar_graph(work: Work) -> Any:
    weights, rows, targets, alpha = work.scalar_mlp
    layers = [
        (
            [[gg.param(f"w{k}_{j}_{i}", v) for i, v in enumerate(c)] for j, c in enumerate(w)],
            [gg.param(f"b{k}_{j}", v) for j, v in enumerate(b)],
        )
        for k, (w, b) in enumerate(weights)
    ]
    points = [[gg.input(f"x{n}_{i}", v) for i, v in enumerate(r)] for n, r in enumerate(rows)]
    return scalar_loss(layers, points, targets, alpha, gg.relu).graph()


def _compiled_scalars(*, native: bool) -> Steps:
    if native and not has_llvm():
        return {}
    work = Work()
    graph = _scalar_graph(work)
    names = [name for name in graph.line_names if name[0] in "wb" and graph.find(name) is not None]
    plan = graph.compile(wrt=names, native=native)
    point = [plan.start()]

    def step() -> float:
        run = plan(point[0])
        point[0] = point[0] - work.rate * run.gradients
        value: float = run.value
        return value

    found = {OURS: step, HAND: hand.scalar_mlp_step(work)}
    for name, made in (("PyTorch", peers.torch_steps), ("jax.jit", peers.jax_steps)):
        of = made(work)
        found |= {name: of["scalar MLP"]} if of else {}
    return found


def _chain() -> Steps:
    work = Work(points=1)
    found = {OURS: graphgrad_steps(work)["chain"], "Python by hand": lambda: hand.chain(work.chain)}
    return found | _named("chain", bench_eager.peers_on_scalars(work), {"torch"})


def _fan_out() -> Steps:
    work = Work(points=1)
    by_hand = {
        OURS: graphgrad_steps(work)["fan-out"],
        "Python by hand": lambda: hand.fan_out(work.fan_out),
    }
    return by_hand | _named("fan-out", bench_eager.peers_on_scalars(work), {"micrograd"})


def _mlp(sizes: tuple[int, ...], batch: int, precision: str, *, eager: bool = False) -> Steps:
    work = Work(points=1, sizes=sizes, batch=batch, precision=precision)
    ours = graphgrad_steps(work)["MLP"] if eager else bench_compiled.mlp(work)
    found = {OURS: ours, HAND: hand.mlp_step(work)}
    of = peers.torch_steps(work)
    return found | ({"PyTorch": of["MLP"]} if of else {})


def _lenet(precision: str) -> Steps:
    numbers = networks.lenet_numbers(precision=precision)
    return {OURS: bench_compiled.lenet(numbers), HAND: networks.lenet_step(numbers)}


def _lstm(precision: str) -> Steps:
    numbers = networks.lstm_numbers(precision)
    return {OURS: bench_compiled.lstm(numbers), HAND: networks.lstm_step(numbers)}


def _hessian() -> Steps:
    numbers = networks.hessian_numbers()
    task = "Hessian of an MLP"
    found = {OURS: bench_compiled.hessians(numbers)[task], HAND: networks.mlp_hessian(numbers)}
    of = bench_compiled.torch_hessians(numbers)
    return found | ({"torch.func": of[task]} if of else {})


def _rosenbrock() -> Steps:
    numbers = networks.hessian_numbers()
    task = "Hessian of Rosenbrock"
    found = {OURS: bench_compiled.hessians(numbers)[task], HAND: networks.rosenbrock_hessian()}
    of = bench_compiled.torch_hessians(numbers)
    return found | ({"torch.func": of[task]} if of else {})


def _trained() -> Steps:
    """Return a step of `train` on a file of the scalar MLP, neuron by neuron."""
    work = Work()
    plan = check_recipe(Recipe(Call("gd", (("rate", work.rate),)), (("steps", 10**9),)))
    run = training(read_gg(_file(work)), plan)
    for _ in range(30):  # rows are stacked once that has paid for itself
        next(run)
    of = peers.torch_steps(work)
    found = {OURS: lambda: next(run), HAND: hand.scalar_mlp_step(work)}
    return found | ({"PyTorch": of["scalar MLP"]} if of else {})


def _file(work: Work) -> str:
    """Return the MLP 2-16-16-1 as a file: a line per neuron, a row per point."""
    weights, rows, targets, alpha = work.scalar_mlp
    lines = ["data x0 x1 y"]
    lines += [f"{a!r} {b!r} {t!r}" for (a, b), t in zip(rows, targets, strict=True)]
    names, inputs = [], ["x0", "x1"]
    for k, (w, b) in enumerate(weights):
        outputs = []
        for j, (column, bias) in enumerate(zip(w, b, strict=True)):
            for i, value in enumerate(column):
                lines.append(f"param w{k}_{j}_{i} = {value!r}")
                names.append(f"w{k}_{j}_{i}")
            lines.append(f"param b{k}_{j} = {bias!r}")
            names.append(f"b{k}_{j}")
            terms = " + ".join(f"w{k}_{j}_{i}*{x}" for i, x in enumerate(inputs))
            last = k + 1 == len(weights)
            body = f"b{k}_{j} + {terms}"
            lines.append(f"h{k}_{j} = {body if last else f'relu({body})'}")
            outputs.append(f"h{k}_{j}")
        inputs = outputs
    penalty = " + ".join(f"{name}^2" for name in names)
    lines.append(f"loss L = relu(1 - y*{inputs[0]}) + {alpha!r}*({penalty})")
    return "\n".join(lines)


_LARGE, _SMALL = (784, 256, 128, 10), (2, 16, 16, 2)
RACES = (
    Race("scalar MLP 2-16-16-1, 100 points, eager", _eager_scalars, 3.0, 4, quick=True),
    Race(
        "the same, compiled from its 65,814 numbers", lambda: _compiled_scalars(native=False), 1.5
    ),
    Race("the same, as machine code", lambda: _compiled_scalars(native=True), 1.0, quick=False),
    Race("`train` on its file of neurons, a step", _trained, 3.7),
    Race("chain of 100,000 operations, eager", _chain, 20.0, 4),
    Race("fan-out of 100,000 steps, eager", _fan_out, 20.0, 4),
    Race("MLP 784-256-128-10, batch 128, float64", lambda: _mlp(_LARGE, 128, "float64"), 1.05),
    Race("the same in float32", lambda: _mlp(_LARGE, 128, "float32"), 1.05),
    Race(
        "MLP 2-16-16-2, batch 100, compiled", lambda: _mlp(_SMALL, 100, "float64"), 1.2, quick=True
    ),
    Race("the same, eager", lambda: _mlp(_SMALL, 100, "float64", eager=True), 2.5, quick=True),
    Race("LeNet, batch 32, float64", lambda: _lenet("float64"), 1.2, 10),
    Race("LeNet, batch 32, float32", lambda: _lenet("float32"), 1.2, 10),
    Race("LSTM, batch 32, float64", lambda: _lstm("float64"), 1.2, quick=True),
    Race("LSTM, batch 32, float32", lambda: _lstm("float32"), 1.2),
    Race("Hessian, MLP of 100 parameters", _hessian, 12.0, quick=True),
    Race("Hessian, Rosenbrock of 100", _rosenbrock, 4.0, quick=True),
)
