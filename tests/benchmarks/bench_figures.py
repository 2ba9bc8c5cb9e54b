"""Print how long figures take, beside plain Graphviz laying the same DOT out in the same run.

Run it from the folder of the clone: ``python tests/benchmarks/bench_figures.py``. Every line is a
process of its own, so that "cold" means cold: nothing is typeset, laid out or imported before. The
peer is the same engine, given the DOT source that the figure was laid out with, writing plain SVG
without formulas, numbers or themes: the ratio is what all of that costs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
OPEN, FOLDED = (8, 50, 200, 500), (10_000,)
FRAMES = 15
SMALLEST = OPEN[0]
REGRESSION = """input x = 3
input y = 9
param w = 2
param b = 1
z = w*x
yhat = z + b
e = yhat - y
loss L = e^2"""


def source_of(nodes: int) -> str:
    """Return a file with so many lines: a chain with a parameter per line and skip connections."""
    if nodes == SMALLEST:
        return REGRESSION
    ops = ("tanh", "sin", "sigmoid")
    lines, number = ["input x = 0.5", "param w0 = 0.1", "h0 = tanh(w0*x)"], 1
    while len(lines) < nodes:
        skip = f" + h{number - 2}" if number % 5 == 4 else ""
        lines.append(f"param w{number} = 0.{number}")
        lines.append(f"h{number} = {ops[number % 3]}(w{number}*h{number - 1}{skip})")
        number += 1
    return "\n".join(lines[:nodes])


def measure(nodes: int, collapse: str) -> str:
    """Return one line of the report, measured in this process."""
    from graphgrad.autodiff.record import record
    from graphgrad.source.gg import read_gg
    from graphgrad.views.figure.content.scene_options import SceneOptions
    from graphgrad.views.figure.layout import arranged
    from graphgrad.views.figure.scene.compose import scene_of
    from graphgrad.views.figure.svg.svg import svg_of
    from graphgrad.views.layout_engines.engine import choose_engine

    sources: list[str] = []
    write = arranged.layout_source

    def kept(*args: object) -> str:
        sources.append(write(*args))  # type: ignore[arg-type]
        return sources[-1]

    arranged.layout_source = kept  # type: ignore[assignment]
    trace = record(read_gg(source_of(nodes)))
    options = SceneOptions(collapse=collapse)
    started = time.perf_counter()
    scene = scene_of(trace, options)
    laid_out = time.perf_counter()
    written = svg_of(scene)
    cold = time.perf_counter()
    scene = scene_of(trace, options)
    for step in range(min(FRAMES, scene.last_step + 1)):
        svg_of(scene, step=step)
    warm = time.perf_counter()
    engine = choose_engine(None, "svg")
    before = time.perf_counter()
    engine.run(sources[0], "svg")
    peer = time.perf_counter() - before
    total = cold - started
    return (
        f"{nodes:>7} {len(scene.boxes):>6} {laid_out - started:>8.2f} {cold - laid_out:>6.2f} "
        f"{total:>6.2f} {warm - cold:>9.3f} {peer:>7.2f} {total / peer:>6.1f} "
        f"{len(written) / 1000:>7.0f}  {engine.name}"
    )


def main() -> None:
    """Print the report."""
    print(f"seconds; warm: the scene again and {FRAMES} frames; ratio: cold to plain Graphviz")
    print("  lines  boxes    scene    svg   cold      warm    peer  ratio      kB  engine")
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    for nodes, collapse in [*((n, "none") for n in OPEN), *((n, "auto") for n in FOLDED)]:
        command = [sys.executable, __file__, str(nodes), collapse]
        subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(measure(int(sys.argv[1]), sys.argv[2]))
    else:
        main()
