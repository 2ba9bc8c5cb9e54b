"""Write a graph as a script for PyTorch or JAX, with the names and formulas of its file."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from graphgrad.autodiff.record import leaf_values
from graphgrad.compile.writing.names import Names, in_comment
from graphgrad.expr.vocabulary import spelled_out
from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph, Line
from graphgrad.graph.inputs import read_from_outside
from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.row import ATOM
from graphgrad.views.exports.code import Code, number_code
from graphgrad.views.exports.library_spellings import NO_GRADIENT
from graphgrad.views.exports.library_words import Library, LibraryWords, check_spoken, use_of

__all__ = ["jax_script", "torch_script"]

_TAKEN = frozenset({"torch", "jax", "jnp", "itertools", "forward", "value", "gradients", "leaves"})
_LONGEST = 160
_LONGEST_LINE = 120
_WIDEST = 60


def torch_script(graph: Graph) -> str:
    """Return a script for PyTorch: forward pass, ``backward()``, the gradients printed.

    Raises:
        UsageError: if a leaf has no value, or an op no word in PyTorch.
    """
    return "\n".join(_Torch(graph).lines())


def jax_script(graph: Graph) -> str:
    """Return a script for JAX: a function of the leaves, and ``jax.value_and_grad`` of it.

    Raises:
        UsageError: if a leaf has no value, or an op no word in JAX.
    """
    return "\n".join(_Jax(graph).lines())


class _Script:
    """What both scripts share: values of leaves, and lines as assignments."""

    library: Library
    target: str
    array: str

    def __init__(self, graph: Graph) -> None:
        check_spoken(graph, self.library, self.target)
        self.graph = graph
        self.names = Names(_TAKEN)
        self.words = LibraryWords(self.library, self.names)
        self.leaves = leaf_values(graph, None)
        self.named: dict[int, str] = {}
        self.output = graph.output
        self.differentiated: list[int] = []
        for line in graph.lines():
            self.named[line.root] = self.names.new(spelled_out(line.name))
            if graph.role(line.root) in ("input", "parameter"):
                self.differentiated.append(line.root)
        self.reached = self._reached()
        inputs = (read_from_outside(graph, line) for line in graph.lines())
        self.shared = {node for read in inputs for node in read}  # parts among them get names

    def _reached(self) -> list[int]:
        """Return the leaves from which a derivative of the output passes, none of an array's."""
        graph = self.graph
        if graph.columns.shape(graph.output):
            return []
        reached = {graph.output}
        for node in range(graph.output, -1, -1):
            name = graph.columns.row(node).name
            if node in reached and name not in NO_GRADIENT:
                parents = graph.columns.parents_of(node)
                reached.update(parents[1:] if name == "where" else parents)
        return [node for node in self.differentiated if node in reached]

    # ---- parts of the script ----

    def heading(self) -> Iterator[str]:
        """Yield what the script is, and what it imports."""
        title = self.graph.heading.title_in()
        if title:
            yield f"# {in_comment(title)}"
        yield f"# {text('export.script', target=self.target)}"
        yield ""

    def leaf(self, node: int) -> str:
        """Return the value of a leaf as code."""
        value = to_float(self.leaves[node])
        if 0 in getattr(value, "shape", ()):  # a list of nothing has no other lengths
            library = self.array.partition(".")[0]
            return f"{library}.zeros({value.shape})"
        return f"{self.array}({_value_code(value, self.array)})"

    def computed(self) -> Iterator[tuple[Line, str]]:
        """Yield the assignments of every computed line, a long formula in several."""
        for line in self.graph.lines():
            if not self.graph.is_leaf(line.root) and line.root <= self.graph.output:
                yield from ((line, assigned) for assigned in self._assigned(line))

    def _assigned(self, line: Line) -> Iterator[str]:
        pieces: dict[int, Code] = {}
        for node in line.nodes:
            if self.graph.is_leaf(node):
                continue
            row, use = self.graph.columns.row(node), use_of(self.graph, node)
            args = [self._piece(parent, pieces) for parent in self.graph.columns.parents_of(node)]
            made = self.words.applied(row, args, use)
            if node == line.root:
                made = self._as_array(made, use.result)
                yield f"{self.named[node]} = {made.text}"
            elif node in self.shared or len(made.text) > _LONGEST:
                name = self.named[node] = self.names.new(self.graph.name(node))
                yield f"{name} = {made.text}"
                made = Code(self.words, name)
            pieces[node] = made

    def _piece(self, node: int, pieces: dict[int, Code]) -> Code:
        if node in pieces:
            return pieces[node]
        if node in self.named:
            return Code(self.words, self.named[node])
        symbol = self.graph.columns.settings_of(node).get("symbol")
        if symbol in ("pi", "e"):
            return Code(self.words, f"math.{symbol}", ATOM, getattr(math, symbol))
        if self.graph.columns.shape(node):
            return Code(self.words, self.leaf(node))
        return number_code(self.words, self.leaves[node])

    def _as_array(self, made: Code, shape: tuple[int, ...]) -> Code:
        """Return a line's value as an array also where its formula is a number of Python's."""
        if made.number is None:
            return made
        return Code(self.words, f"{self.array}({float(made.number)!r})")

    def said(self, lines: Iterator[tuple[Line, str]]) -> Iterator[str]:
        """Yield assignments, above each group its name, and behind names that were changed."""
        group = ""
        for line, assigned in lines:
            if line.group != group and line.group:
                yield f"# {in_comment(self._group(line.group))}"
            group = line.group
            own = self.named[line.root]
            told = [line.label] if line.label and "\\" not in line.label else []
            if own != line.name:
                formula = line_formula(self.graph, line)
                whole = f"{line.name} = {formula}"
                fits = formula and len(assigned) + len(whole) <= _LONGEST_LINE
                told.insert(0, whole if fits else line.name)
            comment = f"  # {in_comment('; '.join(told))}" if told else ""
            yield assigned + comment

    def _group(self, group: str) -> str:
        """Return what made a group: a layer with its inputs, or its name alone."""
        for block in self.graph.heading.blocks:
            if block.group == group:
                return f"{group}: {block.kind}({', '.join(block.inputs)})"
        return group

    def imports(self, body: list[str], *libraries: str) -> Iterator[str]:
        """Yield the modules that a script uses, those of Python first."""
        whole = "\n".join([*body, *self.words.functions])
        found = [name for name in ("itertools", "math") if f"{name}." in whole]
        yield from (f"import {name}" for name in found)
        if found:
            yield ""
        yield from libraries

    def functions(self) -> Iterator[str]:
        """Yield the functions that the library has not."""
        for function in self.words.functions:
            yield from ("", "", *function.rstrip("\n").split("\n"))
        if self.words.functions and self.library == "torch":
            yield ""

    def name_of(self, node: int) -> str:
        """Return the name of a gradient."""
        return f"d{self.graph.name(self.graph.output)}/d{self.graph.name(node)}"


