"""Print what a whole `graphgrad render` costs beside one run of the layout engine, timed together.

``python tests/benchmarks/bench_render.py``. Per graph, without and with ``--fit``, from an empty
cache and from a filled one: CPU time of one run of the engine on the final figure's DOT source, of
loading the libraries that this very command loads, and of the command; how often engine and
libraries together go into the command (issue 13 asks for 4, with ``--fit`` for 8); and, on the
strictest reading, how often the engine goes into what the command takes beyond the libraries. An
engine takes a few thousandths of a second on a figure of ten boxes, far less than Python takes to
load our own modules, so that no command can meet the strict bound. CPU time is that of child
processes, the least of a few, with compiled modules as an installed package has them: other work on
the machine counts for little.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
LOADED = """import sys
from graphgrad.cli.program import main
try:
    main(sys.argv[1:])
finally:
    files = {name: getattr(module, "__file__", "") or "" for name, module in sys.modules.items()}
    print(*(name for name, file in files.items() if "site-packages" in file), file=sys.stderr)
"""
TIMES = 3
COMPILED = tempfile.mkdtemp()
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
    found = []
    for _ in range(TIMES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run(command, cache, stdin)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


def run(command: Sequence[str], cache: str, stdin: str = "") -> str:
    """Return what a command says on stderr."""
    environment = {**os.environ, "GRAPHGRAD_CACHE": cache, "PYTHONPYCACHEPREFIX": COMPILED}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        command, input=stdin.encode(), env=environment, check=True, capture_output=True
    )
    return done.stderr.decode()


def libraries(words: Sequence[str], cache: str) -> tuple[float, str]:
    """Return the CPU time of loading the libraries that a command loads, and their names."""
    names = run([sys.executable, "-c", LOADED, *words], cache).splitlines()[-1].split()
    names = [name for name in names if not name.startswith(("graphgrad", "_", "sitecustomize"))]
    loading = f"import importlib\nfor name in {names!r}: importlib.import_module(name)"
    found = sorted({name.partition(".")[0] for name in names})
    return spent([sys.executable, "-c", loading], cache), ", ".join(found)


class Cost(NamedTuple):
    """CPU times of a command, of loading its libraries, and of one run of the engine."""

    command: float
    libraries: float
    engine: float
    names: str

    @property
    def times(self) -> float:
        """Return how often engine and libraries together go into the command."""
        return self.command / (self.engine + self.libraries)

    @property
    def strict(self) -> float:
        """Return how often the engine goes into what the command takes beyond the libraries."""
        return (self.command - self.libraries) / self.engine


def cost(name: str, fit: Sequence[str], cache: str, folder: Path) -> Cost:
    """Return what a figure costs, timed together; with a cache, from a filled one."""
    from graphgrad.views.layout_engines.engine import choose_engine

    dot = str(choose_engine(None, "svg").path)  # type: ignore[attr-defined]
    file, picture = folder / "g.gg", folder / "g.svg"
    file.write_text(GRAPHS[name], "utf-8")
    words = ["render", str(file), *fit, "-o", str(picture), "--force"]
    engine = spent([dot, "-Tjson"], "off", final_source(file, fit))
    run([sys.executable, "-m", "graphgrad", *words], cache)
    taken = spent([sys.executable, "-m", "graphgrad", *words], cache)
    loading, names = libraries(words, cache)
    return Cost(taken, loading, engine, names)


def main() -> None:
    """Print the report."""
    sys.path.insert(0, str(ROOT))
    sys.stdout.write("graph          fit cache engine  libs command  times strict  libraries\n")
    with tempfile.TemporaryDirectory() as folder:
        for name in GRAPHS:
            for fit in ([], ["--fit", "beamer169"]):
                for kept in ("empty", "full"):
                    cache = "off" if kept == "empty" else f"{folder}/cache"
                    found = cost(name, fit, cache, Path(folder))
                    sys.stdout.write(
                        f"{name:14s} {'yes' if fit else 'no':3s} {kept:5s} {found.engine:6.3f}"
                        f" {found.libraries:5.2f} {found.command:7.3f} {found.times:6.1f}"
                        f" {found.strict:6.0f}  {found.names}\n"
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
