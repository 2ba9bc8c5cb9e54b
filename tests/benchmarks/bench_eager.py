"""How fast handles are, beside bare floors and beside peers, in one process and one thread.

    python -m tests.benchmarks.bench_eager

The shortest time of each counts; turns are interleaved. ``GRAPHGRAD_PEERS`` may name the folders of
packages where micrograd and torch are.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from time import process_time
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # before NumPy is loaded

from tests.benchmarks.floors import hand, tape  # noqa: E402
from tests.benchmarks.peers import PEERS  # noqa: E402
from tests.benchmarks.workloads import Work, graphgrad_steps, scalar_loss  # noqa: E402

GOALS = {
    ("scalar MLP", "bare tape"): 3.0,
    ("scalar MLP", "micrograd"): 0.1,
    ("chain", "torch"): 0.2,
    ("fan-out", "micrograd"): 0.1,
    ("MLP 2-16-16-2 b100", "hand NumPy"): 2.5,
}
"""What the ratio to a rival may be at most, where that is a goal."""

Steps = dict[str, Callable[[], Any]]


def shortest(steps: Steps, rounds: int) -> dict[str, float]:
    """Return the least processor time of a call of each, in seconds; turns alternate."""
    for step in steps.values():
        step()
    gc.collect()
    gc.freeze()
    least = dict.fromkeys(steps, float("inf"))
    for _ in range(rounds):
        for name, step in steps.items():
            gc.collect()
            calls, start = 0, process_time()
            while calls == 0 or process_time() - start < 0.01:
                step()
                calls += 1
            least[name] = min(least[name], (process_time() - start) / calls)
    gc.unfreeze()
    return least


def peers_on_scalars(work: Work) -> dict[str, Steps]:
    """Return the tasks on scalars for each peer that can be imported; say which cannot."""
    found: dict[str, Steps] = {}
    try:
        from micrograd.engine import Value
    except ImportError as error:
        print(f"micrograd is left out: {error}; {PEERS} may name its folder")
    else:
        sys.setrecursionlimit(10**8)  # its topological sort recurses
        found["micrograd"] = _with_values(work, Value, lambda v: v.relu(), lambda v: v.grad)
    try:
        import torch
    except ImportError as error:
        print(f"torch is left out: {error}; {PEERS} may name its folder")
    else:
        torch.set_num_threads(1)

        def value(number: float) -> Any:
            return torch.tensor(number, dtype=torch.float64, requires_grad=True)

        found["torch"] = _with_values(work, value, torch.relu, lambda v: v.grad.item())
        del found["torch"]["scalar MLP"]  # a tensor per scalar is not how it is used
    return found


def _with_values(
    work: Work, value: Any, relu: Callable[[Any], Any], gradient: Callable[[Any], float]
) -> Steps:
    """Return the tasks in an engine whose operators record what they do."""
    weights, rows, targets, alpha = work.scalar_mlp

    def scalar_mlp() -> Any:
        layers = [([list(map(value, c)) for c in w], list(map(value, b))) for w, b in weights]
        loss = scalar_loss(layers, rows, targets, alpha, relu)
        loss.backward()
        return None

    def chain() -> Any:
        y, w, b = value(0.5), value(1.1), value(0.05)
        for _ in range(work.chain // 3):
            y = (y * w + b).tanh() if hasattr(y, "tanh") else relu(y * w + b)
        y.backward()
        return gradient(w)

    def fan_out() -> Any:
        a = start = value(1e-6)
        b = value(1e-6)
        for _ in range(work.fan_out - 1):
            a, b = b, b * b + a
        b.backward()
        return gradient(start)

    return {"scalar MLP": scalar_mlp, "chain": chain, "fan-out": fan_out}


def report(task: str, times: dict[str, float]) -> None:
    """Print a task's times, and ours as a ratio to each."""
    ours = times["graphgrad"]
    for name, seconds in times.items():
        ratio, goal = ours / seconds, GOALS.get((task, name))
        told = "" if goal is None else f"at most {goal:g}{'' if ratio <= goal else '  MISSED'}"
        print(f"{task:28} {name:12} {seconds * 1e3:11.3f} ms {ratio:8.3f}  {told}")


def race_scalars() -> None:
    """Race the tasks on scalars."""
    work = Work()
    ours, bare = graphgrad_steps(work), tape.steps(work)
    by_hand: Steps = {
        "chain": lambda: hand.chain(work.chain),
        "fan-out": lambda: hand.fan_out(work.fan_out),
    }
    peers = peers_on_scalars(work)
    for task in bare:
        steps = {"graphgrad": ours[task], "bare tape": bare[task]}
        if task in by_hand:
            steps["loop"] = by_hand[task]
        steps |= {name: of[task] for name, of in peers.items() if task in of}
        report(task, shortest(steps, 5))


def race_arrays() -> None:
    """Race steps of training on arrays."""
    for sizes, batch in (((2, 16, 16, 2), 100), ((784, 256, 128, 10), 128)):
        for precision in ("float64", "float32"):
            work = Work(points=1, sizes=sizes, batch=batch, precision=precision)
            steps = {"graphgrad": graphgrad_steps(work)["MLP"], "hand NumPy": hand.mlp_step(work)}
            name = f"MLP {'-'.join(map(str, sizes))} b{batch}"
            task = name if precision == "float64" else f"{name} f32"
            report(task, shortest(steps, 40))


def bytes_per_op(operations: int) -> float:
    """Return by how much the peak memory of this process grows for an operation of a chain."""
    graphgrad_steps(Work(points=1, chain=3_000))["chain"]()
    with open("/proc/self/clear_refs", "w", encoding="ascii") as stream:
        stream.write("5")
    before = _peak()
    graphgrad_steps(Work(points=1, chain=operations))["chain"]()
    return (_peak() - before) / operations


def _peak() -> int:
    with open("/proc/self/status", encoding="ascii") as stream:
        return next(int(line.split()[1]) << 10 for line in stream if line.startswith("VmHWM"))


def main() -> None:
    """Print a row per task and rival."""
    if sys.argv[1:2] == ["--bytes"]:
        print(bytes_per_op(int(sys.argv[2])))
        return
    print(f"{'task':28} {'who':12} {'shortest':>14} {'ratio':>8}  goal")
    race_scalars()
    race_arrays()
    call = [sys.executable, "-m", "tests.benchmarks.bench_eager", "--bytes", "1000000"]
    found = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    print(f"chain of 1,000,000: {float(found):.0f} bytes an operation (at most 150)")


if __name__ == "__main__":
    main()
