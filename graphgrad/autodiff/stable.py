"""Rewrite a graph such that it computes in stable forms what would overflow or break off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from graphgrad.autodiff.stable_rules import LAST_RULES, RULES, Rule
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.copying import copy_node
from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph, Line
from graphgrad.ops.shapes import Shape

__all__ = ["Rewrite", "replaced", "rewritten", "stable"]

_MOST_SWEEPS = 20
_COMMUTE = frozenset({"add", "mul"})


class Rewrite(NamedTuple):
    """A line that became another.

    Attributes:
        line: its name.
        before: its formula as the author wrote it.
        after: its stable form.
        nodes: the nodes of the author's graph that are no longer computed for it.
    """

    line: str
    before: str
    after: str
    nodes: frozenset[int]


def stable(graph: Graph) -> Graph:
    """Return a graph in which log(softmax(z)), log(1 + exp(z)) and their like are stable ops.

    Lines keep their names; a line that nothing reads any more stays.

    Args:
        graph: the graph to rewrite.

    >>> from graphgrad.source.gg import read_gg
    >>> graph = stable(read_gg("input z = 800; y = log(1 + exp(z))", free_inputs=True))
    >>> line_formula(graph, graph.line(1))
    'softplus(z)'
    """
    return rewritten(graph)[0]


def rewritten(graph: Graph) -> tuple[Graph, list[Rewrite]]:
    """Return the graph in stable forms, and what became of which line."""
    found, touched = graph, dict[str, set[int]]()
    phases = [RULES, LAST_RULES]
    for _ in range(_MOST_SWEEPS):
        sweep = _Sweep(found, phases[0])
        if not sweep.matches:
            phases.pop(0)
            if not phases:
                break
        for node, match in sweep.matches.items():
            line = found.line(found.line_of(node)).name
            inside = touched.setdefault(line, set())
            if found is graph:
                inside |= match.nodes
        found = sweep.result()
    rewrites = [
        Rewrite(name, line_formula(graph, _named(graph, name)), after, frozenset(nodes))
        for name, nodes in touched.items()
        if (after := line_formula(found, _named(found, name)))
    ]
    return found, rewrites


def replaced(graph: Graph, rules: tuple[Rule, ...]) -> Graph:
    """Return a graph in which what rules describe is replaced, once over; the same one if nothing.

    >>> from graphgrad.source.gg import read_gg
    >>> graph = read_gg("y = exp(z)", free_inputs=True)
    >>> line_formula(replaced(graph, (Rule(("exp", "z"), ("tanh", "z")),)), graph.line(1))
    'tanh(z)'
    """
    sweep = _Sweep(graph, rules)
    return sweep.result() if sweep.matches else graph


def _named(graph: Graph, name: str) -> Line:
    return graph.line(graph.line_index[name])


class _Match(NamedTuple):
    rule: Rule
    found: dict[str, Any]
    nodes: frozenset[int]


class _Sweep:
    """Match every op once, from the output back, and build the graph with what was found."""

    def __init__(self, graph: Graph, rules: tuple[Rule, ...]) -> None:
        self.graph = graph
        self.kind = _kinds(graph)
        self.matches: dict[int, _Match] = {}
        consumed: set[int] = set()
        for node in range(len(graph) - 1, -1, -1):
            if node in consumed or graph.is_leaf(node):
                continue
            for rule in rules:
                found: dict[str, Any] = {}
                inside: set[int] = set()
                if self._matches(rule.pattern, node, found, inside) and self._allowed(rule, found):
                    self.matches[node] = _Match(rule, found, frozenset(inside))
                    consumed |= inside
                    break

    def _allowed(self, rule: Rule, found: Mapping[str, Any]) -> bool:
        def shape(name: str) -> Shape:
            return self.graph.columns.shape(found[name])

        return rule.when(found, shape)

    # ---- finding ----

    def _matches(self, pattern: Any, node: int, found: dict[str, Any], inside: set[int]) -> bool:
        """Tell whether a node is what a pattern describes; binds names and collects nodes."""
        columns = self.graph.columns
        if isinstance(pattern, str):
            known = found.setdefault(pattern, node)
            return bool(self.kind[known] == self.kind[node])
        if not isinstance(pattern, tuple):
            constant = self.graph.is_constant(node) and not columns.shape(node)
            return constant and self.graph.defaults[node] == pattern
        op, *rest = pattern
        settings = rest.pop() if _is_settings(rest[-1]) else None
        parents = list(columns.parents_of(node))
        if columns.row(node).name != op or len(parents) != len(rest):
            return False
        if not self._settings_fit(settings, columns.settings_of(node), found):
            return False
        inside.add(node)
        orders = [parents, parents[::-1]] if op in _COMMUTE else [parents]
        for order in orders:
            tried, within = dict(found), set(inside)
            pairs = zip(rest, order, strict=True)
            if all(self._matches(part, parent, tried, within) for part, parent in pairs):
                found.update(tried)
                inside |= within
                return True
        return False

    def _settings_fit(self, wanted: Any, have: Mapping[str, Any], found: dict[str, Any]) -> bool:
        if isinstance(wanted, str):
            found[wanted] = have
        return not isinstance(wanted, dict) or all(have[name] == v for name, v in wanted.items())

    # ---- building ----

    def result(self) -> Graph:
        """Return the graph with every match replaced."""
        graph = self.graph
        builder = GraphBuilder()
        numbers: dict[int, int] = {}
        needed = self._needed()
        for line in graph.lines():
            start = len(builder.columns)
            for node in line.nodes:
                if needed[node]:
                    self._copy(node, line, builder, numbers)
            root = numbers[line.root]
            if root < start or root != len(builder.columns) - 1:
                numbers[line.root] = builder.apply("identity", (root,))
            builder.end_line(line.name, label=line.label, group=line.group)
        output = numbers[graph.output]
        return builder.freeze(output, loss=graph.has_loss, heading=graph.heading)

    def _needed(self) -> bytearray:
        """Mark what a line's value is computed from once every match is replaced."""
        graph = self.graph
        marks = bytearray(len(graph))
        for end in graph.line_ends:
            marks[end - 1] = 1
        for node in range(len(graph) - 1, -1, -1):
            if marks[node]:
                for read in self._reads(node):
                    marks[read] = 1
        return marks

    def _reads(self, node: int) -> list[int]:
        match = self.matches.get(node)
        if match is None:
            return list(self.graph.columns.parents_of(node))
        return [match.found[name] for name in _variables(match.rule.stable)]

    def _copy(self, node: int, line: Line, builder: GraphBuilder, numbers: dict[int, int]) -> None:
        match = self.matches.get(node)
        if match is None:
            copy_node(self.graph, builder, node, numbers)
            return
        here = numbers
        for read in self._reads(node):
            if read < line.nodes.start and read + 1 not in self.graph.line_ends:
                here = numbers | self._cloned(read, builder, numbers)
        numbers[node] = self._built(match.rule.stable, match.found, builder, here)

    def _cloned(self, node: int, builder: GraphBuilder, numbers: dict[int, int]) -> dict[int, int]:
        """Compute an inner node of another line again: only whole lines are read by others."""
        graph = self.graph
        start = graph.line(graph.line_of(node)).nodes.start
        marks = {node}
        for at in range(node, start - 1, -1):
            if at in marks:
                marks |= {read for read in graph.columns.parents_of(at) if read >= start}
        cloned = dict(numbers)
        for at in sorted(marks):
            copy_node(graph, builder, at, cloned)
        return {at: cloned[at] for at in marks}

    def _built(
        self, form: Any, found: dict[str, Any], builder: GraphBuilder, numbers: dict[int, int]
    ) -> int:
        """Append the ops of a stable form and return the last."""
        if isinstance(form, str):
            return numbers[found[form]]
        op, *rest = form
        settings: Mapping[str, Any] = {}
        if _is_settings(rest[-1]):
            last = rest.pop()
            settings = last(found) if callable(last) else found[last]
        parents = [self._built(part, found, builder, numbers) for part in rest]
        return builder.apply(op, parents, **settings)


def _is_settings(part: Any) -> bool:
    return isinstance(part, dict) or callable(part) or (isinstance(part, str) and part[0] == "$")


def _variables(form: Any) -> list[str]:
    """Return the names of the nodes that a form reads."""
    if isinstance(form, str):
        return [form]
    return [name for part in form[1:] if not _is_settings(part) for name in _variables(part)]


def _kinds(graph: Graph) -> list[int]:
    """Return a number per node, equal where the same is computed from the same."""
    columns = graph.columns
    known: dict[Any, int] = {}
    kinds: list[int] = []
    for node in range(len(graph)):
        key: Any = node
        if not graph.is_leaf(node):
            parents = tuple(kinds[parent] for parent in columns.parents_of(node))
            key = (columns.codes[node], parents, tuple(columns.settings_of(node).items()))
        elif graph.is_constant(node) and not columns.shape(node):
            key = ("const", graph.defaults[node])
        kinds.append(known.setdefault(key, len(known)))
    return kinds
