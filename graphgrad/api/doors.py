"""Check what the verbs of `gg` are called with: one table of kinds, by verb and argument.

A verb of a lower floor gets the objects it works on, or the caller is told in words what is wrong;
where a verb takes a graph or a pass, a handle will do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from inspect import signature
from math import isfinite
from numbers import Real
from operator import index
from typing import Any

from graphgrad.api.handle import Handle
from graphgrad.api.verbs import is_number, node_of
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.layers.doors.binding import bound as in_words
from graphgrad.messages.catalogue import LANGUAGES, Worded, quoted
from graphgrad.trace.trace import Trace

__all__ = ["KINDS", "guarded"]

_POINT = {"graph": "graph", "point": "mapping"}

KINDS: dict[str, dict[str, str]] = {
    "assert_answer": {
        "exercise": "exercise",
        "step": "text",
        "earlier": "mapping",
        "draw": "whole",
    },
    "check": _POINT | {"answers_text": "text", "asked": "names", "digits": "whole"},
    "compile": {"source": "compilable", "wrt": "names"},
    "equivalent": {"a": "text", "b": "text", "names": "names", "assume": "names"},
    "explain": _POINT | {"graph": "derivable", "name": "text", "detail": "detail"},
    "from_onnx": {"path": "path"},
    "from_pt2": {"path": "path"},
    "from_sympy": {"values": "values", "name": "text"},
    "gradcheck": _POINT | {"tolerance": "positive"},
    "gradient_graph": {"graph": "graph", "wrt": "text"},
    "graph": {"handle": "handle", "names": "mapping"},
    "hessian": _POINT | {"wrt": "names", "gradients": "graph"},
    "hessian_vector_product": _POINT | {"direction": "mapping"},
    "inspect": _POINT | {"lens": "text", "row": "whole"},
    "jacobian": _POINT | {"wrt": "names"},
    "jvp": _POINT | {"tangents": "mapping"},
    "lint": {"graph": "graph"},
    "load": {"path": "path", "row": "whole", "state": "path"},
    "load_safetensors": {"path": "path"},
    "load_trace": {"path": "path"},
    "mark": {
        "exercise": "exercise",
        "answers": "answers",
        "draw": "whole",
        "values": "mapping",
        "asked": "names",
        "student": "text",
    },
    "merge_common": {"graph": "graph"},
    "parse": {"text": "text"},
    "render": {
        "source": "figure",
        "path": "path",
        "options": "figure_options",
        "engine": "text",
        "step": "whole",
        "theme": "text",
        "scale": "positive",
        "seconds": "positive",
        "once": "flag",
        "format": "text",
    },
    "save_trace": {"trace": "pass", "path": "path"},
    "same": {"first": "graph", "second": "graph"},
    "scalar_graph": _POINT,
    "to_gg": {"graph": "graph"},
    "set_language": {"code": "language"},
    "stable": {"graph": "graph"},
    "stepper": {
        "source": "steppable",
        "step": "whole",
        "language": "language",
        "row": "whole",
        "names": "mapping",
    },
    "to_graphviz": {"source": "figure", "options": "figure_options"},
    "to_networkx": {"graph": "graph", "detail": "text"},
    "trace": {"source": "graph", "point": "mapping"},
    "train": {"source": "graph_itself", "recipe": "text", "point": "mapping"},
}
"""Verb to argument to kind: a key of ``_CHECKS``; what is not listed is checked by the verb."""


def guarded(name: str, verb: Callable[..., Any]) -> Callable[..., Any]:
    """Return a verb that checks its arguments first.

    Raises:
        UsageError: when it is called, if an argument is of another kind than it takes.
    """
    kinds = KINDS.get(name)
    if kinds is None:
        return verb if isinstance(verb, type) else _told(name, verb)
    called = signature(verb)

    @wraps(verb)
    def call(*args: Any, **options: Any) -> Any:
        try:
            bound = called.bind(*args, **options)
        except TypeError:
            in_words(f"gg.{name}", called, args, options)  # says what does not fit
            raise
        for argument, value in bound.arguments.items():
            kind = kinds.get(argument)
            if kind is None or (value is None and called.parameters[argument].default is None):
                continue
            taken = _CHECKS[kind](_taken(kind, value))
            if taken is _REFUSED:
                raise _refused(name, argument, kind, value)
            bound.arguments[argument] = taken
        return verb(*bound.args, **bound.kwargs)

    return call


def _taken(kind: str, value: Any) -> Any:
    """Return a number of micrograd's words as the graph with its labels, where a graph will do."""
    if not is_number(value) or kind in _NUMBERS:
        return value
    return node_of(value) if kind == "graph_itself" else value.graph()


