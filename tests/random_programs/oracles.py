"""Run random programs here, and compare with everyone who can tell what is right: one table.

Compiled code and exported text join as further rows of `ORACLES`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from inspect import signature
from pathlib import Path
from typing import Any

import numpy as np

import graphgrad as gg
from graphgrad.api.functions import function_of
from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.compile.plan import Plan
from graphgrad.graph.check import check_graph
from graphgrad.graph.zooms.scalar import scalar_graph
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.witness.graph import witness_gradient
from graphgrad.testing.gradcheck import gradcheck
from graphgrad.trace.saved import trace_from_json, trace_to_json
from graphgrad.views.exports.targets import TARGETS
from tests.random_programs.layers import CLASSES_OF, LAYERS
from tests.random_programs.programs import Program

__all__ = ["ORACLES", "SLOW", "Built", "disagreements"]

RECORDED = Path(__file__).parents[1] / "data" / "random_programs" / "torch.json.gz"


class Built:
    """A program in handles, as a graph and as a pass."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.leaves: dict[str, Any] = {}
        given = []
        known: dict[str, Any] = {}
        for leaf in program.leaves:
            value = _array(leaf.values, leaf.shape, single=leaf.single)
            given.append(value)
            make = gg.param if leaf.role == "param" else gg.input
            self.leaves[leaf.name] = known[leaf.name] = make(leaf.name, value)
        for line in program.lines:
            args = []
            for arg in line.args:
                value = known[arg] if isinstance(arg, str) else _array(*arg)
                given += [] if isinstance(arg, str) else [value]
                args.append(value)
            if line.op in CLASSES_OF:
                args[1] = args[1].astype(int)
            known[line.name] = _function(line.op)(*args, **line.settings)
        for value in given:  # what was given in is copied: writing into it must change nothing
            if isinstance(value, np.ndarray):
                value.fill(99.0)
        self.known = known
        self.output = known[program.output]

    @cached_property
    def graph(self) -> Any:
        """Return the immutable graph; lines have the program's names."""
        graph = gg.graph(self.output, names=self.known)
        check_graph(graph)
        return graph

    @cached_property
    def seed(self) -> Any:
        """Return the adjoint to start from; None for a number."""
        shape = self.program.shapes[self.program.output]
        return None if self.program.seed is None else _array(self.program.seed, shape)

    @cached_property
    def trace(self) -> Any:
        """Return the pass."""
        return gg.trace(self.graph, seed=self.seed)

    @property
    def directions(self) -> dict[str, Any]:
        """Return the direction of forward mode, per leaf of the graph."""
        shapes = {leaf.name: leaf.shape for leaf in self.program.leaves}
        return {
            name: _array(self.program.directions[name], shapes[name])
            for name in self.trace.gradients
        }

    @property
    def tolerance(self) -> float:
        """Return how far two ways may be apart, relative to 1 or the number."""
        return 3e-4 if any(leaf.single for leaf in self.program.leaves) else 1e-9

    @property
    def finite(self) -> bool:
        """Tell whether the output is finite: there may be NaN by intention, or a log of nothing."""
        return self.program.profile != "nan" and bool(np.all(np.isfinite(self.output.value)))

    @property
    def writable(self) -> bool:
        """Tell whether a file can hold the program: it has neither float32 nor lengths of 0."""
        shapes = self.program.shapes.values()
        single = any(leaf.single for leaf in self.program.leaves)
        return self.finite and not single and not any(0 in shape for shape in shapes)


def _function(op: str) -> Any:
    """Return the function of a row, or of a layer."""
    if op.startswith(LAYERS):
        return getattr(gg.nn.functional, op.removeprefix(LAYERS))
    found = function_of(op)  # gg.step is the stepper, and a row
    assert found is not None
    return found


def _array(values: list[float], shape: Any, *, single: bool = False) -> Any:
    if not shape:
        return np.float32(values[0]) if single else values[0]
    return np.array(values, dtype=np.float32 if single else float).reshape(shape)


# ---- oracles ----


def torch_recorded(built: Built) -> Iterator[str]:
    """Compare with what PyTorch made of it: value, gradients, second order."""
    record = _torch()[built.program.number]
    yield from _apart("value", built.output.value, record["value"], built)
    if not built.finite or "gradients" not in record:
        return
    for name, wanted in record["gradients"].items():
        got = built.trace.gradients.get(name, 0.0)
        yield from _apart(f"gradient of {name}", got, wanted, built)
    if "second" not in record or built.program.profile == "ties":
        return
    found = gg.hessian_vector_product(built.graph, built.directions)
    for name, wanted in record["second"].items():
        yield from _apart(f"second order of {name}", found.get(name, 0.0), wanted, built, 1e3)


def precisions(built: Built) -> Iterator[str]:
    """Compare the precision of every line with PyTorch's; a handle and the pass say the same."""
    wanted = _torch()[built.program.number].get("single", [])
    for name in (line.name for line in built.program.lines):
        kinds = {np.asarray(built.known[name].value).dtype.char}
        if built.graph.find(name) is not None:
            kinds.add(np.asarray(built.trace.value(name)).dtype.char)
        if kinds != {"f" if name in wanted else "d"}:
            yield f"{name} is {kinds}, not as PyTorch has it"


