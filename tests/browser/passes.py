"""Print the numbers of every sample's pass; run by a page's Python, and by ours to compare.

Given before it runs: ``samples``, a JSON text of them, and ``answer`` of a page.
"""

import json
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.source.gg import read_gg


def numbers(value: Any) -> Any:
    return [float(entry) for entry in value.ravel()] if hasattr(value, "ravel") else float(value)


def found_in(text: str) -> dict[str, Any]:
    trace = record(read_gg(text))
    graph = trace.graph
    adjoints = trace.adjoints or {}
    return {
        graph.name(node): [
            numbers(trace.values[node]),
            numbers(trace.adjoint(node)) if adjoints and graph.variable[node] else None,
        ]
        for node in range(len(graph))
    }


def every(samples: str, answer: Any) -> dict[str, Any]:
    """Return the numbers of each sample; where NumPy is missing, what the page says."""
    told: dict[str, Any] = {}
    for sample in json.loads(samples):
        try:
            told[sample["name"]] = found_in(sample["text"])
        except ModuleNotFoundError:
            asked = {"do": "open", "text": sample["text"], "language": "en"}
            told[sample["name"]] = json.loads(answer(json.dumps(asked)))["mistake"]["id"]
    return told


if "answer" in globals():
    print(json.dumps(every(globals()["samples"], globals()["answer"])))  # noqa: T201
