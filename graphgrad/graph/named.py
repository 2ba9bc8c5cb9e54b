"""Hold results by name, such that a name that is not there is told with those that are.

Adjoints have names of their own, by which they can be lines of a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from typing import Any

from graphgrad.errors import GraphgradError, UnknownNameError

__all__ = ["Named", "Unknown", "adjoints_of", "free_name"]

_SUBSCRIPT = re.compile(r"\[([^\[\]]*)\]")


class Named(dict[Any, Any]):
    """A dictionary whose missing keys are answered with the names it has.

    >>> Named(w=1.0)["w"]
    1.0
    """

    def __missing__(self, key: Any) -> Any:
        pairs = any(isinstance(known, tuple) for known in self)
        names = list(dict.fromkeys(name for known in self for name in known)) if pairs else [*self]
        parts = key if isinstance(key, tuple) else (key,)
        if pairs and not isinstance(key, tuple) and key in names:
            raise UnknownNameError("leaf.pair", name=key, known=", ".join(map(str, names)))
        wrong = [part for part in parts if part not in names] or parts
        known = ", ".join(map(str, names))
        raise UnknownNameError("leaf.unknown", name=", ".join(map(str, wrong)), known=known)


class Unknown(Named):
    """An empty dictionary of results that were not computed: who asks for one is told why.

    Args:
        why: makes the error.
    """

    def __init__(self, why: Callable[[], GraphgradError]) -> None:
        super().__init__()
        self.why = why

    def __missing__(self, key: Any) -> Any:
        raise self.why()


def adjoints_of(names: Iterable[str], output: str) -> dict[str, str]:
    """Map the names of lines to those of their adjoints: no two alike, none that of a line.

    Dots become underscores and subscripts go to the end, as a file can have them.

    >>> adjoints_of(["w", "h[2].z", "a_W", "a.W", "dL_dw"], "L")["h[2].z"]
    'dL_dh_z[2]'
    >>> adjoints_of(["w", "a.W", "a_W", "dL_dw"], "L")
    {'w': 'dL_dw_', 'a_W': 'dL_da_W', 'dL_dw': 'dL_ddL_dw', 'a.W': 'dL_da_W_'}
    """
    lines, found = dict.fromkeys(names), dict[str, str]()
    taken = set(lines)
    for name in sorted(lines, key=lambda name: "." in name):  # a plain name keeps its own
        found[name] = free_name(f"d{output}_d{name}", taken)
        taken.add(found[name])
    return found


def free_name(name: str, taken: Container[str]) -> str:
    """Return a name as a file can have it, by which nothing is called yet."""
    stem, subscripts = name, ""
    if "." in name or "[" in name:
        parts = ",".join(_SUBSCRIPT.findall(name))
        stem = _SUBSCRIPT.sub("", name).replace(".", "_")
        subscripts = f"[{parts}]" if parts else ""
    while stem + subscripts in taken:
        stem += "_"
    return stem + subscripts
