"""Read graphs from files, texts and sympy expressions."""

from graphgrad.source.gg import load, read_gg

__all__ = ["load", "read_gg"]
