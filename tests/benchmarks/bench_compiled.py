"""How fast compiled graphs are beside NumPy by hand, in one process and one thread.

    python -m tests.benchmarks.bench_compiled [TASK ...]

The shortest time of each counts; turns are interleaved. Where torch is (``GRAPHGRAD_PEERS`` may
name its folder), Hessians are raced beside ``torch.func.hessian`` too.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # before NumPy is loaded

import numpy as np  # noqa: E402

import graphgrad as gg  # noqa: E402
from tests.benchmarks.bench_eager import shortest  # noqa: E402
from tests.benchmarks.floors import hand, networks  # noqa: E402
from tests.benchmarks.peers import PEERS  # noqa: E402
from tests.benchmarks.workloads import Work  # noqa: E402

Step = Callable[[], Any]
GOALS = {
    "MLP 784-256-128-10 b128": 1.05,
    "MLP 2-16-16-2 b100": 1.2,
    "LeNet b32": 1.2,
    "LSTM b32": 1.2,
}
"""What our time may be at most, as a ratio to NumPy by hand."""
ROUNDS = 25


def training(loss: Any, params: list[Any], rate: float) -> Step:
    """Return a step of gradient descent on a compiled graph."""
    names = [param.name for param in params]
    plan = gg.compile(loss, wrt=names)
    values = {param.name: np.array(param.value) for param in params}

    def step() -> float:
        run = plan(values)
        for name, gradient in run.gradients.items():
            values[name] -= rate * gradient
        value: float = run.value
        return value

    return step


def mlp(work: Work) -> Step:
    """Return our step of an MLP with softmax cross-entropy."""
    params, inputs = [], gg.input("X", work.rows)
    for place, (w, b) in enumerate(work.weights):
        params += [gg.param(f"W{place}", w), gg.param(f"b{place}", b)]
        z = inputs @ params[-2] + params[-1]
        inputs = gg.relu(z) if place + 1 < len(work.weights) else z
    codes = gg.input("Y", work.codes)
    loss = (gg.logsumexp(inputs, axis=1).sum() - (codes * inputs).sum()) / work.batch
    return training(loss, params, work.rate)


def lenet(numbers: dict[str, Any]) -> Step:
    """Return our step of LeNet, of layers as PyTorch has them."""
    f = gg.nn.functional
    p = {name: gg.param(name, value) for name, value in numbers.items() if name not in "XY"}
    x, y = gg.input("X", numbers["X"]), gg.input("Y", numbers["Y"])
    h = f.max_pool2d(gg.relu(f.conv2d(x, p["c1"], p["k1"], padding=2)), 2)
    h = f.conv2d(h, p["c2"], p["k2"])
    h = gg.relu(f.batch_norm(h, None, None, p["gamma"], p["beta"], training=True))
    h = f.max_pool2d(h, 2).reshape((len(numbers["Y"]), 400))
    h = gg.relu(h @ p["w1"] + p["b1"])
    h = gg.relu(h @ p["w2"] + p["b2"])
    loss = f.cross_entropy(h @ p["w3"] + p["b3"], y)
    return training(loss, list(p.values()), networks.RATE)


def lstm(numbers: dict[str, Any]) -> Step:
    """Return our step of an LSTM, gate by gate as in a lecture."""
    p = {name: gg.param(name, value) for name, value in numbers.items() if name not in "XY"}
    x, y = gg.input("X", numbers["X"]), gg.input("Y", numbers["Y"])
    batch, steps, _ = numbers["X"].shape
    units = len(numbers["v"])
    zeros = np.zeros((batch, units), numbers["X"].dtype)
    h, c = gg.input("h0", zeros), gg.input("c0", zeros)
    for time in range(steps):
        z = x[:, time] @ p["W"].T + h @ p["U"].T + p["b"]
        i, f, g, o = (z[:, k * units : (k + 1) * units] for k in range(4))
        c = gg.sigmoid(f) * c + gg.sigmoid(i) * gg.tanh(g)
        h = gg.sigmoid(o) * gg.tanh(c)
    loss = gg.nn.functional.cross_entropy(h @ p["v"] + p["c"], y)
    return training(loss, list(p.values()), networks.RATE)


def hessians(numbers: dict[str, Any]) -> dict[str, Step]:
    """Return our Hessians of an MLP of 100 parameters and of Rosenbrock's function."""
    names = ("W1", "b1", "W2", "b2")
    w1, b1, w2, b2 = (gg.param(name, numbers[name]) for name in names)
    a = gg.tanh(gg.input("X", numbers["X"]) @ w1 + b1)
    mlp = ((a @ w2 + b2 - gg.input("y", numbers["y"])) ** 2).mean().graph()
    t = gg.param("t", np.random.default_rng(0).normal(0, 0.5, 100))
    valley = (100 * (t[1:] - t[:-1] ** 2) ** 2 + (1 - t[:-1]) ** 2).sum().graph()
    return {
        "Hessian of an MLP": lambda: gg.hessian(mlp, wrt=names),
        "Hessian of Rosenbrock": lambda: gg.hessian(valley, wrt=("t",)),
    }


