"""Write the page of Python's public names, from their docstrings, by Sphinx's autodoc."""

from __future__ import annotations

import inspect
from importlib import import_module

from docs.site.contents import Pair
from graphgrad.api.public import PUBLIC

__all__ = ["interface"]

TITLE = Pair("Interfaz de Python", "Python interface")
ABOUT = Pair(
    "Todos los nombres públicos de `graphgrad`, con sus docstrings (en inglés). Con palabras y "
    "ejemplos: [Python](python_es.md).",
    "All public names of `graphgrad`, from their docstrings. In words and examples: "
    "[Python](python.md).",
)


def interface(lang: str) -> str:
    """Return the page in a language."""
    parts = [
        f"# {TITLE.of(lang)}\n\n{ABOUT.of(lang)}\n\n```{{eval-rst}}\n.. currentmodule:: graphgrad\n"
    ]
    for name in sorted(PUBLIC, key=str.lower):
        found = getattr(import_module(PUBLIC[name]), name)
        kind = "autoclass" if inspect.isclass(found) else "autofunction"
        members = "   :members:\n" if kind == "autoclass" else ""
        parts.append(f"\n.. {kind}:: graphgrad.{name}\n{members}")
    return "".join([*parts, "```\n"])
