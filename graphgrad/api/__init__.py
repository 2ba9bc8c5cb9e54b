"""Offer graphgrad in Python: handles, verbs on graphs, and registration of ops.

Names are imported when first used, so that ``import graphgrad`` stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from graphgrad.graph import display

__all__ = ["PUBLIC", "find_public"]

PUBLIC: dict[str, str] = {
    "Condition": "graphgrad.ops.row",
    "FigureOptions": "graphgrad.views.figure.options",
    "FileError": "graphgrad.errors",
    "Graph": "graphgrad.graph.graph",
    "GraphgradError": "graphgrad.errors",
    "Handle": "graphgrad.api.handle",
    "LimitError": "graphgrad.errors",
    "NonFiniteError": "graphgrad.errors",
    "RowError": "graphgrad.errors",
    "ShapeError": "graphgrad.errors",
    "SourceError": "graphgrad.errors",
    "Trace": "graphgrad.trace.trace",
    "UsageError": "graphgrad.errors",
    "from_sympy": "graphgrad.source.from_sympy",
    "gradcheck": "graphgrad.testing.gradcheck",
    "gradient_graph": "graphgrad.autodiff.gradient_graph",
    "graph": "graphgrad.api.verbs",
    "hessian": "graphgrad.autodiff.hessian",
    "hessian_vector_product": "graphgrad.autodiff.hessian",
    "input": "graphgrad.api.leaf",
    "jacobian": "graphgrad.autodiff.jacobian",
    "jvp": "graphgrad.autodiff.jvp",
    "load": "graphgrad.source.gg",
    "load_trace": "graphgrad.api.verbs",
    "merge_common": "graphgrad.graph.copying",
    "param": "graphgrad.api.leaf",
    "parse": "graphgrad.api.verbs",
    "register": "graphgrad.api.register",
    "render": "graphgrad.views.figure.write",
    "save_trace": "graphgrad.api.verbs",
    "set_language": "graphgrad.messages",
    "to_graphviz": "graphgrad.views.figure.dot_source",
    "to_networkx": "graphgrad.graph.nx",
    "trace": "graphgrad.api.verbs",
}
"""Public name to the module that defines it."""


def _show(shown: Any) -> Any:
    from graphgrad.api.notebook import bundle

    return bundle(shown)


display.show_with(_show)


def find_public(name: str) -> Any:
    """Return a public name, or the function of an op.

    Raises:
        AttributeError: if there is none.
    """
    module = PUBLIC.get(name)
    if module is not None:
        return getattr(import_module(module), name)
    from graphgrad.api.functions import function_of

    function = None if name.startswith("_") else function_of(name)
    if function is None:
        message = f"module 'graphgrad' has no attribute {name!r}"
        raise AttributeError(message)
    return function
