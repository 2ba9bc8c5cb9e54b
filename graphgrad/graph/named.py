"""Hold results by name, such that a name that is not there is told with those that are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.errors import GraphgradError, UnknownNameError

__all__ = ["Named", "Unknown"]


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
