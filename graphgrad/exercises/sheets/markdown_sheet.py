"""Write a sheet as Markdown.

The formulas of a text are set aside, so that Markdown does not read ``_`` and ``*`` in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from graphgrad.exercises.sheets.sheet import Block, Document
from graphgrad.messages.catalogue import text

__all__ = ["Pieces", "markdown_sheet"]

_MATH = re.compile(r"\$\$(?P<block>.+?)\$\$|\$(?P<inline>[^$\n]+?)\$", re.DOTALL)
_KEPT = re.compile("\ue000([0-9]+)\ue001")


def markdown_sheet(document: Document, figure: str = "") -> str:
    """Return a sheet, or a key, as Markdown.

    Args:
        document: the sheet.
        figure: the file of its figure, beside it; empty for none.
    """
    return "\n".join(_lines(document, figure)).rstrip() + "\n"


def _lines(document: Document, figure: str) -> Iterator[str]:
    yield f"# {document.title}"
    yield ""
    yield "  ".join(f"**{word}:** {value or '____________'}" for word, value in document.heading)
    yield ""
    if figure:
        words = text("classroom.sheet.graph", document.language)
        yield f"![{words}](<{figure}>)"
        yield ""
    for block in document.blocks:
        if block.kind == "text":
            yield block.text
        elif document.is_key:
            yield from _answers(block, document.language)
        else:
            yield from _blanks(block, document.language)
        yield ""
    if not document.is_key:
        yield text("classroom.sheet.hand_in", document.language)
        yield ""
        yield "```answers"
        yield document.template.rstrip("\n")
        yield "```"


def _blanks(block: Block, language: str) -> Iterator[str]:
    for question in block.questions:
        points = text("classroom.sheet.points", language, points=question.points)
        hint = f" ({question.hint})" if question.hint else ""
        yield f"- {question.label} = ____________ {hint} *{points}*"


def _answers(block: Block, language: str) -> Iterator[str]:
    words = ("step", "answer", "points_head")
    yield "| " + " | ".join(text(f"classroom.sheet.{w}", language) for w in words) + " |"
    yield "|---|---|---|"
    for question in block.questions:
        yield f"| {question.label} | {question.answer} | {question.points} |"


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
