"""Work a step out: the formula, the numbers in it, and what they come to."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any, NamedTuple

from graphgrad.autodiff.record import record
from graphgrad.exercises.files.exercise import Step
from graphgrad.exercises.files.spelling import in_decimals, is_exact, key_text
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.reading.targets import Target, row_of, scoped
from graphgrad.exercises.truth.quantities import counted, delta_sign, rate_of
from graphgrad.exercises.truth.steps import Truth
from graphgrad.graph.copying import ending_at
from graphgrad.graph.formula import line_formula, node_formula
from graphgrad.graph.graph import Line
from graphgrad.ops.row import ATOM
from graphgrad.trace.trace import Trace
from graphgrad.views.text.derivation import stage_of
from graphgrad.views.text.entries import alone
from graphgrad.views.text.numbers import inline, shape_of
from graphgrad.views.text.substitution import substituted, written

__all__ = ["Chain", "Work"]

_NAME = re.compile(
    r"[d∂][^\W\d][\w.]*/[d∂][^\W\d][\w.]*|(?<![^\W\d])[^\W\d]\w*+(?:\.(?!T\b)\w++)*(?!\w*+\()"
)
_ADJOINT = re.compile(r"adj\(([\w.]+)\)")
_ONES = re.compile(r"·1(?![\d.])|(?<![\d.])1·")
_SIGNED = re.compile(r"^\((-[\d.]+(?:e-?\d+)?)\)(?!\^)")
LONGEST = 120


class Chain(NamedTuple):
    """A step worked out: the parts are equal, each to the one before it.

    Attributes:
        step: the step.
        parts: what it is equal to, as an answer writes it, with decimal points.
        answer: what the key says, as the exercise prints numbers.
        exact: whether that is the number itself, not rounded.
    """

    step: Step
    parts: tuple[str, ...]
    answer: str
    exact: bool = True


class Work:
    """The worked steps of one variant.

    Args:
        variant: the exercise with its numbers.
        row: the row of its data whose numbers are used; 0 for those of the graph.
    """

    def __init__(self, variant: Variant, row: int = 0) -> None:
        self.variant = variant
        self.row = row
        self.graph = variant.graph
        self.truth = Truth(self.graph, variant.exercise.asked)
        table = self.graph.heading.table
        self.point = table.point(row) if row and table is not None else {}
        columns = self.graph.columns
        self.arrays = {n for n in self.graph.line_names if columns.shape(self.graph.find(n) or 0)}
        self.trace = record(self.graph, self.point) if row else variant.trace
        self._traces: dict[int, Trace] = {self.graph.output: self.trace}
        self._rows: dict[int, Work] = {}

    def _in_row(self, scope: str) -> Work:
        """Return who works steps out with the numbers of a row."""
        row = row_of(scope)
        if row in (0, self.row):
            return self
        if row not in self._rows:
            self._rows[row] = Work(self.variant, row)
        return self._rows[row]

    def chain(self, step: Step) -> Chain:
        """Return a step worked out.

        >>> from graphgrad.exercises.files.read_exercise import exercise_of_gg
        >>> from graphgrad.exercises.files.variants import Family
        >>> variant = Family(exercise_of_gg("samples/linear_regression.gg")).variant()
        >>> work = Work(variant)
        >>> [work.chain(step).parts for step in variant.exercise.steps if step.id == "dL/dz"]
        [('dL/dyhat·∂yhat/∂z', 'dL/dyhat', '-4')]
        """
        target, scope = self.truth.targets[step.id], self.truth.scopes[step.id]
        whole = self.truth.candidates[step.id].reading not in ("jacobian", "second")
        parts = self._in_row(scope)._of(target, scope) if whole else []
        answer = key_text(self.variant.exercise, step, self.variant.truth[step.id])
        if target.kind == "shape":
            answer = "x".join(answer.strip("[]").replace(";", ",").split(", "))
        return Chain(
            step,
            tuple(parts),
            answer,
            is_exact(self.variant.exercise, answer, self.variant.truth[step.id]),
        )

    def _of(self, target: Target, scope: str) -> list[str]:
        """Return what a target is equal to, part by part."""
        output = self.graph.name(self.graph.output)
        if target.kind == "count":
            sizes = counted(self.graph, target.name)
            return [" + ".join(map(str, sizes.values()))] if len(sizes) > 1 else []
        if scope and not row_of(scope):
            return self._over_rows(target, scope)
        if target.kind == "delta" and delta_sign(self.graph) > 0:
            return self._parts(output, target.name)
        if target.kind == "update":
            gradient = f"d{output}/d{target.name}"
            rate = rate_of(self.graph, self.truth.reference.truth)
            number = self.truth.reference.balls(rate)
            shown_rate = inline(float(number[0].mid())) if number else "η"
            return [f"{target.name} - {shown_rate}·{gradient}"]
        if target.kind in ("shape", "delta"):
            return []
        steps = self.graph.heading.steps  # the gradient of an update is a derivative
        step = next((s for s in steps if s.line == target.name and s.of), None)
        if step is not None:
            return self._parts(step.of, step.wrt)
        return self._parts(target.name, target.wrt)

    def _over_rows(self, target: Target, scope: str) -> list[str]:
        """Return a mean, or sum, of numbers written out."""
        data = self.truth.data
        values = [
            data.in_row(self.truth.reference.asked(target).wanted[0].value, r) for r in data.rows
        ]
        balls = [self.truth.reference.balls(value) for value in values]
        if any(found is None or len(found) != 1 for found in balls):
            return []
        texts = [written(float(found[0].mid())).text for found in balls if found is not None]
        total = " + ".join(texts).replace("+ -", "- ")
        return [f"({total})/{len(texts)}" if scope == "mean" else total]

    def answer(self, step: Step) -> str:
        """Return what the key says: the number, behind the formula where one was asked for.

        >>> from graphgrad.exercises.files.read_exercise import load_exercise
        >>> from graphgrad.exercises.files.variants import Family
        >>> variant = Family(load_exercise("samples/exercises/tanh_two_layers.md")).variant(17)
        >>> work = Work(variant)
        >>> [work.answer(step) for step in variant.exercise.steps if step.id == "dh/dz"]
        ['1 - h^2 = 0.7268']
        """
        chain = self.chain(step)
        if step.kind != "symbolic":
            return chain.answer
        formulas = [part for part in chain.parts if self._is_formula(part)]
        written = [in_decimals(self.variant.exercise, part) for part in formulas[-1:]]
        return " = ".join([*written, chain.answer])

    def _is_formula(self, part: str) -> bool:
        names = _NAME.findall(part)
        return "∂" not in part and any(self.graph.find(name) is not None for name in names)

    def chains(self, step: Step, shown: set[str]) -> list[Chain]:
        """Return a step worked out, after what it uses that is neither asked for nor shown.

        Args:
            step: the step.
            shown: the names that need no chain any more; extended in place.
        """
        scope = self.truth.scopes[step.id]
        here = self._in_row(scope)
        shown |= {asked for asked, about in self.truth.scopes.items() if not about}
        told = {scoped(asked, step=True)[1] for asked, s in self.truth.scopes.items() if s == scope}
        found: list[Chain] = []
        waiting = [self.chain(step)]
        while waiting:
            chain = waiting.pop()
            found.append(chain)
            for name in self._used(chain):
                about = f"{scope}: {name}" if scope else name
                if about not in shown and name not in told:
                    shown.add(about)
                    of, slash, wrt = name.partition("/")
                    parts = here._parts(of[1:] if slash else of, wrt[1:])
                    waiting.append(Chain(Step(about, about), tuple(parts), ""))
        return found[::-1]

    def _used(self, chain: Chain) -> list[str]:
        """Return the computed names and derivatives that a chain is written in."""
        graph = self.graph
        names = dict.fromkeys(name for part in chain.parts[:2] for name in _NAME.findall(part))
        found = []
        for name in names:
            node = graph.find(name.partition("/")[2][1:] or name)
            computed = node is not None and ("/" in name or not graph.is_leaf(node))
            if computed and not name.startswith("∂") and name != chain.step.id:
                found.append(name)
        return found

    def _parts(self, name: str, wrt: str) -> list[str]:
        found = self._derivative(name, wrt) if wrt else self._value(name)
        return [part for part in _distinct(found) if part != f"∂{name}/∂{wrt}"]

    def _value(self, name: str) -> list[str]:
        """Return a line's formula, the formula on numbers, and its value."""
        graph, trace = self.graph, self.trace
        node = graph.find(name)
        if node is None:
            return []
        line = graph.line(graph.line_of(node))
        whole = line.root == node
        formula = line_formula(graph, line) if whole else node_formula(graph, node)
        numbers = substituted(trace, _operation(line, node))
        return [formula, numbers, inline(trace.values[node], LONGEST)]

    def _derivative(self, of: str, wrt: str) -> list[str]:
        """Return the chain rule, written out, on numbers, and what it comes to."""
        source, target = self.graph.find(wrt), self.graph.find(of)
        if source is None or target is None:
            return []
        trace = self._trace(target)
        stage = stage_of(trace, source, "line")
        rule, partials = (_named(text, of) for text in (stage.rule, stage.partials))
        before = [_ONES.sub("", part) for part in stage.numbers.split(" = ")[:-1]]
        last = inline(trace.adjoint(source), LONGEST)
        return [rule, partials, self._on_numbers(trace, partials), *before, last]

    def _trace(self, output: int) -> Trace:
        """Return a run whose backward pass starts at a node."""
        if output not in self._traces:
            graph = ending_at(self.graph, output)
            seed = _ones(graph.columns.shape(output))
            self._traces[output] = record(graph, self.point, seed=seed)
        return self._traces[output]

    def _on_numbers(self, trace: Trace, formula: str) -> str:
        """Return a formula with numbers for its names; empty if it would be too long to read."""

        def number(name: re.Match[str]) -> str:
            value = self._number(trace, name[0])
            if value is None or shape_of(value):
                return name[0] if value is None else inline(value)
            return written(value).within(ATOM)

        result = _NAME.sub(number, formula)
        return "" if "…" in result or len(result) > LONGEST else result

    def _number(self, trace: Trace, name: str) -> Any:
        node = self.graph.find(name.partition("/")[2][1:] or name)
        if node is None:
            return None
        return trace.adjoint(node) if "/" in name else trace.values[node]