def backward_of_handles(built: Built) -> Iterator[str]:
    """Compare the pass on the tape with the pass over the graph."""
    built.output.backward(built.seed)
    for name, gradient in built.trace.gradients.items():
        grad = built.leaves[name].grad
        yield from _apart(f"grad of {name}", 0.0 if grad is None else grad, gradient, built)
        kind = np.asarray(built.leaves[name].value).dtype
        for which, found in (("grad", grad), ("gradient of the pass", gradient)):
            if found is not None and np.asarray(found).dtype != kind:
                yield f"{which} of {name} is {np.asarray(found).dtype}, the value {kind}"


def forward_mode(built: Built) -> Iterator[str]:
    """Compare the derivative along a direction with the gradients along it."""
    if built.finite:
        _, tangent = gg.jvp(built.graph, built.directions)
        along = sum(np.sum(g * built.directions[n]) for n, g in built.trace.gradients.items())
        weights = 1.0 if built.seed is None else built.seed
        yield from _apart("derivative along", np.sum(tangent * weights), along, built)


def central_differences(built: Built) -> Iterator[str]:
    """Compare with central differences where there is no kink."""
    if built.finite:
        check = gradcheck(built.graph, symbolic=False, tolerance=1e-5)
        yield from (f"central difference: {row}" for row in check.rows if not (row.ok or row.kink))


def sympy_witness(built: Built) -> Iterator[str]:
    """Compare with the derivatives that sympy makes of the formulas."""
    if not built.writable or built.program.profile == "ties":
        return
    values = {leaf.name: built.leaves[leaf.name].value for leaf in built.program.leaves}
    values = {name: value for name, value in values.items() if name in built.trace.gradients}
    norms = (built.known[line.name].value for line in built.program.lines if line.op == "norm")
    if not all(np.all(norm) for norm in norms):
        return  # sympy has no derivative there; that it is taken as 0 is PyTorch's oracle
    for name, wanted in witness_gradient(built.graph, values, seed=built.seed).items():
        yield from _apart(f"sympy's gradient of {name}", built.trace.gradients[name], wanted, built)


def entry_by_entry(built: Built) -> Iterator[str]:
    """Compare arrays with the graph of numbers, run in scalar arithmetic."""
    if built.seed is not None or not built.writable:
        return
    trace = gg.trace(scalar_graph(built.graph))
    yield from _apart("value", trace.values[trace.graph.output], built.output.value, built)
    for name, gradient in built.trace.gradients.items():
        alone = [
            g
            for n, g in trace.gradients.items()
            if n == name or n.startswith((f"{name}[", f"{name}_"))
        ]
        yield from _apart(f"entries of {name}", alone, gradient, built)


def gradient_as_graph(built: Built) -> Iterator[str]:
    """Compare with the backward pass that was built as a graph and run forward."""
    if built.seed is not None or not built.finite or not built.graph.variable[built.graph.output]:
        return
    backward = gradient_graph(built.graph)
    found = gg.trace(backward, seed=np.ones(backward.columns.shape(backward.output)))
    for name, gradient in built.trace.gradients.items():
        line = built.graph.adjoint_name(name)
        got = found.value(line) if backward.find(line) is not None else np.zeros_like(gradient)
        yield from _apart(f"line {line}", got, gradient, built)


def file(built: Built) -> Iterator[str]:
    """Compare with the program as text, read by the reader of files; PyTorch's words have none."""
    if built.writable and not any(line.op.startswith(LAYERS) for line in built.program.lines):
        graph = read_gg(text_of(built.program))
        trace = gg.trace(graph, seed=built.seed)
        yield from _apart("value in a file", trace.values[graph.output], built.output.value, built)
        for name, gradient in built.trace.gradients.items():
            yield from _apart(
                f"gradient in a file of {name}", trace.gradients[name], gradient, built
            )


def written_and_read(built: Built) -> Iterator[str]:
    """Compare with the graph written as a file and read again, and with the pass saved."""
    if built.writable:
        again = read_gg(gg.to_gg(built.graph))
        same = gg.trace(again, seed=built.seed).values[again.output]
        if not np.array_equal(same, built.trace.values[built.graph.output]):
            yield "the graph written and read has another value"
    loaded = trace_from_json(trace_to_json(built.trace))
    for mine, theirs in zip(loaded.values, built.trace.values, strict=True):
        if not np.array_equal(mine, theirs, equal_nan=True):
            yield "a value changed on the way through JSON"


def exported(built: Built) -> Iterator[str]:
    """Run the text that `graphgrad export --to numpy` writes, by itself, and compare."""
    if built.finite and built.seed is None:
        space: dict[str, Any] = {"__name__": "exported"}
        text = TARGETS["numpy"].write(built.graph)
        exec(compile(text, "exported", "exec"), space)  # text of this project
        with np.errstate(all="ignore"):
            results = space["program"](
                *(built.leaves[name].value for name in signature(space["program"]).parameters)
            )
        value, *gradients = results
        yield from _apart("value of the text", value, built.output.value, built)
        for name, got in zip(space["NAMES"][1:], gradients, strict=True):
            wanted = built.trace.gradients[name.removeprefix("d_")]
            yield from _apart(f"{name} of the text", got, wanted, built)


