"""List every public name of `gg` and where it is made; names that are not here are ops.

A name is imported when it is first used, so that ``import graphgrad`` stays cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from importlib import import_module
from typing import Any

from graphgrad.graph import display
from graphgrad.messages.catalogue import near, text

__all__ = ["PUBLIC", "find_public"]

PUBLIC: dict[str, str] = {
    "assert_answer": "graphgrad.exercises.reports.autograder",
    "check": "graphgrad.exercises.marking.marker",
    "Condition": "graphgrad.ops.row",
    "FigureOptions": "graphgrad.views.figure.content.scene_options",
    "FileError": "graphgrad.errors",
    "Graph": "graphgrad.graph.graph",
    "GraphgradError": "graphgrad.errors",
    "Handle": "graphgrad.api.handle",
    "LimitError": "graphgrad.errors",
    "InPlaceError": "graphgrad.errors",
    "NoGradientError": "graphgrad.errors",
    "NonFiniteError": "graphgrad.errors",
    "RowError": "graphgrad.errors",
    "SceneOptions": "graphgrad.views.figure.content.scene_options",
    "ShapeError": "graphgrad.errors",
    "SourceError": "graphgrad.errors",
    "Trace": "graphgrad.trace.trace",
    "UsageError": "graphgrad.errors",
    "Value": "graphgrad.api.leaf",
    "compile": "graphgrad.api.compiling",
    "equivalent": "graphgrad.exercises.reading.equivalence",
    "explain": "graphgrad.api.lenses",
    "export": "graphgrad.api.exporting",
    "from_jax": "graphgrad.source.imports.jaxpr.function",
    "from_keras": "graphgrad.source.imports.jaxpr.keras_model",
    "from_onnx": "graphgrad.source.imports.model_files",
    "from_pt2": "graphgrad.source.imports.model_files",
    "from_sympy": "graphgrad.source.from_sympy",
    "from_torch": "graphgrad.source.imports.torch_module",
    "gradcheck": "graphgrad.testing.gradcheck",
    "gradient_graph": "graphgrad.autodiff.gradient_graph",
    "graph": "graphgrad.api.verbs",
    "hessian": "graphgrad.compile.second_order",
    "hessian_vector_product": "graphgrad.compile.second_order",
    "input": "graphgrad.api.leaf",
    "inspect": "graphgrad.api.lenses",
    "jacobian": "graphgrad.autodiff.jacobian",
    "jvp": "graphgrad.autodiff.jvp",
    "lint": "graphgrad.api.lenses",
    "load": "graphgrad.source.gg",
    "load_safetensors": "graphgrad.source.imports.model_files",
    "load_trace": "graphgrad.api.verbs",
    "mark": "graphgrad.exercises.reports.autograder",
    "merge_common": "graphgrad.graph.copying",
    "param": "graphgrad.api.leaf",
    "parse": "graphgrad.api.verbs",
    "register": "graphgrad.api.functions",
    "render": "graphgrad.api.verbs",
    "scalar_graph": "graphgrad.graph.zooms.scalar",
    "same": "graphgrad.graph.zooms.renaming",
    "save_trace": "graphgrad.api.verbs",
    "set_language": "graphgrad.messages.catalogue",
    "stable": "graphgrad.autodiff.stable",
    "stepper": "graphgrad.api.notebook.stepping",
    "to_graphviz": "graphgrad.views.figure.dot.dot_source",
    "to_networkx": "graphgrad.graph.nx",
    "to_gg": "graphgrad.source.writing.graph_text",
    "trace": "graphgrad.api.verbs",
    "train": "graphgrad.api.training",
}
"""Public name to the module that defines it."""

MODULES: dict[str, str] = {"nn": "graphgrad.nn", "optim": "graphgrad.optim"}
"""Public name to the module that it is."""


def _show(shown: Any) -> Any:
    from graphgrad.api.notebook.figure import bundle

    return bundle(shown)


display.show_with(_show)


def _tell(result: Any) -> str:
    """Return the lines of a check: of gradients, of answers, of two formulas."""
    from graphgrad.testing.gradcheck import GradientCheck

    if isinstance(result, GradientCheck):
        from graphgrad.views.tables.check_table import check_table

        if result.graph is None:
            return repr(result)
        return "\n".join(check_table(result.graph, result, result.tolerance))
    from graphgrad.exercises.deciding.verdict import Verdict
    from graphgrad.exercises.reports.report_lines import report_text, verdict_text

    return "\n".join((verdict_text if isinstance(result, Verdict) else report_text)(result))


display.tell_with(_tell)


def _compile(graph: Any, wrt: Any, *, native: bool) -> Any:
    from graphgrad.compile.plan import Plan

    return Plan(graph, wrt, native=native)


display.compile_with(_compile)


def _also_stepping(op: Callable[..., Any]) -> Callable[..., Any]:
    """Return the step function of nodes and numbers, which steps through what is none of them."""
    import os

    from graphgrad.api.verbs import is_number
    from graphgrad.graph.graph import Graph
    from graphgrad.trace.trace import Trace

    @wraps(op)
    def step(*given: Any, **options: Any) -> Any:
        source = given[0] if given else options.get("source")
        if is_number(source) or isinstance(source, Graph | Trace | str | os.PathLike | Mapping):
            return find_public("stepper")(*given, **options)
        return op(*given, **options)

    return step


_HOOKS = {"load_ipython_extension": "graphgrad.api.notebook.magic"}
"""Name that another program looks for to the module that defines it."""


def find_public(name: str) -> Any:
    """Return a public name, or the function of an op.

    Raises:
        AttributeError: if there is none.
    """
    if name in MODULES:
        return import_module(MODULES[name])
    if name in _HOOKS:
        return getattr(import_module(_HOOKS[name]), name)
    module = PUBLIC.get(name)
    if module is not None:
        from graphgrad.api.doors import guarded

        return guarded(name, getattr(import_module(module), name))
    from graphgrad.api.functions import function_of

    function = None if name.startswith("_") else function_of(name)
    if name == "step" and function is not None:
        return _also_stepping(function)
    if function is None:
        message = f"module 'graphgrad' has no attribute {name!r}"
        if not name.startswith("_"):  # those are what Python and notebooks look for
            from graphgrad.ops.registry import function_names

            hint = near(name, [*PUBLIC, *MODULES, *function_names()])
            own = any(public.casefold() == name.casefold() for public in PUBLIC)
            told = ("" if own else _of_layer(name)) or text(hint.message_id, **hint.fields)
            message += f".{told}" if told else ""
        raise AttributeError(message)
    return function


_DOORS = (("nn",), ("nn", "functional"), ("optim",), ("torchlike",))


def _is_in(door: tuple[str, ...], name: str) -> bool:
    """Tell whether a door has a name; ``gg.nn.functional`` is an attribute of its own door."""
    found: Any = import_module(f"graphgrad.{door[0]}")
    for inner in door[1:]:
        found = getattr(found, inner)
    return hasattr(found, name)


def _of_layer(name: str) -> str:
    """Say where in Python a layer or a loss is, of the files or of PyTorch; nothing of others."""
    from graphgrad.layers.registry import DOORS, FUNCTION_DOORS, find_layer

    row = find_layer(name)
    if row is None:
        return _of_doors(name)
    found = [f"gg.nn.{theirs}" for theirs, (own, _) in DOORS.items() if own is row]
    found += [f"gg.nn.functional.{word}" for word, (own, _) in FUNCTION_DOORS.items() if own is row]
    if not found:
        return _of_class(name) or text("handle.of_files", name=name)
    return text("handle.of_layer", name=name, found=", ".join(found))


def _of_doors(name: str) -> str:
    """Say where a name of PyTorch is, an optimizer of the files, or a word of theirs."""
    from graphgrad.layers.initialisers import find_initialiser
    from graphgrad.layers.training.choices import TABLES
    from graphgrad.source.statements import KEYWORDS

    found = [".".join(("gg", *door, name)) for door in _DOORS if _is_in(door, name)]
    if found:
        return text("handle.of_door", name=name, found=", ".join(found))
    chosen = any(name in table for table in TABLES.values())
    is_word = chosen or name in KEYWORDS or find_initialiser(name) is not None
    return _of_class(name) or (text("handle.of_files", name=name) if is_word else "")


def _of_class(name: str) -> str:
    """Say which class of PyTorch has a name but for capitals and underscores: layernorm."""
    plain = name.replace("_", "").casefold()
    doors = {door: dir(import_module(f"graphgrad.{door}")) for door in ("nn", "optim")}
    found = [
        f"gg.{door}.{one}" for door, names in doors.items() for one in names
        if one.casefold() == plain and one[0].isupper()
    ]  # fmt: skip
    return text("handle.of_door", name=name, found=", ".join(found)) if found else ""
