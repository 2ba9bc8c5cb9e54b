"""Print what figures of networks cost beside one run of the layout engine on the same graph.

Run it from the folder of the clone: ``python tests/benchmarks/bench_networks.py``. Every line is a
process of its own. Seconds of processor time: the imports of the libraries, drawing every distinct
label once with the typesetting library, all the rest of ours, and one run of the engine on the DOT
source of the figure that was written. Issue 13 wants ours at 4 times the engine, on a page at 8.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGES = ("", "beamer169")
OPS = ("tanh", "sin", "sigmoid")


def chain(count: int) -> str:
    """Return a chain of so many lines with a parameter each."""
    lines = ["input x = 0.5"]
    for k in range(count):
        lines.append(f"param w{k} = 0.{k + 1}")
        lines.append(f"h{k} = {OPS[k % 3]}(w{k}*{f'h{k - 1}' if k else 'x'})")
    return "\n".join(lines)


def unrolled(steps: int) -> str:
    """Return a recurrence of numbers with so many steps."""
    inputs = "\n".join(f"input x[{t}] = 0.{t}" for t in range(1, steps + 1))
    given = "param w = 0.8\nparam u = 0.5\nparam b = 0.1\nconst h[0] = 0"
    loop = f"for t = 1:{steps}\n  h[t] = tanh(w*x[t] + u*h[t-1] + b)\nend"
    return f"{inputs}\n{given}\n{loop}\nloss L = (h[{steps}] - 1)^2"


def graph_of(name: str) -> Any:
    """Return one of the graphs."""
    from graphgrad.graph.zooms.scalar import scalar_graph
    from graphgrad.source.gg import load, read_gg

    kind, _, count = name.partition(" ")
    if kind == "chain":
        return read_gg(chain(int(count)))
    if kind == "rnn":
        return read_gg(unrolled(int(count)))
    graph = load(ROOT / "tests" / "data" / "figures" / f"{kind}.gg")
    return scalar_graph(graph) if count == "scalar" else graph


NAMES = ("chain 30", "chain 100", "chain 300", "moons scalar", "lenet", "rnn 50")


def measure(name: str, page: str) -> str:
    """Return one line of the report, measured in this process."""
    started = time.process_time()
    import sympy  # noqa: F401  # what a figure loads
    import ziamath  # noqa: F401

    from graphgrad.autodiff.record import record
    from graphgrad.views.figure.content.scene_options import SceneOptions
    from graphgrad.views.figure.layout import arranged
    from graphgrad.views.figure.scene.compose import scene_of
    from graphgrad.views.figure.svg.svg import svg_of
    from graphgrad.views.figure.typeset import typeset
    from graphgrad.views.layout_engines.engine import choose_engine

    imports = time.process_time() - started
    drawing, sources = [0.0], []
    draw, lay_out = typeset.drawn, arranged.laid_out

    def drawn(mathml: str) -> Any:
        before = time.process_time()
        ink = draw(mathml)
        drawing[0] += time.process_time() - before
        return ink

    def laid_out(source: str, engine: Any) -> Any:
        sources.append(source)
        return lay_out(source, engine)

    typeset.drawn, arranged.laid_out = drawn, laid_out  # type: ignore[assignment]
    before = time.process_time()
    scene = scene_of(record(graph_of(name)), SceneOptions(fit=page))
    svg_of(scene)
    ours = time.process_time() - before - drawing[0]
    engine, spent = choose_engine(None, "svg"), _children()
    engine.run(sources[-1], "json")
    one = _children() - spent
    return (
        f"{name:<13} {page or '-':<10} {len(scene.boxes):>5} {len(sources):>4} {imports:>7.2f} "
        f"{drawing[0]:>10.2f} {ours:>5.2f} {one:>7.3f} {ours / one:>6.0f}  {engine.name}"
    )


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print the report."""
    print("graph         page       boxes runs imports typesetting  ours  engine  ratio")
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    for name in NAMES:
        for page in PAGES:
            command = [sys.executable, __file__, name, page]
            subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(measure(sys.argv[1], sys.argv[2]))
    else:
        main()
