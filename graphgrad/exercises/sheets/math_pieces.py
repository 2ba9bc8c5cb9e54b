r"""Set the formulas of a text aside, so that Markdown does not read ``_`` and ``*`` in them."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["Pieces"]

_MATH = re.compile(r"\$\$(?P<block>.+?)\$\$|\$(?P<inline>[^$\n]+?)\$", re.DOTALL)
_KEPT = re.compile("\ue000([0-9]+)\ue001")


class Pieces:
    """The formulas of a text, in order.

    >>> pieces = Pieces()
    >>> kept = pieces.keep("where $w_1$ is")
    >>> pieces.restore(kept, lambda latex, block: f"<{latex}>")
    'where <w_1> is'
    """

    def __init__(self) -> None:
        self.found: list[tuple[str, bool]] = []

    def keep(self, text: str) -> str:
        """Return a text with a mark in place of every formula."""
        clean = text.replace("\ue000", "").replace("\ue001", "")
        return _MATH.sub(self._kept, clean)

    def _kept(self, match: re.Match[str]) -> str:
        block = match["block"]
        self.found.append((block if block is not None else match["inline"], block is not None))
        return f"\ue000{len(self.found) - 1}\ue001"

    def restore(self, text: str, spelled: Callable[[str, bool], str]) -> str:
        """Return a text with every formula put back as a writer spells it."""
        return _KEPT.sub(lambda match: spelled(*self.found[int(match[1])]), text)