class _Torch(_Script):
    library = "torch"
    target = "PyTorch"
    array = "torch.tensor"

    def lines(self) -> Iterator[str]:
        """Yield the script."""
        leaves = [*self.said(self._leaves())]
        forward = [*self.said(self.computed())]
        backward = [*self._backward()]
        yield from self.heading()
        yield from self.imports(leaves + forward, "import torch")
        yield from ("", f"torch.set_default_dtype(torch.float64)  # {text('export.precision')}")
        yield from self.functions()
        yield from ("", f"# {text('export.leaves')}", *leaves)
        yield from ("", f"# {text('export.forward')}", *forward)
        yield from ("", *backward, "")

    def _leaves(self) -> Iterator[tuple[Line, str]]:
        for line in self.graph.lines():
            if self.graph.is_leaf(line.root):
                value = self.leaf(line.root)
                if line.root in self.differentiated:
                    value = f"{value[:-1]}, requires_grad=True)"
                yield line, f"{self.named[line.root]} = {value}"

    def _backward(self) -> Iterator[str]:
        output = self.named[self.output]
        shown = f"print({self.graph.name(self.output) + ' ='!r}, {output}.tolist())"
        if not self.reached:
            yield shown
        else:
            yield f"# {text('export.backward')}"
            yield from (f"{output}.backward()", "", shown)
        if self.graph.columns.shape(self.output):
            yield f"# {text('export.no_gradient_of_array')}"
            return
        for node in self.differentiated:
            grad = f"{self.named[node]}.grad.tolist()"
            if node not in self.reached:
                grad = f"torch.zeros_like({self.named[node]}).tolist()"
                grad += f")  # {text('export.unreached')}"
                yield f"print({self.name_of(node) + ' ='!r}, {grad}"
            else:
                yield f"print({self.name_of(node) + ' ='!r}, {grad})"


class _Jax(_Script):
    library = "jax"
    target = "JAX"
    array = "jnp.array"

    def lines(self) -> Iterator[str]:
        """Yield the script."""
        constants = [*self.said(self._constants())]
        forward = [*self.said(self.computed())]
        arguments = ", ".join(self.named[node] for node in self.differentiated)
        yield from self.heading()
        yield from self.imports(constants + forward, "import jax", "import jax.numpy as jnp")
        precision = text("export.precision")
        yield from ("", f'jax.config.update("jax_enable_x64", True)  # {precision}')
        yield from (("", *constants) if constants else ())
        yield from self.functions()
        yield from ("", "", f"def forward({arguments}):")
        yield f'    """{text("export.jax_forward")}"""'
        yield from (f"    {line}" for part in forward for line in part.split("\n"))
        yield from (f"    return {self.named[self.output]}", "", "")
        yield from (*self._run(), "")

    def _constants(self) -> Iterator[tuple[Line, str]]:
        for line in self.graph.lines():
            if self.graph.is_leaf(line.root) and line.root not in self.differentiated:
                yield line, f"{self.named[line.root]} = {self.leaf(line.root)}"

    def _run(self) -> Iterator[str]:
        output = self.graph.name(self.output)
        yield "leaves = ("
        for node in self.differentiated:
            value = self.leaf(node).replace("\n", "\n    ")
            yield f"    {value},  # {in_comment(self.graph.name(node))}"
        yield ")"
        if self.graph.columns.shape(self.output) or not self.differentiated:
            yield f"# {text('export.no_gradient_of_array')}"
            yield f"print({output + ' ='!r}, forward(*leaves).tolist())"
            return
        every = f"tuple(range({len(self.differentiated)}))"
        yield f"value, gradients = jax.value_and_grad(forward, argnums={every})(*leaves)"
        yield f"print({output + ' ='!r}, value.tolist())"
        for at, node in enumerate(self.differentiated):
            yield f"print({self.name_of(node) + ' ='!r}, gradients[{at}].tolist())"


def _value_code(value: Any, array: str) -> str:
    """Return a value as lists of numbers that give it back bit for bit, long ones row by row."""
    if not hasattr(value, "tolist"):
        return _number(value)
    written = _listed(value.tolist())
    if len(written) <= _WIDEST or value.ndim < 2:
        return written
    rows = ",\n    ".join(_listed(row) for row in value.tolist())
    return f"[\n    {rows},\n]"


def _listed(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_listed, value))}]"
    return _number(value)


def _number(value: float) -> str:
    return repr(float(value)) if math.isfinite(value) else f'float("{float(value)}")'
