"""Write a derivation as one JSON object."""

from __future__ import annotations

from typing import Any

from graphgrad.symbolic.explain import Derivation, Term
from graphgrad.symbolic.paths import Factor, Path
from graphgrad.trace.trace import Trace
from graphgrad.views.derivation_paths import exact_count
from graphgrad.views.run_json import exact_data, json_object, plain_data

__all__ = ["derivation_json"]

FORMAT = "graphgrad-explain/1"


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