def _told(name: str, verb: Callable[..., Any]) -> Callable[..., Any]:
    """Return a verb that says in words which argument is missing or unknown."""

    @wraps(verb)
    def call(*args: Any, **options: Any) -> Any:
        try:
            return verb(*args, **options)
        except TypeError:
            in_words(f"gg.{name}", signature(verb), args, options)
            raise

    return call


def _refused(verb: str, argument: str, kind: str, value: Any) -> UsageError:
    shown = quoted(value)
    return UsageError(
        "door.argument",
        verb=f"gg.{verb}",
        argument=argument,
        got=shown if len(shown) <= 80 else f"{shown[:80]}...",
        kind=type(value).__name__,
        expected=Worded("door.of_network" if _is_network(value) else f"door.{kind}"),
    )


def _is_network(value: Any) -> bool:
    """Tell whether something is a network itself, not what it computes."""
    return callable(value) and callable(getattr(value, "forward", None))


_REFUSED = object()
_NUMBERS = ("handle", "steppable")
"""What names a number of micrograd's words takes is said there by the caller."""


def _graph(value: Any) -> Any:
    if isinstance(value, Handle):
        return value.graph()
    return value if isinstance(value, Graph) else _REFUSED


def _figure(value: Any) -> Any:
    """Take a pass or a graph; a handle is run, for a figure shows its numbers."""
    if isinstance(value, Handle):
        return value.trace()
    return value if isinstance(value, Graph | Trace) else _REFUSED


def _steppable(value: Any) -> Any:
    """Take what has a graph, a text or a path, or the state of a stepper, which has its text."""
    kept = isinstance(value, Mapping) and isinstance(value.get("text"), str)
    known = isinstance(value, Handle | Graph | Trace | str | os.PathLike)
    return value if kept or known or is_number(value) else _REFUSED


def _compilable(value: Any) -> Any:
    """Take a graph, a handle, or a function of handles."""
    function = callable(value) and not isinstance(value, type)
    return value if function or isinstance(value, Graph | Handle) else _REFUSED


def _pass(value: Any) -> Any:
    if isinstance(value, Handle):
        return value.trace()
    return value if isinstance(value, Trace) else _REFUSED


def _exercise(value: Any) -> Any:
    if isinstance(value, Handle):
        return value.graph()
    return value if isinstance(value, Graph | str | os.PathLike) else _REFUSED


def _answers(value: Any) -> Any:
    return value if isinstance(value, str) else _mapping(value)


def _instance(*kinds: type) -> Callable[[Any], Any]:
    return lambda value: value if isinstance(value, kinds) else _REFUSED


def _mapping(value: Any) -> Any:
    """Take a mapping whose keys are names."""
    named = isinstance(value, Mapping) and all(isinstance(key, str) for key in value)
    return value if named else _REFUSED


def _values(value: Any) -> Any:
    """Take a mapping by name or by symbol."""
    return value if isinstance(value, Mapping) else _REFUSED


def _names(value: Any) -> Any:
    """Take several texts; one alone is one, not its letters."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Handle) or not isinstance(value, Iterable):
        return _REFUSED
    found = tuple(value)
    return found if all(isinstance(name, str) for name in found) else _REFUSED


def _whole(value: Any) -> Any:
    if isinstance(value, bool | Handle):
        return _REFUSED
    try:
        return index(value)
    except TypeError:
        return _REFUSED


def _positive(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, Real):
        return _REFUSED
    try:
        number = float(value)
    except OverflowError:  # a whole number beyond floats
        return _REFUSED
    return number if isfinite(number) and number > 0 else _REFUSED


def _options(value: Any) -> Any:
    from graphgrad.api.figure_choices import checked
    from graphgrad.views.figure.content.scene_options import FigureOptions, SceneOptions

    if isinstance(value, SceneOptions):
        return checked(value)
    return checked(value) if isinstance(value, FigureOptions) else _REFUSED


_text = _instance(str)

_CHECKS: dict[str, Callable[[Any], Any]] = {
    "compilable": _compilable,
    "derivable": _instance(Graph, Handle, Trace),
    "detail": lambda value: value if _text(value) in ("line", "op") else _REFUSED,
    "answers": _answers,
    "exercise": _exercise,
    "figure": _figure,
    "figure_options": _options,
    "graph": _graph,
    "graph_itself": _instance(Graph, Handle),
    "flag": _instance(bool),
    "handle": lambda value: value if is_number(value) else _instance(Handle)(value),
    "language": lambda value: value if _text(value) in LANGUAGES else _REFUSED,
    "mapping": _mapping,
    "names": _names,
    "pass": _pass,
    "path": _instance(str, os.PathLike),
    "positive": _positive,
    "steppable": _steppable,
    "text": _text,
    "values": _values,
    "whole": _whole,
}
