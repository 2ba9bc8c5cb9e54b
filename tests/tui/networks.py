"""Networks to step through: those that lecturers draw, and those that are hard to draw."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from graphgrad.autodiff.record import record
from graphgrad.graph.zooms.scalar import scalar_graph
from graphgrad.source.gg import read_gg
from graphgrad.stepping.work import Origin, Work

TESTS = Path(__file__).parents[1]
SAMPLES = TESTS.parent / "samples"


def shared(uses: int) -> str:
    """Return a parameter with many uses."""
    lines = [f"input x{i} = {i % 7 / 7 + 0.1:.3f}\nh{i} = w*x{i}" for i in range(uses)]
    total = " + ".join(f"h{i}" for i in range(uses))
    return "\n".join(["param w = 0.5", *lines, f"loss L = {total}"])


def fan_in(count: int) -> str:
    """Return a line that reads many parameters."""
    leaves = [f"param a{i} = {i % 5 / 5 + 0.1:.2f}" for i in range(count)]
    squares = " + ".join(f"a{i}*a{i}" for i in range(count))
    return "\n".join([*leaves, f"s = {squares}", "loss L = s^2"])


def chain(count: int) -> str:
    """Return a chain of many lines that share a parameter."""
    lines = [f"h{i} = h{i - 1}*w + 0.0001" for i in range(1, count)]
    return "\n".join(["param w = 0.9999", "h0 = w + 0", *lines, f"loss L = (h{count - 1} - 1)^2"])


def _text(name: str) -> str:
    if name in ("lenet", "moons"):
        return (TESTS / "data" / "figures" / f"{name}.gg").read_text("utf-8")
    if name == "lstm":
        return (SAMPLES / "lstm.gg").read_text("utf-8")
    if name in ("mlp_arrays", "wide_layer"):
        return (TESTS / "data" / "stepper" / f"{name}.gg").read_text("utf-8")
    made = {"shared": shared(300), "fan_in": fan_in(40), "chain": chain(10_000)}
    return made[name]


@cache
def work_of(name: str) -> Work:
    """Return a network at its point; ``mlp_scalars`` is the one of arrays, entry by entry."""
    zoom = "scalar" if name == "mlp_scalars" else "array"
    text = _text("mlp_arrays" if name == "mlp_scalars" else name)
    graph = read_gg(text)
    graph = scalar_graph(graph) if zoom == "scalar" else graph
    return Work(record(graph), Origin(text, zoom=zoom))


NETWORKS = (
    "lenet",
    "lstm",
    "mlp_arrays",
    "mlp_scalars",
    "wide_layer",
    "shared",
    "fan_in",
    "chain",
)
SIZES = ((80, 24), (120, 40), (200, 60))