def _operation(line: Line, node: int) -> Line:
    return line if line.root == node else alone(line, node)


def _ones(shape: tuple[int, ...]) -> Any:
    if not shape:
        return None
    import numpy as np

    return np.ones(shape)


def _named(text: str, of: str) -> str:
    """Return a rule without the derivative of the output in itself, which is 1.

    >>> _named("dL/dL·∂L/∂e", "L"), _named("outer(adj(z), x)", "L"), _named("dL/dL", "L")
    ('∂L/∂e', 'outer(dL/dz, x)', '1')
    """
    text = _ADJOINT.sub(rf"d{of}/d\1", text).replace("*", "·")
    text = text.replace(", keepdims=1", "")
    text = text.replace(f"d{of}/d{of}·", "")
    return "1" if text == f"d{of}/d{of}" else text


def _distinct(parts: list[str]) -> list[str]:
    """Return parts without empty ones, and without one that says what the one before said."""
    found: list[str] = []
    for part in parts:
        plain = _plain(part)
        if plain and (not found or _bare(plain) != _bare(found[-1])):
            found.append(plain)
    return found


def _plain(part: str) -> str:
    """Return a part with raised dots and without brackets that say nothing.

    >>> _plain("(-2)*3"), _plain("(a - y)"), _plain("(a)*(b)"), _plain("(-2)^2")
    ('-2·3', 'a - y', '(a)·(b)', '(-2)^2')
    """
    part = _SIGNED.sub(r"\1", part.replace("*", "·").strip())
    if part.startswith("(") and part.endswith(")"):
        depth = list(accumulate((c == "(") - (c == ")") for c in part))
        part = part[1:-1] if 0 not in depth[:-1] else part
    return part


def _bare(text: str) -> str:
    return re.sub(r"[\s()]", "", text)