def compiled(built: Built) -> Iterator[str]:
    """Compare with the program written for it: 1e-12 apart at most, a rounding unit of float32."""
    run = Plan(built.graph)(seed=built.seed)
    pairs = {"compiled value": (run.value, built.trace.value(built.program.output))}
    pairs |= {
        f"compiled gradient of {n}": (g, built.trace.gradients[n]) for n, g in run.gradients.items()
    }
    slack = (1e-5 if any(leaf.single for leaf in built.program.leaves) else 1e-12) / built.tolerance
    for what, (got, wanted) in pairs.items():
        yield from _apart(what, got, wanted, built, slack)
        if np.asarray(got).dtype != np.asarray(wanted).dtype:
            yield f"{what} has another type"


def stable_forms(built: Built) -> Iterator[str]:
    """Compare with the graph rewritten into stable forms."""
    if built.finite:
        graph = gg.stable(built.graph)
        value = gg.trace(graph, seed=built.seed).values[graph.output]
        yield from _apart("value in stable forms", value, built.output.value, built)


def nothing_writable(built: Built) -> Iterator[str]:
    """Look for an array that is handed out and could be written into."""
    arrays = [*built.trace.values, *built.trace.adjoints, *built.graph.defaults.values()]
    arrays += [built.trace.contribution(e) for e in built.graph.edges() if built.finite]
    for array in arrays:
        if isinstance(array, np.ndarray) and array.flags.writeable:
            yield "an array that is handed out can be written into"


ORACLES: dict[str, Callable[[Built], Iterator[str]]] = {
    "PyTorch": torch_recorded,
    "precision": precisions,
    "backward of handles": backward_of_handles,
    "forward mode": forward_mode,
    "central differences": central_differences,
    "sympy": sympy_witness,
    "entry by entry": entry_by_entry,
    "gradient as a graph": gradient_as_graph,
    "file": file,
    "written and read": written_and_read,
    "stable forms": stable_forms,
    "compiled": compiled,
    "exported text": exported,
    "nothing writable": nothing_writable,
}
SLOW = ("sympy",)
"""Oracles that take long: asked about a part of the programs."""


def disagreements(program: Program, oracles: Any = tuple(ORACLES)) -> list[str]:
    """Return what oracles find wrong with how a program runs here; empty if all agree."""
    built = Built(program)
    return [f"{name}: {found}" for name in oracles for found in ORACLES[name](built)]


@cache
def _torch() -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(gzip.decompress(RECORDED.read_bytes()))["programs"]
    return records


def _apart(what: str, got: Any, wanted: Any, built: Built, slack: float = 1.0) -> Iterator[str]:
    """Yield a sentence if two results differ; NaN and infinities must be the same ones."""
    if wanted is None:
        wanted = 0.0
    mine = np.ravel(np.asarray(got, dtype=float))
    theirs = np.ravel(np.asarray(wanted, dtype=float))
    if theirs.size == 1 != mine.size and not np.any(theirs):
        theirs = np.zeros_like(mine)
    if mine.size == 1 != theirs.size and not np.any(mine):
        mine = np.zeros_like(theirs)
    bound = built.tolerance * slack
    if mine.shape != theirs.shape or not np.allclose(
        mine, theirs, rtol=bound, atol=bound, equal_nan=True
    ):
        yield f"{what}: {mine.tolist()} is not {theirs.tolist()}"


# ---- text ----


def text_of(program: Program) -> str:
    """Return a program as a file of the language; axes, subscripts and places count from 1."""
    lines = [
        f"{leaf.role} {leaf.name} = {_literal(leaf.values, leaf.shape)}" for leaf in program.leaves
    ]
    for line in program.lines:
        args = [arg if isinstance(arg, str) else _literal(*arg) for arg in line.args]
        args += [f"{name}={_setting(name, value)}" for name, value in line.settings.items()]
        lines.append(f"{line.name} = {line.op}({', '.join(args)})")
    return "\n".join([*lines, f"output {program.output}", ""])


def _literal(values: list[float], shape: Any) -> str:
    if not shape:
        return repr(values[0])
    return _nested(np.array(values).reshape(shape).tolist())


def _nested(value: Any) -> str:
    return f"[{', '.join(map(_nested, value))}]" if isinstance(value, list) else repr(value)


def _setting(name: str, value: Any) -> str:
    if name in ("axis", "axes", "at"):
        several = isinstance(value, list)
        return f"[{', '.join(str(v + 1) for v in value)}]" if several else str(value + 1)
    if name == "shape":
        return "x".join(map(str, value))
    if name == "key":
        parts = (str(v + 1) if isinstance(v, int) else f"{v[0] + 1}:{v[1]}" for v in value)
        return f"[{', '.join(parts)}]"
    return str(value).lower()