def torch_hessians(numbers: dict[str, Any]) -> dict[str, Step]:
    """Return those of torch.func; none where torch is missing."""
    try:
        import torch
    except ImportError as error:
        print(f"torch is left out: {error}; {PEERS} may name its folder")
        return {}
    torch.set_num_threads(1)
    x, y = torch.tensor(numbers["X"]), torch.tensor(numbers["y"])
    flat = [torch.tensor(numbers[name]).reshape(-1) for name in ("W1", "b1", "W2", "b2")]
    theta = torch.cat(flat)
    t = torch.tensor(np.random.default_rng(0).normal(0, 0.5, 100))

    def loss(p: Any) -> Any:
        w1, b1, w2, b2 = p[:77].reshape(7, 11), p[77:88], p[88:99], p[99]
        return ((torch.tanh(x @ w1 + b1) @ w2 + b2 - y) ** 2).mean()

    def valley(p: Any) -> Any:
        return (100 * (p[1:] - p[:-1] ** 2) ** 2 + (1 - p[:-1]) ** 2).sum()

    whole, long = torch.func.hessian(loss), torch.func.hessian(valley)
    return {"Hessian of an MLP": lambda: whole(theta), "Hessian of Rosenbrock": lambda: long(t)}


def races(precision: str) -> Iterator[tuple[str, Step, Step]]:
    """Yield each task with our step and the one by hand."""
    for sizes, batch in (((784, 256, 128, 10), 128), ((2, 16, 16, 2), 100)):
        work = Work(points=1, sizes=sizes, batch=batch, precision=precision)
        yield f"MLP {'-'.join(map(str, sizes))} b{batch}", mlp(work), hand.mlp_step(work)
    numbers = networks.lenet_numbers(precision=precision)
    yield "LeNet b32", lenet(numbers), networks.lenet_step(numbers)
    numbers = networks.lstm_numbers(precision)
    yield "LSTM b32", lstm(numbers), networks.lstm_step(numbers)


def main(asked: list[str]) -> None:
    """Print a row per task."""
    print(f"{'task':28} {'type':8} {'compiled':>12} {'by hand':>12} {'ratio':>7}  goal")
    for precision in ("float64", "float32"):
        for task, ours, theirs in races(precision):
            if asked and not any(word in task for word in asked):
                continue
            found = shortest({"ours": ours, "hand": theirs}, ROUNDS)
            ratio = found["ours"] / found["hand"]
            times = f"{found['ours'] * 1e6:9.0f} us {found['hand'] * 1e6:9.0f} us {ratio:7.2f}"
            missed = "  MISSED" if ratio > GOALS[task] else ""
            print(f"{task:28} {precision:8} {times}  at most {GOALS[task]}{missed}", flush=True)
    numbers = networks.hessian_numbers()
    ours, rivals = hessians(numbers), torch_hessians(numbers)
    by_hand = {"Hessian of an MLP": networks.mlp_hessian(numbers)}
    for task, step in ours.items():
        if asked and not any(word in task for word in asked):
            continue
        steps = {"ours": step}
        steps |= {"hand": by_hand[task]} if task in by_hand else {}
        steps |= {"torch.func": rivals[task]} if task in rivals else {}
        told = (f"{who} {seconds * 1e6:.0f} us" for who, seconds in shortest(steps, ROUNDS).items())
        print(f"{task:28} {', '.join(told)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
