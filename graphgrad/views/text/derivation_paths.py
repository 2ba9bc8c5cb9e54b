"""Show a gradient as the sum over all paths to the output, as text and as one JSON object."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from graphgrad.messages.catalogue import text
from graphgrad.ops.row import PRODUCT, SUM
from graphgrad.symbolic.derive.chain_rule import Derivation, Term
from graphgrad.symbolic.derive.paths import Factor, Path
from graphgrad.trace.trace import Trace
from graphgrad.views.text.entries import LOWERED
from graphgrad.views.text.narrate import adjoint_name
from graphgrad.views.text.numbers import inline, shape_of
from graphgrad.views.text.run_json import exact_data, json_object, plain_data
from graphgrad.views.text.substitution import sum_text, written

__all__ = ["derivation_json", "exact_count", "path_lines", "shown_count"]


MOST_FACTORS = 14
LONGEST_COUNT = 60
_LONGEST = 72
FORMAT = "graphgrad-explain/1"


def path_lines(trace: Trace, source: int, found: Derivation, width: int) -> Iterator[str]:
    """Yield how many paths there are, each with its product, and their sum."""
    graph = trace.graph
    names = {"source": graph.name(source), "output": graph.name(graph.output)}
    own = adjoint_name(graph, source)
    one = "explain.one_path" if found.path_count == 1 else "explain.paths"
    yield from _wrapped(text(one, count=shown_count(found.path_count), **names), "", width)
    if not found.paths:
        if found.path_count and source != trace.graph.output:
            yield "  " + text("explain.not_listed")
        return
    if len(found.paths) < found.path_count:
        yield "  " + text("explain.some_paths", count=len(found.paths))
    digits = len(str(len(found.paths)))
    several = _several(found.paths)
    for number, path in enumerate(found.paths, 1):
        head = f"  {number:>{digits}}. "
        yield from _wrapped(" → ".join(_elided(path.nodes, "…")), head, width)
        yield from _wrapped(_product(trace, path, several), " " * len(head), width)
    value = inline(found.paths_sum, _LONGEST)
    total = sum_text([path.contribution for path in found.paths], value)
    if len(found.paths) < found.path_count:
        yield from _wrapped(text("explain.some_sum", total=total), "  ", width)
        yield from _wrapped(f"{own} = {inline(found.value, _LONGEST)}", "  ", width)
        return
    yield from _wrapped(f"{own} = {total}", "  " + text("explain.sum") + " ", width)


def exact_count(count: int) -> str:
    """Return a count in all its digits, however many there are."""
    return f"{Decimal(count):f}" if count >= 10**1000 else str(count)


def shown_count(count: int) -> str:
    """Return a count in all its digits, or the first and last ones of a long one."""
    digits = exact_count(count)
    if len(digits) <= LONGEST_COUNT:
        return digits
    return text("explain.digits", first=digits[:6], last=digits[-6:], count=len(digits))


def _product(trace: Trace, path: Path, several: set[tuple[int, int]]) -> str:
    """Return a path's product, in names and in numbers."""
    symbols = "·".join(_elided([_name(trace, f, several) for f in path.factors], "…"))
    result = inline(path.contribution, _LONGEST)
    if not path.factors:
        return f"= {result}"
    factors = [trace.seed, *(factor.value for factor in path.factors)]
    if any(value is None or shape_of(value) for value in factors):
        return f"{symbols}: {result}"
    seed, *values = factors
    if seed != 1:
        symbols = f"{inline(seed)}·{symbols}"
        values = factors
    numbers = "·".join(_elided(_numbers(values), "…"))
    return f"{symbols} = {numbers}" + (f" = {result}" if numbers != result else "")


def _numbers(values: Sequence[Any]) -> list[str]:
    pieces = [written(value) for value in values]
    return [p.within(PRODUCT if i else SUM) for i, p in enumerate(pieces)]


def _name(trace: Trace, factor: Factor, several: set[tuple[int, int]]) -> str:
    """Return the name of a partial; numbered by slot where paths differ only in that."""
    graph = trace.graph
    edge = factor.edge
    slot = str(edge.slot + 1).translate(LOWERED) if edge[:2] in several else ""
    return f"∂{slot}{graph.name(edge.target)}/∂{graph.name(edge.source)}"


def _several(paths: Sequence[Path]) -> set[tuple[int, int]]:
    """Return the pairs of nodes that several edges join."""
    slots: dict[tuple[int, int], set[int]] = {}
    for path in paths:
        for factor in path.factors:
            pair = (factor.edge.source, factor.edge.target)
            slots.setdefault(pair, set()).add(factor.edge.slot)
    return {pair for pair, found in slots.items() if len(found) > 1}


def _elided(parts: Sequence[str], mark: str) -> list[str]:
    if len(parts) <= MOST_FACTORS:
        return list(parts)
    half = MOST_FACTORS // 2
    return [*parts[:half], mark, *parts[-half:]]


def _wrapped(body: str, head: str, width: int) -> list[str]:
    return textwrap.wrap(
        body,
        width,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_on_hyphens=False,
        break_long_words=False,
    )


def derivation_json(trace: Trace, name: str, found: Derivation) -> str:
    """Return the object; a path's count is text where it is beyond what JSON readers hold."""
    graph = trace.graph
    data: dict[str, Any] = {
        "format": FORMAT,
        "output": graph.name(graph.output),
        "wrt": name,
        "name": found.name,
        "latex": found.latex_name,
        "gradient": plain_data(found.value),
        "rule": found.rule,
        "rule_latex": found.rule_latex,
        "symbolic": found.text,
        "symbolic_latex": found.latex,
        "terms": [_term(trace, term) for term in found.terms],
        "path_count": found.path_count
        if found.path_count < 2**53
        else exact_count(found.path_count),
        "paths": [_path(trace, path) for path in found.paths],
        "paths_sum": plain_data(found.paths_sum),
        "detail": found.detail,
    }
    if trace.exact:
        data["exact"] = exact_data(found.value)
    return json_object(data)


def _term(trace: Trace, term: Term) -> dict[str, Any]:
    return {
        "line": trace.graph.name(term.factor.edge.target),
        "adjoint": plain_data(term.adjoint),
        "partial": _factor(trace, term.factor),
        "symbolic": term.text,
        "latex": term.latex,
        "contribution": plain_data(term.contribution),
    }


def _path(trace: Trace, path: Path) -> dict[str, Any]:
    return {
        "nodes": list(path.nodes),
        "factors": [_factor(trace, factor) for factor in path.factors],
        "contribution": plain_data(path.contribution),
    }


def _factor(trace: Trace, factor: Factor) -> dict[str, Any]:
    graph = trace.graph
    return {
        "of": graph.name(factor.edge.target),
        "wrt": graph.name(factor.edge.source),
        "slot": factor.edge.slot,
        "symbolic": factor.partial.text,
        "latex": factor.partial.latex,
        "value": plain_data(factor.value),
    }
