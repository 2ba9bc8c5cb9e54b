"""How fast commands start, as a ratio to another clone of this repository, in one run.

    python tests/benchmarks/bench_start.py OTHER_CLONE

Each command runs in fresh processes of both clones in turn; the shortest time of each counts. Both
are compiled first: a machine may be told to write no bytecode.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[2]
REPEATS = 9
COMMANDS = {
    "import graphgrad": ["-c", "import graphgrad"],
    "gg.param": ["-c", "import graphgrad as gg; gg.param('w', 2.0) * 3"],
    "--help": ["-m", "graphgrad", "--help"],
    "run": ["-m", "graphgrad", "run", "samples/xor_sigmoid.gg"],
    "explain": ["-m", "graphgrad", "explain", "samples/xor_sigmoid.gg", "w_1_11"],
    "check": ["-m", "graphgrad", "check", "samples/mazur.gg", "samples/mazur.answers.txt"],
    "render": ["-m", "graphgrad", "render", "samples/xor_sigmoid.gg", "-o", "{folder}/figure.svg"],
    "ex sheet": ["-m", "graphgrad", "ex", "sheet", "samples/exercises/sigmoid_neuron.md"],
}


def seconds(clone: Path, words: list[str], folder: str) -> float:
    """Return how long one call takes."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(clone), str(clone / "tui")])}
    call = [sys.executable, *(word.format(folder=folder) for word in words)]
    start = perf_counter()
    subprocess.run(call, cwd=clone, env=environment, capture_output=True, check=False)
    return perf_counter() - start


def main() -> None:
    """Print a row per command: the two times and their ratio."""
    other = Path(sys.argv[1]).resolve()
    for clone in (ROOT, other):
        for package in ("graphgrad", "tui"):
            compileall.compile_dir(clone / package, quiet=2)
    print(f"{'command':20} {'here':>8} {'other':>8} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for name, words in COMMANDS.items():
            times = {ROOT: [], other: []}
            for _ in range(REPEATS):
                for clone, found in times.items():
                    found.append(seconds(clone, words, folder))
            here, there = min(times[ROOT]), min(times[other])
            print(f"{name:20} {here:8.3f} {there:8.3f} {here / there:6.2f}")


if __name__ == "__main__":
    main()
