"""Print what a whole `graphgrad render` costs beside one run of the layout engine, timed together.

``python tests/benchmarks/bench_render.py``. Per graph: CPU time of one run of the engine on the DOT
source of the final figure, of loading the libraries that the command uses, and of the command,
without and with ``--fit``, from an empty cache and from a filled one; the last columns are how
often the engine and the libraries go into the command. CPU time is that of child processes, the
least of a few: other work on the machine counts for little.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIBRARIES = "numpy, click, graphviz, ziamath.zmath, ziamath.tex"
TIMES = 3
RNN = """input x: 50x2 = uniform(draw=1)
input y = 0.5
const h[0] = [0, 0, 0]
layer cell = elman(3)
layer out = dense(1)
for t = 1:50
  h[t] = cell(x[t], h[t-1])
end
yhat = out(h[50])
loss L = mse(yhat, y)
"""


def chain(length: int) -> str:
    """Return a chain of so many units with a weight each."""
    lines = ["input x = 1"]
    for k in range(length):
        lines += [f"param w{k} = 0.5", f"h{k} = tanh(w{k}*{f'h{k - 1}' if k else 'x'})"]
    return "\n".join([*lines, f"loss L = (h{length - 1} - 1)^2"])


def perceptron(sizes: Sequence[int] = (2, 16, 16, 1)) -> str:
    """Return a network of numbers, neuron by neuron."""
    lines = [f"input x{i} = 0.{i + 1}" for i in range(sizes[0])]
    before = [f"x{i}" for i in range(sizes[0])]
    for layer, size in enumerate(sizes[1:], start=1):
        lines.append(f"[layer{layer}]")
        for j in range(size):
            lines += [
                f"param w{layer}_{j}_{i} = {(7 * i + 3 * j + layer) % 11 / 10}"
                for i in range(len(before))
            ]
            lines.append(f"param b{layer}_{j} = 0.1")
            terms = " + ".join(f"w{layer}_{j}_{i}*{name}" for i, name in enumerate(before))
            lines.append(f"h{layer}_{j} = tanh({terms} + b{layer}_{j})")
        before = [f"h{layer}_{j}" for j in range(size)]
    return "\n".join([*lines, "[end]", f"loss L = ({before[0]} - 1)^2"])


GRAPHS = {
    "chain of 30": chain(30),
    "chain of 100": chain(100),
    "chain of 300": chain(300),
    "2-16-16-1": perceptron(),
    "LeNet": (ROOT / "tests" / "data" / "figures" / "lenet.gg").read_text("utf-8"),
    "RNN of 50": RNN,
}


def spent(command: Sequence[str], cache: str, stdin: str = "") -> float:
    """Return the CPU time of a command and its children, the least of a few runs."""
    environment = {**os.environ, "GRAPHGRAD_CACHE": cache}
    found = []
    for _ in range(TIMES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            command, input=stdin.encode(), env=environment, check=True, capture_output=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


def main() -> None:
    """Print the report."""
    sys.path.insert(0, str(ROOT))
    from graphgrad.views.layout_engines.engine import choose_engine

    dot = str(choose_engine(None, "svg").path)  # type: ignore[attr-defined]
    libraries = spent([sys.executable, "-c", f"import {LIBRARIES}"], "off")
    sys.stdout.write(f"libraries {libraries:.3f} s ({LIBRARIES})\n")
    sys.stdout.write("graph          fit  engine    cold    warm  cold/(e+l)  warm/(e+l)\n")
    with tempfile.TemporaryDirectory() as folder:
        for name, source in GRAPHS.items():
            file, picture = Path(folder, "g.gg"), Path(folder, "g.svg")
            file.write_text(source, "utf-8")
            for fit in ([], ["--fit", "beamer169"]):
                options = [*fit, "-o", str(picture), "--force"]
                render = [sys.executable, "-m", "graphgrad", "render", str(file), *options]
                cold = spent(render, "off")
                spent(render, f"{folder}/cache")
                warm = spent(render, f"{folder}/cache")
                engine = spent([dot, "-Tjson"], "off", final_source(file, fit))
                least = engine + libraries
                sys.stdout.write(
                    f"{name:14s} {'yes' if fit else 'no':3s} {engine:7.3f} {cold:7.3f} {warm:7.3f}"
                    f" {cold / least:11.1f} {warm / least:11.1f}\n"
                )
                sys.stdout.flush()


def final_source(file: Path, fit: Sequence[str]) -> str:
    """Return the DOT source of a figure as an engine would be given it."""
    from graphgrad.autodiff.record import record
    from graphgrad.source.gg import load
    from graphgrad.views.figure.content.scene_options import SceneOptions
    from graphgrad.views.figure.layout import arranged
    from graphgrad.views.figure.scene.compose import scene_of

    sources: list[str] = []
    write = arranged.layout_source

    def kept(*words: object) -> str:
        sources.append(write(*words))  # type: ignore[arg-type]
        return sources[-1]

    arranged.layout_source = kept  # type: ignore[assignment]
    try:
        scene_of(record(load(file)), SceneOptions(layout="dot", fit=fit[-1] if fit else ""))
    finally:
        arranged.layout_source = write
    return sources[-1]


if __name__ == "__main__":
    main()
